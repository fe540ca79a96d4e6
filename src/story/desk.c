#include "story/desk.h"

#include <stdio.h>
#include <time.h>

enum {
    TRIES = 1000, /* of one decision, while others go on deciding about other things */
    STAMP = 24,   /* letters of "2021-10-15T09:30:00.123Z" */
    SEEN_LETTERS = 16
};

/* ---- what is before the reviewer ---- */

sofar_status sf_desk_load(sf_desk *desk, sf_str subject, sofar_error *err) {
    sofar_status status = sf_decisions_load(desk->store, desk->arena, &desk->decisions, err);
    if (!status)
        status =
            sf_story_dossier(desk->store, desk->arena, subject, (sf_date){0}, &desk->dossier, err);
    if (!status)
        desk->queue = sf_review_queue(desk->arena, desk->dossier, &desk->decisions);
    return status;
}

size_t sf_desk_undecided(const sf_desk *desk) {
    size_t n = 0;
    while (n < desk->dossier->fact_count && !desk->queue[n].decision)
        n++;
    return n;
}

static const sf_decision *find(const sf_decisions *all, sf_str id) {
    for (size_t i = 0; i < all->count; i++)
        if (sf_str_equal(all->at[i].id, id))
            return &all->at[i];
    return NULL;
}

const sf_decision *sf_desk_decision(const sf_desk *desk, sf_str id) {
    return find(&desk->decisions, id);
}

sf_str sf_review_seen(sf_arena *arena, const sf_dossier *d, const sf_review *review) {
    char hex[65];
    sf_buf all = sf_buf_new(arena);
    sf_decision shown = sf_decision_on(arena, SF_ACCEPT, d, review->fact);
    shown.other = review->decision ? review->decision->id : SF_ABSENT;
    sf_decision_json(&all, &shown);
    sf_sha256_hex(sf_buf_str(&all), hex);
    return sf_str_copy(arena, (sf_str){hex, SEEN_LETTERS});
}

/* ---- about the same thing ---- */

static bool touch(const sf_decided_receipt *a, const sf_decided_receipt *b) {
    bool same = sf_str_equal(a->sha256, b->sha256) || (a->url.ptr && sf_str_equal(a->url, b->url));
    return same && (sf_span_overlaps(a->span, b->span) || sf_str_equal(a->exact, b->exact));
}

static bool is_of_fact(const sf_decision *d) { return d->verdict <= SF_CORRECT; }

static bool is_role_of(const sf_decided_fact *f, sf_str name) {
    for (size_t i = 0; i < f->role_count; i++)
        if (f->roles[i].subject && sf_str_equal_ci(f->roles[i].value, name))
            return true;
    return false;
}

static bool speaks_of(const sf_decision *d, sf_str name) {
    return sf_str_equal_ci(d->subject, name) || sf_str_equal_ci(d->other, name) ||
           is_role_of(&d->fact, name) || is_role_of(&d->should, name);
}

/* Of one type, and no role that both have is filled otherwise. */
static bool alike(sf_arena *arena, const sf_decided_fact *a, const sf_decided_fact *b) {
    if (!a->type.ptr || !sf_str_equal(a->type, b->type))
        return false;
    for (size_t i = 0; i < a->role_count; i++)
        for (size_t k = 0; k < b->role_count; k++)
            if (sf_str_equal(a->roles[i].name, b->roles[k].name) &&
                !sf_decided_agree(arena, a->roles[i].value, b->roles[k].value))
                return false;
    return true;
}

/* Two verdicts, none an undoing. */
static bool verdicts_meet(sf_arena *arena, const sf_decision *a, const sf_decision *b) {
    if (!is_of_fact(a))
        return speaks_of(b, a->subject) || speaks_of(b, a->other);
    if (!is_of_fact(b))
        return verdicts_meet(arena, b, a);
    if (!alike(arena, &a->fact, &b->fact) && !alike(arena, &a->should, &b->fact) &&
        !alike(arena, &a->fact, &b->should) && !alike(arena, &a->should, &b->should))
        return false;
    for (size_t i = 0; i < a->receipt_count; i++)
        for (size_t k = 0; k < b->receipt_count; k++)
            if (touch(&a->receipts[i], &b->receipts[k]))
                return true;
    return false;
}

bool sf_decisions_meet(sf_arena *arena, const sf_decisions *all, const sf_decision *a,
                       const sf_decision *b) {
    if (a->verdict == SF_UNDO && b->verdict == SF_UNDO)
        return sf_str_equal(a->other, b->other) || sf_str_equal(a->other, b->id) ||
               sf_str_equal(a->id, b->other);
    if (a->verdict != SF_UNDO && b->verdict != SF_UNDO)
        return verdicts_meet(arena, a, b);
    const sf_decision *undoing = a->verdict == SF_UNDO ? a : b, *other = undoing == a ? b : a;
    const sf_decision *undone = find(all, undoing->other);
    for (size_t i = 0; undone && undone->verdict == SF_UNDO && i < all->count; i++)
        undone = find(all, undone->other); /* a chain is no longer than the log */
    return undone && undone->verdict != SF_UNDO && verdicts_meet(arena, undone, other);
}

/* ---- when ---- */

