#include "page/picture.h"

#include "page/charset.h"
#include "page/dom.h"
#include "page/plain.h"

enum { LONGEST_URL = 2000, LONGEST_WORDS = 1000 };

typedef struct meta_picture { /* what <meta> says of one picture */
    sf_str url, alt;
    bool past; /* another has been named since: what follows is not of this one */
} meta_picture;

typedef struct head {
    sf_str home; /* the page's host */
    meta_picture og, twitter;
} head;

static sf_str fold(sf_arena *arena, sf_str s, size_t most) {
    s = sf_str_trim(s);
    return s.len && s.len <= most ? sf_str_fold_space(arena, s) : SF_ABSENT;
}

/* ---- the same picture in another size ---- */

typedef struct address {
    sf_str host, path, query;
} address;

/* home: the host of those that have none. */
static address parts_of(sf_str url, sf_str home) {
    address a = {.host = home};
    size_t end = sf_str_find(url, SF_STR("#"), 0), slashes = sf_str_find(url, SF_STR("//"), 0);
    url = sf_str_sub(url, 0, end == SIZE_MAX ? url.len : end);
    size_t mark = sf_str_find(url, SF_STR("?"), 0);
    if (mark != SIZE_MAX) {
        a.query = sf_str_sub(url, mark + 1, url.len);
        url.len = mark;
    }
    if (slashes == 0 || (slashes < url.len && url.ptr[0] != '/' && url.ptr[slashes - 1] == ':')) {
        size_t root = sf_str_find(url, SF_STR("/"), slashes + 2);
        root = root == SIZE_MAX ? url.len : root;
        a.host = sf_str_sub(url, slashes + 2, root);
        url = sf_str_sub(url, root, url.len);
    }
    a.path = url;
    return a;
}

/* The path in two pieces, without the size between them: "/2021/pier-1024x768.jpg" gives
 * "/2021/pier" and ".jpg". */
static void unsize(sf_str path, sf_str *stem, sf_str *ending) {
    size_t dot = path.len;
    while (dot > 0 && path.ptr[dot - 1] != '.' && path.ptr[dot - 1] != '/')
        dot--;
    dot = dot > 0 && path.ptr[dot - 1] == '.' ? dot - 1 : path.len;
    size_t x = dot, tail;
    while (x > 0 && sf_is_digit(path.ptr[x - 1]))
        x--;
    tail = x ? x - 1 : 0;
    while (tail > 0 && sf_is_digit(path.ptr[tail - 1]))
        tail--;
    bool size = x < dot && x > 1 && path.ptr[x - 1] == 'x' && tail < x - 1 && tail > 0 &&
                path.ptr[tail - 1] == '-';
    *stem = sf_str_sub(path, 0, size ? tail - 1 : dot);
    *ending = sf_str_sub(path, dot, path.len);
}

/* Parameters that say how a picture is to be given, not which. */
static bool tells_size(sf_str parameter) {
    static const char *const names[] = {"w",   "h",      "width", "height", "q",      "quality",
                                        "dpr", "resize", "fit",   "auto",   "format", "fm"};
    size_t end = sf_str_find(parameter, SF_STR("="), 0);
    sf_str name = sf_str_sub(parameter, 0, end == SIZE_MAX ? parameter.len : end);
    for (size_t i = 0; i < SF_LEN(names); i++)
        if (sf_str_equal_ci(name, sf_str_of(names[i])))
            return true;
    return false;
}

/* The query's next parameter that tells which picture it is; empty behind the last. */
static sf_str take(sf_str *query) {
    while (query->len) {
        size_t end = sf_str_find(*query, SF_STR("&"), 0);
        end = end == SIZE_MAX ? query->len : end;
        sf_str one = sf_str_sub(*query, 0, end);
        *query = sf_str_sub(*query, end < query->len ? end + 1 : end, query->len);
        if (one.len && !tells_size(one))
            return one;
    }
    return SF_STR("");
}

static bool ask_the_same(sf_str a, sf_str b) {
    for (;;) {
        sf_str x = take(&a), y = take(&b);
        if (!sf_str_equal(x, y))
            return false;
        if (!x.len)
            return true;
    }
}

/* The same address but for its scheme and what says in which size. Many pictures of a site are
 * called image.jpg, so a path must be the same from the root on. */
static bool is_same(sf_str a, sf_str b, sf_str home) {
    if (sf_str_equal(a, b))
        return true;
    address x = parts_of(a, home), y = parts_of(b, home);
    if (!sf_str_starts_ci(x.path, SF_STR("/")) || !sf_str_starts_ci(y.path, SF_STR("/")) ||
        !sf_str_equal_ci(x.host, y.host))
        return false;
    sf_str stem[2], ending[2];
    unsize(x.path, &stem[0], &ending[0]);
    unsize(y.path, &stem[1], &ending[1]);
    return sf_str_equal(stem[0], stem[1]) && sf_str_equal(ending[0], ending[1]) &&
           ask_the_same(x.query, y.query);
}

/* ---- what the head names ---- */

