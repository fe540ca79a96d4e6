/* The day of publication, and that of the last update. Candidates are the days that JSON-LD,
 * <meta>, <time>, the visible text and the address give; the same day found in several places is
 * one candidate. A day is the day as written, with its own offset from UTC. */
#include "page/dateline.h"
#include "page/meta_scan.h"
#include "page/rank_features.h"

enum {
    MOST_SHOWN = 80, /* days in the visible text that are looked at */
    LONG_BLOCK = 40, /* words; in a longer block days are mostly those of the story */
    NEAR_BLOCKS = 8, /* between headline and date line */
    NEAR_WORDS = 60,
    LOTS = 400 /* words: as good as anywhere */
};

typedef struct work {
    sf_arena *arena;
    sf_meta_scan *scan;
    sf_ranking ranking;
    bool day_first; /* 03/10/2021 is read as March 10 unless this is set */
    size_t shown;
    bool shown_after; /* a date line behind the headline was seen */
} work;

static void mark(sf_candidate *c, sf_date_feature f) { sf_candidate_mark(c, f); }
static bool has(const sf_candidate *c, sf_date_feature f) { return sf_candidate_has(c, f); }

static sf_candidate *propose(work *w, sf_date date) {
    if (date.year < 1970 || !date.month)
        return NULL;
    sf_candidate *c = sf_ranking_add(w->arena, &w->ranking, sf_date_format(w->arena, date));
    if (c) {
        c->date = date;
        c->value = c->key;
    }
    return c;
}

/* A day in metadata: ISO 8601 mostly, but any date line will do. */
static sf_candidate *propose_text(work *w, sf_str text) {
    sf_dateline line;
    if (text.len > 80 || !sf_dateline_find(text, 0, &line))
        return NULL;
    return propose(w, w->day_first && line.other.year ? line.other : line.date);
}

static void propose_head(work *w) {
    const sf_meta_scan *scan = w->scan;
    for (size_t i = 0; i < scan->ld.count; i++) {
        const sf_ld_fact *f = &scan->ld.at[i];
        if (f->field != SF_LD_PUBLISHED && f->field != SF_LD_MODIFIED && f->field != SF_LD_CREATED)
            continue;
        sf_candidate *c = propose_text(w, f->value);
        if (!c)
            continue;
        bool page = f->type == SF_LD_PAGE;
        if (f->type == SF_LD_OTHER)
            mark(c, SF_DATE_F_LD_OTHER);
        else if (f->subject > 0)
            mark(c, SF_DATE_F_LD_LATER);
        else if (f->field == SF_LD_PUBLISHED)
            mark(c, page ? SF_DATE_F_LD_PAGE_PUBLISHED : SF_DATE_F_LD_PUBLISHED);
        else if (f->field == SF_LD_MODIFIED)
            mark(c, page ? SF_DATE_F_LD_PAGE_MODIFIED : SF_DATE_F_LD_MODIFIED);
        else
            mark(c, SF_DATE_F_LD_CREATED);
    }
    for (size_t i = 0; i < scan->sayings.count; i++) {
        sf_said said = scan->sayings.at[i].said;
        if (said < SF_SAID_PUBLISHED || said > SF_SAID_MODIFIED)
            continue;
        sf_candidate *c = propose_text(w, scan->sayings.at[i].value);
        if (c)
            mark(c, said == SF_SAID_PUBLISHED         ? SF_DATE_F_META_PUBLISHED
                    : said == SF_SAID_OTHER_PUBLISHED ? SF_DATE_F_META_OTHER
                    : said == SF_SAID_DATE            ? SF_DATE_F_META_DATE
                                                      : SF_DATE_F_META_MODIFIED);
    }
}

/* /2021/10/15/, /2021-10-15-, /20211015/ in the address; /2021/10/ speaks for days of that month.
 */
