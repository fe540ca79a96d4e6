/* Files to pages: single documents, archives that are broken in every way, folders. */
#include <sys/stat.h>

#include "source_kit.h"

/* ---- records ---- */

/* A record whose length is off by `lie`. */
static sf_str record_lying(const char *type, const char *uri, const char *content_type,
                           sf_str content, int lie) {
    sf_str head = sf_str_format(&arena,
                                "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n"
                                "WARC-Date: 2021-10-15T08:00:00Z\r\nContent-Type: %s\r\n"
                                "Content-Length: %d\r\n\r\n",
                                type, uri, content_type, (int)content.len + lie);
    return join(join(head, content), SF_STR("\r\n\r\n"));
}

static sf_str http(const char *status, const char *headers, sf_str body) {
    return join(sf_str_format(&arena, "HTTP/1.1 %s\r\n%s\r\n", status, headers), body);
}

static sf_str response(const char *uri, const char *headers, sf_str body) {
    return record_lying("response", uri, "application/http; msgtype=response",
                        http("200 OK", headers, body), 0);
}

#define HTML_TYPE "Content-Type: text/html; charset=utf-8\r\n"

static sf_str page_of(int n) {
    return sf_str_format(&arena, "<!doctype html><title>Page %d</title><p>Low Tide, part %d.</p>",
                         n, n);
}

static sf_str page_record(int n) {
    return response(sf_str_format(&arena, "https://harbour.example/%d", n).ptr, HTML_TYPE,
                    page_of(n));
}

static bool is_page(const all *a, size_t i, int n) {
    return i < a->pages.count && sf_str_equal(a->pages.at[i].bytes, page_of(n));
}

/* ---- single files ---- */

static void test_documents(void) {
    all a = read_path(put("a.html", page_of(1)), 0);
    CHECK(a.pages.count == 1 && a.errors.count == 0 && is_page(&a, 0, 1));
    CHECK_STR(a.pages.at[0].file, path_of("a.html"));
    CHECK_STR(a.pages.at[0].content_type, "text/html");
    a = read_path(put("a.txt", SF_STR("date 2021-10-15 Low Tide wraps\n\nIt is done.")), 0);
    CHECK_STR(a.pages.at[0].content_type, "text/plain");
    a = read_path(put("notes", SF_STR("# Low Tide\n\nIt is *done*.")), 0);
    CHECK_STR(a.pages.at[0].content_type, "text/plain");
    a = read_path(put("liar.txt", page_of(1)), 0); /* the content tells, the name is a hint */
    CHECK_STR(a.pages.at[0].content_type, "text/html");
    a = read_path(put("b.html.gz", gz(page_of(2))), 0);
    CHECK(a.pages.count == 1 && is_page(&a, 0, 2));
    a = read_path(put("cut.html.gz", sf_str_sub(gz(page_of(2)), 0, 40)), 0);
    CHECK(a.pages.count == 0 && a.errors.count == 1 && says(&a, 0, "cut.html.gz") &&
          says(&a, 0, "cut at byte 40"));
    a = read_path(path_of("missing.html"), 0);
    CHECK(a.opened == SOFAR_ERR_IO && says(&a, 0, "missing.html"));
    a = read_path(put("empty.html", SF_STR("")), 0);
    CHECK(a.pages.count == 0 && says(&a, 0, "empty.html: the file is empty"));
    a = read_path(put("long.html", page_of(1)), 10);
    CHECK(a.errors.count == 1 && a.errors.at[0].status == SOFAR_ERR_LIMIT);
    a = read_path(
        put("bomb.html.gz", gz(sf_str_copy(&arena, (sf_str){sf_alloc(&arena, 1 << 20), 1 << 20}))),
        5000);
    CHECK(a.errors.count == 1 && a.errors.at[0].status == SOFAR_ERR_LIMIT);
    a = read_path(put("a.pdf", SF_STR("%PDF-1.4 ...")), 0);
    CHECK(a.pages.count == 0 && says(&a, 0, "a.pdf"));
    sf_str noise = {sf_alloc(&arena, 3000), 3000};
    for (size_t i = 0; i < noise.len; i++)
        ((char *)noise.ptr)[i] = (char)(i * i * 7 + i * 31 + i / 5);
    a = read_path(put("noise", noise), 0);
    CHECK(a.pages.count == 0 && says(&a, 0, "neither a page nor text"));
    a = read_path("gopher://harbour.example/", 0);
    CHECK(a.opened == SOFAR_ERR_IO && says(&a, 0, "only http:// and https://"));
}

