#include "quote/clause.h"

enum { REACH = 48 }; /* tokens to either side */

uint32_t *sf_clause_levels(const sf_scene *s, const sofar_quote *quotes, size_t count) {
    uint32_t n = s->text->token_count, *level = SF_ARRAY(s->arena, uint32_t, n + 1);
    size_t paint = 4 * (size_t)n; /* deeper nesting is nothing that people write */
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < quotes[i].span_count; k++) {
            sf_span span = quotes[i].spans[k];
            for (uint32_t t = sf_text_token_at(s->text, span.begin);
                 t < n && s->text->tokens[t].span.begin < span.end && paint; t++, paint--)
                level[t] = (uint32_t)i + 1;
        }
    return level;
}

bool sf_clause_open(const sf_scene *s, const uint32_t *level, uint32_t token, sf_clause *out) {
    const sf_analysis *a = s->analysis;
    uint32_t number = sf_analysis_sentence_at(a, token);
    if (number == a->sentence_count || a->sentences[number].first_token > token)
        return false;
    uint32_t first = a->sentences[number].first_token,
             end = first + a->sentences[number].token_count;
    *out = (sf_clause){.scene = s, .level = level, .first = first, .end = end, .at = token};
    if (token - first > REACH)
        out->first = token - REACH;
    if (end - token > REACH)
        out->end = token + REACH;
    return true;
}

bool sf_clause_sees(const sf_clause *c, uint32_t t) {
    return t >= c->first && t < c->end && c->level[t] == c->level[c->at];
}

sf_relation sf_clause_relation(const sf_clause *c, uint32_t token) {
    static const struct {
        sf_arcs set;
        sf_relation relation;
    } known[] = {{SF_DEP_SUBJECT | SF_DEP_PASSIVE_SUBJECT, SF_REL_SUBJECT},
                 {SF_DEP_OBJECT, SF_REL_OBJECT},
                 {SF_DEP_ADDRESSEE, SF_REL_INDIRECT},
                 {SF_DEP_OBLIQUE | SF_DEP_AGENT, SF_REL_OBLIQUE},
                 {SF_DEP_NMOD, SF_REL_NOMINAL},
                 {SF_DEP_OWNER, SF_REL_OWNER},
                 {SF_DEP_COMPOUND | SF_DEP_FLAT | SF_DEP_AMOD, SF_REL_PART},
                 {SF_DEP_APPOS, SF_REL_APPOSED},
                 {SF_DEP_CASE, SF_REL_CASE},
                 {SF_DEP_ADVERB, SF_REL_ADVERB},
                 {SF_DEP_CONJ, SF_REL_CONJUNCT},
                 {SF_DEP_ADVCL | SF_DEP_XCOMP, SF_REL_CLAUSE},
                 {SF_DEP_ACL, SF_REL_MODIFIER},
                 {SF_DEP_RELCL, SF_REL_RELATIVE},
                 {SF_DEP_CCOMP | SF_DEP_PARATAXIS, SF_REL_COMPLEMENT}};
    for (size_t i = 0; i < SF_LEN(known); i++)
        if (sf_syntax_rel(c->scene->syntax, token, known[i].set))
            return known[i].relation;
    return SF_REL_OTHER;
}

bool sf_clause_is_verb(const sf_clause *c, uint32_t token) {
    return sf_syntax_pos(c->scene->syntax, token) == SF_POS_VERB;
}

bool sf_clause_has_subject(const sf_clause *c, uint32_t verb) {
    for (uint32_t t = c->first; t < c->end; t++)
        if (sf_clause_head(c, t) == verb && sf_clause_relation(c, t) == SF_REL_SUBJECT)
            return true;
    return false;
}

sf_str sf_clause_case(const sf_clause *c, uint32_t noun) {
    for (uint32_t t = c->first; t < noun; t++)
        if (sf_clause_head(c, t) == noun && sf_clause_relation(c, t) == SF_REL_CASE &&
            sf_clause_sees(c, t))
            return sf_clause_str(c, t);
    return SF_ABSENT;
}

