/* gzip (RFC 1952) as an input: the members of a file one after the other, as WARC files are packed
 * (one member a record) and as `cat a.gz b.gz` makes them.
 *
 * What a broken member unpacked to before it broke is still handed out; then the input is bad, and
 * recover looks for the next member's first bytes. The search starts inside the broken member, for
 * where a member was cut short and the next one written behind it, the inflater has run some way
 * into that one before it noticed. Bytes read twice in this way are counted against a budget that
 * grows with the file, so that a file made of nothing but broken members is read in linear time.
 */
#include "source/input.h"

#include <zlib.h>

enum { MARKS = 4096, BACK = 64 << 10, GIVE_AGAIN = 1 << 20 };

typedef struct mark {
    uint64_t offset; /* of the member's first unpacked byte in the stream */
    uint64_t member; /* of the member in the file */
} mark;

typedef struct gunzip {
    sf_input *raw;
    z_stream z;
    bool open, inside;
    uint64_t member;
    uint64_t again; /* raw bytes that were read a second time */
    mark marks[MARKS];
    size_t mark_count;
} gunzip;

static void end_inflate(void *what) {
    gunzip *g = what;
    if (g->open)
        inflateEnd(&g->z);
    g->open = false;
}

static bool member_starts(sf_str s) {
    return s.len >= 4 && memcmp(s.ptr, "\x1f\x8b\x08", 3) == 0 && !((unsigned char)s.ptr[3] & 0xE0);
}

/* Keeps where the member begins; forgets members that have left the window. When the table is full
 * of members still in use, the places of later ones are told from the last one kept. */
static void push_mark(sf_input *in, gunzip *g) {
    mark m = {in->base + in->end, g->member};
    if (g->mark_count && g->marks[g->mark_count - 1].offset == m.offset) {
        g->marks[g->mark_count - 1] = m;
        return;
    }
    if (g->mark_count == MARKS) {
        size_t old = 0;
        while (old + 1 < g->mark_count && g->marks[old + 1].offset <= in->base)
            old++;
        g->mark_count -= old;
        memmove(g->marks, g->marks + old, g->mark_count * sizeof *g->marks);
    }
    if (g->mark_count < MARKS)
        g->marks[g->mark_count++] = m;
}

static ptrdiff_t bad(sf_input *in, sofar_status status, bool sound, const char *what) {
    gunzip *g = in->own;
    uint64_t at = sf_input_offset(g->raw);
    in->ended = true;
    in->sound = sound;
    in->bad =
        sf_fail_at(&in->err, status, (size_t)g->member,
                   "%.*s: the gzip member at byte %llu is %s at byte %llu; "
                   "get the file again, or test it with gzip -t",
                   SF_ARG(in->name), (unsigned long long)g->member, what, (unsigned long long)at);
    return -1;
}

static ptrdiff_t raw_failed(sf_input *in, sf_input *raw) {
    in->ended = true;
    in->bad = raw->bad;
    in->err = raw->err;
    in->recover = NULL;
    return -1;
}

/* Steps to the next member: 1, or 0 at the end, or -1. Zero bytes behind a member are padding. */
static int next_member(sf_input *in, gunzip *g) {
    sf_str head;
    while ((head = sf_input_peek(g->raw, 4)).len > 0 && head.ptr[0] == '\0')
        sf_input_skip(g->raw, 1);
    if (head.len == 0)
        return g->raw->bad ? (int)raw_failed(in, g->raw) : 0;
    g->member = sf_input_offset(g->raw);
    if (head.len < 4)
        sf_input_skip(g->raw, head.len);
    if (!member_starts(head))
        return (int)bad(in, SOFAR_ERR_FORMAT, true, head.len < 4 ? "cut" : "no gzip");
    inflateReset2(&g->z, 15 + 16);
    g->inside = true;
    push_mark(in, g);
    return 1;
}

