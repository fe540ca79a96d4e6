/* show: a dossier through every output. What pages wrote stays text: hostile strings leave no
 * element, attribute, link or escape behind. With SOFAR_UPDATE set, golden files are rewritten. */
#include "check.h"

#include <gumbo.h>
#include <jansson.h>
#include <stdlib.h>
#include <time.h>

#include "golden.h"
#include "hostile.h"
#include "made_dossier.h"
#include "show/twins.h"
#include "show/weave.h"

static const sf_setting setting; /* a page that stands alone */

static void goldens(sf_arena *arena) {
    sf_dossier *d = made_dossier(arena);
    sf_buf out = sf_buf_new(arena);
    sf_show_terminal(&out, d, (sf_terminal){80, false});
    golden(arena, "terminal-80.txt", sf_buf_str(&out));
    out.len = 0;
    sf_show_terminal(&out, d, (sf_terminal){44, true});
    golden(arena, "terminal-44-color.txt", sf_buf_str(&out));
    out.len = 0;
    sf_show_json(&out, d);
    sf_buf_char(&out, '\n');
    golden(arena, "dossier.json", sf_buf_str(&out));
    out.len = 0;
    sf_show_page(&out, d, &setting);
    sf_str page = sf_buf_str(&out); /* the style sheet and the script are no news */
    size_t body = sf_str_find(page, SF_STR("<body>"), 0);
    golden(arena, "page-body.html",
           sf_str_sub(page, body, sf_str_find(page, SF_STR("<script>"), body)));
}

/* ---- days ---- */

static void day(sf_arena *arena, const char *value, const char *words) {
    check_str(sf_plain_day(arena, sf_str_of(value)), sf_str_of(words), value, __FILE__, __LINE__);
}

static void days(sf_arena *arena) {
    day(arena, "2021-10-05", "5 October 2021");
    day(arena, "2021-10", "October 2021");
    day(arena, "2021", "2021");
    day(arena, "202", "2020s");
    day(arena, "19", "1900s");
    day(arena, "2021-SU", "summer 2021");
    day(arena, "2021-WI", "winter 2021–22");
    day(arena, "2021-Q3", "third quarter of 2021");
    day(arena, "2019-W46", "week of 11 November 2019");
    day(arena, "2019-W46-WE", "weekend of 16 November 2019");
    day(arena, "2021-10-15TMO", "15 October 2021, morning");
    day(arena, "2021-10-15T14:30", "15 October 2021, 14:30");
    day(arena, "2021-10/2022-02", "October 2021 to February 2022");
    day(arena, "2021-10/", "from October 2021");
    day(arena, "/2021-10-15", "until 15 October 2021");
    day(arena, "P3M", "P3M");
    day(arena, "\x1b[2J<b>", "[2J<b>");
}

/* Coarse before fine, quotes by what they say of their time, undated behind; nothing lost. */
static void weaving(sf_arena *arena) {
    static const char *const whens[] = {"2021-10-15", "2021",    "P3M",     "2020-12",
                                        "2021-SU",    "202",     "2021-10", "/2019",
                                        "2021-01-01", "2021-06", "2022/"};
    static const char *const order[] = {"/2019",   "202",     "2020-12", "2021",       "2021-01-01",
                                        "2021-SU", "2021-06", "2021-10", "2021-10-15", "2022/"};
    sf_dossier *d = made_of(arena, SF_STR("x"), SF_LEN(whens));
    for (size_t i = 0; i < SF_LEN(whens); i++)
        d->events[i].when = sf_str_of(whens[i]);
    d->quote_count = 1;
    d->quotes[0].when = SF_ABSENT;
    sf_weave w = sf_weave_of(arena, d);
    CHECK_INT(w.count, SF_LEN(whens) + 1);
    CHECK_INT(w.dated, SF_LEN(order));
    for (size_t i = 0; i < w.dated && i < SF_LEN(order); i++)
        CHECK_STR(w.items[i].when, order[i]);
    CHECK_STR(w.items[1].year, "2020s");
    CHECK(!w.items[3].period.ptr);
    CHECK_STR(w.items[5].period, "summer 2021");
    CHECK_STR(w.items[8].period, "October");
}

/* ---- text fragments ---- */

