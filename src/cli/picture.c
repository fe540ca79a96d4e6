#include "cli/picture.h"

#include <stdlib.h>
#include <time.h>

#include "page/picture.h"
#include "show/plain.h"
#include "source/entry.h"

enum {
    MOST_PAGES = 40, /* of a dossier are looked at, those with the most receipts first */
    MOST_TRIES = 3   /* addresses are asked for one picture */
};

static int by_receipts(const void *a, const void *b) {
    const sf_told_source *x = *(const sf_told_source *const *)a,
                         *y = *(const sf_told_source *const *)b;
    if (x->receipts != y->receipts)
        return x->receipts > y->receipts ? -1 : 1;
    return (x > y) - (x < y);
}

static const sf_told_source **ordered(sf_arena *arena, const sf_dossier *d) {
    const sf_told_source **out = SF_ARRAY(arena, const sf_told_source *, d->source_count + 1);
    for (size_t i = 0; i < d->source_count; i++)
        out[i] = &d->sources[i];
    if (d->source_count)
        qsort(out, d->source_count, sizeof *out, by_receipts);
    return out;
}

/* What the page leads with, if its words name the subject. The picture's address is absolute. */
static sofar_status lead_of(sf_cli_pictures *p, sf_arena *arena, const sf_dossier *d,
                            const sf_told_source *source, sf_lead_picture *out, sofar_error *err) {
    sofar_page page = {.file = source->file, .url = source->url};
    sf_lead_picture lead;
    *out = (sf_lead_picture){0};
    if (!sf_plain_is_link(source->url))
        return SOFAR_OK;
    sofar_status status =
        sf_store_original(p->store, arena, source->page->clipping.sha256, &page.bytes, err);
    if (status || !sf_page_picture(arena, &page, &lead))
        return status;
    if (!lead.alt.len) { /* the caption says it then, and is not said twice */
        lead.alt = lead.caption;
        lead.caption = SF_ABSENT;
    }
    lead.url = sf_entry_url_from(arena, source->url, lead.url);
    if (lead.url.len && sf_plain_is_link(lead.url) &&
        (sf_picture_names(d, lead.alt) || sf_picture_names(d, lead.caption)))
        *out = lead;
    return SOFAR_OK;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static sf_cli_host *host_of(sf_cli_pictures *p, sf_arena *arena, const char *url) {
    sf_str origin = sf_fetch_origin(arena, url);
    for (size_t i = 0; i < p->hosts.count; i++)
        if (sf_str_equal(p->hosts.at[i].origin, origin))
            return &p->hosts.at[i];
    sf_cli_host *host = SF_PUSH(p->arena, &p->hosts);
    *host = (sf_cli_host){.origin = sf_str_copy(p->arena, origin)};
    return host;
}

/* Until the host may be asked again, whoever else was asked since. */
static void rest(const sf_cli_host *host) {
    double left = host->ready - now();
    if (left <= 0)
        return;
    struct timespec t = {.tv_sec = (time_t)left,
                         .tv_nsec = (long)((left - (double)(time_t)left) * 1e9)};
    nanosleep(&t, NULL);
}

/* Asks the host, unless it was in trouble before. *later: another build may have it. */
static bool ask(sf_cli_pictures *p, sf_arena *arena, const char *url, sofar_page *page,
                bool *later) {
    sf_fetch_options options = {.allow_private = p->cli->allow_private,
                                .offline = p->cli->offline,
                                .ignore_robots = p->cli->ignore_robots,
                                .max_bytes = SF_PICTURE_BYTES,
                                .memory = p->memory};
    sf_cli_host *host = host_of(p, arena, url);
    sf_fetch_terms terms = {0};
    sofar_error err;
    *later = true;
    if (host->dead)
        return false;
    if (!options.offline)
        rest(host);
    sofar_status status = sf_fetch_changed(arena, url, &options, &terms, page, &err);
    host->ready = now() + (p->cli->delay_s < 0 ? 2 : p->cli->delay_s);
    host->dead = status && terms.busy;
    *later = options.offline || terms.busy;
    if (status)
        sf_cli_say("no picture: %s", err.msg);
    return !status;
}

/* The bytes of the picture; absent if they cannot be had or are none, which is said. */
static sf_str fetch(sf_cli_pictures *p, sf_arena *arena, sf_str address, sf_picture_form *form,
                    bool *later) {
    const char *url = sf_str_copy(arena, address).ptr;
    sofar_page page = {0};
    if (!ask(p, arena, url, &page, later))
        return SF_ABSENT;
    if (sf_picture_read(page.bytes, form))
        return page.bytes;
    sf_cli_say("no picture: %s is no JPEG, PNG, WebP or GIF of a size to look at", url);
    return SF_ABSENT;
}

static const sf_picture *picture_of(sf_arena *arena, const sf_told_source *source,
                                    const sf_lead_picture *lead, sf_str file,
                                    const sf_picture_form *form) {
    sf_picture *out = SF_NEW(arena, sf_picture);
    *out = (sf_picture){.file = file,
                        .alt = lead->alt,
                        .caption = lead->caption,
                        .outlet = sf_plain_outlet(arena, source->outlet, source->url, source->file),
                        .url = source->url,
                        .width = form->width,
                        .height = form->height};
    return out;
}

sofar_status sf_cli_picture(sf_cli_pictures *p, sf_arena *scratch, const sf_dossier *d,
                            const sf_picture **out, bool *missed, sofar_error *err) {
    const sf_told_source **sources = ordered(scratch, d);
    size_t tries = 0;
    sofar_status status = SOFAR_OK;
    *out = NULL;
    *missed = false;
    for (size_t i = 0; i < d->source_count && i < MOST_PAGES && tries < MOST_TRIES; i++) {
        sf_lead_picture lead;
        sf_picture_form form;
        status = lead_of(p, scratch, d, sources[i], &lead, err);
        if (status)
            return status;
        if (!lead.url.len)
            continue;
        tries++;
        sf_str file;
        bool later = false;
        status = sf_site_kept_picture(p->site, scratch, lead.url, &form, &file, err);
        sf_str bytes = status || file.ptr ? SF_ABSENT : fetch(p, scratch, lead.url, &form, &later);
        if (bytes.ptr)
            status = sf_site_put_picture(p->site, lead.url, bytes, &form, &file, err);
        if (status)
            return status;
        *missed |= later;
        if (file.ptr) {
            *missed = false;
            *out = picture_of(scratch, sources[i], &lead, file, &form);
            return SOFAR_OK;
        }
    }
    return SOFAR_OK;
}
