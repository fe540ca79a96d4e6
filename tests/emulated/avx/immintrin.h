/* Stands in for the compiler's header: the intrinsics of AVX2, AVX-VNNI and AVX-512 in plain C
 * (SIMDe), so that those kernels run on any machine. */
#ifndef EMULATED_IMMINTRIN_H
#define EMULATED_IMMINTRIN_H

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>

#define _mm256_dpbusd_avx_epi32 simde_mm256_dpbusd_epi32

#endif
