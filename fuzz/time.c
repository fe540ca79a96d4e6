/* time: any bytes as a text published on some day; every span inside and in order. The first two
 * bytes choose the day, so that undated pages and odd days are tried as well. */
#include <stdlib.h>

#include "time/time.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2)
        return 0;
    sf_date day = sf_date_from_days((data[0] * 256 + data[1]) * 45);
    if (data[0] == 'u')
        day = (sf_date){0, 0, 0};
    else if (data[0] == 'm')
        day.day = 0;
    else if (data[0] == 'y')
        day.day = day.month = 0;
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    sf_text *text = sf_text_split(&arena, (sf_str){(const char *)data + 2, size - 2}, NULL, 0);
    sf_times times = sf_time_find(&arena, text, day);
    uint32_t at = 0;
    for (size_t i = 0; i < times.count; i++) {
        const sofar_time *t = &times.at[i];
        if (t->span.begin < at || t->span.begin >= t->span.end || t->span.end > size - 2 ||
            (t->value.ptr && t->value.len == 0))
            abort();
        at = t->span.end;
    }
    sf_arena_clear(&arena);
    return 0;
}
