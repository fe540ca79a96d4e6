/* schema.org as JSON-LD. What holds (stated, current) becomes properties of the subjects: cast,
 * directors, birthdays. Every fact, whatever its state, is a Claim with the places where it stands
 * (appearance); quotes are Quotations, pages NewsArticles.
 *
 * A work's type is not in the dossier: film, series, album, song or book is what most of its
 * receipts call it; where they do not say, it is a CreativeWork. */
#include <stdlib.h>

#include "show/facts.h"
#include "show/formats.h"

/* ---- types ---- */

static const char *type_word(sofar_subject_type type) {
    static const char *const words[] = {
        "Person",  "Organization",          "Place", "CreativeWork", "Thing", "Event",
        "Product", "NewsMediaOrganization", "Thing"};
    return words[type];
}

enum { WORK_TYPES = 6 };

/* What pages call a work, and what that is: words between spaces. */
static const struct {
    const char *type, *words;
} works[WORK_TYPES] = {{"Movie", " film movie feature biopic documentary "},
                       {"TVSeries", " series sitcom show miniseries season "},
                       {"MusicAlbum", " album lp ep "},
                       {"MusicRecording", " single song track "},
                       {"Book", " novel book memoir "},
                       {"PodcastSeries", " podcast "}};

static void vote(sf_arena *arena, sf_str text, size_t *votes) {
    for (size_t i = 0, end; i < text.len; i = end + 1) {
        for (end = i; end < text.len && sf_is_alpha(text.ptr[end]);)
            end++;
        if (end == i)
            continue;
        sf_str word = sf_str_format(arena, " %.*s ", SF_ARG(sf_str_sub(text, i, end)));
        for (size_t t = 0; t < WORK_TYPES; t++)
            votes[t] += sf_str_find_ci(sf_str_of(works[t].words), word, 0) != SIZE_MAX;
    }
}

static bool has_role(const sf_told_fact *f, const char *role, uint32_t subject) {
    for (size_t i = 0; i < f->role_count; i++)
        if (f->roles[i].subject == subject && sf_str_equal(f->roles[i].name, sf_str_of(role)))
            return true;
    return false;
}

/* The type that the receipts of the work's facts name more often than any other. */
static const char *work_type(sf_arena *arena, const sf_dossier *d, uint32_t subject) {
    size_t votes[WORK_TYPES] = {0}, best = 0, ties = 0;
    for (size_t i = 0; i < d->fact_count; i++)
        for (size_t r = 0; has_role(&d->facts[i], "work", subject) && r < d->facts[i].receipt_count;
             r++)
            vote(arena, d->facts[i].receipts[r].exact, votes);
    for (size_t t = 1; t < WORK_TYPES; t++)
        if (votes[t] > votes[best])
            best = t;
    for (size_t t = 0; t < WORK_TYPES; t++)
        ties += votes[t] == votes[best];
    return votes[best] && ties == 1 ? works[best].type : "CreativeWork";
}

/* ---- which facts say what of whom ---- */

typedef enum form { REF, PART, DAY, TEXT } form;

typedef struct property {
    const char *type, *owner; /* the kind of fact, and the role of whom it says something */
    const char *name;         /* schema.org's */
    const char *value;        /* the role that is said; NULL: its day */
    form form;
} property;

static const property properties[] = {
    {"plays", "work", "actor", "who", PART},
    {"directs", "work", "director", "who", REF},
    {"writes", "work", "author", "who", REF},
    {"produces", "work", "producer", "who", REF},
    {"creates", "work", "creator", "who", REF},
    {"composes", "work", "musicBy", "who", REF},
    {"performs", "work", "byArtist", "who", REF},
    {"studio", "work", "productionCompany", "who", REF},
    {"based_on", "work", "isBasedOn", "source", REF},
    {"genre", "work", "genre", "value", TEXT},
    {"released", "work", "datePublished", NULL, DAY},
    {"won", "who", "award", "award", TEXT},
    {"born", "who", "birthDate", NULL, DAY},
    {"born", "who", "birthPlace", "place", REF},
    {"died", "who", "deathDate", NULL, DAY},
    {"died", "who", "deathPlace", "place", REF},
    {"married", "who", "spouse", "whom", REF},
    {"married", "whom", "spouse", "who", REF},
    {"holds", "who", "worksFor", "org", REF},
    {"holds", "who", "jobTitle", "title", TEXT},
    {"acquired", "what", "parentOrganization", "by", REF},
};

