#include "serve/scribe.h"

#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "show/plain.h"
#include "story/desk.h"

enum { LONGEST_WHO = 100, LONGEST_WHY = 2000, MOST_CHANGES = 32 };

struct sf_scribe {
    const sf_serve_options *options;
    pthread_mutex_t lock;
    sf_store *store; /* NULL: to be opened */
};

sofar_status sf_scribe_new(const sf_serve_options *options, sf_scribe **out, sofar_error *err) {
    sf_scribe *s = calloc(1, sizeof *s);
    if (!s)
        return sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while starting the server");
    s->options = options;
    pthread_mutex_init(&s->lock, NULL);
    *out = s;
    return SOFAR_OK;
}

void sf_scribe_free(sf_scribe *s) {
    if (!s)
        return;
    sf_store_close(s->store);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

/* ---- what is asked for ---- */

typedef struct request {
    sf_str verdict, subject, fact, seen, decision, who, why;
    sf_str should[MOST_CHANGES];
    size_t should_count;
} request;

typedef struct member {
    const char *name;
    size_t place; /* in a request */
    size_t most;  /* bytes */
} member;

static const member members[] = {
    {"verdict", offsetof(request, verdict), 20},    {"subject", offsetof(request, subject), 1000},
    {"fact", offsetof(request, fact), 4000},        {"seen", offsetof(request, seen), 100},
    {"decision", offsetof(request, decision), 100}, {"who", offsetof(request, who), LONGEST_WHO},
    {"why", offsetof(request, why), LONGEST_WHY},
};

static const member *member_of(const char *name) {
    for (size_t i = 0; i < SF_LEN(members); i++)
        if (strcmp(members[i].name, name) == 0)
            return &members[i];
    return NULL;
}

/* In one line; absent if there is nothing in it. */
static sf_str words(sf_arena *arena, const json_t *value) {
    sf_str s = {json_string_value(value), json_string_length(value)};
    s = sf_str_trim(sf_plain_line(arena, sf_str_copy(arena, s)));
    return s.len ? s : SF_ABSENT;
}

static sofar_status read_changes(sf_arena *arena, const json_t *list, request *out,
                                 sofar_error *err) {
    if (!json_is_array(list) || json_array_size(list) > MOST_CHANGES)
        return sf_fail(err, SOFAR_ERR_USAGE, "should is a list of at most %d changes",
                       MOST_CHANGES);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        if (!json_is_string(one) || json_string_length(one) > 1000)
            return sf_fail(err, SOFAR_ERR_USAGE, "a change is a string like as=Mira");
        out->should[out->should_count++] = words(arena, one);
    }
    return SOFAR_OK;
}

static sofar_status read_members(sf_arena *arena, json_t *root, request *out, sofar_error *err) {
    const char *name;
    json_t *value;
    sofar_status status = SOFAR_OK;
    json_object_foreach(root, name, value) {
        const member *m = member_of(name);
        if (strcmp(name, "should") == 0)
            status = read_changes(arena, value, out, err);
        else if (!m)
            status = sf_fail(err, SOFAR_ERR_USAGE, "a decision has no such member as is there");
        else if (json_is_null(value))
            continue;
        else if (!json_is_string(value) || json_string_length(value) > m->most)
            status = sf_fail(err, SOFAR_ERR_USAGE, "%s is a string of at most %zu bytes", m->name,
                             m->most);
        else
            *(sf_str *)(void *)((char *)out + m->place) = words(arena, value);
        if (status)
            return status;
    }
    return SOFAR_OK;
}

static sofar_status read_request(sf_arena *arena, sf_str body, request *out, sofar_error *err) {
    json_error_t where;
    json_t *root = json_loadb(body.ptr, body.len, JSON_REJECT_DUPLICATES, &where);
    jmp_buf here, *outer = arena->escape; /* Jansson's memory is given back in any case */
    sofar_status volatile status;
    *out = (request){.verdict = SF_ABSENT};
    if (!json_is_object(root)) {
        json_decref(root);
        return sf_fail(err, SOFAR_ERR_USAGE, "the body is no object of JSON");
    }
    arena->escape = &here;
    if (setjmp(here) == 0)
        status = read_members(arena, root, out, err);
    else
        status = sf_fail(err, SOFAR_ERR_MEMORY, "out of memory");
    arena->escape = outer;
    json_decref(root);
    return status;
}

/* ---- deciding ---- */

typedef struct outcome {
    unsigned status;
    sf_str body;
} outcome;

static outcome refused(sf_arena *arena, unsigned status, const char *why) {
    return (outcome){status, sf_str_format(arena, "%s\n", why)};
}

static outcome failed(sf_scribe *s, sf_arena *arena, const sofar_error *err) {
    if (err->status == SOFAR_ERR_USAGE)
        return refused(arena, MHD_HTTP_BAD_REQUEST,
                       sf_plain_line(arena, sf_str_copy(arena, sf_str_of(err->msg))).ptr);
    s->options->say("%s", err->msg);
    sf_store_close(s->store);
    s->store = NULL;
    return refused(arena, MHD_HTTP_SERVICE_UNAVAILABLE, "the store cannot be written now");
}

static const char seen_otherwise[] =
    "this is not what you saw any more: somebody else has decided on it, or a page has come; "
    "nothing was written";

