/* Feeds of a subject: an entry is a change of a fact, with what was known before, what after, and
 * the words that say so. Newest first, at most MOST of them. Ids hang on the subject, the fact and
 * the day, so a reader sees no change twice; days are days of publication, midnight UTC standing
 * for the hour that pages do not give. */
#include "show/facts.h"
#include "show/html.h"
#include "show/twins.h"

enum { MOST = 50 };

typedef struct feed {
    sf_buf *out;
    sf_arena *arena;
    const sf_dossier *d;
    const sf_setting *setting;
    sf_turns turns;
} feed;

static sf_date day_of(sf_str published) {
    sf_interval in;
    return sf_interval_parse(published, &in) ? sf_date_from_days(in.last) : (sf_date){1970, 1, 1};
}

static bool is_wanted(const feed *f, const sf_turn *t) {
    return !f->setting->key_feed || sf_fact_is_event(t->fact);
}

/* Calls one() with the changes, newest first. */
static void each(feed *f, void (*one)(feed *, const sf_turn *)) {
    size_t said = 0;
    for (size_t i = f->turns.count; i > 0 && said < MOST; i--)
        if (is_wanted(f, &f->turns.at[i - 1])) {
            one(f, &f->turns.at[i - 1]);
            said++;
        }
}

static feed feed_of(sf_buf *out, const sf_dossier *d, const sf_setting *setting) {
    return (feed){out, out->arena, d, setting, sf_show_turns(out->arena, d)};
}

/* ---- what an entry says ---- */

static sf_str subject_key(const feed *f) {
    return sf_str_format(f->arena, "%s\n%.*s", sf_subject_word(f->d->type), SF_ARG(f->d->name));
}

static sf_str id_of(const feed *f, const sf_turn *t) {
    sf_str key = sf_str_format(f->arena, "%.*s\n%016llx\n%s\n%.*s", SF_ARG(subject_key(f)),
                               (unsigned long long)sf_fact_anchor(t->fact),
                               sf_turning_word(t->what), SF_ARG(t->day));
    return sf_str_format(f->arena, "urn:uuid:%.*s", SF_ARG(sf_plain_uuid(f->arena, key)));
}

static sf_str title_of(const feed *f, const sf_turn *t) {
    sf_str after = sf_turn_after(f->arena, f->d, t);
    if (t->what == SF_TURN_TOLD || t->what == SF_TURN_BECAME)
        return after;
    return sf_str_format(f->arena, "%s: %.*s", sf_turning_word(t->what), SF_ARG(after));
}

/* The item's place in the gallery where its address is known, else the page that says so. */
static sf_str link_of(const feed *f, const sf_turn *t) {
    if (!f->setting->base.len || !f->setting->stem.len)
        return sf_show_fragment(f->arena, t->receipt);
    return sf_str_format(f->arena, "%.*s%.*s.html#f%016llx", SF_ARG(f->setting->base),
                         SF_ARG(f->setting->stem), (unsigned long long)sf_fact_anchor(t->fact));
}

static sf_str home_of(const feed *f, const char *suffix) {
    return f->setting->base.len && f->setting->stem.len
               ? sf_str_format(f->arena, "%.*s%.*s%s", SF_ARG(f->setting->base),
                               SF_ARG(f->setting->stem), suffix)
               : SF_ABSENT;
}

static void paragraph(sf_buf *out, const char *label, sf_str words) {
    if (!words.len)
        return;
    sf_buf_printf(out, "<p>%s", label);
    sf_html_text(out, words);
    SF_HTML(out, "</p>");
}

/* As HTML: before, after, and the receipt. */
static sf_str content_of(const feed *f, const sf_turn *t) {
    sf_buf out = sf_buf_new(f->arena);
    const sf_receipt *r = t->receipt;
    sf_str link = sf_show_fragment(f->arena, r);
    paragraph(&out, "Before: ", sf_turn_before(f->arena, f->d, t));
    paragraph(&out, t->what == SF_TURN_TOLD ? "" : "Now: ", sf_turn_after(f->arena, f->d, t));
    SF_HTML(&out, "<blockquote><p>");
    sf_html_text(&out, sf_plain_line(f->arena, r->exact));
    SF_HTML(&out, "</p></blockquote><p>");
    if (link.ptr) {
        SF_HTML(&out, "<a");
        sf_html_href(&out, link);
        SF_HTML(&out, ">");
    }
    sf_html_text(&out, sf_plain_cite(f->arena, r));
    if (link.ptr)
        SF_HTML(&out, "</a>");
    SF_HTML(&out, "</p>");
    return sf_buf_str(&out);
}

