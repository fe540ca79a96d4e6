/* What is packed comes out as it went in; bytes that are no gist do no harm; a page is found by the
 * names that stand on it. */
#include <stdlib.h>

#include "../bench/corpus.h"
#include "check.h"
#include "made.h"

static sofar_reading text_of(const sofar_reading *r) {
    sofar_reading out = {.clipping = {.text = r->clipping.text}};
    return out;
}

static sf_str packed(sf_arena *arena, const sofar_reading *r) {
    sf_gist gist;
    sf_gist_make(arena, r, &gist);
    return sf_gist_pack(arena, r, &gist);
}

static void test_round_trip(sf_arena *arena) {
    corpus c = {.seed = 5, .words = 60};
    const corpus_story *s = corpus_make_story(arena, &c, 61);
    for (size_t i = 0; i < s->page_count; i++) {
        sofar_reading r;
        sofar_page page;
        corpus_make_page(arena, &c, s, i, &r, &page);
        sf_str bytes = packed(arena, &r);
        sofar_reading back = text_of(&r);
        sf_gist gist;
        if (!CHECK(sf_gist_unpack(arena, bytes, &back, &gist)))
            continue;
        CHECK(sf_str_equal(sf_gist_pack(arena, &back, &gist), bytes));
        CHECK_INT(back.facts.count, r.facts.count);
        CHECK_INT(back.people.name_count, r.people.name_count);
    }
}

/* Cut off at any byte, and with any byte another one. */
static void test_hostile(sf_arena *keep) {
    corpus c = {.seed = 5, .words = 30};
    const corpus_story *s = corpus_make_story(keep, &c, 61);
    sofar_reading r;
    sofar_page page;
    corpus_make_page(keep, &c, s, 3, &r, &page);
    sf_str bytes = packed(keep, &r);
    size_t whole = 0;
    for (size_t cut = 0; cut <= bytes.len; cut++) {
        sf_arena arena;
        sf_gist gist;
        sofar_reading back = text_of(&r);
        sf_arena_init(&arena, NULL, NULL);
        char *copy = malloc(cut + 1); /* the tools see a byte too far */
        memcpy(copy, bytes.ptr, cut);
        whole += sf_gist_unpack(&arena, (sf_str){copy, cut}, &back, &gist);
        free(copy);
        sf_arena_clear(&arena);
    }
    CHECK_INT(whole, 1);
    uint64_t chance = 1;
    char *copy = malloc(bytes.len);
    for (size_t i = 0; i < 20000; i++) {
        sf_arena arena;
        sf_gist gist;
        sofar_reading back = text_of(&r);
        sf_arena_init(&arena, NULL, NULL);
        memcpy(copy, bytes.ptr, bytes.len);
        copy[corpus_below(&chance, (uint32_t)bytes.len)] = (char)corpus_below(&chance, 256);
        if (sf_gist_unpack(&arena, (sf_str){copy, bytes.len}, &back, &gist))
            for (size_t t = 0; t < back.times.count; t++)
                whole += gist.sentences[t].end > back.clipping.text.len;
        sf_arena_clear(&arena);
    }
    free(copy);
    CHECK_INT(whole, 1);
}

static bool has(sf_arena *arena, const char *text, const char *name) {
    const made *m = made_page(arena, "a", NULL, NULL, text);
    return sf_str_find(sf_gist_keys(arena, &m->reading), sf_gist_key(arena, sf_str_of(name)), 0) !=
           SIZE_MAX;
}

static void test_keys(sf_arena *arena) {
    CHECK(has(arena, "They saw Low Tide.", "Low Tide"));
    CHECK(has(arena, "They saw Low Tide’s end.", "low tide"));
    CHECK(has(arena, "A Low Tide-themed day.", "Low Tide"));
    CHECK(has(arena, "Fool’s  Gold by ANA RUÍZ.", "Fool's Gold"));
    CHECK(has(arena, "Fool’s  Gold by ANA RUÍZ.", "Ana Ruiz"));
    CHECK(has(arena, "the Weight of the Sea opens", "The Weight of the Sea"));
    CHECK(has(arena, "asked J. Park for it", "J. Park"));
    CHECK(!has(arena, "They saw Lower. Tide came.", "Lower Tide"));
    CHECK(!has(arena, "It was low tide.", "It"));
    CHECK(!has(arena, "at low tide", "Low Tide"));
    made *m = made_page(arena, "a", NULL, NULL, "They saw it.");
    made_subject(m, "it", SOFAR_WORK, NULL);
    CHECK(sf_str_find(sf_gist_keys(arena, &m->reading), sf_gist_key(arena, SF_STR("It")), 0) !=
          SIZE_MAX);
    CHECK(!sf_gist_key(arena, SF_STR("?!")).ptr);
}

static void test_relays(sf_arena *arena) {
    made *m = made_page(arena, "a", NULL, NULL,
                        "Ana Ruiz plays Mira, she told the Harbour Post.\n\nNobody told Pier "
                        "Weekly.\n\nJo Park directs.");
    made_fact(m, "Ana Ruiz plays Mira", "plays", "who=Ana Ruiz", NULL, SOFAR_STATED);
    made_fact(m, "Jo Park directs", "directs", "who=Jo Park", NULL, SOFAR_STATED);
    sf_gist gist;
    sf_gist_make(arena, &m->reading, &gist);
    CHECK_INT(gist.relays[0].count, 1);
    CHECK_STR(gist.relays[0].at[0].words, "harbour post");
    CHECK(!gist.relays[0].at[0].before);
    CHECK_INT(gist.relays[1].count, 0);
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    test_round_trip(&arena);
    test_hostile(&arena);
    test_keys(&arena);
    test_relays(&arena);
    sf_arena_clear(&arena);
    return check_done();
}