static void test_standard_input(void) {
    FILE *f = freopen(put("piped.html.gz", gz(page_of(1))), "rb", stdin);
    all a = read_path("-", 0);
    CHECK(f && a.pages.count == 1 && is_page(&a, 0, 1));
    CHECK_STR(a.pages.at[0].file, "-");
}

/* ---- WARC ---- */

static void test_warc(void) {
    sf_str request = record_lying("request", "https://harbour.example/1", "application/http",
                                  SF_STR("GET / HTTP/1.1\r\n\r\n"), 0);
    sf_str chunked =
        response("https://harbour.example/3", HTML_TYPE "Transfer-Encoding: chunked\r\n",
                 SF_STR("5\r\n<p>Lo\r\n8;x=y\r\nw Tide.\n\r\n0\r\n\r\n"));
    sf_str packed = response("https://harbour.example/4", HTML_TYPE "Content-Encoding: gzip\r\n",
                             gz(page_of(4)));
    sf_str lied =
        response("https://harbour.example/5",
                 HTML_TYPE "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", page_of(5));
    sf_str resource =
        record_lying("resource", "<https://harbour.example/6>", "text/html", page_of(6), 0);
    sf_str missing = record_lying("response", "https://harbour.example/7", "application/http",
                                  http("404 Not Found", HTML_TYPE, page_of(7)), 0);
    sf_str parts[] = {request, page_record(2), chunked, packed, lied, resource, missing};
    sf_str plain = SF_STR(""), members = SF_STR("");
    for (size_t i = 0; i < SF_LEN(parts); i++) {
        plain = join(plain, parts[i]);
        members = join(members, gz(parts[i]));
    }
    const char *paths[] = {put("a.warc", plain), put("a.warc.gz", members),
                           put("b.warc.gz", gz(plain))};
    for (size_t i = 0; i < SF_LEN(paths); i++) {
        all a = read_path(paths[i], 0);
        CHECK_INT(a.pages.count, 5);
        CHECK_INT(a.errors.count, 0);
        CHECK_INT(a.skipped, 2);
        CHECK(is_page(&a, 0, 2) && is_page(&a, 2, 4) && is_page(&a, 3, 5) && is_page(&a, 4, 6));
        CHECK_STR(a.pages.at[0].url, "https://harbour.example/2");
        CHECK_STR(a.pages.at[0].captured, "2021-10-15T08:00:00Z");
        CHECK_STR(a.pages.at[0].content_type, "text/html; charset=utf-8");
        CHECK_STR(a.pages.at[1].bytes, "<p>Low Tide.\n");
        CHECK_STR(a.pages.at[4].url, "https://harbour.example/6");
        size_t at = i == 1 ? gz(request).len : i == 2 ? 0 : request.len;
        sf_str name = sf_str_format(&arena, "%s@%zu", paths[i], at);
        if (i == 2)
            name = sf_str_format(&arena, "%s@0+%zu", paths[i], request.len);
        CHECK_STR(a.pages.at[0].file, name.ptr);
    }
}

