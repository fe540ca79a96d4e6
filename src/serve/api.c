#include "serve/api.h"

#include "show/lists.h"
#include "show/quotes.h"
#include "show/review.h"
#include "show/search.h"
#include "story/desk.h"

typedef void write_json(sf_buf *out, const sf_dossier *dossier);

/* ---- what is known of a subject ---- */

static sofar_status dossier(sf_store *store, sf_buf *out, const sf_asking *a, write_json *write,
                            sofar_error *err) {
    sf_dossier *d;
    sofar_status status =
        sf_story_dossier(store, out->arena, a->text[SF_SUBJECT_IS], a->day[SF_AS_OF], &d, err);
    if (status)
        return status;
    if (!d->source_count)
        return SOFAR_DONE;
    write(out, d);
    return SOFAR_OK;
}

static sofar_status on(sf_store *store, sf_buf *out, const sf_asking *a, sofar_error *err) {
    return dossier(store, out, a, sf_show_json, err);
}

static sofar_status timeline(sf_store *store, sf_buf *out, const sf_asking *a, sofar_error *err) {
    return dossier(store, out, a, sf_show_timeline_json, err);
}

static sofar_status cast(sf_store *store, sf_buf *out, const sf_asking *a, sofar_error *err) {
    return dossier(store, out, a, sf_show_cast_json, err);
}

static sofar_status outlets(sf_store *store, sf_buf *out, const sf_asking *a, sofar_error *err) {
    return dossier(store, out, a, sf_show_outlets_json, err);
}

static sofar_status diff(sf_store *store, sf_buf *out, const sf_asking *a, sofar_error *err) {
    sf_dossier *from, *to;
    sf_str subject = a->text[SF_SUBJECT_IS];
    sofar_status status = sf_story_dossier(store, out->arena, subject, a->day[SF_FROM], &from, err);
    if (!status)
        status = sf_story_dossier(store, out->arena, subject, a->day[SF_TO], &to, err);
    if (status)
        return status;
    if (!to->source_count)
        return SOFAR_DONE;
    sf_diff changes = sf_story_diff(out->arena, from, to);
    sf_show_diff_json(out, &changes);
    return SOFAR_OK;
}

/* ---- what is said ---- */

static sofar_status quotes(sf_store *store, sf_buf *out, const sf_asking *a, sofar_error *err) {
    sf_asked asked = {.subject = a->text[SF_SUBJECT_IS],
                      .speaker = a->text[SF_SPEAKER_IS],
                      .about = a->text[SF_ABOUT],
                      .as_of = a->day[SF_AS_OF],
                      .since = a->day[SF_SINCE],
                      .until = a->day[SF_UNTIL]};
    sf_sayings found;
    sofar_status status = sf_story_sayings(store, out->arena, &asked, &found, err);
    if (status)
        return status;
    if (!found.pages)
        return SOFAR_DONE;
    sf_show_quotes_json(out, &found);
    return SOFAR_OK;
}

static sofar_status search(sf_store *store, sf_buf *out, const sf_asking *a, sofar_error *err) {
    sf_search found = {0};
    sofar_status status = sf_story_search(store, out->arena, a->text[SF_WORDS], a->day[SF_AS_OF],
                                          a->number[SF_LIMIT], &found, err);
    if (!status)
        sf_show_search_json(out, &found);
    return status;
}

/* ---- what is to be decided ---- */

static sofar_status review(sf_store *store, sf_buf *out, const sf_asking *a, sofar_error *err) {
    sf_desk desk = {.store = store, .arena = out->arena};
    sofar_status status = sf_desk_load(&desk, a->text[SF_SUBJECT_IS], err);
    if (status)
        return status;
    if (!desk.dossier->source_count)
        return SOFAR_DONE;
    sf_show_review_json(out, desk.dossier, desk.queue);
    return SOFAR_OK;
}

/* ---- the table ---- */

enum {
    OF_SUBJECT = 1 << SF_SUBJECT_IS | 1 << SF_AS_OF,
    NAMES = 1 << SF_SUBJECT_IS | 1 << SF_SPEAKER_IS | 1 << SF_ABOUT
};

const sf_endpoint sf_endpoints[] = {
    {"on", "What the pages say about a subject: the dossier", OF_SUBJECT, 1 << SF_SUBJECT_IS, 0,
     false, on},
    {"timeline", "What happened when, and who says so", OF_SUBJECT, 1 << SF_SUBJECT_IS, 0, false,
     timeline},
    {"cast", "The credits of a work, or of a person or company", OF_SUBJECT, 1 << SF_SUBJECT_IS, 0,
     false, cast},
    {"sources", "Which outlets tell of a subject, first-hand or relayed", OF_SUBJECT,
     1 << SF_SUBJECT_IS, 0, false, outlets},
    {"diff", "What was learned about a subject between two days",
     1 << SF_SUBJECT_IS | 1 << SF_FROM | 1 << SF_TO, 1 << SF_SUBJECT_IS | 1 << SF_FROM, 0, false,
     diff},
    {"quotes", "Who said what, where and when",
     NAMES | 1 << SF_AS_OF | 1 << SF_SINCE | 1 << SF_UNTIL, 0, NAMES, false, quotes},
    {"search", "Where words stand, and what is said there",
     1 << SF_WORDS | 1 << SF_AS_OF | 1 << SF_LIMIT, 1 << SF_WORDS, 0, false, search},
    {"review", "What there is to decide of a subject, the most doubtful first", 1 << SF_SUBJECT_IS,
     1 << SF_SUBJECT_IS, 0, true, review},
};
const size_t sf_endpoint_count = SF_LEN(sf_endpoints);

const sf_endpoint *sf_endpoint_of(sf_str name, bool desk) {
    for (size_t i = 0; i < sf_endpoint_count; i++)
        if ((desk || !sf_endpoints[i].desk) && sf_str_equal(name, sf_str_of(sf_endpoints[i].name)))
            return &sf_endpoints[i];
    return NULL;
}
