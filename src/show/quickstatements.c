/* QuickStatements (version 1, columns parted by tabs): what holds, as statements of Wikidata, each
 * with one complete reference: reference URL (S854), title (S1476), and where they are known the
 * days of publication (S577) and of retrieval (S813), of the first independent source.
 *
 * Only a fact that a property says, and only entities that the editor's labels name, become
 * commands. What lacks one, or a reference with a URL and a title, is a line that begins with '#'
 * and says what it lacks, so that nothing is lost and nothing is guessed. */
#include "show/facts.h"
#include "show/formats.h"

typedef enum form { ENTITY, TEXT, DAY } form;

typedef struct qualifier {
    const char *property, *role; /* role NULL: the fact's day */
    form form;
} qualifier;

typedef struct mapping {
    const char *type, *owner, *property, *value; /* value NULL: the fact's day */
    form form;
    const char *title; /* words of which the title has one; "": has none; NULL: whatever it is */
    qualifier with[2];
} mapping;

static const char screenplay[] = " screenplay script teleplay screenwriter co-writer ";
static const char book[] = " novel book memoir novelist author ";

static const mapping mappings[] = {
    {"plays", "work", "P161", "who", ENTITY, NULL, {{"P4633", "as", TEXT}}},
    {"directs", "work", "P57", "who", ENTITY, NULL, {{0}}},
    {"writes", "work", "P58", "who", ENTITY, screenplay, {{0}}},
    {"writes", "work", "P50", "who", ENTITY, book, {{0}}},
    {"produces", "work", "P1431", "who", ENTITY, " executive ", {{0}}},
    {"produces", "work", "P162", "who", ENTITY, " producer produced co-producer ", {{0}}},
    {"produces", "work", "P162", "who", ENTITY, "", {{0}}},
    {"creates", "work", "P170", "who", ENTITY, NULL, {{0}}},
    {"composes", "work", "P86", "who", ENTITY, NULL, {{0}}},
    {"performs", "work", "P175", "who", ENTITY, NULL, {{0}}},
    {"based_on", "work", "P144", "source", ENTITY, NULL, {{0}}},
    {"genre", "work", "P136", "value", ENTITY, NULL, {{0}}},
    {"filming_started", "work", "P915", "place", ENTITY, NULL, {{0}}},
    {"released", "work", "P577", NULL, DAY, NULL, {{"P291", "place", ENTITY}}},
    {"nominated",
     "who",
     "P1411",
     "award",
     ENTITY,
     NULL,
     {{"P1686", "work", ENTITY}, {"P585", NULL, DAY}}},
    {"won", "who", "P166", "award", ENTITY, NULL, {{"P1686", "work", ENTITY}, {"P585", NULL, DAY}}},
    {"born", "who", "P569", NULL, DAY, NULL, {{0}}},
    {"born", "who", "P19", "place", ENTITY, NULL, {{0}}},
    {"died", "who", "P570", NULL, DAY, NULL, {{0}}},
    {"died", "who", "P20", "place", ENTITY, NULL, {{0}}},
    {"dating", "who", "P451", "whom", ENTITY, NULL, {{0}}},
    {"dating", "whom", "P451", "who", ENTITY, NULL, {{0}}},
    {"married", "who", "P26", "whom", ENTITY, NULL, {{"P580", NULL, DAY}}},
    {"married", "whom", "P26", "who", ENTITY, NULL, {{"P580", NULL, DAY}}},
    {"holds", "who", "P108", "org", ENTITY, NULL, {{"P39", "title", ENTITY}}},
    {"acquired", "what", "P127", "by", ENTITY, NULL, {{"P580", NULL, DAY}}},
};

typedef struct writer {
    sf_arena *arena;
    const sf_labels *labels;
    const sf_dossier *d;
} writer;

static sf_str role_of(const sf_told_fact *f, const char *name) {
    for (size_t i = 0; i < f->role_count; i++)
        if (sf_str_equal(f->roles[i].name, sf_str_of(name)))
            return f->roles[i].value;
    return SF_ABSENT;
}

/* ---- values ---- */

