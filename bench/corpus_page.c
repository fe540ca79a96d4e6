/* The words of a page: see corpus.h. What the words say is noted while they are written, so spans
 * always agree with the text. */
#include <stdio.h>

#include "corpus.h"

typedef struct writer {
    sf_arena *arena;
    const corpus_story *s;
    const corpus_page *p;
    uint64_t chance;
    sf_buf text;
    sf_vec(sofar_subject) subjects;
    sf_vec(sofar_name) names;
    sf_vec(sofar_time) times;
    sf_vec(sofar_quote) quotes;
    sf_vec(sofar_fact) facts;
    sf_vec(sofar_block) blocks;
    uint32_t block;
} writer;

static uint32_t here(const writer *w) { return (uint32_t)w->text.len; }

static void put(writer *w, const char *words) { sf_buf_add(&w->text, sf_str_of(words)); }

static uint32_t below(writer *w, uint32_t n) { return corpus_below(&w->chance, n); }

static void begin_block(writer *w) {
    if (w->text.len)
        put(w, "\n\n");
    w->block = here(w);
}

static void end_block(writer *w) {
    *SF_PUSH(w->arena, &w->blocks) = (sofar_block){SOFAR_BLOCK_PARAGRAPH, {w->block, here(w)}};
}

/* A sentence of words that say nothing. */
static void ramble(writer *w, size_t words) {
    static const char *const all[] = {
        "harbour", "evening", "people",  "under",  "slowly", "window",  "market", "river",
        "before",  "against", "lamp",    "winter", "quiet",  "between", "paper",  "stone",
        "letter",  "carried", "morning", "glass",  "never",  "walked",  "garden", "through",
        "silver",  "ladder",  "cold",    "answer", "music",  "bridge",  "almost", "kitchen",
        "summer",  "after",   "voice",   "coffee", "early",  "road",    "behind", "wooden",
        "station", "along",   "ticket",  "bright", "story",  "listen",  "corner", "without",
        "train",   "shadow",  "around",  "yellow", "forest", "street"};
    for (size_t i = 0; i < words; i++) {
        const char *word = all[below(w, SF_LEN(all))];
        if (i)
            put(w, " ");
        sf_buf_char(&w->text, i ? word[0] : (char)(word[0] - 32));
        put(w, word + 1);
    }
    put(w, ".");
}

static uint32_t subject(writer *w, sf_str name, sofar_subject_type type) {
    for (uint32_t i = 0; i < w->subjects.count; i++)
        if (sf_str_equal(w->subjects.at[i].name, name))
            return i;
    *SF_PUSH(w->arena, &w->subjects) = (sofar_subject){.name = name, .type = type};
    return (uint32_t)w->subjects.count - 1;
}

static sf_str name_of(const writer *w, const corpus_role *role) {
    return w->s->old_name.ptr && w->p->step < w->s->renamed && sf_str_equal(role->value, w->s->work)
               ? w->s->old_name
               : role->value;
}

static void mention(writer *w, const corpus_role *role) {
    sf_str name = name_of(w, role);
    uint32_t begin = here(w);
    sf_buf_add(&w->text, name);
    if (role->plain)
        return;
    *SF_PUSH(w->arena, &w->names) =
        (sofar_name){{begin, here(w)}, subject(w, name, role->type), SOFAR_NAME};
}

/* "in 2021", "in May 2021", "on 6 May 2021" */
static void put_time(writer *w, sf_str value) {
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    sf_date d;
    if (!sf_date_parse(value, &d))
        return;
    put(w, d.day ? "on " : "in ");
    uint32_t begin = here(w);
    if (d.day)
        sf_buf_printf(&w->text, "%d ", d.day);
    if (d.month)
        sf_buf_printf(&w->text, "%s ", months[d.month - 1]);
    sf_buf_printf(&w->text, "%d", d.year);
    *SF_PUSH(w->arena, &w->times) = (sofar_time){{begin, here(w)}, SOFAR_DATE, value};
}

