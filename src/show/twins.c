#include "show/twins.h"

#include "show/export.h"
#include "show/show.h"

static void json(sf_buf *out, const sf_dossier *d, const sf_setting *setting) {
    (void)setting;
    sf_show_json(out, d);
    sf_buf_char(out, '\n');
}

static void csv(sf_buf *out, const sf_dossier *d, const sf_setting *setting) {
    (void)setting;
    sf_show_csv(out, d);
}

static void jsonld(sf_buf *out, const sf_dossier *d, const sf_setting *setting) {
    (void)setting;
    sf_show_jsonld(out, d);
}

static void ical(sf_buf *out, const sf_dossier *d, const sf_setting *setting) {
    (void)setting;
    sf_show_ical(out, d);
}

const sf_twin sf_twins[] = {
    {".html", "text/html", "HTML", true, sf_show_page},
    {".json", "application/json", "JSON", true, json},
    {".csv", "text/csv", "CSV", true, csv},
    {".jsonld", "application/ld+json", "JSON-LD", false, jsonld},
    {".atom", "application/atom+xml", "Atom", false, sf_show_atom},
    {".rss", "application/rss+xml", "RSS", false, sf_show_rss},
    {".feed.json", "application/feed+json", "JSON Feed", false, sf_show_json_feed},
    {".ics", "text/calendar", "Calendar", false, ical},
};
const size_t sf_twin_count = SF_LEN(sf_twins);
