/* One pass over the document's tags. Three things happen on the way:
 *
 * 1. Comments and what stands in <script>, <style>, <svg> ... are cut. The parser sees the empty
 *    element. (So it also cannot disagree with us about where they end.)
 * 2. A small model of the parser's stack of open elements is kept (WHATWG HTML, "tree
 *    construction": which start tags close what, how far an end tag reaches). Tags that would make
 *    that stack, or the list of active formatting elements, longer than any writer needs are cut
 *    with their end tags: the parser walks both at every tag. Where the model is not sure it takes
 *    the deeper answer, so that its stack is never much lower than the parser's.
 * 3. The surplus of attributes on one tag is cut: the parser compares each with all before it.
 */
#include "page/dom_guard.h"

#include <gumbo.h>

#include "page/html_tag.h"

enum {
    DEEPEST = 400,     /* open elements; measured on 709 news pages: 53 at most */
    DEEPEST_ROW = 450, /* likewise for elements that close themselves: <p>, <li>, <td> ... */
    MOST_FORMATS = 48, /* open formatting elements; on the same pages: 5 at most */
    MOST_ATTRS = 100,  /* of one tag */
    MOST_ROOTS = 16    /* <html> and <body> tags: the parser merges their attributes */
};

/* ---- classes of elements ---- */

enum {
    VOID = 1,        /* never on the stack */
    ROOT = 2,        /* <html>, <head>, <body>, <frameset>: one each, whatever the tags */
    FORMAT = 4,      /* goes on the list of active formatting elements */
    CLOSES_P = 8,    /* its start ends an open <p> */
    SPECIAL = 16,    /* stops the end tags of ordinary elements */
    SCOPE = 32,      /* stops the end tags of special ones, too */
    TABLE_PART = 64, /* means nothing outside of a table */
    UNSEEN = 128,    /* raw text that no one reads: its inside is cut */
    ROW = 256        /* a new one closes the one before */
};

#define BLOCK (CLOSES_P | SPECIAL)

