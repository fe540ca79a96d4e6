/* The formats by name, and what those share that go on over many dossiers. */
#include "show/formats.h"

#include "show/plain.h"

/* ---- lists over several buffers ---- */

sf_json sf_export_items(const sf_exporter *e, sf_buf *out) {
    return (sf_json){.buf = out, .comma = e->some};
}

void sf_export_items_end(sf_exporter *e, const sf_json *json) { e->some = json->comma; }

static void list_begin(sf_exporter *e, sf_buf *out) { (void)e, sf_buf_char(out, '['); }
static void list_end(sf_exporter *e, sf_buf *out) { (void)e, sf_buf_add(out, SF_STR("]\n")); }

static void graph_begin(sf_exporter *e, sf_buf *out) {
    (void)e, sf_buf_add(out, SF_STR("{\"@context\":\"https://schema.org\",\"@graph\":["));
}

static void graph(sf_exporter *e, sf_buf *out, const sf_dossier *d) {
    sf_json j = sf_export_items(e, out);
    sf_jsonld_nodes(&j, d);
    sf_export_items_end(e, &j);
}

static void graph_end(sf_exporter *e, sf_buf *out) { (void)e, sf_buf_add(out, SF_STR("]}\n")); }

static void nothing(sf_exporter *e, sf_buf *out) { (void)e, (void)out; }

static void calendar_begin(sf_exporter *e, sf_buf *out) { sf_ical_begin(out, e->name); }
static void calendar(sf_exporter *e, sf_buf *out, const sf_dossier *d) {
    (void)e, sf_ical_events(out, d);
}
static void calendar_end(sf_exporter *e, sf_buf *out) { (void)e, sf_ical_end(out); }

/* ---- pages that were here ---- */

static uint64_t *slot(uint64_t *table, size_t room, uint64_t hash) {
    size_t at = hash & (room - 1);
    while (table[at] && table[at] != hash)
        at = (at + 1) & (room - 1);
    return &table[at];
}

static void grow(sf_exporter *e) {
    size_t room = e->seen_room ? 2 * e->seen_room : 64;
    uint64_t *table = SF_ARRAY(e->keep, uint64_t, room);
    for (size_t i = 0; i < e->seen_room; i++)
        if (e->seen[i])
            *slot(table, room, e->seen[i]) = e->seen[i];
    e->seen = table;
    e->seen_room = room;
}

bool sf_export_seen(sf_exporter *e, uint64_t page) {
    page = page ? page : 1;
    if (2 * e->seen_count >= e->seen_room)
        grow(e);
    uint64_t *at = slot(e->seen, e->seen_room, page);
    bool seen = *at == page;
    e->seen_count += !seen;
    *at = page;
    return seen;
}

sf_str sf_page_id(sf_arena *arena, sf_str url, const char *sha256) {
    return sf_plain_is_link(url) ? sf_plain_link(arena, url)
                                 : sf_str_format(arena, "urn:sha256:%s", sha256);
}

/* ---- by name ---- */

const sf_format sf_formats[] = {
    {"jsonl", "a JSON object a line: subjects, facts, quotes, dated sentences, pages", nothing,
     sf_records, nothing},
    {"csv", "tables: facts, roles, receipts, quotes, events, sources", sf_table_begin, sf_table,
     nothing},
    {"web-annotation", "W3C Web Annotations: each receipt on its page", list_begin, sf_annotations,
     list_end},
    {"json-ld", "schema.org: works and people, claims, quotations, articles", graph_begin, graph,
     graph_end},
    {"cite-news", "{{cite news}} for Wikipedia, a line an independent source", nothing, sf_cites,
     nothing},
    {"csl-json", "pages for Zotero, Pandoc and their like", list_begin, sf_csl, list_end},
    {"quickstatements", "statements with their reference for Wikidata", sf_statements_begin,
     sf_statements, nothing},
    {"ical", "a calendar of what is planned", calendar_begin, calendar, calendar_end},
};
const size_t sf_format_count = SF_LEN(sf_formats);

const sf_format *sf_format_named(sf_str name) {
    for (size_t i = 0; i < sf_format_count; i++)
        if (sf_str_equal(name, sf_str_of(sf_formats[i].name)))
            return &sf_formats[i];
    return NULL;
}
