#include "serve/asking.h"

#include "serve/api.h"

const sf_parameter_kind sf_parameters[SF_PARAMETERS] = {
    [SF_SUBJECT_IS] = {"subject", "name of a person, work or company", SF_TAKES_TEXT},
    [SF_SPEAKER_IS] = {"speaker", "only what this one said", SF_TAKES_TEXT},
    [SF_ABOUT] = {"about", "only what others said where they spoke of this one", SF_TAKES_TEXT},
    [SF_WORDS] = {"q", "words that must all stand on a page, or \"a phrase\"", SF_TAKES_TEXT},
    [SF_AS_OF] = {"as-of", "only what pages published on or before this day said", SF_TAKES_DAY},
    [SF_SINCE] = {"since", "only what was said, else published, on this day or later",
                  SF_TAKES_DAY},
    [SF_UNTIL] = {"until", "only what was said, else published, on this day or before",
                  SF_TAKES_DAY},
    [SF_FROM] = {"from", "the day after which something is learned", SF_TAKES_DAY},
    [SF_TO] = {"to", "the day by which it is learned; all that is known if not given",
               SF_TAKES_DAY},
    [SF_LIMIT] = {"limit", "at most so many pages, the earliest first", SF_TAKES_NUMBER,
                  SF_MOST_FOUND, SF_USUALLY_FOUND},
    [SF_SKIP] = {"skip", "leave out so many, the most doubtful first", SF_TAKES_NUMBER, 99999, 0},
};

const sf_place sf_places[] = {
    {"/search", SF_FOR_SEARCH, "Where words stand, as a page", "text/html",
     1u << SF_WORDS | 1u << SF_AS_OF | 1u << SF_LIMIT, 0, .form = true},
    {"/quotes", SF_FOR_QUOTES, "Who said what, as a page", "text/html",
     1u << SF_SUBJECT_IS | 1u << SF_SPEAKER_IS | 1u << SF_ABOUT | 1u << SF_AS_OF | 1u << SF_SINCE |
         1u << SF_UNTIL,
     0, .form = true},
    {"/events", SF_FOR_EVENTS,
     "Server-sent events: \"store\" with {\"pages\", \"changes\"} at once and when the store "
     "changes",
     "text/event-stream", 0, 0, .form = false},
    {"/desk", SF_FOR_DESK, "The review desk: whose facts there are to decide on", "text/html", 0, 0,
     .desk = true},
    {"/diff", SF_FOR_DIFF, "What was learned between two days, as a page", "text/html",
     1u << SF_FROM | 1u << SF_TO, 0, .subject = true, .form = true},
    {"/diff.json", SF_FOR_DIFF_JSON, "What was learned between two days", "application/json",
     1u << SF_FROM | 1u << SF_TO, 1u << SF_FROM, .subject = true},
    {"/desk", SF_FOR_REVIEW, "The review desk: the facts of a subject", "text/html", 1u << SF_SKIP,
     0, .subject = true, .desk = true},
};
const size_t sf_place_count = SF_LEN(sf_places);

/* ---- %XX ---- */

static sofar_status broken(sofar_error *err) {
    return sf_fail(err, SOFAR_ERR_USAGE,
                   "the address is broken: %%XX that is none, or bytes that are no text in UTF-8");
}

/* Only text comes out: no control characters, no bytes that are no UTF-8. */
static sofar_status decode(sf_arena *arena, sf_str s, bool plus, sf_str *out, sofar_error *err) {
    sf_buf text = sf_buf_new(arena);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '%') {
            int high = i + 2 < s.len ? sf_hex_digit(s.ptr[i + 1]) : -1;
            int low = i + 2 < s.len ? sf_hex_digit(s.ptr[i + 2]) : -1;
            if (high < 0 || low < 0)
                return broken(err);
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if ((unsigned char)c < ' ' || c == 0x7F)
            return broken(err);
        sf_buf_char(&text, c);
    }
    *out = sf_buf_str(&text);
    return sf_utf8_valid(*out, NULL) ? SOFAR_OK : broken(err);
}

/* A whole number of at most six digits; 0 for any other. */
static size_t whole_number(sf_str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!sf_is_digit(s.ptr[i]) || n > 99999)
            return 0;
        n = 10 * n + (size_t)(s.ptr[i] - '0');
    }
    return n;
}

