/* Any bytes as a page: read whole, checked against the first promise, written as JSON. */
#include <stdio.h>
#include <stdlib.h>

#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    sofar_reader *reader;
    sofar_reading *reading;
    sofar_error err;
    sofar_page page = SOFAR_PAGE_INIT;
    page.bytes = (sf_str){(const char *)data, size};
    page.file = SF_STR("fuzz");
    sofar_reader_options options = {.cache = getenv("SOFAR_CACHE")};
    if (sofar_reader_new(&options, &reader, &err))
        abort();
    if (sofar_read(reader, &page, &reading, &err) == SOFAR_OK) {
        sf_str json;
        const char *fault = sf_reading_check(reading, page.bytes);
        if (fault) {
            fprintf(stderr, "%s\n", fault);
            abort();
        }
        if (sofar_reading_json(reading, &json, &err))
            abort();
        sofar_reading_free(reading);
    }
    sofar_reader_free(reader);
    return 0;
}
