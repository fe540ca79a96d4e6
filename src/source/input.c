/* The window over a stream, and the streams that are not packed: files, standard input, memory. */
#include "source/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WINDOW = 256 << 10, PULL = 32 << 10, BACK = 64 << 10 };

static void free_window(void *what) {
    sf_input *in = what;
    if (in->at)
        in->memory->resize(in->memory->ctx, in->at, in->room, 0);
    in->at = NULL;
}

sf_input *sf_input_new(sf_arena *arena, const sofar_allocator *memory, sf_str name) {
    sf_input *in = SF_NEW(arena, sf_input);
    in->memory = memory ? memory : arena->memory;
    in->name = name;
    sf_defer(arena, free_window, in);
    return in;
}

static void stop(sf_input *in, sofar_status status) {
    in->bad = status;
    in->ended = true;
}

/* Makes room for PULL bytes behind the window's end. */
static bool make_room(sf_input *in) {
    if (in->room - in->end >= PULL)
        return true;
    size_t gone = in->begin > BACK ? in->begin - BACK : 0;
    /* Moves fewer bytes than were used since the last move, by and large. */
    if (gone > 0 && gone >= in->room / 4) {
        memmove(in->at, in->at + gone, in->end - gone);
        in->begin -= gone, in->end -= gone, in->base += gone;
        if (in->room - in->end >= PULL)
            return true;
    }
    size_t wants = in->room ? in->room * 2 : WINDOW;
    char *at = in->memory->resize(in->memory->ctx, in->at, in->room, wants);
    if (!at) {
        stop(in, sf_fail(&in->err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(in->name)));
        return false;
    }
    in->at = at;
    in->room = wants;
    return true;
}

sf_str sf_input_peek(sf_input *in, size_t want) {
    while (in->end - in->begin < want && !in->ended) {
        if (!make_room(in))
            break;
        ptrdiff_t n = in->pull(in, in->at + in->end, in->room - in->end);
        if (n > 0)
            in->end += (size_t)n;
        else
            in->ended = true;
    }
    return (sf_str){in->at ? in->at + in->begin : "", in->end - in->begin};
}

void sf_input_skip(sf_input *in, size_t bytes) { in->begin += bytes; }

uint64_t sf_input_drop(sf_input *in, uint64_t bytes) {
    uint64_t left = bytes;
    while (left > 0) {
        size_t have = sf_input_peek(in, 1).len;
        if (have == 0)
            break;
        if (have > left)
            have = (size_t)left;
        sf_input_skip(in, have);
        left -= have;
    }
    return bytes - left;
}

size_t sf_input_take(sf_input *in, size_t bytes, sf_buf *buf) {
    size_t left = bytes;
    while (left > 0) {
        sf_str have = sf_str_sub(sf_input_peek(in, 1), 0, left);
        if (have.len == 0)
            break;
        sf_buf_add(buf, have);
        sf_input_skip(in, have.len);
        left -= have.len;
    }
    return bytes - left;
}

bool sf_input_unread(sf_input *in, sf_str bytes) {
    size_t live = in->end - in->begin;
    if (in->begin < bytes.len) {
        size_t wants = bytes.len + live + PULL;
        char *at = in->memory->resize(in->memory->ctx, NULL, 0, wants);
        if (!at)
            return false;
        uint64_t offset = sf_input_offset(in);
        if (live)
            memcpy(at + bytes.len, in->at + in->begin, live);
        free_window(in);
        in->at = at, in->room = wants;
        in->begin = bytes.len, in->end = bytes.len + live;
        in->base = offset - bytes.len;
    }
    in->begin -= bytes.len;
    if (bytes.len)
        memmove(in->at + in->begin, bytes.ptr, bytes.len);
    return true;
}

size_t sf_input_back(sf_input *in, size_t bytes) {
    if (bytes > in->begin)
        bytes = in->begin;
    in->begin -= bytes;
    return bytes;
}

sofar_status sf_input_all(sf_input *in, size_t limit, sf_arena *arena, sf_str *out,
                          sofar_error *err) {
    sf_buf buf = sf_buf_new(arena);
    bool too_long = in->size_hint > limit;
    if (in->size_hint > 0 && !too_long) { /* one piece, not a doubling buffer's three */
        buf.room = (size_t)in->size_hint;
        buf.ptr = sf_grow(arena, NULL, 0, buf.room);
    }
    if (!too_long) {
        sf_input_take(in, limit, &buf);
        too_long = !in->bad && sf_input_peek(in, 1).len > 0;
    }
    if (in->bad) {
        if (err)
            *err = in->err;
        return in->bad;
    }
    if (too_long)
        return sf_fail_at(err, SOFAR_ERR_LIMIT, limit,
                          "%.*s: longer than %zu bytes; raise --max-page to read it",
                          SF_ARG(in->name), limit);
    *out = sf_buf_str(&buf);
    return SOFAR_OK;
}

/* ---- files ---- */

typedef struct file {
    int fd;
} file;

static void close_file(void *what) {
    file *f = what;
    if (f->fd > 0)
        close(f->fd);
    f->fd = -1;
}

