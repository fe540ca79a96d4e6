/* The place of a name in its clause as evidence of what it names: what greenlights and acquires is
 * a company, what is filmed is a work, what has a mayor is a place. Read off the model's trees;
 * which words make such a place is frames.txt. Each mention votes, in the coin of kind.c. */
#include "who/spot.h"

#include "who/frames.inc"

enum {
    FRAME = 2 * SF_LOGIT,  /* a place that is seldom another kind's */
    STRONG = 4 * SF_LOGIT, /* hardly ever */
    HINT = SF_LOGIT,       /* more often than not */
    LITTLE = SF_LOGIT / 2  /* if nothing else is known */
};

typedef struct reader {
    const sf_who *who;
    const sf_model_token *said;
    uint32_t count;
    sf_votes *votes; /* of the mention at hand */
} reader;

static sf_arc arc(const reader *r, uint32_t t) {
    return sf_model_arc(r->who->model, r->said[t].label);
}
static sf_str str(const reader *r, uint32_t t) { return sf_token_of(r->who->text, t); }

/* FRAMES_ bits of a token's lemma. */
static uint32_t frames(const reader *r, uint32_t t) {
    sf_str lemma = sf_model_lemma(r->who->model, r->who->arena, r->said[t].lemma, str(r, t));
    return sf_known_flags(frames_words, SF_LEN(frames_words), lemma);
}

/* A token that hangs on t by one of the arcs, among the few before or behind it; SF_NONE. */
static uint32_t child(const reader *r, uint32_t t, sf_arcs wanted) {
    enum { NEAR = 10 };
    for (uint32_t i = t > NEAR ? t - NEAR : 0; i < t + NEAR && i < r->count; i++)
        if (i != t && r->said[i].head == t && wanted & SF_ARCS(arc(r, i)))
            return i;
    return SF_NONE;
}

static void vote(reader *r, sofar_subject_type type, int32_t votes) { r->votes->of[type] += votes; }

/* Up through "Quill and Larkspur have ordered". */
static uint32_t first_conjunct(const reader *r, uint32_t t) {
    for (int steps = 0; steps < 4 && arc(r, t) == SF_ARC_CONJ && r->said[t].head != SF_NONE;
         steps++)
        t = r->said[t].head;
    return t;
}

/* Does a musician act here: "drummer Ana Ruiz has left", "Ruiz, the band's drummer, left"? */
static bool musician(const reader *r, uint32_t verb) {
    uint32_t who = child(r, verb, SF_ARCS(SF_ARC_NSUBJ));
    if (who == SF_NONE)
        return false;
    uint32_t noun = child(r, who,
                          SF_ARCS(SF_ARC_COMPOUND) | SF_ARCS(SF_ARC_APPOS) | SF_ARCS(SF_ARC_FLAT) |
                              SF_ARCS(SF_ARC_NMOD_DESC));
    return frames(r, who) & FRAMES_MEMBER || (noun != SF_NONE && frames(r, noun) & FRAMES_MEMBER);
}

/* "Velvet Moth have", "are": more than one, by a single name. */
static bool plural_verb(const reader *r, uint32_t own, uint32_t verb) {
    uint32_t aux =
        child(r, verb, SF_ARCS(SF_ARC_AUX) | SF_ARCS(SF_ARC_AUX_PASS) | SF_ARCS(SF_ARC_COP));
    aux = aux == SF_NONE ? verb : aux;
    if (aux < own || child(r, own, SF_ARCS(SF_ARC_CONJ)) != SF_NONE)
        return false;
    sf_str s = str(r, aux);
    return sf_str_equal_ci(s, SF_STR("have")) || sf_str_equal_ci(s, SF_STR("are")) ||
           sf_str_equal_ci(s, SF_STR("were"));
}

/* "won the prize for Low Tide" */
static bool won_for_name(const reader *r, uint32_t verb) {
    enum { NEAR = 12 };
    for (uint32_t t = verb + 1; t < verb + NEAR && t < r->count; t++)
        if (r->said[t].name && r->said[t].head != SF_NONE &&
            (r->said[t].head == verb || r->said[r->said[t].head].head == verb)) {
            uint32_t with = child(r, t, SF_ARCS(SF_ARC_CASE));
            if (with != SF_NONE && sf_str_equal(str(r, with), SF_STR("for")))
                return true;
        }
    return false;
}

