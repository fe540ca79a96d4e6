/* Exports: a dossier through every format. tests/export.py reads what the command exports with
 * independent parsers; here are golden files and hostile strings. With SOFAR_UPDATE set, golden
 * files are rewritten. */
#include <jansson.h>

#include "golden.h"
#include "hostile.h"
#include "made_dossier.h"
#include "show/export.h"

static void goldens(sf_arena *arena) {
    sf_dossier *d = made_dossier(arena);
    sf_buf out = sf_buf_new(arena);
    sf_show_jsonld(&out, d);
    golden(arena, "dossier.jsonld", sf_buf_str(&out));
    out.len = 0;
    sf_show_ical(&out, d);
    golden(arena, "dossier.ics", sf_buf_str(&out));
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

/* ---- hostile strings ---- */

static json_t *parsed(sf_str s) {
    json_error_t err;
    json_t *root = json_loadb(s.ptr, s.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &err);
    check_that(root != NULL, "is JSON without a key twice", __FILE__, __LINE__);
    if (!root)
        printf("# %s at %d\n", err.text, err.position);
    return root;
}

static void hostiles(sf_arena *arena) {
    for (size_t i = 0; i < SF_LEN(hostile); i++) {
        sf_dossier *d = made_of(arena, hostile[i], 2);
        const char *what = sf_str_format(arena, "hostile %zu", i).ptr;
        sf_buf out = sf_buf_new(arena);
        sf_show_jsonld(&out, d);
        json_decref(parsed(sf_buf_str(&out)));
        out.len = 0;
        for (size_t f = 0; f < d->fact_count; f++) {
            d->facts[f].when = SF_STR("2022-05-06");
            d->facts[f].status = SOFAR_PLANNED;
        }
        sf_show_ical(&out, d);
        check_ical(sf_buf_str(&out), what);
    }
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    goldens(&arena);
    precision(&arena);
    hostiles(&arena);
    sf_arena_clear(&arena);
    return check_done();
}
