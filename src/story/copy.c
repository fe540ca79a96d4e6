/* Which pages have it from the same origin. A page's origin is its outlet, but
 * - a text that is half another's (shingles of four words, a sample of them compared; Broder 1997)
 *   is a copy: it has the origin of the first of its kind;
 * - a text that an agency is credited for is the agency's;
 * - what a page says to have from another outlet ("told Variety") is that outlet's.
 * Work is linear in the pages' text: only pages that follow each other in the list of those that
 * have a shingle are compared. */
#include <stdlib.h>

#include "story/inner.h"

enum { LEAST = 8 }; /* so many must be compared */

static bool are_copies(const sf_gist *a, const sf_gist *b) {
    size_t shared = 0,
           least = a->sample_count < b->sample_count ? a->sample_count : b->sample_count;
    if (least < LEAST)
        return false;
    for (size_t i = 0, k = 0; i < a->sample_count && k < b->sample_count;) {
        uint32_t x = a->sample[i], y = b->sample[k];
        shared += x == y;
        i += x <= y;
        k += y <= x;
    }
    return shared * 2 >= least;
}

static uint32_t root(uint32_t *first, uint32_t i) {
    while (first[i] != i)
        i = first[i] = first[first[i]];
    return i;
}

static void join_copies(const sf_view *views, uint32_t *first, uint32_t a, uint32_t b) {
    uint32_t x = root(first, a), y = root(first, b);
    if (x == y || !are_copies(&views[a].capture->gist, &views[b].capture->gist))
        return;
    if (x < y)
        first[y] = x;
    else
        first[x] = y;
}

typedef struct holder { /* of a shingle: the first and the last view that have it, plus one */
    uint32_t shingle, first, last;
} holder;

/* The place of a shingle in a table with room to spare. */
static holder *holder_of(holder *table, size_t room, uint32_t shingle) {
    size_t i = shingle * 0x9E3779B1u & (room - 1);
    while (table[i].first && table[i].shingle != shingle)
        i = (i + 1) & (room - 1);
    return &table[i];
}

/* first[v]: the first page of v's kind. */
static uint32_t *find_copies(sf_arena *arena, const sf_view *views, size_t count) {
    uint32_t *first = SF_ARRAY(arena, uint32_t, count);
    size_t total = 1, room = 16;
    for (size_t v = 0; v < count; v++)
        total += views[v].capture->gist.sample_count;
    while (room < 2 * total)
        room *= 2;
    holder *table = SF_ARRAY(arena, holder, room);
    for (uint32_t v = 0; v < count; v++) {
        const sf_gist *gist = &views[v].capture->gist;
        uint32_t other = SF_NONE; /* whom it was last compared with */
        first[v] = v;
        for (size_t i = 0; i < gist->sample_count; i++) {
            holder *h = holder_of(table, room, gist->sample[i]);
            if (h->first && h->first - 1 != other)
                join_copies(views, first, v, other = h->first - 1);
            if (h->first && h->last - 1 != other)
                join_copies(views, first, v, other = h->last - 1);
            *h = (holder){gist->sample[i], h->first ? h->first : v + 1, v + 1};
        }
    }
    return first;
}

/* ---- outlets and agencies ---- */

static sf_str host_of(sf_str url) {
    size_t at = sf_str_find(url, SF_STR("://"), 0);
    if (at == SIZE_MAX)
        return SF_ABSENT;
    sf_str rest = sf_str_sub(url, at + 3, url.len);
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] != '/' && rest.ptr[end] != '?' && rest.ptr[end] != '#')
        end++;
    rest = sf_str_sub(rest, 0, end);
    return sf_str_starts_ci(rest, SF_STR("www.")) ? sf_str_sub(rest, 4, rest.len) : rest;
}

/* The agency's first name, or the words themselves. */
static sf_str known_as(const sf_lore *lore, sf_str words) {
    const sf_same *wire = sf_lore_find(lore->wires, lore->wire_count, words);
    return wire ? wire->names[0] : words;
}

/* "LISBON (AP) - " */
static sf_str agency_in_dateline(sf_arena *arena, const sf_lore *lore, sf_str text) {
    enum { HEAD = 100 };
    sf_str head = sf_str_sub(text, 0, text.len < HEAD ? text.len : HEAD);
    size_t open = sf_str_find(head, SF_STR("("), 0);
    size_t close = open == SIZE_MAX ? SIZE_MAX : sf_str_find(head, SF_STR(")"), open);
    if (close == SIZE_MAX)
        return SF_ABSENT;
    sf_str words = sf_text_fold_name(arena, sf_str_sub(head, open + 1, close));
    const sf_same *wire = sf_lore_find(lore->wires, lore->wire_count, words);
    return wire ? wire->names[0] : SF_ABSENT;
}

static bool is_outlet(const sf_origins *origins, sf_str words) {
    size_t low = 0, high = origins->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sf_str_compare(origins->outlets[middle], words) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < origins->count && sf_str_equal(origins->outlets[low], words);
}

