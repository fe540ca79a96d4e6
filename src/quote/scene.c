/* The writer's sentences around quoted runs. The text room ends sentences inside quotations, too;
 * here a sentence is the writer's, so "Why?" she asked. is one, and a run never ends it but where
 * its own last mark does and no cue follows. */
#include "quote/scene.h"

enum { LOOK = 14 }; /* items looked ahead for a cue behind a question */

uint32_t sf_item_at(const sf_scene *s, uint32_t byte) {
    uint32_t low = 0, high = s->item_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (s->items[mid].span.end <= byte)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

char sf_run_ends(const sf_scene *s, uint32_t run) {
    sf_str text = s->text->text;
    sf_span inner = s->runs.at[run].inner;
    uint32_t at = inner.end;
    while (at > inner.begin) {
        size_t bytes;
        uint32_t c = sf_utf8_before(text, at, &bytes);
        if (c == '\'' || c == 0x2019 || c == '"' || c == 0x201D || c == ')' || c == ']') {
            at -= (uint32_t)bytes; /* marks of an inner run */
            continue;
        }
        if (c == 0x2026 || c == 0x2014 || c == 0x2013 || c == '-')
            return '-';
        if (c == '.' && at - inner.begin > 2 && text.ptr[at - 2] == '.')
            return '-';
        return c == ',' || c == '.' || c == '?' || c == '!' ? (char)c : 'a';
    }
    return 'a';
}

bool sf_run_begins_upper(const sf_scene *s, uint32_t run) {
    sf_str text = s->text->text;
    sf_span inner = s->runs.at[run].inner;
    while (inner.begin < inner.end) {
        size_t bytes;
        uint32_t c = sf_utf8_at(text, inner.begin, &bytes);
        if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE) || (c >= '0' && c <= '9'))
            return true;
        if ((c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0x24F))
            return false;
        inner.begin += (uint32_t)bytes;
    }
    return false;
}

static char mark_of(sf_str word) {
    size_t bytes;
    uint32_t c = sf_utf8_at(word, 0, &bytes);
    if (c == 0x2014 || c == 0x2013 || c == 0x2015 || c == '-')
        return '-';
    if (c == 0x2026 || (c == '.' && word.len > 1))
        return '~';
    return c < 0x80 ? (char)c : '*';
}

static sf_item word_item(const sf_scene *s, uint32_t w) {
    const sf_word *word = &s->text->words[w];
    sf_item item = {.span = word->span, .word = w, .run = SF_NONE, .said = SF_NONE};
    item.capital = word->capital;
    if (word->kind == SF_WORD_PUNCT)
        item.mark = mark_of(sf_word_of(s->text, w));
    else if (word->kind == SF_WORD_ALPHA)
        item.is = sf_cue_of(sf_word_of(s->text, w));
    if (word->capital) /* "Post", "May", "Will" inside a sentence are names */
        item.is &= ~(uint32_t)(SF_CUE_NAME | SF_CUE_POST);
    return item;
}

/* Is there a cue with a subject behind the run, before the sentence can end? */
static bool cue_follows(const sf_scene *s, uint32_t w, uint32_t end, uint32_t stop_byte) {
    for (uint32_t i = w; i < end && i < w + LOOK; i++) {
        sf_item item = word_item(s, i);
        if (item.span.begin >= stop_byte)
            return false;
        bool past = item.is == 0 && !item.mark && i < w + 5 &&
                    sf_str_ends(sf_word_of(s->text, i), SF_STR("ed"));
        if ((item.is & (SF_CUE_SPEECH | SF_CUE_POST | SF_CUE_TELL) || past) && !item.capital)
            return true;
        if (item.mark && item.mark != ',' && item.mark != '(' && item.mark != ')' &&
            item.mark != '.' && item.mark != '-')
            return false;
        if (item.mark == '.' && i + 1 < end && s->text->words[i + 1].capital && i > w &&
            s->text->words[i].span.begin - s->text->words[i - 1].span.begin > 4)
            return false;
        if (item.is & SF_CUE_CONJUNCTION && !(item.is & SF_CUE_RELATIVE) && i == w)
            return false;
    }
    return false;
}

/* Does the writer's sentence end behind this run? next: the first word behind it (index), end:
 * behind the block's last word; stop_byte: where the next run begins. */
