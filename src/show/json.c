/* The contract's dossier object. Offsets and words of receipts go out to the letter. */
#include "show/plain.h"

static void key_str(sf_json *j, const char *key, sf_str value) {
    sf_json_key(j, key);
    sf_json_str(j, value);
}

static void receipts(sf_json *j, const sf_receipt *all, size_t count) {
    sf_json_key(j, "receipts");
    sf_json_array(j);
    for (size_t i = 0; i < count; i++) {
        const sf_receipt *r = &all[i];
        sf_json_object(j);
        key_str(j, "url", r->url);
        key_str(j, "file", r->file);
        key_str(j, "outlet", r->outlet);
        key_str(j, "title", r->title);
        key_str(j, "published", r->published);
        sf_json_key(j, "span"), sf_json_span(j, r->span);
        key_str(j, "exact", r->exact);
        key_str(j, "sha256", sf_str_of(r->sha256));
        key_str(j, "link", sf_show_fragment(j->buf->arena, r));
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

static void subject(sf_json *j, const sf_dossier *d) {
    sf_json_key(j, "subject");
    sf_json_object(j);
    key_str(j, "name", d->name);
    key_str(j, "type", sf_str_of(sf_subject_word(d->type)));
    sf_json_key(j, "aliases");
    sf_json_array(j);
    for (size_t i = 0; i < d->alias_count; i++)
        sf_json_str(j, d->aliases[i]);
    sf_json_array_end(j);
    sf_json_object_end(j);
}

static void quotes(sf_json *j, const sf_dossier *d) {
    sf_json_key(j, "quotes");
    sf_json_array(j);
    for (size_t i = 0; i < d->quote_count; i++) {
        const sf_told_quote *q = &d->quotes[i];
        sf_json_object(j);
        sf_json_key(j, "speaker");
        if (q->speaker.ptr) {
            sf_json_object(j);
            key_str(j, "name", q->speaker);
            sf_json_object_end(j);
        } else {
            sf_json_null(j);
        }
        sf_json_key(j, "by_subject"), sf_json_bool(j, q->by_subject);
        key_str(j, "text", q->text);
        key_str(j, "kind", sf_str_of(sf_quote_word(q->kind)));
        key_str(j, "via", q->via);
        key_str(j, "when", q->when);
        receipts(j, q->receipts, q->receipt_count);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

static void timeline(sf_json *j, const sf_dossier *d) {
    sf_json_key(j, "timeline");
    sf_json_array(j);
    for (size_t i = 0; i < d->event_count; i++) {
        const sf_told_event *e = &d->events[i];
        sf_json_object(j);
        key_str(j, "when", e->when);
        key_str(j, "what", SF_STR("sentence"));
        key_str(j, "text", e->text);
        receipts(j, e->receipts, e->receipt_count);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

static void sources(sf_json *j, const sf_dossier *d) {
    sf_json_key(j, "sources");
    sf_json_array(j);
    for (size_t i = 0; i < d->source_count; i++) {
        const sf_told_source *s = &d->sources[i];
        sf_json_object(j);
        key_str(j, "url", s->url);
        key_str(j, "file", s->file);
        key_str(j, "outlet", s->outlet);
        key_str(j, "title", s->title);
        key_str(j, "published", s->published);
        sf_json_key(j, "receipts"), sf_json_int(j, (int64_t)s->receipts);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

void sf_show_json(sf_buf *out, const sf_dossier *d) {
    sf_json j = sf_json_new(out);
    sf_json_object(&j);
    subject(&j, d);
    key_str(&j, "as_of", sf_date_format(out->arena, d->as_of));
    sf_json_key(&j, "facts"), sf_json_array(&j), sf_json_array_end(&j);
    quotes(&j, d);
    timeline(&j, d);
    sources(&j, d);
    sf_json_object_end(&j);
}
