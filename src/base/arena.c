/* The arena: chunks of growing size, freed together. Under AddressSanitizer every block is an
 * allocation of its own, so that the tool sees overruns which chunks would hide. */
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

#if defined(__SANITIZE_ADDRESS__)
#define SF_ARENA_DEBUG 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SF_ARENA_DEBUG 1
#endif
#endif
#ifndef SF_ARENA_DEBUG
#define SF_ARENA_DEBUG 0
#endif

enum { FIRST_CHUNK = 16 << 10, LARGEST_CHUNK = 1 << 20, ALIGN = 16 };

struct sf_chunk {
    struct sf_chunk *next;
    size_t size, used; /* of data[], in bytes */
    _Alignas(ALIGN) char data[];
};

struct sf_deferred {
    struct sf_deferred *next;
    void (*release)(void *);
    void *what;
};

static void *heap_resize(void *ctx, void *ptr, size_t old_size, size_t new_size) {
    (void)ctx, (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, new_size);
}

static const sofar_allocator heap = {heap_resize, NULL};

void sf_arena_init(sf_arena *arena, const sofar_allocator *memory, jmp_buf *escape) {
    *arena = (sf_arena){.memory = memory ? memory : &heap, .escape = escape};
}

static struct sf_chunk *new_chunk(sf_arena *arena, size_t size, struct sf_chunk *next) {
    if (size > SIZE_MAX - sizeof(struct sf_chunk))
        return NULL;
    struct sf_chunk *c =
        arena->memory->resize(arena->memory->ctx, NULL, 0, sizeof(struct sf_chunk) + size);
    if (c)
        *c = (struct sf_chunk){.next = next, .size = size};
    return c;
}

void sf_arena_clear(sf_arena *arena) {
    for (struct sf_deferred *d = arena->deferred; d; d = d->next)
        d->release(d->what);
    arena->deferred = NULL;
    for (struct sf_chunk *c = arena->chunk, *next; c; c = next) {
        next = c->next;
        arena->memory->resize(arena->memory->ctx, c, sizeof *c + c->size, 0);
    }
    arena->chunk = NULL;
    arena->used = 0;
}

void sf_arena_reset(sf_arena *arena) {
    size_t total = 0;
    for (struct sf_chunk *c = arena->chunk; c; c = c->next)
        total += c->size;
    if (SF_ARENA_DEBUG || !arena->chunk || arena->chunk->next || arena->deferred) {
        sf_arena_clear(arena);
        if (!SF_ARENA_DEBUG && total)
            arena->chunk = new_chunk(arena, total, NULL); /* NULL is as good as empty */
        return;
    }
    arena->chunk->used = 0;
    arena->used = 0;
}

static _Noreturn void out_of_memory(sf_arena *arena) {
    if (arena->escape)
        longjmp(*arena->escape, 1);
    fputs("sofar: out of memory\n", stderr);
    abort();
}

static size_t aligned(size_t size) { return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1); }

/* Room for size bytes (a multiple of ALIGN), not zeroed; NULL if there is none. */
static void *take(sf_arena *arena, size_t size) {
    struct sf_chunk *c = arena->chunk;
    if (!c || SF_ARENA_DEBUG || c->size - c->used < size) {
        size_t want = c && !SF_ARENA_DEBUG ? c->size * 2 : FIRST_CHUNK;
        if (want > LARGEST_CHUNK)
            want = LARGEST_CHUNK;
        if (want < size || SF_ARENA_DEBUG)
            want = size;
        struct sf_chunk *fresh = new_chunk(arena, want, c);
        if (!fresh)
            return NULL;
        /* A block larger than a chunk goes behind the current one, which still has room. */
        if (c && !SF_ARENA_DEBUG && want == size && c->size - c->used > size / 8) {
            fresh->next = c->next;
            c->next = fresh;
        } else {
            arena->chunk = fresh;
        }
        c = fresh;
    }
    void *p = c->data + c->used;
    c->used += size;
    arena->used += size;
    return p;
}

void *sf_alloc(sf_arena *arena, size_t size) {
    if (size > SIZE_MAX / 2 || (arena->limit && arena->used + size > arena->limit))
        out_of_memory(arena);
    size = aligned(size ? size : 1);
    void *p = take(arena, size);
    if (!p)
        out_of_memory(arena);
    return memset(p, 0, size);
}

void *sf_grow(sf_arena *arena, void *ptr, size_t old_size, size_t new_size) {
    struct sf_chunk *c = arena->chunk;
    if (!SF_ARENA_DEBUG && ptr && c && new_size < SIZE_MAX / 2) {
        size_t had = aligned(old_size ? old_size : 1), wants = aligned(new_size ? new_size : 1);
        /* The newest block of the newest chunk grows in place. */
        if ((char *)ptr + had == c->data + c->used && wants >= had &&
            wants - had <= c->size - c->used &&
            (!arena->limit || arena->used + (wants - had) <= arena->limit)) {
            c->used += wants - had;
            arena->used += wants - had;
            return ptr;
        }
    }
    if (new_size > SIZE_MAX / 2 || (arena->limit && arena->used + new_size > arena->limit))
        out_of_memory(arena);
    void *p = take(arena, aligned(new_size ? new_size : 1));
    if (!p)
        out_of_memory(arena);
    if (old_size)
        memcpy(p, ptr, old_size < new_size ? old_size : new_size);
    return p;
}

void sf_defer(sf_arena *arena, void (*release)(void *), void *what) {
    struct sf_deferred *d = take(arena, aligned(sizeof *d));
    if (!d) {
        release(what);
        out_of_memory(arena);
    }
    *d = (struct sf_deferred){arena->deferred, release, what};
    arena->deferred = d;
}

void *sf_vec_reserve(sf_arena *arena, void *at, size_t count, size_t *room, size_t item) {
    if (count < *room)
        return at;
    size_t wants = *room ? *room * 2 : 8;
    at = sf_grow(arena, at, *room * item, wants * item);
    memset((char *)at + *room * item, 0, (wants - *room) * item);
    *room = wants;
    return at;
}
