/* The way from the store to a dossier. */
#include <stdlib.h>

#include "story/decision.h"
#include "story/inner.h"

enum { LONGEST_NAME = 1000 };

typedef sf_vec(sf_str) strings;

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

static void sort(strings *list) {
    if (list->count)
        qsort(list->at, list->count, sizeof *list->at, by_bytes);
}

/* The most frequent string of a sorted list, of equals the first. */
static sf_str most_frequent(const strings *list) {
    sf_str best = SF_ABSENT;
    size_t most = 0;
    for (size_t i = 0, end; i < list->count; i = end) {
        for (end = i + 1; end < list->count && sf_str_equal(list->at[end], list->at[i]);)
            end++;
        if (end - i > most) {
            most = end - i;
            best = list->at[i];
        }
    }
    return best;
}

/* ---- which pages ---- */

typedef struct views {
    sf_view *at;
    size_t count;
} views;

/* What a dossier is made of, beside the name. */
typedef struct making {
    sf_store *store;
    sf_arena *arena;
    sf_decisions decisions;
    sofar_error *err;
} making;

/* The names by which the page, as it was decided, may mean the subject. */
static size_t needles_for(const making *m, const sf_capture *page, const strings *names,
                          const sf_str *folded, sf_str *out) {
    size_t count = 0;
    for (size_t i = 0; i < names->count; i++)
        if (!sf_decisions_elsewhere(m->arena, &m->decisions, page, names->at[0], names->at[i]))
            out[count++] = folded[i];
    return count;
}

static views views_at(const making *m, const sf_capture *captures, size_t count,
                      const strings *names, sf_fold level) {
    views out = {SF_ARRAY(m->arena, sf_view, count), 0};
    sf_str *folded = SF_ARRAY(m->arena, sf_str, names->count);
    sf_str *needles = SF_ARRAY(m->arena, sf_str, names->count);
    for (size_t i = 0; i < names->count; i++)
        folded[i] = sf_text_fold(m->arena, names->at[i], level).text;
    for (size_t i = 0; i < count; i++) {
        size_t needle_count = needles_for(m, &captures[i], names, folded, needles);
        sf_view view = sf_story_view(m->arena, &captures[i], needles, needle_count, level);
        view.decisions = &m->decisions;
        if (view.names_it)
            out.at[out.count++] = view;
    }
    return out;
}

/* Pages with one of the names, after the decisions. */
static sofar_status pages_of(const making *m, const strings *names, sf_date as_of,
                             sf_capture **captures, size_t *count) {
    sofar_status status =
        sf_store_find(m->store, m->arena, names->at, names->count, as_of, captures, count, m->err);
    for (size_t i = 0; !status && i < *count; i++)
        sf_decisions_apply(m->arena, &m->decisions, &(*captures)[i]);
    return status;
}

/* ---- under which other names ---- */

enum { MOST_NAMES = 5, LEAST_NAME = 6 }; /* a shorter name of one word is in too many texts */

static bool says_much(sf_str name) {
    return name.len >= LEAST_NAME || sf_str_find(name, SF_STR(" "), 0) != SIZE_MAX;
}

static void add_name(sf_arena *arena, strings *names, sf_str name) {
    sf_str words = sf_text_fold_name(arena, name);
    for (size_t i = 0; i < names->count; i++)
        if (sf_str_equal(sf_text_fold_name(arena, names->at[i]), words))
            return;
    if (says_much(words))
        *SF_PUSH(arena, names) = name;
}

/* A name that a reviewer decided on, however short; last, where the others are known. */
static void add_decided(sf_arena *arena, strings *names, sf_str name) {
    for (size_t i = 0; i < names->count; i++)
        if (sf_str_equal(names->at[i], name))
            return;
    *SF_PUSH(arena, names) = name;
}

