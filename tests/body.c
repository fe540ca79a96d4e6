/* page/body: the learned fits the program's features, odd flows get an answer, time is linear. */
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "page/body.h"
#include "page/body_model.h"

static uint8_t *choose(sf_arena *arena, sf_str html, sf_flow *flow) {
    sf_dom *dom = sf_dom_parse(arena, html);
    *flow = sf_flow_of(arena, dom);
    return sf_body_choose(arena, dom, flow, SF_ABSENT);
}

static size_t chosen_of(const char *html) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_flow flow;
    uint8_t *keep = choose(&arena, sf_str_of(html), &flow);
    size_t n = 0;
    for (uint32_t i = 0; i < flow.count; i++)
        n += keep[i];
    sf_arena_clear(&arena);
    return n;
}

/* Every branch leads onward to a leaf inside its forest, and asks for a feature of its round. */
static void forest_is_whole(const sf_body_forest *f, uint32_t features, uint32_t branches) {
    bool whole = f->trees > 0;
    for (uint32_t t = 0; t < f->trees; t++) {
        uint32_t end = t + 1 < f->trees ? f->roots[t + 1] : branches;
        for (uint32_t k = f->roots[t]; k < end; k++) {
            const sf_body_branch *b = &f->branches[k];
            if (b->feature == SF_BODY_LEAF)
                continue;
            whole = whole && b->feature < features && b->right > 1 && k + b->right < end;
        }
        whole = whole && f->branches[end - 1].feature == SF_BODY_LEAF;
    }
    CHECK(whole);
}

static void model_is_whole(void) {
    const sf_body_model *m = &sf_body_learned;
    CHECK_STR(sf_str_of(m->features), sf_body_feature_names);
    forest_is_whole(&m->rounds[0], SF_BODY_ROUND_ONE, m->rounds[0].branch_count);
    forest_is_whole(&m->rounds[1], SF_BODY_ROUND_TWO, m->rounds[1].branch_count);
    const sf_body_words *words[] = {&m->path, &m->cues};
    for (size_t w = 0; w < SF_LEN(words); w++) { /* a look-up ends at an empty place */
        uint32_t empty = 0;
        for (uint32_t i = 0; i <= words[w]->mask; i++)
            empty += words[w]->at[i] == 0;
        CHECK(empty > 0);
        CHECK((words[w]->mask & (words[w]->mask + 1)) == 0);
    }
    bool rises = true;
    for (int i = 1; i < SF_BODY_CHANCES; i++)
        rises = rises && m->chances[i] >= m->chances[i - 1];
    CHECK(rises);
}

static void odd_pages(void) {
    CHECK_INT(chosen_of(""), 0);
    CHECK_INT(chosen_of("<p></p><div> </div>"), 0);
    CHECK_INT(chosen_of("<nav class=menu><ul><li><a href=/a>News</a><li><a href=/b>Films</a><li>"
                        "<a href=/c>Log in</a></ul></nav><footer>Copyright 2021</footer>"),
              0);
    /* text without any mark-up is better than nothing */
    CHECK(chosen_of("The boat came in at nine, and nobody on the pier had a word to say about it "
                    "until the rope was tied and the engine was off.") == 1);
}

/* CPU milliseconds to choose among `copies` of the piece. */
static double time_of(const char *piece, size_t copies) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_buf buf = sf_buf_new(&arena);
    for (size_t i = 0; i < copies; i++)
        sf_buf_add(&buf, sf_str_of(piece));
    sf_dom *dom = sf_dom_parse(&arena, sf_buf_str(&buf));
    sf_flow flow = sf_flow_of(&arena, dom);
    clock_t begin = clock();
    sf_body_choose(&arena, dom, &flow, SF_STR("A title of a few words"));
    double ms = (double)(clock() - begin) * 1000 / CLOCKS_PER_SEC;
    sf_arena_clear(&arena);
    return ms;
}

static void takes_linear_time(const char *piece, size_t copies) {
    double best = 1e9;
    for (int tries = 0; tries < 5 && best > 3; tries++) {
        double once = time_of(piece, copies), twice = time_of(piece, copies * 2);
        if (twice / (once + 1) < best)
            best = twice / (once + 1);
    }
    CHECK(best <= 3);
}

int main(void) {
    model_is_whole();
    odd_pages();
    takes_linear_time("<p>A line, and a title of a few words.", 8000);
    takes_linear_time("<div class=\"a b-c dE\"><a href=x>w</a>", 4000);
    takes_linear_time("<div>a<br><br>b", 4000);
    takes_linear_time("<table><tr><td>cell</td></tr>loose", 2000);
    return check_done();
}