static const uint16_t class_of[GUMBO_TAG_LAST + 1] = {
    [GUMBO_TAG_AREA] = VOID,
    [GUMBO_TAG_BASE] = VOID,
    [GUMBO_TAG_BASEFONT] = VOID,
    [GUMBO_TAG_BGSOUND] = VOID,
    [GUMBO_TAG_BR] = VOID,
    [GUMBO_TAG_COL] = VOID,
    [GUMBO_TAG_EMBED] = VOID,
    [GUMBO_TAG_FRAME] = VOID,
    [GUMBO_TAG_HR] = VOID | CLOSES_P,
    [GUMBO_TAG_IMAGE] = VOID,
    [GUMBO_TAG_IMG] = VOID,
    [GUMBO_TAG_INPUT] = VOID,
    [GUMBO_TAG_ISINDEX] = VOID,
    [GUMBO_TAG_KEYGEN] = VOID,
    [GUMBO_TAG_LINK] = VOID,
    [GUMBO_TAG_META] = VOID,
    [GUMBO_TAG_PARAM] = VOID,
    [GUMBO_TAG_SOURCE] = VOID,
    [GUMBO_TAG_TRACK] = VOID,
    [GUMBO_TAG_WBR] = VOID,
    [GUMBO_TAG_HTML] = ROOT,
    [GUMBO_TAG_HEAD] = ROOT,
    [GUMBO_TAG_BODY] = ROOT,
    [GUMBO_TAG_FRAMESET] = ROOT,
    [GUMBO_TAG_A] = FORMAT,
    [GUMBO_TAG_B] = FORMAT,
    [GUMBO_TAG_BIG] = FORMAT,
    [GUMBO_TAG_CODE] = FORMAT,
    [GUMBO_TAG_EM] = FORMAT,
    [GUMBO_TAG_FONT] = FORMAT,
    [GUMBO_TAG_I] = FORMAT,
    [GUMBO_TAG_NOBR] = FORMAT,
    [GUMBO_TAG_S] = FORMAT,
    [GUMBO_TAG_SMALL] = FORMAT,
    [GUMBO_TAG_STRIKE] = FORMAT,
    [GUMBO_TAG_STRONG] = FORMAT,
    [GUMBO_TAG_TT] = FORMAT,
    [GUMBO_TAG_U] = FORMAT,
    [GUMBO_TAG_ADDRESS] = BLOCK,
    [GUMBO_TAG_ARTICLE] = BLOCK,
    [GUMBO_TAG_ASIDE] = BLOCK,
    [GUMBO_TAG_BLOCKQUOTE] = BLOCK,
    [GUMBO_TAG_CENTER] = BLOCK,
    [GUMBO_TAG_DETAILS] = BLOCK,
    [GUMBO_TAG_DIR] = BLOCK,
    [GUMBO_TAG_DIV] = BLOCK,
    [GUMBO_TAG_DL] = BLOCK,
    [GUMBO_TAG_FIELDSET] = BLOCK,
    [GUMBO_TAG_FIGCAPTION] = BLOCK,
    [GUMBO_TAG_FIGURE] = BLOCK,
    [GUMBO_TAG_FOOTER] = BLOCK,
    [GUMBO_TAG_FORM] = BLOCK,
    [GUMBO_TAG_H1] = BLOCK,
    [GUMBO_TAG_H2] = BLOCK,
    [GUMBO_TAG_H3] = BLOCK,
    [GUMBO_TAG_H4] = BLOCK,
    [GUMBO_TAG_H5] = BLOCK,
    [GUMBO_TAG_H6] = BLOCK,
    [GUMBO_TAG_HEADER] = BLOCK,
    [GUMBO_TAG_HGROUP] = BLOCK,
    [GUMBO_TAG_LISTING] = BLOCK,
    [GUMBO_TAG_MAIN] = BLOCK,
    [GUMBO_TAG_MENU] = BLOCK,
    [GUMBO_TAG_NAV] = BLOCK,
    [GUMBO_TAG_OL] = BLOCK,
    [GUMBO_TAG_PRE] = BLOCK,
    [GUMBO_TAG_SECTION] = BLOCK,
    [GUMBO_TAG_SUMMARY] = BLOCK,
    [GUMBO_TAG_UL] = BLOCK,
    [GUMBO_TAG_P] = BLOCK | ROW,
    [GUMBO_TAG_LI] = BLOCK | ROW,
    [GUMBO_TAG_DD] = BLOCK | ROW,
    [GUMBO_TAG_DT] = BLOCK | ROW,
    [GUMBO_TAG_OPTION] = ROW,
    [GUMBO_TAG_OPTGROUP] = ROW,
    [GUMBO_TAG_BUTTON] = SPECIAL,
    [GUMBO_TAG_SELECT] = SPECIAL | SCOPE,
    [GUMBO_TAG_TABLE] = BLOCK | SCOPE,
    [GUMBO_TAG_CAPTION] = SPECIAL | SCOPE | TABLE_PART,
    [GUMBO_TAG_COLGROUP] = SPECIAL | TABLE_PART,
    [GUMBO_TAG_TBODY] = SPECIAL | TABLE_PART,
    [GUMBO_TAG_THEAD] = SPECIAL | TABLE_PART,
    [GUMBO_TAG_TFOOT] = SPECIAL | TABLE_PART,
    [GUMBO_TAG_TR] = SPECIAL | TABLE_PART | ROW,
    [GUMBO_TAG_TD] = SPECIAL | SCOPE | TABLE_PART | ROW,
    [GUMBO_TAG_TH] = SPECIAL | SCOPE | TABLE_PART | ROW,
    [GUMBO_TAG_APPLET] = SPECIAL | SCOPE,
    [GUMBO_TAG_MARQUEE] = SPECIAL | SCOPE,
    [GUMBO_TAG_OBJECT] = SPECIAL | SCOPE,
    [GUMBO_TAG_TEMPLATE] = SPECIAL | SCOPE,
    [GUMBO_TAG_MI] = SPECIAL | SCOPE,
    [GUMBO_TAG_MO] = SPECIAL | SCOPE,
    [GUMBO_TAG_MN] = SPECIAL | SCOPE,
    [GUMBO_TAG_MS] = SPECIAL | SCOPE,
    [GUMBO_TAG_MTEXT] = SPECIAL | SCOPE,
    [GUMBO_TAG_ANNOTATION_XML] = SPECIAL | SCOPE,
    [GUMBO_TAG_FOREIGNOBJECT] = SPECIAL | SCOPE,
    [GUMBO_TAG_DESC] = SPECIAL | SCOPE,
    [GUMBO_TAG_TITLE] = SPECIAL | SCOPE,
    [GUMBO_TAG_IFRAME] = SPECIAL | UNSEEN,
    [GUMBO_TAG_NOEMBED] = SPECIAL | UNSEEN,
    [GUMBO_TAG_NOFRAMES] = SPECIAL | UNSEEN,
    [GUMBO_TAG_NOSCRIPT] = SPECIAL | UNSEEN,
    [GUMBO_TAG_SCRIPT] = SPECIAL | UNSEEN,
    [GUMBO_TAG_STYLE] = SPECIAL | UNSEEN,
    [GUMBO_TAG_TEXTAREA] = SPECIAL | UNSEEN,
};