/* ---- where ---- */

static const sf_twin *twin_of(sf_str suffix) {
    for (size_t i = 0; i < sf_twin_count; i++)
        if (sf_str_equal(suffix, sf_str_of(sf_twins[i].suffix)))
            return &sf_twins[i];
    return NULL;
}

/* ".receipts-12.html" gives 12; 0 for what is none, also for a number with zeros before it. */
static size_t annex_of(sf_str suffix) {
    sf_str before = SF_STR(SF_ANNEX), after = SF_STR(".html");
    if (!sf_str_starts(suffix, before) || !sf_str_ends(suffix, after) ||
        suffix.len < before.len + after.len || suffix.ptr[before.len] == '0')
        return 0;
    return whole_number(sf_str_sub(suffix, before.len, suffix.len - after.len));
}

/* "low-tide.feed.json": a stem has no dots. */
static void find_page(sf_str file, sf_asking *a) {
    size_t dot = sf_str_find(file, SF_STR("."), 0);
    if (dot == SIZE_MAX)
        return;
    sf_str suffix = sf_str_sub(file, dot, file.len);
    a->stem = sf_str_sub(file, 0, dot);
    a->annex = annex_of(suffix);
    a->twin = a->annex ? &sf_twins[0] : twin_of(suffix);
    if (!a->twin || !a->stem.len)
        return;
    if (!sf_str_equal(a->stem, SF_STR("index")))
        a->what = SF_FOR_SUBJECT;
    else if (a->twin->index && !a->annex)
        a->what = SF_FOR_INDEX;
}

static const sf_place *place_of(sf_str path, bool subject, bool desk) {
    for (size_t i = 0; i < sf_place_count; i++)
        if (sf_places[i].subject == subject && (desk || !sf_places[i].desk) &&
            sf_str_equal(path, sf_str_of(sf_places[i].path)))
            return &sf_places[i];
    return NULL;
}

/* "/search", "/low-tide/diff" */
static bool find_named(sf_str path, bool desk, sf_asking *a) {
    size_t slash = sf_str_find(path, SF_STR("/"), 1);
    if (slash != SIZE_MAX)
        a->stem = sf_str_sub(path, 1, slash);
    sf_str rest = slash == SIZE_MAX ? path : sf_str_sub(path, slash, path.len);
    a->place = slash == 1 ? NULL : place_of(rest, slash != SIZE_MAX, desk);
    if (a->place)
        a->what = a->place->what;
    return a->place != NULL;
}

static void find_place(sf_str path, bool desk, sf_asking *a) {
    if (sf_str_equal(path, SF_STR("/"))) {
        a->what = SF_FOR_INDEX;
        a->twin = &sf_twins[0];
    } else if (sf_str_equal(path, SF_STR("/sitemap.xml"))) {
        a->what = SF_FOR_SITEMAP;
    } else if (sf_str_equal(path, SF_STR("/api/openapi.json"))) {
        a->what = SF_FOR_DESCRIPTION;
    } else if (sf_str_starts(path, SF_STR("/api/"))) {
        a->endpoint = sf_endpoint_of(sf_str_sub(path, 5, path.len), desk);
        a->what = a->endpoint ? SF_FOR_API : SF_FOR_NOTHING;
    } else if (!find_named(path, desk, a)) {
        find_page(sf_str_sub(path, 1, path.len), a);
    }
}

/* ---- parameters ---- */

static sf_parameter parameter_of(sf_str name) {
    sf_parameter p = 0;
    while (p < SF_PARAMETERS && !sf_str_equal(name, sf_str_of(sf_parameters[p].name)))
        p++;
    return p;
}

static unsigned taken_by(const sf_asking *a) {
    switch (a->what) {
    case SF_FOR_API: return a->endpoint->takes;
    case SF_FOR_INDEX:
    case SF_FOR_SUBJECT: return 1u << SF_AS_OF;
    default: return a->place ? a->place->takes : 0;
    }
}