typedef struct said { /* one value of one property of one subject */
    uint32_t owner;
    size_t property, fact;
} said;

typedef sf_vec(said) all_said;

static const sf_told_role *role_of(const sf_told_fact *f, const char *name) {
    for (size_t i = 0; name && i < f->role_count; i++)
        if (sf_str_equal(f->roles[i].name, sf_str_of(name)))
            return &f->roles[i];
    return NULL;
}

/* A day, month or year, which schema.org's dates can hold; a season is none. */
static bool is_date(sf_str value) {
    sf_date date;
    return value.len <= 10 && sf_date_parse(value, &date);
}

static int by_owner(const void *a, const void *b) {
    const said *x = a, *y = b;
    if (x->owner != y->owner)
        return x->owner < y->owner ? -1 : 1;
    if (x->property != y->property)
        return x->property < y->property ? -1 : 1;
    return (x->fact > y->fact) - (x->fact < y->fact);
}

static all_said collect(sf_arena *arena, const sf_dossier *d) {
    all_said out = {0};
    for (size_t i = 0; i < d->fact_count; i++) {
        const sf_told_fact *f = &d->facts[i];
        if (f->status != SOFAR_STATED || f->state != SF_CURRENT)
            continue;
        for (size_t p = 0; p < SF_LEN(properties); p++) {
            const property *of = &properties[p];
            if (!sf_str_equal(f->type, sf_str_of(of->type)))
                continue;
            const sf_told_role *owner = role_of(f, of->owner);
            if (owner && owner->subject && (of->value ? !!role_of(f, of->value) : is_date(f->when)))
                *SF_PUSH(arena, &out) = (said){owner->subject, p, i};
        }
    }
    if (out.count)
        qsort(out.at, out.count, sizeof *out.at, by_owner);
    return out;
}

/* ---- ids ---- */

typedef struct graph {
    sf_json *json;
    sf_arena *arena;
    const sf_dossier *d;
    all_said all;
    const sf_told_role **who; /* of each number, a role that has it; NULL: none has */
    sf_str *ids;              /* likewise, "#Low_Tide" */
    uint32_t most;
} graph;

typedef struct numbered {
    sf_str name;
    uint32_t number;
    bool asked; /* the dossier's own: the first of its name */
} numbered;