/* The codings of HTTP bodies: applied, announced but not applied, and broken off. */
static void test_codings(void) {
    const char *uri = "https://harbour.example/1";
    sf_str html = SF_STR("<!doctype html><title>Low Tide</title><p>It is done.</p>");
    sf_str brotli =
        SF_STR("\x8b\x1b\x80\x3c\x21\x64\x6f\x63\x74\x79\x70\x65\x20\x68\x74\x6d\x6c\x3e"
               "\x3c\x74\x69\x74\x6c\x65\x3e\x4c\x6f\x77\x20\x54\x69\x64\x65\x3c\x2f\x74"
               "\x69\x74\x6c\x65\x3e\x3c\x70\x3e\x49\x74\x20\x69\x73\x20\x64\x6f\x6e\x65"
               "\x2e\x3c\x2f\x70\x3e\x03");
    z_stream z = {0};
    char raw[256];
    deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (Bytef *)html.ptr, z.avail_in = (uInt)html.len;
    z.next_out = (Bytef *)raw, z.avail_out = sizeof raw;
    deflate(&z, Z_FINISH);
    sf_str deflated = {raw, sizeof raw - z.avail_out};
    deflateEnd(&z);
    sf_str good[] = {response(uri, HTML_TYPE "Content-Encoding: br\r\n", brotli),
                     response(uri, HTML_TYPE "Content-Encoding: br\r\n", html),
                     response(uri, HTML_TYPE "Content-Encoding: deflate\r\n", deflated),
                     response(uri, HTML_TYPE "Content-Encoding: deflate\r\n", html),
                     response(uri, HTML_TYPE "content-encoding: identity, x-gzip\r\n", gz(html)),
                     response(uri, HTML_TYPE "Content-Encoding: gzip, gzip\r\n", gz(gz(html)))};
    for (size_t i = 0; i < SF_LEN(good); i++) {
        all a = read_bytes(good[i]);
        CHECK(a.pages.count == 1 && a.errors.count == 0);
        CHECK(a.pages.count == 1 && sf_str_equal(a.pages.at[0].bytes, html));
    }
    all a =
        read_bytes(response(uri, HTML_TYPE "Content-Encoding: br\r\n", sf_str_sub(brotli, 0, 40)));
    CHECK(a.pages.count == 0 && a.errors.count == 1 && says(&a, 0, "br coding breaks off"));
    a = read_bytes(response(uri, HTML_TYPE "Content-Encoding: zz\r\n", SF_STR("\1\2\3\4")));
    CHECK(a.pages.count == 0 && a.errors.count == 1 && says(&a, 0, "\"zz\""));
    sf_str bomb = {sf_alloc(&arena, 1 << 20), 1 << 20};
    a = read_path(put("bomb.warc", response(uri, HTML_TYPE "Content-Encoding: gzip\r\n", gz(bomb))),
                  9999);
    CHECK(a.errors.count == 1 && a.errors.at[0].status == SOFAR_ERR_LIMIT);
}

/* A broken record between two good ones: one error, and both good ones. */
static void check_between(const char *what, sf_str broken, const char *words) {
    sf_str one = page_record(1), three = page_record(3);
    all a = read_bytes(join(join(one, broken), three));
    printf("# %s\n", what);
    CHECK(is_page(&a, 0, 1) && is_page(&a, 1, 3) && a.pages.count == 2);
    CHECK(a.errors.count == 1 && says(&a, 0, words));
    CHECK_INT(a.errors.count ? a.errors.at[0].at : 0, one.len);
    a = read_path(put("between.warc", join(join(one, broken), three)), 0);
    CHECK(is_page(&a, 0, 1) && is_page(&a, 1, 3) && a.pages.count == 2 && a.errors.count == 1);
    a = read_path(put("between.warc.gz", join(join(gz(one), gz(broken)), gz(three))), 0);
    CHECK(is_page(&a, 0, 1) && is_page(&a, 1, 3) && a.pages.count == 2 && a.errors.count == 1);
}

static void test_broken_warc(void) {
    const char *uri = "https://harbour.example/2", *type = "application/http";
    sf_str body = http("200 OK", HTML_TYPE, page_of(2));
    check_between("length too short", record_lying("response", uri, type, body, -9), "is wrong");
    check_between("length a little too long", record_lying("response", uri, type, body, 30),
                  "is wrong");
    check_between("length past the end", record_lying("response", uri, type, body, 100000),
                  "file ends after");
    check_between("a request that lies", record_lying("request", uri, type, body, 40), "is wrong");
    check_between("cut in the content",
                  sf_str_sub(record_lying("response", uri, type, body, 0), 0, 200), "is wrong");
    check_between("garbage", SF_STR("these bytes say nothing\r\n\r\n"), "no WARC record");
    check_between("no length", SF_STR("WARC/1.0\r\nWARC-Type: response\r\n\r\n\r\n\r\n"),
                  "Content-Length");
    check_between("no HTTP header", record_lying("response", uri, type, page_of(2), 0),
                  "no HTTP header");
    check_between(
        "chunks that break off",
        response(uri, HTML_TYPE "Transfer-Encoding: chunked\r\n", SF_STR("3\r\n<p>\r\nzz\r\n")),
        "chunked");
    check_between(
        "a packed body that is cut",
        response(uri, HTML_TYPE "Content-Encoding: gzip\r\n", sf_str_sub(gz(page_of(2)), 0, 50)),
        "gzip");
}

