#include "made.h"

#include <stdio.h>
#include <stdlib.h>

static sf_arena *arena_of(made *m) { return m->arena; }

made *made_page(sf_arena *arena, const char *file, const char *url, const char *published,
                const char *text) {
    made *m = SF_NEW(arena, made);
    m->arena = arena;
    m->reading.stages = SOFAR_STAGE_ALL;
    m->page =
        (sofar_page){.bytes = sf_str_of(text), .file = sf_str_of(file), .url = sf_str_of(url)};
    sofar_clipping *c = &m->reading.clipping;
    *c = (sofar_clipping){.file = m->page.file,
                          .url = m->page.url,
                          .outlet = SF_STR("The Harbour Post"),
                          .title = SF_STR("A title"),
                          .published = sf_str_of(published),
                          .published_from = published ? SOFAR_FROM_META : SOFAR_FROM_NONE,
                          .text = m->page.bytes};
    sf_sha256_hex(m->page.bytes, c->sha256);
    sf_vec(sofar_block) blocks = {0};
    for (size_t at = 0; at < c->text.len;) {
        size_t end = sf_str_find(c->text, SF_STR("\n\n"), at);
        if (end == SIZE_MAX)
            end = c->text.len;
        *SF_PUSH(arena, &blocks) =
            (sofar_block){SOFAR_BLOCK_PARAGRAPH, {(uint32_t)at, (uint32_t)end}};
        at = end + 2;
    }
    c->blocks = blocks.at;
    c->block_count = blocks.count;
    c->map = SF_NEW(arena, sofar_map_row);
    *c->map = (sofar_map_row){0, (uint32_t)c->text.len, 0, (uint32_t)c->text.len};
    c->map_count = c->text.len ? 1 : 0;
    return m;
}

static sf_span place_of(const made *m, const char *words) {
    size_t at = sf_str_find(m->reading.clipping.text, sf_str_of(words), 0);
    if (at == SIZE_MAX) {
        printf("Bail out! the text does not hold '%s'\n", words);
        exit(1);
    }
    return (sf_span){(uint32_t)at, (uint32_t)(at + strlen(words))};
}

static void *one_more(sf_arena *arena, void *at, size_t count, size_t size) {
    void *grown = sf_alloc(arena, (count + 1) * size);
    if (count)
        memcpy(grown, at, count * size);
    return grown;
}

static void mention(made *m, const char *words, sofar_form form) {
    sf_people *p = &m->reading.people;
    sf_str text = m->reading.clipping.text, needle = sf_str_of(words);
    for (size_t at = sf_str_find(text, needle, 0); at != SIZE_MAX;
         at = sf_str_find(text, needle, at + needle.len)) {
        p->names = one_more(arena_of(m), p->names, p->name_count, sizeof *p->names);
        p->names[p->name_count++] = (sofar_name){
            {(uint32_t)at, (uint32_t)(at + needle.len)}, (uint32_t)(p->subject_count - 1), form};
    }
}

void made_subject(made *m, const char *name, sofar_subject_type type, const char *alias) {
    sf_people *p = &m->reading.people;
    p->subjects = one_more(arena_of(m), p->subjects, p->subject_count, sizeof *p->subjects);
    sofar_subject *s = &p->subjects[p->subject_count++];
    *s = (sofar_subject){.name = sf_str_of(name), .type = type};
    if (alias) {
        s->aliases = SF_NEW(arena_of(m), sf_str);
        *s->aliases = sf_str_of(alias);
        s->alias_count = 1;
    }
    mention(m, name, SOFAR_NAME);
    if (alias)
        mention(m, alias, alias[0] == '@' ? SOFAR_HANDLE : SOFAR_NAME);
}

sofar_quote *made_quote(made *m, const char *piece, const char *second, const char *speaker) {
    sf_quotes *q = &m->reading.quotes;
    q->at = one_more(arena_of(m), q->at, q->count, sizeof *q->at);
    sofar_quote *quote = &q->at[q->count++];
    *quote = (sofar_quote){.speaker = SOFAR_NOBODY, .to = SOFAR_NOBODY};
    quote->spans = SF_ARRAY(arena_of(m), sofar_span, 2);
    quote->spans[quote->span_count++] = place_of(m, piece);
    if (second)
        quote->spans[quote->span_count++] = place_of(m, second);
    for (size_t i = 0; speaker && i < m->reading.people.subject_count; i++)
        if (sf_str_equal(m->reading.people.subjects[i].name, sf_str_of(speaker))) {
            quote->speaker = (uint32_t)i;
            quote->speaker_span = place_of(m, speaker);
        }
    return quote;
}

