/* A folder, walked in byte order of its files' paths. One list of names a level is held, never a
 * file's contents. A folder that was visited already - through a symbolic link, in a loop or not -
 * is not visited again. Names that begin with a dot are left out, and what a browser saved beside a
 * page ("x_files" next to "x.html").
 *
 * Sorting names with the "/" of folders appended gives the byte order of whole paths: "a-b" stands
 * before "a/x" although "a" is before "a-b". */
#include "source/kinds.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef struct level {
    sf_arena arena; /* of the names */
    sf_str *names;  /* folders end with '/' */
    size_t count, next;
    size_t path_len; /* of the folder's own path in the walker's buffer, with its '/' */
} level;

typedef struct identity {
    dev_t device;
    ino_t node;
    bool used;
} identity;

enum { DEEPEST = 256 };

struct sf_folder {
    sf_arena *arena;
    level levels[DEEPEST];
    size_t depth;
    sf_buf path;
    identity *seen; /* open addressing, a power of two of places, at most half of them used */
    size_t seen_count, seen_room;
};

static void free_levels(void *what) {
    sf_folder *f = what;
    while (f->depth > 0)
        sf_arena_clear(&f->levels[--f->depth].arena);
}

/* ---- folders that were visited ---- */

static identity *seen_place(const sf_folder *f, identity me) {
    size_t i = (size_t)sf_str_hash((sf_str){(const char *)&me.node, sizeof me.node});
    while (f->seen[i & (f->seen_room - 1)].used) {
        identity *other = &f->seen[i & (f->seen_room - 1)];
        if (other->device == me.device && other->node == me.node)
            return other;
        i++;
    }
    return &f->seen[i & (f->seen_room - 1)];
}

static bool first_visit(sf_folder *f, const struct stat *st) {
    if (f->seen_count * 2 >= f->seen_room) {
        sf_folder old = *f;
        f->seen_room = old.seen_room ? old.seen_room * 2 : 64;
        f->seen = SF_ARRAY(f->arena, identity, f->seen_room);
        for (size_t i = 0; i < old.seen_room; i++)
            if (old.seen[i].used)
                *seen_place(f, old.seen[i]) = old.seen[i];
    }
    identity me = {st->st_dev, st->st_ino, true};
    identity *place = seen_place(f, me);
    if (place->used)
        return false;
    *place = me;
    f->seen_count++;
    return true;
}

/* ---- one folder's names ---- */

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

static void set_path(sf_folder *f, size_t keep, sf_str name) {
    f->path.len = keep;
    sf_buf_add(&f->path, name);
    sf_buf_char(&f->path, '\0');
    f->path.len--;
}

static void close_listing(void *what) {
    DIR **listing = what;
    if (*listing)
        closedir(*listing);
    *listing = NULL;
}

static bool is_folder(sf_folder *f, const level *l, const struct dirent *entry) {
    if (entry->d_type == DT_DIR || entry->d_type == DT_REG)
        return entry->d_type == DT_DIR;
    struct stat st;
    set_path(f, l->path_len, sf_str_of(entry->d_name));
    return stat(f->path.ptr, &st) == 0 && S_ISDIR(st.st_mode);
}

