#include "page/meta_scan.h"

#include "page/unescape.h"

enum { MOST_SAYINGS = 128, MOST_MARKS = 96, MOST_HEADINGS = 32, MOST_ALTS = 48, LONGEST = 1000 };

static const struct {
    const char *key;
    sf_said said;
} keys[] = {
    {"og:title", SF_SAID_OG_TITLE},
    {"twitter:title", SF_SAID_TWITTER_TITLE},
    {"title", SF_SAID_TITLE},
    {"headline", SF_SAID_TITLE},
    {"citation_title", SF_SAID_TITLE},
    {"dc.title", SF_SAID_TITLE},
    {"dcterms.title", SF_SAID_TITLE},
    {"parsely-title", SF_SAID_TITLE},
    {"sailthru.title", SF_SAID_TITLE},
    {"og:site_name", SF_SAID_SITE},
    {"application-name", SF_SAID_APP},
    {"apple-mobile-web-app-title", SF_SAID_APP},
    {"author", SF_SAID_AUTHOR},
    {"article:author", SF_SAID_ARTICLE_AUTHOR},
    {"article:author_name", SF_SAID_OTHER_AUTHOR},
    {"dc.creator", SF_SAID_OTHER_AUTHOR},
    {"dcterms.creator", SF_SAID_OTHER_AUTHOR},
    {"parsely-author", SF_SAID_OTHER_AUTHOR},
    {"sailthru.author", SF_SAID_OTHER_AUTHOR},
    {"authors", SF_SAID_OTHER_AUTHOR},
    {"byl", SF_SAID_OTHER_AUTHOR},
    {"og:author", SF_SAID_OTHER_AUTHOR},
    {"og:article:author", SF_SAID_OTHER_AUTHOR},
    {"article.author", SF_SAID_OTHER_AUTHOR},
    {"citation_author", SF_SAID_CITATION_AUTHOR},
    {"article:published_time", SF_SAID_PUBLISHED},
    {"article:published", SF_SAID_PUBLISHED},
    {"date", SF_SAID_DATE},
    {"dc.date", SF_SAID_DATE},
    {"dcterms.date", SF_SAID_DATE},
    {"sailthru.date", SF_SAID_OTHER_PUBLISHED},
    {"citation_date", SF_SAID_OTHER_PUBLISHED},
    {"citation_publication_date", SF_SAID_OTHER_PUBLISHED},
    {"citation_online_date", SF_SAID_OTHER_PUBLISHED},
    {"og:updated_time", SF_SAID_MODIFIED},
    {"lastmod", SF_SAID_MODIFIED},
    {"og:url", SF_SAID_URL},
    {"og:locale", SF_SAID_LOCALE},
    {"language", SF_SAID_LANG},
    {"content-language", SF_SAID_LANG},
    {"dc.language", SF_SAID_LANG},
    {"inlanguage", SF_SAID_LANG},
};

static bool has(sf_str s, const char *word) {
    return sf_str_find_ci(s, sf_str_of(word), 0) != SIZE_MAX;
}

/* Keys that sites make up are read by their words: "w-published-date", "article.updated". */
static sf_said said_by(sf_str key) {
    for (size_t i = 0; i < SF_LEN(keys); i++)
        if (sf_lower(key.ptr[0]) == keys[i].key[0] && sf_str_equal_ci(key, sf_str_of(keys[i].key)))
            return keys[i].said;
    if (key.len > 40 || has(key, "image") || has(key, "video") || has(key, "expir"))
        return SF_SAID_NOTHING;
    if (sf_str_ends(key, SF_STR("author")) || sf_str_ends(key, SF_STR("authors")) ||
        sf_str_ends(key, SF_STR("author.name")))
        return SF_SAID_OTHER_AUTHOR;
    bool dated = has(key, "date") || has(key, "time");
    if (has(key, "modif") || has(key, "updated") || (dated && has(key, "update")))
        return SF_SAID_MODIFIED;
    if ((dated && (has(key, "publi") || has(key, "pub") || has(key, "creat") ||
                   has(key, "issued") || has(key, "post") || has(key, "article"))) ||
        sf_str_equal_ci(key, SF_STR("published")) || sf_str_equal_ci(key, SF_STR("dc.issued")))
        return SF_SAID_OTHER_PUBLISHED;
    return SF_SAID_NOTHING;
}