static bool run_stops(const sf_scene *s, uint32_t run, uint32_t next, uint32_t end,
                      uint32_t stop_byte) {
    if (next >= end)
        return true;
    char last = sf_run_ends(s, run);
    sf_item item = word_item(s, next);
    if (item.span.begin >= stop_byte) /* another run */
        return last == '.' || last == '?' || last == '!';
    if (item.mark) /* a period, comma or dash outside the marks: goes on to it */
        return false;
    if (last == ',' || last == 'a')
        return false;
    if (!item.capital)
        return false;
    if (last == '.')
        return true;
    return !cue_follows(s, next, end, stop_byte);
}

typedef struct maker {
    sf_scene *s;
    uint32_t sentence; /* cursor over the text's sentences */
    uint32_t first;    /* first item of the writer's sentence under way */
} maker;

static uint32_t sentence_of(maker *m, uint32_t word) {
    const sf_text *t = m->s->text;
    while (m->sentence + 1 < t->sentence_count && t->sentences[m->sentence + 1].first_word <= word)
        m->sentence++;
    return m->sentence;
}

static void end_sentence(maker *m) {
    for (uint32_t i = m->first; i < m->s->item_count; i++) {
        m->s->items[i].first = m->first;
        m->s->items[i].end = m->s->item_count;
    }
    m->first = m->s->item_count;
}

/* The top run at or behind `run`, not yet passed. */
static uint32_t top_run(const sf_scene *s, uint32_t run) {
    while (run < s->runs.count && s->runs.at[run].parent != SF_NONE)
        run++;
    return run;
}

static void add_block(maker *m, uint32_t block, uint32_t *word, uint32_t *run) {
    sf_scene *s = m->s;
    uint32_t end_byte = s->clipping->blocks[block].span.end;
    uint32_t end = *word, last_sentence = SF_NONE;
    while (end < s->text->word_count && s->text->words[end].span.begin < end_byte)
        end++;
    bool after_run = false;
    while (*word < end) {
        *run = top_run(s, *run);
        const sf_word *w = &s->text->words[*word];
        const sf_run *r = *run < s->runs.count ? &s->runs.at[*run] : NULL;
        bool is_run = r && w->span.begin >= r->outer.begin;
        uint32_t sentence = sentence_of(m, *word);
        if (last_sentence != SF_NONE && !after_run && sentence != last_sentence)
            end_sentence(m);
        if (!is_run) {
            s->items[s->item_count++] = word_item(s, *word);
            last_sentence = sentence;
            after_run = false;
            ++*word;
            continue;
        }
        s->run_item[*run] = s->item_count;
        s->items[s->item_count++] =
            (sf_item){.span = r->outer, .word = SF_NONE, .run = *run, .said = SF_NONE};
        while (*word < end && s->text->words[*word].span.begin < r->outer.end)
            ++*word;
        uint32_t this_run = (*run)++;
        *run = top_run(s, *run);
        uint32_t stop = *run < s->runs.count ? s->runs.at[*run].outer.begin : UINT32_MAX;
        after_run = true;
        if (run_stops(s, this_run, *word, end, stop)) {
            end_sentence(m);
            last_sentence = SF_NONE;
            after_run = false;
        }
    }
    end_sentence(m);
    for (uint32_t i = s->block_first[block]; i < s->item_count; i++)
        s->items[i].block = block;
}

void sf_scene_make(sf_scene *s) {
    uint32_t blocks = (uint32_t)s->clipping->block_count, word = 0, run = 0;
    s->items = SF_ARRAY(s->arena, sf_item, s->text->word_count + s->runs.count + 1);
    s->block_first = SF_ARRAY(s->arena, uint32_t, blocks + 1);
    s->run_item = SF_ARRAY(s->arena, uint32_t, s->runs.count + 1);
    for (uint32_t i = 0; i < s->runs.count; i++)
        s->run_item[i] = SF_NONE;
    maker m = {.s = s};
    for (uint32_t b = 0; b < blocks; b++) {
        s->block_first[b] = s->item_count;
        while (run < s->runs.count && s->runs.at[run].block < b)
            run++;
        add_block(&m, b, &word, &run);
    }
    s->block_first[blocks] = s->item_count;
    for (uint32_t i = 0; i < s->runs.count; i++)
        if (s->runs.at[i].parent != SF_NONE)
            s->run_item[i] = s->run_item[s->runs.at[i].parent];
}