/* If the fact says that the subject had or has another name, that name. */
static sf_str other_name(sf_arena *arena, const sf_view *view, const sofar_fact *f, sf_str name) {
    const sofar_subject *subjects = view->capture->subjects;
    const sofar_role *work = NULL, *to = NULL;
    for (size_t i = 0; i < f->role_count; i++) {
        if (sf_str_equal(f->roles[i].name, SF_STR("work")))
            work = &f->roles[i];
        if (sf_str_equal(f->roles[i].name, SF_STR("to")))
            to = &f->roles[i];
    }
    if (f->status != SOFAR_STATED || !sf_str_equal(f->type, SF_STR("renamed")) || !work || !to ||
        work->subject == SOFAR_NOBODY)
        return SF_ABSENT;
    bool to_subject = to->subject != SOFAR_NOBODY;
    sf_str new_name = to_subject ? subjects[to->subject].name : to->value;
    if (view->is_subject[work->subject])
        return new_name;
    bool is_new = to_subject ? view->is_subject[to->subject]
                             : sf_str_equal(sf_text_fold_name(arena, new_name),
                                            sf_text_fold_name(arena, name));
    return is_new ? subjects[work->subject].name : SF_ABSENT;
}

/* The name, and those that pages say it had before or got since; in a settled order. */
static strings all_names(sf_arena *arena, const views *v, sf_str name) {
    strings others = {0}, out = {0};
    for (size_t i = 0; i < v->count; i++)
        for (size_t f = 0; f < v->at[i].capture->fact_count; f++) {
            sf_str other = other_name(arena, &v->at[i], &v->at[i].capture->facts[f], name);
            if (other.len)
                *SF_PUSH(arena, &others) = other;
        }
    sort(&others);
    *SF_PUSH(arena, &out) = name;
    for (size_t i = 0; i < others.count && out.count < MOST_NAMES; i++)
        add_name(arena, &out, others.at[i]);
    return out;
}

/* ---- what the subject is called ---- */

/* The name as most pages write it; it differs from the one asked for only in case and accents. */
static sf_str name_on_pages(sf_arena *arena, const views *v, sf_str name) {
    strings forms = {0};
    sf_str needle = sf_text_fold(arena, name, SF_FOLD_ALL).text;
    for (size_t i = 0; i < v->count; i++) {
        sf_spans places = {0};
        sf_str text = v->at[i].capture->clipping.text;
        sf_text_fold_find(arena, text, needle, SF_FOLD_ALL, &places);
        for (size_t k = 0; k < places.count; k++)
            *SF_PUSH(arena, &forms) = sf_str_fold_space(arena, sf_span_of(text, places.at[k]));
    }
    sort(&forms);
    sf_str best = most_frequent(&forms);
    return best.ptr ? best : name;
}

static void describe(sf_arena *arena, const views *v, sf_dossier *out) {
    size_t votes[SOFAR_OTHER + 1] = {0};
    strings names = {0};
    for (size_t i = 0; i < v->count; i++) {
        const sf_capture *c = v->at[i].capture;
        for (size_t k = 0; k < c->subject_count; k++) {
            const sofar_subject *s = &c->subjects[k];
            if (!v->at[i].is_subject[k])
                continue;
            votes[s->type]++;
            *SF_PUSH(arena, &names) = s->name;
            for (size_t m = 0; m < s->alias_count; m++)
                *SF_PUSH(arena, &names) = s->aliases[m];
        }
    }
    out->type = SOFAR_OTHER;
    size_t most = 0;
    for (size_t t = 0; t < SOFAR_OTHER; t++)
        if (votes[t] > most) {
            most = votes[t];
            out->type = (sofar_subject_type)t;
        }
    sort(&names);
    out->aliases = SF_ARRAY(arena, sf_str, names.count);
    for (size_t i = 0; i < names.count; i++)
        if (!sf_str_equal(names.at[i], out->name) &&
            (i == 0 || !sf_str_equal(names.at[i], names.at[i - 1])))
            out->aliases[out->alias_count++] = names.at[i];
}

