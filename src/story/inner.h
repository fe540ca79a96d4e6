/* story, inside. dossier.c is the way through: captures become views (view.c: where a page names
 * the subject), views give facts (fact.c), quotes (quote.c) and events (event.c), equal words are
 * one item with several receipts.
 *
 * Facts, in order: same.c tells which subjects of different pages are one, copy.c which pages have
 * it from the same origin, claim.c makes what each page says comparable, merge.c puts claims of one
 * fact together, state.c decides between facts that cannot all hold, open.c lists what is still
 * open. kind.c knows the kinds of facts.
 *
 * Captures come from the store in an order that hangs on their content alone; everything here walks
 * them in that order or sorts by content, so the order of adding cannot show. */
#ifndef SF_STORY_INNER_H
#define SF_STORY_INNER_H

#include "story/kind.h"
#include "story/story.h"

/* ---- view.c ---- */

/* One capture seen from the subject. */
typedef struct sf_view {
    const sf_capture *capture;
    const struct sf_decisions *decisions; /* what reviewers said of names; NULL: nothing */
    sf_spans mentions; /* in the text, in order; by name, handle or description, not by pronoun */
    bool *is_subject;  /* for each subject of the page: is it the one that is asked for */
    bool names_it;     /* the page names the subject, in text, title or subjects */
    bool replaced;     /* a later version of the same address is here */
    bool second_hand;  /* another outlet's text: a copy, or an agency's */
    size_t receipts;   /* taken from it */
} sf_view;

/* needles: the subject's names, folded likewise. */
sf_view sf_story_view(sf_arena *arena, const sf_capture *capture, const sf_str *needles,
                      size_t needle_count, sf_fold level);
/* Marks the views that a later version of their address replaces. */
void sf_story_versions(sf_arena *arena, sf_view *views, size_t count);
/* Does a mention touch the span? */
bool sf_story_mentioned(const sf_view *view, sf_span span);
/* The span of the blocks that the span touches; itself where the page has no blocks. */
sf_span sf_story_context(const sf_capture *capture, sf_span span);

sf_receipt sf_story_receipt(sf_view *view, sf_span span);

/* ---- join.c ---- */

typedef struct sf_said { /* a quotation on a page */
    sf_str words;        /* sf_story_said_words: what makes two of them one */
    sf_str speaker;      /* as sf_text_fold_words; absent if the page does not say */
    size_t number;       /* in the order of pages and places */
} sf_said;

/* The words of a quotation's text, for comparing. */
sf_str sf_story_said_words(sf_arena *arena, sf_str text);
/* Calls tell() with each group that says the same by one speaker. Sorts all. */
void sf_story_join_said(sf_arena *arena, sf_said *all, size_t count,
                        void (*tell)(void *ctx, const sf_said *group, size_t count), void *ctx);
/* Said by the subject: the speaker is one with it, or the words for the speaker are its name,
 * though no subject was made of them. */
bool sf_story_said_by(const sf_view *view, const sofar_quote *quote);
/* Is a the longer name? Any beats an absent one. */
bool sf_story_is_fuller(sf_str a, sf_str b);
/* Told to an outlet that is not the page's: not on a platform or at an event. (relay.c) */
bool sf_story_is_relayed(sf_arena *arena, const sf_capture *capture, sf_str via);

/* ---- memo.c ---- */

typedef struct sf_noted {
    sf_str name, words;
} sf_noted;

typedef struct sf_memo {
    sf_arena *arena;
    sf_noted *at;
    size_t room, count; /* room: a power of two */
} sf_memo;

/* sf_text_fold_name(name); the same name gives the same address. The name must live as long. */
sf_str sf_memo_words(sf_memo *memo, sf_str name);

/* ---- same.c ---- */

/* The subjects that facts speak of, each once over all pages. */
typedef struct sf_joined {
    uint32_t **of; /* of[view][subject of the page]; SF_NONE for one that no fact speaks of */
    sf_str *names; /* as most pages write it in full */
    sf_str *words; /* of the name, folded */
    sofar_subject_type *types; /* as most pages have it */
    bool *asked;               /* it is the one that is asked for */
    size_t count;
    uint32_t *by_words; /* all of them in order of their words */
    sf_memo *memo;
} sf_joined;

/* views in the store's order. asked: the name that was asked for. */
sf_joined sf_story_join(sf_arena *arena, const sf_view *views, size_t count, sf_str asked);
/* The subject of that name, SF_NONE if there is none or several. */
uint32_t sf_joined_named(const sf_joined *joined, sf_str words);
/* Is it one of the words that sf_text_fold_words made? */
bool sf_story_has_word(sf_str words, sf_str word);

/* ---- copy.c ---- */

typedef struct sf_origins {
    uint64_t *of_view; /* who stands behind a page */
    uint64_t *own;     /* the page's own outlet; the same where the text is its own */
    uint32_t *first;   /* the first view of its text: itself, or of what it copies */
    sf_str *outlets;   /* names of the pages' outlets, as words; sorted */
    size_t count;
} sf_origins;

