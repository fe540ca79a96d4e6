/* Any bytes as a saved page. */
#include "drain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    drain(data, size, "fuzz.mhtml");
    return 0;
}
