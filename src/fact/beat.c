/* Reads beat files.
 *
 *     fact plays  who:person  work:work  as:character?
 *       + [Ana Ruiz]who plays [Mira]as in [Low Tide]work.
 *       + planned [Ana Ruiz]who will play [Mira]as in [Low Tide]work.
 *       - [Ana Ruiz]who plays [Mira]as of course in [Low Tide]work.
 *
 * Indentation is free, # begins a comment line. One reader, top down: file -> line -> example ->
 * step. */
#include "fact/beat.h"

typedef struct parser {
    sf_arena *arena;
    sf_str name; /* of the beat */
    unsigned line;
    sofar_error *err;
    sf_vec(sf_pattern) patterns;
    sf_fact_type *type; /* the fact that examples belong to; NULL before the first */
} parser;

#define BAD(p, ...) sf_fail((p)->err, SOFAR_ERR_FORMAT, "%s", SF_ARG_LINE(p, __VA_ARGS__))
#define SF_ARG_LINE(p, ...)                                                                        \
    sf_str_format((p)->arena, "%.*s:%u: %s", SF_ARG((p)->name), (p)->line,                         \
                  sf_str_format((p)->arena, __VA_ARGS__).ptr)                                      \
        .ptr

static sf_str take_word(sf_str *rest) {
    *rest = sf_str_trim(*rest);
    size_t end = 0;
    while (end < rest->len && !sf_is_space(rest->ptr[end]))
        end++;
    sf_str word = sf_str_sub(*rest, 0, end);
    *rest = sf_str_trim(sf_str_sub(*rest, end, rest->len));
    return word;
}

static bool subject_type(sf_str word, int *out) {
    static const struct {
        const char *word;
        int type;
    } types[] = {{"person", SOFAR_PERSON},   {"organization", SOFAR_ORGANIZATION},
                 {"place", SOFAR_PLACE},     {"work", SOFAR_WORK},
                 {"event", SOFAR_EVENT},     {"character", SOFAR_CHARACTER},
                 {"product", SOFAR_PRODUCT}, {"outlet", SOFAR_OUTLET},
                 {"any", SF_ANY_TYPE},       {"when", SF_WHEN}};
    for (size_t i = 0; i < SF_LEN(types); i++)
        if (sf_str_equal(word, sf_str_of(types[i].word))) {
            *out = types[i].type;
            return true;
        }
    return false;
}

/* "who:person" or "as:character?" */
static sofar_status parse_role(parser *p, sf_str word, sf_beat_role *role) {
    *role = (sf_beat_role){0};
    if (sf_str_ends(word, SF_STR("?"))) {
        role->optional = true;
        word = sf_str_sub(word, 0, word.len - 1);
    }
    size_t colon = sf_str_find(word, SF_STR(":"), 0);
    if (colon == SIZE_MAX || colon == 0)
        return BAD(p, "'%.*s' is no role; write name:type", SF_ARG(word));
    role->name = sf_str_copy(p->arena, sf_str_sub(word, 0, colon));
    if (!subject_type(sf_str_sub(word, colon + 1, word.len), &role->type))
        return BAD(
            p,
            "'%.*s' has no type that is known: person, organization, place, work, character, "
            "event, product, outlet, any",
            SF_ARG(word));
    return SOFAR_OK;
}

static sofar_status parse_fact(parser *p, sf_str rest) {
    p->type = SF_NEW(p->arena, sf_fact_type);
    p->type->name = sf_str_copy(p->arena, take_word(&rest));
    if (!p->type->name.len)
        return BAD(p, "a fact wants a name and roles: fact plays who:person work:work");
    while (rest.len) {
        if (p->type->role_count == SF_MAX_ROLES - 1)
            return BAD(p, "a fact has at most %d roles", SF_MAX_ROLES - 1);
        sofar_status status = parse_role(p, take_word(&rest), &p->type->roles[p->type->role_count]);
        if (status)
            return status;
        p->type->role_count++;
    }
    if (!p->type->role_count)
        return BAD(p, "the fact %.*s has no roles", SF_ARG(p->type->name));
    /* Every fact may say when. */
    p->type->roles[p->type->role_count++] = (sf_beat_role){SF_STR("when"), SF_WHEN, true};
    return SOFAR_OK;
}

static bool find_role(const sf_fact_type *type, sf_str name, uint32_t *out) {
    for (uint32_t i = 0; i < type->role_count; i++)
        if (sf_str_equal(type->roles[i].name, name)) {
            *out = i;
            return true;
        }
    return false;
}