/* ---- state ---- */

typedef struct open_element {
    uint16_t tag, class;
    uint32_t name; /* hash of the name, for those that the parser has no number for */
} open_element;

typedef struct guard {
    sf_arena *arena;
    sf_str html;
    sf_guard_level level;
    sf_guarded *out;
    sf_vec(sf_cut) cuts;
    sf_vec(sf_raw) raws;
    open_element open[DEEPEST_ROW + 1];
    uint32_t depth;
    struct {
        uint16_t tag;
        uint32_t base; /* depth of the innermost scope when it was opened */
    } formats[MOST_FORMATS];
    uint32_t format_count;
    uint32_t skipped[GUMBO_TAG_LAST + 1]; /* start tags cut whose end tag is to come */
    uint32_t roots;
    bool no_end[GUMBO_TAG_LAST + 1]; /* no end tag of this name in the rest of the document */
    bool foreign;                    /* an <svg> or <math> stood before and was not cut */
    uint32_t svg_open_until;         /* an <svg> before here is not closed sanely */
    bool nuls;                       /* the document holds NUL bytes */
    uint32_t line_end;               /* where the last <br> of ours or text cut ended */
} guard;

static void add_cut(guard *g, size_t begin, size_t end, bool line_end) {
    sf_cut *last = g->cuts.count ? &g->cuts.at[g->cuts.count - 1] : NULL;
    if (last && last->end == begin)
        last->end = (uint32_t)end;
    else if (begin < end || line_end)
        *SF_PUSH(g->arena, &g->cuts) = (sf_cut){(uint32_t)begin, (uint32_t)end, 0, line_end};
}

static void cut(guard *g, size_t begin, size_t end) { add_cut(g, begin, end, false); }

/* ---- the stack ---- */

static void remove_open(guard *g, uint32_t i) {
    memmove(&g->open[i], &g->open[i + 1], (g->depth - i - 1) * sizeof *g->open);
    g->depth--;
}

/* Pops down to and with the nearest `tag`, unless an element of class `stop` stands above it. */
static bool pop_to(guard *g, uint16_t tag, uint32_t name, uint16_t stop) {
    for (uint32_t i = g->depth; i-- > 0;) {
        if (g->open[i].tag == tag && g->open[i].name == name) {
            g->depth = i;
            return true;
        }
        if (g->open[i].class & stop)
            return false;
    }
    return false;
}

static void close_p(guard *g) {
    for (uint32_t i = g->depth; i-- > 0;) {
        if (g->open[i].tag == GUMBO_TAG_P) {
            g->depth = i;
            return;
        }
        if ((g->open[i].class & SCOPE) || g->open[i].tag == GUMBO_TAG_BUTTON)
            return;
    }
}

/* <li> closes an <li>, <dt> and <dd> each other, unless a list or the like stands between. */
static void close_item(guard *g, uint16_t tag) {
    for (uint32_t i = g->depth; i-- > 0;) {
        uint16_t t = g->open[i].tag;
        bool same = tag == GUMBO_TAG_LI ? t == tag : t == GUMBO_TAG_DD || t == GUMBO_TAG_DT;
        if (same) {
            g->depth = i;
            return;
        }
        if ((g->open[i].class & SPECIAL) && t != GUMBO_TAG_ADDRESS && t != GUMBO_TAG_DIV &&
            t != GUMBO_TAG_P)
            return;
    }
}

static int table_rank(uint16_t tag) {
    switch (tag) {
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH: return 3;
    case GUMBO_TAG_TR: return 2;
    default: return 1;
    }
}

/* A cell closes the cell before it, a row the row, and so on. False: not in a table. */
static bool close_table_part(guard *g, uint16_t tag) {
    uint32_t table = g->depth;
    while (table > 0 && g->open[table - 1].tag != GUMBO_TAG_TABLE &&
           g->open[table - 1].tag != GUMBO_TAG_TEMPLATE)
        table--;
    if (table == 0)
        return false;
    for (uint32_t i = table; i < g->depth; i++)
        if ((g->open[i].class & TABLE_PART) && table_rank(g->open[i].tag) >= table_rank(tag)) {
            g->depth = i;
            break;
        }
    return true;
}