static void as_subject(reader *r, uint32_t verb, bool passive) {
    uint32_t is = frames(r, verb);
    if (passive) {
        vote(r, SOFAR_ORGANIZATION, is & FRAMES_BODY_UNDERGOES ? FRAME : 0);
        vote(r, SOFAR_WORK, is & FRAMES_WORK_UNDERGOES ? FRAME : 0);
        vote(r, SOFAR_PERSON, is & FRAMES_PERSON_UNDERGOES ? FRAME : 0);
        return;
    }
    vote(r, SOFAR_ORGANIZATION, is & FRAMES_BODY_DOES ? FRAME : 0);
    vote(r, SOFAR_WORK, is & FRAMES_WORK_DOES ? HINT : 0);
    vote(r, SOFAR_WORK, is & FRAMES_WINS && won_for_name(r, verb) ? -FRAME : 0);
}

static void as_object(reader *r, uint32_t verb) {
    uint32_t is = frames(r, verb);
    vote(r, SOFAR_ORGANIZATION, is & FRAMES_BODY_OBJECT ? FRAME : 0);
    vote(r, SOFAR_ORGANIZATION, is & FRAMES_MEMBER_VERB && musician(r, verb) ? FRAME : 0);
    vote(r, SOFAR_WORK, is & FRAMES_WORK_OBJECT ? HINT : 0);
    vote(r, SOFAR_PERSON, is & FRAMES_PERSON_OBJECT ? HINT : 0);
    vote(r, SOFAR_PRODUCT, is & FRAMES_PRODUCT_OBJECT ? HINT : 0);
}

/* "N of the name", "the name's N", "a name N" */
static void as_owner(reader *r, uint32_t is) {
    vote(r, SOFAR_ORGANIZATION, is & FRAMES_OF_BODY ? FRAME : 0);
    vote(r, SOFAR_WORK, is & FRAMES_OF_WORK ? FRAME : 0);
    vote(r, SOFAR_PLACE, is & FRAMES_OF_PLACE ? FRAME : 0);
    vote(r, SOFAR_PRODUCT, is & FRAMES_OF_PRODUCT ? FRAME : 0);
}

static void with_case(reader *r, uint32_t of, sf_str with) {
    static const struct {
        const char *with;
        uint32_t frame;
        sofar_subject_type type;
        int32_t votes;
    } places[] = {{"on", FRAMES_RELEASE_VERB, SOFAR_ORGANIZATION, STRONG},
                  {"via", FRAMES_RELEASE_VERB, SOFAR_ORGANIZATION, STRONG},
                  {"through", FRAMES_RELEASE_VERB, SOFAR_ORGANIZATION, FRAME},
                  {"by", FRAMES_BODY_BY, SOFAR_ORGANIZATION, FRAME},
                  {"by", FRAMES_MADE, SOFAR_WORK, -STRONG},
                  {"to", FRAMES_BODY_TO, SOFAR_ORGANIZATION, STRONG},
                  {"with", FRAMES_BODY_TO, SOFAR_ORGANIZATION, FRAME},
                  {"in", FRAMES_IN_WORK, SOFAR_WORK, FRAME},
                  {"of", FRAMES_MEMBER, SOFAR_ORGANIZATION, FRAME},
                  {"at", FRAMES_OF_BODY, SOFAR_ORGANIZATION, FRAME}};
    uint32_t is = frames(r, of);
    for (size_t i = 0; i < SF_LEN(places); i++)
        if (is & places[i].frame && sf_str_equal_ci(with, sf_str_of(places[i].with)))
            vote(r, places[i].type, places[i].votes);
    if (sf_str_equal_ci(with, SF_STR("of")))
        as_owner(r, is);
}

/* "Silas Brandywine, formerly of Harmonium Dogs" */
static bool formerly_of(const reader *r, uint32_t with) {
    return with > 0 && sf_str_equal(str(r, with), SF_STR("of")) &&
           (sf_str_equal_ci(str(r, with - 1), SF_STR("formerly")) ||
            sf_str_equal_ci(str(r, with - 1), SF_STR("late")));
}