static outcome put(sf_scribe *s, sf_desk *desk, const request *r, sf_decision *d) {
    struct timespec t;
    sofar_error err;
    clock_gettime(CLOCK_REALTIME, &t);
    sf_signature signature = {.who = r->who.ptr ? r->who : sf_str_of(s->options->who),
                              .why = r->why,
                              .now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000};
    sofar_status status = sf_desk_decide(desk, d, &signature, &err);
    if (status == SOFAR_DONE)
        return refused(desk->arena, MHD_HTTP_CONFLICT, seen_otherwise);
    if (status)
        return failed(s, desk->arena, &err);
    sf_buf out = sf_buf_new(desk->arena);
    sf_buf_add(&out, SF_STR("{\"decision\":"));
    sf_decision_json(&out, d);
    sf_buf_add(&out, SF_STR("}\n"));
    return (outcome){MHD_HTTP_OK, sf_buf_str(&out)};
}

static outcome undo(sf_scribe *s, sf_desk *desk, const request *r) {
    sofar_error err;
    if (!r->decision.ptr)
        return refused(desk->arena, MHD_HTTP_BAD_REQUEST, "to undo wants a decision");
    if (sf_decisions_load(desk->store, desk->arena, &desk->decisions, &err))
        return failed(s, desk->arena, &err);
    const sf_decision *undone = sf_desk_decision(desk, r->decision);
    if (!undone)
        return refused(desk->arena, MHD_HTTP_NOT_FOUND, "there is no such decision");
    if (undone->undone)
        return refused(desk->arena, MHD_HTTP_CONFLICT, "it has been undone already");
    sf_decision d = {.verdict = SF_UNDO, .other = undone->id};
    return put(s, desk, r, &d);
}

/* NULL: it is not there any more, or stands otherwise. */
static const sf_told_fact *as_seen(sf_desk *desk, const request *r) {
    for (size_t i = 0; i < desk->dossier->fact_count; i++) {
        const sf_review *review = &desk->queue[i];
        if (sf_str_equal(review->fact->id, r->fact))
            return sf_str_equal(sf_review_seen(desk->arena, desk->dossier, review), r->seen)
                       ? review->fact
                       : NULL;
    }
    return NULL;
}

static outcome on_fact(sf_scribe *s, sf_desk *desk, const request *r, sf_verdict verdict) {
    sofar_error err;
    if (!r->subject.ptr || !r->fact.ptr || !r->seen.ptr)
        return refused(desk->arena, MHD_HTTP_BAD_REQUEST,
                       "a verdict wants the subject, the fact and what was seen of it; see "
                       "/api/openapi.json");
    if (sf_desk_load(desk, r->subject, &err))
        return failed(s, desk->arena, &err);
    if (!desk->dossier->source_count)
        return refused(desk->arena, MHD_HTTP_NOT_FOUND, "no page of the store tells of that");
    const sf_told_fact *fact = as_seen(desk, r);
    if (!fact)
        return refused(desk->arena, MHD_HTTP_CONFLICT, seen_otherwise);
    if (verdict != SF_CORRECT) {
        sf_decision d = sf_decision_on(desk->arena, verdict, desk->dossier, fact);
        return put(s, desk, r, &d);
    }
    sf_decision d = sf_decision_correct(desk->arena, desk->dossier, fact);
    for (size_t i = 0; i < r->should_count; i++)
        if (sf_decided_change(desk->arena, &d.should, r->should[i], &err))
            return failed(s, desk->arena, &err);
    if (!r->should_count || !d.should.role_count)
        return refused(desk->arena, MHD_HTTP_BAD_REQUEST,
                       "a correction says what should be, with at least one role");
    return put(s, desk, r, &d);
}

static outcome decide(sf_scribe *s, sf_arena *arena, sf_str body) {
    request r;
    sofar_error err;
    sf_desk desk = {.arena = arena};
    if (read_request(arena, body, &r, &err))
        return failed(s, arena, &err);
    if (!s->store && sf_store_open(s->options->store, SF_STORE_WRITE, &s->store, &err))
        return failed(s, arena, &err);
    desk.store = s->store;
    for (sf_verdict v = SF_ACCEPT; v <= SF_CORRECT; v++)
        if (sf_str_equal(r.verdict, sf_str_of(sf_verdict_word(v))))
            return on_fact(s, &desk, &r, v);
    if (sf_str_equal(r.verdict, sf_str_of(sf_verdict_word(SF_UNDO))))
        return undo(s, &desk, &r);
    return refused(arena, MHD_HTTP_BAD_REQUEST, "verdict is accept, reject, correct or undo");
}

sf_parcel *sf_scribe_take(sf_scribe *s, sf_str body) {
    sf_arena arena;
    jmp_buf escape;
    sf_parcel *volatile parcel = NULL;
    pthread_mutex_lock(&s->lock);
    sf_arena_init(&arena, NULL, &escape);
    if (setjmp(escape) == 0) {
        outcome o = decide(s, &arena, body);
        const char *type = o.status == MHD_HTTP_OK ? "application/json" : "text/plain";
        parcel = sf_parcel_new(o.status, type, o.body, false);
    }
    sf_arena_clear(&arena);
    pthread_mutex_unlock(&s->lock);
    return parcel;
}
