/* time: what cases cannot say - values and their arithmetic, and that nasty texts cost no more than
 * their length. */
#include <time.h>

#include "check.h"
#include "time/time.h"
#include "time/value.h"

static void values(sf_arena *arena) {
    when day = sf_when_of_date((sf_date){2021, 10, 15});
    CHECK_STR(sf_when_format(arena, day), "2021-10-15");
    CHECK_STR(sf_when_format(arena, sf_when_in(day, UNIT_WEEK)), "2021-W41");
    CHECK_STR(sf_when_format(arena, sf_when_in(day, UNIT_WEEKEND)), "2021-W41-WE");
    CHECK_STR(sf_when_format(arena, sf_when_in(day, UNIT_SEASON)), "2021-FA");
    CHECK_STR(sf_when_format(arena, sf_when_in(day, UNIT_DECADE)), "202");
    CHECK_STR(sf_when_format(arena, sf_when_in(day, UNIT_CENTURY)), "20");
    CHECK_STR(sf_when_format(arena, sf_when_shift(day, UNIT_MONTH, -10)), "2020-12");
    CHECK_STR(sf_when_format(arena, sf_when_shift(day, UNIT_QUARTER, 1)), "2022-Q1");
    CHECK_STR(sf_when_format(arena, sf_when_shift(day, UNIT_FORTNIGHT, 1)), "2021-W43");
    CHECK_STR(sf_when_format(arena, sf_when_shift(day, UNIT_CENTURY, -3)), "17");
    CHECK(!sf_when_format(arena, sf_when_shift(day, UNIT_YEAR, -9000)).ptr);
    CHECK(!sf_when_format(arena, sf_when_shift(day, UNIT_MONTH, 100000)).ptr);
    CHECK(!sf_when_format(arena, sf_when_in(sf_when_year(2021), UNIT_DAY))
               .ptr); /* no precision invented */
    /* January 1 belongs to the last week of the year before; winter likewise */
    when january = sf_when_of_date((sf_date){2021, 1, 1});
    CHECK_STR(sf_when_format(arena, sf_when_in(january, UNIT_WEEK)), "2020-W53");
    CHECK_STR(sf_when_format(arena, sf_when_in(january, UNIT_SEASON)), "2020-WI");
    CHECK_STR(sf_when_format(arena, sf_when_day(sf_easter_day(2021))), "2021-04-04");
    CHECK_STR(sf_when_format(arena, sf_when_day(sf_easter_day(2038))), "2038-04-25");
    CHECK_STR(sf_duration_format(arena, UNIT_YEAR, 2, false, true), "P2Y6M");
    CHECK_STR(sf_duration_format(arena, UNIT_DECADE, 2, false, false), "P20Y");
    CHECK_STR(sf_duration_format(arena, UNIT_HOUR, 0, true, false), "PTXH");
    CHECK(!sf_duration_format(arena, UNIT_YEAR, -1, false, false).ptr);
}

/* Every value that is a place in time can be read back as an interval. */
static void intervals(void) {
    static const char text[] =
        "In 1998, May 2020, spring 2021, the third quarter of 2019, the first half of 2020, the "
        "1990s, the 18th century, last week, last weekend, on Oct. 3, on Friday night, at 5 p.m. "
        "on "
        "Oct. 4, in 2019-2021 and on May 5-7, 2020.";
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_text *split = sf_text_split(&arena, SF_STR(text), NULL, 0);
    sf_times times = sf_time_find(&arena, split, (sf_date){2021, 10, 15});
    CHECK_INT(times.count, 14);
    for (size_t i = 0; i < times.count; i++) {
        sf_interval interval;
        check_that(sf_interval_parse(times.at[i].value, &interval),
                   sf_str_copy(&arena, times.at[i].value).ptr, __FILE__, __LINE__);
    }
    sf_arena_clear(&arena);
}

static double seconds(const char *piece, size_t count) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_buf buf = sf_buf_new(&arena);
    for (size_t i = 0; i < count; i++)
        sf_buf_add(&buf, sf_str_of(piece));
    clock_t begin = clock();
    sf_text *text = sf_text_split(&arena, sf_buf_str(&buf), NULL, 0);
    sf_time_find(&arena, text, (sf_date){2021, 10, 15});
    double spent = (double)(clock() - begin) / CLOCKS_PER_SEC;
    sf_arena_clear(&arena);
    return spent;
}

static void linear(void) {
    static const char *const nasty[] = {
        "one ",
        "twenty-",
        "the ",
        "May ",
        "of the end of the ",
        "hundred ",
        "1990-",
        "10/10/",
        "p.m. ",
        "a couple of ",
        "Friday, ",
        "the first half of the early ",
        "' ",
        "May 5, ",
        "last next this ",
        "said will was ",
        "twenty-one hundred thousand ",
        "5 p.m. ET/",
    };
    for (size_t i = 0; i < SF_LEN(nasty); i++) {
        double small = seconds(nasty[i], 5000), large = seconds(nasty[i], 50000);
        check_that(large < 20 * small + 0.1, nasty[i], __FILE__, __LINE__);
    }
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    values(&arena);
    sf_arena_clear(&arena);
    intervals();
    linear();
    return check_done();
}
