/* refer: the words that stand for what is named: "she", "its", "the actress", "the film's
 * director". Names and their subjects come in, mentions of the other forms are added to them. */
#ifndef SF_WHO_REFER_H
#define SF_WHO_REFER_H

#include "who/join.h"

/* Sections of nouns.txt, in its order. */
enum {
    SF_NOUN_HE_NAME = 1 << 0,
    SF_NOUN_SHE_NAME = 1 << 1,
    SF_NOUN_HE = 1 << 2,
    SF_NOUN_SHE = 1 << 3,
    SF_NOUN_SCREEN = 1 << 4,
    SF_NOUN_SERIES = 1 << 5,
    SF_NOUN_SOUND = 1 << 6,
    SF_NOUN_PRINT = 1 << 7,
    SF_NOUN_WORK = 1 << 8,
    SF_NOUN_COMPANY = 1 << 9,
    SF_NOUN_BODY = 1 << 10,
    SF_NOUN_BAND = 1 << 11,
    SF_NOUN_PERSON = 1 << 12,
    SF_NOUN_PLACE = 1 << 13,
    SF_NOUN_EVENT = 1 << 14,
    SF_NOUN_PRODUCT = 1 << 15,
    SF_NOUN_RELATION = 1 << 16,
    SF_NOUN_EPITHET = 1 << 17,
    SF_NOUN_WORKS = SF_NOUN_SCREEN | SF_NOUN_SERIES | SF_NOUN_SOUND | SF_NOUN_PRINT | SF_NOUN_WORK,
    SF_NOUN_BODIES = SF_NOUN_COMPANY | SF_NOUN_BODY | SF_NOUN_BAND,
    SF_NOUN_PERSONS = SF_NOUN_PERSON | SF_NOUN_RELATION | SF_NOUN_HE | SF_NOUN_SHE | SF_NOUN_EPITHET
};

/* What an arc of the tree is, as far as it matters here. */
typedef enum sf_bond {
    SF_BOND_OTHER,
    SF_BOND_SUBJECT,
    SF_BOND_OBJECT,
    SF_BOND_OWNER, /* nmod:poss */
    SF_BOND_APPOS,
    SF_BOND_FLAT,
    SF_BOND_CONJ,
    SF_BOND_COP,
    SF_BOND_EXPLETIVE,
    SF_BOND_CLAUSE, /* acl:relcl, advcl, ccomp ... */
    SF_BOND_OPEN,   /* xcomp, acl: whose subject is another clause's */
    SF_BOND_OF      /* nmod */
} sf_bond;

/* A subject, and what the page tells of it. */
typedef struct sf_being {
    sofar_subject_type type;
    int32_t he, she; /* evidence for either */
    uint32_t count;  /* mentions by name */
    uint32_t nouns;  /* SF_NOUN_ classes of what it is called */
    bool titled;     /* in the page's title */
    bool leads;      /* likewise, or in the first paragraph of a page that has none */
    bool handle;     /* nothing is known but a handle */
} sf_being;

/* "chef" is said of a subject. */
typedef struct sf_said_of {
    sf_str noun; /* lower case, but maybe in its first letter */
    uint32_t subject;
} sf_said_of;

typedef struct sf_found {
    sofar_name name;
    const char *why;
} sf_found;

typedef struct sf_refer {
    const sf_who *who;
    sf_people *people;
    const sf_text *text;
    const sf_model_token *tokens; /* the model's */
    uint32_t token_count;
    uint32_t *sentence_of; /* of each token: the model's sentence */
    uint32_t
        *subject_at;   /* of each token: whose name it is in, or whose phrase it heads; or none */
    uint32_t *name_at; /* of each token: the name that begins there, or none */
    bool *quoted;      /* of each token: between quotation marks */
    sf_being *beings;
    sf_vec(sf_said_of) said;      /* sorted once told */
    sf_vec(sf_found) plain, wide; /* mentions found; wide ones hold names */
} sf_refer;

static inline sf_str sf_refer_str(const sf_refer *r, uint32_t t) { return sf_token_of(r->text, t); }
/* A root's is OTHER, whatever its label: an arc of another kind has a head. */
sf_bond sf_refer_bond(const sf_refer *r, uint32_t t);
static inline uint32_t sf_refer_head(const sf_refer *r, uint32_t t) { return r->tokens[t].head; }

/* SF_NOUN_ classes of a word. */
uint32_t sf_refer_nouns(sf_str word);

/* The same of a token's word; roles of names.txt count as persons. */
uint32_t sf_refer_noun(const sf_refer *r, uint32_t t);
/* Is it a title with a capital that is in no name: "the President", "Emperor of the States"? */
bool sf_refer_title(const sf_refer *r, uint32_t t);
static inline bool sf_refer_is(const sf_refer *r, uint32_t t, sf_pos pos) {
    return sf_model_pos(r->who->model, r->tokens[t].tag) == pos;
}
sf_model_sentence sf_refer_sentence(const sf_refer *r, uint32_t t);

/* The first token of the noun phrase whose head is t, as far as it stands left of it. */
uint32_t sf_refer_left(const sf_refer *r, uint32_t t, uint32_t last);

/* The token in [first, last] whose head is outside. */
uint32_t sf_refer_top(const sf_refer *r, uint32_t first, uint32_t last);

/* Up from the head of a name to the noun that it is flat with or an apposition to. */
uint32_t sf_refer_anchor(const sf_refer *r, uint32_t t);

typedef enum sf_determiner {
    SF_DETERMINER_NONE,
    SF_DETERMINER_THE,
    SF_DETERMINER_OWNED,
    SF_DETERMINER_OTHER
} sf_determiner;

/* Of the phrase [first, t] with its head t. */
sf_determiner sf_refer_determiner(const sf_refer *r, uint32_t first, uint32_t t);

/* Words that make another of it: "the first film", "his next album". */
bool sf_refer_another(const sf_refer *r, uint32_t first, uint32_t t);

/* Does a phrase behind the noun say which one: "the star of Low Tide", "the film that won"? */
bool sf_refer_restricted(const sf_refer *r, uint32_t t);

/* A name in the phrase [first, t): "the Low Tide star". */
bool sf_refer_holds_name(const sf_refer *r, uint32_t first, uint32_t t);

/* Of whom was the noun said? Their number in *count; NULL if of nobody. Once r->said is sorted. */
const sf_said_of *sf_refer_said(const sf_refer *r, sf_str noun, size_t *count);

/* Does a noun of these classes go with a subject of the type? */
bool sf_refer_suits(uint32_t nouns, sofar_subject_type type);

/* Adds a mention of tokens [first, last]. */
void sf_refer_add(sf_refer *r, uint32_t first, uint32_t last, uint32_t subject, sofar_form form,
                  const char *why);

/* Fills beings and said from titles, roles, appositions and the like; adds the mentions that these
 * are (tell.c). Linear. */
void sf_refer_tell(sf_refer *r);

/* Pronouns and descriptions, in the order of the text (rank.c). Linear: a bounded number of
 * mentions is looked back at. */
void sf_refer_rank(sf_refer *r);

/* Adds to people what stands for its subjects. n log n in the mentions. */
void sf_who_refer(const sf_who *who, sf_people *people);

#endif
