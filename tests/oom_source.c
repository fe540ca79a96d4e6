/* Out of memory is an answer: fail allocation 1, then 2, then 3 ... of a source until it comes
 * through. No crash, no leak, an end, and never a page that is not there with enough memory. The
 * libraries below (zlib, libxml2, jansson, libarchive) allocate for themselves and are not refused
 * anything. */
#include "source_kit.h"

typedef struct counter {
    size_t left; /* allocations still granted */
    size_t live; /* blocks not given back */
    bool once;   /* only one is refused, then all is granted again */
    bool refused;
} counter;

static void *resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    counter *c = ctx;
    (void)old_size;
    if (new_size == 0) {
        c->live -= ptr != NULL;
        free(ptr);
        return NULL;
    }
    if (c->left == 0 && !(c->once && c->refused)) {
        c->refused = true;
        return NULL;
    }
    c->left -= c->left > 0;
    c->live += ptr == NULL;
    return realloc(ptr, new_size);
}

static all read_with(const char *path, sf_str bytes, counter *c) {
    all a = {0};
    sofar_allocator allocator = {resize, c};
    sofar_source_options options = {.allocator = &allocator};
    sofar_page hints = {.file = SF_STR("oom"), .url = SF_STR("https://harbour.example/")};
    sofar_source *source;
    sofar_error err;
    a.opened = path ? sofar_source_open(path, &options, &source, &err)
                    : sf_source_from_bytes(bytes, &hints, &options, &source, &err);
    if (!a.opened)
        drain(source, &a);
    return a;
}

static bool among(const all *a, const sofar_page *page) {
    for (size_t i = 0; i < a->pages.count; i++)
        if (sf_str_equal(a->pages.at[i].bytes, page->bytes) &&
            sf_str_equal(a->pages.at[i].file, page->file))
            return true;
    return false;
}

static void exhaust(const char *what, const char *path, sf_str bytes, size_t pages) {
    counter plenty = {.left = SIZE_MAX};
    all whole = read_with(path, bytes, &plenty);
    size_t invented = 0, unsaid = 0, leaks = plenty.live;
    printf("# %s\n", what);
    CHECK_INT(whole.pages.count, pages);
    for (int once = 0; once < 2; once++) {
        bool refused = true;
        for (size_t granted = 0; refused; granted++) {
            counter c = {.left = granted, .once = once};
            all a = read_with(path, bytes, &c);
            refused = c.refused;
            leaks += c.live;
            for (size_t i = 0; i < a.pages.count; i++)
                invented += !among(&whole, &a.pages.at[i]);
            bool said = a.opened == SOFAR_ERR_MEMORY;
            for (size_t i = 0; i < a.errors.count; i++)
                said = said || a.errors.at[i].status == SOFAR_ERR_MEMORY;
            unsaid += refused ? !said : a.pages.count != whole.pages.count;
        }
    }
    CHECK_INT(invented, 0);
    CHECK_INT(unsaid, 0);
    CHECK_INT(leaks, 0);
}

int main(void) {
    if (!kit_open())
        return 1;
    const char *head =
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://harbour.example/\r\n"
        "Content-Type: text/html\r\nContent-Length: ";
    sf_str record = sf_str_format(&arena, "%s15\r\n\r\n<p>Low Tide</p>\r\n\r\n", head);
    sf_str liar = sf_str_format(&arena, "%s99\r\n\r\n<p>Low Tide</p>\r\n\r\n", head);
    sf_str html = SF_STR("<!doctype html><p>Low Tide</p>");
    exhaust("a page", NULL, html, 1);
    exhaust("records", NULL, join(join(record, liar), record), 2);
    exhaust("members", NULL, join(join(gz(record), gz(liar)), gz(record)), 2);
    exhaust(
        "a feed", NULL,
        SF_STR("<rss><channel><title>H</title><item><link>/1</link><description>One"
               "</description></item><item><description>Two</description></item></channel></rss>"),
        2);
    exhaust(
        "a JSON feed", NULL,
        SF_STR("{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"content_html\": "
               "\"<p>One</p>\"}, {\"content_text\": \"Two\"}]}"),
        2);
    exhaust("a saved page", NULL,
            SF_STR("MIME-Version: 1.0\nSubject: =?utf-8?Q?Low?=\nContent-Type: multipart/related; "
                   "boundary=b\n\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: "
                   "base64\n\nPHA+SGk8L3A+\n--b--\n"),
            1);
    put("a.html", html);
    put("b.warc", record);
    exhaust("a folder", folder, SF_ABSENT, 2);
    return kit_close();
}
