/* Decisions as JSON, out and in. */
#include <jansson.h>

#include "story/decision.h"

static const char *const words[SF_VERDICTS] = {"accept", "reject", "correct", "join",
                                               "split",  "rename", "undo"};

enum { ID_LETTERS = 16 };

const char *sf_verdict_word(sf_verdict verdict) { return words[verdict]; }

/* ---- out ---- */

static void write_fact(sf_json *json, const char *key, const sf_decided_fact *f) {
    if (!f->type.ptr)
        return;
    sf_json_key(json, key);
    sf_json_object(json);
    sf_json_key_str(json, "type", f->type);
    sf_json_key(json, "roles");
    sf_json_object(json);
    for (size_t i = 0; i < f->role_count; i++) {
        const sf_decided_role *r = &f->roles[i];
        sf_json_key(json, r->name.ptr);
        sf_json_object(json);
        sf_json_key_str(json, r->subject ? "name" : "value", r->value);
        if (r->subject)
            sf_json_key_str(json, "type", sf_str_of(sf_subject_word(r->type)));
        sf_json_object_end(json);
    }
    sf_json_object_end(json);
    sf_json_key_str(json, "when", f->when);
    sf_json_key_str(json, "status", sf_str_of(sf_claim_word(f->status)));
    sf_json_object_end(json);
}

static void write_receipts(sf_json *json, const sf_decision *d) {
    if (!d->receipt_count)
        return;
    sf_json_key(json, "receipts");
    sf_json_array(json);
    for (size_t i = 0; i < d->receipt_count; i++) {
        const sf_decided_receipt *r = &d->receipts[i];
        sf_json_object(json);
        sf_json_key_str(json, "sha256", r->sha256);
        sf_json_key_str(json, "url", r->url);
        sf_json_key(json, "span");
        sf_json_span(json, r->span);
        sf_json_key_str(json, "exact", r->exact);
        sf_json_object_end(json);
    }
    sf_json_array_end(json);
}

void sf_decision_json(sf_buf *out, const sf_decision *d) {
    sf_json json = sf_json_new(out);
    sf_json_object(&json);
    if (d->id.ptr)
        sf_json_key_str(&json, "id", d->id);
    sf_json_key_str(&json, "made", d->made);
    sf_json_key_str(&json, "who", d->who);
    sf_json_key_str(&json, "why", d->why);
    sf_json_key_str(&json, "verdict", sf_str_of(words[d->verdict]));
    if (d->subject.ptr)
        sf_json_key_str(&json, "subject", d->subject);
    if (d->other.ptr)
        sf_json_key_str(&json, "other", d->other);
    write_fact(&json, "fact", &d->fact);
    write_fact(&json, "should", &d->should);
    write_receipts(&json, d);
    sf_json_object_end(&json);
}

void sf_decision_identify(sf_arena *arena, sf_decision *d) {
    char hex[65];
    d->id = SF_ABSENT;
    sf_buf buf = sf_buf_new(arena);
    sf_decision_json(&buf, d);
    sf_sha256_hex(sf_buf_str(&buf), hex);
    d->id = sf_str_copy(arena, (sf_str){hex, ID_LETTERS});
}

/* ---- in ---- */

typedef struct parsing {
    sf_arena *arena;
    const char *fault; /* the first; NULL while all is well */
} parsing;

static void fault(parsing *p, const char *what) {
    if (!p->fault)
        p->fault = what;
}

static sf_str member(parsing *p, const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value))
        return SF_ABSENT;
    return sf_str_copy(p->arena, (sf_str){json_string_value(value), json_string_length(value)});
}

/* The place of a word among `count` of them. */
static int place(sf_str word, const char *(*word_of)(int i), int count) {
    for (int i = 0; i < count; i++)
        if (sf_str_equal(word, sf_str_of(word_of(i))))
            return i;
    return -1;
}

static const char *verdict_at(int i) { return words[i]; }
static const char *claim_at(int i) { return sf_claim_word((sofar_claim)i); }
static const char *type_at(int i) { return sf_subject_word((sofar_subject_type)i); }

static sf_decided_role read_role(parsing *p, const char *name, const json_t *value) {
    sf_decided_role r = {.name = sf_str_copy(p->arena, sf_str_of(name)),
                         .value = member(p, value, "name")};
    r.subject = r.value.ptr;
    if (!r.subject) {
        r.value = member(p, value, "value");
    } else {
        int type = place(member(p, value, "type"), type_at, SOFAR_OTHER + 1);
        if (type < 0)
            fault(p, "a role's subject has no type of the contract");
        r.type = type < 0 ? SOFAR_OTHER : (sofar_subject_type)type;
    }
    for (const char *c = name; *c; c++)
        if (!sf_is_alpha(*c) && *c != '_')
            fault(p, "a role's name is made of letters");
    if (!r.value.len)
        fault(p, "a role has neither name nor value");
    return r;
}