/* The day of the newest change; the epoch where there is none. */
static sf_date updated(const feed *f) {
    for (size_t i = f->turns.count; i > 0; i--)
        if (is_wanted(f, &f->turns.at[i - 1]))
            return day_of(f->turns.at[i - 1].day);
    return (sf_date){1970, 1, 1};
}

static void element(sf_buf *out, const char *name, sf_str text) {
    sf_buf_printf(out, "<%s>", name);
    sf_html_text(out, text);
    sf_buf_printf(out, "</%s>\n", name);
}

static void instant(sf_buf *out, const char *name, sf_date d) {
    sf_buf_printf(out, "<%s>%04d-%02d-%02dT00:00:00Z</%s>\n", name, d.year, d.month, d.day, name);
}

static sf_str title(const feed *f) {
    return sf_str_format(f->arena, "%.*s – so far", SF_ARG(sf_plain_line(f->arena, f->d->name)));
}

static void lead(const feed *f, const char *name) {
    sf_str words[SF_MOST_SENTENCES];
    size_t count = sf_show_lead(f->arena, f->d, words);
    if (count)
        element(f->out, name, words[0]);
}

/* ---- Atom (RFC 4287) ---- */

static void atom_link(const feed *f, const char *rel, const char *type, sf_str url) {
    if (!sf_plain_is_link(url))
        return;
    sf_buf_printf(f->out, "<link rel=\"%s\" type=\"%s\"", rel, type);
    sf_html_href(f->out, url);
    SF_HTML(f->out, "/>\n");
}

static void atom_entry(feed *f, const sf_turn *t) {
    SF_HTML(f->out, "<entry>\n");
    element(f->out, "id", id_of(f, t));
    element(f->out, "title", title_of(f, t));
    instant(f->out, "updated", day_of(t->day));
    SF_HTML(f->out, "<author>");
    element(f->out, "name",
            sf_plain_outlet(f->arena, t->receipt->outlet, t->receipt->url, t->receipt->file));
    SF_HTML(f->out, "</author>\n");
    sf_buf_printf(f->out, "<category term=\"%s\"/>\n", sf_turning_word(t->what));
    atom_link(f, "alternate", "text/html", link_of(f, t));
    SF_HTML(f->out, "<content type=\"html\">");
    sf_html_text(f->out, content_of(f, t));
    SF_HTML(f->out, "</content>\n</entry>\n");
}

void sf_show_atom(sf_buf *out, const sf_dossier *d, const sf_setting *setting) {
    feed f = feed_of(out, d, setting);
    SF_HTML(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed "
                 "xmlns=\"http://www.w3.org/2005/Atom\">\n");
    sf_str id = sf_plain_uuid(f.arena, subject_key(&f));
    element(out, "id", sf_str_format(f.arena, "urn:uuid:%.*s", SF_ARG(id)));
    element(out, "title", title(&f));
    lead(&f, "subtitle");
    instant(out, "updated", updated(&f));
    SF_HTML(out, "<author><name>sofar</name></author>\n<generator version=\"" SOFAR_VERSION
                 "\">sofar</generator>\n");
    atom_link(&f, "self", "application/atom+xml", home_of(&f, ".atom"));
    atom_link(&f, "alternate", "text/html", home_of(&f, ".html"));
    each(&f, atom_entry);
    SF_HTML(out, "</feed>\n");
}

/* ---- RSS 2.0 ---- */

static void rss_date(sf_buf *out, const char *name, sf_date d) {
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    sf_str month = sf_plain_month(d.month);
    sf_buf_printf(out, "<%s>%s, %02d %.3s %04d 00:00:00 GMT</%s>\n", name, days[sf_weekday(d) - 1],
                  d.day, month.ptr, d.year, name);
}