static uint32_t scope_base(const guard *g) {
    uint32_t i = g->depth;
    while (i > 0 && !(g->open[i - 1].class & SCOPE))
        i--;
    return i;
}

/* Takes the element off the stack and off the list, as far as the scope reaches. */
static void end_format(guard *g, uint16_t tag) {
    uint32_t base = scope_base(g);
    for (uint32_t i = g->format_count; i-- > 0;)
        if (g->formats[i].tag == tag && g->formats[i].base >= base) {
            g->format_count--;
            memmove(&g->formats[i], &g->formats[i + 1], (g->format_count - i) * sizeof *g->formats);
            break;
        }
    for (uint32_t i = g->depth; i-- > base;)
        if (g->open[i].tag == tag) {
            remove_open(g, i);
            return;
        }
}

/* ---- what is cut whole ---- */

/* Tags that throw the parser out of a drawing. */
static bool breaks_out(uint16_t tag) {
    if (tag >= GUMBO_TAG_LAST)
        return false;
    return (class_of[tag] & (FORMAT | CLOSES_P | ROOT) && tag != GUMBO_TAG_A) ||
           tag == GUMBO_TAG_BR || tag == GUMBO_TAG_IMG || tag == GUMBO_TAG_EMBED ||
           tag == GUMBO_TAG_META || tag == GUMBO_TAG_SPAN || tag == GUMBO_TAG_SUB ||
           tag == GUMBO_TAG_SUP || tag == GUMBO_TAG_VAR || tag == GUMBO_TAG_RUBY ||
           tag == GUMBO_TAG_FOREIGNOBJECT;
}

static uint16_t tag_number(const guard *g, sf_span name) {
    return (uint16_t)gumbo_tagn_enum(g->html.ptr + name.begin, name.end - name.begin);
}

/* Where the end tag of the <svg> whose inside begins at `at` begins; 0 if it is not a plain, closed
 * drawing. */
static uint32_t svg_end(guard *g, uint32_t at) {
    uint32_t depth = 1;
    for (size_t i = at; depth;) {
        const char *p = memchr(g->html.ptr + i, '<', g->html.len - i);
        if (!p) {
            g->svg_open_until = UINT32_MAX;
            return 0;
        }
        i = (size_t)(p - g->html.ptr);
        if (!sf_html_begins_tag(g->html, i)) {
            bool declares =
                i + 1 < g->html.len && strchr("!?/", g->html.ptr[i + 1]) && g->html.ptr[i + 1];
            i = declares ? sf_html_declaration_end(g->html, i) : i + 1;
            continue;
        }
        sf_html_tag tag;
        uint16_t number;
        if (!sf_html_tag_read(g->html, i, 0, NULL, &tag) ||
            breaks_out(number = tag_number(g, tag.name))) {
            g->svg_open_until = (uint32_t)i;
            return 0;
        }
        if (number == GUMBO_TAG_SVG && !tag.self_closing)
            depth = tag.closing ? depth - 1 : depth + 1;
        if (depth == 0)
            return (uint32_t)i;
        i = tag.end;
    }
    return 0;
}

static bool is_linked_data(const guard *g, const sf_html_tag *tag) {
    uint32_t at = tag->name.end;
    for (sf_html_attr a; sf_html_attr_next(g->html, tag->end, &at, &a);)
        if (sf_html_name_is(g->html, a.name, SF_STR("type")))
            return sf_str_starts_ci(sf_str_trim(sf_span_of(g->html, a.value)),
                                    SF_STR("application/ld+json"));
    return false;
}

/* Cuts the inside of an element that no one reads. Where to go on: at its end tag, or 0 if there is
 * nothing to cut. */
static uint32_t cut_inside(guard *g, const sf_html_tag *tag, uint16_t number) {
    size_t end = 0;
    if (number == GUMBO_TAG_SVG) {
        if (!tag->self_closing && tag->begin >= g->svg_open_until)
            end = svg_end(g, tag->end);
        if (!end)
            g->foreign |= !tag->self_closing;
    } else if (number == GUMBO_TAG_MATH) {
        g->foreign = true;
    } else if ((class_of[number] & UNSEEN || (number == GUMBO_TAG_TITLE && !g->foreign)) &&
               !g->no_end[number] && !(g->foreign && tag->self_closing)) {
        end = sf_html_raw_end(g->html, tag->end, sf_str_of(gumbo_normalized_tagname(number)));
        g->no_end[number] = end == SIZE_MAX;
        if (end == SIZE_MAX)
            return 0;
        if (number == GUMBO_TAG_TITLE)
            return (uint32_t)end;
        if (number == GUMBO_TAG_SCRIPT && is_linked_data(g, tag))
            *SF_PUSH(g->arena, &g->raws) = (sf_raw){tag->begin, {tag->end, (uint32_t)end}};
    }
    if (end)
        cut(g, tag->end, end);
    return (uint32_t)end;
}

