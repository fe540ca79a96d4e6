/* For the targets of the source room: reads bytes as a source to its end. Aborts on what must never
 * be: a page longer than the limit, or more answers than bytes (deflate packs 1032 into one). */
#include <stdlib.h>

#include "source/source.h"

static inline void drain(const uint8_t *data, size_t size, const char *name) {
    const sofar_source_options options = {.max_page_bytes = 1 << 16};
    sofar_page hints = {.file = sf_str_of(name)}, page;
    sofar_source *source;
    sofar_error err;
    if (sf_source_from_bytes((sf_str){(const char *)data, size}, &hints, &options, &source, &err))
        abort();
    sofar_status status;
    for (size_t steps = 0; (status = sofar_source_next(source, &page, &err)) != SOFAR_DONE;
         steps++) {
        if (steps > size * 1032 + 1 ||
            (status == SOFAR_OK && page.bytes.len > options.max_page_bytes) ||
            (status != SOFAR_OK && err.status != status))
            abort();
        volatile uint64_t read = status ? 0 : sf_str_hash(page.bytes); /* all of it is there */
        (void)read;
    }
    sofar_source_close(source);
}
