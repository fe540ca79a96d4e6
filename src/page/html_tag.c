#include "page/html_tag.h"

bool sf_html_attr_next(sf_str html, uint32_t end, uint32_t *at, sf_html_attr *out) {
    const char *s = html.ptr;
    uint32_t i = *at;
    while (i < end && (sf_is_space(s[i]) || s[i] == '/'))
        i++;
    if (i >= end || s[i] == '>') {
        *at = i;
        return false;
    }
    uint32_t name = i++; /* a '=' in first place belongs to the name */
    while (i < end && !sf_is_space(s[i]) && s[i] != '/' && s[i] != '>' && s[i] != '=')
        i++;
    *out = (sf_html_attr){{name, i}, {i, i}};
    uint32_t behind = i;
    while (i < end && sf_is_space(s[i]))
        i++;
    if (i >= end || s[i] != '=') {
        *at = behind;
        return true;
    }
    i++;
    while (i < end && sf_is_space(s[i]))
        i++;
    if (i < end && (s[i] == '"' || s[i] == '\'')) {
        const char *quote = memchr(s + i + 1, s[i], end - i - 1);
        uint32_t close = quote ? (uint32_t)(quote - s) : end;
        out->value = (sf_span){i + 1, close};
        *at = quote ? close + 1 : end;
        return true;
    }
    uint32_t value = i;
    while (i < end && !sf_is_space(s[i]) && s[i] != '>')
        i++;
    out->value = (sf_span){value, i};
    *at = i;
    return true;
}

bool sf_html_tag_read(sf_str html, size_t at, size_t most_attrs, uint32_t *surplus,
                      sf_html_tag *out) {
    const char *s = html.ptr;
    uint32_t end = (uint32_t)html.len, i = (uint32_t)at + 1;
    bool closing = s[i] == '/';
    i += closing;
    uint32_t name = i;
    while (i < end && !sf_is_space(s[i]) && s[i] != '/' && s[i] != '>')
        i++;
    *out = (sf_html_tag){(uint32_t)at, 0, {name, i}, closing, false};
    if (surplus)
        *surplus = 0;
    sf_html_attr attr;
    for (size_t n = 0; sf_html_attr_next(html, end, &i, &attr); n++)
        if (surplus && n == most_attrs)
            *surplus = attr.name.begin;
    if (i >= end)
        return false;
    out->end = i + 1;
    out->self_closing = s[i - 1] == '/';
    return true;
}

bool sf_html_name_is(sf_str html, sf_span name, sf_str lower) {
    return name.end - name.begin == lower.len && sf_str_equal_ci(sf_span_of(html, name), lower);
}

size_t sf_html_declaration_end(sf_str html, size_t at) {
    if (html.len - at < 4 || memcmp(html.ptr + at, "<!--", 4) != 0) {
        size_t end = sf_str_find(html, SF_STR(">"), at + 1);
        return end == SIZE_MAX ? html.len : end + 1;
    }
    /* "<!-->" and "<!--->" are whole comments; "--!>" ends one too. */
    for (size_t i = at + 2; (i = sf_str_find(html, SF_STR("--"), i)) != SIZE_MAX; i++) {
        size_t k = i + 2;
        while (k < html.len && html.ptr[k] == '-')
            k++; /* a long rule of dashes */
        if (k < html.len && html.ptr[k] == '>')
            return k + 1;
        if (k + 1 < html.len && html.ptr[k] == '!' && html.ptr[k + 1] == '>' && i >= at + 4)
            return k + 2;
        i = k - 2;
    }
    return html.len;
}

static bool tag_name_ends(sf_str html, size_t at) {
    return at < html.len &&
           (sf_is_space(html.ptr[at]) || html.ptr[at] == '/' || html.ptr[at] == '>');
}

static bool names_at(sf_str html, size_t at, sf_str name) {
    return html.len - at > name.len && sf_str_equal_ci(sf_str_sub(html, at, at + name.len), name) &&
           tag_name_ends(html, at + name.len);
}

size_t sf_html_raw_end(sf_str html, size_t at, sf_str name) {
    bool script = sf_str_equal(name, SF_STR("script"));
    size_t escaped = SIZE_MAX; /* behind "<!--", until "-->" */
    bool twice = false;        /* and behind a "<script" in there */
    for (size_t i = at; i < html.len;) {
        const char *p = memchr(html.ptr + i, '<', html.len - i);
        size_t next = p ? (size_t)(p - html.ptr) : html.len;
        if (escaped != SIZE_MAX) {
            size_t close = sf_str_find(sf_str_sub(html, 0, next), SF_STR("-->"), escaped);
            if (close != SIZE_MAX)
                escaped = SIZE_MAX, twice = false;
            else
                escaped = next > 2 && next - 2 > escaped ? next - 2 : escaped;
        }
        if (!p)
            return SIZE_MAX;
        i = next + 1;
        if (i < html.len && html.ptr[i] == '/' && names_at(html, i + 1, name)) {
            if (!twice)
                return next;
            twice = false;
        } else if (script && escaped == SIZE_MAX && html.len - i >= 3 &&
                   memcmp(html.ptr + i, "!--", 3) == 0) {
            escaped = i + 1;
        } else if (script && escaped != SIZE_MAX && names_at(html, i, name)) {
            twice = true;
        }
    }
    return SIZE_MAX;
}
