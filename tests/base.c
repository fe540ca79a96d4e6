/* base: strings, dates, intervals, the JSON writer. */
#include "check.h"

static void dates(sf_arena *arena) {
    for (int32_t d = -800000; d < 800000; d += 97)
        if (sf_days_from_date(sf_date_from_days(d)) != d) {
            CHECK_INT(sf_days_from_date(sf_date_from_days(d)), d);
            return;
        }
    CHECK_INT(sf_days_from_date((sf_date){1970, 1, 1}), 0);
    CHECK_INT(sf_days_from_date((sf_date){2000, 3, 1}), 11017);
    CHECK_INT(sf_weekday((sf_date){2021, 10, 15}), 5);
    sf_date d = {0};
    CHECK(sf_date_parse(SF_STR("2021-10-15T09:30:00-08:00"), &d) && d.year == 2021 &&
          d.month == 10 && d.day == 15);
    CHECK(sf_date_parse(SF_STR("2021-10"), &d) && d.day == 0);
    CHECK_STR(sf_date_format(arena, d), "2021-10");
    CHECK(!sf_date_parse(SF_STR("2021-02-30"), &d));
    CHECK(!sf_date_parse(SF_STR("2021-13"), &d));
    CHECK(!sf_date_parse(SF_STR(""), &d));
    CHECK(!sf_date_parse(SF_STR("20211015"), &d));
}

static void interval(const char *value, const char *first, const char *last) {
    sf_interval i = {0};
    sf_date a = {0}, b = {0};
    bool ok = sf_interval_parse(sf_str_of(value), &i) && sf_date_parse(sf_str_of(first), &a) &&
              sf_date_parse(sf_str_of(last), &b);
    check_that(ok && i.first == sf_days_from_date(a) && i.last == sf_days_from_date(b), value,
               __FILE__, __LINE__);
}

static void intervals(void) {
    interval("2021", "2021-01-01", "2021-12-31");
    interval("2021-02", "2021-02-01", "2021-02-28");
    interval("2021-SU", "2021-06-01", "2021-08-31");
    interval("2021-WI", "2021-12-01", "2022-02-28");
    interval("2018-Q4", "2018-10-01", "2018-12-31");
    interval("2019-W46-WE", "2019-11-16", "2019-11-17");
    interval("2021-10/2022-02", "2021-10-01", "2022-02-28");
    interval("199", "1990-01-01", "1999-12-31");
    interval("2021-10-15TMO", "2021-10-15", "2021-10-15");
    sf_interval i;
    CHECK(sf_interval_parse(SF_STR("2021-10/"), &i) && i.last == INT32_MAX);
    CHECK(!sf_interval_parse(SF_STR("P3M"), &i));
    CHECK(!sf_interval_parse(SF_STR("PRESENT_REF"), &i));
    CHECK(!sf_interval_parse(SF_STR("/"), &i));
}

static void strings(sf_arena *arena) {
    CHECK_STR(sf_str_fold_space(arena, SF_STR(" a\xC2\xA0\n b ")), "a b");
    CHECK_STR(sf_str_trim(SF_STR(" \t")), "");
    CHECK_INT(sf_str_find(SF_STR("abcabd"), SF_STR("abd"), 0), 3);
    CHECK_INT(sf_str_find(SF_STR("ab"), SF_STR("abd"), 0), SIZE_MAX);
    CHECK_INT(sf_str_find_ci(SF_STR("xABd"), SF_STR("abD"), 0), 1);
    size_t bytes, bad = 0;
    CHECK_INT(sf_utf8_at(SF_STR("\xE2\x80\x99"), 0, &bytes), 0x2019);
    CHECK_INT(sf_utf8_at(SF_STR("\xE2\x80"), 0, &bytes), 0xFFFD);
    CHECK_INT(sf_utf8_before(SF_STR("a\xE2\x80\x99"), 4, &bytes), 0x2019);
    CHECK(!sf_utf8_valid(SF_STR("ab\xC0\x80"), &bad) && bad == 2);
    CHECK(!sf_utf8_valid(SF_STR("\xED\xA0\x80"), NULL)); /* a surrogate */
}

static void json(sf_arena *arena) {
    sf_buf buf = sf_buf_new(arena);
    sf_json j = sf_json_new(&buf);
    sf_json_object(&j);
    sf_json_key(&j, "a"), sf_json_str(&j, SF_STR("q\"\\\n\x01\xFF\xE2\x80\xA8"));
    sf_json_key(&j, "b"), sf_json_array(&j), sf_json_int(&j, -3), sf_json_bool(&j, true),
        sf_json_null(&j), sf_json_array_end(&j);
    sf_json_key(&j, "c"), sf_json_span(&j, (sf_span){1, 2});
    sf_json_object_end(&j);
    CHECK_STR(
        sf_buf_str(&buf),
        "{\"a\":\"q\\\"\\\\\\n\\u0001\xEF\xBF\xBD\\u2028\",\"b\":[-3,true,null],\"c\":[1,2]}");
}

/* Rounds of the same size need no memory but the first's. */
static void rounds(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    bool zeroed = true;
    for (int round = 0; round < 5; round++) {
        for (size_t size = 1; size < 4000000; size *= 3) {
            char *p = sf_alloc(&arena, size);
            zeroed = zeroed && !p[0] && !p[size - 1];
            memset(p, 1, size);
        }
        sf_arena_reset(&arena);
        CHECK_INT(arena.used, 0);
    }
    CHECK(zeroed);
    sf_arena_clear(&arena);
    sf_arena_reset(&arena);
}

int main(void) {
    rounds();
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    dates(&arena);
    intervals();
    strings(&arena);
    json(&arena);
    sf_arena_clear(&arena);
    return check_done();
}
