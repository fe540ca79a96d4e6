/* Metadata: the parsers below it (date lines, names, references, JSON-LD), and pages that want to
 * be slow. */
#include <time.h>

#include "check.h"
#include "page/charset.h"
#include "page/dateline.h"
#include "page/jsonld.h"
#include "page/meta.h"
#include "page/names.h"
#include "page/unescape.h"

static sf_arena arena;

/* The first date as "2021-10-15" or "2021-10-03|2021-03-10" where it can be read in two ways;
 * absent if there is none. */
static sf_str date_in(const char *text) {
    sf_dateline line;
    if (!sf_dateline_find(sf_str_of(text), 0, &line))
        return SF_ABSENT;
    if (!line.other.year)
        return sf_date_format(&arena, line.date);
    return sf_str_format(&arena, "%.*s|%.*s", SF_ARG(sf_date_format(&arena, line.date)),
                         SF_ARG(sf_date_format(&arena, line.other)));
}

static void date_lines(void) {
    CHECK_STR(date_in("Published Oct. 15, 2021"), "2021-10-15");
    CHECK_STR(date_in("October 15th, 2021"), "2021-10-15");
    CHECK_STR(date_in("15 October 2021"), "2021-10-15");
    CHECK_STR(date_in("Fri, 15 Oct 2021 08:00:00 GMT"), "2021-10-15");
    CHECK_STR(date_in("Sept 5 2021"), "2021-09-05");
    CHECK_STR(date_in("15. Oktober 2021"), "2021-10-15");
    CHECK_STR(date_in("15 de octubre de 2021"), "2021-10-15");
    CHECK_STR(date_in("1er mars 2021"), "2021-03-01");
    CHECK_STR(date_in("OCTOBER 2021"), "2021-10");
    CHECK_STR(date_in("2021-10-15T23:30:00-04:00"), "2021-10-15");
    CHECK_STR(date_in("2021/10/15"), "2021-10-15");
    CHECK_STR(date_in("20211015"), "2021-10-15");
    CHECK_STR(date_in("15.10.2021"), "2021-10-15");
    CHECK_STR(date_in("10/15/2021"), "2021-10-15");
    CHECK_STR(date_in("15/10/2021"), "2021-10-15");
    CHECK_STR(date_in("10/3/2021"), "2021-10-03|2021-03-10");
    CHECK_STR(date_in("5/5/2021"), "2021-05-05");
    CHECK_STR(date_in("10/15/21"), "2021-10-15");
    CHECK_STR(date_in("Room 2021, 3 days ago"), NULL);
    CHECK_STR(date_in("April 31, 2021"), NULL);
    CHECK_STR(date_in("Version 10.15.2021.3"), NULL);
    CHECK_STR(date_in("© 1998-2021"), NULL);
    CHECK_STR(date_in("call 555-2021-10"), NULL);
    CHECK_STR(date_in(""), NULL);
}

/* The names of a byline, joined by "; ". */
static sf_str names_in(const char *line) {
    sf_names names;
    sf_buf buf = sf_buf_new(&arena);
    sf_names_find(sf_str_of(line), &names);
    for (size_t i = 0; i < names.count; i++) {
        sf_buf_add(&buf, i ? SF_STR("; ") : SF_STR(""));
        sf_buf_add(&buf, names.at[i]);
    }
    return sf_buf_str(&buf);
}