static sofar_status take(sf_asking *a, sf_parameter p, sf_str value, sofar_error *err) {
    const sf_parameter_kind *kind = &sf_parameters[p];
    if (a->place && a->place->form && !sf_str_trim(value).len)
        return SOFAR_OK;
    a->text[p] = value;
    if (value.len == 0 || value.len > SF_LONGEST_NAME)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s is empty or longer than %d bytes", kind->name,
                       SF_LONGEST_NAME);
    if (kind->takes == SF_TAKES_DAY && (value.len > 10 || !sf_date_parse(value, &a->day[p])))
        return sf_fail(err, SOFAR_ERR_USAGE,
                       "%s wants a day, a month or a year: 2021-06-30, 2021-06, 2021", kind->name);
    if (kind->takes == SF_TAKES_NUMBER) {
        a->number[p] = whole_number(value);
        if (!a->number[p] || a->number[p] > kind->most)
            return sf_fail(err, SOFAR_ERR_USAGE, "%s wants a whole number from 1 to %zu",
                           kind->name, kind->most);
    }
    return SOFAR_OK;
}

static sofar_status read_query(sf_arena *arena, sf_str query, sf_asking *a, sofar_error *err) {
    while (query.len) {
        size_t amp = sf_str_find(query, SF_STR("&"), 0);
        sf_str pair = sf_str_sub(query, 0, amp == SIZE_MAX ? query.len : amp), name, value;
        query = amp == SIZE_MAX ? SF_ABSENT : sf_str_sub(query, amp + 1, query.len);
        if (!pair.len)
            continue;
        size_t equal = sf_str_find(pair, SF_STR("="), 0);
        size_t end = equal == SIZE_MAX ? pair.len : equal;
        sf_str rest = equal == SIZE_MAX ? SF_STR("") : sf_str_sub(pair, equal + 1, pair.len);
        sofar_status status = decode(arena, sf_str_sub(pair, 0, end), true, &name, err);
        if (!status)
            status = decode(arena, rest, true, &value, err);
        if (status)
            return status;
        sf_parameter p = parameter_of(name);
        if (p == SF_PARAMETERS || !(taken_by(a) >> p & 1))
            return sf_fail(err, SOFAR_ERR_USAGE,
                           "this address takes no such parameter; see /api/openapi.json");
        if (a->text[p].ptr)
            return sf_fail(err, SOFAR_ERR_USAGE, "%s is given twice", sf_parameters[p].name);
        status = take(a, p, value, err);
        if (status)
            return status;
    }
    return SOFAR_OK;
}

static sofar_status check_needs(const sf_asking *a, sofar_error *err) {
    unsigned needs = a->endpoint ? a->endpoint->needs : a->place ? a->place->needs : 0;
    unsigned needs_one = a->endpoint ? a->endpoint->needs_one : 0;
    bool one = !needs_one;
    for (sf_parameter p = 0; p < SF_PARAMETERS; p++) {
        if (needs >> p & 1 && !a->text[p].ptr)
            return sf_fail(err, SOFAR_ERR_USAGE, "this address wants %s; see /api/openapi.json",
                           sf_parameters[p].name);
        one |= needs_one >> p & 1 && a->text[p].ptr;
    }
    return one ? SOFAR_OK
               : sf_fail(err, SOFAR_ERR_USAGE,
                         "this address wants a name to look for; see /api/openapi.json");
}

sofar_status sf_asking_read(sf_arena *arena, sf_str target, bool desk, sf_asking *out,
                            sofar_error *err) {
    *out = (sf_asking){.what = SF_FOR_NOTHING};
    for (sf_parameter p = 0; p < SF_PARAMETERS; p++)
        out->number[p] = sf_parameters[p].usual;
    size_t mark = sf_str_find(target, SF_STR("?"), 0);
    sf_str path = sf_str_sub(target, 0, mark == SIZE_MAX ? target.len : mark);
    if (!sf_str_starts(path, SF_STR("/")))
        return broken(err);
    sofar_status status = decode(arena, path, false, &path, err);
    if (status)
        return status;
    find_place(path, desk, out);
    if (out->what != SF_FOR_NOTHING && mark != SIZE_MAX)
        status = read_query(arena, sf_str_sub(target, mark + 1, target.len), out, err);
    if (!status)
        status = check_needs(out, err);
    return status;
}
