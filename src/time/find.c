#include "time/time.h"

sf_times sf_time_find(sf_arena *arena, const sf_text *text, sf_date published) {
    (void)arena, (void)text, (void)published;
    return (sf_times){0};
}
