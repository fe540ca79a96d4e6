/* Exports: a dossier through every format. tests/export.py reads what the command exports with
 * independent parsers; here are golden files and hostile strings. With SOFAR_UPDATE set, golden
 * files are rewritten. */
#include <jansson.h>

#include "golden.h"
#include "hostile.h"
#include "made_dossier.h"
#include "show/export.h"

/* The dossier in a format, as a whole export has it. */
static sf_str exported(sf_arena *arena, const sf_format *format, size_t table, const sf_dossier *d,
                       const sf_labels *labels) {
    sf_buf out = sf_buf_new(arena);
    sf_exporter e = {
        .format = format, .labels = labels, .table = table, .name = d->name, .keep = arena};
    format->begin(&e, &out);
    format->dossier(&e, &out, d);
    format->end(&e, &out);
    return sf_buf_str(&out);
}

static sf_labels labels_of(sf_arena *arena, const char *text) {
    sf_labels labels = {0};
    sofar_error err;
    CHECK(sf_labels_read(arena, "labels.tsv", sf_str_of(text), &labels, &err) == SOFAR_OK);
    return labels;
}

/* The pages of the dossier have what a capture tells besides. */
static sf_dossier *with_pages(sf_arena *arena, sf_dossier *d) {
    static sf_str byline[] = {{"Mo Fen", 6}, {"Lu | Pell", 9}};
    sf_capture *page = SF_NEW(arena, sf_capture);
    page->captured = SF_STR("2021-11-01T10:00:00Z");
    page->clipping.byline = byline;
    page->clipping.byline_count = SF_LEN(byline);
    page->clipping.lang = SF_STR("en-GB");
    memcpy(page->clipping.sha256, d->quotes[0].receipts[0].sha256, 65);
    for (size_t i = 0; i < d->source_count; i++)
        d->sources[i].page = page;
    for (size_t i = 0; i < d->fact_count; i++) {
        sf_receipt *r = d->facts[i].receipts;
        page->clipping.text = sf_str_format(arena, "%100s%.*s", "", SF_ARG(r->context));
        r->page = SF_NEW(arena, sf_capture);
        *(sf_capture *)(uintptr_t)r->page = *page;
    }
    return d;
}

static void goldens(sf_arena *arena) {
    sf_dossier *d = with_pages(arena, made_dossier(arena));
    sf_labels labels = labels_of(arena, "# ours\nlow  tide\tQ101\nAna Ruiz\tQ102\n");
    for (size_t f = 0; f < sf_format_count; f++) {
        const char *format = sf_formats[f].name;
        bool csv = strcmp(format, "csv") == 0;
        for (size_t t = 0; t < (csv ? sf_table_count : 1); t++)
            golden(arena,
                   csv ? sf_str_format(arena, "dossier.%s.csv", sf_table_names[t]).ptr
                       : sf_str_format(arena, "dossier.%s", format).ptr,
                   exported(arena, &sf_formats[f], t, d, &labels));
    }
}

/* ---- iCalendar ---- */

/* Lines end with CRLF, are at most 75 octets long, are UTF-8, and begin with a name or a space. */
static const char *fault_of_ical(sf_str all) {
    size_t bad;
    for (size_t at = 0, end; at < all.len; at = end + 2) {
        end = sf_str_find(all, SF_STR("\r\n"), at);
        if (end == SIZE_MAX)
            return "a line does not end";
        sf_str line = sf_str_sub(all, at, end);
        if (line.len > 75)
            return "a line is longer than 75 octets";
        if (!sf_utf8_valid(line, &bad))
            return "a line is no UTF-8";
        if (!line.len || !(line.ptr[0] == ' ' || (line.ptr[0] >= 'A' && line.ptr[0] <= 'Z')))
            return "a line is no property";
        for (size_t i = 0; i < line.len; i++)
            if ((unsigned char)line.ptr[i] < 0x20 || line.ptr[i] == 0x7f)
                return "a line has a control character";
    }
    return NULL;
}

static sf_str unfolded(sf_arena *arena, sf_str s) {
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '\r' && sf_str_starts(sf_str_sub(s, i, s.len), SF_STR("\r\n ")))
            i += 2;
        else
            sf_buf_char(&out, s.ptr[i]);
    return sf_buf_str(&out);
}

static void check_ical(sf_str s, const char *what) {
    const char *fault = fault_of_ical(s);
    check_that(!fault, fault ? fault : what, __FILE__, __LINE__);
}

static bool calendar_has(sf_arena *arena, const char *when, const char *line) {
    sf_dossier *d = made_dossier(arena);
    sf_buf out = sf_buf_new(arena);
    d->facts[2].when = sf_str_of(when);
    d->fact_count = 3;
    sf_show_ical(&out, d);
    return sf_str_find(unfolded(arena, sf_buf_str(&out)), sf_str_of(line), 0) != SIZE_MAX;
}