static ptrdiff_t pull_file(sf_input *in, char *into, size_t room) {
    file *f = in->own;
    ssize_t n;
    do
        n = read(f->fd, into, room < SF_INPUT_PIECE ? room : SF_INPUT_PIECE);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        stop(in, sf_fail_at(&in->err, SOFAR_ERR_IO, (size_t)(in->base + in->end),
                            "%.*s: cannot be read at byte %llu: %s", SF_ARG(in->name),
                            (unsigned long long)(in->base + in->end), strerror(errno)));
    return n;
}

static bool seek_file(sf_input *in, uint64_t offset) {
    file *f = in->own;
    if (offset >= in->base && offset <= in->base + in->end) {
        in->begin = (size_t)(offset - in->base);
        return true;
    }
    if (offset > INT64_MAX || lseek(f->fd, (off_t)offset, SEEK_SET) < 0)
        return false;
    in->begin = in->end = 0;
    in->base = offset;
    in->ended = false;
    return true;
}

sofar_status sf_input_open(sf_arena *arena, const sofar_allocator *memory, const char *path,
                           sf_input **out, sofar_error *err) {
    bool standard = strcmp(path, "-") == 0;
    file *f = SF_NEW(arena, file);
    f->fd = -1;
    sf_defer(arena, close_file, f);
    sf_input *in = sf_input_new(arena, memory, sf_str_copy(arena, sf_str_of(path)));
    f->fd = standard ? 0 : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (f->fd < 0)
        return sf_fail(err, SOFAR_ERR_IO, "%s: cannot be opened: %s%s", path, strerror(errno),
                       strstr(path, "://") ? "; of URLs, only http:// and https:// are fetched"
                       : errno == ENOENT   ? "; check the name"
                                           : "");
    in->own = f;
    in->pull = pull_file;
    struct stat st;
    if (fstat(f->fd, &st) == 0 && S_ISREG(st.st_mode)) {
        if (!standard)
            in->seek = seek_file;
        if (!standard && st.st_size > 0)
            in->size_hint = (uint64_t)st.st_size;
    }
    *out = in;
    return SOFAR_OK;
}

/* ---- memory ---- */

typedef struct memory {
    sf_str bytes;
    size_t at;
} memory;

static ptrdiff_t pull_bytes(sf_input *in, char *into, size_t room) {
    memory *m = in->own;
    sf_str rest = sf_str_sub(m->bytes, m->at, m->bytes.len);
    size_t n = rest.len < room ? rest.len : room;
    n = n < SF_INPUT_PIECE ? n : SF_INPUT_PIECE;
    if (n)
        memcpy(into, rest.ptr, n);
    m->at += n;
    return (ptrdiff_t)n;
}

static bool seek_bytes(sf_input *in, uint64_t offset) {
    memory *m = in->own;
    if (offset > m->bytes.len)
        return false;
    m->at = (size_t)offset;
    in->begin = in->end = 0;
    in->base = offset;
    in->ended = false;
    return true;
}

sf_input *sf_input_bytes(sf_arena *arena, const sofar_allocator *allocator, sf_str name,
                         sf_str bytes) {
    sf_input *in = sf_input_new(arena, allocator, name);
    memory *m = SF_NEW(arena, memory);
    m->bytes = bytes;
    in->own = m;
    in->pull = pull_bytes;
    in->seek = seek_bytes;
    in->size_hint = bytes.len;
    return in;
}

/* ---- a part of another ---- */

typedef struct part {
    sf_input *whole;
    uint64_t origin, end;
} part;

static ptrdiff_t pull_part(sf_input *in, char *into, size_t room) {
    part *p = in->own;
    uint64_t at = in->base + in->end, left = at < p->end ? p->end - at : 0;
    sf_str bytes = left ? sf_input_peek(p->whole, 1) : (sf_str){"", 0};
    size_t n = bytes.len < room ? bytes.len : room;
    if (n > left)
        n = (size_t)left;
    if (n) {
        memcpy(into, bytes.ptr, n);
        sf_input_skip(p->whole, n);
    } else if (left && p->whole->bad) {
        stop(in, p->whole->bad);
        in->err = p->whole->err;
        return -1;
    }
    return (ptrdiff_t)n;
}

static bool seek_part(sf_input *in, uint64_t offset) {
    part *p = in->own;
    if (offset > p->end || offset > UINT64_MAX - p->origin ||
        !p->whole->seek(p->whole, p->origin + offset))
        return false;
    in->begin = in->end = 0;
    in->base = offset;
    in->ended = false;
    return true;
}

sf_input *sf_input_part(sf_arena *arena, sf_input *whole, sf_str name, uint64_t origin,
                        uint64_t begin, uint64_t end) {
    sf_input *in = sf_input_new(arena, whole->memory, sf_str_copy(arena, name));
    part *p = SF_NEW(arena, part);
    *p = (part){whole, origin, end};
    in->own = p;
    in->pull = pull_part;
    in->seek = seek_part;
    uint64_t most = whole->size_hint > origin ? whole->size_hint - origin : 0;
    in->size_hint = end < most ? end : most;
    if (begin > end || !whole->seek || !seek_part(in, begin))
        stop(in, sf_fail_at(&in->err, SOFAR_ERR_IO, (size_t)begin,
                            "%.*s: there is no part from byte %llu to %llu", SF_ARG(name),
                            (unsigned long long)begin, (unsigned long long)end));
    return in;
}
