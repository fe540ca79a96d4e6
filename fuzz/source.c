/* Any bytes as a file of any kind. */
#include "drain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    drain(data, size, "fuzz");
    return 0;
}