static ptrdiff_t pull_gunzip(sf_input *in, char *into, size_t room) {
    gunzip *g = in->own;
    for (;;) {
        if (!g->inside) {
            int step = next_member(in, g);
            if (step <= 0)
                return step;
        }
        sf_str packed = sf_str_sub(sf_input_peek(g->raw, 1), 0, 1 << 30);
        uInt want = room < 1 << 30 ? (uInt)room : 1u << 30;
        g->z.next_in = (z_const Bytef *)packed.ptr;
        g->z.avail_in = (uInt)packed.len;
        g->z.next_out = (Bytef *)into;
        g->z.avail_out = want;
        int result = inflate(&g->z, Z_NO_FLUSH);
        sf_input_skip(g->raw, packed.len - g->z.avail_in);
        g->inside = result != Z_STREAM_END;
        if (g->z.avail_out < want)
            return (ptrdiff_t)(want - g->z.avail_out); /* an error shows again at the next call */
        if (result == Z_MEM_ERROR)
            return bad(in, SOFAR_ERR_MEMORY, false, "too much for the memory");
        if (result != Z_OK && result != Z_BUF_ERROR && result != Z_STREAM_END)
            return bad(in, SOFAR_ERR_FORMAT, false, "damaged");
        if (packed.len == 0 && g->inside)
            return g->raw->bad ? raw_failed(in, g->raw) : bad(in, SOFAR_ERR_FORMAT, true, "cut");
    }
}

static bool recover_gunzip(sf_input *in) {
    gunzip *g = in->own;
    uint64_t at = sf_input_offset(g->raw);
    uint64_t back = at > g->member ? at - g->member - 1 : 0;
    if (back > BACK)
        back = BACK;
    if (g->again + back <= GIVE_AGAIN + 4 * at)
        g->again += sf_input_back(g->raw, (size_t)back);
    if (sf_input_offset(g->raw) == g->member && sf_input_peek(g->raw, 1).len)
        sf_input_skip(g->raw, 1);
    for (;;) {
        sf_str rest = sf_input_peek(g->raw, 4);
        if (rest.len < 4)
            return false;
        size_t i = 0;
        while (i + 4 <= rest.len && !member_starts(sf_str_sub(rest, i, i + 4)))
            i++;
        sf_input_skip(g->raw, i);
        if (i + 4 <= rest.len)
            break;
    }
    g->inside = false;
    in->base += in->end;
    in->begin = in->end = 0;
    in->ended = in->sound = false;
    in->bad = SOFAR_OK;
    return true;
}

sf_input *sf_input_gunzip(sf_arena *arena, sf_input *raw) {
    sf_input *in = sf_input_new(arena, raw->memory, raw->name);
    gunzip *g = SF_NEW(arena, gunzip);
    g->raw = raw;
    sf_defer(arena, end_inflate, g);
    in->own = g;
    in->pull = pull_gunzip;
    in->recover = recover_gunzip;
    g->open = inflateInit2(&g->z, 15 + 16) == Z_OK;
    if (!g->open) {
        in->ended = true;
        in->recover = NULL;
        in->bad = sf_fail(&in->err, SOFAR_ERR_MEMORY, "%.*s: out of memory", SF_ARG(raw->name));
    }
    return in;
}

sf_place sf_input_place(const sf_input *in, uint64_t offset) {
    if (in->pull != pull_gunzip)
        return (sf_place){offset, 0};
    const gunzip *g = in->own;
    size_t i = g->mark_count;
    while (i > 0 && g->marks[i - 1].offset > offset)
        i--;
    if (i == 0)
        return (sf_place){0, offset};
    return (sf_place){g->marks[i - 1].member, offset - g->marks[i - 1].offset};
}

bool sf_input_begins_member(const sf_input *in, uint64_t offset) {
    if (in->pull != pull_gunzip)
        return false;
    sf_place place = sf_input_place(in, offset);
    return place.within == 0;
}