static void list_sources(sf_arena *arena, const views *v, sf_dossier *out) {
    out->sources = SF_ARRAY(arena, sf_told_source, v->count);
    out->source_count = v->count;
    for (size_t i = 0; i < v->count; i++) {
        const sofar_clipping *c = &v->at[i].capture->clipping;
        out->sources[i] = (sf_told_source){.url = c->url,
                                           .file = c->file,
                                           .outlet = c->outlet,
                                           .title = c->title,
                                           .published = c->published,
                                           .receipts = v->at[i].receipts,
                                           .page = v->at[i].capture};
    }
}

typedef struct found { /* all pages that may name the subject, whatever the day */
    sf_capture *captures;
    size_t count;
    views views; /* of those that do, as of today */
    sf_fold level;
} found;

/* names: the subject's, as far as they were decided. */
static sofar_status find(const making *m, const strings *names, found *out) {
    sofar_status status = pages_of(m, names, (sf_date){0}, &out->captures, &out->count);
    if (status)
        return status;
    out->level = SF_FOLD_TYPE;
    out->views = views_at(m, out->captures, out->count, names, out->level);
    if (out->views.count == 0) {
        out->level = SF_FOLD_ALL;
        out->views = views_at(m, out->captures, out->count, names, out->level);
    }
    return SOFAR_OK;
}

/* The pages of by then that name it; no others need be read. */
static void keep_by_then(const making *m, const found *f, sf_dossier *d, views *out) {
    out->count = 0;
    out->at = SF_ARRAY(m->arena, sf_view, f->count);
    if (f->level == SF_FOLD_TYPE)
        for (size_t i = 0; i < f->views.count; i++)
            if (sf_capture_is_by(f->views.at[i].capture, d->as_of))
                out->at[out->count++] = f->views.at[i];
    if (out->count)
        return;
    strings only = {&d->name, 1, 1};
    sf_capture *captures = SF_ARRAY(m->arena, sf_capture, f->count);
    size_t count = 0;
    for (size_t i = 0; i < f->count; i++)
        if (sf_capture_is_by(&f->captures[i], d->as_of))
            captures[count++] = f->captures[i];
    *out = views_at(m, captures, count, &only, SF_FOLD_ALL);
    d->name = name_on_pages(m->arena, out, d->name);
}

/* The pages of by then that name it by one of its names. */
static sofar_status find_by_names(const making *m, const strings *names, sf_fold level,
                                  const sf_dossier *d, views *out) {
    sf_capture *captures;
    size_t count;
    sofar_status status = pages_of(m, names, d->as_of, &captures, &count);
    if (!status)
        *out = views_at(m, captures, count, names, level);
    return status;
}

/* ---- what the works of its facts were called ---- */

enum { MOST_WORKS = 64 };

static void add_work(sf_arena *arena, strings *works, sf_str name) {
    for (size_t i = 0; i < works->count; i++)
        if (sf_str_equal(works->at[i], name))
            return;
    if (works->count < MOST_WORKS)
        *SF_PUSH(arena, works) = name;
}

static strings works_of(sf_arena *arena, const views *v) {
    strings works = {0};
    for (size_t i = 0; i < v->count; i++) {
        const sf_capture *c = v->at[i].capture;
        for (size_t f = 0; f < c->fact_count; f++)
            for (size_t r = 0; r < c->facts[f].role_count; r++) {
                const sofar_role *role = &c->facts[f].roles[r];
                if (role->subject != SOFAR_NOBODY && sf_str_equal(role->name, SF_STR("work")))
                    add_work(arena, &works, c->subjects[role->subject].name);
            }
    }
    return works;
}

static bool is_among(const views *v, int64_t id) {
    for (size_t i = 0; i < v->count; i++)
        if (v->at[i].capture->id == id)
            return true;
    return false;
}

/* Puts behind the views pages that do not name the subject, but say that a work of its facts was
 * renamed: two names of one work are no two works. *helpers: how many. */