static int by_name(const void *a, const void *b) {
    const numbered *x = a, *y = b;
    int order = sf_str_compare(x->name, y->name);
    if (!order && x->asked != y->asked)
        return x->asked ? -1 : 1;
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static sf_str fragment(sf_arena *arena, sf_str name) {
    return sf_str_format(arena, "#%.*s", SF_ARG(name));
}

/* Two of one name stay two: "#Ana_Ruiz", "#Ana_Ruiz/7". */
static void name_all(graph *g) {
    numbered *all = SF_ARRAY(g->arena, numbered, (size_t)g->most + 1);
    size_t count = 0;
    for (uint32_t n = 1; n <= g->most; n++)
        if (g->who[n])
            all[count++] = (numbered){g->who[n]->value, n, n == g->d->number};
    if (count)
        qsort(all, count, sizeof *all, by_name);
    for (size_t i = 0; i < count; i++) {
        bool first = i == 0 || !sf_str_equal(all[i - 1].name, all[i].name);
        bool theirs = first && !all[i].asked && sf_str_equal(all[i].name, g->d->name);
        sf_str key = sf_story_key(g->arena, all[i].name);
        g->ids[all[i].number] =
            first && !theirs ? fragment(g->arena, key)
                             : sf_str_format(g->arena, "#%.*s/%u", SF_ARG(key), all[i].number);
    }
}

static void number_all(graph *g) {
    const sf_dossier *d = g->d;
    g->most = d->number;
    for (size_t i = 0; i < d->fact_count; i++)
        for (size_t r = 0; r < d->facts[i].role_count; r++)
            if (d->facts[i].roles[r].subject > g->most)
                g->most = d->facts[i].roles[r].subject;
    g->who = SF_ARRAY(g->arena, const sf_told_role *, (size_t)g->most + 1);
    g->ids = SF_ARRAY(g->arena, sf_str, (size_t)g->most + 1);
    for (size_t i = 0; i < d->fact_count; i++)
        for (size_t r = 0; r < d->facts[i].role_count; r++) {
            const sf_told_role *role = &d->facts[i].roles[r];
            if (role->subject && !g->who[role->subject])
                g->who[role->subject] = role;
        }
    name_all(g);
    g->ids[0] = fragment(g->arena, sf_story_key(g->arena, d->name));
    if (d->number)
        g->ids[d->number] = g->ids[0];
}

static void reference(const graph *g, sf_str id) {
    sf_json_object(g->json);
    sf_json_key_str(g->json, "@id", id);
    sf_json_object_end(g->json);
}

/* ---- subjects ---- */

static void who_or_what(const graph *g, const sf_told_role *role) {
    if (role->subject)
        reference(g, g->ids[role->subject]);
    else
        sf_json_str(g->json, role->value);
}

static void value(const graph *g, const property *p, const sf_told_fact *f) {
    sf_json *j = g->json;
    const sf_told_role *role = role_of(f, p->value), *as = role_of(f, "as");
    if (p->form == DAY) {
        sf_json_str(j, f->when);
    } else if (p->form == PART && as) {
        sf_json_object(j);
        sf_json_key_str(j, "@type", SF_STR("PerformanceRole"));
        sf_json_key(j, "actor"), who_or_what(g, role);
        sf_json_key_str(j, "characterName", as->value);
        sf_json_object_end(j);
    } else if (p->form == TEXT) {
        sf_json_str(j, role->value);
    } else {
        who_or_what(g, role);
    }
}

static size_t first_of(const all_said *all, uint32_t owner) {
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->at[middle].owner < owner)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Its properties, an array each. */
static void tell(const graph *g, uint32_t number) {
    const said *s = g->all.at + first_of(&g->all, number), *end = g->all.at + g->all.count;
    while (s < end && s->owner == number) {
        const char *name = properties[s->property].name;
        sf_json_key(g->json, name);
        sf_json_array(g->json);
        for (; s < end && s->owner == number && strcmp(properties[s->property].name, name) == 0;
             s++)
            value(g, &properties[s->property], &g->d->facts[s->fact]);
        sf_json_array_end(g->json);
    }
}

static void begin_subject(const graph *g, sf_str name, sofar_subject_type type, uint32_t number) {
    sf_json_object(g->json);
    sf_json_key_str(g->json, "@id", g->ids[number]);
    sf_json_key_str(g->json, "@type",
                    sf_str_of(type == SOFAR_WORK && number ? work_type(g->arena, g->d, number)
                                                           : type_word(type)));
    if (name.ptr)
        sf_json_key_str(g->json, "name", name);
}

static void names(sf_json *j, const char *key, const sf_str *all, size_t count) {
    if (!count)
        return;
    sf_json_key(j, key);
    sf_json_array(j);
    for (size_t i = 0; i < count; i++)
        sf_json_str(j, all[i]);
    sf_json_array_end(j);
}

static void subjects(const graph *g) {
    const sf_dossier *d = g->d;
    begin_subject(g, d->name, d->type, d->number);
    names(g->json, "alternateName", d->aliases, d->alias_count);
    if (d->number)
        tell(g, d->number);
    sf_json_object_end(g->json);
    for (uint32_t n = 1; n <= g->most; n++) {
        if (n == d->number || !g->who[n])
            continue;
        begin_subject(g, g->who[n]->value, g->who[n]->type, n);
        tell(g, n);
        sf_json_object_end(g->json);
    }
}

/* ---- claims, quotations, pages ---- */

static void named(sf_json *j, const char *type, sf_str name) {
    sf_json_object(j);
    if (type)
        sf_json_key_str(j, "@type", sf_str_of(type));
    sf_json_key_str(j, "name", name);
    sf_json_object_end(j);
}

/* The words on the pages, each as a part of its page. */
static void places(const graph *g, const char *key, const sf_receipt *receipts, size_t count) {
    sf_json *j = g->json;
    sf_json_key(j, key);
    sf_json_array(j);
    for (size_t i = 0; i < count; i++) {
        const sf_receipt *r = &receipts[i];
        sf_str link = sf_show_fragment(g->arena, r);
        sf_json_object(j);
        sf_json_key_str(j, "@type", SF_STR("CreativeWork"));
        sf_json_key_str(j, "text", r->exact);
        if (link.ptr)
            sf_json_key_str(j, "url", link);
        sf_json_key(j, "isPartOf"), reference(g, sf_page_id(g->arena, r->url, r->sha256));
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

static void claim(const graph *g, const sf_told_fact *f) {
    sf_json *j = g->json;
    sf_json_object(j);
    if (f->id.ptr)
        sf_json_key_str(j, "@id", fragment(g->arena, f->id));
    sf_json_key_str(j, "@type", SF_STR("Claim"));
    sf_json_key_str(j, "text", sf_plain_fact(g->arena, f));
    sf_json_key_str(
        j, "creativeWorkStatus",
        sf_str_format(g->arena, "%s, %s", sf_claim_word(f->status), sf_state_word(f->state)));
    if (f->by.ptr)
        sf_json_key(j, "author"), named(j, NULL, f->by);
    if (is_date(f->first_said))
        sf_json_key_str(j, "datePublished", f->first_said);
    sf_json_key(j, "about");
    sf_json_array(j);
    for (size_t i = 0; i < f->role_count; i++)
        if (f->roles[i].subject)
            reference(g, g->ids[f->roles[i].subject]);
    sf_json_array_end(j);
    places(g, "appearance", f->receipts, f->receipt_count);
    sf_json_object_end(j);
}

static void quotation(const graph *g, const sf_told_quote *q) {
    sf_json *j = g->json;
    sf_json_object(j);
    sf_json_key_str(j, "@type", SF_STR("Quotation"));
    sf_json_key_str(j, "text", q->text);
    sf_json_key(j, q->by_subject ? "creator" : "about"), reference(g, g->ids[0]);
    if (!q->by_subject && q->speaker.ptr)
        sf_json_key(j, "creator"), named(j, NULL, q->speaker);
    if (is_date(q->when))
        sf_json_key_str(j, "dateCreated", q->when);
    places(g, "isPartOf", q->receipts, q->receipt_count);
    sf_json_object_end(j);
}

static void article(const graph *g, const sf_told_source *s) {
    sf_json *j = g->json;
    const sofar_clipping *c = s->page ? &s->page->clipping : NULL;
    if (!c && !sf_plain_is_link(s->url))
        return; /* nothing to refer to it by */
    sf_json_object(j);
    sf_json_key_str(j, "@id", sf_page_id(g->arena, s->url, c ? c->sha256 : ""));
    sf_json_key_str(j, "@type", SF_STR("NewsArticle"));
    if (s->title.ptr)
        sf_json_key_str(j, "headline", s->title);
    if (sf_plain_is_link(s->url))
        sf_json_key_str(j, "url", sf_plain_link(g->arena, s->url));
    if (is_date(s->published))
        sf_json_key_str(j, "datePublished", s->published);
    if (s->outlet.ptr)
        sf_json_key(j, "publisher"), named(j, "Organization", s->outlet);
    if (c && c->byline_count) {
        sf_json_key(j, "author");
        sf_json_array(j);
        for (size_t i = 0; i < c->byline_count; i++)
            named(j, "Person", c->byline[i]);
        sf_json_array_end(j);
    }
    if (c && c->lang.ptr)
        sf_json_key_str(j, "inLanguage", c->lang);
    sf_json_object_end(j);
}

void sf_jsonld_nodes(sf_json *json, const sf_dossier *d) {
    graph g = {.json = json, .arena = json->buf->arena, .d = d};
    g.all = collect(g.arena, d);
    number_all(&g);
    subjects(&g);
    for (size_t i = 0; i < d->fact_count; i++)
        claim(&g, &d->facts[i]);
    for (size_t i = 0; i < d->quote_count; i++)
        quotation(&g, &d->quotes[i]);
    for (size_t i = 0; i < d->source_count; i++)
        article(&g, &d->sources[i]);
}

void sf_show_jsonld(sf_buf *out, const sf_dossier *d) {
    sf_json j = sf_json_new(out);
    sf_json_object(&j);
    sf_json_key_str(&j, "@context", SF_STR("https://schema.org"));
    sf_json_key(&j, "@graph");
    sf_json_array(&j);
    sf_jsonld_nodes(&j, d);
    sf_json_array_end(&j);
    sf_json_object_end(&j);
    sf_buf_char(out, '\n');
}