static void say(sf_arena *arena, sf_meta_scan *scan, sf_said said, sf_str value) {
    value = sf_str_trim(value);
    if (said == SF_SAID_NOTHING || !value.len || value.len > LONGEST ||
        scan->sayings.count >= MOST_SAYINGS)
        return;
    value = sf_str_fold_space(arena, sf_unescape(arena, value));
    if (value.len)
        *SF_PUSH(arena, &scan->sayings) = (sf_saying){said, value};
}

/* twitter:label1 names what twitter:data1 holds. */
typedef struct labels {
    sf_str label[2], data[2];
} labels;

static void scan_meta(sf_arena *arena, sf_meta_scan *scan, uint32_t node, labels *twitter) {
    const sf_node *n = &scan->dom->nodes[node];
    sf_str key = SF_ABSENT, value = SF_ABSENT;
    for (uint32_t i = 0; i < n->attr_count; i++) {
        const sf_attr *a = &scan->dom->attrs[n->attr + i];
        if (sf_str_equal(a->name, SF_STR("content")))
            value = a->value;
        else if (a->value.len && (sf_str_equal(a->name, SF_STR("property")) ||
                                  (!key.len && (sf_str_equal(a->name, SF_STR("name")) ||
                                                sf_str_equal(a->name, SF_STR("itemprop")) ||
                                                sf_str_equal(a->name, SF_STR("http-equiv"))))))
            key = a->value;
    }
    if (!key.len || !value.len)
        return;
    for (size_t i = 0; i < 2; i++) {
        char last = (char)('1' + i);
        if (key.len == 14 && key.ptr[13] == last && sf_str_starts_ci(key, SF_STR("twitter:label")))
            twitter->label[i] = value;
        if (key.len == 13 && key.ptr[12] == last && sf_str_starts_ci(key, SF_STR("twitter:data")))
            twitter->data[i] = value;
    }
    say(arena, scan, said_by(key), value);
}

static sf_str text_of_script(const sf_dom *dom, uint32_t node) {
    uint32_t child = node + 1;
    return child < dom->nodes[node].end && dom->nodes[child].tag == SF_TAG_TEXT
               ? dom->nodes[child].text
               : SF_ABSENT;
}

/* Which author words an element's class, id, rel, itemprop or link has: SF_MARK_*. */
static unsigned author_kind(sf_str s) {
    static const struct {
        const char *word;
        unsigned kind;
    } words[] = {{"author", SF_MARK_CLASS},
                 {"byline", SF_MARK_BYLINE},
                 {"writer", SF_MARK_CLASS},
                 {"written", SF_MARK_CLASS},
                 {"contributor", SF_MARK_CLASS}};
    unsigned kind = 0;
    for (size_t i = 0; i + 5 < s.len; i++) {
        char a = sf_lower(s.ptr[i]), b = sf_lower(s.ptr[i + 1]);
        if (!((a == 'a' && b == 'u') || (a == 'b' && b == 'y') || (a == 'w' && b == 'r') ||
              (a == 'c' && b == 'o')))
            continue;
        for (size_t k = 0; k < SF_LEN(words); k++)
            if (words[k].word[0] == a &&
                sf_str_starts_ci((sf_str){s.ptr + i, s.len - i}, sf_str_of(words[k].word)))
                kind |= words[k].kind;
    }
    return kind && has(s, "name") ? kind | SF_MARK_NAME : kind;
}

static bool author_link(sf_str href) {
    static const char *const parts[] = {"/author/",  "/authors/",     "/by/",           "/writer/",
                                        "/writers/", "/contributor/", "/people/",       "/profile/",
                                        "/team/",    "/staff/",       "/contributors/", "/user/"};
    for (size_t i = 0; i + 4 < href.len; i++)
        for (size_t k = 0; href.ptr[i] == '/' && k < SF_LEN(parts); k++)
            if (href.ptr[i + 1] == parts[k][1] &&
                sf_str_starts(sf_str_sub(href, i, href.len), sf_str_of(parts[k])))
                return href.len > i + strlen(parts[k]);
    return false;
}

/* What one attribute says of an element's being the writers'. Told apart by length first: pages
 * have tens of thousands of attributes. */
