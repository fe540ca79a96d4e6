/* One expectation line against a reading. Places are given as the words themselves: every time,
 * name or quote is compared by what its span spells. The forms are listed in tests/README.md. */
#include "cases.h"
#include "text/text.h"

/* ---- reading an expectation ---- */

typedef struct cursor {
    sf_arena *arena;
    sf_str rest;
} cursor;

static void skip_space(cursor *c) {
    while (c->rest.len && c->rest.ptr[0] == ' ')
        c->rest = sf_str_sub(c->rest, 1, c->rest.len);
}

static bool take(cursor *c, const char *literal) {
    skip_space(c);
    sf_str s = sf_str_of(literal);
    if (!sf_str_starts(c->rest, s))
        return false;
    c->rest = sf_str_sub(c->rest, s.len, c->rest.len);
    return true;
}

static sf_str take_word(cursor *c) {
    skip_space(c);
    size_t end = sf_str_find(c->rest, SF_STR(" "), 0);
    sf_str word = sf_str_sub(c->rest, 0, end == SIZE_MAX ? c->rest.len : end);
    c->rest = sf_str_sub(c->rest, word.len, c->rest.len);
    return word;
}

/* "..." with \" \\ \n inside; absent if none stands here. */
static sf_str take_string(cursor *c) {
    skip_space(c);
    if (!c->rest.len || c->rest.ptr[0] != '"')
        return SF_ABSENT;
    sf_buf out = sf_buf_new(c->arena);
    for (size_t i = 1; i < c->rest.len; i++) {
        char ch = c->rest.ptr[i];
        if (ch == '"') {
            c->rest = sf_str_sub(c->rest, i + 1, c->rest.len);
            return sf_buf_str(&out);
        }
        if (ch == '\\' && i + 1 < c->rest.len) {
            ch = c->rest.ptr[++i];
            if (ch == 'n')
                ch = '\n';
        }
        sf_buf_char(&out, ch);
    }
    return SF_ABSENT;
}

static bool fail(sf_arena *arena, sf_str *why, const char *message) {
    *why = sf_str_copy(arena, sf_str_of(message));
    return false;
}

/* "-" stands for a value that is absent. */
static bool same(sf_str got, sf_str wanted) {
    return sf_str_equal(wanted, SF_STR("-")) ? !got.ptr : got.ptr && sf_str_equal(got, wanted);
}

static bool compare(sf_arena *arena, sf_str got, sf_str wanted, sf_str *why) {
    if (same(got, wanted))
        return true;
    *why = sf_str_format(arena, "got %.*s", SF_ARG(got.ptr ? got : SF_STR("-")));
    return false;
}

static sf_str spelled(const sofar_reading *r, sf_span s) {
    return s.begin < s.end ? sf_span_of(r->clipping.text, s) : SF_ABSENT;
}

static sf_str subject_name(const sofar_reading *r, uint32_t subject) {
    return subject == SOFAR_NOBODY ? SF_ABSENT : r->people.subjects[subject].name;
}

static sf_str joined(sf_arena *arena, const sf_str *parts, size_t count) {
    sf_buf out = sf_buf_new(arena);
    for (size_t i = 0; i < count; i++) {
        if (i)
            sf_buf_add(&out, SF_STR("; "));
        sf_buf_add(&out, parts[i]);
    }
    return sf_buf_str(&out);
}

/* ---- what there is, as expectation lines ---- */

static void put_string(sf_buf *out, sf_str s) {
    sf_buf_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"' || s.ptr[i] == '\\')
            sf_buf_char(out, '\\');
        if (s.ptr[i] == '\n')
            sf_buf_add(out, SF_STR("\\n"));
        else
            sf_buf_char(out, s.ptr[i]);
    }
    sf_buf_char(out, '"');
}

static void put_key(sf_buf *out, const char *key, sf_str value) {
    if (value.ptr)
        sf_buf_printf(out, " %s=%.*s", key, SF_ARG(value));
}

