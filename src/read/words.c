/* The contract's words for the enums of sofar.h. */
#include "read/read.h"

static const char *word(const char *const *words, size_t count, unsigned value) {
    return value < count ? words[value] : "?";
}

#define WORDS(name, type, ...)                                                                     \
    const char *name(type value) {                                                                 \
        static const char *const words[] = {__VA_ARGS__};                                          \
        return word(words, SF_LEN(words), (unsigned)value);                                        \
    }

WORDS(sf_origin_word, sofar_origin, "none", "json-ld", "meta", "time", "visible", "url", "text",
      "given")
WORDS(sf_block_word, sofar_block_kind, "paragraph", "heading", "item", "caption", "quote")
WORDS(sf_timex_word, sofar_timex, "DATE", "TIME", "DURATION", "SET")
WORDS(sf_subject_word, sofar_subject_type, "person", "organization", "place", "work", "character",
      "event", "product", "outlet", "other")
WORDS(sf_form_word, sofar_form, "name", "handle", "nominal", "pronoun")
WORDS(sf_quote_word, sofar_quote_kind, "direct", "mixed", "indirect")
WORDS(sf_claim_word, sofar_claim, "stated", "planned", "rumoured", "denied")