/* In quotes, one line; what would begin a comment is taken apart. */
static sf_str quoted(sf_arena *arena, sf_str s) {
    sf_buf out = sf_buf_new(arena);
    s = sf_plain_line(arena, s);
    sf_buf_char(&out, '"');
    for (size_t i = 0; i < s.len; i++) {
        sf_buf_char(&out, s.ptr[i]);
        if (s.ptr[i] == '/' && i + 1 < s.len && s.ptr[i + 1] == '*')
            sf_buf_char(&out, ' ');
    }
    sf_buf_char(&out, '"');
    return sf_buf_str(&out);
}

/* "+2021-10-15T00:00:00Z/11", as precise as it is; absent for what Wikidata's dates cannot hold. */
static sf_str day(sf_arena *arena, sf_str value) {
    sf_date d;
    if (!value.ptr || value.len > 10 || !sf_date_parse(value, &d))
        return SF_ABSENT;
    return sf_str_format(arena, "+%04d-%02d-%02dT00:00:00Z/%d", d.year, d.month, d.day,
                         d.day     ? 11
                         : d.month ? 10
                                   : 9);
}

static sf_str entity(const writer *w, sf_str label) {
    sf_str e = label.ptr ? sf_labels_find(w->arena, w->labels, label) : SF_ABSENT;
    return sf_str_equal(e, SF_STR("new")) ? SF_ABSENT : e;
}

static sf_str value_of(const writer *w, const sf_told_fact *f, const char *role, form as) {
    sf_str value = role ? role_of(f, role) : f->when;
    if (!value.ptr)
        return SF_ABSENT;
    return as == DAY    ? day(w->arena, value)
           : as == TEXT ? quoted(w->arena, value)
                        : entity(w, value);
}

/* ---- the reference ---- */

/* "en-GB" is "en": Wikidata's titles are in languages, and in none that is not known: "und". */
static sf_str language(const sf_receipt *r) {
    sf_str lang = r->page ? r->page->clipping.lang : SF_ABSENT;
    size_t end = 0;
    while (end < lang.len && lang.ptr[end] >= 'a' && lang.ptr[end] <= 'z')
        end++;
    return end == 2 || end == 3 ? sf_str_sub(lang, 0, end) : SF_STR("und");
}

static bool is_complete(const sf_receipt *r) { return sf_plain_is_link(r->url) && r->title.len; }

static const sf_receipt *reference_of(const writer *w, const sf_told_fact *f) {
    sf_receipts all = sf_show_sources_of(w->arena, f);
    for (size_t i = 0; i < all.count; i++)
        if (is_complete(all.at[i]))
            return all.at[i];
    return NULL;
}

static void reference(const writer *w, sf_buf *out, const sf_receipt *r) {
    sf_str url = sf_plain_link(w->arena, r->url), title = quoted(w->arena, r->title);
    sf_str lang = language(r), published = day(w->arena, r->published), captured = SF_ABSENT;
    if (r->page && r->page->captured.len >= 10)
        captured = day(w->arena, sf_str_sub(r->page->captured, 0, 10));
    sf_buf_printf(out, "\tS854\t\"%.*s\"\tS1476\t%.*s:%.*s", SF_ARG(url), SF_ARG(lang),
                  SF_ARG(title));
    if (published.ptr)
        sf_buf_printf(out, "\tS577\t%.*s", SF_ARG(published));
    if (captured.ptr)
        sf_buf_printf(out, "\tS813\t%.*s", SF_ARG(captured));
}

/* ---- statements ---- */

/* Q42, or LAST where it is the dossier's own subject and is to be made. */
static sf_str owner_of(const writer *w, sf_str name) {
    sf_str e = sf_labels_find(w->arena, w->labels, name);
    bool is_new = sf_str_equal(e, SF_STR("new"));
    return !is_new ? e : sf_str_equal(name, w->d->name) ? SF_STR("LAST") : SF_ABSENT;
}