/* Words for a fact: 1 to 4 stand for its roles; "[2 as ]" only if it has that role. */
static const char *words_for(const char *type, sofar_claim status, uint32_t chance) {
    static const struct {
        const char *type;
        const char *words[5]; /* stated, planned, rumoured, denied; stated otherwise */
    } all[] = {
        {"studio",
         {"\1 is the house behind \2", NULL, NULL, "\1 has nothing to do with \2",
          "\2 is made by \1"}},
        {"released", {"\1 came out", "\1 is to come out", NULL, NULL, "\1 opened"}},
        {"directs", {"\1 directs \2", NULL, NULL, NULL, "\2 is directed by \1"}},
        {"composes", {"\1 composes the score of \2", NULL, NULL, NULL, "The music of \2 is by \1"}},
        {"writes", {"\1 wrote \2", NULL, NULL, NULL, "The script of \2 is by \1"}},
        {"produces", {"\1 produces \2", NULL, NULL, NULL, "\2 is produced by \1"}},
        {"plays",
         {"\1 plays \3 in \2", NULL, "\1 may play \3 in \2", "\1 will not play \3 in \2",
          "In \2, \1 is seen as \3"}},
        {"cast", {"\1 was cast as \3 in \2", NULL, NULL, NULL, "\1 joined \2 as \3"}},
        {"left", {"\1 left \2", NULL, NULL, NULL, "\1 is out of \2"}},
        {"replaced",
         {"\3 took the place of \1 on \2", NULL, NULL, NULL, "\1 was replaced by \3 on \2"}},
        {"delayed", {"\1 was moved to \2", NULL, NULL, NULL, "The date of \1 is now \2"}},
        {"dating", {"\1 is seeing \2", NULL, NULL, NULL, "\1 and \2 are together"}},
        {"engaged", {"\1 is engaged to \2", NULL, NULL, NULL, "\1 and \2 are to marry"}},
        {"married", {"\1 married \2", NULL, NULL, NULL, "\1 and \2 said yes"}},
        {"separated", {"\1 and \2 have parted", NULL, NULL, NULL, "\1 left \2 for good"}},
        {"holds", {"\1 is \2 of \3", NULL, NULL, NULL, "\1, \2 of \3, spoke"}},
        {"resigned", {"\1 stepped down as \2 of \3", NULL, NULL, NULL, "\1 is no longer \2 of \3"}},
        {"born", {"\1 was born", NULL, NULL, NULL, "\1 came into the world"}},
        {"renamed", {"\1 is now called \2", NULL, NULL, NULL, "\1 was renamed \2"}},
        {"cancelled", {"\1 was cancelled", NULL, NULL, NULL, "There will be no \1"}},
    };
    for (size_t i = 0; i < SF_LEN(all); i++)
        if (strcmp(all[i].type, type) == 0)
            return all[i].words[status == SOFAR_STATED && chance ? 4 : (size_t)status];
    return "";
}

/* The sentence of a claim, as a fact of the page; its span is the receipt. */
static void tell(writer *w, const corpus_claim *claim) {
    const corpus_fact *f = &w->s->facts[claim->fact];
    size_t roles = f->role_count - claim->coarse;
    uint32_t begin = here(w);
    const char *words = words_for(f->type, claim->status, below(w, 2));
    for (size_t i = 0; words[i]; i++) {
        unsigned char c = (unsigned char)words[i];
        if (c > CORPUS_ROLES)
            sf_buf_char(&w->text, (char)c);
        else if (c <= roles)
            mention(w, &f->roles[c - 1]);
        else
            put(w, "somebody");
    }
    if (claim->when.ptr) {
        put(w, " ");
        put_time(w, claim->when);
    }
    sofar_fact *out = SF_PUSH(w->arena, &w->facts);
    *out = (sofar_fact){.type = sf_str_of(f->type),
                        .roles = SF_ARRAY(w->arena, sofar_role, roles),
                        .role_count = roles,
                        .when = claim->when,
                        .status = claim->status,
                        .by = SOFAR_NOBODY,
                        .receipts = SF_NEW(w->arena, sofar_span),
                        .receipt_count = 1};
    *out->receipts = (sofar_span){begin, here(w)};
    for (size_t i = 0; i < roles; i++) {
        const corpus_role *r = &f->roles[i];
        out->roles[i] = (sofar_role){sf_str_of(r->name),
                                     r->plain ? SOFAR_NOBODY : subject(w, name_of(w, r), r->type),
                                     r->plain ? r->value : SF_ABSENT};
    }
}

static void put_relay(writer *w, uint32_t outlet) {
    sf_str name = corpus_outlet(w->arena, outlet);
    switch (below(w, 3)) {
    case 0: put(w, ", as first reported by "); break;
    case 1: put(w, ", a friend told "); break;
    default: put(w, ", according to ");
    }
    uint32_t begin = here(w);
    sf_buf_add(&w->text, name);
    *SF_PUSH(w->arena, &w->names) =
        (sofar_name){{begin, here(w)}, subject(w, name, SOFAR_OUTLET), SOFAR_NAME};
}

static void say_something(writer *w) {
    if (!w->subjects.count || w->subjects.at[0].type != SOFAR_PERSON)
        return;
    begin_block(w);
    put(w, "“");
    uint32_t begin = here(w);
    ramble(w, 6 + below(w, 8));
    uint32_t end = here(w);
    put(w, "” said ");
    corpus_role who = {"who", w->subjects.at[0].name, SOFAR_PERSON, false};
    uint32_t from = here(w);
    mention(w, &who);
    put(w, ".");
    sofar_quote *q = SF_PUSH(w->arena, &w->quotes);
    *q = (sofar_quote){.spans = SF_NEW(w->arena, sofar_span),
                       .span_count = 1,
                       .speaker = 0,
                       .speaker_span = {from, here(w) - 1},
                       .to = SOFAR_NOBODY};
    *q->spans = (sofar_span){begin, end};
    end_block(w);
}

