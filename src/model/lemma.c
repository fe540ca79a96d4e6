/* Lemma scripts: how a form becomes its lemma. "C<cut>:<add>": C is '=' (the form as it is) or 'l'
 * (in lower case), <cut> characters go off its end, <add> comes on. "!word" is the lemma itself. A
 * script that cuts more than there is, or all and adds nothing, leaves the form, in lower case if
 * it says so: no word is without a lemma. */
#include "model/decode.h"

#include <utf8proc.h>

static sf_str lower(sf_arena *arena, sf_str form) {
    sf_buf buf = sf_buf_new(arena);
    char put[4];
    size_t bytes;
    for (size_t at = 0; at < form.len; at += bytes) {
        uint32_t code = sf_utf8_at(form, at, &bytes);
        sf_buf_add(
            &buf,
            (sf_str){put, sf_utf8_put((uint32_t)utf8proc_tolower((utf8proc_int32_t)code), put)});
    }
    return sf_buf_str(&buf);
}

/* How many bytes stand before the last `cut` characters; SIZE_MAX if there are fewer. */
static size_t bytes_before(sf_str s, uint32_t cut) {
    size_t end = s.len, bytes;
    for (; cut && end; cut--) {
        sf_utf8_before(s, end, &bytes);
        end -= bytes;
    }
    return cut ? SIZE_MAX : end;
}

sf_str sf_decode_lemma(sf_arena *arena, sf_str script, sf_str form) {
    if (script.len > 1 && script.ptr[0] == '!')
        return sf_str_sub(script, 1, script.len);
    size_t at = 1;
    uint32_t cut = 0;
    while (at < script.len && sf_is_digit(script.ptr[at]) && cut < UINT32_MAX / 16)
        cut = cut * 10 + (uint32_t)(script.ptr[at++] - '0');
    if (at >= script.len || script.ptr[at] != ':')
        return form;
    sf_str stem = script.ptr[0] == 'l' ? lower(arena, form) : form;
    sf_str add = sf_str_sub(script, at + 1, script.len);
    size_t kept = bytes_before(stem, cut);
    if (kept == SIZE_MAX || kept + add.len == 0)
        return stem;
    stem.len = kept;
    if (add.len == 0)
        return stem;
    sf_buf buf = sf_buf_new(arena);
    sf_buf_add(&buf, stem);
    sf_buf_add(&buf, add);
    return sf_buf_str(&buf);
}
