/* Which kernels there are and which this CPU runs. */
#include "model/kernel.h"

static const sf_kernel *const kernels[] = {&sf_kernel_plain};

const sf_kernel *sf_kernel_at(size_t i) { return i < SF_LEN(kernels) ? kernels[i] : NULL; }

const sf_kernel *sf_kernel_best(void) { return sf_kernel_at(0); }

const sf_kernel *sf_kernel_find(sf_str name) {
    const sf_kernel *kernel;
    for (size_t i = 0; (kernel = sf_kernel_at(i)); i++)
        if (sf_str_equal(name, sf_str_of(kernel->name)))
            return kernel;
    return NULL;
}
