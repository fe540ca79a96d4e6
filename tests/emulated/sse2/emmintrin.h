/* Stands in for the compiler's header: SSE2 in plain C (SIMDe). */
#ifndef EMULATED_EMMINTRIN_H
#define EMULATED_EMMINTRIN_H

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/sse2.h>

#endif
