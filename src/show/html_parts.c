#include "show/html.h"

#include "show/style.inc"

static const char *entity(uint32_t code) {
    switch (code) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '`': return "&#96;";
    default: return NULL;
    }
}

void sf_html_text(sf_buf *out, sf_str s) {
    size_t plain = 0, bytes; /* s[plain, i) goes out as it is */
    for (size_t i = 0; i < s.len; i += bytes) {
        uint32_t raw = sf_utf8_at(s, i, &bytes), code = sf_plain_code(s, i, &bytes);
        const char *escaped = entity(code);
        bool broken = raw == 0xFFFD && bytes == 1, line_end = raw == '\n'; /* may stay */
        bool same = code && !escaped && !broken && (code == raw || line_end);
        if (same)
            continue;
        sf_buf_add(out, sf_str_sub(s, plain, i));
        char utf8[4];
        if (escaped)
            sf_buf_add(out, sf_str_of(escaped));
        else if (code)
            sf_buf_add(out, (sf_str){utf8, sf_utf8_put(code, utf8)});
        plain = i + bytes;
    }
    sf_buf_add(out, sf_str_sub(s, plain, s.len));
}

void sf_html_href(sf_buf *out, sf_str url) {
    if (!sf_plain_is_link(url))
        return;
    SF_HTML(out, " href=\"");
    sf_html_text(out, sf_plain_link(out->arena, url));
    SF_HTML(out, "\"");
}

void sf_html_name(sf_buf *out, sf_str s) {
    SF_HTML(out, "<bdi>");
    sf_html_text(out, s);
    SF_HTML(out, "</bdi>");
}

/* HTML's <time> takes a year, a month, a day and a week; no season, no range. */
static sf_str machine_day(sf_str value) {
    sf_date date;
    sf_interval in;
    if (sf_date_parse(value, &date))
        return sf_str_sub(value, 0, 10);
    if (value.len == 8 && value.ptr[5] == 'W' && sf_interval_parse(value, &in))
        return value;
    return SF_ABSENT;
}

void sf_html_day(sf_buf *out, sf_str value, sf_str words) {
    sf_str machine = machine_day(value);
    if (!words.ptr)
        words = sf_plain_day(out->arena, value);
    if (machine.ptr) {
        SF_HTML(out, "<time datetime=\"");
        sf_html_text(out, machine);
        SF_HTML(out, "\">");
    }
    sf_html_text(out, words);
    if (machine.ptr)
        SF_HTML(out, "</time>");
}

void sf_html_begin(sf_buf *out, sf_str title) {
    SF_HTML(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src '");
    sf_buf_add(out, sf_str_of(style_hash));
    SF_HTML(out, "'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n"
                 "<meta name=\"referrer\" content=\"no-referrer\">\n"
                 "<meta name=\"generator\" content=\"sofar " SOFAR_VERSION "\">\n"
                 "<link rel=\"icon\" href=\"data:,\">\n<title>");
    sf_html_text(out, sf_plain_line(out->arena, title));
    SF_HTML(out, " – so far</title>\n<style>");
    sf_buf_add(out, (sf_str){style, sizeof style - 1});
    SF_HTML(out, "</style>\n</head>\n<body>\n");
}

void sf_html_end(sf_buf *out) {
    SF_HTML(out,
            "<footer class=\"foot\">\n<p>Everything here is quoted from the pages named. A "
            "receipt shows the words in their place, and its link opens the page at "
            "them.</p>\n<p>Made by sofar " SOFAR_VERSION ".</p>\n</footer>\n</body>\n</html>\n");
}

void sf_html_id(sf_buf *out, const sf_woven *w) {
    size_t count;
    const sf_receipt *r = sf_woven_receipts(w, &count);
    uint64_t hash =
        sf_str_hash(sf_woven_text(out->arena, w)) * 31 + sf_str_hash(w->when) + (w->quote != NULL);
    if (count)
        hash = hash * 31 + sf_str_hash(r->url.ptr ? r->url : r->file) * 7 + r->span.begin;
    sf_buf_printf(out, "i%016llx", (unsigned long long)hash);
}
