/* What is planned, as iCalendar (RFC 5545): an all-day event a fact that is planned or rumoured and
 * has a place in time, as long as the time is vague: "December 2021" is an event from the 1st to
 * the 31st whose words say so. Planned is CONFIRMED, rumoured or disputed TENTATIVE. DTSTAMP, which
 * every event must have, is the day its last page was published, so the same pages give the same
 * bytes. */
#include "show/export.h"

#include "show/facts.h"

enum { LINE = 75 }; /* octets, without the line break */

/* ---- content lines ---- */

/* "NAME:value", folded between characters; value is escaped already, and plain. */
static void line(sf_buf *out, const char *name, sf_str value) {
    size_t column = 0, bytes;
    sf_str all = sf_str_format(out->arena, "%s:%.*s", name, SF_ARG(value));
    for (size_t i = 0; i < all.len; i += bytes) {
        sf_utf8_at(all, i, &bytes);
        if (column + bytes > LINE) {
            sf_buf_add(out, SF_STR("\r\n "));
            column = 1;
        }
        sf_buf_add(out, sf_str_sub(all, i, i + bytes));
        column += bytes;
    }
    sf_buf_add(out, SF_STR("\r\n"));
}

/* A TEXT value: one plain line, in which commas and their like have a backslash. */
static void text(sf_buf *out, sf_str s) {
    s = sf_plain_line(out->arena, s);
    for (size_t i = 0; i < s.len; i++) {
        if (strchr("\\;,", s.ptr[i]))
            sf_buf_char(out, '\\');
        sf_buf_char(out, s.ptr[i]);
    }
}

static void text_line(sf_buf *out, const char *name, sf_str value) {
    sf_buf escaped = sf_buf_new(out->arena);
    text(&escaped, value);
    line(out, name, sf_buf_str(&escaped));
}

static void day_line(sf_buf *out, const char *name, int32_t day) {
    sf_date d = sf_date_from_days(day);
    line(out, name, sf_str_format(out->arena, "%04d%02d%02d", d.year, d.month, d.day));
}

/* ---- events ---- */

static bool is_planned(const sf_told_fact *f, sf_interval *days) {
    bool ahead = f->status == SOFAR_PLANNED || f->status == SOFAR_RUMOURED;
    bool holds = f->state == SF_CURRENT || f->state == SF_DISPUTED;
    if (!ahead || !holds || !f->when.ptr || !sf_interval_parse(f->when, days))
        return false;
    if (days->first == INT32_MIN) /* "until": the last day is what is known */
        days->first = days->last;
    return days->first != INT32_MAX && sf_date_from_days(days->first).year > 0;
}

/* "4 March 2021" for the last page's day; the epoch for what only undated pages say. */
static void stamp(sf_buf *out, const sf_told_fact *f) {
    sf_interval said = {0, 0};
    if (f->last_said.ptr && !sf_interval_parse(f->last_said, &said))
        said.last = 0;
    sf_date d = sf_date_from_days(said.last);
    line(out, "DTSTAMP", sf_str_format(out->arena, "%04d%02d%02dT000000Z", d.year, d.month, d.day));
}

/* The words, the state, and a line to cite each page by. */
static void description(sf_buf *out, const sf_told_fact *f) {
    sf_buf all = sf_buf_new(out->arena);
    text(&all, sf_plain_count(out->arena, f->sources, "source", "sources"));
    if (f->by.ptr) {
        sf_buf_add(&all, SF_STR("\\naccording to "));
        text(&all, f->by);
    }
    for (size_t i = 0; i < f->receipt_count; i++) {
        const sf_receipt *r = &f->receipts[i];
        sf_buf_add(&all, SF_STR("\\n“"));
        text(&all, r->exact);
        sf_buf_add(&all, SF_STR("” "));
        text(&all, sf_plain_cite(out->arena, r));
    }
    line(out, "DESCRIPTION", sf_buf_str(&all));
}

static void event(sf_buf *out, const sf_dossier *d, const sf_told_fact *f, sf_interval days) {
    bool sure = f->status == SOFAR_PLANNED && f->state == SF_CURRENT;
    line(out, "BEGIN", SF_STR("VEVENT"));
    line(out, "UID", sf_plain_uuid(out->arena, f->id.ptr ? f->id : sf_plain_fact(out->arena, f)));
    stamp(out, f);
    day_line(out, "DTSTART;VALUE=DATE", days.first);
    if (days.last != INT32_MAX)
        day_line(out, "DTEND;VALUE=DATE", days.last + 1);
    text_line(out, "SUMMARY", sf_show_fact_line(out->arena, f));
    description(out, f);
    text_line(out, "CATEGORIES", d->name);
    line(out, "STATUS", sure ? SF_STR("CONFIRMED") : SF_STR("TENTATIVE"));
    line(out, "TRANSP", SF_STR("TRANSPARENT"));
    sf_str link = f->receipt_count ? sf_show_fragment(out->arena, f->receipts) : SF_ABSENT;
    if (link.ptr)
        line(out, "URL", link);
    line(out, "END", SF_STR("VEVENT"));
}

void sf_ical_begin(sf_buf *out, sf_str name) {
    line(out, "BEGIN", SF_STR("VCALENDAR"));
    line(out, "VERSION", SF_STR("2.0"));
    line(out, "PRODID", SF_STR("-//sofar//sofar " SOFAR_VERSION "//EN"));
    text_line(out, "NAME", name);
    text_line(out, "X-WR-CALNAME", name); /* what NAME was before RFC 7986 */
}

void sf_ical_events(sf_buf *out, const sf_dossier *d) {
    for (size_t i = 0; i < d->fact_count; i++) {
        sf_interval days;
        if (is_planned(&d->facts[i], &days))
            event(out, d, &d->facts[i], days);
    }
}

void sf_ical_end(sf_buf *out) { line(out, "END", SF_STR("VCALENDAR")); }

void sf_show_ical(sf_buf *out, const sf_dossier *d) {
    sf_ical_begin(out, d->name);
    sf_ical_events(out, d);
    sf_ical_end(out);
}