static sf_date url_date(sf_str url) {
    for (size_t at = 0; (at = sf_str_find(url, SF_STR("/"), at)) != SIZE_MAX; at++) {
        sf_str rest = sf_str_sub(url, at + 1, url.len);
        sf_date d = {0};
        int part[3] = {0};
        size_t pos = 0;
        for (int i = 0; i < 3; i++) {
            size_t begin = pos;
            if (i == 1) { /* /2021/oct/15/ */
                while (pos < rest.len && sf_is_alpha(rest.ptr[pos]) && pos - begin < 10)
                    pos++;
                part[i] = sf_month_of(sf_str_sub(rest, begin, pos));
                if (part[i] && pos < rest.len && rest.ptr[pos] == '/') {
                    d.month = part[i];
                    pos++;
                    continue;
                }
                pos = begin;
                part[i] = 0;
            }
            while (pos < rest.len && sf_is_digit(rest.ptr[pos]) && pos - begin < 8)
                part[i] = part[i] * 10 + (rest.ptr[pos++] - '0');
            size_t len = pos - begin;
            if (i == 0 && len == 8) {
                d = (sf_date){part[0] / 10000, part[0] / 100 % 100, part[0] % 100};
                break;
            }
            if (len != 4 && (i == 0 || len < 1 || len > 2))
                break;
            i == 0 ? (d.year = part[0]) : i == 1 ? (d.month = part[1]) : (d.day = part[2]);
            if (pos >= rest.len ||
                (rest.ptr[pos] != '/' && rest.ptr[pos] != '-' && rest.ptr[pos] != '_'))
                break;
            pos++;
        }
        if (d.year >= 1990 && d.year <= 2099 && d.month) {
            if (sf_date_valid(d))
                return d;
            d.day = 0;
            if (sf_date_valid(d))
                return d;
        }
    }
    return (sf_date){0};
}

/* ---- <time> ---- */

/* Words between the block and the headline; LOTS at most. */
static uint32_t words_between(const sf_meta_scan *scan, uint32_t block, bool *after) {
    uint32_t title = scan->title_block == SF_NONE ? 0 : scan->title_block;
    *after = block >= title;
    uint32_t low = *after ? title : block, high = *after ? block : title, words = 0;
    for (uint32_t i = low + 1; i < high && i < scan->flow->count && words < LOTS; i++)
        words += scan->flow->blocks[i].words;
    return words < LOTS ? words : LOTS;
}

static bool near_title(const sf_meta_scan *scan, uint32_t block, bool *after) {
    uint32_t title = scan->title_block == SF_NONE ? 0 : scan->title_block;
    return words_between(scan, block, after) <= NEAR_WORDS &&
           (*after ? block - title : title - block) <= NEAR_BLOCKS;
}

static void propose_times(work *w) {
    const sf_meta_scan *scan = w->scan;
    for (size_t i = 0; i < scan->times.count; i++) {
        uint32_t node = scan->times.at[i];
        sf_candidate *c = propose_text(w, sf_str_trim(sf_dom_attr(scan->dom, node, "datetime")));
        if (!c)
            continue; /* its text is looked at with the visible text */
        bool after;
        unsigned place = sf_meta_place(scan, node);
        sf_str prop = sf_dom_attr(scan->dom, node, "itemprop");
        if (sf_str_equal_ci(prop, SF_STR("datePublished")) ||
            sf_dom_attr(scan->dom, node, "pubdate").ptr || (place & SF_CLASS_PUBLISHED))
            mark(c, SF_DATE_F_TIME_PUBLISHED);
        if (sf_str_equal_ci(prop, SF_STR("dateModified")) || (place & SF_CLASS_UPDATED))
            mark(c, SF_DATE_F_TIME_MODIFIED);
        if (near_title(scan, sf_meta_block(scan->flow, node), &after))
            mark(c, SF_DATE_F_TIME_NEAR);
        else
            mark(c, SF_DATE_F_TIME_OTHER);
        if (i == 0)
            mark(c, SF_DATE_F_TIME_FIRST);
    }
}

/* ---- visible text ---- */

static bool has_word(sf_str s, const char *word) {
    return sf_str_find_ci(s, sf_str_of(word), 0) != SIZE_MAX;
}

static bool any_word(sf_str s, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (has_word(s, words[i]))
            return true;
    return false;
}

typedef enum label {
    LABEL_NONE,
    LABEL_PUBLISHED,
    LABEL_UPDATED,
    LABEL_COPYRIGHT,
    LABEL_OTHER
} label;

/* What the words right before a date call it. */
static label label_of(sf_str s) {
    static const char *const updated[] = {"updat",  "modif", "revis",   "edited",
                                          "review", "as of", "current", "checked"};
    static const char *const published[] = {
        "publish",  "posted", "written on",     "created", "originally", "submitted",
        "released", "date:",  "veröffentlicht", "publié",  "publicado",  "pubblicato"};
    static const char *const other[] = {"expire", "effective", "accessed",  "until", "through",
                                        "since",  "deadline",  "retrieved", "valid", "between"};
    if (has_word(s, "©") || has_word(s, "copyright"))
        return LABEL_COPYRIGHT;
    if (any_word(s, updated, SF_LEN(updated)))
        return LABEL_UPDATED;
    if (any_word(s, published, SF_LEN(published)))
        return LABEL_PUBLISHED;
    return any_word(s, other, SF_LEN(other)) ? LABEL_OTHER : LABEL_NONE;
}