/* "a service called LoopPass": the noun; SF_NONE if it is called nothing. */
static uint32_t called(const reader *r, uint32_t t) {
    uint32_t verb = r->said[t].head;
    if (verb == SF_NONE || verb + 3 < t || verb > t || arc(r, verb) != SF_ARC_ACL ||
        !(sf_str_equal(str(r, verb), SF_STR("called")) ||
          sf_str_equal(str(r, verb), SF_STR("named")) ||
          sf_str_equal(str(r, verb), SF_STR("dubbed"))))
        return SF_NONE;
    return r->said[verb].head;
}

/* "Harwick bike company Kestrel Loop": a company that is named has its town before it. */
static bool names_company(const reader *r, uint32_t t, uint32_t head) {
    uint32_t word = r->who->text->tokens[head].word;
    const sf_word *noun = &r->who->text->words[word];
    bool after = head + 1 < r->count && r->said[head + 1].name &&
                 (r->said[head + 1].head == head || r->said[head].head == head + 1 ||
                  r->said[head].head == r->said[head + 1].head);
    return t < head && head < t + 5 && after && !noun->capital &&
           r->who->is[word] & SF_NAME_ORGANIZATION_ROLE;
}

/* The name at tokens whose head is t. */
static void read_name(reader *r, uint32_t t) {
    uint32_t own = t, noun = called(r, t);
    t = noun == SF_NONE ? first_conjunct(r, t) : noun;
    uint32_t head = r->said[t].head;
    if (head == SF_NONE)
        return;
    uint32_t with = child(r, own, SF_ARCS(SF_ARC_CASE));
    with = with == SF_NONE ? child(r, t, SF_ARCS(SF_ARC_CASE)) : with;
    switch (arc(r, t)) {
    case SF_ARC_NSUBJ:
    case SF_ARC_NSUBJ_PASS:
        as_subject(r, head, arc(r, t) == SF_ARC_NSUBJ_PASS);
        vote(r, SOFAR_ORGANIZATION, own == t && plural_verb(r, t, head) ? FRAME : 0);
        break;
    case SF_ARC_OBJ: as_object(r, head); break;
    case SF_ARC_NMOD_POSS:
        as_owner(r, frames(r, head));
        vote(r, SOFAR_PERSON, frames(r, head) & FRAMES_OF_PERSON ? HINT : 0);
        vote(r, SOFAR_WORK, frames(r, head) & FRAMES_MADE ? -FRAME : 0);
        vote(r, SOFAR_ORGANIZATION, frames(r, head) & FRAMES_MADE ? LITTLE : 0);
        break;
    case SF_ARC_COMPOUND:
        if (head > t && head < t + 4)
            as_owner(r, frames(r, head));
        vote(r, SOFAR_PLACE, names_company(r, t, head) ? FRAME : 0);
        break;
    case SF_ARC_OBL:
    case SF_ARC_OBL_AGENT:
    case SF_ARC_OBL_UNMARKED:
    case SF_ARC_NMOD:
    case SF_ARC_NMOD_UNMARKED:
        if (with != SF_NONE && with < own)
            with_case(r, head, str(r, with));
        if (with != SF_NONE && formerly_of(r, with))
            vote(r, SOFAR_ORGANIZATION, STRONG);
        break;
    default: break;
    }
}

uint32_t sf_who_frame(const sf_who *who, uint32_t head, sf_votes *votes) {
    reader r = {who, who->analysis->tokens, who->analysis->token_count, votes};
    read_name(&r, head);
    uint32_t above = r.said[head].head, with = child(&r, head, SF_ARCS(SF_ARC_CASE));
    if (above == SF_NONE)
        return 0;
    bool people = sf_model_traits(who->model, r.said[head].tag) & SF_IS_PLURAL; /* "to Bavarians" */
    bool to =
        with != SF_NONE && with < head && !people &&
        (sf_str_equal(str(&r, with), SF_STR("to")) || sf_str_equal(str(&r, with), SF_STR("with")));
    uint32_t is = frames(&r, above);
    return (arc(&r, head) == SF_ARC_NSUBJ && is & FRAMES_OUTLET_DOES ? SF_SAYS_REPORTS : 0) |
           (arc(&r, head) == SF_ARC_OBL && to && is & FRAMES_TOLD_TO ? SF_SAYS_TOLD : 0);
}
