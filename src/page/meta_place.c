/* Where a node stands on the page, and the normal form of headlines and names. */
#include "page/meta_scan.h"

enum { CLIMB = 14, CLIMB_CLASS = 6 };

sf_str sf_meta_said(const sf_meta_scan *scan, sf_said said) {
    for (size_t i = 0; i < scan->sayings.count; i++)
        if (scan->sayings.at[i].said == said)
            return scan->sayings.at[i].value;
    return SF_ABSENT;
}

sf_str sf_meta_ld(const sf_meta_scan *scan, sf_ld_type type, sf_ld_field field) {
    for (size_t i = 0; i < scan->ld.count; i++)
        if (scan->ld.at[i].type == type && scan->ld.at[i].field == field)
            return scan->ld.at[i].value;
    return SF_ABSENT;
}

/* In alphabetical order: letters[] of the scan points into it. */
static const struct {
    const char *word;
    unsigned bit;
} class_words[] = {
    {"about", SF_CLASS_BIO},       {"article", SF_CLASS_POST},       {"author", SF_CLASS_AUTHOR},
    {"bio", SF_CLASS_BIO},         {"blog", SF_CLASS_POST},          {"byline", SF_CLASS_BYLINE},
    {"card", SF_CLASS_BIO},        {"carousel", SF_CLASS_ASIDE},     {"comment", SF_CLASS_COMMENT},
    {"content", SF_CLASS_POST},    {"contributor", SF_CLASS_AUTHOR}, {"cookie", SF_CLASS_ASIDE},
    {"copyright", SF_CLASS_ASIDE}, {"date", SF_CLASS_DATE},          {"details", SF_CLASS_BYLINE},
    {"entry", SF_CLASS_POST},      {"event", SF_CLASS_ASIDE},        {"footer", SF_CLASS_ASIDE},
    {"headline", SF_CLASS_TITLE},  {"hero", SF_CLASS_POST},          {"info", SF_CLASS_BYLINE},
    {"latest", SF_CLASS_ASIDE},    {"menu", SF_CLASS_ASIDE},         {"meta", SF_CLASS_BYLINE},
    {"modal", SF_CLASS_ASIDE},     {"modif", SF_CLASS_UPDATED},      {"name", SF_CLASS_NAME},
    {"nav", SF_CLASS_ASIDE},       {"newsletter", SF_CLASS_ASIDE},   {"popular", SF_CLASS_ASIDE},
    {"popup", SF_CLASS_ASIDE},     {"post", SF_CLASS_POST},          {"posted", SF_CLASS_PUBLISHED},
    {"promo", SF_CLASS_ASIDE},     {"publish", SF_CLASS_PUBLISHED},  {"recent", SF_CLASS_ASIDE},
    {"recommend", SF_CLASS_ASIDE}, {"related", SF_CLASS_ASIDE},      {"reply", SF_CLASS_COMMENT},
    {"respond", SF_CLASS_COMMENT}, {"sidebar", SF_CLASS_ASIDE},      {"slider", SF_CLASS_ASIDE},
    {"story", SF_CLASS_POST},      {"teaser", SF_CLASS_ASIDE},       {"time", SF_CLASS_DATE},
    {"title", SF_CLASS_TITLE},     {"trending", SF_CLASS_ASIDE},     {"updated", SF_CLASS_UPDATED},
    {"widget", SF_CLASS_ASIDE},    {"writer", SF_CLASS_AUTHOR},
};

static unsigned class_bits(const sf_meta_scan *scan, sf_str s) {
    unsigned bits = 0;
    for (size_t i = 0; i + 2 < s.len && i < 400; i++) {
        unsigned letter = (unsigned)(unsigned char)(s.ptr[i] | 32) - 'a';
        if (letter >= 26)
            continue;
        for (size_t k = scan->letters[letter]; k < scan->letters[letter + 1]; k++)
            if (!(bits & class_words[k].bit) &&
                sf_str_starts_ci(sf_str_sub(s, i, s.len), sf_str_of(class_words[k].word)))
                bits |= class_words[k].bit;
    }
    return bits;
}

void sf_meta_place_init(sf_arena *arena, sf_meta_scan *scan) {
    size_t k = 0;
    for (unsigned letter = 0; letter <= 26; letter++) {
        while (k < SF_LEN(class_words) && (unsigned)(class_words[k].word[0] - 'a') < letter)
            k++;
        scan->letters[letter] = (uint8_t)k;
    }
    scan->class_bits = SF_ARRAY(arena, uint32_t, scan->dom->count + 1);
}