void made_time(made *m, const char *words, const char *value) {
    sf_times *t = &m->reading.times;
    t->at = one_more(arena_of(m), t->at, t->count, sizeof *t->at);
    t->at[t->count++] = (sofar_time){place_of(m, words), SOFAR_DATE, sf_str_of(value)};
}

static uint32_t subject_named(const made *m, sf_str name) {
    for (size_t i = 0; i < m->reading.people.subject_count; i++)
        if (sf_str_equal(m->reading.people.subjects[i].name, name))
            return (uint32_t)i;
    return SOFAR_NOBODY;
}

static void add_role(made *m, sofar_fact *f, sf_str part) {
    size_t equal = sf_str_find(part, SF_STR("="), 0);
    sf_str value = sf_str_sub(part, equal + 1, part.len);
    uint32_t subject = subject_named(m, value);
    f->roles = one_more(arena_of(m), f->roles, f->role_count, sizeof *f->roles);
    f->roles[f->role_count++] = (sofar_role){sf_str_sub(part, 0, equal), subject,
                                             subject == SOFAR_NOBODY ? value : SF_ABSENT};
}

sofar_fact *made_fact(made *m, const char *words, const char *type, const char *roles,
                      const char *when, sofar_claim status) {
    sf_facts *facts = &m->reading.facts;
    facts->at = one_more(arena_of(m), facts->at, facts->count, sizeof *facts->at);
    sofar_fact *f = &facts->at[facts->count++];
    *f = (sofar_fact){.type = sf_str_of(type),
                      .when = sf_str_of(when),
                      .status = status,
                      .by = SOFAR_NOBODY,
                      .receipts = SF_NEW(arena_of(m), sofar_span),
                      .receipt_count = 1};
    *f->receipts = place_of(m, words);
    sf_str rest = sf_str_of(roles);
    while (rest.len) {
        size_t end = sf_str_find(rest, SF_STR(", "), 0);
        end = end == SIZE_MAX ? rest.len : end;
        add_role(m, f, sf_str_sub(rest, 0, end));
        rest = sf_str_sub(rest, end < rest.len ? end + 2 : end, rest.len);
    }
    return f;
}

made *made_sample(sf_arena *arena) {
    made *m = made_page(arena, "a.html", "https://post.example/a", "2021-10-15",
                        "“It was,” said Ana Ruiz, “a long summer.” Filming ended in June 2021.\n\n"
                        "Ruiz — “the star” — plays Mira in Low Tide.");
    static sf_str writers[] = {{"J. Writer", 9}, {"K. Other", 8}};
    static sf_str notes[] = {{"odd", 3}};
    m->reading.clipping.byline = writers, m->reading.clipping.byline_count = 2;
    m->reading.clipping.notes = notes, m->reading.clipping.note_count = 1;
    m->reading.clipping.updated = SF_STR("2021-10-16");
    m->reading.clipping.lang = SF_STR("en");
    made_subject(m, "Ana Ruiz", SOFAR_PERSON, NULL);
    made_subject(m, "Low Tide", SOFAR_WORK, "Mira");
    sofar_quote *q = made_quote(m, "It was,", "a long summer.", "Ana Ruiz");
    q->via = SF_STR("Instagram"), q->when = SF_STR("2021-10"), q->to = 1;
    q->cue = (sf_span){14, 18};
    made_quote(m, "the star", NULL, NULL)->kind = SOFAR_MIXED;
    made_time(m, "June 2021", "2021-06");
    made_time(m, "summer", NULL);
    static sofar_role roles[] = {{{"who", 3}, 0, {NULL, 0}},
                                 {{"work", 4}, 1, {NULL, 0}},
                                 {{"as", 2}, SOFAR_NOBODY, {"Mira", 4}}};
    static sofar_span receipt = {3, 9};
    static sofar_fact fact = {.type = {"plays", 5},
                              .roles = roles,
                              .role_count = 3,
                              .status = SOFAR_RUMOURED,
                              .by = SOFAR_NOBODY,
                              .receipts = &receipt,
                              .receipt_count = 1};
    m->reading.facts = (sf_facts){&fact, 1};
    return m;
}
