#include "page/dateline.h"

/* Whole names and usual abbreviations, in lower case; ASCII capitals match too. */
static const struct {
    const char *name;
    int month;
} months[] = {
    {"jan", 1},       {"january", 1},   {"januar", 1},     {"janvier", 1},    {"enero", 1},
    {"gennaio", 1},   {"janeiro", 1},   {"januari", 1},    {"jänner", 1},     {"feb", 2},
    {"february", 2},  {"februar", 2},   {"février", 2},    {"febrero", 2},    {"febbraio", 2},
    {"fevereiro", 2}, {"februari", 2},  {"mar", 3},        {"march", 3},      {"märz", 3},
    {"mars", 3},      {"marzo", 3},     {"março", 3},      {"maart", 3},      {"apr", 4},
    {"april", 4},     {"avril", 4},     {"abril", 4},      {"aprile", 4},     {"may", 5},
    {"mai", 5},       {"mayo", 5},      {"maggio", 5},     {"maio", 5},       {"mei", 5},
    {"jun", 6},       {"june", 6},      {"juni", 6},       {"juin", 6},       {"junio", 6},
    {"giugno", 6},    {"junho", 6},     {"jul", 7},        {"july", 7},       {"juli", 7},
    {"juillet", 7},   {"julio", 7},     {"luglio", 7},     {"julho", 7},      {"aug", 8},
    {"august", 8},    {"août", 8},      {"agosto", 8},     {"augustus", 8},   {"sep", 9},
    {"sept", 9},      {"september", 9}, {"septembre", 9},  {"septiembre", 9}, {"settembre", 9},
    {"setembro", 9},  {"oct", 10},      {"october", 10},   {"oktober", 10},   {"octobre", 10},
    {"octubre", 10},  {"ottobre", 10},  {"outubro", 10},   {"okt", 10},       {"nov", 11},
    {"november", 11}, {"novembre", 11}, {"noviembre", 11}, {"novembro", 11},  {"dec", 12},
    {"december", 12}, {"dezember", 12}, {"décembre", 12},  {"diciembre", 12}, {"dicembre", 12},
    {"dezembro", 12}, {"dez", 12},
};

int sf_month_of(sf_str word) {
    if (word.len < 3 || word.len > 10)
        return 0;
    for (size_t i = 0; i < SF_LEN(months); i++)
        if (sf_lower(word.ptr[0]) == months[i].name[0] &&
            sf_str_equal_ci(word, sf_str_of(months[i].name)))
            return months[i].month;
    return 0;
}

static bool wordish(char c) { return sf_is_alpha(c) || sf_is_digit(c) || (unsigned char)c >= 0x80; }

/* The number in text[begin, end) (at most 9 digits), or -1. */
static int number(sf_str text, size_t begin, size_t end) {
    int n = 0;
    if (begin >= end || end > text.len || end - begin > 9)
        return -1;
    for (size_t i = begin; i < end; i++) {
        if (!sf_is_digit(text.ptr[i]))
            return -1;
        n = n * 10 + (text.ptr[i] - '0');
    }
    return n;
}

static size_t digits_end(sf_str text, size_t at) {
    while (at < text.len && sf_is_digit(text.ptr[at]))
        at++;
    return at;
}

static bool plausible(sf_date d) {
    return d.year >= 1900 && d.year <= 2099 && d.month > 0 && sf_date_valid(d);
}

/* A word read backwards from `end`: [begin, stop), where stop leaves out separators behind it. */
typedef struct {
    size_t begin, end;
} word;

static bool word_before(sf_str text, size_t end, size_t low, word *out) {
    size_t gap = end;
    while (end > low && !wordish(text.ptr[end - 1])) {
        char c = text.ptr[end - 1];
        if (!sf_is_space(c) && c != ',' && c != '.' && c != '-' && c != '/')
            return false;
        if (gap - --end > 4)
            return false;
    }
    size_t begin = end;
    while (begin > low && wordish(text.ptr[begin - 1]) && end - begin < 16)
        begin--;
    *out = (word){begin, end};
    return begin < end;
}

/* "15", "15th", "1st" -> 15; 0 for what is no day. */
static int day_of(sf_str text, word w) {
    size_t end = w.begin;
    while (end < w.end && sf_is_digit(text.ptr[end]))
        end++;
    sf_str tail = sf_str_sub(text, end, w.end);
    int n = end - w.begin <= 2 ? number(text, w.begin, end) : -1;
    static const char *const ordinals[] = {"", "st", "nd", "rd", "th", "er", "º"};
    for (size_t i = 0; i < SF_LEN(ordinals); i++)
        if (sf_str_equal_ci(tail, sf_str_of(ordinals[i])))
            return n >= 1 && n <= 31 ? n : 0;
    return 0;
}

static bool filler(sf_str s) {
    return sf_str_equal_ci(s, SF_STR("de")) || sf_str_equal_ci(s, SF_STR("of")) ||
           sf_str_equal_ci(s, SF_STR("del"));
}

