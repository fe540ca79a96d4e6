/* Features of text blocks. Everything is a pass over the blocks or over the elements that have text
 * below; read sf_body_look at the end first. Round two is in body_context.c. */
#include "page/body_features.h"

enum { NO_TITLE = -3000, TITLE_WORDS = 24, CUE_WORDS = 12, TITLE_SCAN = 40 };

#define X(name) #name " "
const char sf_body_feature_names[] = SF_BODY_FEATURES(X) SF_BODY_CONTEXT(X);
#undef X

/* ---- words and their weights ---- */

static uint32_t hash_of(sf_str s, uint32_t seed) { /* FNV-1a over lower case */
    uint32_t h = 2166136261u ^ seed;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)sf_lower(s.ptr[i])) * 16777619u;
    return h ? h : 1;
}

static uint32_t pair_of(uint32_t a, uint32_t b) {
    uint32_t h = (a * 31 + b) * 2654435761u;
    return h ? h : 1;
}

static int32_t weight_of(sf_body_words words, uint32_t hash) {
    if (words.mask == 0)
        return 0;
    for (uint32_t at = hash & words.mask; words.at[at]; at = (at + 1) & words.mask)
        if ((words.at[at] ^ hash) >> 12 == 0) {
            int32_t weight = (int32_t)(words.at[at] & 0xFFF);
            return weight < 0x800 ? weight : weight - 0x1000;
        }
    return 0;
}

typedef struct tally {
    sf_body_words words;
    int32_t sum, min, max;
    const sf_body_listener *listener;
    uint32_t index;
} tally;

static void hear(tally *t, sf_str word, uint32_t hash) {
    if (t->listener) {
        t->listener->hear(t->listener->who, t->index, word, hash);
        return;
    }
    int32_t w = weight_of(t->words, hash);
    t->sum += w;
    if (w < t->min)
        t->min = w;
    if (w > t->max)
        t->max = w;
}

/* "entry-content postBody": entry, content, entry+content, post, body, post+body. */
static void hear_name(tally *t, sf_str s, uint32_t seed) {
    uint32_t before = 0;
    for (size_t i = 0; i < s.len;) {
        if (!sf_is_alpha(s.ptr[i])) {
            if (sf_is_space(s.ptr[i]))
                before = 0;
            i++;
            continue;
        }
        size_t begin = i++;
        bool upper = s.ptr[begin] < 'a';
        while (i < s.len && sf_is_alpha(s.ptr[i]) && (upper || s.ptr[i] >= 'a'))
            upper = upper && s.ptr[i] < 'a', i++;
        if (i - begin < 2)
            continue;
        sf_str word = {s.ptr + begin, i - begin};
        uint32_t h = hash_of(word, seed);
        hear(t, word, h);
        if (before)
            hear(t, sf_str_sub(s, begin, i), pair_of(before, h));
        before = h;
    }
}

/* The words of an element: its name, and those of the attributes that tell what it is for. */
static uint32_t hear_element(tally *t, const sf_dom *dom, uint32_t node) {
    const sf_node *n = &dom->nodes[node];
    uint32_t look = hash_of(n->text, 7);
    hear(t, n->text, look);
    for (uint32_t i = n->attr; i < n->attr + n->attr_count; i++) {
        sf_str name = dom->attrs[i].name, value = dom->attrs[i].value;
        if (value.len > 400)
            value.len = 400;
        if (sf_str_equal(name, SF_STR("class"))) {
            look = pair_of(look, hash_of(value, 0));
            hear_name(t, value, 0);
        } else if (sf_str_equal(name, SF_STR("id"))) {
            hear_name(t, value, 0);
        } else if (sf_str_equal(name, SF_STR("itemprop")) || sf_str_equal(name, SF_STR("role")) ||
                   sf_str_equal(name, SF_STR("data-component")) ||
                   sf_str_equal(name, SF_STR("data-testid")) ||
                   sf_str_equal(name, SF_STR("aria-label"))) {
            hear_name(t, value, 3);
        }
    }
    return look;
}

