/* Captures without their pages: out of a reading, and into a store. */
#include "store/inner.h"

sofar_status sf_store_carry(sf_arena *arena, const sofar_reading *reading, const sofar_page *page,
                            sf_carried *out, sofar_error *err) {
    jmp_buf here, *outer = arena->escape;
    sofar_status status = SOFAR_OK;
    arena->escape = &here;
    if (setjmp(here) == 0) {
        sf_writing w = {.reading = reading, .page = page};
        sf_store_prepare(arena, &w);
        *out = (sf_carried){w.clipping, w.captured, w.identity, w.gist, w.keys, false};
    } else {
        status = sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while packing a reading");
    }
    arena->escape = outer;
    return status;
}

enum { IDENTITY = 32 };

/* Its lists, out of the gist; NULL, or what is wrong with it (a literal). */
static const char *unpack(sf_arena *arena, const sf_carried *carried, sofar_reading *out) {
    sf_gist gist;
    *out = (sofar_reading){.clipping = carried->clipping, .stages = SOFAR_STAGE_ALL};
    if (!out->clipping.text.ptr)
        out->clipping.text = SF_STR("");
    if (carried->identity.len != IDENTITY)
        return "its identity is none";
    if (!sf_utf8_valid(out->clipping.text, NULL))
        return "its text is not UTF-8";
    if (!sf_gist_unpack(arena, carried->gist, out, &gist))
        return "its gist cannot be read";
    sf_capture c = {.clipping = out->clipping,
                    .subjects = out->people.subjects,
                    .subject_count = out->people.subject_count,
                    .names = out->people.names,
                    .name_count = out->people.name_count,
                    .times = out->times.at,
                    .time_count = out->times.count,
                    .quotes = out->quotes.at,
                    .quote_count = out->quotes.count,
                    .facts = out->facts.at,
                    .fact_count = out->facts.count};
    return sf_store_check_spans(arena, &c);
}

typedef struct taking {
    const sf_carried *carried;
    sofar_reading reading;
    const char *fault;
} taking;

static void run_unpack(sf_store *store, sf_arena *arena, void *ctx) {
    taking *t = ctx;
    (void)store;
    t->fault = unpack(arena, t->carried, &t->reading);
}

sofar_status sf_store_add_carried(sf_store *store, const sf_carried *carried, bool *added,
                                  sofar_error *err) {
    sf_store_settle(store);
    if (store->batch && store->engine->batch_lost(store))
        return sf_fail(err, SOFAR_ERR_STORE, "%s: the batch was given up; begin another",
                       store->path);
    sf_arena arena;
    sofar_status status = SOFAR_OK;
    sofar_page page = SOFAR_PAGE_INIT;
    taking t = {.carried = carried};
    sf_arena_init(&arena, NULL, NULL);
    sf_store_guard(store, &arena, run_unpack, &t);
    sf_writing w = {.reading = &t.reading,
                    .page = &page,
                    .clipping = t.reading.clipping,
                    .captured = carried->captured,
                    .identity = carried->identity,
                    .gist = carried->gist,
                    .keys = carried->keys,
                    .bare = carried->bare};
    if (!store->trouble && !t.fault)
        sf_store_write(store, &w);
    if (t.fault)
        status = sf_fail(err, SOFAR_ERR_FORMAT, "%.*s: no capture that can be added: %s",
                         SF_ARG(carried->clipping.file), t.fault);
    else if (store->trouble)
        status = sf_store_fail(store, err, "adding a page");
    else
        *added = w.added;
    sf_arena_clear(&arena);
    return status;
}
