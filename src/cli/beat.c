/* sofar beat check FILE...: what the examples of beats became. sofar beat try FILE SENTENCE: what a
 * sentence gives by them. For those who write beats; both see the given files only. */
#include <stdio.h>

#include "cli/input.h"
#include "fact/beat.h"
#include "fact/mark.h"
#include "read/read.h"

typedef struct desk {
    sf_arena arena;
    sf_model *model;
    sf_beats *beats;
    sf_buf out;
} desk;

/* ---- check ---- */

/* Does a pattern find in the example just what the example says? */
static bool says_the_same(const sf_example *e, const sf_found *f) {
    if (f->pattern->type != e->type)
        return false;
    for (uint32_t r = 0; r < e->type->role_count; r++) {
        bool has = e->held[r].begin < e->held[r].end;
        if (has != ((f->held & 1u << r) != 0))
            return false;
        if (has && (e->type->roles[r].types & SF_TYPE_SUBJECT) && f->fillers[r].name != r &&
            f->fillers[r].name != SF_NONE)
            return false;
    }
    return true;
}

static void put_found(desk *d, const sf_example *e, const sf_found *f) {
    const sf_fact_type *type = f->pattern->type;
    sf_buf_printf(&d->out, "    %.*s", SF_ARG(type->name));
    for (uint32_t r = 0; r < type->role_count; r++)
        if (f->held & 1u << r) {
            sf_span s = f->fillers[r].span;
            sf_buf_printf(&d->out, " %.*s=%.*s", SF_ARG(type->roles[r].name),
                          SF_ARG(sf_str_sub(e->sentence, s.begin - e->base, s.end - e->base)));
        }
    sf_buf_printf(&d->out, " (line %u)\n", f->pattern->example->line);
}

/* Lines on one example; true if all is well with it. */
static bool check_example(desk *d, const sf_example *e) {
    sf_buf_printf(&d->out, "%.*s:%u: %c %.*s\n", SF_ARG(e->beat), e->line, e->negative ? '-' : '+',
                  SF_ARG(e->sentence));
    if (e->unread) {
        sf_buf_printf(&d->out, "    NOT LEARNED: %s\n", e->unread);
        return false;
    }
    sf_buf_add(&d->out, SF_STR("    "));
    sf_pattern_describe(&d->out, d->beats, &d->beats->patterns[e->pattern]);
    sf_buf_char(&d->out, '\n');
    if (e->unsaid)
        sf_buf_add(&d->out,
                   SF_STR("    SAYS NOTHING: its words undo or put off what they tell of\n"));
    sf_founds founds = {0};
    sf_beat_match(&d->arena, d->beats, sf_example_graph(&d->arena, d->beats, e), NULL, NULL,
                  &founds);
    bool itself = e->negative;
    for (size_t i = 0; i < founds.count; i++) {
        if (e->negative && founds.at[i].pattern->type == e->type) {
            sf_buf_add(&d->out, SF_STR("    STILL FOUND:\n"));
            itself = false;
        }
        if (!e->negative && says_the_same(e, &founds.at[i])) {
            itself = true;
            if (founds.at[i].pattern->example == e)
                continue;
        }
        put_found(d, e, &founds.at[i]);
    }
    if (!itself && !e->negative)
        sf_buf_add(&d->out, SF_STR("    DOES NOT FIND ITSELF\n"));
    return itself && !e->unsaid;
}

static int check(desk *d) {
    size_t bad = 0;
    for (size_t i = 0; i < d->beats->example_count; i++)
        bad += !check_example(d, &d->beats->examples[i]);
    sf_buf_printf(&d->out, "%zu fact types, %zu examples, %zu with a fault\n", d->beats->type_count,
                  d->beats->example_count, bad);
    int code = sf_cli_write(sf_buf_str(&d->out));
    return sf_cli_finish(code ? code : bad ? SF_EXIT_SOME_BAD : SF_EXIT_OK);
}

/* ---- try ---- */

static void put_fact(desk *d, const sofar_reading *r, const sofar_fact *f) {
    sf_buf_printf(&d->out, "%.*s", SF_ARG(f->type));
    for (size_t i = 0; i < f->role_count; i++)
        sf_buf_printf(&d->out, " %.*s=%.*s", SF_ARG(f->roles[i].name),
                      SF_ARG(f->roles[i].subject == SOFAR_NOBODY
                                 ? f->roles[i].value
                                 : r->people.subjects[f->roles[i].subject].name));
    if (f->when.ptr)
        sf_buf_printf(&d->out, " when=%.*s", SF_ARG(f->when));
    sf_buf_printf(&d->out, " %s", sf_claim_word(f->status));
    if (f->by != SOFAR_NOBODY)
        sf_buf_printf(&d->out, " by=%.*s", SF_ARG(r->people.subjects[f->by].name));
    for (size_t i = 0; i < f->receipt_count; i++)
        sf_buf_printf(&d->out, "\n    \"%.*s\"",
                      SF_ARG(sf_span_of(r->clipping.text, f->receipts[i])));
    sf_buf_char(&d->out, '\n');
}

