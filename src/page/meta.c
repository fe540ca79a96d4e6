/* Puts the fields together: what was noted (meta_scan.c) is ranked (meta_title.c, meta_byline.c,
 * meta_date.c, weights of meta_weights.c); outlet, language and address follow fixed orders. */
#include "page/meta.h"

#include "page/dateline.h"
#include "page/meta_scan.h"
#include "page/names.h"
#include "page/rank_features.h"

/* ---- title ---- */

/* The headline's block: that of its heading, else the short block that spells it, else the first
 * heading's. */
static uint32_t title_block(sf_arena *arena, const sf_meta_scan *scan, const sf_candidate *c) {
    const sf_flow *flow = scan->flow;
    uint32_t node = c ? c->node : SF_NONE;
    for (uint32_t i = 0; node == SF_NONE && c && i < flow->count && i < 80; i++)
        if (flow->blocks[i].text.len < c->value.len + 8 &&
            flow->blocks[i].text.len + 8 > c->value.len &&
            sf_str_equal(sf_meta_key(arena, flow->blocks[i].text), c->key))
            node = flow->blocks[i].first;
    for (size_t i = 0; node == SF_NONE && i < scan->headings.count; i++)
        if (scan->dom->nodes[scan->headings.at[i]].tag == SF_TAG_H1)
            node = scan->headings.at[i];
    uint32_t block = node == SF_NONE ? flow->count : sf_meta_block(flow, node);
    return block < flow->count ? block : SF_NONE;
}

/* A container's word (a feed's title) counts where the page has no head and no headline. */
static bool title_is_silent(const sf_meta_scan *scan) {
    if (scan->title_tag.len || sf_meta_said(scan, SF_SAID_OG_TITLE).len)
        return false;
    for (size_t i = 0; i < scan->headings.count; i++)
        if (scan->dom->nodes[scan->headings.at[i]].tag == SF_TAG_H1)
            return false;
    return true;
}

void sf_meta_settle_title(sf_arena *arena, sf_meta_scan *scan) {
    sf_ranking r = sf_title_candidates(arena, scan);
    size_t best = sf_ranking_choose(&r, sf_title_weights, sf_title_margin);
    const sf_candidate *c = best ? &r.at[best] : NULL;
    sf_str given = sf_str_trim(scan->page->title);
    if (given.len && (!c || title_is_silent(scan))) {
        scan->title = sf_str_fold_space(arena, given);
        scan->title_block = title_block(arena, scan, NULL);
        return;
    }
    if (c)
        scan->title = c->value;
    scan->title_block = title_block(arena, scan, c);
}

/* ---- byline ---- */

static void settle_byline(sf_arena *arena, sf_meta_scan *scan, sofar_clipping *out) {
    sf_ranking r = sf_byline_candidates(arena, scan);
    size_t best = sf_ranking_choose(&r, sf_byline_weights, sf_byline_margin);
    out->byline = NULL;
    out->byline_count = 0;
    if (best) {
        out->byline = r.at[best].names;
        out->byline_count = r.at[best].name_count;
    } else if (scan->page->byline.len) {
        sf_names names;
        sf_names_find(sf_str_fold_space(arena, scan->page->byline), &names);
        if (names.count) {
            out->byline = SF_ARRAY(arena, sf_str, names.count);
            memcpy(out->byline, names.at, names.count * sizeof *names.at);
            out->byline_count = names.count;
        }
    }
}

/* ---- days ---- */

static bool any(const sf_candidate *c, const sf_date_feature *features, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (sf_candidate_has(c, features[i]))
            return true;
    return false;
}

static sofar_origin origin_of(const sf_candidate *c) {
    static const sf_date_feature ld[] = {SF_DATE_F_LD_PUBLISHED, SF_DATE_F_LD_PAGE_PUBLISHED,
                                         SF_DATE_F_LD_MODIFIED,  SF_DATE_F_LD_PAGE_MODIFIED,
                                         SF_DATE_F_LD_CREATED,   SF_DATE_F_LD_LATER,
                                         SF_DATE_F_LD_OTHER};
    static const sf_date_feature meta[] = {SF_DATE_F_META_PUBLISHED, SF_DATE_F_META_OTHER,
                                           SF_DATE_F_META_DATE, SF_DATE_F_META_MODIFIED};
    static const sf_date_feature time[] = {SF_DATE_F_TIME_PUBLISHED, SF_DATE_F_TIME_MODIFIED,
                                           SF_DATE_F_TIME_NEAR, SF_DATE_F_TIME_OTHER};
    if (any(c, ld, SF_LEN(ld)))
        return SOFAR_FROM_JSON_LD;
    if (any(c, meta, SF_LEN(meta)))
        return SOFAR_FROM_META;
    if (any(c, time, SF_LEN(time)))
        return SOFAR_FROM_TIME;
    return c->node != SF_NONE || !sf_candidate_has(c, SF_DATE_F_URL_DAY) ? SOFAR_FROM_VISIBLE
                                                                         : SOFAR_FROM_URL;
}