/* The agency, or another outlet, that a page is credited to. */
static sf_str credited_to(sf_arena *arena, const sf_lore *lore, const sf_origins *origins,
                          const sofar_clipping *c) {
    for (size_t i = 0; i < c->byline_count; i++) {
        sf_str words = sf_text_fold_name(arena, c->byline[i]);
        if (sf_lore_find(lore->wires, lore->wire_count, words) || is_outlet(origins, words))
            return known_as(lore, words);
    }
    return agency_in_dateline(arena, lore, c->text);
}

static sf_str outlet_of(sf_arena *arena, const sf_lore *lore, const sofar_clipping *c) {
    if (c->outlet.len)
        return known_as(lore, sf_text_fold_name(arena, c->outlet));
    sf_str host = host_of(c->url);
    return host.len ? host : sf_str_of(c->sha256);
}

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

sf_origins sf_story_origins(sf_arena *arena, const sf_lore *lore, const sf_view *views,
                            size_t count) {
    sf_origins out = {.of_view = SF_ARRAY(arena, uint64_t, count),
                      .own = SF_ARRAY(arena, uint64_t, count),
                      .first = SF_ARRAY(arena, uint32_t, count),
                      .outlets = SF_ARRAY(arena, sf_str, count)};
    sf_str *outlets = SF_ARRAY(arena, sf_str, count);
    for (size_t v = 0; v < count; v++) {
        outlets[v] = outlet_of(arena, lore, &views[v].capture->clipping);
        if (views[v].capture->clipping.outlet.len)
            out.outlets[out.count++] = outlets[v];
    }
    if (out.count)
        qsort(out.outlets, out.count, sizeof *out.outlets, by_bytes);
    uint32_t *first = find_copies(arena, views, count);
    for (uint32_t v = 0; v < count; v++) {
        uint32_t of = root(first, v);
        sf_str agency = credited_to(arena, lore, &out, &views[of].capture->clipping);
        if (!agency.ptr)
            agency = credited_to(arena, lore, &out, &views[v].capture->clipping);
        out.of_view[v] = sf_str_hash(agency.ptr ? agency : outlets[of]);
        out.first[v] = of;
        out.own[v] = sf_str_hash(outlets[v]);
    }
    return out;
}

/* ---- when it was said ---- */

typedef struct earlier { /* what pages of one text said of a fact */
    size_t fact;         /* plus one */
    int32_t said;
} earlier;

void sf_story_redate(sf_arena *arena, const sf_origins *origins, size_t view_count,
                     sf_claims *claims, const sf_all_merged *all) {
    earlier *seen = SF_ARRAY(arena, earlier, 2 * view_count);
    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < all->at[i].claims.count; k++) {
            sf_claim *c = &claims->at[all->at[i].claims.at[k]];
            bool denies = c->fact->status == SOFAR_DENIED;
            earlier *e = &seen[2 * origins->first[c->view] + denies];
            if (c->said == SF_UNDATED)
                continue;
            if (e->fact == i + 1)
                c->said = e->said;
            else
                *e = (earlier){i + 1, c->said};
        }
}

/* ---- relays ---- */

/* The words if they name an outlet: one that the page calls so, or whose pages are here. */
static bool names_outlet(sf_arena *arena, const sf_lore *lore, const sf_origins *origins,
                         const sf_capture *c, sf_str words) {
    if (is_outlet(origins, words) || sf_lore_find(lore->wires, lore->wire_count, words))
        return true;
    for (size_t i = 0; i < c->subject_count; i++)
        if (c->subjects[i].type == SOFAR_OUTLET &&
            sf_str_equal(sf_text_fold_name(arena, c->subjects[i].name), words))
            return true;
    return false;
}

/* One word less, on the side where the name does not begin or end. */
static sf_str shorter(const sf_relay *relay, sf_str words) {
    size_t at = relay->before ? sf_str_find(words, SF_STR(" "), 0) : words.len;
    if (relay->before)
        return at == SIZE_MAX ? SF_STR("") : sf_str_sub(words, at + 1, words.len);
    while (at > 0 && words.ptr[at - 1] != ' ')
        at--;
    return sf_str_sub(words, 0, at ? at - 1 : 0);
}

static sf_str relayed(sf_arena *arena, const sf_lore *lore, const sf_origins *origins,
                      const sf_capture *c, const sf_relays *relays) {
    for (size_t i = 0; i < relays->count; i++)
        for (sf_str words = relays->at[i].words; words.len; words = shorter(&relays->at[i], words))
            if (names_outlet(arena, lore, origins, c, words) &&
                sf_story_is_relayed(arena, c, words)) /* "told the Post" in the Harbour Post */
                return known_as(lore, words);
    return SF_ABSENT;
}

uint64_t sf_story_origin_at(sf_arena *arena, const sf_lore *lore, const sf_origins *origins,
                            const sf_view *views, const sf_claim *claim) {
    const sf_capture *c = views[claim->view].capture;
    uint32_t by = claim->fact->by;
    if (by < c->subject_count && c->subjects[by].type == SOFAR_OUTLET &&
        sf_story_is_relayed(arena, c, c->subjects[by].name))
        return sf_str_hash(known_as(lore, sf_text_fold_name(arena, c->subjects[by].name)));
    sf_str name = relayed(arena, lore, origins, c, &c->gist.relays[claim->number]);
    return name.ptr ? sf_str_hash(name) : origins->of_view[claim->view];
}