static void describe_quote(sf_buf *out, const sofar_reading *r, const sofar_quote *q) {
    sf_buf_add(out, SF_STR("quote "));
    for (size_t k = 0; k < q->span_count; k++) {
        if (k)
            sf_buf_add(out, SF_STR(" + "));
        put_string(out, spelled(r, q->spans[k]));
    }
    put_key(out, "kind", sf_str_of(sf_quote_word(q->kind)));
    put_key(out, "speaker", q->speaker == SOFAR_NOBODY ? SF_STR("-") : subject_name(r, q->speaker));
    put_key(out, "words", spelled(r, q->speaker_span));
    put_key(out, "cue", spelled(r, q->cue));
    put_key(out, "via", q->via);
    put_key(out, "to", subject_name(r, q->to));
    put_key(out, "when", q->when);
    sf_buf_char(out, '\n');
}

static void describe_time(sf_buf *out, const sofar_reading *r, const sofar_time *t) {
    sf_buf_add(out, SF_STR("time "));
    put_string(out, spelled(r, t->span));
    sf_buf_printf(out, " %s %.*s\n", sf_timex_word(t->type),
                  SF_ARG(t->value.ptr ? t->value : SF_STR("-")));
}

static void describe_subject(sf_buf *out, const sofar_subject *s) {
    sf_buf_printf(out, "subject %s %.*s", sf_subject_word(s->type), SF_ARG(s->name));
    if (s->alias_count)
        sf_buf_printf(out, " = %.*s", SF_ARG(joined(out->arena, s->aliases, s->alias_count)));
    sf_buf_char(out, '\n');
}

static void describe_name(sf_buf *out, const sofar_reading *r, const sofar_name *n) {
    sf_buf_add(out, SF_STR("name "));
    put_string(out, spelled(r, n->span));
    sf_buf_printf(out, " = %.*s\n", SF_ARG(subject_name(r, n->subject)));
}

static void describe_fact(sf_buf *out, const sofar_reading *r, const sofar_fact *f) {
    sf_buf_printf(out, "fact %.*s", SF_ARG(f->type));
    for (size_t i = 0; i < f->role_count; i++)
        put_key(out, f->roles[i].name.ptr,
                f->roles[i].value.ptr ? f->roles[i].value : subject_name(r, f->roles[i].subject));
    put_key(out, "when", f->when);
    put_key(out, "status", sf_str_of(sf_claim_word(f->status)));
    put_key(out, "said_by", subject_name(r, f->by));
    sf_buf_add(out, SF_STR(" : "));
    for (size_t k = 0; k < f->receipt_count; k++) {
        if (k)
            sf_buf_add(out, SF_STR(" + "));
        put_string(out, spelled(r, f->receipts[k]));
    }
    sf_buf_char(out, '\n');
}

static void describe_block(sf_buf *out, const sofar_reading *r, const sofar_block *b) {
    sf_buf_printf(out, "block %s ", sf_block_word(b->kind));
    put_string(out, spelled(r, b->span));
    sf_buf_char(out, '\n');
}

static void describe_field(sf_buf *out, const char *name, sf_str value, const char *origin) {
    sf_buf_printf(out, "%s %.*s", name, SF_ARG(value.ptr ? value : SF_STR("-")));
    if (value.ptr && origin)
        sf_buf_printf(out, " %s", origin);
    sf_buf_char(out, '\n');
}

/* A reading keeps neither sentences nor tokens, so they are made again. */
static sf_text *split(sf_arena *arena, const sofar_reading *r) {
    sf_text *text =
        sf_text_split(arena, r->clipping.text, r->clipping.blocks, r->clipping.block_count);
    sf_text_tokens(arena, text);
    return text;
}