/* The year stands at [at, at+4): what is before it, "Oct. 15," or "15 October" or "October"? */
static bool named_before(sf_str text, size_t low, size_t at, int year, sf_dateline *out) {
    word first, second;
    if (!word_before(text, at, low, &first))
        return false;
    if (filler(sf_str_sub(text, first.begin, first.end)) &&
        !word_before(text, first.begin, low, &first))
        return false;
    sf_date d = {year, sf_month_of(sf_str_sub(text, first.begin, first.end)), 0};
    size_t begin = first.begin;
    if (d.month) {
        if (word_before(text, first.begin, low, &second)) {
            if (filler(sf_str_sub(text, second.begin, second.end)))
                (void)word_before(text, second.begin, low, &second);
            d.day = day_of(text, second);
            if (d.day)
                begin = second.begin;
        }
    } else {
        d.day = day_of(text, first);
        if (!d.day || !word_before(text, first.begin, low, &second))
            return false;
        d.month = sf_month_of(sf_str_sub(text, second.begin, second.end));
        begin = second.begin;
    }
    if (!plausible(d))
        return false;
    *out = (sf_dateline){.date = d, .begin = begin, .end = at + 4};
    return true;
}

static bool separator(char c) { return c == '-' || c == '/' || c == '.'; }

/* "2021-10-15", "2021/10/15", "2021.10.15", "2021-10", "20211015", "2021 Oct 15" from a year of
 * four digits at `at`. */
static bool year_first(sf_str text, size_t at, size_t end, int year, sf_dateline *out) {
    sf_date d = {year, 0, 0};
    size_t stop = end;
    if (end - at == 8) {
        d = (sf_date){number(text, at, at + 4), number(text, at + 4, at + 6),
                      number(text, at + 6, at + 8)};
    } else if (end + 1 < text.len && separator(text.ptr[end])) {
        size_t month_end = digits_end(text, end + 1);
        if (month_end - end > 3 || (d.month = number(text, end + 1, month_end)) <= 0)
            return false;
        stop = month_end;
        if (month_end + 1 < text.len && text.ptr[month_end] == text.ptr[end]) {
            size_t day_end = digits_end(text, month_end + 1);
            int day = day_end - month_end <= 3 ? number(text, month_end + 1, day_end) : -1;
            if (day > 0) {
                d.day = day;
                stop = day_end;
            }
        }
        if (!d.day && text.ptr[end] != '-') /* 2021/10 and 2021.10 are anything */
            return false;
        if (!d.day && stop < text.len && wordish(text.ptr[stop]))
            return false;
    } else {
        return false;
    }
    if (!plausible(d))
        return false;
    *out = (sf_dateline){.date = d, .begin = at, .end = stop};
    return true;
}

/* "10/15/2021", "15.10.2021", "15-10-21" from the first number at [at, end). */
static bool year_last(sf_str text, size_t at, size_t end, sf_dateline *out) {
    char mark = text.ptr[end];
    size_t second_end = digits_end(text, end + 1);
    if (second_end == end + 1 || second_end - end > 3 || second_end + 1 >= text.len ||
        text.ptr[second_end] != mark)
        return false;
    size_t year_end = digits_end(text, second_end + 1);
    int a = number(text, at, end), b = number(text, end + 1, second_end);
    int year = number(text, second_end + 1, year_end);
    if (year_end - second_end == 3 && mark == '/')
        year += 2000;
    else if (year_end - second_end != 5)
        return false;
    if (year_end < text.len && (separator(text.ptr[year_end]) && year_end + 1 < text.len &&
                                sf_is_digit(text.ptr[year_end + 1])))
        return false; /* 10.15.2021.3 is a version */
    sf_date month_first = {year, a, b}, day_first = {year, b, a};
    bool mf = plausible(month_first) && mark != '.', df = plausible(day_first);
    if (!mf && !df)
        return false;
    *out = (sf_dateline){.date = mf ? month_first : day_first, .begin = at, .end = year_end};
    if (mf && df && a != b)
        out->other = day_first;
    return true;
}

bool sf_dateline_find(sf_str text, size_t from, sf_dateline *out) {
    size_t low = from;
    for (size_t at = from; at < text.len;) {
        if (!sf_is_digit(text.ptr[at])) {
            at++;
            continue;
        }
        size_t end = digits_end(text, at);
        bool free_left =
            at == 0 || (!wordish(text.ptr[at - 1]) && text.ptr[at - 1] != '$' &&
                        !(separator(text.ptr[at - 1]) && at > 1 && sf_is_digit(text.ptr[at - 2])));
        int year = end - at == 4   ? number(text, at, end)
                   : end - at == 8 ? number(text, at, at + 4)
                                   : 0;
        if (year >= 1900 && year <= 2099) {
            if ((free_left && year_first(text, at, end, year, out)) ||
                (end - at == 4 && named_before(text, low, at, year, out)))
                return true;
        } else if (free_left && end - at <= 2 && end + 1 < text.len && separator(text.ptr[end]) &&
                   year_last(text, at, end, out)) {
            return true;
        }
        at = end;
    }
    return false;
}
