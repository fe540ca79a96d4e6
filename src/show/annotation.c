/* W3C Web Annotation Data Model: each receipt of a fact or a quote as an annotation of its page.
 * The words are found again by themselves with what stands before and behind them
 * (TextQuoteSelector), and by their place in the page's text (TextPositionSelector): code points of
 * the canonical text, which is the `text` of `sofar read`. */
#include "show/facts.h"
#include "show/formats.h"

enum { SIDE = 32 }; /* code points of a prefix or suffix */

static size_t code_points(sf_str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

/* The last (first) SIDE code points. */
static sf_str end_of(sf_str s) {
    size_t at = s.len, bytes;
    for (size_t n = 0; n < SIDE && at > 0; n++) {
        sf_utf8_before(s, at, &bytes);
        at -= bytes;
    }
    return sf_str_sub(s, at, s.len);
}

static sf_str begin_of(sf_str s) {
    size_t at = 0, bytes;
    for (size_t n = 0; n < SIDE && at < s.len; n++) {
        sf_utf8_at(s, at, &bytes);
        at += bytes;
    }
    return sf_str_sub(s, 0, at);
}

/* The text that the receipt stands in, and where: the page's, or where that is not at hand the
 * paragraph's. */
static sf_str around(const sf_receipt *r, sf_span *at) {
    *at = r->page ? r->span : r->in_context;
    return r->page ? r->page->clipping.text : r->context;
}

static void selectors(sf_json *j, const sf_receipt *r) {
    sf_span at;
    sf_str text = around(r, &at), before = sf_str_sub(text, 0, at.begin);
    sf_json_key(j, "selector");
    sf_json_array(j);
    sf_json_object(j);
    sf_json_key_str(j, "type", SF_STR("TextQuoteSelector"));
    sf_json_key_str(j, "exact", r->exact);
    sf_json_key_str(j, "prefix", end_of(before));
    sf_json_key_str(j, "suffix", begin_of(sf_str_sub(text, at.end, text.len)));
    sf_json_object_end(j);
    if (r->page) {
        size_t start = code_points(before);
        sf_json_object(j);
        sf_json_key_str(j, "type", SF_STR("TextPositionSelector"));
        sf_json_key(j, "start"), sf_json_int(j, (int64_t)start);
        sf_json_key(j, "end"), sf_json_int(j, (int64_t)(start + code_points(r->exact)));
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

static void body(sf_json *j, const char *purpose, sf_str value) {
    sf_json_object(j);
    sf_json_key_str(j, "type", SF_STR("TextualBody"));
    sf_json_key_str(j, "purpose", sf_str_of(purpose));
    sf_json_key_str(j, "format", SF_STR("text/plain"));
    sf_json_key_str(j, "value", value);
    sf_json_object_end(j);
}

/* what: in words; tag: the fact's type, or "quotation". */
static void annotation(sf_json *j, const sf_dossier *d, const sf_receipt *r, sf_str what,
                       sf_str tag) {
    sf_arena *arena = j->buf->arena;
    sf_str page = sf_page_id(arena, r->url, r->sha256);
    sf_str key = sf_str_format(arena, "%s %.*s %u %u %.*s %.*s", r->sha256, SF_ARG(page),
                               r->span.begin, r->span.end, SF_ARG(d->name), SF_ARG(what));
    sf_str uuid = sf_plain_uuid(arena, key);
    sf_json_object(j);
    sf_json_key_str(j, "@context", SF_STR("http://www.w3.org/ns/anno.jsonld"));
    sf_json_key_str(j, "id", sf_str_format(arena, "urn:uuid:%.*s", SF_ARG(uuid)));
    sf_json_key_str(j, "type", SF_STR("Annotation"));
    sf_json_key_str(j, "motivation", SF_STR("describing"));
    sf_json_key(j, "body");
    sf_json_array(j);
    body(j, "describing", what);
    body(j, "tagging", tag);
    body(j, "tagging", d->name);
    sf_json_array_end(j);
    sf_json_key(j, "target");
    sf_json_object(j);
    sf_json_key_str(j, "source", page);
    selectors(j, r);
    sf_json_object_end(j);
    sf_json_object_end(j);
}

/* "Ana Ruiz, via Instagram: It was, ... a long summer." */
static sf_str quote_words(sf_arena *arena, const sf_told_quote *q) {
    sf_str who = q->speaker.ptr ? q->speaker : SF_STR("speaker not named");
    return sf_str_format(arena, "%.*s%s%.*s: %.*s", SF_ARG(who), q->via.ptr ? ", via " : "",
                         SF_ARG(q->via), SF_ARG(q->text));
}

void sf_annotations(sf_exporter *e, sf_buf *out, const sf_dossier *d) {
    sf_json j = sf_export_items(e, out);
    for (size_t i = 0; i < d->fact_count; i++)
        for (size_t r = 0; r < d->facts[i].receipt_count; r++)
            annotation(&j, d, &d->facts[i].receipts[r], sf_plain_fact(out->arena, &d->facts[i]),
                       d->facts[i].type);
    for (size_t i = 0; i < d->quote_count; i++)
        for (size_t r = 0; r < d->quotes[i].receipt_count; r++)
            annotation(&j, d, &d->quotes[i].receipts[r], quote_words(out->arena, &d->quotes[i]),
                       SF_STR("quotation"));
    sf_export_items_end(e, &j);
}
