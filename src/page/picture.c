#include "page/picture.h"

#include "page/charset.h"
#include "page/dom.h"
#include "page/plain.h"

enum { LONGEST_URL = 2000, LONGEST_WORDS = 1000 };

typedef struct head { /* what <meta> says */
    sf_str og, og_alt, twitter, twitter_alt;
} head;

static sf_str fold(sf_arena *arena, sf_str s, size_t most) {
    s = sf_str_trim(s);
    return s.len && s.len <= most ? sf_str_fold_space(arena, s) : SF_ABSENT;
}

static void note(sf_str *slot, sf_str value) {
    if (!slot->ptr)
        *slot = value;
}

static void read_meta(sf_arena *arena, const sf_dom *dom, uint32_t node, head *h) {
    sf_str key = sf_dom_attr(dom, node, "property");
    if (!key.ptr)
        key = sf_dom_attr(dom, node, "name");
    const struct {
        const char *name;
        sf_str *slot;
        size_t most;
    } kinds[] = {{"og:image", &h->og, LONGEST_URL},
                 {"og:image:url", &h->og, LONGEST_URL},
                 {"og:image:secure_url", &h->og, LONGEST_URL},
                 {"og:image:alt", &h->og_alt, LONGEST_WORDS},
                 {"twitter:image", &h->twitter, LONGEST_URL},
                 {"twitter:image:src", &h->twitter, LONGEST_URL},
                 {"twitter:image:alt", &h->twitter_alt, LONGEST_WORDS}};
    for (size_t i = 0; i < SF_LEN(kinds); i++)
        if (sf_str_equal_ci(sf_str_trim(key), sf_str_of(kinds[i].name)))
            note(kinds[i].slot, fold(arena, sf_dom_attr(dom, node, "content"), kinds[i].most));
}

/* ---- the same picture in another size ---- */

/* "https://a.example/2021/pier-1024x768.jpg?w=600" gives "pier". */
static sf_str name_of(sf_str url) {
    size_t end = url.len, begin = 0;
    for (size_t i = 0; i < url.len && end == url.len; i++)
        if (url.ptr[i] == '?' || url.ptr[i] == '#')
            end = i;
    for (size_t i = 0; i < end; i++)
        if (url.ptr[i] == '/')
            begin = i + 1;
    sf_str name = sf_str_sub(url, begin, end);
    for (size_t i = name.len; i > 0; i--)
        if (name.ptr[i - 1] == '.') {
            name.len = i - 1;
            break;
        }
    size_t tail = name.len;
    while (tail > 0 && (sf_is_digit(name.ptr[tail - 1]) || name.ptr[tail - 1] == 'x'))
        tail--;
    bool size = tail > 0 && name.ptr[tail - 1] == '-' &&
                memchr(name.ptr + tail, 'x', name.len - tail) != NULL;
    return size ? sf_str_sub(name, 0, tail - 1) : name;
}

static bool is_same(sf_str a, sf_str b) {
    sf_str x = name_of(a), y = name_of(b);
    return sf_str_equal(a, b) || (x.len > 3 && sf_str_equal(x, y));
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
static void look(sf_arena *arena, const sf_dom *dom, sf_lead_picture *out) {
    bool named = out->url.len > 0;
    for (uint32_t i = 0; i < dom->count; i++) {
        if (dom->nodes[i].tag != SF_TAG_IMG)
            continue;
        sf_str url = address_of(arena, dom, i);
        if (!url.len || !(named ? is_same(url, out->url) : above(dom, i, SF_TAG_FIGURE) != SF_NONE))
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
    head h = {0};
    for (uint32_t i = 0; i < dom->count; i++)
        if (dom->nodes[i].tag == SF_TAG_META)
            read_meta(arena, dom, i, &h);
    out->url = h.og.ptr ? h.og : h.twitter;
    out->alt = h.og.ptr ? h.og_alt : h.twitter_alt;
    look(arena, dom, out);
    return out->url.len > 0;
}
