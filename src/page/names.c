#include "page/names.h"

#include "page/dateline.h"

static bool has(sf_str s, const char *word) {
    return sf_str_find_ci(s, sf_str_of(word), 0) != SIZE_MAX;
}

static bool starts(sf_str s, const char *word) { return sf_str_starts_ci(s, sf_str_of(word)); }

/* ---- the opening ---- */

static const struct {
    const char *words;
    sf_byline_opening opening;
} openings[] = {
    {"written by", SF_OPENED_WRITTEN},
    {"words by", SF_OPENED_WRITTEN},
    {"story by", SF_OPENED_WRITTEN},
    {"posted by", SF_OPENED_WRITTEN},
    {"published by", SF_OPENED_WRITTEN},
    {"article by", SF_OPENED_WRITTEN},
    {"text by", SF_OPENED_WRITTEN},
    {"created by", SF_OPENED_WRITTEN},
    {"authored by", SF_OPENED_WRITTEN},
    {"author:", SF_OPENED_WRITTEN},
    {"authors:", SF_OPENED_WRITTEN},
    {"author", SF_OPENED_WRITTEN},
    {"authors", SF_OPENED_WRITTEN},
    {"about the author", SF_OPENED_WRITTEN},
    {"about the authors", SF_OPENED_WRITTEN},
    {"meet the author", SF_OPENED_WRITTEN},
    {"post author", SF_OPENED_WRITTEN},
    {"guest post by", SF_OPENED_WRITTEN},
    {"post by", SF_OPENED_WRITTEN},
    {"von", SF_OPENED_BY},
    {"par", SF_OPENED_BY},
    {"por", SF_OPENED_BY},
    {"by:", SF_OPENED_BY},
    {"by", SF_OPENED_BY},
    {"from", SF_OPENED_BY},
    {"with", SF_OPENED_BY},
    {"reviewed by", SF_OPENED_OTHER},
    {"medically reviewed", SF_OPENED_OTHER},
    {"fact checked", SF_OPENED_OTHER},
    {"fact-checked", SF_OPENED_OTHER},
    {"edited by", SF_OPENED_OTHER},
    {"photo", SF_OPENED_OTHER},
    {"image", SF_OPENED_OTHER},
    {"illustrat", SF_OPENED_OTHER},
    {"expert review", SF_OPENED_OTHER},
    {"powered by", SF_OPENED_OTHER},
    {"updated by", SF_OPENED_OTHER},
    {"translated by", SF_OPENED_OTHER},
    {"read by", SF_OPENED_OTHER},
    {"presented by", SF_OPENED_OTHER},
    {"sponsored by", SF_OPENED_OTHER},
    {"by clicking", SF_OPENED_OTHER},
    {"by submitting", SF_OPENED_OTHER},
    {"by signing", SF_OPENED_OTHER},
    {"by subscribing", SF_OPENED_OTHER},
    {"by using", SF_OPENED_OTHER},
    {"by continuing", SF_OPENED_OTHER},
};

static bool word_char(char c) {
    return sf_is_alpha(c) || sf_is_digit(c) || (unsigned char)c >= 0x80;
}

