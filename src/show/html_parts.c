#include "show/html.h"

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
        bytes = 1;
        if (sf_is_alpha(s.ptr[i]) || s.ptr[i] == ' ')
            continue;
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
    sf_html_text(out, sf_plain_line(out->arena, s));
    SF_HTML(out, "</bdi>");
}

void sf_html_subject(sf_leaf *leaf, sf_str name, sofar_subject_type type) {
    sf_str stem =
        leaf->setting->shelf ? sf_shelf_stem(leaf->setting->shelf, name, type) : SF_ABSENT;
    bool link = stem.ptr && !sf_str_equal(stem, leaf->setting->stem);
    if (link) {
        SF_HTML(leaf->out, "<a href=\"");
        if (leaf->setting->live)
            sf_html_text(leaf->out, leaf->setting->live->up);
        sf_html_text(leaf->out, stem);
        SF_HTML(leaf->out, ".html\">");
    }
    sf_html_name(leaf->out, name);
    if (link)
        SF_HTML(leaf->out, "</a>");
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

void sf_html_section(sf_buf *out, const char *id, const char *title) {
    sf_buf_printf(out,
                  "<section class=\"%s\" id=\"%s\" aria-labelledby=\"h-%s\">\n<h2 "
                  "id=\"h-%s\">%s</h2>\n",
                  id, id, id, id, title);
}

enum { CHUNK = 50 };

void sf_html_chunk(sf_leaf *leaf, size_t said, const char *tag, const char *class) {
    if (said && !(leaf->compact && said % CHUNK == 0))
        return;
    if (said)
        sf_buf_printf(leaf->out, "</%s>\n", tag);
    sf_buf_printf(leaf->out, "<%s class=\"%s%s\">\n", tag, class, leaf->compact ? " chunk" : "");
}
