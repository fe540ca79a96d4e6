/* sofar gallery: subjects of the store in, a folder of static pages out. Those that are named, or
 * all that facts speak of. A subject about which the store has nothing new keeps its files. */
#include <stdio.h>

#include "cli/answer.h"
#include "cli/picture.h"
#include "show/plain.h"
#include "show/roster.h"
#include "show/site.h"
#include "show/twins.h"

typedef struct past {        /* of a subject, in the gallery that stands */
    const sf_record *record; /* if nothing has changed since; else NULL */
    uint64_t stamp;          /* where it is known already */
} past;

typedef struct gallery {
    const sf_cli *cli;
    sf_store *store;
    sf_site *site;
    sf_arena *arena;
    sf_arena page; /* of one subject at a time */
    sf_roster list;
    past *pasts;       /* by listing.of */
    sf_entry *entries; /* the shelf's, which are filled page by page */
    sf_setting setting;
    sf_cli_pictures pictures;
    bool all; /* every subject of the store */
    int code; /* SF_EXIT_NOTHING: some subject has no page */
} gallery;

/* ---- what has changed ---- */

static sofar_status find_old(gallery *g, sf_listing *one, sofar_error *err) {
    const sf_manifest *old = sf_site_old(g->site);
    const sf_record *was = old ? sf_manifest_find(old, sf_plain_line(g->arena, one->asked)) : NULL;
    past *p = &g->pasts[one->of];
    if (!was || !was->name_count)
        return SOFAR_OK;
    sf_arena_reset(&g->page);
    sofar_status status =
        sf_store_stamp(g->store, &g->page, was->names, was->name_count, &p->stamp, err);
    if (status || p->stamp != was->stamp)
        return status;
    p->record = was;
    one->entry = was->entry;
    return SOFAR_OK;
}

/* Of those that are not known by name; nobody knows the others. */
static sofar_status find_name(gallery *g, sf_listing *one, sofar_error *err) {
    sofar_status status =
        sf_roster_find_name(g->store, g->arena, &g->page, g->cli->as_of, one, err);
    if (!status && !one->entry.name.ptr && !g->all) {
        sf_cli_say("no page in %s names '%.*s'%s", sf_store_path(g->store), SF_ARG(one->asked),
                   g->cli->as_of.year ? " as of that day" : "");
        g->code = SF_EXIT_NOTHING;
    }
    return status;
}

static void shelve(gallery *g) {
    sf_roster_shelve(g->arena, &g->list);
    g->entries = SF_ARRAY(g->arena, sf_entry, g->list.count + 1);
    for (size_t i = 0; i < g->list.count; i++)
        g->entries[i] = g->list.at[i].entry;
    sf_shelf *shelf = SF_NEW(g->arena, sf_shelf);
    *shelf = (sf_shelf){g->entries, g->list.count};
    g->setting.shelf = shelf;
}

/* Pages link to others by their stems. A subject that facts speak of for the first time does so on
 * a new page, by which whoever links to it has changed too; one that is asked for newly may be
 * linked to from any page. */
static bool links_hold(const gallery *g) {
    const sf_manifest *old = sf_site_old(g->site);
    size_t known = 0;
    for (size_t i = 0; i < g->list.count; i++) {
        const sf_record *was = old ? sf_manifest_find(old, g->list.at[i].asked) : NULL;
        if (!was)
            continue;
        known++;
        if (!sf_str_equal(was->entry.stem, g->setting.shelf->at[i].stem))
            return false;
    }
    return old && known == old->record_count && (g->all || known == g->list.count);
}

/* ---- the pages ---- */

static sofar_status build(gallery *g, size_t i, bool may_keep, sofar_error *err) {
    const sf_listing *one = &g->list.at[i];
    const sf_record *was = g->pasts[one->of].record;
    sf_entry *entry = &g->entries[i];
    if (may_keep && was && sf_site_keep(g->site, was))
        return SOFAR_OK;
    sf_dossier *d;
    sf_setting setting = g->setting;
    sf_record r = {.asked = one->asked, .entry = *entry};
    bool missed = false;
    sf_arena_reset(&g->page);
    sofar_status status = sf_story_dossier(g->store, &g->page, one->asked, g->cli->as_of, &d, err);
    if (!status)
        status = sf_store_stamp(g->store, &g->page, d->names, d->name_count, &r.stamp, err);
    if (!status && g->cli->images)
        status = sf_cli_picture(&g->pictures, &g->page, d, &setting.picture, &missed, err);
    if (missed)
        r.stamp = 0; /* the next build looks again, as if the store had changed */
    if (!status)
        status = sf_site_add(g->site, &g->page, d, &setting, &r, err);
    if (!status) {
        sf_str name = entry->name; /* links look for it */
        *entry = r.entry;
        entry->name = name;
    }
    return status;
}