static void bylines(void) {
    CHECK_STR(names_in("By Ana Ruiz"), "Ana Ruiz");
    CHECK_STR(names_in("ByAna Ruiz"), "Ana Ruiz");
    CHECK_STR(names_in("Byron Vale"), "Byron Vale");
    CHECK_STR(names_in("By Ana Ruiz, Ben Okoro and Ira Moss"), "Ana Ruiz; Ben Okoro; Ira Moss");
    CHECK_STR(names_in("By Ana Ruiz, Staff Writer, and Ben Okoro"), "Ana Ruiz; Ben Okoro");
    CHECK_STR(names_in("Ana Ruiz, Director of Photos, Low Tide Media"), "Ana Ruiz");
    CHECK_STR(names_in("Dr. Ana Ruiz, PhD, RN"), "Ana Ruiz");
    CHECK_STR(names_in("Ana Ruiz MD"), "Ana Ruiz");
    CHECK_STR(names_in("Ana (Nita) Ruiz"), "Ana (Nita) Ruiz");
    CHECK_STR(names_in("Ana Ruiz (Photos by the writer, 2021)"), "Ana Ruiz");
    CHECK_STR(names_in("Written by: Ana Ruiz | Updated October 15, 2021"), "Ana Ruiz");
    CHECK_STR(names_in("Ana Ruiz - Low Tide Media"), "Ana Ruiz");
    CHECK_STR(names_in("Jean-Luc O'Hara & Zoë Åkesson"), "Jean-Luc O'Hara; Zoë Åkesson");
    CHECK_STR(names_in(""), "");
    CHECK_INT(sf_name_look_of(SF_STR("Ana Ruiz")), SF_NAME_PERSON);
    CHECK_INT(sf_name_look_of(SF_STR("Editorial Team")), SF_NAME_GROUP);
    CHECK_INT(sf_name_look_of(SF_STR("admin")), SF_NAME_ADMIN);
    CHECK_INT(sf_name_look_of(SF_STR("ana@harbourpost.example")), SF_NAME_ODD);
}

static void references(void) {
    CHECK_STR(sf_unescape(&arena, SF_STR("Q&amp;amp;A")), "Q&A");
    CHECK_STR(sf_unescape(&arena, SF_STR("Ana&#039;s &#x2019;")), "Ana's ’");
    CHECK_STR(sf_unescape(&arena, SF_STR("AT&T; R&D &nosuch; &#xFFFFFFFFFF; &")),
              "AT&T; R&D &nosuch; &#xFFFFFFFFFF; &");
}

/* All facts of one field, "type/subject=value", parted by blanks. */
static sf_str facts(const char *json, sf_ld_field field) {
    sf_ld ld = {0};
    sf_buf buf = sf_buf_new(&arena);
    sf_ld_add(&arena, &ld, sf_str_of(json));
    for (size_t i = 0; i < ld.count; i++)
        if (ld.at[i].field == field)
            sf_buf_printf(&buf, "%s%d/%d=%.*s", buf.len ? " " : "", ld.at[i].type, ld.at[i].subject,
                          SF_ARG(ld.at[i].value));
    return sf_buf_str(&buf);
}

static void json_ld(void) {
    CHECK_STR(facts("{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"author\":\"Ana Ruiz\"}",
                    SF_LD_PERSON),
              "0/0=Ana Ruiz");
    CHECK_STR(facts("[{\"@type\":[\"Thing\",\"BlogPosting\"],\"headline\":\"A\"},"
                    "{\"@type\":\"Article\",\"headline\":\"B\"}]",
                    SF_LD_HEADLINE),
              "0/0=A 0/1=B");
    CHECK_STR(facts("{\"@type\":\"Article\",\"author\":{\"@type\":\"Organization\",\"name\":\"Low "
                    "Tide\"}}",
                    SF_LD_GROUP),
              "0/0=Low Tide");
    CHECK_STR(facts("{\"@type\":\"WebPage\",\"datePublished\":\"2021-10-15\",\"x\":\"\t\n\",}",
                    SF_LD_PUBLISHED),
              "1/0=2021-10-15");
    CHECK_STR(facts("{\"@type\":\"Article\",\"author\":{\"@id\":\"#a\"}} "
                    "{\"@type\":\"Person\",\"@id\":\"#a\"}",
                    SF_LD_PERSON),
              "");
    CHECK_STR(facts("{\"@type\":\"Article\",\"author\":{\"@id\":\"#a\",\"name\":{\"@id\":\"#a\"}}}",
                    SF_LD_PERSON),
              "");
    CHECK_STR(facts("\"headline\"", SF_LD_HEADLINE), "");
    CHECK_STR(
        facts("{\"@type\":\"Article\",\"headline\":\"\\ud83d\\ude00 \\udc00\\q\"}", SF_LD_HEADLINE),
        "0/0=😀 q");
}

/* ---- nasty pages ---- */