static unsigned attr_kind(const sf_node *n, const sf_attr *a) {
    switch (a->name.len) {
    case 2: return sf_str_equal(a->name, SF_STR("id")) ? author_kind(a->value) : 0;
    case 3:
        return n->tag == SF_TAG_A && sf_str_equal(a->name, SF_STR("rel")) && has(a->value, "author")
                   ? SF_MARK_REL
                   : 0;
    case 4:
        return n->tag == SF_TAG_A && sf_str_equal(a->name, SF_STR("href")) && author_link(a->value)
                   ? SF_MARK_HREF
                   : 0;
    case 5: return sf_str_equal(a->name, SF_STR("class")) ? author_kind(a->value) : 0;
    case 8:
        return sf_str_equal(a->name, SF_STR("itemprop")) &&
                       (has(a->value, "author") || sf_str_equal(a->value, SF_STR("creator")))
                   ? SF_MARK_ITEMPROP
                   : 0;
    default: return 0;
    }
}

static void scan_element(sf_arena *arena, sf_meta_scan *scan, uint32_t node) {
    const sf_node *n = &scan->dom->nodes[node];
    unsigned kind = 0;
    for (uint32_t i = 0; i < n->attr_count; i++)
        kind |= attr_kind(n, &scan->dom->attrs[n->attr + i]);
    if (kind && n->tag != SF_TAG_BODY && scan->authors.count < MOST_MARKS)
        *SF_PUSH(arena, &scan->authors) = (sf_mark){node, sf_meta_block(scan->flow, node), kind};
}