/* The label stands before the date in its block, or alone in the block before ("Published"). */
static label find_label(const work *w, uint32_t block, const sf_dateline *line, size_t previous) {
    sf_str text = w->scan->flow->blocks[block].text;
    size_t low = line->begin > 40 ? line->begin - 40 : 0;
    label l = label_of(sf_str_sub(text, low > previous ? low : previous, line->begin));
    if (l == LABEL_NONE && line->begin < 4 && block > 0) {
        const sf_flow_block *before = &w->scan->flow->blocks[block - 1];
        sf_dateline other;
        if (before->words <= 4 && !sf_dateline_find(before->text, 0, &other))
            l = label_of(before->text);
    }
    return l;
}

static void mark_place(const work *w, sf_candidate *c, uint32_t node) {
    static const struct {
        unsigned bits;
        sf_date_feature feature;
    } map[] = {{SF_CLASS_DATE, SF_DATE_F_CLASS_DATE},
               {SF_CLASS_PUBLISHED, SF_DATE_F_CLASS_PUBLISHED},
               {SF_CLASS_UPDATED, SF_DATE_F_CLASS_UPDATED},
               {SF_CLASS_BYLINE, SF_DATE_F_CLASS_BYLINE},
               {SF_CLASS_AUTHOR, SF_DATE_F_CLASS_AUTHOR},
               {SF_CLASS_ASIDE, SF_DATE_F_CLASS_ASIDE},
               {SF_CLASS_ASIDE_FAR, SF_DATE_F_ASIDE_FAR},
               {SF_CLASS_COMMENT, SF_DATE_F_CLASS_COMMENT},
               {SF_IN_LINK, SF_DATE_F_IN_LINK},
               {SF_IN_ITEM, SF_DATE_F_IN_ITEM},
               {SF_IN_NAV | SF_IN_ASIDE | SF_IN_FOOTER, SF_DATE_F_IN_ASIDE},
               {SF_IN_ARTICLE, SF_DATE_F_IN_ARTICLE},
               {SF_IN_HEADER, SF_DATE_F_IN_HEADER},
               {SF_IN_HEADING, SF_DATE_F_IN_HEADING}};
    unsigned place = sf_meta_place(w->scan, node);
    for (size_t i = 0; i < SF_LEN(map); i++)
        if (place & map[i].bits)
            mark(c, map[i].feature);
}

static void mark_position(work *w, sf_candidate *c, uint32_t block, bool first) {
    bool after, near = near_title(w->scan, block, &after);
    if (near)
        mark(c, after ? SF_DATE_F_TEXT_NEAR_AFTER : SF_DATE_F_TEXT_NEAR_BEFORE);
    else
        mark(c, !after                                 ? SF_DATE_F_TEXT_EARLIER
                : block * 3 > w->scan->flow->count * 2 ? SF_DATE_F_TEXT_FAR
                                                       : SF_DATE_F_TEXT_LATER);
    if (first)
        mark(c, SF_DATE_F_TEXT_FIRST);
    uint32_t words = words_between(w->scan, block, &after);
    if (after)
        mark(c, words <= 10    ? SF_DATE_F_AFTER_10
                : words <= 30  ? SF_DATE_F_AFTER_30
                : words <= 60  ? SF_DATE_F_AFTER_60
                : words <= 150 ? SF_DATE_F_AFTER_150
                : words < LOTS ? SF_DATE_F_AFTER_400
                               : SF_DATE_F_TEXT_FAR);
    else if (words <= 40)
        mark(c, words <= 10 ? SF_DATE_F_BEFORE_10 : SF_DATE_F_BEFORE_40);
    for (uint32_t i = block > 1 ? block - 1 : 0; i <= block + 2 && i < w->scan->flow->count; i++)
        if (w->scan->flow->blocks[i].words < 8 &&
            (has_word(w->scan->flow->blocks[i].text, "min read") ||
             has_word(w->scan->flow->blocks[i].text, "minute read") ||
             has_word(w->scan->flow->blocks[i].text, "mins")))
            mark(c, SF_DATE_F_TEXT_MIN_READ);
}

