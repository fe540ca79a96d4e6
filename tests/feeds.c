/* Feeds, saved pages and WACZ to pages; dates and transfer encodings. */
#include <archive.h>
#include <archive_entry.h>

#include "source/mime.h"
#include "source_kit.h"

static void check_stamp(const char *in, const char *wanted) {
    sf_str got = sf_stamp_parse(&arena, sf_str_of(in));
    printf("# %s\n", in);
    CHECK_STR(got, wanted);
}

static void test_stamps(void) {
    check_stamp("Fri, 15 Oct 2021 23:30:00 -0700", "2021-10-15T23:30:00-07:00");
    check_stamp("15 Oct 21 08:00 GMT", "2021-10-15T08:00Z");
    check_stamp("Friday, 15-Oct-99 08:00:09 EST", "1999-10-15T08:00:09-05:00");
    check_stamp("October 5, 2021", "2021-10-05");
    check_stamp("2021-10-15T08:00:00.250+02:00", "2021-10-15T08:00:00+02:00");
    check_stamp("2021-10", "2021-10");
    check_stamp("2021-10-15 08:00:00", "2021-10-15T08:00:00");
    check_stamp("Fri, 31 Feb 2021 08:00:00 GMT", NULL);
    check_stamp("Fri, 15 Oct 2021 25:00:00 GMT", NULL);
    check_stamp("yesterday", NULL);
    check_stamp("", NULL);
}

static void test_mime(void) {
    CHECK_STR(sf_quoted_printable(&arena, SF_STR("caf=C3=A9=\r\n, 1=3D1 = x=")),
              "caf\xC3\xA9, 1=1 = x");
    CHECK_STR(sf_base64(&arena, SF_STR("TG93\r\nIFRp ZGU=")), "Low Tide");
    CHECK_STR(sf_encoded_words(&arena, SF_STR("=?utf-8?Q?Low_Tide?=\r\n =?UTF-8?B?4oCm?= now")),
              "Low Tide\xE2\x80\xA6 now");
    CHECK_STR(sf_encoded_words(&arena, SF_STR("=?koi8-r?Q?=C1?= =?")), "=?koi8-r?Q?=C1?= =?");
}

/* ---- RSS and Atom ---- */

#define RSS_HEAD                                                                                   \
    "<?xml version=\"1.0\"?><rss version=\"2.0\" "                                                 \
    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "                                  \
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>The Harbour "                   \
    "Post</title><link>https://harbour.example/</link>"

static void test_rss(void) {
    all a = read_path(
        put("feed.xml",
            SF_STR(
                RSS_HEAD
                "<item><title>Low Tide &amp;#8217;wraps&amp;#8217; "
                "&lt;em&gt;early&lt;/em&gt;</title>"
                "<link> https://harbour.example/1?a=1&amp;b=2 </link><dc:creator>Sam "
                "Reed</dc:creator><dc:creator>Jo Park</dc:creator><pubDate>Fri, 15 Oct 2021 "
                "08:00:00 "
                "GMT</pubDate><description>Short.</description><content:encoded><![CDATA[<p>It is "
                "done &amp; over.</p>]]></content:encoded></item>"
                "<item><title>Second</title><guid>https://harbour.example/2</guid><author>sam@"
                "harbour.example (Sam Reed)</author><description>&lt;p&gt;Only a "
                "summary&amp;hellip;&lt;/p&gt;</description></item>"
                "<item><title>Nothing in it</title></item></channel></rss>")),
        0);
    CHECK_INT(a.pages.count, 2);
    CHECK_INT(a.errors.count, 0);
    CHECK_INT(a.skipped, 1);
    sofar_page *p = a.pages.at;
    CHECK_STR(p[0].bytes, "<p>It is done &amp; over.</p>");
    CHECK_STR(p[0].file, sf_str_format(&arena, "%s#1", path_of("feed.xml")).ptr);
    CHECK_STR(p[0].title, "Low Tide \xE2\x80\x99wraps\xE2\x80\x99 early");
    CHECK_STR(p[0].url, "https://harbour.example/1?a=1&b=2");
    CHECK_STR(p[0].byline, "Sam Reed, Jo Park");
    CHECK_STR(p[0].published, "2021-10-15T08:00:00Z");
    CHECK_STR(p[0].updated, NULL);
    CHECK_STR(p[0].outlet, "The Harbour Post");
    CHECK_STR(p[1].bytes, "<p>Only a summary&hellip;</p>");
    CHECK_STR(p[1].url, "https://harbour.example/2");
    CHECK_STR(p[1].byline, "Sam Reed");
    CHECK_STR(p[1].published, NULL);
}