static void rss_item(feed *f, const sf_turn *t) {
    sf_str link = link_of(f, t);
    SF_HTML(f->out, "<item>\n");
    element(f->out, "title", title_of(f, t));
    if (sf_plain_is_link(link))
        element(f->out, "link", sf_plain_link(f->arena, link));
    SF_HTML(f->out, "<guid isPermaLink=\"false\">");
    sf_html_text(f->out, id_of(f, t));
    SF_HTML(f->out, "</guid>\n");
    rss_date(f->out, "pubDate", day_of(t->day));
    element(f->out, "category", sf_str_of(sf_turning_word(t->what)));
    element(f->out, "description", content_of(f, t));
    SF_HTML(f->out, "</item>\n");
}

void sf_show_rss(sf_buf *out, const sf_dossier *d, const sf_setting *setting) {
    feed f = feed_of(out, d, setting);
    sf_str home = home_of(&f, ".html");
    SF_HTML(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
                 "xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n");
    element(out, "title", title(&f));
    /* must be there; a gallery that does not know its address has none to give */
    element(out, "link", home.len ? sf_plain_link(f.arena, home) : SF_STR("https://localhost/"));
    lead(&f, "description");
    rss_date(out, "lastBuildDate", updated(&f));
    SF_HTML(out, "<generator>sofar " SOFAR_VERSION "</generator>\n");
    sf_str self = home_of(&f, ".rss");
    if (self.len) {
        SF_HTML(out, "<atom:link rel=\"self\" type=\"application/rss+xml\"");
        sf_html_href(out, self);
        SF_HTML(out, "/>\n");
    }
    each(&f, rss_item);
    SF_HTML(out, "</channel>\n</rss>\n");
}

/* ---- JSON Feed 1.1, with the change itself under _sofar ---- */

static void json_item(sf_json *j, feed *f, const sf_turn *t) {
    sf_date day = day_of(t->day);
    sf_str link = link_of(f, t);
    sf_json_object(j);
    sf_json_key_str(j, "id", id_of(f, t));
    if (sf_plain_is_link(link))
        sf_json_key_str(j, "url", sf_plain_link(f->arena, link));
    sf_json_key_str(j, "title", title_of(f, t));
    sf_json_key_str(j, "content_html", content_of(f, t));
    sf_json_key_str(
        j, "date_published",
        sf_str_format(f->arena, "%04d-%02d-%02dT00:00:00Z", day.year, day.month, day.day));
    sf_json_key(j, "_sofar");
    sf_json_object(j);
    sf_json_key_str(j, "what", sf_str_of(sf_turning_word(t->what)));
    sf_json_key_str(j, "type", t->fact->type);
    sf_json_key_str(j, "before", sf_turn_before(f->arena, f->d, t));
    sf_json_key_str(j, "after", sf_turn_after(f->arena, f->d, t));
    sf_json_key(j, "receipt"), sf_show_json_receipt(j, t->receipt);
    sf_json_object_end(j);
    sf_json_object_end(j);
}

void sf_show_json_feed(sf_buf *out, const sf_dossier *d, const sf_setting *setting) {
    feed f = feed_of(out, d, setting);
    sf_json j = sf_json_new(out);
    sf_str home = home_of(&f, ".html"), self = home_of(&f, ".feed.json");
    sf_json_object(&j);
    sf_json_key_str(&j, "version", SF_STR("https://jsonfeed.org/version/1.1"));
    sf_json_key_str(&j, "title", title(&f));
    if (home.len)
        sf_json_key_str(&j, "home_page_url", home);
    if (self.len)
        sf_json_key_str(&j, "feed_url", self);
    sf_json_key(&j, "items");
    sf_json_array(&j);
    size_t said = 0;
    for (size_t i = f.turns.count; i > 0 && said < MOST; i--)
        if (is_wanted(&f, &f.turns.at[i - 1])) {
            json_item(&j, &f, &f.turns.at[i - 1]);
            said++;
        }
    sf_json_array_end(&j);
    sf_json_object_end(&j);
    sf_buf_char(out, '\n');
}
