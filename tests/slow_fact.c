/* Facts: four times the sentences take about four times the time and the memory. */
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "read/read.h"

typedef struct cost {
    double seconds;
    size_t facts, receipts;
} cost;

static const char head[] =
    "date 2021-06-02 Low Tide\n\nThe film “Low Tide” opens soon. Actress Ana "
    "Ruiz, 30, said so.\n\n";

static cost cost_of(const sofar_reader *reader, const char *unit, const char *tail, size_t times) {
    size_t len = strlen(unit);
    char *text = malloc(sizeof head + len * times + strlen(tail)), *at = text;
    sofar_page page = SOFAR_PAGE_INIT;
    sofar_reading *reading;
    sofar_error err;
    cost out = {0};
    at += sprintf(at, "%s", head);
    for (size_t i = 0; i < times; i++, at += len)
        memcpy(at, unit, len);
    at += sprintf(at, "%s", tail);
    page.bytes = (sofar_str){text, (size_t)(at - text)};
    page.content_type = SOFAR_STR("text/plain");
    clock_t begin = clock();
    if (CHECK(sofar_read(reader, &page, &reading, &err) == SOFAR_OK)) {
        out.seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        const sofar_fact *facts = sofar_reading_facts(reading, &out.facts);
        for (size_t i = 0; i < out.facts; i++)
            out.receipts += facts[i].receipt_count;
        sofar_reading_free(reading);
    }
    free(text);
    return out;
}

int main(void) {
    static const struct {
        const char *unit, *tail;
        bool said;
    } nasty[] = {
        {"Ana Ruiz directed “Low Tide.” ", "", true},
        {"Ana Ruiz directed “Low Tide” and ", "it may be so.", false}, /* one hedge for all */
        {"Ana Ruiz directed “Low Tide.” “It was a long summer,” said Ana Ruiz.\n\n", "", true},
    };
    enum { FEW = 1500 };
    sofar_reader *reader;
    sofar_error err;
    if (!CHECK(sofar_reader_new(NULL, &reader, &err) == SOFAR_OK))
        return check_done();
    for (size_t i = 0; i < SF_LEN(nasty); i++) {
        cost few, many;
        bool ok = false;
        for (int again = 0; !ok && again < 3;
             again++) { /* a busy machine may slow one of the two */
            few = cost_of(reader, nasty[i].unit, nasty[i].tail, FEW);
            many = cost_of(reader, nasty[i].unit, nasty[i].tail, 4 * FEW);
            ok = many.seconds <= 10 * few.seconds + 0.3; /* quadratic would be 16 times */
            if (!ok)
                printf("#   unit \"%.40s\": %.3f s, four times of it %.3f s\n", nasty[i].unit,
                       few.seconds, many.seconds);
        }
        CHECK(ok);
        CHECK(many.facts == (nasty[i].said ? 1 : 0));
        CHECK(many.receipts == (nasty[i].said ? 4 * FEW : 0)); /* none is lost */
    }
    sofar_reader_free(reader);
    return check_done();
}