static void test_broken_members(void) {
    sf_str one = gz(page_record(1)), two = gz(page_record(2)), three = gz(page_record(3));
    all a = read_bytes(join(join(one, sf_str_sub(two, 0, two.len / 2)), three));
    CHECK(is_page(&a, 0, 1) && is_page(&a, 1, 3) && a.pages.count == 2 && a.errors.count >= 1);
    sf_str flipped = sf_str_copy(&arena, two);
    ((char *)flipped.ptr)[two.len - 6] ^= 1; /* the checksum */
    a = read_bytes(join(join(one, flipped), three));
    CHECK(is_page(&a, 0, 1) && is_page(&a, 1, 3) && a.pages.count == 2 && a.errors.count == 1);
    a = read_path(put("first.warc.gz", join(sf_str_sub(two, 0, 30), three)), 0);
    CHECK(is_page(&a, 0, 3) && a.pages.count == 1 && a.errors.count >= 1);
    a = read_bytes(join(join(one, SF_STR("garbage here")), three));
    CHECK(is_page(&a, 0, 1) && is_page(&a, 1, 3) && a.pages.count == 2 && a.errors.count == 1);
}

/* May a file that was cut here be taken for a whole one? Only where a record's content was
 * complete: plain ones end with four bytes that nobody needs, packed ones with the member. */
static bool whole_records(int packing, size_t cut) {
    size_t end = 0;
    for (int n = 1; n <= 3; n++) {
        end += packing == 1 ? gz(page_record(n)).len : page_record(n).len;
        if (packing == 0 ? cut >= end - 4 && cut <= end : packing == 1 && cut == end)
            return true;
    }
    return false;
}

/* A cut file never gives a page that the whole one does not, and says that it is cut. */
static void test_cut_everywhere(void) {
    sf_str plain = join(join(page_record(1), page_record(2)), page_record(3));
    sf_str members = join(join(gz(page_record(1)), gz(page_record(2))), gz(page_record(3)));
    sf_str packings[] = {plain, members, gz(plain)};
    for (int k = 0; k < 3; k++) {
        size_t differs = 0, silent = 0;
        CHECK_INT(read_bytes(packings[k]).pages.count, 3);
        for (size_t cut = sizeof "WARC"; cut < packings[k].len; cut++) {
            all a = read_bytes(sf_str_sub(packings[k], 0, cut));
            for (size_t i = 0; i < a.pages.count; i++)
                differs += i >= 3 || !is_page(&a, i, (int)i + 1);
            silent += a.errors.count == 0 && !whole_records(k, cut);
        }
        CHECK_INT(differs, 0);
        CHECK_INT(silent, 0);
    }
}

static void test_long_record(void) {
    sf_buf long_page = sf_buf_new(&arena);
    for (int i = 0; i < 3000; i++)
        sf_buf_add(&long_page, page_of(i));
    sf_str big = response("https://harbour.example/big", HTML_TYPE, sf_buf_str(&long_page));
    sf_str plain = join(join(page_record(1), big), page_record(3));
    sf_str members = join(join(gz(page_record(1)), gz(big)), gz(page_record(3)));
    const char *paths[] = {put("long.warc", plain), put("long.warc.gz", members)};
    for (size_t i = 0; i < SF_LEN(paths); i++) {
        all a = read_path(paths[i], 10000);
        CHECK(is_page(&a, 0, 1) && is_page(&a, 1, 3) && a.pages.count == 2);
        CHECK(a.errors.count == 1 && a.errors.at[0].status == SOFAR_ERR_LIMIT);
        CHECK(says(&a, 0, "--max-page"));
    }
}

/* ---- folders ---- */

