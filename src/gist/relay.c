/* Where a page says that it has something from another outlet: the phrases of relays.txt near a
 * fact's receipt, with the words that may name the outlet. Whether they do is known only beside the
 * other pages. */
#include "gist/gist.h"

enum { REACH = 300 }; /* bytes around a receipt */

typedef struct phrase {
    sf_str words;
    bool in_front; /* of the outlet's name */
} phrase;

static const phrase phrases[] = {
#include "gist/relays.inc"
};

typedef struct hit {
    size_t from, count; /* words of the phrase */
    bool in_front;
} hit;

typedef sf_vec(hit) hits;

/* Do the words from `at` on begin with those of the phrase? The number of its words; 0 if not. */
static size_t phrase_at(const sf_folded_words *w, size_t at, sf_str words) {
    size_t n = 0;
    while (words.len) {
        if (at + n >= w->count || !sf_str_equal(w->at[at + n].words, sf_str_take_word(&words)))
            return 0;
        n++;
    }
    return n;
}

/* The first phrase that does not come before the word; they are in order. */
static size_t place_of(sf_str word) {
    size_t low = 0, high = SF_LEN(phrases);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sf_str_compare(phrases[middle].words, word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static hits find(sf_arena *arena, const sf_folded_words *w) {
    hits out = {0};
    for (size_t i = 0; i < w->count; i++)
        for (size_t p = place_of(w->at[i].words);
             p < SF_LEN(phrases) && sf_str_starts(phrases[p].words, w->at[i].words); p++) {
            size_t n = phrase_at(w, i, phrases[p].words);
            if (n)
                *SF_PUSH(arena, &out) = (hit){i, n, phrases[p].in_front};
        }
    return out;
}

/* The block of a receipt, as far as it is near. */
static sf_span reach_of(const sofar_clipping *c, sf_span receipt) {
    sf_span out = {receipt.begin > REACH ? receipt.begin - REACH : 0, receipt.end + REACH};
    for (size_t i = 0; i < c->block_count; i++) {
        sf_span block = c->blocks[i].span;
        if (block.begin <= receipt.begin && out.begin < block.begin)
            out.begin = block.begin;
        if (block.end >= receipt.end && out.end > block.end) {
            out.end = block.end;
            break;
        }
    }
    return out;
}

static bool lies_in(const sf_folded_word *w, sf_span span) {
    return sf_span_contains(span, w->span);
}

/* Words [from, end), which stand side by side. */
static sf_str run(const sf_folded_words *w, size_t from, size_t end) {
    sf_str last = w->at[end - 1].words;
    return (sf_str){w->at[from].words.ptr, (size_t)(last.ptr - w->at[from].words.ptr) + last.len};
}

/* The words beside a phrase, within the span; false if there are none. */
static bool words_beside(const sf_folded_words *w, const hit *h, sf_span span, sf_relay *out) {
    size_t from, end;
    if (h->in_front) {
        from = h->from + h->count;
        if (from < w->count && sf_str_equal(w->at[from].words, SF_STR("the")))
            from++;
        for (end = from;
             end < w->count && end - from < SF_RELAY_WORDS && lies_in(&w->at[end], span);)
            end++;
    } else {
        end = h->from;
        for (from = end;
             from > 0 && end - from < SF_RELAY_WORDS && lies_in(&w->at[from - 1], span);)
            from--;
    }
    if (from >= end)
        return false;
    *out = (sf_relay){run(w, from, end), !h->in_front};
    return true;
}

void sf_gist_relays(sf_arena *arena, const sofar_reading *r, const sf_folded_words *words,
                    sf_gist *out) {
    hits all = find(arena, words);
    for (size_t f = 0; f < r->facts.count && all.count; f++) {
        sf_vec(sf_relay) found = {0};
        if (!r->facts.at[f].receipt_count)
            continue;
        sf_span span = reach_of(&r->clipping, r->facts.at[f].receipts[0]);
        for (size_t i = 0; i < all.count; i++) {
            const hit *h = &all.at[i];
            sf_relay relay;
            if (lies_in(&words->at[h->from], span) &&
                lies_in(&words->at[h->from + h->count - 1], span) &&
                words_beside(words, h, span, &relay))
                *SF_PUSH(arena, &found) = relay;
        }
        out->relays[f] = (sf_relays){found.at, found.count};
    }
}