static void put_reading(desk *d, sofar_reading *r) {
    sf_facts facts = sf_fact_find(&d->arena, d->beats,
                                  &(sf_known_page){r->text, &r->clipping, r->model, r->analysis,
                                                   &r->people, &r->times, &r->quotes});
    for (size_t i = 0; i < facts.count; i++)
        put_fact(d, r, &facts.at[i]);
    if (!facts.count)
        sf_buf_add(&d->out, SF_STR("no fact\n"));
    for (size_t i = 0; i < r->people.subject_count; i++)
        sf_buf_printf(&d->out, "%s %.*s%s", sf_subject_word(r->people.subjects[i].type),
                      SF_ARG(r->people.subjects[i].name),
                      i + 1 < r->people.subject_count ? ", " : "\n");
    const sf_tree *tree = sf_tree_new(&d->arena, r->text, r->model, r->analysis);
    sf_marker marker = {.arena = &d->arena, .people = &r->people, .times = &r->times};
    marker.topics = sf_topics_new(&d->arena, tree, &r->clipping, &r->people);
    for (uint32_t s = 0; s < r->analysis->sentence_count; s++) {
        sf_marker_take(&marker, tree, s);
        sf_graph_describe(&d->out, sf_graph_new(&d->arena, tree, d->beats->stems, s,
                                                marker.marks.at, marker.marks.count));
    }
}

static int try_sentence(desk *d, const sf_cli *cli, const char *sentence) {
    sofar_reader_options options = SOFAR_READER_OPTIONS_INIT;
    sofar_reader *reader;
    sofar_reading *reading;
    sofar_error err;
    options.stages = SOFAR_STAGE_QUOTE;
    options.model = cli->model;
    if (sofar_reader_new(&options, &reader, &err))
        return sf_cli_fail(&err);
    sofar_page page = SOFAR_PAGE_INIT;
    page.bytes = sf_str_of(sentence);
    page.file = SF_STR("sentence");
    page.content_type = SF_STR("text/plain");
    page.date = sf_str_of(cli->date ? cli->date : "2021-10-15");
    int code = SF_EXIT_OK;
    if (sofar_read(reader, &page, &reading, &err)) {
        code = sf_cli_fail(&err);
    } else {
        put_reading(d, reading);
        code = sf_cli_write(sf_buf_str(&d->out));
        sofar_reading_free(reading);
    }
    sofar_reader_free(reader);
    return sf_cli_finish(code);
}

/* ---- the verb ---- */

static sofar_status open_desk(desk *d, const sf_cli *cli, int files, sofar_error *err) {
    sofar_beat *beats = SF_ARRAY(&d->arena, sofar_beat, files);
    sofar_status status = sf_model_open(cli->model, &d->model, err);
    for (int i = 0; i < files && !status; i++)
        status = sf_cli_beat_file(&d->arena, cli->args[1 + i], &beats[i], err);
    if (!status)
        status = sf_beats_compile(&d->arena, d->model, beats, (size_t)files, NULL, &d->beats, err);
    return status;
}

int sf_cli_beat(const sf_cli *cli) {
    bool trying = strcmp(cli->args[0], "try") == 0;
    if ((!trying && strcmp(cli->args[0], "check") != 0) || (trying && cli->arg_count < 3)) {
        sf_cli_say("beat: write beat check FILE..., or beat try FILE SENTENCE");
        return SF_EXIT_USAGE;
    }
    desk d = {0};
    sofar_error err;
    sf_arena_init(&d.arena, NULL, NULL);
    d.out = sf_buf_new(&d.arena);
    int files = trying ? cli->arg_count - 2 : cli->arg_count - 1, code;
    if (open_desk(&d, cli, files, &err))
        code = sf_cli_fail(&err);
    else
        code = trying ? try_sentence(&d, cli, cli->args[cli->arg_count - 1]) : check(&d);
    sf_model_close(d.model);
    sf_arena_clear(&d.arena);
    return code;
}
