/* Was it told to the page's own outlet? */
#include "story/inner.h"

static sf_str without_article(sf_str words) {
    return sf_str_starts(words, SF_STR("the ")) ? sf_str_sub(words, 4, words.len) : words;
}

/* "harbour post" and "the harbour post", "popsicle" and "popsicle magazine" */
static bool same_outlet(sf_str a, sf_str b) {
    a = without_article(a), b = without_article(b);
    if (a.len > b.len) {
        sf_str c = a;
        a = b, b = c;
    }
    if (!a.len || sf_str_equal(a, b))
        return a.len > 0;
    size_t at = sf_str_find(b, a, 0);
    return at != SIZE_MAX && (at == 0 || b.ptr[at - 1] == ' ') &&
           (at + a.len == b.len || b.ptr[at + a.len] == ' ');
}

/* Is it the page's own address: "variety" in https://variety.com/? */
static bool names_host(sf_arena *arena, sf_str words, sf_str url) {
    size_t begin = sf_str_find(url, SF_STR("://"), 0);
    if (begin == SIZE_MAX)
        return false;
    size_t end = sf_str_find(url, SF_STR("/"), begin + 3);
    sf_buf host = sf_buf_new(arena), name = sf_buf_new(arena);
    for (size_t i = begin + 3; i < (end == SIZE_MAX ? url.len : end); i++)
        if (url.ptr[i] != '-')
            sf_buf_char(&host, sf_lower(url.ptr[i]));
    words = without_article(words);
    for (size_t i = 0; i < words.len; i++)
        if (words.ptr[i] != ' ')
            sf_buf_char(&name, words.ptr[i]);
    return name.len > 2 && sf_str_find(sf_buf_str(&host), sf_buf_str(&name), 0) != SIZE_MAX;
}

bool sf_story_is_relayed(sf_arena *arena, const sf_capture *c, sf_str via) {
    if (!via.ptr || sf_quote_is_platform(via))
        return false;
    for (size_t i = 0; i < c->subject_count; i++)
        if (sf_str_equal(c->subjects[i].name, via) &&
            (c->subjects[i].type == SOFAR_EVENT || c->subjects[i].type == SOFAR_PLACE))
            return false;
    sf_str words = sf_text_fold_words(arena, via);
    return !same_outlet(words, sf_text_fold_words(arena, c->clipping.outlet)) &&
           !names_host(arena, words, c->clipping.url);
}
