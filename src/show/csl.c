/* CSL-JSON: each page that was used once, for Zotero, Pandoc and whatever else cites by styles. */
#include "show/formats.h"
#include "show/plain.h"

/* {"date-parts": [[2021, 10, 15]]}, as far as the day is known. */
static void date(sf_json *j, const char *key, sf_str value) {
    sf_date d;
    if (!value.ptr || !sf_date_parse(value, &d))
        return;
    const int parts[] = {d.year, d.month, d.day};
    sf_json_key(j, key);
    sf_json_object(j);
    sf_json_key(j, "date-parts");
    sf_json_array(j), sf_json_array(j);
    for (size_t i = 0; i < SF_LEN(parts) && parts[i]; i++)
        sf_json_int(j, parts[i]);
    sf_json_array_end(j), sf_json_array_end(j);
    sf_json_object_end(j);
}

static void text(sf_json *j, const char *key, sf_str value) {
    if (value.len)
        sf_json_key_str(j, key, value);
}

static void authors(sf_json *j, const sofar_clipping *c) {
    if (!c->byline_count)
        return;
    sf_json_key(j, "author");
    sf_json_array(j);
    for (size_t i = 0; i < c->byline_count; i++) {
        sf_json_object(j); /* a name is not taken apart: what is family in it is not known */
        sf_json_key_str(j, "literal", c->byline[i]);
        sf_json_object_end(j);
    }
    sf_json_array_end(j);
}

static void item(sf_json *j, const sf_told_source *s, sf_str id) {
    sf_json_object(j);
    sf_json_key_str(j, "id", id);
    sf_json_key_str(j, "type", SF_STR("article-newspaper"));
    text(j, "title", sf_plain_title(j->buf->arena, s->title, s->url, s->file));
    text(j, "container-title", s->outlet);
    if (sf_plain_is_link(s->url))
        sf_json_key_str(j, "URL", sf_plain_link(j->buf->arena, s->url));
    if (s->page)
        authors(j, &s->page->clipping);
    date(j, "issued", s->published);
    if (s->page) {
        date(j, "accessed", s->page->captured);
        text(j, "language", s->page->clipping.lang);
    }
    sf_json_object_end(j);
}

void sf_csl(sf_exporter *e, sf_buf *out, const sf_dossier *d) {
    sf_json j = sf_export_items(e, out);
    for (size_t i = 0; i < d->source_count; i++) {
        const sf_told_source *s = &d->sources[i];
        const char *hash = s->page ? s->page->clipping.sha256 : "";
        sf_str key = sf_str_format(out->arena, "%s %.*s %.*s", hash, SF_ARG(s->url),
                                   SF_ARG(s->url.len ? SF_ABSENT : s->file));
        if (!sf_export_seen(e, sf_str_hash(key)))
            item(&j, s, sf_plain_uuid(out->arena, key));
    }
    sf_export_items_end(e, &j);
}
