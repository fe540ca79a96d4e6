/* Any bytes as a web archive, plain or in gzip. */
#include "drain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    drain(data, size, "fuzz.warc");
    return 0;
}