static unsigned tag_bits(unsigned tag) {
    switch (tag) {
    case SF_TAG_ARTICLE: return SF_IN_ARTICLE;
    case SF_TAG_MAIN: return SF_IN_MAIN;
    case SF_TAG_HEADER: return SF_IN_HEADER;
    case SF_TAG_NAV: return SF_IN_NAV;
    case SF_TAG_ASIDE: return SF_IN_ASIDE;
    case SF_TAG_FOOTER: return SF_IN_FOOTER;
    case SF_TAG_A: return SF_IN_LINK;
    case SF_TAG_LI: return SF_IN_ITEM;
    case SF_TAG_H1:
    case SF_TAG_H2:
    case SF_TAG_H3:
    case SF_TAG_H4: return SF_IN_HEADING;
    default: return 0;
    }
}

/* What an element's own class, id and itemprop say; remembered, since siblings ask again. */
static unsigned own_bits(const sf_meta_scan *scan, uint32_t node) {
    const unsigned known = 1u << 31;
    const sf_node *n = &scan->dom->nodes[node];
    if (scan->class_bits[node])
        return scan->class_bits[node] & ~known;
    unsigned bits = 0;
    for (uint32_t i = 0; i < n->attr_count; i++) {
        const sf_attr *a = &scan->dom->attrs[n->attr + i];
        if (sf_str_equal(a->name, SF_STR("class")) || sf_str_equal(a->name, SF_STR("id")) ||
            sf_str_equal(a->name, SF_STR("itemprop")))
            bits |= class_bits(scan, a->value);
    }
    scan->class_bits[node] = bits | known;
    return bits;
}

unsigned sf_meta_place(const sf_meta_scan *scan, uint32_t node) {
    /* what describes the thing itself must stand close to it */
    const unsigned far =
        SF_CLASS_ASIDE_FAR | SF_CLASS_COMMENT | SF_CLASS_BIO | SF_CLASS_POST | SF_CLASS_BYLINE;
    unsigned bits = 0;
    for (int level = 0; level < CLIMB; level++) {
        const sf_node *n = &scan->dom->nodes[node];
        bits |= tag_bits(n->tag);
        if (n->tag == SF_TAG_BODY || n->tag == SF_TAG_HTML)
            break;
        if (level < CLIMB_CLASS) {
            unsigned own = own_bits(scan, node);
            if (level > 2 && (own & SF_CLASS_ASIDE))
                own |= SF_CLASS_ASIDE_FAR;
            bits |= level > 2 ? own & far : own;
        }
        node = n->parent;
    }
    return bits;
}

