/* input: bytes in order through a bounded window, whatever they come from. A kind peeks at what is
 * next and skips what it has used; a file of any size takes a few hundred KB. Private to this room.
 *
 * Two offsets matter: `offset` counts the bytes of this stream; for a stream that gzip made,
 * sf_input_place also tells which gzip member of the file they came from.
 */
#ifndef SF_INPUT_H
#define SF_INPUT_H

#include "base/base.h"

enum { SF_INPUT_PIECE = 64 << 10 }; /* how much a file is read at a time */

typedef struct sf_input sf_input;
struct sf_input {
    /* Up to room bytes into `into`: how many, 0 at the end, -1 after setting bad and err. */
    ptrdiff_t (*pull)(sf_input *in, char *into, size_t room);
    /* Goes to this offset of the stream; NULL: cannot. */
    bool (*seek)(sf_input *in, uint64_t offset);
    /* After `bad`: finds the place where reading can go on; NULL: there is none. */
    bool (*recover)(sf_input *in);
    void *own; /* what the four above need */
    const sofar_allocator *memory;
    sf_str name;
    uint64_t size_hint; /* bytes in all, if known; 0 if not */

    char *at; /* the window: the bytes [begin, end) are to come, those before were used */
    size_t begin, end, room;
    uint64_t base; /* stream offset of at[0] */
    bool ended;    /* nothing more to pull, or bad */
    bool sound;    /* with bad: what came before is known to be right (cut, not damaged) */
    sofar_status bad;
    sofar_error err; /* with bad */
};

/* The window goes back to the allocator with the arena. Nothing else is opened. */
sf_input *sf_input_new(sf_arena *arena, const sofar_allocator *memory, sf_str name);
/* A file by path, or "-". Errors: IO. The file is closed with the arena. */
sofar_status sf_input_open(sf_arena *arena, const sofar_allocator *memory, const char *path,
                           sf_input **out, sofar_error *err);
sf_input *sf_input_bytes(sf_arena *arena, const sofar_allocator *memory, sf_str name, sf_str bytes);
/* The bytes [begin, end) of what begins at byte `origin` of the whole, under their offsets there;
 * it is called `name`. The whole can seek, and is this input's from now on. */
sf_input *sf_input_part(sf_arena *arena, sf_input *whole, sf_str name, uint64_t origin,
                        uint64_t begin, uint64_t end);
/* What the gzip members of raw unpack to, one after the other. */
sf_input *sf_input_gunzip(sf_arena *arena, sf_input *raw);

/* At least `want` bytes if the stream has them; all that the window holds. Stays where it is. */
sf_str sf_input_peek(sf_input *in, size_t want);
void sf_input_skip(sf_input *in, size_t bytes); /* no more than was peeked */
/* Leaves out up to `bytes`, peeked or not; how many there were. */
uint64_t sf_input_drop(sf_input *in, uint64_t bytes);
/* Appends up to `bytes` to buf; how many there were. */
size_t sf_input_take(sf_input *in, size_t bytes, sf_buf *buf);
/* Puts back the bytes that were taken last. False if memory is out. */
bool sf_input_unread(sf_input *in, sf_str bytes);
/* Steps back over used bytes, as far as the window still holds them; how many. */
size_t sf_input_back(sf_input *in, size_t bytes);
static inline uint64_t sf_input_offset(const sf_input *in) { return in->base + in->begin; }

/* Everything from here to the end, at most `limit` bytes. Errors: LIMIT, what the stream says. */
sofar_status sf_input_all(sf_input *in, size_t limit, sf_arena *arena, sf_str *out,
                          sofar_error *err);

/* Where the byte at a stream offset lies in the file: `member` is the file offset, `within` how
 * many unpacked bytes after it (0 for a stream that was not packed, or at the first byte of a
 * member). */
typedef struct sf_place {
    uint64_t member, within;
} sf_place;
sf_place sf_input_place(const sf_input *in, uint64_t offset);
/* Is this the first unpacked byte of a gzip member? Never in a stream that was not packed. */
bool sf_input_begins_member(const sf_input *in, uint64_t offset);

#endif
