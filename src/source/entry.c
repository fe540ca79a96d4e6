/* What RSS, Atom and JSON Feed share: names of pages, links, people, titles. */
#include "source/entry.h"

#include <libxml/HTMLparser.h>
#include <libxml/uri.h>

sf_str sf_entry_name(sf_pages *pages, size_t number) {
    return sf_str_format(pages->page, "%.*s#%zu", SF_ARG(pages->name), number);
}

sofar_status sf_entry_too_long(const sf_pages *pages, sf_str name, sofar_error *err) {
    return sf_fail(err, SOFAR_ERR_LIMIT,
                   "%.*s: the entry is longer than %zu bytes; raise --max-page to read it",
                   SF_ARG(name), pages->limit);
}

static bool is_absolute(sf_str s) {
    return sf_str_starts_ci(s, SF_STR("http://")) || sf_str_starts_ci(s, SF_STR("https://"));
}

static void free_xml(void *what) { xmlFree(what); }

sf_str sf_entry_url_from(sf_arena *arena, sf_str base, sf_str link) {
    enum { LONGEST = 8192 };
    link = sf_str_trim(link);
    if (link.len == 0 || link.len > LONGEST || base.len > LONGEST)
        return SF_ABSENT;
    if (is_absolute(link))
        return sf_str_copy(arena, link);
    if (!is_absolute(base) || memchr(link.ptr, '\0', link.len))
        return SF_ABSENT;
    sf_str base_c = sf_str_copy(arena, base), link_c = sf_str_copy(arena, link);
    xmlChar *built = xmlBuildURI((const xmlChar *)link_c.ptr, (const xmlChar *)base_c.ptr);
    if (!built)
        return SF_ABSENT;
    sf_defer(arena, free_xml, built);
    sf_str url = sf_str_of((const char *)built);
    return is_absolute(url) ? url : SF_ABSENT;
}

sf_str sf_entry_url(sf_pages *pages, sf_str link) {
    return sf_entry_url_from(pages->page, pages->hints.url, link);
}

void sf_entry_add_name(sf_buf *names, sf_str person) {
    person = sf_str_trim(person);
    size_t at = sf_str_find(person, SF_STR("@"), 0);
    if (at != SIZE_MAX && at > 0 && !sf_is_space(person.ptr[at - 1])) { /* a mail address */
        size_t open = sf_str_find(person, SF_STR("("), at);
        size_t less = sf_str_find(person, SF_STR("<"), 0);
        if (open != SIZE_MAX)
            person = sf_str_sub(person, open + 1, sf_str_find(person, SF_STR(")"), open));
        else
            person = sf_str_sub(person, 0, less < at ? less : 0);
        person = sf_str_trim(person);
    }
    if (person.len == 0)
        return;
    if (names->len)
        sf_buf_add(names, SF_STR(", "));
    sf_buf_add(names, person);
}

/* ---- markup to text ---- */

/* "&amp;", "&#8217;", "&#x2019;" at s: appends the character and returns the reference's length; 0
 * if it is none. */
static size_t reference(sf_buf *out, sf_str s) {
    size_t end = sf_str_find(sf_str_sub(s, 0, 12), SF_STR(";"), 0);
    char bytes[4], name[12] = "";
    uint32_t code = 0;
    if (end == SIZE_MAX || end < 2)
        return 0;
    if (s.ptr[1] == '#') {
        bool hex = sf_lower(s.ptr[2]) == 'x';
        for (size_t i = hex ? 3 : 2; i < end; i++) {
            char c = sf_lower(s.ptr[i]);
            int digit = sf_is_digit(c) ? c - '0' : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0)
                return 0;
            code = code > 0x10FFFF ? code : code * (hex ? 16 : 10) + (uint32_t)digit;
        }
    } else {
        memcpy(name, s.ptr + 1, end - 1);
        const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
        if (!entity)
            return 0;
        code = entity->value;
    }
    sf_buf_add(out, (sf_str){bytes, sf_utf8_put(code ? code : 0xFFFD, bytes)});
    return end + 1;
}

/* Length of the tag or comment at s, which begins with '<'; 0 if it is no markup. */
static size_t tag(sf_str s) {
    if (s.len < 2 || !(sf_is_alpha(s.ptr[1]) || s.ptr[1] == '/' || s.ptr[1] == '!'))
        return 0;
    const char *end = memchr(s.ptr, '>', s.len < 4096 ? s.len : 4096);
    return end ? (size_t)(end - s.ptr) + 1 : 0;
}

sf_str sf_entry_plain(sf_arena *arena, sf_str html) {
    if (!html.ptr)
        return html;
    enum { LONGEST_LINE = 8192 }; /* a title, not a text */
    sf_buf out = sf_buf_new(arena);
    html = sf_str_sub(html, 0, LONGEST_LINE);
    for (size_t i = 0; i < html.len;) {
        sf_str rest = sf_str_sub(html, i, html.len);
        size_t markup = html.ptr[i] == '<'   ? tag(rest)
                        : html.ptr[i] == '&' ? reference(&out, rest)
                                             : 0;
        if (!markup)
            sf_buf_char(&out, html.ptr[i]);
        i += markup ? markup : 1;
    }
    return sf_str_fold_space(arena, sf_buf_str(&out));
}
