/* A build without libpq. */
#include "store/inner.h"

const sf_engine *const sf_engine_postgresql = NULL;
