/* Inside the time room: the shape of the tables that grammar.py makes out of words.txt,
 * holidays.txt and grammar.txt. */
#ifndef SF_TIME_GRAMMAR_H
#define SF_TIME_GRAMMAR_H

#include "base/base.h"
#include "time/grammar_symbols.h"

enum { FROM_PAGE, FROM_STORY };

/* What to do with a match: the settings after `do` in grammar.txt. */
typedef struct rule {
    uint8_t action; /* DO_... */
    uint8_t type;   /* sofar_timex */
    uint8_t from;   /* FROM_... */
    uint8_t unit;   /* enum unit */
    int8_t by;
    int8_t n;
    bool x, half, relative, dir, short_year;
    bool guard_name, guard_capital, guard_alone, guard_figure, guard_title, guard_verb, guard_whole;
} rule;

typedef struct holiday {
    int8_t
        weekday; /* 0: the day `day` of `month`; -1: `day` days from Easter; else 1 = Monday ... */
    int8_t nth;  /* that weekday, the nth of the month, -1 the last, and `day` days on */
    int8_t month;
    int8_t day;
} holiday;

struct vocab_entry {
    uint16_t symbol;
    int32_t value;
    uint8_t flags; /* 1: needs a capital letter; 2: may be followed by an abbreviation's period */
};
struct vocab_word {
    sf_str word;
    uint16_t first, count;
};
struct node {
    uint32_t first_arc, first_accept;
    uint16_t arcs, accepts;
};
struct arc {
    uint32_t key; /* of rules: symbol * 2 + (no space before); of phrases: vocabulary index */
    uint32_t node;
};
struct rule_accept {
    uint16_t rule;
    uint8_t begin, end; /* elements of the path that are the span */
};
struct phrase_accept {
    uint16_t symbol;
    int32_t value;
    uint8_t flags;
};

extern const struct vocab_entry sf_grammar_entries[];
extern const struct vocab_word sf_grammar_words[];
extern const uint16_t sf_grammar_hash[]; /* 1 + vocabulary index; open addressing */
extern const uint32_t sf_grammar_hash_mask;
extern const rule sf_grammar_rules[];
extern const holiday sf_grammar_holidays[];
extern const struct node sf_phrase_nodes[], sf_rule_nodes[];
extern const struct arc sf_phrase_arcs[], sf_rule_arcs[];
extern const struct phrase_accept sf_phrase_accepts[];
extern const struct rule_accept sf_rule_accepts[];

/* The arc of a node with this key: the node it leads to, 0 if there is none. */
static inline uint32_t grammar_step(const struct node *node, const struct arc *arcs, uint32_t key) {
    uint32_t low = node->first_arc, high = low + node->arcs;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (arcs[middle].key == key)
            return arcs[middle].node;
        if (arcs[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

#endif