static void test_rss_one(void) {
    all a = read_bytes(
        SF_STR("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
               "xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
               "<channel><title>Harbour wire</title></channel><item><title>One</title><link>"
               "https://harbour.example/1</link><description>Text.</"
               "description><dc:date>2021-10-15</dc:date>"
               "</item></rdf:RDF>"));
    CHECK(a.pages.count == 1 && a.errors.count == 0);
    CHECK_STR(a.pages.at[0].outlet, "Harbour wire");
    CHECK_STR(a.pages.at[0].published, "2021-10-15");
}

static void test_atom(void) {
    all a = read_bytes(SF_STR(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://reel.example/news/\">"
        "<title>Reel &amp; Stage</title><author><name>The desk</name></author>"
        "<entry><title type=\"html\">A &amp;amp; B</title><link rel=\"self\" href=\"/x\"/><link "
        "href=\"1.html\"/><published>2021-10-15T08:00:00Z</published><updated>2021-10-16T08:00:00Z"
        "</updated><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p "
        "class=\"a&quot;b\">One &lt; two<br/><b>bold</b></p><p/></div></content></entry>"
        "<entry><title>C &lt; D</title><author><name>Jo Park</name></author><link "
        "href=\"https://reel.example/2\"/><updated>2021-10-17</updated><content "
        "type=\"html\">&lt;p&gt;Two&lt;/p&gt;</content><summary>No.</summary></entry>"
        "<entry><title>T</title><content>a &lt; b</content></entry>"
        "<entry><title>S</title><content src=\"https://reel.example/v.mp4\"/><summary "
        "type=\"html\">&lt;i&gt;sum&lt;/i&gt;</summary></entry></feed>"));
    CHECK_INT(a.pages.count, 4);
    CHECK_INT(a.errors.count, 0);
    sofar_page *p = a.pages.at;
    CHECK_STR(p[0].bytes, "<p class=\"a&quot;b\">One &lt; two<br><b>bold</b></p><p></p>");
    CHECK_STR(p[0].title, "A & B");
    CHECK_STR(p[0].url, "https://reel.example/news/1.html");
    CHECK_STR(p[0].byline, "The desk");
    CHECK_STR(p[0].published, "2021-10-15T08:00:00Z");
    CHECK_STR(p[0].updated, "2021-10-16T08:00:00Z");
    CHECK_STR(p[0].outlet, "Reel & Stage");
    CHECK_STR(p[1].bytes, "<p>Two</p>");
    CHECK_STR(p[1].title, "C < D");
    CHECK_STR(p[1].byline, "Jo Park");
    CHECK_STR(p[1].published, "2021-10-17");
    CHECK_STR(p[2].bytes, "a < b");
    CHECK_STR(p[2].content_type, "text/plain; charset=utf-8");
    CHECK_STR(p[3].bytes, "<i>sum</i>");
    CHECK_STR(p[3].content_type, "text/html; charset=utf-8");
}

/* Entities that would load a file or multiply stay words; so do those of HTML, for its parser. */
static void test_entities(void) {
    put("secret.txt", SF_STR("the secret"));
    sf_str doctype = sf_str_format(
        &arena,
        "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d "
        "\"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">"
        "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f "
        "\"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\">"
        "<!ENTITY x SYSTEM \"file://%s\">]>",
        path_of("secret.txt"));
    sf_buf feed = sf_buf_new(&arena);
    sf_buf_add(&feed, doctype);
    sf_buf_add(&feed,
               SF_STR("<rss><channel><item><description>one &x; &f; two&rsquo;s</description>"
                      "<link>https://harbour.example/&x;</link></item></channel></rss>"));
    all a = read_bytes(sf_buf_str(&feed));
    CHECK(a.pages.count <= 1);
    for (size_t i = 0; i < a.pages.count; i++) {
        CHECK_STR(a.pages.at[i].bytes, "one &x; &f; two&rsquo;s");
        CHECK(sf_str_find(a.pages.at[i].url, SF_STR("secret"), 0) == SIZE_MAX);
    }
}