/* Why it stays a comment: "no item is known of Ana Ruiz". */
static void comment(const writer *w, sf_buf *out, const sf_told_fact *f, const char *why,
                    sf_str what) {
    sf_str words = sf_plain_fact(w->arena, f), id = sf_plain_line(w->arena, f->id);
    what = sf_plain_line(w->arena, what);
    sf_buf_printf(out, "# %.*s (%.*s): %s%.*s\n", SF_ARG(words), SF_ARG(id), why, SF_ARG(what));
}

static void statement(const writer *w, sf_buf *out, const sf_told_fact *f, const mapping *m) {
    sf_str name = role_of(f, m->owner), owner = owner_of(w, name);
    sf_str value = value_of(w, f, m->value, m->form);
    const sf_receipt *r = reference_of(w, f);
    if (!owner.ptr) {
        comment(w, out, f, "no item is given for ", name);
    } else if (!value.ptr && m->form == ENTITY) {
        comment(w, out, f, "no item is given for ", role_of(f, m->value));
    } else if (!value.ptr) {
        comment(w, out, f, "Wikidata has no such day: ", f->when);
    } else if (!r) {
        comment(w, out, f, "no source has both an address and a title", SF_STR(""));
    } else {
        sf_buf_printf(out, "%.*s\t%s\t%.*s", SF_ARG(owner), m->property, SF_ARG(value));
        for (size_t q = 0; q < SF_LEN(m->with) && m->with[q].property; q++) {
            sf_str with = value_of(w, f, m->with[q].role, m->with[q].form);
            if (with.ptr)
                sf_buf_printf(out, "\t%s\t%.*s", m->with[q].property, SF_ARG(with));
        }
        reference(w, out, r);
        sf_buf_char(out, '\n');
    }
}

static bool title_fits(const sf_told_fact *f, const char *words) {
    sf_str title = role_of(f, "title");
    if (!words || !*words)
        return !words || !title.len;
    while (title.len) {
        sf_str word = sf_str_take_word(&title);
        for (size_t at = 0; word.len; at++) {
            at = sf_str_find_ci(sf_str_of(words), word, at);
            if (at == SIZE_MAX)
                break;
            if (words[at - 1] == ' ' && words[at + word.len] == ' ')
                return true;
        }
    }
    return false;
}

/* What it says has properties; the first that fits by its title, and all that have no title. */
static void fact(const writer *w, sf_buf *out, const sf_told_fact *f) {
    bool done = false, titled = false;
    for (size_t m = 0; m < SF_LEN(mappings); m++) {
        const mapping *of = &mappings[m];
        bool there = of->value ? role_of(f, of->value).ptr != NULL : f->when.ptr != NULL;
        if (!sf_str_equal(f->type, sf_str_of(of->type)) || !there || (of->title && titled) ||
            !title_fits(f, of->title))
            continue;
        titled |= of->title != NULL;
        statement(w, out, f, of);
        done = true;
    }
    if (!done)
        comment(w, out, f, "no property says it", SF_STR(""));
}

/* An item that is to be made; or how to have one made, for an editor who has looked for it. */
static void create(const writer *w, sf_buf *out) {
    sf_str e = sf_labels_find(w->arena, w->labels, w->d->name);
    sf_str label = quoted(w->arena, w->d->name);
    if (sf_str_equal(e, SF_STR("new")))
        sf_buf_printf(out, "CREATE\nLAST\tLen\t%.*s\n", SF_ARG(label));
    else if (!e.ptr)
        sf_buf_printf(out, "# no item is given for %.*s: add it to the labels, or `new`\n",
                      SF_ARG(label));
}

void sf_statements_begin(sf_exporter *e, sf_buf *out) {
    (void)e;
    sf_buf_add(out, SF_STR("# QuickStatements, version 1. Lines that begin with # are not yet "
                           "statements and say why; leave them out when pasting.\n"));
}

void sf_statements(sf_exporter *e, sf_buf *out, const sf_dossier *d) {
    writer w = {out->arena, e->labels, d};
    create(&w, out);
    for (size_t i = 0; i < d->fact_count; i++)
        if (d->facts[i].status == SOFAR_STATED && d->facts[i].state == SF_CURRENT)
            fact(&w, out, &d->facts[i]);
}
