/* Which kernels there are and which this CPU runs. */
#include "model/kernel.h"

#if defined(__x86_64__)
#include <cpuid.h>

static bool always(void) { return true; }

static bool has_avx2(void) { return __builtin_cpu_supports("avx2"); }

/* Not every compiler's builtin knows it: CPUID 7.1, EAX bit 4. */
static bool has_avxvnni(void) {
    unsigned a, b, c, d;
    return has_avx2() && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 4 & 1);
}

static bool has_avx512(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vnni");
}
#elif defined(__aarch64__)
#include <sys/auxv.h>

static bool always(void) { return true; }

static bool has_dot(void) { return getauxval(AT_HWCAP) >> 20 & 1; } /* HWCAP_ASIMDDP */
#else
static bool always(void) { return true; }
#endif

/* The fastest first. The build says which its compiler could make. */
static const struct {
    const sf_kernel *kernel;
    bool (*runs)(void);
} kernels[] = {
#ifdef SF_HAVE_AVX512
    {&sf_kernel_avx512, has_avx512},
#endif
#ifdef SF_HAVE_AVXVNNI
    {&sf_kernel_avxvnni, has_avxvnni},
#endif
#ifdef SF_HAVE_AVX2
    {&sf_kernel_avx2, has_avx2},
#endif
#ifdef SF_HAVE_SSE2
    {&sf_kernel_sse2, always},
#endif
#ifdef SF_HAVE_NEONDOT
    {&sf_kernel_neondot, has_dot},
#endif
#ifdef SF_HAVE_NEON
    {&sf_kernel_neon, always},
#endif
    {&sf_kernel_plain, always},
};

const sf_kernel *sf_kernel_at(size_t i) {
    for (size_t k = 0; k < SF_LEN(kernels); k++)
        if (kernels[k].runs() && i-- == 0)
            return kernels[k].kernel;
    return NULL;
}

const sf_kernel *sf_kernel_best(void) { return sf_kernel_at(0); }

const sf_kernel *sf_kernel_find(sf_str name) {
    const sf_kernel *kernel;
    for (size_t i = 0; (kernel = sf_kernel_at(i)); i++)
        if (sf_str_equal(name, sf_str_of(kernel->name)))
            return kernel;
    return NULL;
}