static void propose_shown(work *w, uint32_t block, const sf_dateline *line, size_t previous) {
    const sf_flow_block *b = &w->scan->flow->blocks[block];
    bool swap = w->day_first && line->other.year;
    sf_candidate *c = line->other.year ? propose(w, swap ? line->date : line->other) : NULL;
    if (c)
        mark(c, SF_DATE_F_AMBIGUOUS_OTHER);
    c = propose(w, swap ? line->other : line->date);
    if (!c)
        return;
    bool after, near = near_title(w->scan, block, &after);
    bool prose = b->words > LONG_BLOCK;
    bool first = !prose && after && !w->shown_after;
    w->shown_after |= first;
    label l = find_label(w, block, line, previous);
    if (line->other.year)
        mark(c, SF_DATE_F_AMBIGUOUS);
    if (prose && l != LABEL_PUBLISHED && l != LABEL_UPDATED) {
        mark(c, line->begin < 80 ? SF_DATE_F_PROSE_START : SF_DATE_F_IN_PROSE);
        return;
    }
    mark_position(w, c, block, first);
    mark_place(w, c, b->first);
    if (line->end - line->begin + 12 >= b->text.len)
        mark(c, SF_DATE_F_ALONE);
    if (l == LABEL_NONE) {
        if (near)
            mark(c, SF_DATE_F_LABEL_NONE_NEAR);
    } else {
        mark(c, l == LABEL_PUBLISHED   ? SF_DATE_F_LABEL_PUBLISHED
                : l == LABEL_UPDATED   ? SF_DATE_F_LABEL_UPDATED
                : l == LABEL_COPYRIGHT ? SF_DATE_F_COPYRIGHT
                                       : SF_DATE_F_LABEL_OTHER);
    }
    if (c->node == SF_NONE)
        c->node = b->first;
}

static void scan_text(work *w) {
    const sf_flow *flow = w->scan->flow;
    for (uint32_t i = 0; i < flow->count && w->shown < MOST_SHOWN; i++) {
        sf_dateline line;
        size_t from = 0;
        for (int n = 0; n < 3 && sf_dateline_find(flow->blocks[i].text, from, &line); n++) {
            propose_shown(w, i, &line, from);
            from = line.end;
            w->shown++;
        }
    }
}

/* The page's own habit: a date that can only be read one way, or the language of the country. */
static bool reads_day_first(const sf_meta_scan *scan) {
    static const char *const month_first[] = {"en-us", "en_us", "en-ph", "en"};
    sf_str lang = scan->html_lang;
    sf_str locale = sf_meta_said(scan, SF_SAID_LOCALE);
    int day = 0, month = 0;
    size_t shown = 0;
    for (uint32_t i = 0; i < scan->flow->count && shown < MOST_SHOWN; i++) {
        sf_dateline line;
        sf_str text = scan->flow->blocks[i].text;
        if (text.len > 80 || !sf_dateline_find(text, 0, &line))
            continue;
        shown++;
        if (line.end - line.begin >= 8 && !line.other.year && line.begin + 5 < text.len &&
            sf_is_digit(text.ptr[line.begin]) &&
            sf_str_find(sf_str_sub(text, line.begin, line.end), SF_STR("/"), 0) == 2)
            *((text.ptr[line.begin] - '0') * 10 + (text.ptr[line.begin + 1] - '0') > 12 ? &day
                                                                                        : &month) +=
                1;
    }
    if (day != month)
        return day > month;
    if (locale.len >= 5)
        lang = locale;
    for (size_t i = 0; i < SF_LEN(month_first); i++)
        if (sf_str_equal_ci(lang, sf_str_of(month_first[i])))
            return false;
    return lang.len > 0;
}

/* ---- what the days say of each other ---- */

static bool in_head(const sf_candidate *c) {
    return has(c, SF_DATE_F_LD_PUBLISHED) || has(c, SF_DATE_F_LD_PAGE_PUBLISHED) ||
           has(c, SF_DATE_F_META_PUBLISHED) || has(c, SF_DATE_F_META_OTHER) ||
           has(c, SF_DATE_F_META_DATE);
}

static bool is_modified(const sf_candidate *c) {
    return has(c, SF_DATE_F_LD_MODIFIED) || has(c, SF_DATE_F_LD_PAGE_MODIFIED) ||
           has(c, SF_DATE_F_META_MODIFIED);
}

/* On a date line: near the headline, or labelled. */
static bool is_shown(const sf_candidate *c) {
    return has(c, SF_DATE_F_TEXT_NEAR_AFTER) || has(c, SF_DATE_F_TEXT_NEAR_BEFORE) ||
           has(c, SF_DATE_F_TIME_NEAR) || has(c, SF_DATE_F_LABEL_PUBLISHED) ||
           has(c, SF_DATE_F_LABEL_UPDATED);
}

