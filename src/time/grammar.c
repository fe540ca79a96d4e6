/* The compiled grammar: data only. See grammar.txt for what it says, grammar.py for how it is made.
 */
#include "time/grammar.h"

#include "time/value.h"

#include "time/grammar.inc"