/* The last day that something calls an update, not before the publication. */
static sf_str updated_day(const sf_ranking *r, const sf_candidate *published) {
    static const sf_date_feature shown[] = {SF_DATE_F_LABEL_UPDATED, SF_DATE_F_TIME_MODIFIED,
                                            SF_DATE_F_CLASS_UPDATED};
    static const sf_date_feature said[] = {SF_DATE_F_LD_MODIFIED, SF_DATE_F_META_MODIFIED,
                                           SF_DATE_F_LD_PAGE_MODIFIED};
    static const sf_date_feature first[] = {SF_DATE_F_LD_PUBLISHED,      SF_DATE_F_META_PUBLISHED,
                                            SF_DATE_F_LD_PAGE_PUBLISHED, SF_DATE_F_TIME_PUBLISHED,
                                            SF_DATE_F_META_OTHER,        SF_DATE_F_URL_DAY};
    const sf_candidate *best = NULL;
    int best_rank = 0;
    for (size_t i = 1; i < r->count; i++) {
        const sf_candidate *c = &r->at[i];
        int rank =
            any(c, said, SF_LEN(said)) * 2 +
            (any(c, shown, SF_LEN(shown)) &&
             !any(c, (const sf_date_feature[]){SF_DATE_F_CLASS_ASIDE, SF_DATE_F_CLASS_COMMENT}, 2));
        int32_t day = sf_days_from_date(c->date);
        if (!rank || (published && day < sf_days_from_date(published->date)))
            continue;
        /* what is called both published and updated that day was not changed since */
        if (c == published && any(c, first, SF_LEN(first)))
            continue;
        if (!best || rank > best_rank ||
            (rank == best_rank && day > sf_days_from_date(best->date))) {
            best = c;
            best_rank = rank;
        }
    }
    return best ? best->value : SF_ABSENT;
}

static sf_str given_day(sf_arena *arena, sf_str text) {
    sf_dateline line;
    sf_date d;
    text = sf_str_trim(text);
    if (sf_date_parse(text, &d))
        return sf_date_format(arena, d);
    return text.len && sf_dateline_find(text, 0, &line) ? sf_date_format(arena, line.date)
                                                        : SF_ABSENT;
}

static void settle_days(sf_arena *arena, sf_meta_scan *scan, sofar_clipping *out) {
    sf_ranking r = sf_date_candidates(arena, scan);
    size_t best = sf_ranking_choose(&r, sf_date_weights, sf_date_margin);
    const sf_candidate *c = best ? &r.at[best] : NULL;
    out->published = SF_ABSENT;
    out->published_from = SOFAR_FROM_NONE;
    out->updated = updated_day(&r, c);
    if (c) {
        out->published = c->value;
        out->published_from = origin_of(c);
    } else if ((out->published = given_day(arena, scan->page->published)).len) {
        out->published_from = SOFAR_FROM_META;
    }
    if (!out->updated.len)
        out->updated = given_day(arena, scan->page->updated);
    sf_str day = given_day(arena, scan->page->date);
    if (day.len) {
        out->published = day;
        out->published_from = SOFAR_FROM_GIVEN;
    }
    if (out->updated.len && out->published.len && sf_str_compare(out->updated, out->published) < 0)
        out->updated = SF_ABSENT;
}

/* ---- outlet ---- */

static sf_str title_tail(sf_arena *arena, const sf_meta_scan *scan) {
    static const char *const marks[] = {" | ", " - ", " – ", " — ", " · ", " • ", " » "};
    sf_str t = scan->title_tag;
    for (size_t at = t.len; at-- > 0;)
        for (size_t i = 0; t.ptr[at] == ' ' && i < SF_LEN(marks); i++)
            if (sf_str_starts(sf_str_sub(t, at, t.len), sf_str_of(marks[i]))) {
                sf_str tail = sf_str_trim(sf_str_sub(t, at + strlen(marks[i]), t.len));
                return tail.len && sf_meta_is_site(arena, scan, tail) ? tail : SF_ABSENT;
            }
    return SF_ABSENT;
}

static sf_str outlet_of(sf_arena *arena, const sf_meta_scan *scan) {
    if (scan->site.len)
        return scan->site;
    sf_str given = sf_str_fold_space(arena, scan->page->outlet);
    if (given.len)
        return given;
    sf_str tail = title_tail(arena, scan);
    if (tail.len)
        return tail;
    return scan->named.len ? scan->named : scan->host.len ? scan->host : SF_ABSENT;
}

/* ---- all ---- */

void sf_meta_find(sf_arena *arena, const sf_dom *dom, const sf_flow *flow, const sofar_page *page,
                  sofar_clipping *out) {
    sf_meta_scan *scan = SF_NEW(arena, sf_meta_scan);
    sf_meta_scan_init(arena, dom, flow, page, scan);
    sf_meta_settle_title(arena, scan);
    out->title = scan->title.len ? scan->title : SF_ABSENT;
    out->url = scan->url.len ? scan->url : SF_ABSENT;
    out->outlet = outlet_of(arena, scan);
    out->lang = sf_meta_language(arena, scan);
    settle_byline(arena, scan, out);
    settle_days(arena, scan, out);
}