static sf_str stamp_of(sf_arena *arena, int64_t ms) {
    char day[32];
    struct tm utc;
    time_t seconds = (time_t)(ms / 1000);
    gmtime_r(&seconds, &utc);
    strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &utc);
    return sf_str_format(arena, "%s.%03dZ", day, (int)(ms % 1000));
}

static int digits(sf_str s, size_t at, size_t count) {
    int n = 0;
    for (size_t i = at; i < at + count; i++)
        n = n * 10 + (s.ptr[i] - '0');
    return n;
}

/* The moment after a stamp; absent if it is none, or the last there is. */
static sf_str after(sf_arena *arena, sf_str stamp) {
    static const char shape[] = "dddd-dd-ddTdd:dd:dd.dddZ";
    if (stamp.len != STAMP)
        return SF_ABSENT;
    for (size_t i = 0; i < STAMP; i++)
        if (shape[i] == 'd' ? !sf_is_digit(stamp.ptr[i]) : shape[i] != stamp.ptr[i])
            return SF_ABSENT;
    struct tm utc = {.tm_year = digits(stamp, 0, 4) - 1900,
                     .tm_mon = digits(stamp, 5, 2) - 1,
                     .tm_mday = digits(stamp, 8, 2),
                     .tm_hour = digits(stamp, 11, 2),
                     .tm_min = digits(stamp, 14, 2),
                     .tm_sec = digits(stamp, 17, 2)};
    int64_t ms = (int64_t)timegm(&utc) * 1000 + digits(stamp, 20, 3);
    sf_str later = stamp_of(arena, ms + 1);
    bool is_day = sf_str_equal(stamp_of(arena, ms), stamp); /* no 30th of February */
    return is_day && later.len == STAMP ? later : SF_ABSENT;
}

bool sf_desk_follows(sf_arena *arena, sf_str made) { return after(arena, made).ptr != NULL; }

/* Clocks of several machines differ, and two keys may fall into one millisecond. A decision that
 * came before the last would be replayed before it, and an undoing would undo nothing. */
static sofar_status moment(sf_arena *arena, const sf_decisions *seen, int64_t now_ms, sf_str *out,
                           sofar_error *err) {
    const sf_decision *last = seen->count ? &seen->at[seen->count - 1] : NULL;
    *out = stamp_of(arena, now_ms);
    if (!last || sf_str_compare(*out, last->made) > 0)
        return SOFAR_OK;
    *out = after(arena, last->made);
    if (out->ptr)
        return SOFAR_OK;
    return sf_fail(err, SOFAR_ERR_USAGE,
                   "nothing can be decided after decision %.*s: it says that it was made '%.*s'",
                   SF_ARG(last->id), SF_ARG(last->made));
}

/* ---- into the log ---- */

/* The log has grown since the desk looked, which another request may have done just before. *clear
 * is false if what came is about the same thing; else the desk has seen it now. */
static sofar_status look_again(sf_desk *desk, const sf_decision *d, bool *clear, sofar_error *err) {
    sf_decisions now;
    sofar_status status = sf_decisions_load(desk->store, desk->arena, &now, err);
    *clear = true;
    for (size_t i = 0; !status && i < now.count && *clear; i++)
        if (!find(&desk->decisions, now.at[i].id))
            *clear = !sf_decisions_meet(desk->arena, &now, &now.at[i], d);
    if (!status && *clear)
        desk->decisions = now;
    return status;
}

static void note(sf_desk *desk, const sf_decision *d) {
    sf_decision *all = SF_ARRAY(desk->arena, sf_decision, desk->decisions.count + 1);
    for (size_t i = 0; i < desk->decisions.count; i++)
        all[i] = desk->decisions.at[i];
    all[desk->decisions.count] = *d;
    desk->decisions = (sf_decisions){all, desk->decisions.count + 1};
    sf_decisions_undo(&desk->decisions);
}

/* The log only grows: a row that cannot be read back would close the store for good. */
static sofar_status check(sf_arena *arena, sf_str row, sofar_error *err) {
    sf_decision back;
    sofar_error why;
    sofar_status status = sf_decision_parse(arena, row, &back, &why);
    if (!status || status == SOFAR_ERR_MEMORY)
        return status ? sf_fail(err, status, "%s", why.msg) : SOFAR_OK;
    return sf_fail(err, SOFAR_ERR_USAGE, "this is no decision: %s", why.msg);
}

sofar_status sf_desk_decide(sf_desk *desk, sf_decision *d, const sf_signature *signature,
                            sofar_error *err) {
    sofar_status status = SOFAR_DONE;
    bool clear = true;
    d->who = signature->who;
    d->why = signature->why;
    for (int i = 0; i < TRIES && status == SOFAR_DONE && clear; i++) {
        size_t added;
        sf_buf body = sf_buf_new(desk->arena);
        sofar_status dated =
            moment(desk->arena, &desk->decisions, signature->now_ms, &d->made, err);
        if (dated)
            return dated;
        sf_decision_identify(desk->arena, d);
        sf_decision_json(&body, d);
        sf_decision_row row = {d->id, d->made, d->who, sf_buf_str(&body)};
        status = check(desk->arena, row.body, err);
        if (!status)
            status = sf_store_decide(desk->store, &row, 1, desk->decisions.count, &added, err);
        if (status == SOFAR_DONE) {
            sofar_status looked = look_again(desk, d, &clear, err);
            if (looked)
                return looked;
        }
    }
    if (!status)
        note(desk, d);
    return status;
}
