/* list: the URLs that are to be followed. Private to the follow room. */
#ifndef SF_FOLLOW_LIST_H
#define SF_FOLLOW_LIST_H

#include "base/base.h"

typedef struct sf_list {
    sf_str *at;
    size_t count, room;
} sf_list;

/* Errors: IO, LIMIT, USAGE (what is no URL, with its line). All in the arena. */
sofar_status sf_list_read(sf_arena *arena, const char *path, sf_list *out, sofar_error *err);

#endif
