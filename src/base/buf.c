/* Growable bytes in an arena. */
#include "base/base.h"

#include <stdio.h>

sf_buf sf_buf_new(sf_arena *arena) { return (sf_buf){.arena = arena}; }

static void reserve(sf_buf *buf, size_t more) {
    if (buf->room - buf->len >= more)
        return;
    size_t wants = buf->room ? buf->room * 2 : 256;
    if (wants < buf->len + more)
        wants = buf->len + more;
    buf->ptr = sf_grow(buf->arena, buf->ptr, buf->room, wants);
    buf->room = wants;
}

void sf_buf_reserve(sf_buf *buf, size_t room) {
    if (buf->room - buf->len >= room)
        return;
    buf->ptr = sf_grow(buf->arena, buf->ptr, buf->room, buf->len + room);
    buf->room = buf->len + room;
}

void sf_buf_add(sf_buf *buf, sf_str s) {
    if (s.len == 0)
        return;
    reserve(buf, s.len);
    memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
}

void sf_buf_char(sf_buf *buf, char c) {
    reserve(buf, 1);
    buf->ptr[buf->len++] = c;
}

void sf_buf_printf(sf_buf *buf, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len > 0) {
        reserve(buf, (size_t)len + 1);
        vsnprintf(buf->ptr + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}