/* ---- tags ---- */

/* Cuts a tag that hurts. One that begins a line leaves a <br>, if text stood before. */
static void lose(guard *g, const sf_html_tag *tag, bool line) {
    g->out->tags_lost++;
    line =
        line && tag->end - tag->begin >= 4 && tag->begin > g->line_end && g->level < SF_GUARD_BARE;
    add_cut(g, tag->begin + (line ? 4 : 0), tag->end, line);
    g->line_end = tag->end;
}

static bool too_deep(guard *g, uint16_t number, uint16_t class) {
    if (class & ROOT)
        return g->roots++ >= MOST_ROOTS;
    if (g->depth >= (class & ROW ? DEEPEST_ROW : DEEPEST))
        return true;
    if (!(class & FORMAT))
        return false;
    if (g->format_count >= MOST_FORMATS || (g->level == SF_GUARD_PLAIN && number != GUMBO_TAG_A))
        return true;
    g->formats[g->format_count].tag = number;
    g->formats[g->format_count++].base = scope_base(g);
    return false;
}

static void start_tag(guard *g, const sf_html_tag *tag, uint16_t number, uint32_t name) {
    uint16_t class = class_of[number];
    if (class & CLOSES_P)
        close_p(g);
    if (number == GUMBO_TAG_INPUT || number == GUMBO_TAG_KEYGEN || number == GUMBO_TAG_TEXTAREA)
        pop_to(g, GUMBO_TAG_SELECT, 0, 0); /* they end a <select> that was left open */
    if ((class & VOID) || (number == GUMBO_TAG_SELECT && pop_to(g, number, 0, 0)))
        return;
    if (number == GUMBO_TAG_LI || number == GUMBO_TAG_DD || number == GUMBO_TAG_DT)
        close_item(g, number);
    else if ((class & TABLE_PART) && !close_table_part(g, number))
        return;
    else if (number == GUMBO_TAG_A || number == GUMBO_TAG_NOBR)
        end_format(g, number);
    else if (number == GUMBO_TAG_BUTTON)
        pop_to(g, number, 0, SCOPE);
    else if ((number == GUMBO_TAG_OPTION || number == GUMBO_TAG_OPTGROUP) && g->depth &&
             g->open[g->depth - 1].tag == GUMBO_TAG_OPTION)
        g->depth--;
    if (too_deep(g, number, class)) {
        g->skipped[number] += !(class & ROOT);
        lose(g, tag, class & (CLOSES_P | TABLE_PART));
        return;
    }
    if (!(class & ROOT))
        g->open[g->depth++] = (open_element){number, class, name};
}

static void end_tag(guard *g, const sf_html_tag *tag, uint16_t number, uint32_t name) {
    uint16_t class = class_of[number];
    if (g->skipped[number]) {
        g->skipped[number]--;
        lose(g, tag, class & (CLOSES_P | TABLE_PART));
        return;
    }
    if (class & (VOID | ROOT))
        return;
    if (class & FORMAT)
        end_format(g, number);
    else if (number == GUMBO_TAG_P)
        close_p(g);
    else if (number >= GUMBO_TAG_H1 && number <= GUMBO_TAG_H6)
        for (uint32_t i = g->depth; i-- > 0 && !(g->open[i].class & SCOPE);) {
            if (g->open[i].tag >= GUMBO_TAG_H1 && g->open[i].tag <= GUMBO_TAG_H6) {
                g->depth = i;
                break;
            }
        }
    else if ((class & TABLE_PART) || number == GUMBO_TAG_TABLE) {
        for (uint32_t i = g->depth; i-- > 0;) {
            uint16_t t = g->open[i].tag;
            if (t == number) {
                g->depth = i;
                break;
            }
            if (t == GUMBO_TAG_TABLE || t == GUMBO_TAG_TEMPLATE || t == GUMBO_TAG_SELECT)
                break;
        }
    } else if (number == GUMBO_TAG_FORM) {
        for (uint32_t i = g->depth; i-- > 0 && !(g->open[i].class & SCOPE);)
            if (g->open[i].tag == number) {
                remove_open(g, i);
                break;
            }
    } else {
        pop_to(g, number, name, class & SPECIAL ? SCOPE : SPECIAL);
    }
}

