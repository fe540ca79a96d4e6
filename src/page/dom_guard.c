#include "page/dom_guard.h"

sf_str sf_dom_guard(sf_arena *arena, sf_str html, sf_guard_level level, uint32_t *cut) {
    (void)arena, (void)level;
    *cut = 0;
    return html;
}