static double seconds(const char *head, const char *piece, const char *tail, size_t times) {
    sf_arena own;
    sf_arena_init(&own, NULL, NULL);
    sf_buf html = sf_buf_new(&own);
    sf_buf_add(&html, sf_str_of(head));
    for (size_t i = 0; i < times; i++)
        sf_buf_add(&html, sf_str_of(piece));
    sf_buf_add(&html, sf_str_of(tail));
    sf_dom *dom = sf_dom_parse(&own, sf_buf_str(&html));
    sf_flow flow = sf_flow_of(&own, dom);
    sofar_page page = SOFAR_PAGE_INIT;
    sofar_clipping out = {0};
    clock_t begin = clock();
    sf_meta_find(&own, dom, &flow, &page, &out);
    double spent = (double)(clock() - begin) / CLOCKS_PER_SEC;
    sf_arena_clear(&own);
    return spent;
}

static void linear(void) {
    static const struct {
        const char *name, *head, *piece, *tail;
    } nasty[] = {
        {"a long meta element", "<meta name=author content='", "Ana Ruiz and ", "'>"},
        {"many meta elements", "<title>x</title>", "<meta property=og:title content='a | b - c'>",
         ""},
        {"authors in authors", "", "<span class=author>", "Ana Ruiz"},
        {"many authors", "<h1>x</h1>", "<p class=author>Ana Ruiz</p>", ""},
        {"many headings", "", "<h1>Low | tide</h1>", ""},
        {"headings in headings", "", "<h1><div>", "x"},
        {"many dates", "<h1>x</h1>", "<p>1/2/2021 2/3/2021</p>", ""},
        {"slashes and digits", "<h1>x</h1><p>", "1/1/", "</p>"},
        {"many times", "<h1>x</h1>", "<time datetime=2021-10-15>x</time>", ""},
        {"a long class", "<p class='", "author by wr co ", "'>x"},
        {"a long address", "<link rel=canonical href='https://tideline.example", "/2021/10", "'>"},
        {"a long link", "<a href='", "/autho/by", "'>x</a>"},
        {"references", "<title>", "&amp;amp;amp;", "</title>"},
        {"lines that begin with By", "<h1>x</h1>", "<p>By</p><p>by by and by</p>", ""},
        {"JSON-LD, nested", "<script type=application/ld+json>\"author\"", "[", "</script>"},
        {"JSON-LD, empty", "<script type=application/ld+json>", "{\"author\":1}", "</script>"},
        {"JSON-LD, references to nothing", "<script type=application/ld+json>[",
         "{\"@type\":\"Article\",\"@id\":\"a\",\"name\":\"\",\"author\":{\"@id\":\"b\"}},",
         "{}]</script>"},
        {"JSON-LD, quotes", "<script type=application/ld+json>{\"author\":", "\"\\", "</script>"},
    };
    for (size_t i = 0; i < SF_LEN(nasty); i++) {
        double once = seconds(nasty[i].head, nasty[i].piece, nasty[i].tail, 8000);
        double more = seconds(nasty[i].head, nasty[i].piece, nasty[i].tail, 32000);
        /* four times the input, twice that in time; below a few milliseconds the clock is noise */
        bool fast = more < 8 * once + 0.02 && more < 1;
        if (!check_that(fast, nasty[i].name, __FILE__, __LINE__))
            printf("#   %.4f s, then %.4f s\n", once, more);
    }
}

static void deep_text(void) {
    sf_buf long_text = sf_buf_new(&arena);
    for (int i = 0; i < 90; i++)
        sf_buf_add(&long_text, SF_STR("<span class=author>"));
    for (int i = 0; i < 100000; i++)
        sf_buf_add(&long_text, SF_STR("word by "));
    sf_dom *dom = sf_dom_parse(&arena, sf_buf_str(&long_text));
    sf_flow flow = sf_flow_of(&arena, dom);
    sofar_page page = SOFAR_PAGE_INIT;
    sofar_clipping out = {0};
    size_t before = arena.used;
    sf_meta_find(&arena, dom, &flow, &page, &out);
    CHECK(arena.used - before < 4 << 20); /* the 800 KB are not copied once an author */
}

int main(void) {
    sf_arena_init(&arena, NULL, NULL);
    date_lines();
    bylines();
    references();
    json_ld();
    linear();
    deep_text();
    sf_arena_clear(&arena);
    return check_done();
}