uint32_t sf_clause_mention(const sf_scene *s, uint32_t byte) {
    const sf_people *p = s->people;
    size_t name = sf_who_name_at(p->names, p->name_count, byte);
    if (name < p->name_count)
        return (uint32_t)name;
    size_t wide = sf_who_name_at(p->names + p->name_count, p->epithet_count, byte);
    return wide < p->epithet_count ? (uint32_t)(p->name_count + wide) : SF_NONE;
}

/* The model's name around the token: classes 2k + 1 begin and 2k + 2 inside of kind k. */
static bool model_name(const sf_clause *c, uint32_t token, sf_clause_name *out) {
    const sf_model_token *tokens = c->scene->analysis->tokens;
    if (tokens[token].name == 0)
        return false;
    uint32_t first = token, last = token;
    while (first > c->first && tokens[first].name % 2 == 0)
        first--;
    while (last + 1 < c->end && tokens[last + 1].name && tokens[last + 1].name % 2 == 0)
        last++;
    sf_str kind = sf_model_name(c->scene->model, tokens[token].name);
    out->span =
        (sf_span){c->scene->text->tokens[first].span.begin, c->scene->text->tokens[last].span.end};
    static const struct {
        const char *kind;
        sofar_subject_type type;
    } kinds[] = {{"-person", SOFAR_PERSON}, {"-organization", SOFAR_ORGANIZATION},
                 {"-place", SOFAR_PLACE},   {"-work", SOFAR_WORK},
                 {"-event", SOFAR_EVENT},   {"-character", SOFAR_CHARACTER}};
    for (size_t i = 0; i < SF_LEN(kinds); i++)
        if (sf_str_ends(kind, sf_str_of(kinds[i].kind)))
            out->type = kinds[i].type;
    return true;
}

static bool is_proper(const sf_clause *c, uint32_t token) {
    char first = sf_clause_str(c, token).ptr[0];
    return sf_syntax_pos(c->scene->syntax, token) == SF_POS_PROPN &&
           !(first >= 'a' && first <= 'z') && sf_clause_sees(c, token);
}

static bool proper_nouns(const sf_clause *c, uint32_t token, sf_clause_name *out) {
    if (!is_proper(c, token))
        return false;
    uint32_t first = token, last = token;
    while (first > c->first && is_proper(c, first - 1))
        first--;
    while (last + 1 < c->end && is_proper(c, last + 1))
        last++;
    out->span =
        (sf_span){c->scene->text->tokens[first].span.begin, c->scene->text->tokens[last].span.end};
    return true;
}

/* "Monday" is no place; "Quay Weekly" is more than its time. */
static bool is_time(const sf_scene *s, sf_span words) {
    size_t low = 0, high = s->times->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->times->at[mid].span.end <= words.begin)
            low = mid + 1;
        else
            high = mid;
    }
    return low < s->times->count && sf_span_contains(s->times->at[low].span, words);
}

bool sf_clause_name_at(const sf_clause *c, uint32_t token, sf_clause_name *out) {
    const sf_scene *s = c->scene;
    sf_span word = s->text->tokens[token].span;
    *out = (sf_clause_name){.subject = SOFAR_NOBODY, .type = SOFAR_OTHER};
    uint32_t m = sf_clause_mention(s, word.begin);
    if (m != SF_NONE && s->people->names[m].form <= SOFAR_HANDLE) {
        out->span = s->people->names[m].span;
        out->subject = s->people->names[m].subject;
        out->type = s->people->subjects[out->subject].type;
        return !is_time(s, out->span);
    }
    if (is_time(s, word))
        return false;
    if (model_name(c, token, out))
        return true;
    if (!proper_nouns(c, token, out))
        return false;
    sf_span last = {out->span.end - 1, out->span.end};
    return !is_time(s, last);
}