/* Letters, digits, and all beyond ASCII. */
static const bool word_bytes[256] = {
    ['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true, [0x80 ... 0xFF] = true};

static bool is_word_byte(char c) { return word_bytes[(unsigned char)c]; }

static bool next_word(sf_str s, size_t *at, sf_str *word) {
    size_t i = *at;
    while (i < s.len && !is_word_byte(s.ptr[i]))
        i++;
    size_t begin = i;
    while (i < s.len && is_word_byte(s.ptr[i]))
        i++;
    *word = (sf_str){s.ptr + begin, i - begin};
    *at = i;
    return i > begin;
}

/* The first words of a block, alone, in pairs, the first with its place; short blocks as a whole.
 */
static void hear_text(tally *t, sf_str s) {
    uint32_t before = 0, whole = 17, count = 0;
    sf_str word;
    for (size_t at = 0; count < CUE_WORDS && next_word(s, &at, &word); count++) {
        bool digits = sf_is_digit(word.ptr[0]);
        uint32_t h = digits ? 11 : hash_of(word, 1);
        hear(t, word, h);
        if (count == 0)
            hear(t, word, pair_of(h, 5));
        if (before && count < 6)
            hear(t, word, pair_of(before, h));
        before = h;
        whole = pair_of(whole, h);
    }
    if (count <= 3)
        hear(t, s, pair_of(whole, count));
}

/* ---- the text of a block ---- */

/* The kind of the last character; closing quotes and brackets are looked through. */
static int16_t end_of(sf_str s) {
    int16_t wrap = 0;
    for (size_t at = s.len; at > 0;) {
        size_t bytes;
        uint32_t c = sf_utf8_before(s, at, &bytes);
        at -= bytes;
        if (c == '"' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 || c == '\'') {
            wrap = 8;
            continue;
        }
        if (c == '.')
            return (int16_t)(1 + wrap);
        if (c == '!' || c == '?')
            return (int16_t)(2 + wrap);
        if (c == ':')
            return (int16_t)(3 + wrap);
        if (c == 0x2026)
            return (int16_t)(4 + wrap);
        if (c < 0x80 && sf_is_digit((char)c))
            return (int16_t)(5 + wrap);
        if (c == ',' || c == ';')
            return (int16_t)(6 + wrap);
        return (int16_t)((c < 0x80 && !sf_is_alpha((char)c) ? 7 : 0) + wrap);
    }
    return wrap;
}

static void count_text(const sf_flow_block *b, int16_t *row) {
    sf_str s = b->text;
    uint32_t commas = 0, shorts = 0, lower = 0, upper = 0, digits = 0, letters = 0, quotes = 0,
             symbols = 0;
    for (size_t i = 0; i < s.len;) {
        char c = s.ptr[i];
        if (is_word_byte(c)) {
            size_t begin = i;
            while (i < s.len && is_word_byte(s.ptr[i]))
                i++;
            letters += (uint32_t)(i - begin);
            if (c >= 'a')
                lower += (unsigned char)c < 0x80;
            else if (sf_is_alpha(c))
                upper++;
            else
                digits += sf_is_digit(c);
            shorts += i - begin <= 3 && (unsigned char)c < 0x80 && c >= 'a';
            if ((unsigned char)c == 0xE2 && i - begin >= 3 &&
                (unsigned char)s.ptr[begin + 1] == 0x80)
                quotes += (unsigned char)s.ptr[begin + 2] == 0x9C;
            if ((unsigned char)c == 0xC2)
                symbols++;
            continue;
        }
        commas += c == ',' || c == ';' || (c == '.' && (i + 1 == s.len || s.ptr[i + 1] == ' '));
        quotes += c == '"';
        symbols += c == '|' || c == '>' || c == '/' || c == '@' || c == '#' || c == '$' || c == '+';
        i++;
    }
    uint32_t words = b->words ? b->words : 1;
    row[SF_BODY_WORDS] = sf_body_cap(b->words);
    row[SF_BODY_BYTES] = sf_body_cap((int64_t)s.len);
    row[SF_BODY_LINKED] = sf_body_share(b->link_bytes, s.len);
    row[SF_BODY_END] = end_of(s);
    row[SF_BODY_COMMAS] = sf_body_share(commas, words);
    row[SF_BODY_STOPS] = sf_body_share(shorts, words);
    row[SF_BODY_LOWER] = sf_body_share(lower, words);
    row[SF_BODY_UPPER] = sf_body_share(upper, words);
    row[SF_BODY_DIGITS] = sf_body_share(digits, words);
    row[SF_BODY_WORD_LENGTH] = sf_body_cap((int64_t)letters * 10 / words);
    row[SF_BODY_QUOTES] = sf_body_cap(quotes);
    row[SF_BODY_SYMBOLS] = sf_body_share(symbols, words);
}

static bool is_prose(const int16_t *row) {
    return row[SF_BODY_WORDS] >= 8 && row[SF_BODY_LINKED] < 333 && row[SF_BODY_COMMAS] > 0 &&
           row[SF_BODY_LOWER] > 400;
}

typedef struct title_words {
    uint32_t hash[TITLE_WORDS];
    uint32_t count;
    uint64_t sieve; /* bit h % 64 of every hash: most words are told apart at once */
} title_words;

static title_words words_of_title(sf_str title) {
    title_words t = {.count = 0};
    sf_str word;
    for (size_t at = 0; t.count < TITLE_WORDS && next_word(title, &at, &word);)
        t.hash[t.count] = hash_of(word, 1), t.sieve |= (uint64_t)1 << t.hash[t.count++] % 64;
    return t;
}

static void compare_title(const title_words *t, sf_str s, int16_t *row) {
    uint32_t found = 0, words = 0, hit = 0;
    uint32_t seen = 0;
    sf_str word;
    for (size_t at = 0; words < TITLE_SCAN && next_word(s, &at, &word); words++) {
        uint32_t h = hash_of(word, 1);
        bool in = false;
        for (uint32_t k = 0; k < t->count && t->sieve >> h % 64 & 1; k++)
            if (t->hash[k] == h) {
                in = true;
                seen |= (uint32_t)1 << k;
            }
        found += in;
    }
    for (; seen; seen &= seen - 1)
        hit++;
    row[SF_BODY_TITLE_IN_BLOCK] = sf_body_share(hit, t->count);
    row[SF_BODY_BLOCK_IN_TITLE] = sf_body_share(found, words);
}

/* ---- elements ---- */

static int16_t tag_class(sf_tag tag) {
    switch (tag) {
    case SF_TAG_P: return 1;
    case SF_TAG_DIV: return 2;
    case SF_TAG_LI: return 3;
    case SF_TAG_H1: return 4;
    case SF_TAG_H2: return 5;
    case SF_TAG_H3: return 6;
    case SF_TAG_H4:
    case SF_TAG_H5:
    case SF_TAG_H6: return 7;
    case SF_TAG_TD:
    case SF_TAG_TH: return 8;
    case SF_TAG_FIGCAPTION:
    case SF_TAG_CAPTION: return 9;
    case SF_TAG_BLOCKQUOTE: return 10;
    case SF_TAG_DT:
    case SF_TAG_DD: return 11;
    case SF_TAG_PRE: return 12;
    case SF_TAG_SECTION:
    case SF_TAG_ARTICLE:
    case SF_TAG_MAIN: return 13;
    case SF_TAG_HEADER:
    case SF_TAG_FOOTER:
    case SF_TAG_ASIDE:
    case SF_TAG_NAV: return 14;
    default: return 0;
    }
}

static int16_t inline_class(const sf_dom *dom, const sf_flow_block *b) {
    uint32_t parent = dom->nodes[b->first].parent;
    if (parent == b->node)
        return 0;
    switch ((sf_tag)dom->nodes[parent].tag) {
    case SF_TAG_A: return 1;
    case SF_TAG_STRONG:
    case SF_TAG_B: return 2;
    case SF_TAG_EM:
    case SF_TAG_I: return 3;
    case SF_TAG_SPAN: return 4;
    case SF_TAG_TIME: return 5;
    case SF_TAG_LABEL: return 6;
    default: return 7;
    }
}

/* The element's own flag: bit k stands for SF_BODY_IN_ARTICLE + k. */
static uint32_t flag_of(const sf_dom *dom, uint32_t node) {
#define FLAG(name) (1u << (SF_BODY_##name - SF_BODY_IN_ARTICLE))
    switch ((sf_tag)dom->nodes[node].tag) {
    case SF_TAG_ARTICLE: return FLAG(IN_ARTICLE);
    case SF_TAG_MAIN: return FLAG(IN_MAIN);
    case SF_TAG_NAV: return FLAG(IN_NAV);
    case SF_TAG_ASIDE: return FLAG(IN_ASIDE);
    case SF_TAG_FOOTER: return FLAG(IN_FOOTER);
    case SF_TAG_HEADER: return FLAG(IN_HEADER);
    case SF_TAG_FIGURE: return FLAG(IN_FIGURE);
    case SF_TAG_FORM: return FLAG(IN_FORM);
    case SF_TAG_TABLE: return FLAG(IN_TABLE);
    case SF_TAG_UL:
    case SF_TAG_OL: return FLAG(IN_LIST);
    case SF_TAG_BLOCKQUOTE: return FLAG(IN_QUOTE);
    case SF_TAG_DIV:
    case SF_TAG_SECTION:
        return sf_str_equal_ci(sf_dom_attr(dom, node, "itemprop"), SF_STR("articleBody"))
                   ? FLAG(IN_BODY_PROP)
                   : 0;
    default: return 0;
    }
}

/* Finds the elements with text below: places them in document order, parents first. */
static void gather_nodes(sf_arena *arena, const sf_dom *dom, sf_body_view *v) {
    uint32_t *place = SF_ARRAY(arena, uint32_t, dom->count);
    uint32_t count = 1;
    place[0] = 1;
    for (uint32_t i = 0; i < v->flow->count; i++)
        for (uint32_t n = v->flow->blocks[i].node; !place[n]; n = dom->nodes[n].parent)
            place[n] = 1, count++;
    v->nodes = SF_ARRAY(arena, sf_body_node, count);
    v->node_count = count;
    uint32_t at = 0;
    for (uint32_t n = 0; n < dom->count && at < count; n++)
        if (place[n]) {
            v->nodes[at] = (sf_body_node){
                .node = n, .parent = n ? place[dom->nodes[n].parent] - 1 : 0, .first = SF_NONE};
            place[n] = ++at;
        }
    for (uint32_t i = 0; i < v->flow->count; i++)
        v->node_of[i] = place[v->flow->blocks[i].node] - 1;
}

static void weigh_nodes(const sf_dom *dom, sf_body_view *v, sf_body_words path) {
    for (uint32_t k = 0; k < v->node_count; k++) {
        sf_body_node *n = &v->nodes[k];
        const sf_body_node *up = &v->nodes[n->parent];
        tally t = {.words = path};
        n->look = hear_element(&t, dom, n->node);
        n->own = t.sum;
        n->flags = flag_of(dom, n->node);
        n->sum = t.sum, n->min = t.min, n->max = t.max;
        if (k == 0)
            continue;
        n->depth = up->depth + 1;
        n->flags |= up->flags;
        n->sum += up->sum;
        if (up->min < n->min)
            n->min = up->min;
        if (up->max > n->max)
            n->max = up->max;
    }
}

static void describe_element(const sf_dom *dom, sf_body_view *v, uint32_t block, int16_t *row) {
    const sf_flow_block *b = &v->flow->blocks[block];
    const sf_body_node *n = &v->nodes[v->node_of[block]];
    row[SF_BODY_KIND] = (int16_t)b->kind;
    row[SF_BODY_TAG] = tag_class((sf_tag)dom->nodes[b->node].tag);
    row[SF_BODY_INLINE_TAG] = inline_class(dom, b);
    row[SF_BODY_PATH_SUM] = sf_body_cap(n->sum);
    row[SF_BODY_PATH_MIN] = sf_body_cap(n->min);
    row[SF_BODY_PATH_MAX] = sf_body_cap(n->max);
    row[SF_BODY_PATH_OWN] = sf_body_cap(n->own);
    row[SF_BODY_DEPTH] = sf_body_cap(n->depth);
    for (int f = SF_BODY_IN_ARTICLE; f <= SF_BODY_IN_BODY_PROP; f++)
        row[f] = (int16_t)(n->flags >> (f - SF_BODY_IN_ARTICLE) & 1);
    uint32_t links = b->link_bytes && dom->nodes[dom->nodes[b->first].parent].tag == SF_TAG_A;
    for (uint32_t i = b->first + 1; i < b->last && i < b->first + 200; i++)
        links += dom->nodes[i].tag == SF_TAG_A;
    row[SF_BODY_LINKS] = sf_body_cap(links);
}

/* ---- groups of what looks alike ---- */

typedef struct key_table {
    uint32_t *keys, *values;
    uint32_t mask;
} key_table;

static key_table key_table_new(sf_arena *arena, uint32_t count) {
    key_table t = {.mask = 15};
    while (t.mask < count * 2)
        t.mask = t.mask * 2 + 1;
    t.keys = SF_ARRAY(arena, uint32_t, t.mask + 1);
    t.values = SF_ARRAY(arena, uint32_t, t.mask + 1);
    return t;
}

/* Where the key's value is kept. After a few places taken by others it is shared with the last of
 * them: no input makes it slow. */
static uint32_t *key_table_at(key_table *t, uint32_t key) {
    uint32_t at = (key * 2654435761u) >> 7 & t->mask;
    for (int tries = 0; tries < 16 && t->keys[at] && t->keys[at] != key; tries++)
        at = (at + 1) & t->mask;
    if (!t->keys[at])
        t->keys[at] = key;
    return &t->values[at];
}

static void gather_groups(sf_arena *arena, sf_body_view *v) {
    const sf_flow *flow = v->flow;
    key_table looks = key_table_new(arena, flow->count), texts = key_table_new(arena, flow->count);
    v->groups = SF_ARRAY(arena, sf_body_group, flow->count + 1);
    uint32_t count = 0, **same = SF_ARRAY(arena, uint32_t *, flow->count);
    for (uint32_t i = 0; i < flow->count; i++) {
        const sf_flow_block *b = &flow->blocks[i];
        const sf_body_node *n = &v->nodes[v->node_of[i]], *up = &v->nodes[n->parent];
        uint32_t key = pair_of(pair_of(n->look, up->look), v->nodes[up->parent].look);
        uint32_t *group = key_table_at(&looks, key);
        if (!*group)
            *group = ++count;
        v->group_of[i] = *group - 1;
        sf_body_group *g = &v->groups[*group - 1];
        g->words += b->words;
        g->bytes += (uint32_t)b->text.len;
        g->linked += b->link_bytes;
        g->blocks++;
        sf_str begin = sf_str_sub(b->text, 0, b->text.len < 64 ? b->text.len : 64);
        same[i] = key_table_at(&texts, hash_of(begin, (uint32_t)b->text.len));
        ++*same[i];
    }
    for (uint32_t i = 0; i < flow->count; i++) {
        const sf_body_group *g = &v->groups[v->group_of[i]];
        int16_t *row = &v->rows[i * SF_BODY_ROUND_TWO];
        row[SF_BODY_PATH_BLOCKS] = sf_body_cap(g->blocks);
        row[SF_BODY_PATH_WORDS] = sf_body_cap(g->words / g->blocks);
        row[SF_BODY_PATH_LINKED] = sf_body_share(g->linked, g->bytes);
        row[SF_BODY_REPEATS] = sf_body_cap(*same[i]);
    }
}

/* ---- containers ---- */

static void add_up(sf_body_view *v) {
    for (uint32_t i = 0; i < v->flow->count; i++) {
        const sf_flow_block *b = &v->flow->blocks[i];
        const int16_t *row = &v->rows[i * SF_BODY_ROUND_TWO];
        sf_body_node *n = &v->nodes[v->node_of[i]], *up = &v->nodes[n->parent];
        n->words += b->words;
        n->bytes += (uint32_t)b->text.len;
        n->linked += b->link_bytes;
        n->blocks++;
        if (is_prose(row)) {
            n->prose += b->words;
            up->credit += b->words * 2;
            v->nodes[up->parent].credit += b->words;
        }
        if (up->first == SF_NONE)
            up->first = i;
        up->last = i;
    }
    for (uint32_t k = v->node_count - 1; k > 0; k--) {
        const sf_body_node *n = &v->nodes[k];
        sf_body_node *up = &v->nodes[n->parent];
        up->words += n->words;
        up->bytes += n->bytes;
        up->linked += n->linked;
        up->blocks += n->blocks;
        up->prose += n->prose;
    }
}

uint32_t sf_body_best(sf_body_view *v) {
    uint32_t best = 0;
    for (uint32_t k = 1; k < v->node_count; k++)
        if (v->nodes[k].credit > v->nodes[best].credit)
            best = k;
    for (uint32_t k = 0; k < v->node_count; k++)
        v->nodes[k].common = SF_NONE;
    for (uint32_t k = best;; k = v->nodes[k].parent) {
        v->nodes[k].common = v->nodes[k].depth;
        if (k == 0)
            break;
    }
    for (uint32_t k = 1; k < v->node_count; k++)
        if (v->nodes[k].common == SF_NONE)
            v->nodes[k].common = v->nodes[v->nodes[k].parent].common;
    return best;
}

static void describe_containers(sf_body_view *v) {
    uint32_t best = sf_body_best(v), all = v->nodes[0].prose;
    for (uint32_t i = 0; i < v->flow->count; i++) {
        int16_t *row = &v->rows[i * SF_BODY_ROUND_TWO];
        const sf_body_node *n = &v->nodes[v->node_of[i]], *up = &v->nodes[n->parent],
                           *grand = &v->nodes[up->parent];
        row[SF_BODY_PARENT_WORDS] = sf_body_cap(up->words);
        row[SF_BODY_PARENT_BLOCKS] = sf_body_cap(up->blocks);
        row[SF_BODY_PARENT_LINKED] = sf_body_share(up->linked, up->bytes);
        row[SF_BODY_PARENT_PROSE] = sf_body_share(up->prose, all);
        row[SF_BODY_GRAND_WORDS] = sf_body_cap(grand->words);
        row[SF_BODY_GRAND_LINKED] = sf_body_share(grand->linked, grand->bytes);
        row[SF_BODY_GRAND_PROSE] = sf_body_share(grand->prose, all);
        row[SF_BODY_BEST_UP] = sf_body_cap((int64_t)n->depth - n->common);
        row[SF_BODY_BEST_DOWN] = sf_body_cap((int64_t)v->nodes[best].depth - n->common);
        row[SF_BODY_FIRST_IN_PARENT] =
            sf_body_cap(up->first == SF_NONE ? 0 : (int64_t)i - up->first);
        row[SF_BODY_LAST_IN_PARENT] = sf_body_cap((int64_t)up->last - i);
    }
}

/* ---- places and neighbours ---- */

static void describe_places(sf_body_view *v) {
    const uint32_t n = v->flow->count;
    uint32_t title = SF_NONE, heading = SF_NONE;
    uint64_t bytes = 0, prose = 0;
    for (uint32_t i = 0; i < n; i++) {
        int16_t *row = &v->rows[i * SF_BODY_ROUND_TWO];
        bool whole = row[SF_BODY_TITLE_IN_BLOCK] >= 800 && row[SF_BODY_BLOCK_IN_TITLE] >= 700;
        if (row[SF_BODY_TAG] >= 4 && row[SF_BODY_TAG] <= 7 && whole && title == SF_NONE)
            title = i;
    }
    for (uint32_t i = 0; i < n && title == SF_NONE; i++)
        if (v->rows[i * SF_BODY_ROUND_TWO + SF_BODY_TAG] == 4)
            title = i;
    for (uint32_t i = 0; i < n; i++) {
        const sf_flow_block *b = &v->flow->blocks[i];
        int16_t *row = &v->rows[i * SF_BODY_ROUND_TWO];
        if (b->kind == SOFAR_BLOCK_HEADING)
            heading = i;
        v->heading_of[i] = heading;
        row[SF_BODY_INDEX] = sf_body_cap(i);
        row[SF_BODY_INDEX_SHARE] = sf_body_share(i, n);
        row[SF_BODY_TEXT_SHARE] = sf_body_share(bytes, v->nodes[0].bytes);
        row[SF_BODY_FROM_TITLE] = title == SF_NONE ? NO_TITLE : sf_body_cap((int64_t)i - title);
        row[SF_BODY_FROM_END] = sf_body_cap(n - 1 - i);
        row[SF_BODY_PROSE_BEFORE] = sf_body_share(prose, v->nodes[0].prose);
        bytes += b->text.len;
        prose += is_prose(row) ? b->words : 0;
        row[SF_BODY_PROSE_AFTER] = sf_body_share(v->nodes[0].prose - prose, v->nodes[0].prose);
        const int16_t *head = heading == SF_NONE ? NULL : &v->rows[heading * SF_BODY_ROUND_TWO];
        row[SF_BODY_HEADING_BACK] = head ? sf_body_cap(i - heading) : -1;
        row[SF_BODY_HEADING_PATH] = head ? head[SF_BODY_PATH_SUM] : 0;
        row[SF_BODY_HEADING_CUE] = head ? head[SF_BODY_CUE_SUM] : 0;
    }
}

static int16_t feature_at(const sf_body_view *v, int64_t block, int feature) {
    return block < 0 || block >= v->flow->count
               ? -1
               : v->rows[(size_t)block * SF_BODY_ROUND_TWO + (size_t)feature];
}

static bool same_parent(const sf_body_view *v, int64_t a, int64_t b) {
    return a >= 0 && b < v->flow->count &&
           v->nodes[v->node_of[a]].parent == v->nodes[v->node_of[b]].parent;
}

static void describe_neighbours(sf_body_view *v) {
    for (int64_t i = 0; i < v->flow->count; i++) {
        int16_t *row = &v->rows[(size_t)i * SF_BODY_ROUND_TWO];
        row[SF_BODY_PREV_WORDS] = feature_at(v, i - 1, SF_BODY_WORDS);
        row[SF_BODY_PREV_LINKED] = feature_at(v, i - 1, SF_BODY_LINKED);
        row[SF_BODY_PREV_TAG] = feature_at(v, i - 1, SF_BODY_TAG);
        row[SF_BODY_PREV_CUE] = feature_at(v, i - 1, SF_BODY_CUE_SUM);
        row[SF_BODY_PREV_SAME_PARENT] = same_parent(v, i - 1, i);
        row[SF_BODY_PREV2_WORDS] = feature_at(v, i - 2, SF_BODY_WORDS);
        row[SF_BODY_PREV2_LINKED] = feature_at(v, i - 2, SF_BODY_LINKED);
        row[SF_BODY_NEXT_WORDS] = feature_at(v, i + 1, SF_BODY_WORDS);
        row[SF_BODY_NEXT_LINKED] = feature_at(v, i + 1, SF_BODY_LINKED);
        row[SF_BODY_NEXT_TAG] = feature_at(v, i + 1, SF_BODY_TAG);
        row[SF_BODY_NEXT_CUE] = feature_at(v, i + 1, SF_BODY_CUE_SUM);
        row[SF_BODY_NEXT_SAME_PARENT] = same_parent(v, i, i + 1);
        row[SF_BODY_NEXT2_WORDS] = feature_at(v, i + 2, SF_BODY_WORDS);
        row[SF_BODY_NEXT2_LINKED] = feature_at(v, i + 2, SF_BODY_LINKED);
    }
}

/* ---- round one ---- */

sf_body_view *sf_body_look(sf_arena *arena, const sf_dom *dom, const sf_flow *flow, sf_str title,
                           sf_body_words path, sf_body_words cues) {
    sf_body_view *v = SF_NEW(arena, sf_body_view);
    v->flow = flow;
    v->node_of = SF_ARRAY(arena, uint32_t, flow->count);
    v->group_of = SF_ARRAY(arena, uint32_t, flow->count);
    v->heading_of = SF_ARRAY(arena, uint32_t, flow->count);
    v->rows = SF_ARRAY(arena, int16_t, (size_t)flow->count * SF_BODY_ROUND_TWO);
    gather_nodes(arena, dom, v);
    weigh_nodes(dom, v, path);
    title_words wanted = words_of_title(title);
    for (uint32_t i = 0; i < flow->count; i++) {
        int16_t *row = &v->rows[i * SF_BODY_ROUND_TWO];
        count_text(&flow->blocks[i], row);
        compare_title(&wanted, flow->blocks[i].text, row);
        describe_element(dom, v, i, row);
        tally t = {.words = cues};
        hear_text(&t, flow->blocks[i].text);
        row[SF_BODY_CUE_SUM] = sf_body_cap(t.sum);
        row[SF_BODY_CUE_MIN] = sf_body_cap(t.min);
        row[SF_BODY_CUE_MAX] = sf_body_cap(t.max);
    }
    gather_groups(arena, v);
    add_up(v);
    describe_containers(v);
    describe_places(v);
    describe_neighbours(v);
    return v;
}

/* ---- for training ---- */

void sf_body_hear_elements(sf_arena *arena, const sf_dom *dom, const sf_flow *flow,
                           sf_body_listener listener) {
    sf_body_view v = {.flow = flow, .node_of = SF_ARRAY(arena, uint32_t, flow->count)};
    gather_nodes(arena, dom, &v);
    for (uint32_t k = 0; k < v.node_count; k++) {
        tally t = {.listener = &listener, .index = k};
        hear_element(&t, dom, v.nodes[k].node);
    }
}

void sf_body_hear_texts(const sf_flow *flow, sf_body_listener listener) {
    for (uint32_t i = 0; i < flow->count; i++) {
        tally t = {.listener = &listener, .index = i};
        hear_text(&t, flow->blocks[i].text);
    }
}