static void test_broken_feeds(void) {
    all a = read_path(
        put("bad.rss", SF_STR(RSS_HEAD "<item><description>One</description></item>"
                                       "<item><description>AT&T two</description></item>"
                                       "<item><description>Three</item></channel></rss>")),
        0);
    CHECK(a.pages.count == 3 && sf_str_equal(a.pages.at[0].bytes, SF_STR("One")));
    CHECK(a.errors.count == 1 && says(&a, 0, "bad.rss") && says(&a, 0, "line 1"));
    a = read_bytes(SF_STR(RSS_HEAD "<item><description>One</description></item><item><descri"));
    CHECK(a.pages.count >= 1 && a.errors.count == 1);
    a = read_bytes(SF_STR(RSS_HEAD
                          "<item><description>One</item><item><description>Two</description>"
                          "</item><item><description>Three</item><item><description>Four"
                          "</description></item></channel></rss>"));
    CHECK_INT(a.pages.count, 4); /* a forgotten end tag costs no entry */
    for (size_t i = 0; i < a.pages.count; i++)
        CHECK_STR(a.pages.at[i].bytes, ((const char *[]){"One", "Two", "Three", "Four"})[i]);
    sf_buf deep = sf_buf_new(&arena);
    sf_buf_add(&deep, SF_STR("<rss><channel><item><description>"));
    for (int i = 0; i < 100000; i++)
        sf_buf_add(&deep, SF_STR("<a>"));
    a = read_bytes(sf_buf_str(&deep));
    CHECK(a.errors.count == 1);
    sf_buf wide = sf_buf_new(&arena);
    sf_buf_add(&wide,
               SF_STR(RSS_HEAD "<item><description>One</description></item><item><description>"));
    for (int i = 0; i < 20000; i++)
        sf_buf_add(&wide, SF_STR("much more than the limit "));
    sf_buf_add(&wide, SF_STR("</description></item></channel></rss>"));
    a = read_path(put("wide.xml", sf_buf_str(&wide)), 1000);
    CHECK(a.pages.count == 1 && a.errors.count == 1 && a.errors.at[0].status == SOFAR_ERR_LIMIT);
}

/* ---- JSON Feed ---- */

static void test_json_feed(void) {
    all a = read_path(
        put("feed.json",
            SF_STR(
                "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Harbour\", "
                "\"authors\": [{\"name\": \"The desk\"}], \"items\": ["
                "{\"id\": \"1\", \"url\": \"https://harbour.example/1\", \"title\": \"One\", "
                "\"content_html\": \"<p>caf\\u00e9</p>\", \"date_published\": "
                "\"2021-10-15T08:00:00+02:00\", \"authors\": [{\"name\": \"Sam Reed\"}, {\"name\": "
                "\"Jo Park\"}]}, {\"id\": \"https://harbour.example/2\", \"content_text\": \"a < "
                "b\"}, {\"id\": \"3\"}, 7]}")),
        0);
    CHECK_INT(a.pages.count, 2);
    CHECK_INT(a.errors.count, 0);
    CHECK_INT(a.skipped, 2);
    CHECK_STR(a.pages.at[0].bytes, "<p>caf\xC3\xA9</p>");
    CHECK_STR(a.pages.at[0].byline, "Sam Reed, Jo Park");
    CHECK_STR(a.pages.at[0].published, "2021-10-15T08:00:00+02:00");
    CHECK_STR(a.pages.at[0].outlet, "Harbour");
    CHECK_STR(a.pages.at[1].file, sf_str_format(&arena, "%s#2", path_of("feed.json")).ptr);
    CHECK_STR(a.pages.at[1].url, "https://harbour.example/2");
    CHECK_STR(a.pages.at[1].byline, "The desk");
    CHECK_STR(a.pages.at[1].content_type, "text/plain; charset=utf-8");
    a = read_path(put("bad.json", SF_STR("{\"version\": \"https://jsonfeed.org/version/1\", oops")),
                  0);
    CHECK(a.pages.count == 0 && a.errors.count == 1 && says(&a, 0, "bad.json"));
    a = read_path(put("other.json", SF_STR("{\"a\": 1}")), 0);
    CHECK(a.pages.count == 0 && a.errors.count == 1 && says(&a, 0, "not a JSON Feed"));
}

/* ---- MHTML ---- */

#define MHTML_HEAD                                                                                 \
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://harbour.example/1\r\n"           \
    "Subject: =?utf-8?Q?Low_Tide?=\r\nDate: Fri, 15 Oct 2021 08:00:00 -0000\r\nMIME-Version: "     \
    "1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Bound--" \
    "x----\"\r\n\r\n\r\n"

static void test_mhtml(void) {
    sf_str picture =
        SF_STR("------Bound--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: "
               "base64\r\n\r\nAAAA\r\n");
    sf_buf file = sf_buf_new(&arena);
    sf_buf_add(&file, SF_STR(MHTML_HEAD));
    sf_buf_add(&file, picture);
    sf_buf_add(
        &file,
        SF_STR("------Bound--x----\r\nContent-Type: text/html; charset=utf-8\r\nContent-ID: "
               "<frame@x>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: "
               "https://harbour.example/1?real\r\n\r\n<p class=3D\"a\">Low =\r\nTide\r\n--not "
               "a boundary\r\n------Bound--x----y\r\nend\r\n"));
    sf_str open = sf_buf_str(&file);
    open = sf_str_copy(&arena, open);
    sf_buf_add(&file, picture);
    sf_buf_add(&file, SF_STR("------Bound--x------\r\n"));
    all a = read_path(put("page.mhtml", sf_buf_str(&file)), 0);
    CHECK(a.pages.count == 1 && a.errors.count == 0);
    CHECK_STR(a.pages.at[0].bytes,
              "<p class=\"a\">Low Tide\r\n--not a boundary\r\n------Bound--x----y\r\nend");
    CHECK_STR(a.pages.at[0].url, "https://harbour.example/1?real");
    CHECK_STR(a.pages.at[0].title, "Low Tide");
    CHECK_STR(a.pages.at[0].captured, "2021-10-15T08:00:00Z");
    CHECK_STR(a.pages.at[0].content_type, "text/html; charset=utf-8");
    a = read_path(put("cut.mhtml", open), 0);
    CHECK(a.pages.count == 0 && a.errors.count == 1 &&
          says(&a, 0, "cut.mhtml: the file ends inside"));
    a = read_bytes(SF_STR(MHTML_HEAD
                          "------Bound--x----\r\nContent-Type: image/png\r\n\r\nx\r\n------"
                          "Bound--x------\r\n"));
    CHECK(a.pages.count == 0 && says(&a, 0, "no part of it is a page"));
}

