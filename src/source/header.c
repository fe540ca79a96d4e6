/* Header fields after RFC 9112, RFC 5322 and the WARC standard, read leniently: either line end,
 * folded lines, white space around the colon. */
#include "source/kinds.h"

/* End of the line at `from`: offset of its line feed, or s.len. */
static size_t line_end(sf_str s, size_t from) {
    const char *lf = from < s.len ? memchr(s.ptr + from, '\n', s.len - from) : NULL;
    return lf ? (size_t)(lf - s.ptr) : s.len;
}

size_t sf_header_length(sf_str s) {
    for (size_t at = 0; at < s.len;) {
        size_t end = line_end(s, at);
        if (end == s.len)
            return 0;
        if (end == at || (end == at + 1 && s.ptr[at] == '\r'))
            return end + 1;
        at = end + 1;
    }
    return 0;
}

bool sf_header_next(sf_str *rest, sf_str *name, sf_str *value) {
    while (rest->len > 0) {
        size_t end = line_end(*rest, 0);
        while (end + 1 < rest->len && (rest->ptr[end + 1] == ' ' || rest->ptr[end + 1] == '\t'))
            end = line_end(*rest, end + 1);
        sf_str line = sf_str_sub(*rest, 0, end);
        *rest = sf_str_sub(*rest, end + 1, rest->len);
        const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
        if (!colon)
            continue;
        *name = sf_str_trim(sf_str_sub(line, 0, (size_t)(colon - line.ptr)));
        *value = sf_str_trim(sf_str_sub(line, (size_t)(colon - line.ptr) + 1, line.len));
        return true;
    }
    return false;
}

sf_str sf_header_find(sf_str block, const char *name) {
    sf_str field, value;
    while (sf_header_next(&block, &field, &value))
        if (sf_str_equal_ci(field, sf_str_of(name)))
            return value;
    return SF_ABSENT;
}

sf_str sf_media_type(sf_str content_type) {
    size_t end = sf_str_find(content_type, SF_STR(";"), 0);
    return sf_str_trim(sf_str_sub(content_type, 0, end));
}

bool sf_media_is_page(sf_str content_type) {
    sf_str type = sf_media_type(content_type);
    return sf_str_equal_ci(type, SF_STR("text/html")) ||
           sf_str_equal_ci(type, SF_STR("application/xhtml+xml")) ||
           sf_str_equal_ci(type, SF_STR("text/plain"));
}

sf_str sf_media_parameter(sf_str s, const char *name) {
    sf_str wanted = sf_str_of(name);
    size_t at = sf_str_find(s, SF_STR(";"), 0);
    while (at < s.len) {
        size_t equals = ++at;
        while (equals < s.len && s.ptr[equals] != '=' && s.ptr[equals] != ';')
            equals++;
        sf_str key = sf_str_trim(sf_str_sub(s, at, equals));
        at = equals;
        if (at >= s.len || s.ptr[at] == ';')
            continue;
        size_t begin = at + 1;
        while (begin < s.len && sf_is_space(s.ptr[begin]))
            begin++;
        size_t end;
        if (begin < s.len && s.ptr[begin] == '"') {
            end = ++begin;
            while (end < s.len && s.ptr[end] != '"')
                end++;
            at = end;
        } else {
            end = begin;
        }
        while (at < s.len && s.ptr[at] != ';')
            at++;
        if (end == begin && !(begin > 0 && s.ptr[begin - 1] == '"'))
            end = at;
        if (sf_str_equal_ci(key, wanted))
            return sf_str_trim(sf_str_sub(s, begin, end));
    }
    return SF_ABSENT;
}

bool sf_number_parse(sf_str s, uint64_t *out) {
    uint64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!sf_is_digit(s.ptr[i]) || n > (UINT64_MAX - 9) / 10)
            return false;
        n = n * 10 + (uint64_t)(s.ptr[i] - '0');
    }
    if (s.len == 0)
        return false;
    *out = n;
    return true;
}
