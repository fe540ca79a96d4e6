/* Doubling a nasty input at most about doubles the time: nothing here is quadratic in what a
 * stranger may write. */
#include <time.h>

#include "source_kit.h"

#define LIAR "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 2000000\r\n\r\n"
#define EMPTY "WARC/1.0\r\nWARC-Type: x\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
#define MIME "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"-\"\r\n\r\n"

typedef enum pack { PLAIN, PACKED, PACKED_EACH, PACKED_EACH_BADLY } pack;

static const struct {
    const char *what, *head, *again;
    int times; /* in thousands */
    pack pack;
} nasty[] = {
    {"records that lie", "", LIAR, 20, PLAIN},
    {"records that lie, in gzip", "", LIAR, 20, PACKED},
    {"tiny members", "", EMPTY, 20, PACKED_EACH},
    {"damaged members", "", EMPTY, 20, PACKED_EACH_BADLY},
    {"beginnings of members", "", "\x1f\x8b\x08\x01\x01\x01\x01\x01\x01\x03", 50, PLAIN},
    {"beginnings of records", "WARC/1.0\r\n", "WARC/1.0\r\n", 50, PLAIN},
    {"beginnings of records inside lines", "WARC/1.0\r\n", "xWARC/1.0\r\nWARC-Type: x\r\n", 50,
     PLAIN},
    {"dashes at the beginning of lines", MIME "---\r\nContent-Type: text/html\r\n\r\n", "\n-- \n--",
     100, PLAIN},
    {"parts", MIME, "---\r\nContent-Type: image/png\r\n\r\n", 20, PLAIN},
    {"parts in parts", MIME, "---\r\nContent-Type: multipart/mixed; boundary=\"-\"\r\n\r\n", 20,
     PLAIN},
    {"entries", "<rss><channel>", "<item><description>x</description></item>", 10, PLAIN},
    {"entries in entries", "<rss><channel>", "<item><description>", 50, PLAIN},
    {"a comment of dashes", "<rss><channel><!--", "-", 400, PLAIN},
    {"bare ampersands", "<rss><channel><item><description>", "&a", 50, PLAIN},
    {"unknown entities", "<rss><channel><item><description>", "&a;", 50, PLAIN},
    {"attributes", "<rss><channel><item", " a", 100, PLAIN},
    {"JSON arrays", "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":", "[", 400, PLAIN},
    {"comments of HTML", "", "<!--", 400, PLAIN},
    {"header fields", MIME, "A: b\r\n", 100, PLAIN},
};

static sf_str repeat(size_t i, int thousands) {
    sf_buf buf = sf_buf_new(&arena);
    sf_str again = sf_str_of(nasty[i].again);
    if (nasty[i].pack >= PACKED_EACH)
        again = sf_str_copy(&arena, gz(again));
    if (nasty[i].pack == PACKED_EACH_BADLY)
        memset((char *)again.ptr + again.len - 8, 0, 8);
    sf_buf_add(&buf, sf_str_of(nasty[i].head));
    for (int n = 0; n < thousands * 1000; n++)
        sf_buf_add(&buf, again);
    return nasty[i].pack == PACKED ? gz(sf_buf_str(&buf)) : sf_buf_str(&buf);
}

static double seconds(sf_str bytes) {
    bool packed = sf_str_starts(bytes, SF_STR("\x1f"));
    sofar_page hints = {.file = packed ? SF_STR("nasty.warc.gz") : SF_STR("nasty")};
    sofar_page page;
    sofar_error err;
    sofar_source *source;
    clock_t begin = clock();
    if (sf_source_from_bytes(bytes, &hints, NULL, &source, &err))
        return 1e9;
    while (sofar_source_next(source, &page, &err) != SOFAR_DONE)
        ;
    sofar_source_close(source);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

int main(void) {
    if (!kit_open())
        return 1;
    for (size_t i = 0; i < SF_LEN(nasty); i++) {
        bool ok = false;
        for (int again = 0; !ok && again < 3;
             again++) { /* a busy machine may slow one of the two */
            double once = seconds(repeat(i, nasty[i].times)),
                   twice = seconds(repeat(i, 2 * nasty[i].times));
            printf("# %s: %.3f s, twice as much %.3f s\n", nasty[i].what, once, twice);
            ok = twice < 3 * once + 0.3;
        }
        check_that(ok, nasty[i].what, __FILE__, __LINE__);
    }
    return kit_close();
}