static void test_mail(void) {
    all a = read_bytes(SF_STR("Subject: News\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
                              "boundary=o\n\npreamble\n--o\n"
                              "Content-Type: multipart/alternative; "
                              "boundary=i\n\n--i\nContent-Type: text/plain\n\nPlain.\n"
                              "--i\nContent-Type: text/html\nContent-Transfer-Encoding: "
                              "base64\n\nPHA+SGk8L3A+\n--i--\n--o--\n"));
    CHECK(a.pages.count == 1 && a.errors.count == 0);
    CHECK_STR(a.pages.at[0].bytes, "<p>Hi</p>");
    a = read_bytes(
        SF_STR("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b; start=\"<2>\"\n\n"
               "--b\nContent-Type: text/html\n\nfirst\n--b\nContent-Type: text/html\nContent-ID: "
               "<2>\n\nsecond\n--b--"));
    CHECK_STR(a.pages.at[0].bytes, "second");
    a = read_bytes(SF_STR("MIME-Version: 1.0\nContent-Type: text/html\n\n<p>One part.</p>"));
    CHECK_STR(a.pages.at[0].bytes, "<p>One part.</p>");
}

/* ---- WACZ ---- */

static void add_to_zip(struct archive *zip, const char *name, sf_str bytes) {
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (la_int64_t)bytes.len);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(zip, entry);
    archive_write_data(zip, bytes.ptr, bytes.len);
    archive_entry_free(entry);
}

static sf_str small_record(const char *uri) {
    const char *body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>In a zip.</p>";
    return sf_str_format(
        &arena,
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Length: "
        "%zu\r\n\r\n%s\r\n\r\n",
        uri, strlen(body), body);
}

static sf_str zip_of(bool with_archive) {
    const size_t room = 1 << 16;
    char *out = sf_alloc(&arena, room);
    size_t used = 0;
    struct archive *zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_open_memory(zip, out, room, &used);
    add_to_zip(zip, "datapackage.json", SF_STR("{}"));
    if (with_archive) {
        add_to_zip(zip, "archive/a.warc.gz", gz(small_record("https://harbour.example/a")));
        add_to_zip(zip, "archive/b.warc", small_record("https://harbour.example/b"));
    }
    archive_write_free(zip);
    return (sf_str){out, used};
}

static void test_wacz(void) {
    const char *path = put("crawl.wacz", zip_of(true));
    all a = read_path(path, 0);
    CHECK(a.pages.count == 2 && a.errors.count == 0);
    CHECK_STR(a.pages.at[0].file, sf_str_format(&arena, "%s/archive/a.warc.gz@0", path).ptr);
    CHECK_STR(a.pages.at[1].url, "https://harbour.example/b");
    CHECK_STR(a.pages.at[1].bytes, "<p>In a zip.</p>");
    a = read_bytes(zip_of(true));
    CHECK(a.pages.count == 2 && a.errors.count == 0);
    a = read_path(put("other.zip", zip_of(false)), 0);
    CHECK(a.pages.count == 0 && a.errors.count == 1 && says(&a, 0, "other.zip: a zip without"));
    sf_str whole = zip_of(true);
    size_t silent = 0;
    for (size_t cut = 4; cut < whole.len; cut += 3) {
        a = read_bytes(sf_str_sub(whole, 0, cut));
        silent += a.pages.count > 2 || (a.pages.count < 2 && a.errors.count == 0);
    }
    CHECK_INT(silent, 0);
}

int main(void) {
    if (!kit_open())
        return 1;
    test_stamps();
    test_mime();
    test_rss();
    test_rss_one();
    test_atom();
    test_entities();
    test_broken_feeds();
    test_json_feed();
    test_mhtml();
    test_mail();
    test_wacz();
    return kit_close();
}