static uint32_t name_hash(const guard *g, sf_span name) {
    uint32_t h = 2166136261u;
    for (uint32_t i = name.begin; i < name.end; i++)
        h = (h ^ (unsigned char)sf_lower(g->html.ptr[i])) * 16777619u;
    return h;
}

/* Where to go on. */
static size_t take_tag(guard *g, size_t at) {
    sf_html_tag tag;
    uint32_t surplus;
    if (!sf_html_tag_read(g->html, at, MOST_ATTRS, &surplus, &tag)) {
        cut(g, at, g->html.len); /* cut off by the end of the document: the parser drops it too */
        return g->html.len;
    }
    uint16_t number = tag_number(g, tag.name);
    if (number == GUMBO_TAG_PLAINTEXT || number == GUMBO_TAG_XMP) {
        cut(g, at, tag.end); /* HTML before 2.0: what stands in them is read as HTML here */
        return tag.end;
    }
    if (g->level >= SF_GUARD_TEXT_ONLY) {
        lose(g, &tag, class_of[number] & (CLOSES_P | TABLE_PART) || number == GUMBO_TAG_BR);
        uint32_t inside = tag.closing ? 0 : cut_inside(g, &tag, number);
        return inside ? inside : tag.end;
    }
    uint32_t name = number == GUMBO_TAG_UNKNOWN ? name_hash(g, tag.name) : 0;
    size_t cuts = g->cuts.count;
    if (tag.closing) {
        end_tag(g, &tag, number, name);
        return tag.end;
    }
    start_tag(g, &tag, number, name);
    if (surplus && g->cuts.count == cuts) {
        g->out->attrs_lost++;
        cut(g, surplus, tag.end - 1);
    }
    uint32_t inside = cut_inside(g, &tag, number);
    return inside ? inside : tag.end;
}

static void scan(guard *g) {
    sf_str html = g->html;
    for (size_t i = 0; i < html.len;) {
        const char *p = memchr(html.ptr + i, '<', html.len - i);
        if (!p)
            return;
        i = (size_t)(p - html.ptr);
        char next = i + 1 < html.len ? html.ptr[i + 1] : 0;
        if (sf_html_begins_tag(html, i)) {
            i = take_tag(g, i);
        } else if (next == '!' || next == '?' || (next == '/' && i + 2 < html.len)) {
            size_t end = sf_html_declaration_end(html, i);
            if (!sf_str_starts_ci(sf_str_sub(html, i, end), SF_STR("<!doctype")))
                cut(g, i, end);
            i = end;
        } else {
            i++;
        }
    }
}

/* ---- the text for the parser ---- */

/* NULs, which the parser drops in some places and marks in others, become U+0001, which it marks
 * in all. */
static void write_text(guard *g) {
    sf_guarded *out = g->out;
    char *text = sf_grow(g->arena, NULL, 0, g->html.len + 1);
    size_t len = 0, from = 0, n = g->cuts.count;
    for (size_t i = 0; i <= n; i++) {
        size_t to = i < n ? g->cuts.at[i].begin : g->html.len;
        memcpy(text + len, g->html.ptr + from, to - from);
        len += to - from;
        if (i == n)
            break;
        if (g->cuts.at[i].line_end)
            memcpy(text + len - 4, "<br>", 4);
        g->cuts.at[i].at = (uint32_t)len;
        from = g->cuts.at[i].end;
    }
    for (char *p = text; g->nuls && (p = memchr(p, 0, len - (size_t)(p - text)));)
        *p = 1;
    out->text = (sf_str){text, len};
    out->cuts = g->cuts.at;
    out->cut_count = (uint32_t)n;
}

sf_guarded sf_dom_guard(sf_arena *arena, sf_str html, sf_guard_level level) {
    sf_guarded out = {.text = html};
    guard *g = SF_NEW(arena, guard);
    *g = (guard){.arena = arena, .html = html, .level = level, .out = &out};
    g->nuls = memchr(html.ptr, 0, html.len) != NULL;
    scan(g);
    if (g->cuts.count || g->nuls)
        write_text(g);
    out.raws = g->raws.at;
    out.raw_count = (uint32_t)g->raws.count;
    return out;
}