static sofar_status add_renamings(const making *m, views *v, size_t *helpers) {
    sf_capture *captures;
    size_t count;
    sf_arena *arena = m->arena;
    strings works = works_of(arena, v);
    *helpers = 0;
    if (!works.count)
        return SOFAR_OK;
    sofar_status status =
        sf_store_find_renamings(m->store, arena, works.at, works.count, &captures, &count, m->err);
    if (status)
        return status;
    sf_view *all = SF_ARRAY(arena, sf_view, v->count + count);
    memcpy(all, v->at, v->count * sizeof *all);
    for (size_t i = 0; i < count; i++) {
        if (is_among(v, captures[i].id))
            continue;
        sf_decisions_apply(arena, &m->decisions, &captures[i]);
        all[v->count + (*helpers)++] =
            (sf_view){.capture = &captures[i],
                      .decisions = &m->decisions,
                      .is_subject = SF_ARRAY(arena, bool, captures[i].subject_count)};
    }
    v->at = all;
    return SOFAR_OK;
}

/* The name that was decided on, and all that the pages have to say of it. */
static strings names_of(const making *m, const found *f, const strings *decided) {
    sf_str name = decided->at[0];
    strings out =
        all_names(m->arena, &f->views,
                  f->level == SF_FOLD_ALL ? name_on_pages(m->arena, &f->views, name) : name);
    for (size_t i = 1; i < decided->count; i++)
        add_decided(m->arena, &out, decided->at[i]);
    return out;
}

static sofar_status make(making *m, sf_str asked, sf_date as_of, sf_dossier **out) {
    found f;
    views v;
    strings decided = {0};
    sf_arena *arena = m->arena;
    sf_dossier *d = SF_NEW(arena, sf_dossier);
    sofar_status status = sf_decisions_load(m->store, arena, &m->decisions, m->err);
    if (status)
        return status;
    d->name = sf_decisions_name(arena, &m->decisions, asked);
    d->as_of = as_of;
    sf_decisions_names(arena, &m->decisions, d->name, &decided.at, &decided.count);
    decided.room = decided.count;
    status = find(m, &decided, &f);
    if (status)
        return status;
    /* Under which name a work went before is no secret of the day that is asked for. */
    strings names = names_of(m, &f, &decided);
    if (names.count > 1) {
        d->name = names.at[0];
        status = find_by_names(m, &names, f.level, d, &v);
        if (status)
            return status;
    } else {
        names = decided;
        keep_by_then(m, &f, d, &v);
    }
    d->names = names.at;
    d->name_count = names.count;
    size_t helpers;
    status = add_renamings(m, &v, &helpers);
    if (status)
        return status;
    sf_all_covered covered = sf_story_facts(arena, v.at, v.count, helpers, d);
    sf_story_quotes(arena, v.at, v.count, d);
    sf_story_events(arena, v.at, v.count, &covered, d);
    describe(arena, &v, d);
    list_sources(arena, &v, d);
    *out = d;
    return SOFAR_OK;
}

sofar_status sf_story_dossier(sf_store *store, sf_arena *arena, sf_str subject, sf_date as_of,
                              sf_dossier **out, sofar_error *err) {
    if (subject.len > LONGEST_NAME)
        return sf_fail(err, SOFAR_ERR_USAGE, "a subject's name has at most %d bytes", LONGEST_NAME);
    jmp_buf here, *outer = arena->escape;
    sofar_status status;
    arena->escape = &here;
    if (setjmp(here) == 0) {
        sf_str name = sf_str_fold_space(arena, subject);
        making m = {.store = store, .arena = arena, .err = err};
        status = name.len ? make(&m, name, as_of, out)
                          : sf_fail(err, SOFAR_ERR_USAGE, "the subject has no name");
    } else {
        status = sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while making the dossier");
    }
    arena->escape = outer;
    return status;
}