static void fragment(sf_arena *arena, const char *context, const char *words, const char *link) {
    sf_receipt r = made_receipt(context, words);
    r.url = SF_STR("https://a.example/p");
    sf_str got = sf_show_fragment(arena, &r);
    sf_str head = SF_STR("https://a.example/p#:~:text=");
    check_str(sf_str_sub(got, head.len, got.len), sf_str_of(link), words, __FILE__, __LINE__);
}

static void url(sf_arena *arena, const char *address, const char *start) {
    sf_receipt r = made_receipt("one two three four five six", "one two three four five six");
    r.url = sf_str_of(address);
    sf_str got = sf_show_fragment(arena, &r);
    if (start)
        check_that(sf_str_starts(got, sf_str_of(start)), address, __FILE__, __LINE__);
    else
        check_that(!got.ptr, address, __FILE__, __LINE__);
    if (start && !sf_str_starts(got, sf_str_of(start)))
        printf("# got %.*s\n", SF_ARG(got));
}

static void fragments(sf_arena *arena) {
    fragment(arena, "We say so. The crew packed up on Tuesday. Then it rained.",
             "The crew packed up on Tuesday.", "The%20crew%20packed%20up%20on%20Tuesday.");
    /* delimiters of the syntax */
    fragment(arena, "salt-and-pepper, A&B, 100% and more", "salt-and-pepper, A&B, 100% and more",
             "salt%2Dand%2Dpepper%2C%20A%26B%2C%20100%25%20and%20more");
    /* white space as it is rendered */
    fragment(arena,
             "one  two\t three\xC2\xA0"
             "four five",
             "one  two\t three\xC2\xA0"
             "four five",
             "one%20two%20three%20four%20five");
    /* a line break is one on the page too */
    fragment(arena, "This week\nLow Bridge: mind your head",
             "This week\nLow Bridge: mind your head",
             "This%20week,Low%20Bridge%3A%20mind%20your%20head");
    /* short words take their neighbours along */
    fragment(arena, "Yes, she told us, I did. And I would again, she said.", "I did.",
             "Yes%2C%20she%20told%20us%2C-,I%20did.,-And%20I%20would%20again%2C");
    /* twice in the paragraph */
    fragment(arena, "a b c d e f then a b c d e f", "a b c d e f",
             "a%20b%20c%20d%20e%20f,-then%20a%20b%20c");
    /* two blocks: start in the one, end in the other; sides do not cross blocks */
    fragment(arena, "Head\n\nOne two three four five six seven.\n\nEight nine ten.\n\nTail",
             "One two three four five six seven.\n\nEight nine ten.",
             "One%20two%20three%20four%20five%20six%20seven.,Eight%20nine%20ten.");
    /* within a word */
    fragment(arena, "unbelievable things happen here every day now",
             "believable things happen here every",
             "un-,believable%20things%20happen%20here%20every,-day%20now");
    fragment(arena, "what the harbour’s oldest boat yard has to say to that",
             "’s oldest boat yard has to say",
             "what%20the%20harbour-,%E2%80%99s%20oldest%20boat%20yard%20has%20to%20say,-to%20that");
    fragment(arena, "so says the oldest yard of the harbour’s north",
             "the oldest yard of the harbour",
             "so%20says-,the%20oldest%20yard%20of%20the%20harbour,-%E2%80%99s%20north");
    fragment(arena, "\xE2\x80\x9CNo\xE2\x80\x9D", "No", "%E2%80%9C-,No,-%E2%80%9D");
    url(arena, "https://a.example/p#top", "https://a.example/p#top:~:text=one");
    url(arena, "https://a.example/p#:~:text=x", "https://a.example/p#:~:text=one");
    url(arena, "HTTP://a.example/a b\"<\xC3\xA9", "HTTP://a.example/a%20b%22%3C%C3%A9#:~:text=one");
    url(arena, "https://[::1]/[a]?b[]=50%&c=%41#d#e",
        "https://[::1]/%5Ba%5D?b%5B%5D=50%25&c=%41#d%23e:~:text=one");
    url(arena, "javascript:alert(1)", NULL);
    url(arena,
        "https://\xE2\x80\xAE"
        "elpmaxe.a/",
        NULL);
    url(arena, "data:text/html,x", NULL);
    url(arena, "https://", NULL);
    url(arena, "https:///path", NULL);
    url(arena, "https://a\"b/", NULL);
    url(arena, " https://a.example/", NULL);
    url(arena, "//a.example/", NULL);
}

