/* Reads beat files.
 *
 *     fact plays  who:person  work:work  as:character?
 *       + [Ana Ruiz]who plays [Mira]as in [Low Tide]work.
 *       + planned [Ana Ruiz]who will play [Mira]as in [Low Tide]work.
 *       - [Ana Ruiz]who plays [Mira]as of course in [Low Tide]work.
 *
 * Indentation is free, # begins a comment line; doc/beats.md has every kind of line. One reader,
 * top down: file -> line -> example -> sentence. */
#include "fact/beat.h"

typedef struct parser {
    sf_arena *arena;
    const sf_stems *stems;
    sf_str name; /* of the beat */
    unsigned line;
    sofar_error *err;
    sf_beat_lines *out;
    sf_vec(sf_similar) similar; /* of this file */
    size_t first_example;       /* of this file */
    sf_fact_type *type;         /* the fact that examples belong to; NULL before the first */
} parser;

#define BAD(p, ...) sf_fail((p)->err, SOFAR_ERR_FORMAT, "%s", SF_ARG_LINE(p, __VA_ARGS__))
#define SF_ARG_LINE(p, ...)                                                                        \
    sf_str_format((p)->arena, "%.*s:%u: %s", SF_ARG((p)->name), (p)->line,                         \
                  sf_str_format((p)->arena, __VA_ARGS__).ptr)                                      \
        .ptr

/* ---- fact ---- */

static unsigned type_of(sf_str word) {
    static const struct {
        const char *word;
        unsigned type;
    } types[] = {{"person", 1 << SOFAR_PERSON},
                 {"organization", 1 << SOFAR_ORGANIZATION | 1 << SOFAR_OUTLET},
                 {"place", 1 << SOFAR_PLACE},
                 {"work", 1 << SOFAR_WORK},
                 {"event", 1 << SOFAR_EVENT},
                 {"character", 1 << SOFAR_CHARACTER | 1 << SOFAR_PERSON | 1 << SOFAR_OTHER},
                 {"product", 1 << SOFAR_PRODUCT},
                 {"outlet", 1 << SOFAR_OUTLET},
                 {"other", 1 << SOFAR_OTHER},
                 {"any", SF_TYPE_SUBJECT},
                 {"value", SF_TYPE_VALUE},
                 {"word", SF_TYPE_WORD},
                 {"amount", SF_TYPE_AMOUNT},
                 {"count", SF_TYPE_AMOUNT | SF_TYPE_COUNT},
                 {"date", SF_TYPE_DATE}};
    for (size_t i = 0; i < SF_LEN(types); i++)
        if (sf_str_equal(word, sf_str_of(types[i].word)))
            return types[i].type;
    return 0;
}

/* "who:person" or "as:character?" or "work:work~" or "org:organization~?" or "award:event|work" */
static sofar_status parse_role(parser *p, sf_str word, sf_beat_role *role) {
    *role = (sf_beat_role){0};
    if (sf_str_ends(word, SF_STR("?"))) {
        role->optional = true;
        word = sf_str_sub(word, 0, word.len - 1);
    }
    if (sf_str_ends(word, SF_STR("~"))) {
        role->topical = true;
        word = sf_str_sub(word, 0, word.len - 1);
    }
    size_t colon = sf_str_find(word, SF_STR(":"), 0);
    if (colon == SIZE_MAX || colon == 0)
        return BAD(p, "'%.*s' is no role; write name:type", SF_ARG(word));
    role->name = sf_str_copy(p->arena, sf_str_sub(word, 0, colon));
    for (size_t at = colon + 1; at <= word.len;) {
        size_t bar = sf_str_find(word, SF_STR("|"), at);
        bar = bar == SIZE_MAX ? word.len : bar;
        unsigned type = type_of(sf_str_sub(word, at, bar));
        if (!type)
            return BAD(
                p,
                "'%.*s' has no type that is known: person, organization, place, work, "
                "character, event, product, outlet, other, any, value, word, amount, count, date",
                SF_ARG(word));
        role->types |= type;
        at = bar + 1;
    }
    return SOFAR_OK;
}