/* "ByAna Ruiz": the word and the name stood in elements of their own. */
static bool glued(sf_str line, size_t len) {
    char c = line.ptr[len];
    return len >= 2 && sf_lower(line.ptr[len - 2]) == 'b' && line.ptr[len - 1] == 'y' &&
           ((c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80);
}

/* The longest opening that the line begins with, and where the names begin. */
static sf_byline_opening opening_of(sf_str line, size_t *names) {
    size_t best = 0;
    sf_byline_opening found = SF_OPENED_PLAIN;
    char letter = line.len ? sf_lower(line.ptr[0]) : 0;
    for (size_t i = 0; i < SF_LEN(openings); i++) {
        if (openings[i].words[0] != letter)
            continue;
        size_t len = strlen(openings[i].words);
        if (len > best && starts(line, openings[i].words) &&
            (openings[i].opening == SF_OPENED_OTHER || len == line.len ||
             !word_char(line.ptr[len]) || line.ptr[len - 1] == ':' || glued(line, len))) {
            best = len;
            found = openings[i].opening;
        }
    }
    *names = best;
    return found;
}

sf_byline_opening sf_names_opening(sf_str line) {
    size_t names;
    return opening_of(line, &names);
}

/* ---- where the names end ---- */

static bool role(sf_str part);

/* "Ana (Nita) Ruiz": one or two words of letters in brackets belong to the name. */
static bool nickname(sf_str s, size_t open) {
    size_t end = sf_str_find(s, SF_STR(")"), open), spaces = 0;
    if (end == SIZE_MAX || end - open < 3 || end - open > 24)
        return false;
    for (size_t i = open + 1; i < end; i++) {
        spaces += s.ptr[i] == ' ';
        if (!word_char(s.ptr[i]) && s.ptr[i] != ' ' && s.ptr[i] != '-')
            return false;
        if (sf_is_digit(s.ptr[i]))
            return false;
    }
    return spaces <= 1 && !role(sf_str_sub(s, open + 1, end));
}

/* "Ana Ruiz Friday, April 9, 2021": a weekday in front of the day at `date` belongs to it. */
static size_t before_weekday(sf_str s, size_t date) {
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    size_t end = date, begin;
    while (end > 0 &&
           (sf_is_space(s.ptr[end - 1]) || s.ptr[end - 1] == ',' || s.ptr[end - 1] == '.'))
        end--;
    for (begin = end; begin > 0 && sf_is_alpha(s.ptr[begin - 1]);)
        begin--;
    sf_str word = sf_str_sub(s, begin, end);
    bool whole =
        word.len == 3 ||
        (word.len > 5 && sf_str_equal_ci(sf_str_sub(word, word.len - 3, word.len), SF_STR("day")));
    for (size_t i = 0; whole && i < SF_LEN(days); i++)
        if (sf_str_starts_ci(word, sf_str_of(days[i])))
            return begin;
    return date;
}

/* Words that no name holds: what follows is about something else. */
static size_t stop_of(sf_str s) {
    static const char *const stops[] = {
        "updated",   "published", "posted",    "last ",     "reviewed by", "edited by",
        "min read",  "minutes",   "photos by", "photo by",  "share",       "fact check",
        "medically", "on ",       "in ",       "for ",      "is ",         "at ",
        "from ",     "who ",      "comment",   "read more", "read time",   "http",
        "email",     "follow",    "via ",      "wrote",     "says"};
    size_t stop = s.len;
    for (size_t at = 1; at < stop; at++) {
        if (s.ptr[at - 1] != ' ' && s.ptr[at] != 'h' && (unsigned char)s.ptr[at] != 0xC2)
            continue;
        char letter = sf_lower(s.ptr[at]);
        sf_str rest = {s.ptr + at, s.len - at};
        if (sf_str_starts(rest, SF_STR("©")))
            stop = at;
        for (size_t i = 0; i < SF_LEN(stops) && at < stop; i++)
            if (stops[i][0] == letter && (s.ptr[at - 1] == ' ' || starts(rest, "http")) &&
                starts(rest, stops[i]))
                stop = at;
    }
    sf_dateline line;
    if (sf_dateline_find(s, 0, &line) && line.begin < stop)
        stop = before_weekday(s, line.begin);
    size_t paren = sf_str_find(s, SF_STR("("), 0);
    return paren < stop && !nickname(s, paren) ? paren : stop;
}

/* ---- parts ---- */

static const char *const separators[] = {", ",  ";",      " and ", " & ",  "|",   " / ", " · ",
                                         " • ", " with ", " und ", " et ", " y ", " – ", " — ",
                                         " - ", "•",      "·",     ",",    " + "};

/* Next separator at or behind `at`; its length in *len. */
static size_t next_separator(sf_str s, size_t at, size_t *len) {
    for (; at < s.len; at++) {
        char c = s.ptr[at];
        if (word_char(c) && (unsigned char)c < 0x80)
            continue;
        for (size_t i = 0; i < SF_LEN(separators); i++)
            if (separators[i][0] == c && starts(sf_str_sub(s, at, s.len), separators[i])) {
                *len = strlen(separators[i]);
                return at;
            }
    }
    *len = 0;
    return s.len;
}

static bool credential(sf_str part) {
    static const char *const titles[] = {
        "md",  "m.d.", "phd",  "ph.d", "ph.d.", "ms",   "m.s.", "ma",   "m.a.", "ba",     "b.a.",
        "bs",  "msc",  "mba",  "rd",   "rdn",   "rn",   "np",   "lcsw", "cpt",  "cscs",   "ldn",
        "esq", "esq.", "jr",   "jr.",  "sr",    "sr.",  "cfp",  "cfp®", "cpa",  "dds",    "dvm",
        "do",  "mph",  "fand", "lpc",  "lmft",  "psyd", "edd",  "jd",   "j.d.", "pharmd", "facs",
        "ii",  "iii",  "acsm", "ryt",  "cnc",   "lmt",  "bsn",  "msn",  "mft",  "cfa",    "ea"};
    for (size_t i = 0; i < SF_LEN(titles) && part.len <= 6; i++)
        if (sf_lower(part.ptr[0]) == titles[i][0] && sf_str_equal_ci(part, sf_str_of(titles[i])))
            return true;
    bool capitals = part.len <= 6; /* CSCS, MSEd: letters only, mostly capitals */
    size_t upper = 0;
    for (size_t i = 0; i < part.len; i++) {
        char c = part.ptr[i];
        upper += c >= 'A' && c <= 'Z';
        capitals = capitals && (sf_is_alpha(c) || c == '.' || c == '-');
    }
    return capitals && upper >= 2 && upper * 2 > part.len;
}

/* Is one of the words of s in the list (lower case)? */
static bool any_word(sf_str s, const char *const *list, size_t count) {
    for (size_t at = 0; at < s.len; at++) {
        if (!word_char(s.ptr[at]) || (at && (word_char(s.ptr[at - 1]) || s.ptr[at - 1] == '-')))
            continue;
        size_t end = at;
        while (end < s.len && (word_char(s.ptr[end]) || s.ptr[end] == '-'))
            end++;
        char letter = sf_lower(s.ptr[at]);
        for (size_t i = 0; i < count; i++)
            if (list[i][0] == letter &&
                sf_str_equal_ci((sf_str){s.ptr + at, end - at}, sf_str_of(list[i])))
                return true;
        at = end;
    }
    return false;
}

static bool role(sf_str part) {
    static const char *const roles[] = {
        "writer",      "writers",       "editor",       "editors",      "reporter",   "reporters",
        "staff",       "senior",        "manager",      "director",     "founder",    "co-founder",
        "ceo",         "cto",           "cmo",          "coo",          "head",       "chief",
        "president",   "correspondent", "contributor",  "contributing", "specialist", "analyst",
        "lead",        "author",        "freelance",    "columnist",    "producer",   "professor",
        "marketing",   "content",       "contributors", "consultant",   "engineer",   "strategist",
        "expert",      "journalist",    "coach",        "owner",        "vp",         "vice",
        "coordinator", "associate",     "assistant",    "intern",       "advisor"};
    return any_word(part, roles, SF_LEN(roles));
}

static sf_str strip_edges(sf_str s) {
    static const char edges[] = " \t,;:|/-*.\"'&@";
    while (s.len && s.ptr[0] != '@' && memchr(edges, s.ptr[0], sizeof edges - 1))
        s = sf_str_sub(s, 1, s.len);
    while (s.len && memchr(edges, s.ptr[s.len - 1], sizeof edges - 1)) {
        if (s.ptr[s.len - 1] == '.' && s.len >= 3 &&
            (starts(sf_str_sub(s, s.len - 3, s.len), "jr.") ||
             starts(sf_str_sub(s, s.len - 3, s.len), "sr.")))
            break;
        s.len--;
    }
    return s;
}

static sf_str strip_honorific(sf_str s) {
    static const char *const titles[] = {"dr. ",  "dr ",  "prof. ", "professor ", "mr. ",
                                         "mrs. ", "ms. ", "by ",    "and "};
    for (size_t i = 0; i < SF_LEN(titles); i++)
        if (starts(s, titles[i]))
            return sf_str_sub(s, strlen(titles[i]), s.len);
    return s;
}

/* "Ana Ruiz MD" -> "Ana Ruiz" */
static sf_str strip_credential(sf_str s) {
    for (size_t at = s.len; at > 3; at--)
        if (s.ptr[at - 1] == ' ') {
            sf_str tail = sf_str_sub(s, at, s.len);
            bool two_before = sf_str_find(sf_str_sub(s, 0, at - 1), SF_STR(" "), 0) != SIZE_MAX;
            return two_before && tail.len <= 6 && credential(tail) &&
                           !sf_str_equal_ci(tail, SF_STR("jr")) &&
                           !sf_str_equal_ci(tail, SF_STR("jr.")) &&
                           !sf_str_equal_ci(tail, SF_STR("ii")) &&
                           !sf_str_equal_ci(tail, SF_STR("iii"))
                       ? sf_str_sub(s, 0, at - 1)
                       : s;
        }
    return s;
}

static void add_part(sf_names *out, sf_str part) {
    part = strip_honorific(strip_edges(part));
    part = strip_edges(strip_credential(strip_credential(part)));
    if (!part.len || out->count >= SF_NAMES_MOST)
        return;
    if (out->count > 0 && (credential(part) || role(part)))
        return;
    for (size_t i = 0; i < out->count; i++)
        if (sf_str_equal_ci(out->at[i], part))
            return;
    out->at[out->count++] = part;
}

static char dash_or_comma(sf_str separator) {
    sf_str s = sf_str_trim(separator);
    return s.ptr[0] == ',' ? ','
           : s.ptr[0] == '-' ||
                   (s.len == 3 && (unsigned char)s.ptr[0] == 0xE2 &&
                    ((unsigned char)s.ptr[2] == 0x93 || (unsigned char)s.ptr[2] == 0x94) &&
                    (unsigned char)s.ptr[1] == 0x80)
               ? '-'
               : ' ';
}

void sf_names_find(sf_str line, sf_names *out) {
    *out = (sf_names){0};
    size_t begin = 0, more = 0, len = 0;
    sf_dateline date;
    out->opening = opening_of(line, &begin);
    out->has_date = sf_dateline_find(line, 0, &date);
    sf_str rest = strip_edges(sf_str_sub(line, begin, line.len));
    if (out->opening == SF_OPENED_WRITTEN && opening_of(rest, &more) == SF_OPENED_BY)
        rest = strip_edges(sf_str_sub(rest, more, rest.len));
    rest.len = stop_of(rest);
    bool skip = false; /* "Ana Ruiz, Director of Photos, Low Tide Media and Ben Okoro" */
    char mark = 0;     /* what stood before the part */
    for (size_t at = 0; at < rest.len;) {
        size_t end = next_separator(rest, at, &len);
        sf_str part = sf_str_sub(rest, at, end);
        bool comma = mark == ',' && !starts(part, "and ");
        skip = skip && comma;
        if (out->count > 0 && mark == '-')
            break; /* "Ana Ruiz - Low Tide": behind a dash stands no further name */
        if (out->count > 0 && role(part))
            skip = true;
        if (!skip)
            add_part(out, part);
        mark = len ? dash_or_comma(sf_str_sub(rest, end, end + len)) : 0;
        at = end + (len ? len : 1);
    }
}

void sf_names_whole(sf_str name, sf_names *out) {
    *out = (sf_names){0};
    name = strip_edges(name);
    if (name.len && name.len <= 80)
        out->at[out->count++] = name;
}

sf_name_look sf_name_look_of(sf_str name) {
    static const char *const admins[] = {"admin", "administrator", "editor", "user",
                                         "guest", "webmaster",     "author", "staff",
                                         "team",  "root",          "support"};
    static const char *const groups[] = {
        "team",   "staff",    "editorial",   "editors",    "inc",        "llc",      "ltd",
        "group",  "media",    "news",        "press",      "desk",       "company",  "university",
        "blog",   "the",      "association", "institute",  "foundation", "magazine", "studio",
        "agency", "content",  "marketing",   "department", "online",     "society",  "council",
        "center", "services", "our"};
    size_t words = 0, capitals = 0, digits = 0, letters = 0;
    for (size_t i = 0; i < SF_LEN(admins); i++)
        if (sf_str_equal_ci(name, sf_str_of(admins[i])))
            return SF_NAME_ADMIN;
    if (has(name, "@") || has(name, "://") || name.len > 60)
        return SF_NAME_ODD;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        digits += sf_is_digit(c);
        letters += word_char(c);
        if ((i == 0 || name.ptr[i - 1] == ' ') && word_char(c)) {
            words++;
            capitals += (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
        }
    }
    if (digits || !letters || words > 6)
        return SF_NAME_ODD;
    if (any_word(name, groups, SF_LEN(groups)))
        return SF_NAME_GROUP;
    if (words == 1)
        return capitals ? SF_NAME_WORD : SF_NAME_LOWER;
    return capitals * 2 >= words && capitals >= 2 ? SF_NAME_PERSON : SF_NAME_LOWER;
}
