/* A JSON object a line, for jq, DuckDB and their like. */
#include "show/facts.h"
#include "show/formats.h"

static sf_json begin(sf_buf *out, const sf_dossier *d, const char *key) {
    sf_json j = sf_json_new(out);
    sf_json_object(&j);
    sf_json_key_str(&j, "of", d->name);
    sf_json_key(&j, key);
    return j;
}

static void end(sf_json *j) {
    sf_json_object_end(j);
    sf_buf_char(j->buf, '\n');
}

void sf_records(sf_exporter *e, sf_buf *out, const sf_dossier *d) {
    (void)e;
    sf_json j = sf_json_new(out);
    sf_json_object(&j);
    sf_show_json_subject(&j, d);
    sf_json_key_str(&j, "as_of", sf_date_format(out->arena, d->as_of));
    end(&j);
    for (size_t i = 0; i < d->fact_count; i++)
        j = begin(out, d, "fact"), sf_show_json_fact(&j, &d->facts[i]), end(&j);
    for (size_t i = 0; i < d->quote_count; i++)
        j = begin(out, d, "quote"), sf_show_json_quote(&j, &d->quotes[i]), end(&j);
    for (size_t i = 0; i < d->event_count; i++)
        j = begin(out, d, "event"), sf_show_json_event(&j, &d->events[i]), end(&j);
    for (size_t i = 0; i < d->source_count; i++)
        j = begin(out, d, "source"), sf_show_json_source(&j, &d->sources[i]), end(&j);
}