/* ogp.me, "Arrays" and "Structured Properties": the first picture is meant, and what is said of a
 * picture stands behind it, before the next. */
static void note_url(meta_picture *n, sf_str url, sf_str home) {
    if (!n->url.len && !n->past)
        n->url = url;
    else if (!url.len || !is_same(url, n->url, home))
        n->past = true;
}

static void read_meta(sf_arena *arena, const sf_dom *dom, uint32_t node, head *h) {
    sf_str key = sf_dom_attr(dom, node, "property");
    if (!key.ptr)
        key = sf_dom_attr(dom, node, "name");
    const struct {
        const char *name;
        meta_picture *of;
        bool alt;
    } kinds[] = {{"og:image", &h->og, false},
                 {"og:image:url", &h->og, false},
                 {"og:image:secure_url", &h->og, false},
                 {"og:image:alt", &h->og, true},
                 {"twitter:image", &h->twitter, false},
                 {"twitter:image:src", &h->twitter, false},
                 {"twitter:image:alt", &h->twitter, true}};
    for (size_t i = 0; i < SF_LEN(kinds); i++) {
        meta_picture *n = kinds[i].of;
        if (!sf_str_equal_ci(sf_str_trim(key), sf_str_of(kinds[i].name)))
            continue;
        sf_str value = fold(arena, sf_dom_attr(dom, node, "content"),
                            kinds[i].alt ? LONGEST_WORDS : LONGEST_URL);
        if (!kinds[i].alt)
            note_url(n, value, h->home);
        else if (n->url.len && !n->past && !n->alt.len)
            n->alt = value;
    }
}

/* ---- pictures of the body ---- */

static uint32_t above(const sf_dom *dom, uint32_t node, sf_tag tag) {
    for (uint32_t n = node, i = 0; n && i < 8; i++) {
        n = dom->nodes[n].parent;
        if (dom->nodes[n].tag == tag)
            return n;
    }
    return SF_NONE;
}

static sf_str caption_of(sf_arena *arena, const sf_dom *dom, uint32_t img) {
    uint32_t figure = above(dom, img, SF_TAG_FIGURE);
    if (figure == SF_NONE)
        return SF_ABSENT;
    uint32_t end = dom->nodes[figure].end;
    uint32_t caption = sf_dom_find(dom, figure, end, SF_TAG_FIGCAPTION);
    return caption == SF_NONE ? SF_ABSENT
                              : fold(arena, sf_dom_text(arena, dom, caption), LONGEST_WORDS);
}

/* Where it is loaded late, src is a placeholder. */
static sf_str address_of(sf_arena *arena, const sf_dom *dom, uint32_t img) {
    static const char *const names[] = {"data-src", "data-original", "data-lazy-src", "src"};
    for (size_t i = 0; i < SF_LEN(names); i++) {
        sf_str url = fold(arena, sf_dom_attr(dom, img, names[i]), LONGEST_URL);
        if (url.len && !sf_str_starts_ci(url, SF_STR("data:")))
            return url;
    }
    return SF_ABSENT;
}

static void take_words(sf_arena *arena, const sf_dom *dom, uint32_t img, sf_lead_picture *out) {
    if (!out->alt.len)
        out->alt = fold(arena, sf_dom_attr(dom, img, "alt"), LONGEST_WORDS);
    if (!out->caption.len)
        out->caption = caption_of(arena, dom, img);
}

/* Of the picture the head names, its words; of a page whose head names none, the first figure. */
static void look(sf_arena *arena, const sf_dom *dom, sf_str home, sf_lead_picture *out) {
    bool named = out->url.len > 0;
    for (uint32_t i = 0; i < dom->count; i++) {
        if (dom->nodes[i].tag != SF_TAG_IMG)
            continue;
        sf_str url = address_of(arena, dom, i);
        if (!url.len ||
            !(named ? is_same(url, out->url, home) : above(dom, i, SF_TAG_FIGURE) != SF_NONE))
            continue;
        out->url = named ? out->url : url;
        take_words(arena, dom, i, out);
        if (!named || (out->alt.len && out->caption.len))
            return;
    }
}

bool sf_page_picture(sf_arena *arena, const sofar_page *page, sf_lead_picture *out) {
    bool html = !sf_str_starts_ci(page->content_type, SF_STR("text/plain"));
    sf_decoded decoded = sf_charset_decode(arena, page->bytes, page->content_type, html);
    *out = (sf_lead_picture){0};
    if (sf_plain_is(decoded.text, page->content_type))
        return false;
    sf_dom *dom = sf_dom_parse(arena, decoded.text);
    head h = {.home = parts_of(page->url, SF_ABSENT).host};
    for (uint32_t i = 0; i < dom->count; i++)
        if (dom->nodes[i].tag == SF_TAG_META)
            read_meta(arena, dom, i, &h);
    const meta_picture *lead = h.og.url.len ? &h.og : &h.twitter;
    out->url = lead->url;
    out->alt = lead->alt;
    look(arena, dom, h.home, out);
    return out->url.len > 0;
}