static sf_decided_fact read_fact(parsing *p, const json_t *object) {
    sf_decided_fact f = {0};
    json_t *roles = json_object_get(object, "roles"), *value;
    const char *name;
    if (!object)
        return f;
    f.type = member(p, object, "type");
    f.when = member(p, object, "when");
    int status = place(member(p, object, "status"), claim_at, SOFAR_DENIED + 1);
    if (!f.type.len || status < 0 || json_object_size(roles) == 0)
        fault(p, "a fact has a type, roles and a status");
    f.status = status < 0 ? SOFAR_STATED : (sofar_claim)status;
    f.roles = SF_ARRAY(p->arena, sf_decided_role, json_object_size(roles));
    json_object_foreach(roles, name, value) f.roles[f.role_count++] = read_role(p, name, value);
    return f;
}

static bool number(const json_t *value, uint32_t *out) {
    json_int_t n = json_is_integer(value) ? json_integer_value(value) : -1;
    *out = n < 0 || n > UINT32_MAX ? 0 : (uint32_t)n;
    return n >= 0 && n <= UINT32_MAX;
}

static void read_receipts(parsing *p, const json_t *list, sf_decision *d) {
    d->receipts = SF_ARRAY(p->arena, sf_decided_receipt, json_array_size(list));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i), *span = json_object_get(one, "span");
        sf_decided_receipt *r = &d->receipts[d->receipt_count++];
        r->sha256 = member(p, one, "sha256");
        r->url = member(p, one, "url");
        r->exact = member(p, one, "exact");
        bool spans = number(json_array_get(span, 0), &r->span.begin);
        spans = number(json_array_get(span, 1), &r->span.end) && spans;
        if (!r->sha256.len || !spans || r->span.end < r->span.begin)
            fault(p, "a receipt has sha256 and span");
    }
}

/* What each verdict cannot do without. */
static void check(parsing *p, const sf_decision *d) {
    bool of_fact = d->verdict <= SF_CORRECT, names = d->verdict >= SF_JOIN && d->verdict < SF_UNDO;
    if (!d->made.len || !d->who.len)
        fault(p, "a decision says when it was made, and by whom");
    if (of_fact && (!d->fact.type.len || !d->receipt_count))
        fault(p, "a verdict on a fact has the fact and its receipts");
    if (d->verdict == SF_CORRECT && !d->should.type.len)
        fault(p, "a correction has the fact as it should be");
    if (names && (!sf_str_trim(d->subject).len || !sf_str_trim(d->other).len))
        fault(p, "it has a subject and another name");
    if (d->verdict == SF_SPLIT && !d->receipt_count)
        fault(p, "a split has the pages on which it holds");
    if (d->verdict == SF_UNDO && !d->other.len)
        fault(p, "an undoing has the id of what it undoes");
}

static void read(parsing *p, const json_t *root, sf_decision *d) {
    int verdict = place(member(p, root, "verdict"), verdict_at, SF_VERDICTS);
    *d = (sf_decision){.id = member(p, root, "id"),
                       .made = member(p, root, "made"),
                       .who = member(p, root, "who"),
                       .why = member(p, root, "why"),
                       .verdict = verdict < 0 ? SF_UNDO : (sf_verdict)verdict,
                       .subject = member(p, root, "subject"),
                       .other = member(p, root, "other")};
    if (verdict < 0)
        fault(p, "verdict is accept, reject, correct, join, split, rename or undo");
    d->fact = read_fact(p, json_object_get(root, "fact"));
    d->should = read_fact(p, json_object_get(root, "should"));
    read_receipts(p, json_object_get(root, "receipts"), d);
    check(p, d);
    sf_str id = d->id;
    sf_decision_identify(p->arena, d);
    if (id.ptr && !sf_str_equal(id, d->id))
        fault(p, "it is not what its id was made of");
}

