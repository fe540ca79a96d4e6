/* Facts in words, by the templates of their kinds: "{who} was cast{ as {as}} in {work}" gives "Ana
 * Ruiz was cast as Mira in Low Tide" (doc/beats.md). */
#include "show/facts.h"

static const sf_told_role *role_of(const sf_told_fact *f, sf_str name) {
    for (size_t i = 0; i < f->role_count; i++)
        if (sf_str_equal(f->roles[i].name, name))
            return &f->roles[i];
    return NULL;
}

static sf_str value_of(sf_arena *arena, const sf_told_role *role) {
    return role->subject ? sf_plain_line(arena, role->value) : sf_plain_day(arena, role->value);
}

/* The end of the brace that opens at `at`; SIZE_MAX if there is none. */
static size_t closing(sf_str template, size_t at) {
    size_t depth = 0;
    for (size_t i = at; i < template.len; i++) {
        depth += template.ptr[i] == '{';
        if (template.ptr[i] == '}' && --depth == 0)
            return i;
    }
    return SIZE_MAX;
}

/* "who", "as|a part"; false if the role is absent and has no words for that. */
static bool fill_role(sf_buf *out, const sf_told_fact *f, sf_str inside) {
    size_t bar = sf_str_find(inside, SF_STR("|"), 0);
    const sf_told_role *role =
        role_of(f, sf_str_sub(inside, 0, bar == SIZE_MAX ? inside.len : bar));
    if (role)
        sf_buf_add(out, value_of(out->arena, role));
    else if (bar != SIZE_MAX)
        sf_buf_add(out, sf_str_sub(inside, bar + 1, inside.len));
    return role || bar != SIZE_MAX;
}

/* Fills a template without nested braces; false if a role in it is absent. */
static bool fill_flat(sf_buf *out, const sf_told_fact *f, sf_str template) {
    for (size_t i = 0; i < template.len; i++) {
        size_t end = template.ptr[i] == '{' ? closing(template, i) : SIZE_MAX;
        if (end == SIZE_MAX)
            sf_buf_char(out, template.ptr[i]);
        else if (!fill_role(out, f, sf_str_sub(template, i + 1, end)))
            return false;
        else
            i = end;
    }
    return true;
}

/* Fills the template; false if a role that must be there is absent. */
static bool fill(sf_buf *out, const sf_told_fact *f, sf_str template) {
    for (size_t i = 0; i < template.len; i++) {
        size_t end = template.ptr[i] == '{' ? closing(template, i) : SIZE_MAX, len = out->len;
        if (end == SIZE_MAX) {
            sf_buf_char(out, template.ptr[i]);
            continue;
        }
        sf_str inside = sf_str_sub(template, i + 1, end);
        bool part = sf_str_find(inside, SF_STR("{"), 0) != SIZE_MAX; /* goes away with its role */
        if (!part && !fill_role(out, f, inside))
            return false;
        if (part && !fill_flat(out, f, inside))
            out->len = len;
        i = end;
    }
    return true;
}

/* "plays: Ana Ruiz, Low Tide" */
static void list(sf_buf *out, const sf_told_fact *f) {
    sf_buf_add(out, sf_plain_line(out->arena, f->type));
    for (size_t i = 0; i < f->role_count; i++) {
        sf_buf_add(out, i ? SF_STR(", ") : SF_STR(": "));
        sf_buf_add(out, value_of(out->arena, &f->roles[i]));
    }
}

sf_str sf_plain_fact(sf_arena *arena, const sf_told_fact *f) {
    sf_buf out = sf_buf_new(arena);
    if (f->status == SOFAR_RUMOURED && !(f->says.ptr && f->told == SOFAR_RUMOURED))
        sf_buf_add(&out, SF_STR("Rumoured: "));
    if (f->status == SOFAR_DENIED && !(f->says.ptr && f->told == SOFAR_DENIED))
        sf_buf_add(&out, SF_STR("Denied: "));
    size_t len = out.len;
    if (!f->says.ptr || !fill(&out, f, f->says)) {
        out.len = len;
        list(&out, f);
    }
    if (f->when.len) {
        sf_buf_add(&out, SF_STR(", "));
        sf_buf_add(&out, sf_plain_day(arena, f->when));
    }
    return sf_buf_str(&out);
}

/* What a reader must know besides the words; absent for what simply holds. */
sf_str sf_plain_state(const sf_told_fact *f) {
    return f->state == SF_SUPERSEDED                               ? SF_STR("no longer")
           : f->state == SF_DISPUTED                               ? SF_STR("disputed")
           : f->state == SF_WITHDRAWN && f->status != SOFAR_DENIED ? SF_STR("withdrawn")
                                                                   : SF_ABSENT;
}

sf_str sf_show_fact_line(sf_arena *arena, const sf_told_fact *f) {
    sf_str words = sf_plain_fact(arena, f), state = sf_plain_state(f);
    return state.len ? sf_str_format(arena, "%.*s [%.*s]", SF_ARG(words), SF_ARG(state)) : words;
}

sf_str sf_plain_open(sf_arena *arena, const sf_dossier *d, const sf_open_end *open) {
    sf_str words = sf_plain_fact(arena, &d->facts[open->fact]);
    if (!open->lacks.ptr)
        return words;
    sf_buf lacks = sf_buf_new(arena);
    for (size_t i = 0; i < open->lacks.len; i++)
        sf_buf_char(&lacks, open->lacks.ptr[i] == '_' ? ' ' : open->lacks.ptr[i]);
    return sf_str_format(arena, "%.*s; nothing yet on: %.*s", SF_ARG(words),
                         SF_ARG(sf_plain_line(arena, sf_buf_str(&lacks))));
}