/* An event is as long as its time is vague. */
static void precision(sf_arena *arena) {
    static const struct {
        const char *when, *lines;
    } cases[] = {
        {"2022-05-06", "DTSTART;VALUE=DATE:20220506\r\nDTEND;VALUE=DATE:20220507\r\n"},
        {"2022-12", "DTSTART;VALUE=DATE:20221201\r\nDTEND;VALUE=DATE:20230101\r\n"},
        {"2024-02", "DTSTART;VALUE=DATE:20240201\r\nDTEND;VALUE=DATE:20240301\r\n"},
        {"2022-SU", "DTSTART;VALUE=DATE:20220601\r\nDTEND;VALUE=DATE:20220901\r\n"},
        {"2022", "DTSTART;VALUE=DATE:20220101\r\nDTEND;VALUE=DATE:20230101\r\n"},
        {"2022-10/", "DTSTART;VALUE=DATE:20221001\r\nSUMMARY"},
        {"2022-05-06T19:30", "DTSTART;VALUE=DATE:20220506\r\nDTEND;VALUE=DATE:20220507\r\n"},
    };
    for (size_t i = 0; i < SF_LEN(cases); i++)
        check_that(calendar_has(arena, cases[i].when, cases[i].lines), cases[i].when, __FILE__,
                   __LINE__);
    CHECK(!calendar_has(arena, "P3M", "VEVENT"));
}

/* ---- labels ---- */

static void labels(sf_arena *arena) {
    static const char *const bad[] = {"Ana Ruiz",
                                      "Ana Ruiz\tq5",
                                      "Ana Ruiz\tQ",
                                      "Ana Ruiz\tQ0",
                                      "a\tQ1\nb\tQ2x",
                                      "a\tQ1\nA\tQ2",
                                      "a\tQ123456789012345678901"};
    sf_labels of = labels_of(arena, "Low Tide\tQ1\r\nana ruiz\tnew\n\n# no\n");
    sofar_error err;
    CHECK_STR(sf_labels_find(arena, &of, SF_STR("low TIDE")), "Q1");
    CHECK_STR(sf_labels_find(arena, &of, SF_STR("Ana  Ruiz")), "new");
    CHECK(!sf_labels_find(arena, &of, SF_STR("Ana")).ptr &&
          !sf_labels_find(arena, NULL, SF_STR("x")).ptr);
    for (size_t i = 0; i < SF_LEN(bad); i++)
        check_that(sf_labels_read(arena, "l.tsv", sf_str_of(bad[i]), &of, &err) ==
                           SOFAR_ERR_FORMAT &&
                       sf_str_starts(sf_str_of(err.msg), SF_STR("l.tsv:")),
                   "labels that are none", __FILE__, __LINE__);
}

/* ---- citing ---- */

/* The first independent source is the first that speaks for itself, not who relays it. */
static void citing(sf_arena *arena) {
    static const char *const outlets[] = {"Relay", "First", "Second", "First", "Denier"};
    static const uint64_t origins[] = {7, 7, 9, 7, 5};
    sf_dossier *d = made_dossier(arena);
    sf_told_fact *f = &d->facts[0];
    sf_receipt *r = SF_ARRAY(arena, sf_receipt, SF_LEN(outlets));
    f->statuses = SF_ARRAY(arena, sofar_claim, SF_LEN(outlets));
    f->origins = SF_ARRAY(arena, uint64_t, SF_LEN(outlets));
    for (size_t i = 0; i < SF_LEN(outlets); i++) {
        r[i] = f->receipts[0];
        r[i].outlet = sf_str_of(outlets[i]);
        f->origins[i] = origins[i];
    }
    r[0].relayed = true;
    f->statuses[4] = SOFAR_DENIED;
    f->receipts = r;
    f->receipt_count = SF_LEN(outlets);
    sf_buf out = sf_buf_new(arena);
    sf_show_cite(&out, f, false);
    CHECK_STR(sf_buf_str(&out),
              "<ref>{{cite news |date=15 October 2021 |title=“Low Tide” Wraps on the Coast "
              "|url=https://harbourpost.example/2021/low-tide |work=First |quote=cast as "
              "Mira}}</ref>\n");
    size_t one = out.len;
    sf_show_cite(&out, f, true);
    sf_str all = sf_str_sub(sf_buf_str(&out), one, out.len);
    CHECK(sf_str_find(all, SF_STR("work=First"), 0) < sf_str_find(all, SF_STR("work=Second"), 0));
    CHECK(sf_str_find(all, SF_STR("Relay"), 0) == SIZE_MAX &&
          sf_str_find(all, SF_STR("Denier"), 0) == SIZE_MAX);
}

