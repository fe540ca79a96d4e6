/* Word pieces: a token is put in lower case and stripped of marks as BERT's uncased models have it,
 * parted at punctuation and ideographs, and each part is cut greedily, the longest piece of the
 * vocabulary first (Schuster and Nakajima 2012, "Japanese and Korean voice search"; Devlin et al.
 * 2019).
 *
 * A part is collected in a buffer of PART_MOST characters, since longer ones are unknown anyway;
 * hashes of all its beginnings come from one pass (FNV-1a goes from left to right), so a token
 * costs time in proportion to its bytes, whatever they are. */
#include "text/piece.h"

#include <utf8proc.h>

enum { PART_MOST = 100 };

#define FNV_BASIS 2166136261u
#define FNV_PRIME 16777619u

typedef struct cutter {
    const sf_vocab *vocab;
    uint32_t *out;
    uint32_t count;
    /* the part being collected: */
    char bytes[PART_MOST * 4];
    uint16_t ends[PART_MOST]; /* behind each character */
    uint32_t length;          /* in characters, PART_MOST + 1 for what is too long */
} cutter;

static uint32_t fnv(uint32_t hash, const char *bytes, size_t count) {
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * FNV_PRIME;
    return hash;
}

static size_t line_end(sf_str lines, size_t at) {
    const char *found = memchr(lines.ptr + at, '\n', lines.len - at);
    return found ? (size_t)(found - lines.ptr) : lines.len;
}

sf_vocab *sf_vocab_of(sf_arena *arena, sf_str lines) {
    sf_vocab *vocab = SF_NEW(arena, sf_vocab);
    uint32_t *offsets = SF_ARRAY(arena, uint32_t, SF_VOCAB_SLOTS);
    uint32_t *hash = SF_ARRAY(arena, uint32_t, SF_VOCAB_SLOTS);
    sf_buf bytes = sf_buf_new(arena);
    for (size_t at = 0, end; at < lines.len && vocab->count < SF_VOCAB_SLOTS - 1; at = end + 1) {
        end = line_end(lines, at);
        uint32_t slot = fnv(FNV_BASIS, lines.ptr + at, end - at) & (SF_VOCAB_SLOTS - 1);
        while (hash[slot])
            slot = (slot + 1) & (SF_VOCAB_SLOTS - 1);
        sf_buf_add(&bytes, (sf_str){lines.ptr + at, end - at});
        hash[slot] = ++vocab->count;
        offsets[vocab->count] = (uint32_t)bytes.len;
    }
    vocab->offsets = offsets;
    vocab->hash = hash;
    vocab->bytes = sf_buf_str(&bytes).ptr;
    return vocab;
}

/* The id of the piece that is `mark` and then `rest`; SF_NONE if there is none. */
static uint32_t find(const sf_vocab *vocab, uint32_t hash, sf_str mark, sf_str rest) {
    for (uint32_t slot = hash, n = 0; n < SF_VOCAB_SLOTS; slot++, n++) {
        uint32_t id = vocab->hash[slot & (SF_VOCAB_SLOTS - 1)];
        if (id-- == 0)
            break;
        size_t bytes = vocab->offsets[id + 1] - vocab->offsets[id];
        const char *piece = vocab->bytes + vocab->offsets[id];
        if (bytes == mark.len + rest.len && memcmp(piece, mark.ptr, mark.len) == 0 &&
            memcmp(piece + mark.len, rest.ptr, rest.len) == 0)
            return id;
    }
    return SF_NONE;
}

/* The longest piece that begins at character `from`; *next: the character behind it. */
static uint32_t longest(const cutter *cut, uint32_t from, uint32_t *next) {
    sf_str mark = from ? SF_STR("##") : SF_STR("");
    size_t begin = from ? cut->ends[from - 1] : 0, at = begin;
    uint32_t hashes[PART_MOST], hash = fnv(FNV_BASIS, mark.ptr, mark.len);
    for (uint32_t i = from; i < cut->length; at = cut->ends[i++])
        hash = hashes[i] = fnv(hash, cut->bytes + at, cut->ends[i] - at);
    for (uint32_t end = cut->length; end > from; end--) {
        sf_str rest = {cut->bytes + begin, cut->ends[end - 1] - begin};
        uint32_t id = find(cut->vocab, hashes[end - 1], mark, rest);
        if (id != SF_NONE) {
            *next = end;
            return id;
        }
    }
    return SF_NONE;
}

