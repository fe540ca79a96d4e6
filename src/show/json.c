/* The contract's dossier object. Offsets and words of receipts go out to the letter. */
#include "show/facts.h"
#include "show/weave.h"

static void page(sf_json *j, const sf_receipt *r) {
    sf_json_key_str(j, "url", r->url);
    sf_json_key_str(j, "file", r->file);
    sf_json_key_str(j, "outlet", r->outlet);
    sf_json_key_str(j, "title", r->title);
    sf_json_key_str(j, "published", r->published);
    sf_json_key(j, "relayed"), sf_json_bool(j, r->relayed);
}

static void words(sf_json *j, const sf_receipt *r) {
    sf_json_key(j, "span"), sf_json_span(j, r->span);
    sf_json_key_str(j, "exact", r->exact);
    sf_json_key_str(j, "sha256", sf_str_of(r->sha256));
    sf_json_key_str(j, "link", sf_show_fragment(j->buf->arena, r));
}

/* status: what the page says of a fact there; NULL for what is no fact. */
static void receipt(sf_json *j, const sf_receipt *r, const sofar_claim *status) {
    sf_json_object(j);
    page(j, r);
    words(j, r);
    if (status)
        sf_json_key_str(j, "status", sf_str_of(sf_claim_word(*status)));
    sf_json_object_end(j);
}

void sf_show_json_receipt(sf_json *j, const sf_receipt *r) { receipt(j, r, NULL); }

static void receipts(sf_json *j, const sf_receipt *all, const sofar_claim *statuses, size_t count) {
    sf_json_key(j, "receipts");
    sf_json_array(j);
    for (size_t i = 0; i < count; i++)
        receipt(j, &all[i], statuses ? &statuses[i] : NULL);
    sf_json_array_end(j);
}

/* Of a subject in this dossier; what no fact speaks of has none. */
static void number(sf_json *j, uint32_t id) {
    if (id)
        sf_json_key(j, "id"), sf_json_int(j, id);
}

void sf_show_json_subject(sf_json *j, const sf_dossier *d) {
    sf_json_key(j, "subject");
    sf_json_object(j);
    number(j, d->number);
    sf_json_key_str(j, "name", d->name);
    sf_json_key_str(j, "type", sf_str_of(sf_subject_word(d->type)));
    sf_json_key(j, "aliases");
    sf_json_array(j);
    for (size_t i = 0; i < d->alias_count; i++)
        sf_json_str(j, d->aliases[i]);
    sf_json_array_end(j);
    sf_json_object_end(j);
}

void sf_show_json_quote(sf_json *j, const sf_told_quote *q) {
    sf_json_object(j);
    sf_json_key(j, "speaker");
    if (q->speaker.ptr) {
        sf_json_object(j);
        sf_json_key_str(j, "name", q->speaker);
        sf_json_object_end(j);
    } else {
        sf_json_null(j);
    }
    sf_json_key(j, "by_subject"), sf_json_bool(j, q->by_subject);
    sf_json_key_str(j, "text", q->text);
    sf_json_key_str(j, "kind", sf_str_of(sf_quote_word(q->kind)));
    sf_json_key_str(j, "via", q->via);
    sf_json_key_str(j, "when", q->when);
    receipts(j, q->receipts, NULL, q->receipt_count);
    sf_json_object_end(j);
}

static void quotes(sf_json *j, const sf_dossier *d) {
    sf_json_key(j, "quotes");
    sf_json_array(j);
    for (size_t i = 0; i < d->quote_count; i++)
        sf_show_json_quote(j, &d->quotes[i]);
    sf_json_array_end(j);
}

static void roles(sf_json *j, const sf_told_fact *f) {
    sf_json_key(j, "roles");
    sf_json_object(j);
    for (size_t i = 0; i < f->role_count; i++) {
        const sf_told_role *r = &f->roles[i];
        sf_json_key(j, sf_str_copy(j->buf->arena, r->name).ptr);
        sf_json_object(j);
        number(j, r->subject);
        sf_json_key_str(j, r->subject ? "name" : "value", r->value);
        sf_json_object_end(j);
    }
    sf_json_object_end(j);
}

