#include "show/picture.h"

#include "show/plain.h"

enum { LEAST_WIDTH = 200, LEAST_HEIGHT = 120, MOST_SIDE = 16384, MOST_SEGMENTS = 500 };

const char *const sf_picture_suffixes[] = {".jpg", ".png", ".webp", ".gif", NULL};

static uint32_t byte(sf_str s, size_t at) { return at < s.len ? (unsigned char)s.ptr[at] : 0; }
static uint32_t big16(sf_str s, size_t at) { return byte(s, at) << 8 | byte(s, at + 1); }
static uint32_t little16(sf_str s, size_t at) { return byte(s, at + 1) << 8 | byte(s, at); }
static uint32_t little24(sf_str s, size_t at) { return byte(s, at + 2) << 16 | little16(s, at); }

static bool has(sf_str s, size_t at, sf_str bytes) {
    return at + bytes.len <= s.len && memcmp(s.ptr + at, bytes.ptr, bytes.len) == 0;
}

static bool png(sf_str s, sf_picture_form *out) {
    if (!has(s, 0, SF_STR("\x89PNG\r\n\x1a\n")) || !has(s, 12, SF_STR("IHDR")))
        return false;
    *out = (sf_picture_form){".png", big16(s, 16) << 16 | big16(s, 18),
                             big16(s, 20) << 16 | big16(s, 22)};
    return true;
}

static bool gif(sf_str s, sf_picture_form *out) {
    if (!has(s, 0, SF_STR("GIF87a")) && !has(s, 0, SF_STR("GIF89a")))
        return false;
    *out = (sf_picture_form){".gif", little16(s, 6), little16(s, 8)};
    return true;
}

/* The size stands in the frame header, SOF0 .. SOF15 but for the tables that share the range. */
static bool jpeg(sf_str s, sf_picture_form *out) {
    if (!has(s, 0, SF_STR("\xFF\xD8\xFF")))
        return false;
    size_t at = 2;
    for (int i = 0; i < MOST_SEGMENTS && at + 9 < s.len && byte(s, at) == 0xFF; i++) {
        uint32_t mark = byte(s, at + 1);
        if (mark >= 0xC0 && mark <= 0xCF && mark != 0xC4 && mark != 0xC8 && mark != 0xCC) {
            *out = (sf_picture_form){".jpg", big16(s, at + 7), big16(s, at + 5)};
            return true;
        }
        at += 2 + big16(s, at + 2);
    }
    return false;
}

/* The three kinds of WebP: lossy, lossless, extended. */
static bool webp(sf_str s, sf_picture_form *out) {
    if (!has(s, 0, SF_STR("RIFF")) || !has(s, 8, SF_STR("WEBP")))
        return false;
    *out = (sf_picture_form){.suffix = ".webp"};
    if (has(s, 12, SF_STR("VP8X"))) {
        out->width = little24(s, 24) + 1;
        out->height = little24(s, 27) + 1;
    } else if (has(s, 12, SF_STR("VP8L"))) {
        uint32_t bits = little16(s, 21) | little16(s, 23) << 16;
        out->width = (bits & 0x3FFF) + 1;
        out->height = (bits >> 14 & 0x3FFF) + 1;
    } else if (has(s, 12, SF_STR("VP8 "))) {
        out->width = little16(s, 26) & 0x3FFF;
        out->height = little16(s, 28) & 0x3FFF;
    }
    return true;
}

bool sf_picture_read(sf_str bytes, sf_picture_form *out) {
    if (bytes.len > SF_PICTURE_BYTES ||
        !(png(bytes, out) || jpeg(bytes, out) || webp(bytes, out) || gif(bytes, out)))
        return false;
    return out->width >= LEAST_WIDTH && out->width <= MOST_SIDE && out->height >= LEAST_HEIGHT &&
           out->height <= MOST_SIDE;
}

enum { DIGITS = 16 };
#define STEM "picture-"

sf_str sf_picture_stem(sf_arena *arena, sf_str url) {
    char hex[65];
    sf_sha256_hex(url, hex);
    return sf_str_format(arena, STEM "%.*s", DIGITS, hex);
}

bool sf_picture_is_name(sf_str file) {
    size_t stem = sizeof STEM - 1 + DIGITS;
    if (!sf_str_starts(file, SF_STR(STEM)) || file.len < stem)
        return false;
    for (size_t i = sizeof STEM - 1; i < stem; i++)
        if (sf_hex_digit(file.ptr[i]) < 0)
            return false;
    for (size_t i = 0; sf_picture_suffixes[i]; i++)
        if (sf_str_equal(sf_str_sub(file, stem, file.len), sf_str_of(sf_picture_suffixes[i])))
            return true;
    return false;
}

static bool is_letter_at(sf_str s, size_t at) {
    size_t bytes;
    if (at >= s.len)
        return false;
    uint32_t code = sf_utf8_at(s, at, &bytes);
    return code >= 0x80 ? !(code >= 0x2000 && code < 0x2070)
                        : sf_is_alpha((char)code) || sf_is_digit((char)code);
}

static bool stands_in(sf_str words, sf_str name) {
    size_t bytes;
    for (size_t at = 0; name.len > 2; at++) {
        at = sf_str_find(words, name, at);
        if (at == SIZE_MAX)
            return false;
        bool before = false;
        if (at > 0) {
            sf_utf8_before(words, at, &bytes);
            before = is_letter_at(words, at - bytes);
        }
        if (!before && !is_letter_at(words, at + name.len))
            return true;
    }
    return false;
}

bool sf_picture_names(const sf_dossier *d, sf_str words) {
    if (stands_in(words, d->name))
        return true;
    /* what a person was asked for by may be half a name, which others have too */
    for (size_t i = 0; i < d->name_count && d->type != SOFAR_PERSON; i++)
        if (stands_in(words, d->names[i]))
            return true;
    return false;
}