static sf_str lower(sf_arena *arena, sf_str s) {
    char *p = sf_alloc(arena, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        p[i] = sf_lower(s.ptr[i]);
    return (sf_str){p, s.len};
}

typedef sf_vec(sf_step) steps;

/* The words between two roles, split as every text is. */
static void add_words(parser *p, sf_str words, steps *out) {
    sofar_block block = {SOFAR_BLOCK_PARAGRAPH, {0, (uint32_t)words.len}};
    if (!sf_str_trim(words).len)
        return;
    const sf_text *text = sf_text_split(p->arena, words, &block, 1);
    for (uint32_t i = 0; i < text->word_count; i++)
        *SF_PUSH(p->arena, out) = (sf_step){lower(p->arena, sf_word_of(text, i)), 0};
}

static sofar_status check_roles(parser *p, const steps *s) {
    for (uint32_t i = 0; i < p->type->role_count; i++) {
        size_t found = 0;
        for (size_t k = 0; k < s->count; k++)
            found += !s->at[k].word.ptr && s->at[k].role == i;
        if (found > 1)
            return BAD(p, "the role %.*s stands twice", SF_ARG(p->type->roles[i].name));
        if (!found && !p->type->roles[i].optional)
            return BAD(p, "the role %.*s is missing; mark it as [words]%.*s",
                       SF_ARG(p->type->roles[i].name), SF_ARG(p->type->roles[i].name));
    }
    return SOFAR_OK;
}

/* "[Ana Ruiz]who plays [Mira]as in [Low Tide]work." -> steps */
static sofar_status parse_steps(parser *p, sf_str rest, steps *out) {
    if (sf_str_ends(rest, SF_STR(".")))
        rest.len--;
    while (rest.len) {
        size_t open = sf_str_find(rest, SF_STR("["), 0);
        add_words(p, sf_str_sub(rest, 0, open == SIZE_MAX ? rest.len : open), out);
        if (open == SIZE_MAX)
            return SOFAR_OK;
        size_t close = sf_str_find(rest, SF_STR("]"), open);
        if (close == SIZE_MAX)
            return BAD(p, "a '[' without ']'");
        size_t end = close + 1;
        while (end < rest.len && (sf_is_alpha(rest.ptr[end]) || rest.ptr[end] == '_'))
            end++;
        sf_step step = {SF_ABSENT, 0};
        sf_str role = sf_str_sub(rest, close + 1, end);
        if (!find_role(p->type, role, &step.role))
            return BAD(p, "'%.*s' is no role of %.*s", SF_ARG(role), SF_ARG(p->type->name));
        *SF_PUSH(p->arena, out) = step;
        rest = sf_str_sub(rest, end, rest.len);
    }
    return SOFAR_OK;
}

static sofar_status parse_example(parser *p, sf_str rest, bool negative) {
    if (!p->type)
        return BAD(p, "an example before the first 'fact' line");
    static const char *const words[] = {"stated", "planned", "rumoured", "denied"};
    sofar_claim status = SOFAR_STATED;
    sf_str after = rest, first = take_word(&after);
    for (size_t i = 0; i < SF_LEN(words); i++)
        if (sf_str_equal(first, sf_str_of(words[i]))) {
            status = (sofar_claim)i;
            rest = after;
        }
    steps s = {0};
    sofar_status bad = parse_steps(p, rest, &s);
    if (!bad && !negative)
        bad = check_roles(p, &s);
    if (bad)
        return bad;
    size_t literals = 0;
    for (size_t i = 0; i < s.count; i++)
        literals += s.at[i].word.ptr != NULL;
    if (!literals || literals == s.count)
        return BAD(p, "an example wants words and roles");
    *SF_PUSH(p->arena, &p->patterns) = (sf_pattern){p->type, status, negative, s.at, s.count};
    return SOFAR_OK;
}

static sofar_status parse_line(parser *p, sf_str line) {
    line = sf_str_trim(line);
    if (!line.len || line.ptr[0] == '#')
        return SOFAR_OK;
    sf_str rest = line, word = take_word(&rest);
    if (sf_str_equal(word, SF_STR("fact")))
        return parse_fact(p, rest);
    if (sf_str_equal(word, SF_STR("+")) || sf_str_equal(word, SF_STR("-")))
        return parse_example(p, rest, word.ptr[0] == '-');
    return BAD(p, "'%.*s' begins no line of a beat; fact, + and - do", SF_ARG(word));
}

sofar_status sf_beats_compile(sf_arena *arena, const sofar_beat *beats, size_t count,
                              sf_beats **out, sofar_error *err) {
    parser p = {.arena = arena, .err = err};
    for (size_t i = 0; i < count; i++) {
        p.name = beats[i].name;
        p.type = NULL;
        p.line = 0;
        for (size_t at = 0; at < beats[i].text.len;) {
            size_t end = sf_str_find(beats[i].text, SF_STR("\n"), at);
            if (end == SIZE_MAX)
                end = beats[i].text.len;
            p.line++;
            sofar_status status = parse_line(&p, sf_str_sub(beats[i].text, at, end));
            if (status)
                return status;
            at = end + 1;
        }
    }
    sf_beats *b = SF_NEW(arena, sf_beats);
    *b = (sf_beats){p.patterns.at, p.patterns.count};
    *out = b;
    return SOFAR_OK;
}