/* All names of the folder in f->path, which ends with '/'. Returns errno, 0 if all went well. */
static int list(sf_folder *f, level *l) {
    sf_vec(sf_str) names = {0};
    DIR **listing = SF_NEW(&l->arena, DIR *);
    sf_defer(&l->arena, close_listing, listing);
    *listing = opendir(f->path.ptr);
    if (!*listing)
        return errno;
    struct dirent *entry;
    while (errno = 0, (entry = readdir(*listing)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        sf_str name =
            sf_str_format(&l->arena, "%s%s", entry->d_name, is_folder(f, l, entry) ? "/" : "");
        *SF_PUSH(&l->arena, &names) = name;
    }
    int failed = errno;
    close_listing(listing);
    if (names.count)
        qsort(names.at, names.count, sizeof *names.at, by_bytes);
    l->names = names.at;
    l->count = names.count;
    return failed;
}

/* Enters the folder in f->path, unless it was visited before. */
static sofar_status enter(sf_folder *f, sofar_error *err) {
    struct stat st;
    if (stat(f->path.ptr, &st) == 0 && !first_visit(f, &st))
        return SOFAR_OK;
    if (f->depth == DEEPEST)
        return sf_fail(err, SOFAR_ERR_LIMIT, "%s: nested deeper than %d folders", f->path.ptr,
                       DEEPEST);
    level *l = &f->levels[f->depth++];
    *l = (level){.path_len = f->path.len};
    sf_arena_init(&l->arena, f->arena->memory, f->arena->escape);
    int failed = list(f, l);
    if (!failed)
        return SOFAR_OK;
    set_path(f, l->path_len, SF_STR(""));
    sf_fail(err, SOFAR_ERR_IO, "%s: the folder cannot be listed: %s", f->path.ptr,
            strerror(failed));
    if (l->count == 0) { /* else what was listed is still read */
        sf_arena_clear(&l->arena);
        f->depth--;
    }
    return SOFAR_ERR_IO;
}

/* "x_files/" where "x.html" or "x.htm" stands beside it. */
static bool saved_beside(level *l, sf_str name) {
    if (!sf_str_ends(name, SF_STR("_files/")))
        return false;
    sf_str stem = sf_str_sub(name, 0, name.len - 7);
    sf_str page = sf_str_format(&l->arena, "%.*s.html", SF_ARG(stem));
    if (bsearch(&page, l->names, l->count, sizeof *l->names, by_bytes))
        return true;
    page.len--;
    return bsearch(&page, l->names, l->count, sizeof *l->names, by_bytes) != NULL;
}

/* ---- the walk ---- */

sofar_status sf_folder_open(sf_arena *arena, const char *path, sf_folder **out, sofar_error *err) {
    sf_folder *f = SF_NEW(arena, sf_folder);
    f->arena = arena;
    f->path = sf_buf_new(arena);
    sf_defer(arena, free_levels, f);
    set_path(f, 0, sf_str_of(path));
    if (!sf_str_ends(sf_str_of(path), SF_STR("/")))
        set_path(f, f->path.len, SF_STR("/"));
    sofar_status status = enter(f, err);
    if (!status)
        *out = f;
    return status;
}

sofar_status sf_folder_next(sf_folder *f, uint64_t *skipped, sf_str *path, sofar_error *err) {
    while (f->depth > 0) {
        level *l = &f->levels[f->depth - 1];
        l->arena.escape = f->arena->escape;
        if (l->next == l->count) {
            sf_arena_clear(&l->arena);
            f->depth--;
            continue;
        }
        sf_str name = l->names[l->next++];
        if (saved_beside(l, name)) {
            ++*skipped;
            continue;
        }
        set_path(f, l->path_len, name);
        if (sf_str_ends(name, SF_STR("/"))) {
            sofar_status status = enter(f, err);
            if (status)
                return status;
            continue;
        }
        struct stat st;
        if (stat(f->path.ptr, &st) == 0 && !S_ISREG(st.st_mode)) {
            ++*skipped; /* pipes, sockets, devices */
            continue;
        }
        *path = sf_buf_str(&f->path);
        return SOFAR_OK;
    }
    return SOFAR_DONE;
}

double sf_folder_progress(const sf_folder *f) {
    if (f->depth == 0)
        return 1;
    double done = 0, share = 1; /* of the whole, for one name of the level */
    for (size_t i = 0; i < f->depth; i++) {
        const level *l = &f->levels[i];
        bool inside = i + 1 < f->depth; /* its newest name is a folder that is still being read */
        if (l->count == 0)
            break;
        share /= (double)l->count;
        done += share * (double)(l->next - (inside && l->next ? 1 : 0));
    }
    return done;
}