static void put(cutter *cut, uint32_t id) {
    if (cut->count < SF_PIECE_MOST)
        cut->out[cut->count++] = id;
}

/* Ends the part that was collected, if there is one. A part that cannot be cut to its end is one
 * unknown piece, so its pieces count only then. */
static void end_part(cutter *cut) {
    uint32_t before = cut->count, at = 0;
    bool known = cut->length <= PART_MOST;
    while (known && at < cut->length) {
        uint32_t id = longest(cut, at, &at);
        known = id != SF_NONE;
        put(cut, id);
    }
    if (!known) {
        cut->count = before;
        put(cut, SF_PIECE_UNKNOWN);
    }
    cut->length = 0;
}

static void collect(cutter *cut, uint32_t code) {
    if (cut->length < PART_MOST) {
        size_t at = cut->length ? cut->ends[cut->length - 1] : 0;
        cut->ends[cut->length] = (uint16_t)(at + sf_utf8_put(code, cut->bytes + at));
    }
    cut->length += cut->length <= PART_MOST;
}

static bool is_ideograph(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B81F) ||
           (c >= 0x2B820 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x2F800 && c <= 0x2FA1F);
}

/* One character of the decomposed text. */
static void take(cutter *cut, uint32_t code) {
    bool alone = is_ideograph(code);
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS: return;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: end_part(cut); return;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO: alone = true; break;
    default: /* the signs of ASCII count as punctuation: $ + < = > ^ ` | ~ */
        alone = alone || (code < 0x80 && !sf_is_alpha((char)code) && !sf_is_digit((char)code));
    }
    if (alone)
        end_part(cut);
    collect(cut, (uint32_t)utf8proc_tolower((utf8proc_int32_t)code));
    if (alone)
        end_part(cut);
}

uint32_t sf_pieces(const sf_vocab *vocab, sf_str token, uint32_t out[SF_PIECE_MOST]) {
    cutter cut = {.vocab = vocab, .out = out};
    for (size_t at = 0, bytes; at < token.len && cut.count < SF_PIECE_MOST; at += bytes) {
        uint32_t code = sf_utf8_at(token, at, &bytes);
        utf8proc_int32_t parts[8];
        int boundary = 0;
        if (code < 0x80) {
            take(&cut, code);
            continue;
        }
        if (code == 0xFFFD) /* also what is no UTF-8 */
            continue;
        utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, parts, SF_LEN(parts),
                                                     UTF8PROC_DECOMPOSE, &boundary);
        for (utf8proc_ssize_t i = 0; i < n && i < (utf8proc_ssize_t)SF_LEN(parts); i++)
            take(&cut, (uint32_t)parts[i]);
    }
    if (cut.length)
        end_part(&cut);
    if (cut.count == 0)
        put(&cut, SF_PIECE_UNKNOWN);
    return cut.count;
}

uint8_t sf_piece_shape(sf_str token, bool space) {
    size_t letters = 0, uppers = 0;
    bool digit = false, first_upper = false;
    for (size_t at = 0, bytes; at < token.len; at += bytes) {
        uint32_t code = sf_utf8_at(token, at, &bytes);
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
        bool upper = category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
        digit |= category == UTF8PROC_CATEGORY_ND;
        if (!upper && category != UTF8PROC_CATEGORY_LL)
            continue;
        first_upper |= upper && letters == 0;
        letters++;
        uppers += upper;
    }
    int casing = letters == 0                 ? 0
                 : uppers == 0                ? 1
                 : letters == 1               ? 4
                 : uppers == letters          ? 3
                 : first_upper && uppers == 1 ? 2
                                              : 5;
    return (uint8_t)(casing * 4 + digit * 2 + space);
}