sf_origins sf_story_origins(sf_arena *arena, const sf_lore *lore, const sf_view *views,
                            size_t count);
/* ---- claim.c ---- */

typedef struct sf_part { /* who or what plays a role */
    bool there;
    bool vague;     /* "a novel": says less than a name would */
    uint32_t who;   /* in sf_joined; SF_NONE for a plain value */
    sf_str words;   /* for comparing */
    sf_str shown;   /* plain values as the page has them */
    uint64_t exact; /* equal for what is the same, whatever the words */
} sf_part;

/* What one page says. */
typedef struct sf_claim {
    const sf_kind *kind;
    const sofar_fact *fact;
    size_t view, number;          /* of the fact on its page */
    sf_part parts[SF_MOST_ROLES]; /* by the kind's roles */
    sf_str when;
    sf_interval days;
    unsigned fineness; /* how much it says */
    int32_t said;      /* day of publication; SF_UNDATED */
    bool replaced;     /* a later version of its page is here */
    uint64_t group;    /* equal for all that might be one fact or compete with it */
} sf_claim;

#define SF_UNDATED INT32_MAX

typedef struct sf_claims {
    sf_claim *at;
    size_t count;
} sf_claims;

sf_claims sf_story_claims(sf_arena *arena, const sf_lore *lore, const sf_view *views, size_t count,
                          const sf_joined *joined);
/* May the two values of a role be the same? An absent one may be any. */
bool sf_part_agrees(sf_str role, const sf_part *a, const sf_part *b);
/* Does one of the days lie in the other? */
bool sf_days_agree(sf_interval a, sf_interval b);
static inline bool sf_days_there(sf_interval days) { return days.first != INT32_MAX; }

/* ---- merge.c, state.c ---- */

typedef struct sf_merged { /* a fact, told by one or more claims */
    const sf_kind *kind;
    uint64_t group;
    sf_part parts[SF_MOST_ROLES];
    bool without[SF_MOST_ROLES]; /* some claim does not have the role: "apart" ones are general */
    sf_str when;
    sf_interval days;
    sf_vec(uint32_t) claims; /* in order of pages */
    /* state.c */
    int32_t first, last; /* days on which it was affirmed; SF_UNDATED and INT32_MIN if never */
    sofar_claim status;
    sf_state state;
    bool settled; /* by dated pages; what is not takes no part in deciding */
    sf_vec(uint32_t) rivals;
} sf_merged;

typedef struct sf_all_merged {
    sf_merged *at; /* those of one group stand together */
    size_t count;
} sf_all_merged;

sf_all_merged sf_story_merge(sf_arena *arena, const sf_claims *claims);
/* Who stands behind what a page says: the outlet that it names as its source there, or else who
 * stands behind the page. */
uint64_t sf_story_origin_at(sf_arena *arena, const sf_lore *lore, const sf_origins *origins,
                            const sf_view *views, const sf_claim *claim);
/* A copy says nothing anew: what it repeats of the first page of its text counts as said on that
 * page's day. */
void sf_story_redate(sf_arena *arena, const sf_origins *origins, size_t view_count,
                     sf_claims *claims, const sf_all_merged *all);
void sf_story_decide(sf_arena *arena, const sf_lore *lore, const sf_claims *claims,
                     sf_all_merged *all);

/* ---- fact.c, open.c, ident.c, quote.c, event.c ---- */

typedef struct sf_covered { /* a place whose date a fact tells */
    size_t view;
    sf_span span;
    sf_interval days;
} sf_covered;

typedef struct sf_all_covered { /* in order of view and place */
    sf_covered *at;
    size_t count;
} sf_all_covered;

/* helpers: views behind the others that tell only which subjects are one. */
sf_all_covered sf_story_facts(sf_arena *arena, sf_view *views, size_t count, size_t helpers,
                              sf_dossier *out);
/* Fills says and told: the words of its status, or the nearest that there are. */
void sf_story_choose_words(const sf_kind *kind, sf_told_fact *out);
void sf_story_open(sf_arena *arena, const sf_lore *lore, sf_dossier *out);
void sf_story_identify(sf_arena *arena, const sf_lore *lore, sf_dossier *out);
/* The words of a quote, with `between` between its pieces. */
sf_str sf_story_pieces(sf_arena *arena, sf_str text, const sofar_quote *quote, sf_str between);
void sf_story_quotes(sf_arena *arena, sf_view *views, size_t count, sf_dossier *out);
/* covered: places that facts tell already, which are not told again. */
void sf_story_events(sf_arena *arena, sf_view *views, size_t count, const sf_all_covered *covered,
                     sf_dossier *out);

/* Days of a value, for ordering: what is no place in time comes last. */
sf_interval sf_story_when(sf_str value);
int sf_story_compare_when(sf_interval a, sf_interval b);
static inline int sf_story_compare(uint64_t a, uint64_t b) { return (a > b) - (a < b); }

#endif
