/* Dates in numbers, 10/15/2021 or 15/10/2021: the order of day and month is what the page's own
 * unambiguous dates show; a date that stays ambiguous has no value. */
#include "time/story.h"

/* Three numbers parted by the same mark, / or . ; false if s is anything else. */
static bool three(sf_str s, int part[3], size_t width[3]) {
    char mark = '\0';
    size_t at = 0;
    for (int i = 0; i < 3; i++) {
        size_t begin = at;
        part[i] = 0;
        while (at < s.len && sf_is_digit(s.ptr[at]) && at - begin < 5)
            part[i] = part[i] * 10 + (s.ptr[at++] - '0');
        width[i] = at - begin;
        if (width[i] == 0 || width[i] > 4)
            return false;
        if (i == 2)
            break;
        if (at == s.len || (s.ptr[at] != '/' && s.ptr[at] != '.') || (mark && s.ptr[at] != mark))
            return false;
        mark = s.ptr[at++];
    }
    return at == s.len;
}

static bool is_day(int year, int month, int day) {
    return sf_date_valid((sf_date){year, month, day}) && month > 0 && day > 0;
}

when sf_numeric_date(sf_str s, int order, bool *is_date) {
    int part[3];
    size_t width[3];
    *is_date = false;
    if (!three(s, part, width))
        return NOWHEN;
    if (width[0] == 4) { /* 2021/10/15 */
        *is_date = part[0] >= 1000 && is_day(part[0], part[1], part[2]);
        return *is_date ? sf_when_of_date((sf_date){part[0], part[1], part[2]}) : NOWHEN;
    }
    bool dotted = memchr(s.ptr, '.', s.len) != NULL;
    int year = width[2] == 4 ? part[2] : part[2] + (part[2] < 70 ? 2000 : 1900);
    if (width[0] > 2 || width[1] > 2 || (width[2] != 4 && (width[2] != 2 || dotted)) || year < 1000)
        return NOWHEN; /* "1.2.3" is a version */
    bool month_first = is_day(year, part[0], part[1]), day_first = is_day(year, part[1], part[0]);
    *is_date = month_first || day_first;
    if (month_first && day_first && part[0] != part[1]) {
        month_first = order == ORDER_MONTH_FIRST;
        day_first = order == ORDER_DAY_FIRST || dotted;
    }
    if (month_first)
        return sf_when_of_date((sf_date){year, part[0], part[1]});
    return day_first ? sf_when_of_date((sf_date){year, part[1], part[0]}) : NOWHEN;
}

bool sf_numeric_years(sf_str s, int *from, int *to) {
    if ((s.len != 7 && s.len != 9) || s.ptr[4] != '/')
        return false;
    int value = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (i == 4) {
            *from = value;
            value = 0;
        } else if (sf_is_digit(s.ptr[i]))
            value = value * 10 + (s.ptr[i] - '0');
        else
            return false;
    }
    *to = *from + 1;
    return *from >= 1500 && *from < 2100 && value == (s.len == 7 ? *to % 100 : *to);
}

int sf_numeric_order(const sf_text *text) {
    int seen = 0;
    for (uint32_t w = 0; w < text->word_count; w++) {
        sf_str s = sf_word_of(text, w);
        int part[3];
        size_t width[3];
        bool is_date;
        if (text->words[w].kind != SF_WORD_NUMBER || s.len < 6 || !memchr(s.ptr, '/', s.len) ||
            !three(s, part, width) || width[0] > 2)
            continue;
        sf_numeric_date(s, ORDER_UNKNOWN, &is_date);
        if (is_date && part[0] > 12)
            seen |= ORDER_DAY_FIRST;
        else if (is_date && part[1] > 12)
            seen |= ORDER_MONTH_FIRST;
    }
    return seen; /* both: ORDER_MIXED */
}