/* A long stretch goes out by its ends, and the end is that of the stretch. */
static void long_fragments(sf_arena *arena) {
    sf_buf b = sf_buf_new(arena);
    for (int i = 0; i < 60; i++)
        sf_buf_printf(&b, "%sagain and again w%d", i ? " " : "", i);
    sf_buf_char(&b, '\0');
    fragment(arena, b.ptr, b.ptr,
             "again%20and%20again%20w0%20again%20and%20again%20w1%20again%20and,again%20w57%20"
             "again%20and%20again%20w58%20again%20and%20again%20w59");
    b.len = 0; /* no word ends in it */
    for (int i = 0; i < 40000; i++)
        sf_buf_add(&b, SF_STR("\xE6\xBD\xAE"));
    sf_receipt r = made_receipt("", "");
    r.exact = r.context = sf_buf_str(&b);
    r.in_context = (sf_span){0, (uint32_t)b.len};
    CHECK(sf_show_fragment(arena, &r).len < 200000);
}

/* ---- hostile strings ---- */

/* No character that acts on the text around it. */
static bool is_calm(sf_str s, bool color) {
    size_t bytes;
    for (size_t i = 0; i < s.len; i += bytes) {
        uint32_t c = sf_utf8_at(s, i, &bytes);
        if (c == 0xFFFD && bytes == 1)
            return false;
        if (c == '\n')
            continue;
        if (color && c == 0x1b) { /* only the styles that we set */
            size_t k = i + 2;
            while (k < s.len && (sf_is_digit(s.ptr[k]) || s.ptr[k] == ';'))
                k++;
            if (i + 1 >= s.len || s.ptr[i + 1] != '[' || k >= s.len || s.ptr[k] != 'm')
                return false;
            continue;
        }
        if (c < 0x20 || (c >= 0x7f && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
            (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
            (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c < 0xE0100))
            return false;
    }
    return true;
}

typedef struct walk {
    const char *fault;
    size_t elements, marks, scripts;
} walk;

static bool one_of(const char *name, const char *words) {
    sf_str all = sf_str_of(words);
    size_t len = strlen(name);
    for (size_t at = 0; (at = sf_str_find(all, sf_str_of(name), at)) != SIZE_MAX; at++)
        if (all.ptr[at - 1] == ' ' && all.ptr[at + len] == ' ')
            return true;
    return false;
}

/* "low-tide.receipts-3.html#f0123", or a twin of the page. */
static bool leads_into(sf_str link) {
    sf_str stem = SF_STR("low-tide.");
    for (size_t i = 0; i < link.len; i++)
        if (!sf_is_alpha(link.ptr[i]) && !sf_is_digit(link.ptr[i]) && !strchr("-.#", link.ptr[i]))
            return false;
    return sf_str_starts(link, stem);
}

static void check_attribute(const GumboAttribute *a, walk *w) {
    sf_str v = sf_str_of(a->value);
    if (!one_of(
            a->name,
            " aria-current aria-hidden aria-label aria-labelledby autocomplete charset class "
            "content cx cy d data-by data-is data-key data-row data-said data-was datetime dir "
            "for height hidden href http-equiv id lang max min name property r rel role rx step "
            "tabindex title type value viewBox width x y "))
        w->fault = "an attribute that show does not write";
    if (strcmp(a->name, "href") == 0 && !sf_str_starts_ci(v, SF_STR("http://")) &&
        !sf_str_starts_ci(v, SF_STR("https://")) && !sf_str_starts(v, SF_STR("#")) &&
        !sf_str_equal(v, SF_STR("data:,")) && !sf_str_ends(v, SF_STR(".html")) && !leads_into(v))
        w->fault = "a link that leads to no page";
    if (!is_calm(v, false))
        w->fault = "an attribute with a control character";
}

static void walk_node(const GumboNode *n, walk *w, int depth) {
    if (depth > 40) {
        w->fault = "too deep";
        return;
    }
    if (n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE) {
        if (!is_calm(sf_str_of(n->v.text.text), false))
            w->fault = "text with a control character";
        return;
    }
    if (n->type != GUMBO_NODE_ELEMENT) {
        w->fault = "a comment or other odd node";
        return;
    }
    const GumboElement *e = &n->v.element;
    w->elements++;
    w->marks += e->tag == GUMBO_TAG_MARK;
    w->scripts += e->tag == GUMBO_TAG_SCRIPT;
    GumboStringPiece drawn = e->original_tag; /* SVG's have no number */
    gumbo_tag_from_original_text(&drawn);
    char name[16] = "";
    if (e->tag == GUMBO_TAG_UNKNOWN && drawn.length < sizeof name)
        memcpy(name, drawn.data, drawn.length);
    if (!one_of(name[0] ? name : gumbo_normalized_tagname(e->tag),
                " a b bdi blockquote body circle cite del details div footer form g h1 h2 h3 head "
                "header "
                "html input ins label li link main mark meta nav ol option output p path rect "
                "script section select span style summary sup svg text time title ul "))
        w->fault = "an element that show does not write";
    for (unsigned i = 0; i < e->attributes.length; i++)
        check_attribute(e->attributes.data[i], w);
    for (unsigned i = 0; i < e->children.length; i++)
        walk_node(e->children.data[i], w, depth + 1);
}

/* Parses without an error, and holds nothing but what show writes. Gives the number of elements. */
static size_t check_html(sf_str html, size_t scripts, const char *what) {
    GumboOutput *parsed = gumbo_parse_with_options(&kGumboDefaultOptions, html.ptr, html.len);
    walk w = {0};
    walk_node(parsed->root, &w, 0);
    check_that(parsed->errors.length == 0, what, __FILE__, __LINE__);
    check_that(w.scripts == scripts, "the page's own script and its JSON-LD", __FILE__, __LINE__);
    check_that(!w.fault, w.fault ? w.fault : "html is what show writes", __FILE__, __LINE__);
    gumbo_destroy_output(&kGumboDefaultOptions, parsed);
    return w.elements;
}

static void hostiles(sf_arena *arena) {
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < SF_LEN(hostile); i++) {
        const char *what = sf_str_format(arena, "hostile %zu", i).ptr;
        sf_dossier *d = made_of(arena, hostile[i], 2);
        out.len = 0;
        sf_show_page(&out, d, &setting);
        check_html(sf_buf_str(&out), 2, what);
        out.len = 0;
        sf_show_json(&out, d);
        json_error_t bad;
        json_t *json = json_loadb(out.ptr, out.len, JSON_ALLOW_NUL, &bad);
        check_that(json != NULL, what, __FILE__, __LINE__);
        json_decref(json);
        for (int width = 0; width < 120; width += 50) {
            out.len = 0;
            sf_show_terminal(&out, d, (sf_terminal){width, width == 50});
            check_that(is_calm(sf_buf_str(&out), width == 50), what, __FILE__, __LINE__);
        }
    }
}

/* However long a text, it is text: a page has the same elements for whatever words it tells. */
static void same_shape(sf_arena *arena) {
    sf_buf out = sf_buf_new(arena);
    sf_show_page(&out, made_of(arena, SF_STR("harmless"), 2), &setting);
    size_t wanted = check_html(sf_buf_str(&out), 2, "harmless");
    out.len = 0;
    sf_show_page(&out, made_of(arena, SF_STR("<i>x</i><details open><svg/onload=a>"), 2), &setting);
    CHECK_INT(check_html(sf_buf_str(&out), 2, "markup"), wanted);
}

/* The page of a long dossier, which has no receipts, and one of those that have them. */
static void annexes(sf_arena *arena) {
    static const sf_setting own = {.stem = {"low-tide", 8}};
    sf_buf out = sf_buf_new(arena);
    CHECK_INT(sf_show_annex_count(made_of(arena, SF_STR("harmless"), 700)), 0);
    for (size_t i = 0; i < SF_LEN(hostile); i++) {
        sf_dossier *d = made_of(arena, hostile[i], 800);
        const char *what = sf_str_format(arena, "hostile %zu, long", i).ptr;
        CHECK_INT(sf_show_annex_count(d), 7);
        out.len = 0;
        sf_show_annex(&out, d, &own, 7);
        check_html(sf_buf_str(&out), 1, what);
        CHECK(sf_str_find(sf_buf_str(&out), SF_STR("<mark>"), 0) != SIZE_MAX);
        if (i % 8)
            continue;
        out.len = 0;
        sf_show_page(&out, d, &own);
        check_html(sf_buf_str(&out), 1, what);
        CHECK(sf_str_find(sf_buf_str(&out), SF_STR("<mark>"), 0) == SIZE_MAX);
    }
}

/* ---- terminal ---- */

static int columns(sf_str line) { /* for text without wide or combining characters */
    int n = 0;
    size_t bytes;
    for (size_t i = 0; i < line.len; i += bytes, n++)
        sf_utf8_at(line, i, &bytes);
    return n;
}

static void folding(sf_arena *arena) {
    sf_dossier *d = made_dossier(arena);
    sf_buf text = sf_buf_new(arena), out = sf_buf_new(arena);
    for (int i = 0; i < 300; i++)
        sf_buf_printf(&text, "%s%.*s", i ? " " : "", i % 50,
                      "wordswordswordswordswordswordswordswordswordsword");
    for (int i = 0; i < 500; i++)
        sf_buf_char(&text, 'x');
    d->name = d->events[0].text = d->quotes[0].text = d->quotes[0].speaker = sf_buf_str(&text);
    for (int width = 40; width < 100; width += 7) {
        out.len = 0;
        sf_show_terminal(&out, d, (sf_terminal){width, false});
        int widest = 0;
        sf_str all = sf_buf_str(&out);
        for (size_t i = 0, end; i < all.len; i = end + 1) {
            end = sf_str_find(all, SF_STR("\n"), i);
            sf_str line = sf_str_sub(all, i, end);
            int w = sf_str_find(line, SF_STR("://"), 0) == SIZE_MAX ? columns(line) : 0;
            widest = w > widest ? w : widest;
        }
        CHECK(widest <= width);
    }
    /* two columns each: twenty a line at most, and no half of one */
    out.len = 0;
    text.len = 0;
    for (int i = 0; i < 100; i++)
        sf_buf_add(&text, SF_STR("\xE6\xBD\xAE"));
    d->name = sf_buf_str(&text);
    sf_show_terminal(&out, d, (sf_terminal){40, false});
    CHECK_INT(sf_str_find(sf_buf_str(&out), SF_STR("\n"), 0), 60);
}

/* ---- time ---- */

static double seconds(sf_arena *arena, const sf_dossier *d) {
    sf_buf out = sf_buf_new(arena);
    clock_t start = clock();
    sf_show_page(&out, d, &setting);
    sf_show_terminal(&out, d, (sf_terminal){80, true});
    sf_show_json(&out, d);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static sf_dossier *large(sf_arena *arena, size_t items, sf_str context) {
    sf_dossier *d =
        made_of(arena, SF_STR("A sentence of some length that says what happened."), items);
    sf_receipt *r = d->quotes[0].receipts;
    if (context.ptr) {
        r->context = context;
        r->in_context = (sf_span){(uint32_t)context.len / 2, (uint32_t)context.len / 2 + 20};
        r->url = SF_STR("https://a.example/");
    }
    for (size_t i = 0; i < items; i++) {
        d->events[i].when = sf_str_format(arena, "20%02zu-%02zu", i * 7 % 100, i % 12 + 1);
        d->quotes[i].when = SF_STR("2021-10-15");
        d->quotes[i].speaker = sf_str_format(arena, "Speaker %zu", i);
    }
    return d;
}

static void in_time(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    double once = seconds(&arena, large(&arena, 5000, SF_ABSENT));
    double twice = seconds(&arena, large(&arena, 10000, SF_ABSENT));
    printf("# 5,000 quotes and 5,000 sentences: %.3f s; twice as many: %.3f s\n", once, twice);
    CHECK(twice < 3 * once + 0.2);
    /* a page that is one block of 4 MB, told from again and again */
    sf_buf block = sf_buf_new(&arena);
    while (block.len < (4 << 20))
        sf_buf_add(&block, SF_STR("word and "));
    double slow = seconds(&arena, large(&arena, 5000, sf_buf_str(&block)));
    printf("# the same out of one block of 4 MB: %.3f s\n", slow);
    CHECK(slow < 20 * once + 1);
    sf_arena_clear(&arena);
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    goldens(&arena);
    days(&arena);
    weaving(&arena);
    fragments(&arena);
    long_fragments(&arena);
    hostiles(&arena);
    same_shape(&arena);
    annexes(&arena);
    folding(&arena);
    sf_arena_clear(&arena);
    in_time();
    return check_done();
}