static uint64_t settings_of(gallery *g) {
    sf_str all = sf_str_format(g->arena, "%s\n%.*s\n%d-%d-%d\n%.*s\n%d\n%d\n%d", SOFAR_VERSION,
                               SF_ARG(sf_show_look()), g->cli->as_of.year, g->cli->as_of.month,
                               g->cli->as_of.day, SF_ARG(g->setting.base), g->setting.key_feed,
                               g->all, g->cli->images);
    return sf_str_hash(all);
}

static sofar_status collect(gallery *g, sofar_error *err) {
    sofar_status status = SOFAR_OK;
    if (g->all)
        status = sf_roster_add_all(g->store, g->arena, !g->cli->as_of.year, &g->list, err);
    for (int i = 0; i < g->cli->arg_count; i++)
        sf_roster_add(g->arena, &g->list, sf_str_of(g->cli->args[i]));
    g->pasts = SF_ARRAY(g->arena, past, g->list.count + 1);
    memset(g->pasts, 0, g->list.count * sizeof *g->pasts);
    for (size_t i = 0; i < g->list.count && !status; i++) {
        sf_listing *one = &g->list.at[i];
        status = find_old(g, one, err);
        if (!status && !one->entry.name.ptr)
            status = find_name(g, one, err);
    }
    if (!status)
        shelve(g);
    return status;
}

static sofar_status write_all(gallery *g, sofar_error *err) {
    size_t written = 0, all = 0;
    bool may_keep = links_hold(g);
    sofar_status status = SOFAR_OK;
    for (size_t i = 0; i < g->list.count && !status; i++)
        status = build(g, i, may_keep, err);
    if (!status)
        status = sf_site_close(g->site, &g->setting, &written, &all, err);
    if (!status && !g->cli->quiet)
        sf_cli_say("%zu subject%s, %zu of %zu files new or changed", g->list.count,
                   g->list.count == 1 ? "" : "s", written, all);
    return status;
}

static int run(gallery *g) {
    sofar_error err;
    const char *dir = g->cli->out;
    sofar_status status = sf_site_open(g->arena, dir, settings_of(g), &g->site, &err);
    g->pictures = (sf_cli_pictures){.cli = g->cli,
                                    .store = g->store,
                                    .site = g->site,
                                    .memory = sf_fetch_memory_new(g->arena),
                                    .arena = g->arena};
    if (!status)
        status = collect(g, &err);
    if (!status && !g->list.count) {
        if (g->all)
            sf_cli_say("no fact in %s speaks of anybody%s", sf_store_path(g->store),
                       g->cli->as_of.year ? " as of that day"
                                          : "; `sofar add` reads pages into it");
        return SF_EXIT_NOTHING;
    }
    if (!status)
        status = write_all(g, &err);
    if (status) {
        int failed = sf_cli_fail(&err);
        return status == SOFAR_ERR_IO ? SF_EXIT_OUTPUT : failed;
    }
    size_t len = strlen(dir);
    printf("%s%sindex.html\n", dir, len && dir[len - 1] == '/' ? "" : "/");
    return g->code;
}

static void clear(void *arena) { sf_arena_clear(arena); }

static int tell(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    (void)ctx;
    gallery *g = SF_NEW(arena, gallery);
    g->cli = cli;
    g->store = store;
    g->arena = arena;
    g->all = cli->arg_count == 0;
    g->setting.base = sf_str_of(cli->base_url);
    g->setting.key_feed = cli->key_feed;
    sf_arena_init(&g->page, arena->memory, arena->escape);
    sf_defer(arena, clear, &g->page);
    return run(g);
}

int sf_cli_gallery(const sf_cli *cli) {
    if (!cli->out) {
        sf_cli_say("gallery wants a folder to write to: sofar gallery [SUBJECT...] -o DIR");
        return SF_EXIT_USAGE;
    }
    return sf_cli_answer(cli, tell, NULL);
}
