/* Stands in for the compiler's header: NEON in plain C (SIMDe). */
#ifndef EMULATED_ARM_NEON_H
#define EMULATED_ARM_NEON_H

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/arm/neon.h>

#endif
