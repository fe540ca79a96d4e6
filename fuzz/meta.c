/* meta: any bytes as a date line, a byline, an escaped string and JSON-LD, one after the other;
 * what is found lies inside. */
#include <stdlib.h>

#include "page/dateline.h"
#include "page/jsonld.h"
#include "page/names.h"
#include "page/unescape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_str text = {(const char *)data, size};
    sf_dateline line;
    for (size_t from = 0; sf_dateline_find(text, from, &line); from = line.end) {
        demand(line.begin >= from && line.begin < line.end && line.end <= size);
        demand(sf_date_valid(line.date) && line.date.month > 0);
        demand(!line.other.year || sf_date_valid(line.other));
    }
    sf_names names;
    sf_names_find(text, &names);
    for (size_t i = 0; i < names.count; i++) {
        demand(names.at[i].len > 0 && names.at[i].ptr >= text.ptr &&
               names.at[i].ptr + names.at[i].len <= text.ptr + size);
        (void)sf_name_look_of(names.at[i]);
    }
    (void)sf_unescape(&arena, text);
    sf_ld ld = {0};
    sf_ld_add(&arena, &ld, text);
    for (size_t i = 0; i < ld.count; i++)
        demand(ld.at[i].value.len > 0);
    sf_arena_clear(&arena);
    return 0;
}
