/* The page's language as a BCP 47 tag: what the page says of itself, else what its commonest words
 * say plainly. */
#include "page/meta_scan.h"

/* "en_us" -> "en-US"; absent for what has not the form of a tag. */
static sf_str tag_of(sf_arena *arena, sf_str s) {
    s = sf_str_trim(s);
    size_t comma = sf_str_find(s, SF_STR(","), 0);
    if (comma != SIZE_MAX)
        s = sf_str_trim(sf_str_sub(s, 0, comma));
    if (s.len < 2 || s.len > 24)
        return SF_ABSENT;
    char *tag = sf_alloc(arena, s.len + 1);
    size_t begin = 0;
    for (size_t i = 0; i <= s.len; i++) {
        char c = i < s.len ? s.ptr[i] : '-';
        if (c == '_' || c == '-') {
            size_t len = i - begin;
            if (len < (begin ? 1u : 2u) || len > (begin ? 8u : 3u))
                return SF_ABSENT;
            if (begin && len == 2) /* a country */
                for (size_t k = begin; k < i; k++)
                    tag[k] = (char)(sf_is_alpha(tag[k]) ? tag[k] - 32 : tag[k]);
            else if (begin && len == 4 && sf_is_alpha(tag[begin])) /* a script */
                tag[begin] = (char)(tag[begin] - 32);
            tag[i] = '-';
            begin = i + 1;
        } else if (sf_is_alpha(c) || (begin && sf_is_digit(c))) {
            tag[i] = sf_lower(c);
        } else {
            return SF_ABSENT;
        }
    }
    return (sf_str){tag, s.len};
}

/* Function words that are common in one of these languages and rare in the others. */
static const struct {
    const char *lang, *words;
} common[] = {
    {"en", " the and of to that is was with for it on are this have be from "},
    {"de", " der die und das ist nicht ein eine mit den von zu sich auf dem auch "},
    {"fr", " les des est et une dans que qui pour pas sur du au avec sont ce "},
    {"es", " el los las que y del por una con para es se su como más al "},
    {"it", " il che di e non per una sono con della è gli si del le più "},
    {"pt", " o que e do da não uma os para com em por mais dos ao é "},
    {"nl", " het een van en dat niet zijn voor met op te ook aan wordt bij is "},
};

enum { LOOK = 400, LEAST = 60 }; /* words looked at; fewer are no evidence */

static sf_str guess(const sf_meta_scan *scan) {
    size_t hits[SF_LEN(common)] = {0}, words = 0;
    for (uint32_t b = 0; b < scan->flow->count && words < LOOK; b++) {
        if (scan->flow->blocks[b].words < 8)
            continue;
        sf_str text = scan->flow->blocks[b].text;
        for (size_t at = 0; at < text.len && words < LOOK;) {
            size_t end = sf_str_find(text, SF_STR(" "), at);
            if (end == SIZE_MAX)
                end = text.len;
            char word[16] = " ";
            size_t len = end - at;
            if (len > 0 && len < 12) {
                for (size_t i = 0; i < len; i++)
                    word[i + 1] = sf_lower(text.ptr[at + i]);
                word[len + 1] = ' ';
                for (size_t k = 0; k < SF_LEN(common); k++)
                    hits[k] += sf_str_find(sf_str_of(common[k].words), (sf_str){word, len + 2},
                                           0) != SIZE_MAX;
            }
            words++;
            at = end + 1;
        }
    }
    size_t best = 0, second = 0;
    for (size_t k = 1; k < SF_LEN(common); k++)
        if (hits[k] > hits[best])
            best = k;
    for (size_t k = 0; k < SF_LEN(common); k++)
        if (k != best && hits[k] > second)
            second = hits[k];
    bool plain = words >= LEAST && hits[best] * 6 >= words && hits[best] >= 2 * second;
    return plain ? sf_str_of(common[best].lang) : SF_ABSENT;
}

sf_str sf_meta_language(sf_arena *arena, const sf_meta_scan *scan) {
    const sf_str says[] = {
        scan->html_lang, sf_meta_said(scan, SF_SAID_LANG), sf_meta_said(scan, SF_SAID_LOCALE),
        sf_meta_ld(scan, SF_LD_ARTICLE, SF_LD_LANG), sf_meta_ld(scan, SF_LD_PAGE, SF_LD_LANG)};
    for (size_t i = 0; i < SF_LEN(says); i++) {
        sf_str tag = tag_of(arena, says[i]);
        if (tag.len)
            return tag;
    }
    return guess(scan);
}