static void mark_relations(work *w, sf_date url) {
    int32_t published = INT32_MIN, modified = INT32_MIN;
    size_t shown = 0, labelled = 0, heads = 0;
    for (size_t i = 1; i < w->ranking.count; i++) {
        const sf_candidate *c = &w->ranking.at[i];
        int32_t day = sf_days_from_date(c->date);
        shown += is_shown(c);
        labelled += has(c, SF_DATE_F_LABEL_PUBLISHED) || has(c, SF_DATE_F_TIME_PUBLISHED);
        heads += in_head(c);
        if (in_head(c) && (published == INT32_MIN || day < published))
            published = day;
        if (is_modified(c) && day > modified)
            modified = day;
    }
    for (size_t i = 1; i < w->ranking.count; i++) {
        sf_candidate *c = &w->ranking.at[i];
        int32_t day = sf_days_from_date(c->date);
        bool head = in_head(c), visible = is_shown(c);
        if (c->date.day == 0)
            mark(c, SF_DATE_F_MONTH_ONLY);
        if (url.year && url.day == 0)
            mark(c, url.year == c->date.year && url.month == c->date.month
                        ? SF_DATE_F_URL_MONTH
                        : SF_DATE_F_URL_OTHER_MONTH);
        if (published != INT32_MIN && !head && day - published <= 1 && published - day <= 1)
            mark(c, SF_DATE_F_BESIDE_HEAD);
        if (modified != INT32_MIN && day > modified + 1)
            mark(c, SF_DATE_F_AFTER_MODIFIED);
        if (published != INT32_MIN && day != published)
            mark(c, day < published ? SF_DATE_F_BEFORE_PUBLISHED : SF_DATE_F_AFTER_PUBLISHED);
        if (head && visible)
            mark(c, SF_DATE_F_HEAD_AND_VISIBLE);
        else if (head)
            mark(c, SF_DATE_F_ONLY_HEAD);
        else if (visible)
            mark(c, SF_DATE_F_ONLY_VISIBLE);
        if (is_modified(c) && visible)
            mark(c, SF_DATE_F_UPDATED_SHOWN);
        if (is_modified(c) && !head)
            mark(c, SF_DATE_F_MODIFIED_NOT_PUBLISHED);
        if (!visible && shown > 0)
            mark(c, SF_DATE_F_SHOWN_ELSEWHERE);
        if (labelled > 0 && !has(c, SF_DATE_F_LABEL_PUBLISHED) && !has(c, SF_DATE_F_TIME_PUBLISHED))
            mark(c, SF_DATE_F_LABELLED_ELSEWHERE);
        if (visible && is_modified(c) && !head && published != INT32_MIN) {
            mark(c, has(c, SF_DATE_F_LABEL_UPDATED) ? SF_DATE_F_LABELLED_LATE
                                                    : SF_DATE_F_UNLABELLED_LATE);
            if (day - published > 365)
                mark(c, SF_DATE_F_GAP_YEAR);
        }
        if (has(c, SF_DATE_F_LABEL_UPDATED) && published == INT32_MIN)
            mark(c, SF_DATE_F_UPDATED_ONLY);
        if (w->shown > 12)
            mark(c, SF_DATE_F_MANY_DATES);
    }
    if (heads)
        mark(&w->ranking.at[0], SF_DATE_F_NONE_HAS_HEAD);
    if (!w->scan->ld.things[SF_LD_ARTICLE])
        mark(&w->ranking.at[0], SF_DATE_F_NONE_NO_ARTICLE);
    if (w->scan->title_block == SF_NONE)
        mark(&w->ranking.at[0], SF_DATE_F_NONE_NO_TITLE);
}

sf_ranking sf_date_candidates(sf_arena *arena, sf_meta_scan *scan) {
    work w = {.arena = arena, .scan = scan, .ranking = sf_ranking_new(arena)};
    mark(&w.ranking.at[0], SF_DATE_F_NONE);
    w.day_first = reads_day_first(scan);
    propose_head(&w);
    propose_times(&w);
    sf_date url = url_date(scan->url);
    if (url.day) {
        sf_candidate *c = propose(&w, url);
        if (c)
            mark(c, SF_DATE_F_URL_DAY);
    }
    scan_text(&w);
    mark_relations(&w, url);
    return w.ranking;
}