static sofar_status parse_fact(parser *p, sf_str rest) {
    p->type = SF_NEW(p->arena, sf_fact_type);
    p->type->name = sf_str_copy(p->arena, sf_str_take_word(&rest));
    if (!p->type->name.len)
        return BAD(p, "a fact wants a name and roles: fact plays who:person work:work");
    while (rest.len) {
        if (p->type->role_count == SF_MAX_ROLES - 1)
            return BAD(p, "a fact has at most %d roles", SF_MAX_ROLES - 1);
        sofar_status status =
            parse_role(p, sf_str_take_word(&rest), &p->type->roles[p->type->role_count]);
        if (status)
            return status;
        p->type->role_count++;
    }
    if (!p->type->role_count)
        return BAD(p, "the fact %.*s has no roles", SF_ARG(p->type->name));
    /* Every fact may say when. */
    p->type->roles[p->type->role_count++] =
        (sf_beat_role){SF_STR("when"), SF_TYPE_DATE, true, false};
    *SF_PUSH(p->arena, &p->out->types) = p->type;
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

static bool take_status(sf_str *rest, sofar_claim *out) {
    static const char *const words[] = {"stated", "planned", "rumoured", "denied"};
    sf_str after = *rest, first = sf_str_take_word(&after);
    for (size_t i = 0; i < SF_LEN(words); i++)
        if (sf_str_equal(first, sf_str_of(words[i]))) {
            *out = (sofar_claim)i;
            *rest = after;
            return true;
        }
    return false;
}

/* says planned "{who} is to play {as|a part} in {work}" */
static sofar_status parse_says(parser *p, sf_str rest) {
    sofar_claim status = SOFAR_STATED;
    if (!p->type)
        return BAD(p, "says before the first 'fact' line");
    take_status(&rest, &status);
    if (rest.len < 2 || rest.ptr[0] != '"' || rest.ptr[rest.len - 1] != '"')
        return BAD(p, "says wants its words in quotation marks");
    p->type->says[status] = sf_str_copy(p->arena, sf_str_sub(rest, 1, rest.len - 1));
    return SOFAR_OK;
}

/* never who plays.as */
static sofar_status parse_never(parser *p, sf_str rest) {
    if (!p->type)
        return BAD(p, "never before the first 'fact' line");
    if (p->type->never_count == SF_MAX_NEVER)
        return BAD(p, "at most %d never lines under a fact", SF_MAX_NEVER);
    uint32_t index;
    sf_str role = sf_str_copy(p->arena, sf_str_take_word(&rest));
    sf_str other = sf_str_copy(p->arena, sf_str_take_word(&rest));
    size_t dot = sf_str_find(other, SF_STR("."), 0);
    if (dot == SIZE_MAX || rest.len || !find_role(p->type, role, &index))
        return BAD(p, "write never ROLE TYPE.ROLE: never who plays.as");
    p->type->never[p->type->never_count++] =
        (sf_never){role, sf_str_sub(other, 0, dot), sf_str_sub(other, dot + 1, other.len)};
    return SOFAR_OK;
}

static bool has_role(const sf_fact_type *type, sf_str name) {
    for (uint32_t r = 0; r < type->role_count; r++)
        if (sf_str_equal(type->roles[r].name, name))
            return true;
    return false;
}

/* implies plays */
static sofar_status parse_implies(parser *p, sf_str rest) {
    if (!p->type)
        return BAD(p, "implies before the first 'fact' line");
    const sf_fact_type *other = NULL;
    for (size_t i = 0; i < p->out->types.count; i++)
        if (sf_str_equal(p->out->types.at[i]->name, rest) && p->out->types.at[i] != p->type)
            other = p->out->types.at[i];
    if (!other)
        return BAD(p, "write implies TYPE, a type of fact that stands above");
    for (uint32_t r = 0; r < other->role_count; r++)
        if (!other->roles[r].optional && !has_role(p->type, other->roles[r].name))
            return BAD(p, "%.*s has the role %.*s, %.*s has not", SF_ARG(other->name),
                       SF_ARG(other->roles[r].name), SF_ARG(p->type->name));
    p->type->implies = other;
    return SOFAR_OK;
}

/* ---- similar ---- */

/* "step_down" is two words that make one. */
static sf_key key_of(const parser *p, sf_str word) {
    sf_key key = 0;
    for (size_t at = 0; at < word.len;) {
        size_t end = sf_str_find(word, SF_STR("_"), at);
        end = end == SIZE_MAX ? word.len : end;
        sf_key one = sf_stem(p->stems, sf_str_sub(word, at, end));
        key = key ? sf_key_join(key, one) : one;
        at = end + 1;
    }
    return key;
}

/* similar star: headline lead topline */
static sofar_status parse_similar(parser *p, sf_str rest) {
    sf_str first = sf_str_take_word(&rest);
    if (first.len < 2 || first.ptr[first.len - 1] != ':' || !rest.len)
        return BAD(p, "write similar WORD: WORD ...");
    sf_vec(sf_key) keys = {0};
    *SF_PUSH(p->arena, &keys) = key_of(p, sf_str_sub(first, 0, first.len - 1));
    while (rest.len)
        *SF_PUSH(p->arena, &keys) = key_of(p, sf_str_take_word(&rest));
    *SF_PUSH(p->arena, &p->similar) = (sf_similar){keys.at, keys.count};
    return SOFAR_OK;
}

/* ---- examples ---- */

static sofar_status check_roles(parser *p, const sf_example *e) {
    for (uint32_t i = 0; i < p->type->role_count; i++)
        if (e->held[i].begin == e->held[i].end && !p->type->roles[i].optional &&
            !p->type->roles[i].topical)
            return BAD(p, "the role %.*s is missing; mark it as [words]%.*s",
                       SF_ARG(p->type->roles[i].name), SF_ARG(p->type->roles[i].name));
    return SOFAR_OK;
}

/* "[Ana Ruiz]who plays [Mira]as in [Low Tide]work." -> the sentence and its roles */
static sofar_status parse_sentence(parser *p, sf_str rest, sf_example *e) {
    sf_buf plain = sf_buf_new(p->arena);
    while (rest.len) {
        size_t begin = sf_str_find(rest, SF_STR("["), 0);
        sf_buf_add(&plain, sf_str_sub(rest, 0, begin == SIZE_MAX ? rest.len : begin));
        if (begin == SIZE_MAX)
            break;
        size_t close = sf_str_find(rest, SF_STR("]"), begin);
        if (close == SIZE_MAX)
            return BAD(p, "a '[' without ']'");
        size_t end = close + 1;
        while (end < rest.len && (sf_is_alpha(rest.ptr[end]) || rest.ptr[end] == '_'))
            end++;
        uint32_t index;
        sf_str role = sf_str_sub(rest, close + 1, end), words = sf_str_sub(rest, begin + 1, close);
        sf_span span = {(uint32_t)plain.len, (uint32_t)(plain.len + words.len)};
        if (!role.len) {
            if (e->pinned_count == SF_MAX_PINNED)
                return BAD(p, "at most %d words without a role in brackets", SF_MAX_PINNED);
            bool open = end < rest.len && rest.ptr[end] == '*';
            end += open;
            e->open[e->pinned_count] = open;
            e->pinned[e->pinned_count++] = span;
            sf_buf_add(&plain, words);
            rest = sf_str_sub(rest, end, rest.len);
            continue;
        }
        if (!find_role(p->type, role, &index))
            return BAD(p, "'%.*s' is no role of %.*s", SF_ARG(role), SF_ARG(p->type->name));
        if (e->held[index].begin < e->held[index].end)
            return BAD(p, "the role %.*s stands twice", SF_ARG(role));
        e->held[index] = span;
        if (end < rest.len && rest.ptr[end] == '*') {
            e->required |= 1u << index;
            end++;
        }
        if (end < rest.len && rest.ptr[end] == '=') {
            size_t word = ++end;
            while (end < rest.len && (sf_is_alpha(rest.ptr[end]) || rest.ptr[end] == '-'))
                end++;
            e->called[index] = sf_stem(p->stems, sf_str_sub(rest, word, end));
            if (!e->called[index])
                return BAD(p, "no word behind %.*s=", SF_ARG(role));
        }
        sf_buf_add(&plain, words);
        rest = sf_str_sub(rest, end, rest.len);
    }
    e->sentence = sf_buf_str(&plain);
    return SOFAR_OK;
}

/* Does the sentence have words outside its roles? */
static bool has_words(const sf_example *e) {
    for (uint32_t i = 0; i < e->sentence.len; i++) {
        bool inside = false;
        for (size_t r = 0; r < SF_MAX_ROLES; r++)
            inside |= e->held[r].begin <= i && i < e->held[r].end;
        if (!inside && sf_is_alpha(e->sentence.ptr[i]))
            return true;
    }
    return false;
}

static sofar_status parse_example(parser *p, sf_str rest, bool negative) {
    if (!p->type)
        return BAD(p, "an example before the first 'fact' line");
    sf_example e = {.type = p->type,
                    .beat = p->name,
                    .line = p->line,
                    .negative = negative,
                    .pattern = SF_NONE};
    e.status_given = take_status(&rest, &e.status);
    sofar_status bad = parse_sentence(p, rest, &e);
    if (!bad && !negative)
        bad = check_roles(p, &e);
    if (bad)
        return bad;
    if (!has_words(&e))
        return BAD(p, "an example wants words besides its roles");
    *SF_PUSH(p->arena, &p->out->examples) = e;
    return SOFAR_OK;
}

/* ---- lines ---- */

static bool is_trait(sf_str word) {
    return sf_str_equal(word, SF_STR("one-valued")) || sf_str_equal(word, SF_STR("current")) ||
           sf_str_equal(word, SF_STR("timeless"));
}

static sofar_status parse_trait(parser *p, sf_str word) {
    if (!p->type)
        return BAD(p, "%.*s before the first 'fact' line", SF_ARG(word));
    p->type->one_valued |= word.ptr[0] == 'o';
    p->type->current |= word.ptr[0] == 'c';
    p->type->timeless |= word.ptr[0] == 't';
    return SOFAR_OK;
}

static sofar_status parse_line(parser *p, sf_str line) {
    line = sf_str_trim(line);
    if (!line.len || line.ptr[0] == '#')
        return SOFAR_OK;
    sf_str rest = line, word = sf_str_take_word(&rest);
    if (sf_str_equal(word, SF_STR("fact")))
        return parse_fact(p, rest);
    if (sf_str_equal(word, SF_STR("+")) || sf_str_equal(word, SF_STR("-")))
        return parse_example(p, rest, word.ptr[0] == '-');
    if (sf_str_equal(word, SF_STR("says")))
        return parse_says(p, rest);
    if (sf_str_equal(word, SF_STR("similar")))
        return parse_similar(p, rest);
    if (sf_str_equal(word, SF_STR("lifecycle:")))
        return SOFAR_OK; /* the story room's */
    if (sf_str_equal(word, SF_STR("never")))
        return parse_never(p, rest);
    if (sf_str_equal(word, SF_STR("implies")))
        return parse_implies(p, rest);
    if (is_trait(word) && !rest.len)
        return parse_trait(p, word);
    return BAD(p,
               "'%.*s' begins no line of a beat; fact, +, -, says, similar, never, implies, "
               "one-valued, current, timeless and lifecycle: do",
               SF_ARG(word));
}

static sofar_status parse_file(parser *p, const sofar_beat *beat) {
    p->name = sf_str_copy(p->arena, beat->name);
    p->type = NULL;
    p->line = 0;
    p->similar.at = NULL;
    p->similar.count = p->similar.room = 0;
    p->first_example = p->out->examples.count;
    for (size_t at = 0; at < beat->text.len;) {
        size_t end = sf_str_find(beat->text, SF_STR("\n"), at);
        if (end == SIZE_MAX)
            end = beat->text.len;
        p->line++;
        sofar_status status = parse_line(p, sf_str_sub(beat->text, at, end));
        if (status)
            return status;
        at = end + 1;
    }
    for (size_t i = p->first_example; i < p->out->examples.count; i++) {
        p->out->examples.at[i].similar = p->similar.at;
        p->out->examples.at[i].similar_count = p->similar.count;
    }
    return SOFAR_OK;
}

sofar_status sf_beat_read(sf_arena *arena, const sf_stems *stems, const sofar_beat *beats,
                          size_t count, sf_beat_lines *out, sofar_error *err) {
    parser p = {.arena = arena, .stems = stems, .err = err, .out = out};
    for (size_t i = 0; i < count; i++) {
        sofar_status status = parse_file(&p, &beats[i]);
        if (status)
            return status;
    }
    return SOFAR_OK;
}

sofar_status sf_beats_compile(sf_arena *arena, const sf_model *model, const sofar_beat *beats,
                              size_t count, const char *cache, sf_beats **out, sofar_error *err) {
    sf_beats *b = SF_NEW(arena, sf_beats);
    sf_beat_lines lines = {0};
    b->stems = sf_stems_new(arena);
    sofar_status status = sf_beat_read(arena, b->stems, beats, count, &lines, err);
    if (status)
        return status;
    b->types = lines.types.at;
    b->type_count = lines.types.count;
    b->examples = lines.examples.at;
    b->example_count = lines.examples.count;
    sf_buf name = sf_buf_new(arena);
    for (size_t i = 0; i < count; i++) {
        sf_buf_add(&name, beats[i].name);
        sf_buf_char(&name, '\n');
    }
    sf_beat_learn(arena, model, &(sf_cache){cache, sf_buf_str(&name)}, b);
    *out = b;
    return SOFAR_OK;
}
