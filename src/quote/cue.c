#include "quote/cue.h"

#include "quote/cue.inc"

_Static_assert((int)CUE_SPEECH == SF_CUE_SPEECH && (int)CUE_DEMAND == SF_CUE_DEMAND,
               "the sections of cue.txt and the enum of cue.h are in one order");

uint32_t sf_cue_of(sf_str word) { return sf_known_flags(cue_words, SF_LEN(cue_words), word); }