/* Could the text hold a person's name? */
static bool two_capitals(sf_str s) {
    size_t capitals = 0;
    for (size_t i = 0; i < s.len; i++)
        capitals += (i == 0 || s.ptr[i - 1] == ' ') &&
                    ((s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') || (unsigned char)s.ptr[i] >= 0x80);
    return capitals >= 2;
}

static void scan_node(sf_arena *arena, sf_meta_scan *scan, uint32_t i, labels *twitter) {
    const sf_dom *dom = scan->dom;
    switch (dom->nodes[i].tag) {
    case SF_TAG_META: scan_meta(arena, scan, i, twitter); break;
    case SF_TAG_LINK:
        if (sf_str_equal_ci(sf_str_trim(sf_dom_attr(dom, i, "rel")), SF_STR("canonical")))
            say(arena, scan, SF_SAID_CANONICAL, sf_dom_attr(dom, i, "href"));
        break;
    case SF_TAG_TITLE:
        if (!scan->title_tag.len) {
            sf_str t = sf_unescape(arena, text_of_script(dom, i));
            if (t.len <= LONGEST)
                scan->title_tag = sf_str_fold_space(arena, t);
        }
        break;
    case SF_TAG_SCRIPT:
        if (has(sf_dom_attr(dom, i, "type"), "ld+json"))
            sf_ld_add(arena, &scan->ld, text_of_script(dom, i));
        break;
    case SF_TAG_H1:
    case SF_TAG_H2:
        if (scan->headings.count < MOST_HEADINGS)
            *SF_PUSH(arena, &scan->headings) = i;
        scan_element(arena, scan, i);
        break;
    case SF_TAG_IMG: {
        sf_str alt = sf_dom_attr(dom, i, "alt");
        if (alt.len >= 5 && alt.len <= 80 && scan->alts.count < MOST_ALTS && two_capitals(alt))
            *SF_PUSH(arena, &scan->alts) = alt;
        break;
    }
    case SF_TAG_TIME:
        if (scan->times.count < MOST_MARKS)
            *SF_PUSH(arena, &scan->times) = i;
        break;
    case SF_TAG_TEXT:
    case SF_TAG_STYLE:
    case SF_TAG_SVG: break;
    default: scan_element(arena, scan, i);
    }
}

/* The page's own address: absolute, http or https, without a fragment; absent otherwise. */
static sf_str web_address(sf_str url) {
    url = sf_str_trim(url);
    if (!sf_str_starts_ci(url, SF_STR("http://")) && !sf_str_starts_ci(url, SF_STR("https://")))
        return SF_ABSENT;
    size_t hash = sf_str_find(url, SF_STR("#"), 0);
    if (hash != SIZE_MAX)
        url.len = hash;
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= ' ' || url.ptr[i] == '"' || url.ptr[i] == '<')
            return SF_ABSENT;
    size_t slash = sf_str_find(url, SF_STR("//"), 0) + 2;
    return slash < url.len && url.ptr[slash] != '/' ? url : SF_ABSENT;
}

static size_t host_end(sf_str url) {
    size_t at = sf_str_find(url, SF_STR("//"), 0) + 2;
    while (at < url.len && url.ptr[at] != '/' && url.ptr[at] != '?')
        at++;
    return at;
}

/* A canonical link may be relative ("/2021/a.html", "//site/a.html"). */
static sf_str resolve(sf_arena *arena, sf_str link, sf_str base) {
    sf_str whole = web_address(link);
    if (whole.len || !link.len || !base.len || link.ptr[0] != '/')
        return whole;
    size_t end =
        link.len > 1 && link.ptr[1] == '/' ? sf_str_find(base, SF_STR("//"), 0) : host_end(base);
    return web_address(sf_str_format(arena, "%.*s%.*s", (int)end, base.ptr, SF_ARG(link)));
}

static void find_address(sf_arena *arena, sf_meta_scan *scan) {
    sf_str given = web_address(scan->page->url);
    sf_str og = web_address(sf_meta_said(scan, SF_SAID_URL));
    sf_str ld = web_address(sf_meta_ld(scan, SF_LD_PAGE, SF_LD_URL));
    sf_str base = given.len ? given : og.len ? og : ld;
    sf_str link = resolve(arena, sf_meta_said(scan, SF_SAID_CANONICAL), base);
    if (!og.len)
        og = resolve(arena, sf_meta_said(scan, SF_SAID_URL), given);
    scan->url = link.len ? link : og.len ? og : given.len ? given : ld;
    if (!scan->url.len)
        return;
    size_t begin = sf_str_find(scan->url, SF_STR("//"), 0) + 2, end = host_end(scan->url);
    sf_str host = sf_str_copy(arena, sf_str_sub(scan->url, begin, end));
    for (size_t i = 0; i < host.len; i++)
        ((char *)(uintptr_t)host.ptr)[i] = sf_lower(host.ptr[i]);
    size_t colon = sf_str_find(host, SF_STR(":"), 0);
    if (colon != SIZE_MAX)
        host.len = colon;
    scan->host = sf_str_starts(host, SF_STR("www.")) ? sf_str_sub(host, 4, host.len) : host;
    sf_str path = sf_str_sub(scan->url, end, scan->url.len), best = SF_ABSENT;
    for (size_t at = 0; at < path.len && path.ptr[at] != '?';) {
        size_t stop = at;
        while (stop < path.len && path.ptr[stop] != '/' && path.ptr[stop] != '?')
            stop++;
        sf_str part = sf_str_sub(path, at, stop);
        if (sf_str_find(part, SF_STR("-"), 0) != SIZE_MAX ||
            sf_str_find(part, SF_STR("_"), 0) != SIZE_MAX)
            best = part;
        at = stop + (stop < path.len && path.ptr[stop] == '/');
    }
    scan->slug = sf_meta_key(arena, best);
}

static void find_site(sf_meta_scan *scan) {
    const sf_str names[] = {
        sf_meta_said(scan, SF_SAID_SITE), sf_meta_ld(scan, SF_LD_ARTICLE, SF_LD_PUBLISHER),
        sf_meta_ld(scan, SF_LD_OTHER, SF_LD_SITE), sf_meta_ld(scan, SF_LD_PAGE, SF_LD_PUBLISHER),
        sf_meta_said(scan, SF_SAID_APP)};
    for (size_t i = 0; i < SF_LEN(names) && !scan->site.len; i++)
        if (names[i].len <= 80 && !web_address(names[i]).len)
            scan->site = names[i];
}

void sf_meta_scan_init(sf_arena *arena, const sf_dom *dom, const sf_flow *flow,
                       const sofar_page *page, sf_meta_scan *out) {
    *out = (sf_meta_scan){.dom = dom, .flow = flow, .page = page, .title_block = SF_NONE};
    sf_meta_place_init(arena, out);
    labels twitter = {0};
    out->html_lang = dom->count ? sf_str_trim(sf_dom_attr(dom, 0, "lang")) : SF_ABSENT;
    for (uint32_t i = 0; i < dom->count; i++) {
        scan_node(arena, out, i, &twitter);
        if (dom->nodes[i].tag == SF_TAG_SVG || dom->nodes[i].tag == SF_TAG_TEMPLATE)
            i = dom->nodes[i].end - 1;
    }
    for (size_t i = 0; i < 2; i++)
        if (sf_str_equal_ci(sf_str_trim(twitter.label[i]), SF_STR("written by")))
            say(arena, out, SF_SAID_LABELLED_AUTHOR, twitter.data[i]);
    find_address(arena, out);
    find_site(out);
    sf_meta_site_init(arena, out);
}