void sf_show_json_fact(sf_json *j, const sf_told_fact *f) {
    sf_json_object(j);
    sf_json_key_str(j, "id", f->id);
    sf_json_key_str(j, "type", f->type);
    roles(j, f);
    sf_json_key_str(j, "when", f->when);
    sf_json_key_str(j, "status", sf_str_of(sf_claim_word(f->status)));
    sf_json_key_str(j, "state", sf_str_of(sf_state_word(f->state)));
    sf_json_key_str(j, "by", f->by);
    sf_json_key_str(j, "first_said", f->first_said);
    sf_json_key_str(j, "last_said", f->last_said);
    sf_json_key(j, "sources"), sf_json_int(j, (int64_t)f->sources);
    sf_json_key_str(j, "words", sf_plain_fact(j->buf->arena, f));
    sf_json_key(j, "rivals"), sf_json_array(j);
    for (size_t r = 0; r < f->rival_count; r++)
        sf_json_int(j, (int64_t)f->rivals[r]);
    sf_json_array_end(j);
    receipts(j, f->receipts, f->statuses, f->receipt_count);
    sf_json_object_end(j);
}

static void facts(sf_json *j, const sf_dossier *d) {
    sf_json_key(j, "facts");
    sf_json_array(j);
    for (size_t i = 0; i < d->fact_count; i++)
        sf_show_json_fact(j, &d->facts[i]);
    sf_json_array_end(j);
}

static void open_ends(sf_json *j, const sf_dossier *d) {
    sf_json_key(j, "open");
    sf_json_array(j);
    for (size_t i = 0; i < d->open_count; i++) {
        sf_json_object(j);
        sf_json_key_str(j, "why", d->open[i].why);
        sf_json_key(j, "fact"), sf_json_int(j, (int64_t)d->open[i].fact);
        if (d->open[i].lacks.ptr)
            sf_json_key_str(j, "lacks", d->open[i].lacks);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

void sf_show_json_event(sf_json *j, const sf_told_event *e) {
    sf_json_object(j);
    sf_json_key_str(j, "when", e->when);
    sf_json_key_str(j, "what", SF_STR("sentence"));
    sf_json_key_str(j, "text", e->text);
    receipts(j, e->receipts, NULL, e->receipt_count);
    sf_json_object_end(j);
}

/* Facts that have a day and sentences that have one and tell no fact, in order of time. */
static void timeline(sf_json *j, const sf_dossier *d) {
    sf_weave weave = sf_weave_of(j->buf->arena, d);
    sf_json_key(j, "timeline");
    sf_json_array(j);
    for (size_t i = 0; i < weave.dated; i++) {
        const sf_told_event *e = weave.items[i].event;
        const sf_told_fact *f = weave.items[i].fact;
        if (!e && !(f && f->when.ptr))
            continue;
        if (e) {
            sf_show_json_event(j, e);
            continue;
        }
        sf_json_object(j);
        sf_json_key_str(j, "when", f->when);
        sf_json_key_str(j, "what", f->type);
        sf_json_key(j, "fact"), sf_json_int(j, (int64_t)(f - d->facts));
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

void sf_show_json_source(sf_json *j, const sf_told_source *s) {
    sf_json_object(j);
    sf_json_key_str(j, "url", s->url);
    sf_json_key_str(j, "file", s->file);
    sf_json_key_str(j, "outlet", s->outlet);
    sf_json_key_str(j, "title", s->title);
    sf_json_key_str(j, "published", s->published);
    sf_json_key(j, "receipts"), sf_json_int(j, (int64_t)s->receipts);
    sf_json_object_end(j);
}

static void sources(sf_json *j, const sf_dossier *d) {
    sf_json_key(j, "sources");
    sf_json_array(j);
    for (size_t i = 0; i < d->source_count; i++)
        sf_show_json_source(j, &d->sources[i]);
    sf_json_array_end(j);
}

void sf_show_json(sf_buf *out, const sf_dossier *d) {
    sf_json j = sf_json_new(out);
    sf_json_object(&j);
    sf_show_json_subject(&j, d);
    sf_json_key_str(&j, "as_of", sf_date_format(out->arena, d->as_of));
    facts(&j, d);
    open_ends(&j, d);
    quotes(&j, d);
    timeline(&j, d);
    sources(&j, d);
    sf_json_object_end(&j);
}
