/* The list: a URL a line, what begins with "#" is a comment. */
#include "follow/list.h"

#include "fetch/fetch.h"
#include "source/input.h"

enum { LONGEST_LIST = 4 << 20 };

static sofar_status take_line(sf_arena *arena, const char *path, size_t number, sf_str line,
                              sf_list *out, sofar_error *err) {
    line = sf_str_trim(line);
    if (line.len == 0 || line.ptr[0] == '#')
        return SOFAR_OK;
    sf_str url = sf_str_copy(arena, line);
    if (!sf_fetch_is_url(url) || memchr(url.ptr, '\0', url.len) ||
        !sf_fetch_origin(arena, url.ptr).ptr)
        return sf_fail(err, SOFAR_ERR_USAGE,
                       "%s: line %zu: '%.200s' is no http:// or https:// URL; one stands on each "
                       "line, and # begins a comment",
                       path, number, url.ptr);
    *SF_PUSH(arena, out) = url;
    return SOFAR_OK;
}

sofar_status sf_list_read(sf_arena *arena, const char *path, sf_list *out, sofar_error *err) {
    sf_input *in;
    sf_str all;
    sofar_status status = sf_input_open(arena, arena->memory, path, &in, err);
    if (!status)
        status = sf_input_all(in, LONGEST_LIST, arena, &all, err);
    if (!status && sf_str_starts(all, SF_STR("\xEF\xBB\xBF")))
        all = sf_str_sub(all, 3, all.len);
    for (size_t number = 1, at = 0; !status && at < all.len; number++) {
        size_t end = sf_str_find(all, SF_STR("\n"), at);
        end = end == SIZE_MAX ? all.len : end;
        status = take_line(arena, path, number, sf_str_sub(all, at, end), out, err);
        at = end + 1;
    }
    if (!status && out->count == 0)
        return sf_fail(err, SOFAR_ERR_USAGE, "%s: no URL stands in it", path);
    return status;
}
