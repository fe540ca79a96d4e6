/* Any bytes as a feed: RSS, Atom or JSON. */
#include "drain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    drain(data, size, "fuzz.xml");
    return 0;
}