static void wiki(sf_arena *arena, const char *title, const char *wanted) {
    sf_receipt r = made_receipt("x", "x");
    r.title = sf_str_of(title);
    sf_str got = sf_cite_news(arena, &r);
    size_t from = sf_str_find(got, SF_STR("|title="), 0) + 7,
           to = sf_str_find(got, SF_STR(" |url="), 0);
    check_str(sf_str_sub(got, from, to), sf_str_of(wanted), "a title in wikitext", __FILE__,
              __LINE__);
}

static void wikitext(sf_arena *arena) {
    wiki(arena, "a | b", "a &#124; b");
    wiki(arena, "{{nowiki}} }}", "&#123;&#123;nowiki&#125;&#125; &#125;&#125;");
    wiki(arena, "[[File:x]] [http://x y]", "&#91;&#91;File:x&#93;&#93; &#91;http://x y&#93;");
    wiki(arena, "</ref><script>", "&#60;/ref&#62;&#60;script&#62;");
    wiki(arena, "It's ''so'' it", "It's &#39;&#39;so&#39;&#39; it");
    wiki(arena, "A ~ ~~~~ B", "A ~ &#126;&#126;&#126;&#126; B");
    wiki(arena, "__NOTOC__ a_b", "&#95;&#95;NOTOC&#95;&#95; a_b");
    wiki(arena, "AT&T & Co &amp; &#60;", "AT&T & Co &#38;amp; &#38;#60;");
    wiki(arena, "a --> b - c", "a &#45;&#45;&#62; b - c");
    wiki(arena, "line\n* list\r\n= head =", "line * list = head =");
    wiki(arena, "x=y", "x=y");
}

/* ---- hostile strings ---- */

static json_t *parsed(sf_str s) {
    json_error_t err;
    json_t *root = json_loadb(s.ptr, s.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &err);
    check_that(root != NULL, "is JSON without a key twice", __FILE__, __LINE__);
    if (!root)
        printf("# %s at %d\n", err.text, err.position);
    return root;
}

/* A dossier of one string that is whole besides. */
static sf_dossier *hostile_dossier(sf_arena *arena, size_t i) {
    sf_dossier *d = made_of(arena, hostile[i], 2);
    for (size_t f = 0; f < d->fact_count; f++)
        d->facts[f].id =
            sf_str_format(arena, "%.*s/%zu", SF_ARG(sf_story_key(arena, hostile[i])), f);
    d->facts[1].when = SF_STR("2022-05-06");
    d->facts[1].status = SOFAR_PLANNED;
    d->facts[2].type = SF_STR("plays");
    return d;
}

static void hostiles(sf_arena *arena) {
    for (size_t i = 0; i < SF_LEN(hostile); i++) {
        sf_dossier *d = hostile_dossier(arena, i);
        const char *what = sf_str_format(arena, "hostile %zu", i).ptr;
        sf_buf out = sf_buf_new(arena);
        sf_show_jsonld(&out, d);
        json_decref(parsed(sf_buf_str(&out)));
        out.len = 0;
        sf_show_ical(&out, d);
        check_ical(sf_buf_str(&out), what);
        CHECK(sf_str_equal(sf_story_key_name(arena, d->facts[0].id), hostile[i]) ||
              !hostile[i].len);
    }
}

/* For tests/export.py: each hostile dossier in each format into a file of its own. */
static int write_all(sf_arena *arena, const char *dir) {
    for (size_t i = 0; i < SF_LEN(hostile); i++)
        for (size_t f = 0; f < sf_format_count; f++) {
            bool csv = strcmp(sf_formats[f].name, "csv") == 0;
            for (size_t t = 0; t < (csv ? sf_table_count : 1); t++) {
                sf_str got = exported(arena, &sf_formats[f], t, hostile_dossier(arena, i), NULL);
                const char *path =
                    sf_str_format(arena, "%s/%zu.%zu.%s", dir, i, t, sf_formats[f].name).ptr;
                FILE *out = fopen(path, "wb");
                if (!out || fwrite(got.ptr, 1, got.len, out) != got.len || fclose(out))
                    return 1;
            }
        }
    return 0;
}

int main(int argc, char **argv) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    if (argc > 1) {
        int code = write_all(&arena, argv[1]);
        sf_arena_clear(&arena);
        return code;
    }
    goldens(&arena);
    precision(&arena);
    labels(&arena);
    citing(&arena);
    wikitext(&arena);
    hostiles(&arena);
    sf_arena_clear(&arena);
    return check_done();
}