/* Gives the next sentence as its tokens, a space between; `at` is the first of them. */
static sf_str next_sentence(sf_arena *arena, const sf_text *text, uint32_t sentence, uint32_t *at) {
    sf_buf out = sf_buf_new(arena);
    for (uint32_t end = text->sentences[sentence].span.end;
         *at < text->token_count && text->tokens[*at].span.begin < end; ++*at) {
        if (out.len)
            sf_buf_char(&out, ' ');
        sf_buf_add(&out, sf_token_of(text, *at));
    }
    return sf_buf_str(&out);
}

static void describe_sentences(sf_buf *out, const sofar_reading *r) {
    sf_text *text = split(out->arena, r);
    for (uint32_t i = 0, at = 0; i < text->sentence_count; i++) {
        sf_str tokens = next_sentence(out->arena, text, i, &at);
        sf_buf_printf(out, "sentence %.*s\n", SF_ARG(tokens));
    }
}

void test_describe(sf_buf *out, const sofar_reading *r, sf_str kind) {
    const sofar_clipping *c = &r->clipping;
    const struct {
        const char *name;
        sf_str value;
        const char *origin;
    } fields[] = {{"title", c->title, NULL},
                  {"published", c->published, sf_origin_word(c->published_from)},
                  {"updated", c->updated, NULL},
                  {"outlet", c->outlet, NULL},
                  {"url", c->url, NULL},
                  {"lang", c->lang, NULL}};
    for (size_t i = 0; i < SF_LEN(fields); i++)
        if (sf_str_equal(kind, sf_str_of(fields[i].name)))
            describe_field(out, fields[i].name, fields[i].value, fields[i].origin);
    if (sf_str_equal(kind, SF_STR("byline")))
        describe_field(out, "byline",
                       c->byline_count ? joined(out->arena, c->byline, c->byline_count) : SF_ABSENT,
                       NULL);
    if (sf_str_equal(kind, SF_STR("sentence")))
        describe_sentences(out, r);
    for (size_t i = 0; sf_str_equal(kind, SF_STR("quote")) && i < r->quotes.count; i++)
        describe_quote(out, r, &r->quotes.at[i]);
    for (size_t i = 0; sf_str_equal(kind, SF_STR("time")) && i < r->times.count; i++)
        describe_time(out, r, &r->times.at[i]);
    for (size_t i = 0; sf_str_equal(kind, SF_STR("subject")) && i < r->people.subject_count; i++)
        describe_subject(out, &r->people.subjects[i]);
    for (size_t i = 0;
         sf_str_equal(kind, SF_STR("name")) && i < r->people.name_count + r->people.epithet_count;
         i++)
        describe_name(out, r, &r->people.names[i]);
    for (size_t i = 0; sf_str_equal(kind, SF_STR("fact")) && i < r->facts.count; i++)
        describe_fact(out, r, &r->facts.at[i]);
    for (size_t i = 0; sf_str_equal(kind, SF_STR("block")) && i < c->block_count; i++)
        describe_block(out, r, &c->blocks[i]);
    for (size_t i = 0; sf_str_equal(kind, SF_STR("note")) && i < c->note_count; i++) {
        sf_buf_add(out, SF_STR("note "));
        put_string(out, c->notes[i]);
        sf_buf_char(out, '\n');
    }
}

/* ---- positive expectations ---- */

/* key=value pairs run to the next " key=". Absent if the key is not given. */
static sf_str option(sf_str rest, const char *const *keys, size_t key_count, const char *key) {
    size_t begin = SIZE_MAX, end = rest.len;
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < key_count; i++) {
            sf_str k = sf_str_of(keys[i]);
            for (size_t at = 0; (at = sf_str_find(rest, k, at)) != SIZE_MAX; at++) {
                if (at + k.len >= rest.len || rest.ptr[at + k.len] != '=' ||
                    (at && rest.ptr[at - 1] != ' '))
                    continue;
                if (pass == 0 && strcmp(keys[i], key) == 0 && begin == SIZE_MAX)
                    begin = at + k.len + 1;
                if (pass == 1 && begin != SIZE_MAX && at > begin && at < end)
                    end = at;
            }
        }
    return begin == SIZE_MAX ? SF_ABSENT : sf_str_trim(sf_str_sub(rest, begin, end));
}

