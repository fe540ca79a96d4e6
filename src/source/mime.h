/* mime: what mail and saved pages wrap text in. Private to this room; pure, every result in the
 * arena, nothing fails: what is malformed is taken as it stands. */
#ifndef SF_SOURCE_MIME_H
#define SF_SOURCE_MIME_H

#include "base/base.h"

/* "caf=C3=A9=\r\n." -> "café." (RFC 2045) */
sf_str sf_quoted_printable(sf_arena *arena, sf_str s);
/* Bytes outside the alphabet are passed over (RFC 2045). */
sf_str sf_base64(sf_arena *arena, sf_str s);
/* By the name of a Content-Transfer-Encoding; unknown ones and absent: as it stands. */
sf_str sf_transfer_decode(sf_arena *arena, sf_str encoding, sf_str s);
/* "=?utf-8?Q?Low_Tide?=" -> "Low Tide" (RFC 2047), for UTF-8 and its subset ASCII; words in other
 * charsets stay as they are. Folded lines become one. */
sf_str sf_encoded_words(sf_arena *arena, sf_str s);
/* "Fri, 15 Oct 2021 23:30:00 -0700" (RFC 5322, and what feeds make of it) or ISO 8601 ->
 * "2021-10-15T23:30:00-07:00"; as precise as it was, absent if it is no date. */
sf_str sf_stamp_parse(sf_arena *arena, sf_str s);

#endif
