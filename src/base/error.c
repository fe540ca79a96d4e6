/* Errors: a status and one line that helps. */
#include "base/base.h"

#include <stdio.h>

static sofar_status fill(sofar_error *err, sofar_status status, size_t at, const char *format,
                         va_list args) {
    if (err) {
        err->status = status;
        err->at = at;
        vsnprintf(err->msg, sizeof err->msg, format, args);
    }
    return status;
}

sofar_status sf_fail(sofar_error *err, sofar_status status, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fill(err, status, 0, format, args);
    va_end(args);
    return status;
}

sofar_status sf_fail_at(sofar_error *err, sofar_status status, size_t at, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fill(err, status, at, format, args);
    va_end(args);
    return status;
}