static bool quote_spells(const sofar_reading *r, const sofar_quote *q, const sf_str *pieces,
                         size_t count) {
    if (q->span_count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!sf_str_equal(spelled(r, q->spans[i]), pieces[i]))
            return false;
    return true;
}

static bool expect_quote(cursor *c, const sofar_reading *r, sf_str *why) {
    static const char *const keys[] = {"kind", "speaker", "words", "cue", "via", "to", "when"};
    sf_vec(sf_str) pieces = {0};
    do
        *SF_PUSH(c->arena, &pieces) = take_string(c);
    while (take(c, "+"));
    for (size_t i = 0; i < r->quotes.count; i++) {
        const sofar_quote *q = &r->quotes.at[i];
        if (!quote_spells(r, q, pieces.at, pieces.count))
            continue;
        const sf_str got[] = {sf_str_of(sf_quote_word(q->kind)),
                              subject_name(r, q->speaker),
                              spelled(r, q->speaker_span),
                              spelled(r, q->cue),
                              q->via,
                              subject_name(r, q->to),
                              q->when};
        for (size_t k = 0; k < SF_LEN(keys); k++) {
            sf_str wanted = option(c->rest, keys, SF_LEN(keys), keys[k]);
            if (wanted.ptr && !same(got[k], wanted)) {
                *why = sf_str_format(c->arena, "%s is %.*s", keys[k],
                                     SF_ARG(got[k].ptr ? got[k] : SF_STR("-")));
                return false;
            }
        }
        return true;
    }
    return fail(c->arena, why, "no such quote");
}

static bool expect_time(cursor *c, const sofar_reading *r, sf_str *why) {
    sf_str words = take_string(c), type = take_word(c), value = take_word(c);
    sf_str found = SF_ABSENT;
    for (size_t i = 0; i < r->times.count; i++) {
        const sofar_time *t = &r->times.at[i];
        if (!sf_str_equal(spelled(r, t->span), words))
            continue;
        if (sf_str_equal(type, sf_str_of(sf_timex_word(t->type))) && same(t->value, value))
            return true;
        found = t->value.ptr ? t->value : SF_STR("-");
    }
    if (found.ptr)
        *why = sf_str_format(c->arena, "its value is %.*s", SF_ARG(found));
    else
        fail(c->arena, why, "no such time");
    return false;
}

static bool expect_subject(cursor *c, const sofar_reading *r, sf_str *why) {
    sf_str type = take_word(c);
    sf_str rest = sf_str_trim(c->rest);
    size_t equal = sf_str_find(rest, SF_STR(" = "), 0);
    sf_str name = equal == SIZE_MAX ? rest : sf_str_sub(rest, 0, equal);
    for (size_t i = 0; i < r->people.subject_count; i++) {
        const sofar_subject *s = &r->people.subjects[i];
        if (!sf_str_equal(s->name, name))
            continue;
        if (!sf_str_equal(type, sf_str_of(sf_subject_word(s->type)))) {
            *why = sf_str_format(c->arena, "its type is %s", sf_subject_word(s->type));
            return false;
        }
        return equal == SIZE_MAX || compare(c->arena, joined(c->arena, s->aliases, s->alias_count),
                                            sf_str_sub(rest, equal + 3, rest.len), why);
    }
    return fail(c->arena, why, "no such subject");
}

static bool expect_name(cursor *c, const sofar_reading *r, sf_str *why) {
    sf_str words = take_string(c);
    take(c, "=");
    sf_str subject = sf_str_trim(c->rest);
    for (size_t i = 0; i < r->people.name_count + r->people.epithet_count; i++) {
        const sofar_name *n = &r->people.names[i];
        if (sf_str_equal(spelled(r, n->span), words) &&
            sf_str_equal(subject_name(r, n->subject), subject))
            return true;
    }
    return fail(c->arena, why, "no such name");
}