static void test_folder(void) {
    const char *root = path_of("tree");
    mkdir(root, 0700);
    mkdir(path_of("tree/a"), 0700);
    mkdir(path_of("tree/b_files"), 0700);
    put("tree/a/x.html", page_of(1));
    put("tree/a-b.html", page_of(2));
    put("tree/b.html", page_of(3));
    put("tree/b_files/frame.html", page_of(9));
    put("tree/.hidden.html", page_of(9));
    put("tree/style.css", SF_STR("p { color: red }"));
    put("tree/c.warc", join(page_record(4), page_record(5)));
    put("tree/empty.html", SF_STR(""));
    CHECK(symlink("..", path_of("tree/a/up")) == 0);
    CHECK(symlink("nowhere", path_of("tree/dangling.html")) == 0);
    all a = read_path(root, 0);
    CHECK_INT(a.pages.count, 5);
    CHECK(is_page(&a, 0, 2) && is_page(&a, 1, 1) && is_page(&a, 2, 3) && is_page(&a, 3, 4) &&
          is_page(&a, 4, 5));
    CHECK_STR(a.pages.at[1].file, path_of("tree/a/x.html"));
    CHECK(a.errors.count == 2 && says(&a, 0, "dangling.html") && says(&a, 1, "empty.html"));
    CHECK_INT(a.skipped, 2);
    a = read_path(path_of("tree/b_files"), 0);
    CHECK(a.pages.count == 1);
    mkdir(path_of("nothing"), 0700);
    put("nothing/a.css", SF_STR("p { color: red }"));
    a = read_path(path_of("nothing"), 0);
    CHECK(a.pages.count == 0 && a.errors.count == 1 &&
          says(&a, 0, "nothing: no page in this folder; 1 "));
}

/* ---- parts ---- */

/* How many pages a part has, and the first one's name. */
static size_t pages_of_part(const sf_source_part *part, sf_str *first, size_t *errors) {
    sofar_source *source;
    sofar_page page;
    sofar_error err;
    sofar_status status;
    size_t count = 0;
    *errors = 0;
    if (sf_source_open_part(part, NULL, &source, &err))
        return 0;
    while ((status = sofar_source_next(source, &page, &err)) != SOFAR_DONE) {
        if (status == SOFAR_OK && count++ == 0)
            *first = sf_str_copy(&arena, page.file);
        *errors += status != SOFAR_OK;
    }
    sofar_source_close(source);
    return count;
}

/* Of a file that other bytes stand around, as in a WACZ. */
static void test_parts(void) {
    sf_str bytes = SF_STR(""), first = SF_ABSENT;
    size_t at[7] = {0}, errors;
    for (int i = 0; i < 6; i++) {
        bytes = join(bytes, gz(page_record(i)));
        at[i + 1] = bytes.len;
    }
    const char *path = put("inside", join(join(SF_STR("front"), bytes), SF_STR("behind")));
    sf_source_part part = {.path = path, .name = SF_STR("x.warc.gz"), .origin = 5};
    for (size_t a = 0; a < 6; a++)
        for (size_t b = a + 1; b <= 6; b++) {
            part.begin = at[a];
            part.end = at[b];
            CHECK_INT(pages_of_part(&part, &first, &errors), b - a);
            CHECK_INT(errors, 0);
            CHECK_STR(first, sf_str_format(&arena, "x.warc.gz@%zu", at[a]).ptr);
        }
    part.end = at[6] - 20; /* cut */
    part.begin = at[4];
    CHECK_INT(pages_of_part(&part, &first, &errors), 1);
    CHECK_INT(errors, 1);
    const uint64_t odd[][3] = {{5, 100, 50}, {5, UINT64_MAX - 2, UINT64_MAX}, {UINT64_MAX, 1, 2}};
    for (size_t i = 0; i < SF_LEN(odd); i++) {
        part.origin = odd[i][0], part.begin = odd[i][1], part.end = odd[i][2];
        CHECK_INT(pages_of_part(&part, &first, &errors), 0);
        CHECK_INT(errors, 1);
    }
    sf_str *files;
    size_t count, unlisted;
    sofar_error err;
    CHECK_INT(sf_source_files(&arena, folder, &files, &count, &unlisted, &err), SOFAR_OK);
    CHECK(count > 5 && unlisted == 0 && sf_str_compare(files[0], files[1]) < 0);
    CHECK_INT(sf_source_files(&arena, "no/such", &files, &count, &unlisted, &err), SOFAR_OK);
    CHECK(count == 1 && sf_str_equal(files[0], SF_STR("no/such")));
    sofar_source *source;
    CHECK_INT(sf_source_open_part(&(sf_source_part){.path = "no/such", .end = UINT64_MAX}, NULL,
                                  &source, &err),
              SOFAR_ERR_IO);
    CHECK_INT(sf_source_open_part(&(sf_source_part){0}, NULL, &source, &err), SOFAR_ERR_USAGE);
}

int main(void) {
    if (!kit_open())
        return 1;
    test_documents();
    test_standard_input();
    test_warc();
    test_codings();
    test_broken_warc();
    test_broken_members();
    test_cut_everywhere();
    test_long_record();
    test_folder();
    test_parts();
    return kit_close();
}