/* edit: another head, and an end of its own, as those write who print what another outlet had. */
static void write_text(writer *w, const corpus *c, bool edit, uint64_t edit_chance) {
    const corpus_page *p = w->p;
    uint64_t own = w->chance;
    size_t share = c->words / (p->claim_count + 2);
    begin_block(w);
    if (p->origin >= CORPUS_OUTLETS)
        sf_buf_printf(&w->text, "PORTO (%s) - ", corpus_agencies[p->origin - CORPUS_OUTLETS]);
    if (edit)
        w->chance = edit_chance;
    ramble(w, 8);
    w->chance = own;
    put(w, " ");
    ramble(w, share);
    end_block(w);
    for (size_t i = 0; i < p->claim_count; i++) {
        begin_block(w);
        tell(w, &p->claims[i]);
        if (p->relayed != SF_NONE)
            put_relay(w, p->relayed);
        put(w, ". ");
        ramble(w, share);
        end_block(w);
    }
    if (below(w, 3) == 0)
        say_something(w);
    begin_block(w);
    ramble(w, share);
    if (edit) {
        put(w, " ");
        w->chance = edit_chance + 1;
        ramble(w, 6);
    }
    end_block(w);
}

/* ---- the document around it ---- */

static sf_str with_mark_up(writer *w, const corpus *c, sf_str text) {
    sf_buf out = sf_buf_new(w->arena);
    sf_buf_printf(&out, "<!doctype html><html><head><title>%.*s</title></head><body><nav>",
                  SF_ARG(w->s->work));
    for (size_t i = 0; out.len < c->html / 2; i++)
        sf_buf_printf(&out, "<li class=\"item item-%zu\"><a href=\"/section/%zu\">Section %zu</a>",
                      i % 7, i * 37 % 1000, i);
    sf_buf_add(&out, SF_STR("</nav><article><p>"));
    size_t from = out.len;
    sf_buf_add(&out, text);
    w->block = (uint32_t)from;
    sf_buf_add(&out, SF_STR("</article>"));
    uint64_t chance = w->s->seed ^ w->text.len;
    while (out.len < c->html)
        sf_buf_printf(&out, "<div data-id=\"%016llx\"></div>",
                      (unsigned long long)corpus_random(&chance));
    return sf_buf_str(&out);
}

void corpus_make_page(sf_arena *arena, const corpus *c, const corpus_story *s, size_t number,
                      sofar_reading *reading, sofar_page *page) {
    const corpus_page *p = &s->pages[number];
    uint64_t of = s->seed ^ (p->copy_of == SF_NONE ? number : p->copy_of) * 0x8CB92BA72F3D8DD7u;
    uint64_t own = ~s->seed ^ number * 0xD1B54A32D192ED03u;
    uint64_t seed = corpus_random(&of), edit_chance = corpus_random(&own);
    bool edit = p->copy_of != SF_NONE && corpus_below(&edit_chance, 3);
    writer w = {.arena = arena, .s = s, .p = p, .chance = seed, .text = sf_buf_new(arena)};
    write_text(&w, c, edit, edit_chance);
    sf_str text = sf_buf_str(&w.text);
    *reading = (sofar_reading){.stages = SOFAR_STAGE_ALL};
    *page = (sofar_page){.bytes = text,
                         .url = sf_str_format(arena, "https://o%u.example/%llx/%zu", p->outlet,
                                              (unsigned long long)s->seed, number),
                         .captured = p->future ? sf_date_format(arena, sf_date_from_days(s->begin))
                                               : SF_ABSENT};
    uint32_t shift = 0;
    if (c->html) {
        page->bytes = with_mark_up(&w, c, text);
        shift = w.block;
    }
    sofar_clipping *k = &reading->clipping;
    *k = (sofar_clipping){.url = page->url,
                          .outlet = corpus_outlet(arena, p->outlet),
                          .title = sf_str_format(arena, "%.*s, part %zu", SF_ARG(s->work), number),
                          .lang = SF_STR("en"),
                          .text = text,
                          .blocks = w.blocks.at,
                          .block_count = w.blocks.count,
                          .map = SF_NEW(arena, sofar_map_row),
                          .map_count = 1};
    *k->map = (sofar_map_row){0, (uint32_t)text.len, shift, (uint32_t)text.len + shift};
    if (p->day != INT32_MAX) {
        k->published = sf_date_format(arena, sf_date_from_days(p->day));
        k->published_from = SOFAR_FROM_META;
    }
    sf_sha256_hex(page->bytes, k->sha256);
    reading->people = (sf_people){.subjects = w.subjects.at,
                                  .subject_count = w.subjects.count,
                                  .names = w.names.at,
                                  .name_count = w.names.count};
    reading->times = (sf_times){w.times.at, w.times.count};
    reading->quotes = (sf_quotes){.at = w.quotes.at, .count = w.quotes.count};
    reading->facts = (sf_facts){w.facts.at, w.facts.count};
}