/* A fact is expected whole: the line is the one that describes it. */
static bool expect_fact(cursor *c, const sofar_reading *r, sf_str *why) {
    sf_str wanted = sf_str_format(c->arena, "fact %.*s\n", SF_ARG(sf_str_trim(c->rest)));
    for (size_t i = 0; i < r->facts.count; i++) {
        sf_buf line = sf_buf_new(c->arena);
        describe_fact(&line, r, &r->facts.at[i]);
        if (sf_str_equal(sf_buf_str(&line), wanted))
            return true;
    }
    return fail(c->arena, why, "no such fact");
}

static bool expect_block(cursor *c, const sofar_reading *r, sf_str *why) {
    sf_str kind = take_word(c), words = take_string(c);
    for (size_t i = 0; i < r->clipping.block_count; i++) {
        const sofar_block *b = &r->clipping.blocks[i];
        if (sf_str_equal(spelled(r, b->span), words))
            return compare(c->arena, sf_str_of(sf_block_word(b->kind)), kind, why);
    }
    return fail(c->arena, why, "no such block");
}

static bool expect_note(cursor *c, const sofar_reading *r, sf_str *why) {
    sf_str words = take_string(c);
    for (size_t i = 0; i < r->clipping.note_count; i++)
        if (sf_str_find(r->clipping.notes[i], words, 0) != SIZE_MAX)
            return true;
    return fail(c->arena, why, "no such note");
}

static bool expect_count(cursor *c, size_t count, sf_str *why) {
    return compare(c->arena, sf_str_format(c->arena, "%zu", count), take_word(c), why);
}

static bool expect_published(cursor *c, const sofar_reading *r, sf_str *why) {
    if (!compare(c->arena, r->clipping.published, take_word(c), why))
        return false;
    sf_str origin = take_word(c);
    return !origin.len ||
           compare(c->arena, sf_str_of(sf_origin_word(r->clipping.published_from)), origin, why);
}

/* ---- sentences ---- */

static bool expect_sentence(cursor *c, const sofar_reading *r, sf_str *why) {
    sf_text *text = split(c->arena, r);
    sf_str wanted = sf_str_trim(c->rest);
    sf_buf all = sf_buf_new(c->arena);
    for (uint32_t i = 0, at = 0; i < text->sentence_count; i++) {
        sf_str tokens = next_sentence(c->arena, text, i, &at);
        if (sf_str_equal(tokens, wanted))
            return true;
        sf_buf_printf(&all, "%s%.*s", i ? " / " : "", SF_ARG(tokens));
    }
    *why = sf_buf_str(&all);
    return false;
}

static bool expect_sentences(cursor *c, const sofar_reading *r, sf_str *why) {
    return expect_count(c, split(c->arena, r)->sentence_count, why);
}

/* ---- negative expectations ---- */