sofar_status sf_decision_parse(sf_arena *arena, sf_str json, sf_decision *out, sofar_error *err) {
    json_error_t where;
    json_t *root = json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES, &where);
    if (!root && json_error_code(&where) == json_error_out_of_memory)
        return sf_fail(err, SOFAR_ERR_MEMORY, "out of memory");
    if (!json_is_object(root)) {
        json_decref(root);
        return sf_fail(err, SOFAR_ERR_FORMAT, "is no JSON object: %s", root ? "" : where.text);
    }
    jmp_buf here, *outer = arena->escape; /* Jansson's memory is given back in any case */
    parsing p = {.arena = arena};
    sofar_status status = SOFAR_OK;
    arena->escape = &here;
    if (setjmp(here) == 0)
        read(&p, root, out);
    else
        status = sf_fail(err, SOFAR_ERR_MEMORY, "out of memory");
    arena->escape = outer;
    json_decref(root);
    if (!status && p.fault)
        return sf_fail(err, SOFAR_ERR_FORMAT, "%s", p.fault);
    return status;
}

/* ---- from a dossier ---- */

sf_decided_receipt sf_decided_page(const sf_capture *page) {
    return (sf_decided_receipt){.sha256 = sf_str_of(page->clipping.sha256),
                                .url = page->clipping.url};
}

sf_decided_receipt sf_decided_of(const sf_receipt *r) {
    return (sf_decided_receipt){sf_str_of(r->sha256), r->url, r->span, r->exact};
}

/* As a page that tells the fact has it. */
static sofar_subject_type type_of(const sf_told_fact *f, sf_str name) {
    for (size_t i = 0; i < f->receipt_count; i++) {
        const sf_capture *page = f->receipts[i].page;
        for (size_t s = 0; page && s < page->subject_count; s++)
            if (sf_str_equal_ci(page->subjects[s].name, name))
                return page->subjects[s].type;
    }
    return SOFAR_OTHER;
}

sf_decision sf_decision_on(sf_arena *arena, sf_verdict verdict, const sf_dossier *dossier,
                           const sf_told_fact *f) {
    sf_decision d = {.verdict = verdict, .subject = dossier->name};
    d.fact = (sf_decided_fact){.type = f->type,
                               .roles = SF_ARRAY(arena, sf_decided_role, f->role_count),
                               .role_count = f->role_count,
                               .when = f->when,
                               .status = f->status};
    for (size_t i = 0; i < f->role_count; i++) {
        const sf_told_role *r = &f->roles[i];
        d.fact.roles[i] = (sf_decided_role){.name = sf_str_copy(arena, r->name),
                                            .value = r->value,
                                            .subject = r->subject,
                                            .type = type_of(f, r->value)};
    }
    d.receipts = SF_ARRAY(arena, sf_decided_receipt, f->receipt_count);
    for (size_t i = 0; i < f->receipt_count; i++)
        d.receipts[d.receipt_count++] = sf_decided_of(&f->receipts[i]);
    return d;
}

sf_decision sf_decision_correct(sf_arena *arena, const sf_dossier *dossier, const sf_told_fact *f) {
    sf_decision d = sf_decision_on(arena, SF_CORRECT, dossier, f);
    d.should = d.fact;
    d.should.roles = SF_ARRAY(arena, sf_decided_role, d.fact.role_count);
    for (size_t i = 0; i < d.fact.role_count; i++)
        d.should.roles[i] = d.fact.roles[i];
    return d;
}

/* ---- of a store ---- */

/* From the last to the first: an undoing that was itself undone does nothing. */
void sf_decisions_undo(sf_decisions *all) {
    for (size_t i = 0; i < all->count; i++)
        all->at[i].undone = false;
    for (size_t i = all->count; i-- > 0;) {
        const sf_decision *d = &all->at[i];
        for (size_t k = 0; d->verdict == SF_UNDO && !d->undone && k < i; k++)
            if (sf_str_equal(all->at[k].id, d->other))
                all->at[k].undone = true;
    }
}

sofar_status sf_decisions_load(sf_store *store, sf_arena *arena, sf_decisions *out,
                               sofar_error *err) {
    sf_decision_row *rows;
    size_t count;
    sofar_error why;
    sofar_status status = sf_store_decisions(store, arena, &rows, &count, err);
    if (status)
        return status;
    *out = (sf_decisions){SF_ARRAY(arena, sf_decision, count), count};
    for (size_t i = 0; i < count; i++) {
        status = sf_decision_parse(arena, rows[i].body, &out->at[i], &why);
        if (status)
            return sf_fail(err, status, "%s: decision %.*s: %s", sf_store_path(store),
                           SF_ARG(rows[i].id), why.msg);
    }
    sf_decisions_undo(out);
    return SOFAR_OK;
}