uint32_t sf_meta_block(const sf_flow *flow, uint32_t node) {
    uint32_t low = 0, high = flow->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (flow->blocks[middle].last < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

sf_str sf_meta_text(sf_arena *arena, const sf_dom *dom, uint32_t node, uint32_t most) {
    if (dom->nodes[node].end - node > most)
        return SF_ABSENT;
    size_t bytes = 0; /* elements nest: the same long text must not be copied for each */
    for (uint32_t i = node; i < dom->nodes[node].end; i++)
        bytes += dom->nodes[i].tag == SF_TAG_TEXT ? dom->nodes[i].text.len : 0;
    if (bytes > 4096)
        return SF_ABSENT;
    sf_str text = sf_dom_text(arena, dom, node);
    return text.len && text.len <= 400 ? text : SF_ABSENT;
}

static bool part_of_word(uint32_t c) {
    if (c < 0x80)
        return sf_is_alpha((char)c) || sf_is_digit((char)c);
    return !(c < 0xC0 && c != 0xAA && c != 0xB5 && c != 0xBA) && c != 0xD7 && c != 0xF7 &&
           !(c >= 0x2000 && c < 0x2070) && !(c >= 0x20A0 && c < 0x2C00) &&
           !(c >= 0x3000 && c < 0x3004) && !(c >= 0x3008 && c < 0x3021) && c != 0xFEFF &&
           c != 0xFFFD && c < 0x1F000;
}

sf_str sf_meta_key(sf_arena *arena, sf_str s) {
    if (!s.len)
        return SF_ABSENT;
    char *out = sf_alloc(arena, s.len + s.len / 2 + 2);
    size_t len = 0, bytes;
    bool gap = false;
    for (size_t i = 0; i < s.len; i += bytes) {
        uint32_t c = sf_utf8_at(s, i, &bytes);
        if (!part_of_word(c)) {
            gap = len > 0;
            continue;
        }
        if (gap)
            out[len++] = ' ';
        gap = false;
        if (c < 0x80)
            out[len++] = sf_lower((char)c);
        else if (c >= 0xC0 && c <= 0xDE) /* Latin-1 capitals */
            len += sf_utf8_put(c + 0x20, out + len);
        else
            memcpy(out + len, s.ptr + i, bytes), len += bytes;
    }
    return (sf_str){out, len};
}

/* The key without its spaces: "harbourpost". */
static sf_str compact(sf_arena *arena, sf_str name) {
    sf_str key = sf_meta_key(arena, name);
    char *p = sf_alloc(arena, key.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < key.len; i++)
        if (key.ptr[i] != ' ')
            p[len++] = key.ptr[i];
    return (sf_str){p, len};
}

static sf_str site_key(sf_arena *arena, sf_str name) {
    sf_str key = name.len <= 100 ? compact(arena, name) : SF_ABSENT;
    return key.len > 6 && sf_str_starts(key, SF_STR("the")) ? sf_str_sub(key, 3, key.len) : key;
}

static void add_site_key(sf_arena *arena, sf_meta_scan *scan, sf_str name, size_t least) {
    sf_str key = site_key(arena, name);
    if (key.len >= least && scan->site_key_count < SF_LEN(scan->site_keys))
        scan->site_keys[scan->site_key_count++] = key;
}

/* Short lines of the page in normal form: what a name board may be. */
typedef struct board_list {
    struct board {
        sf_str line, label; /* the whole line; its first text, a link or a label */
    } * at;
    uint32_t count;
} board_list;

static board_list boards_of(sf_arena *arena, const sf_meta_scan *scan) {
    enum { LINE = 100 };
    board_list out = {SF_ARRAY(arena, struct board, scan->flow->count + 1), 0};
    for (uint32_t b = 0; b < scan->flow->count; b++) {
        const sf_flow_block *block = &scan->flow->blocks[b];
        if (block->kind == SOFAR_BLOCK_HEADING || block->text.len > LINE)
            continue;
        out.at[out.count++] =
            (struct board){sf_meta_key(arena, block->text),
                           sf_meta_key(arena, scan->dom->nodes[block->first].text)};
    }
    return out;
}

/* Does a line begin with the name, or with a link or label that is the name? */
static bool on_board(const board_list *boards, sf_str key) {
    for (uint32_t b = 0; b < boards->count; b++) {
        sf_str line = boards->at[b].line;
        if ((sf_str_starts(line, key) && (line.len == key.len || line.ptr[key.len] == ' ')) ||
            sf_str_equal(boards->at[b].label, key))
            return true;
    }
    return false;
}

/* A part of <title>, at its end or its head, that stands on the page again as a line of its own
 * (the name board, the foot): what a site without metadata calls itself. */
static sf_str named_part(sf_arena *arena, const sf_meta_scan *scan) {
    static const char *const marks[] = {" | ", " - ", " – ", " — ", " · ", " • ", " » ", ": "};
    enum { LONGEST_NAME = 50 };
    sf_str t = scan->title_tag;
    board_list boards = {0}; /* made when the first part asks */
    for (size_t m = 0; m < SF_LEN(marks); m++) {
        sf_str mark = sf_str_of(marks[m]);
        size_t first = sf_str_find(t, mark, 0), last = first;
        for (size_t at = first; at != SIZE_MAX; at = sf_str_find(t, mark, at + mark.len))
            last = at;
        if (first == SIZE_MAX)
            continue;
        sf_str ends[] = {sf_str_sub(t, last + mark.len, t.len), sf_str_sub(t, 0, first)};
        for (size_t e = mark.ptr[0] == ':'; e < SF_LEN(ends); e++) { /* "Site: headline" only */
            sf_str name = sf_str_trim(ends[e]);
            sf_str key = name.len <= LONGEST_NAME ? sf_meta_key(arena, name) : SF_ABSENT;
            if (!key.len)
                continue;
            if (!boards.at)
                boards = boards_of(arena, scan);
            if (on_board(&boards, key))
                return name;
        }
    }
    return SF_ABSENT;
}

void sf_meta_site_init(sf_arena *arena, sf_meta_scan *scan) {
    scan->named = named_part(arena, scan);
    add_site_key(arena, scan, scan->site, 2);
    add_site_key(arena, scan, scan->named, 5);
    add_site_key(arena, scan, sf_meta_said(scan, SF_SAID_SITE), 2);
    add_site_key(arena, scan, sf_meta_said(scan, SF_SAID_APP), 2);
    add_site_key(arena, scan, scan->page->outlet, 2);
    add_site_key(arena, scan, scan->host, 3);
    for (size_t at = 0; at < scan->host.len;) { /* each label of the host but the last */
        size_t dot = sf_str_find(scan->host, SF_STR("."), at);
        if (dot == SIZE_MAX)
            break;
        add_site_key(arena, scan, sf_str_sub(scan->host, at, dot), 3);
        at = dot + 1;
    }
}

bool sf_meta_is_site(sf_arena *arena, const sf_meta_scan *scan, sf_str name) {
    sf_str key = site_key(arena, name);
    for (size_t i = 0; i < scan->site_key_count && key.len >= 2; i++) {
        sf_str site = scan->site_keys[i];
        if (sf_str_equal(site, key) || (site.len >= 5 && key.len >= 5 &&
                                        (sf_str_starts(key, site) || sf_str_starts(site, key))))
            return true;
    }
    return false;
}