static bool expect_no(cursor *c, const sofar_reading *r, sf_str *why) {
    sf_str kind = take_word(c);
    if (sf_str_equal(kind, SF_STR("text"))) {
        sf_str words = take_string(c);
        return sf_str_find(r->clipping.text, words, 0) == SIZE_MAX ||
               fail(c->arena, why, "the text has it");
    }
    if (sf_str_equal(kind, SF_STR("subject"))) {
        sf_str name = sf_str_trim(c->rest);
        for (size_t i = 0; i < r->people.subject_count; i++)
            if (!name.len || sf_str_equal(r->people.subjects[i].name, name))
                return fail(c->arena, why, "there is one");
        return true;
    }
    sf_str words = take_string(c);
    sf_buf all = sf_buf_new(c->arena);
    if (sf_str_equal(kind, SF_STR("quote"))) {
        for (size_t i = 0; i < r->quotes.count; i++)
            for (size_t k = 0; k < r->quotes.at[i].span_count; k++)
                if (!words.ptr ||
                    sf_str_find(spelled(r, r->quotes.at[i].spans[k]), words, 0) != SIZE_MAX)
                    describe_quote(&all, r, &r->quotes.at[i]);
    } else if (sf_str_equal(kind, SF_STR("time"))) {
        for (size_t i = 0; i < r->times.count; i++)
            if (!words.ptr || sf_str_find(spelled(r, r->times.at[i].span), words, 0) != SIZE_MAX)
                describe_time(&all, r, &r->times.at[i]);
    } else if (sf_str_equal(kind, SF_STR("name"))) {
        for (size_t i = 0; i < r->people.name_count + r->people.epithet_count; i++)
            if (!words.ptr || sf_str_equal(spelled(r, r->people.names[i].span), words))
                describe_name(&all, r, &r->people.names[i]);
    } else if (sf_str_equal(kind, SF_STR("fact"))) {
        sf_str type = take_word(c);
        for (size_t i = 0; i < r->facts.count; i++)
            if (!type.len || sf_str_equal(r->facts.at[i].type, type))
                describe_fact(&all, r, &r->facts.at[i]);
    } else if (sf_str_equal(kind, SF_STR("note"))) {
        if (r->clipping.note_count)
            sf_buf_add(&all, r->clipping.notes[0]);
    } else {
        return fail(c->arena, why, "not an expectation");
    }
    *why = sf_str_trim(sf_buf_str(&all));
    return all.len == 0;
}

bool test_expect(sf_arena *arena, const sofar_reading *r, sf_str expectation, sf_str *why) {
    cursor c = {arena, expectation};
    sf_str kind = take_word(&c);
    const sofar_clipping *p = &r->clipping;
    *why = SF_ABSENT;
    if (sf_str_equal(kind, SF_STR("proposition")))
        return compare(arena, test_proposition(arena, r, expectation), expectation, why);
    if (sf_str_equal(kind, SF_STR("standing")))
        return compare(arena, test_standing(arena, r, expectation), expectation, why);
    static const struct {
        const char *kind;
        bool (*expect)(cursor *, const sofar_reading *, sf_str *);
    } checks[] = {{"no", expect_no},
                  {"quote", expect_quote},
                  {"time", expect_time},
                  {"subject", expect_subject},
                  {"name", expect_name},
                  {"block", expect_block},
                  {"published", expect_published},
                  {"note", expect_note},
                  {"sentence", expect_sentence},
                  {"sentences", expect_sentences},
                  {"fact", expect_fact}};
    for (size_t i = 0; i < SF_LEN(checks); i++)
        if (sf_str_equal(kind, sf_str_of(checks[i].kind)))
            return checks[i].expect(&c, r, why);
    const struct {
        const char *kind;
        size_t count;
    } counts[] = {{"quotes", r->quotes.count},
                  {"times", r->times.count},
                  {"blocks", p->block_count},
                  {"subjects", r->people.subject_count},
                  {"facts", r->facts.count}};
    for (size_t i = 0; i < SF_LEN(counts); i++)
        if (sf_str_equal(kind, sf_str_of(counts[i].kind)))
            return expect_count(&c, counts[i].count, why);
    const struct {
        const char *kind;
        sf_str value;
    } fields[] = {
        {"title", p->title},
        {"updated", p->updated},
        {"outlet", p->outlet},
        {"url", p->url},
        {"lang", p->lang},
        {"byline", p->byline_count ? joined(arena, p->byline, p->byline_count) : SF_ABSENT}};
    for (size_t i = 0; i < SF_LEN(fields); i++)
        if (sf_str_equal(kind, sf_str_of(fields[i].kind)))
            return compare(arena, fields[i].value, sf_str_trim(c.rest), why);
    if (sf_str_equal(kind, SF_STR("text")))
        return sf_str_find(p->text, take_string(&c), 0) != SIZE_MAX ||
               fail(arena, why, "the text does not have it");
    return fail(arena, why, "not an expectation");
}
