/* sofar export: what is known of one subject or of all, for other programs. One dossier is in
 * memory at a time. What is written to a file stands beside it until it is whole. */
#include "show/export.h"
#include "cli/answer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct output { /* one stream; csv into a folder has one a table */
    sf_exporter exporter;
    char *path, *beside; /* NULL: standard output */
    FILE *file;
} output;

typedef struct export {
    const sf_cli *cli;
    sf_store *store;
    sf_arena *arena; /* of the whole export */
    output *outputs;
    size_t count;
    size_t found; /* dossiers */
}
export;

/* ---- files ---- */

static int fault(const char *what, const char *path) {
    sf_cli_say("%s: cannot be %s: %s", path, what, strerror(errno));
    return SF_EXIT_OUTPUT;
}

static int open_file(sf_arena *arena, output *o, const char *path) {
    o->path = (char *)(uintptr_t)sf_str_format(arena, "%s", path).ptr;
    o->beside = (char *)(uintptr_t)sf_str_format(arena, "%s.part", path).ptr;
    o->file = fopen(o->beside, "wbe");
    return o->file ? SF_EXIT_OK : fault("written", o->beside);
}

/* Where it goes: a folder with a file a table, a file, or standard output. */
static int open_outputs(export *x, const sf_format *format) {
    const char *out = x->cli->out;
    bool folder = strcmp(format->name, "csv") == 0 && !x->cli->table;
    x->count = folder ? sf_table_count : 1;
    x->outputs = SF_ARRAY(x->arena, output, x->count);
    if (folder && mkdir(out, 0777) && errno != EEXIST)
        return fault("made", out);
    for (size_t i = 0; i < x->count; i++) {
        output *o = &x->outputs[i];
        o->exporter =
            (sf_exporter){.format = format,
                          .table = i,
                          .name = x->cli->all ? SF_STR("sofar") : sf_str_of(x->cli->args[0]),
                          .keep = x->arena};
        const char *path =
            folder ? sf_str_format(x->arena, "%s/%s.csv", out, sf_table_names[i]).ptr : out;
        int code = path ? open_file(x->arena, o, path) : SF_EXIT_OK;
        if (code)
            return code;
    }
    return SF_EXIT_OK;
}

static int put(output *o, sf_buf *buf) {
    sf_str bytes = sf_buf_str(buf);
    if (!o->file)
        return sf_cli_write(bytes);
    return fwrite(bytes.ptr, 1, bytes.len, o->file) == bytes.len ? SF_EXIT_OK
                                                                 : fault("written", o->beside);
}

/* Puts the files where they belong, or takes them away if something failed. */
static int close_outputs(export *x, int code) {
    for (size_t i = 0; i < x->count; i++) {
        output *o = &x->outputs[i];
        if (!o->file)
            continue;
        bool whole = !ferror(o->file);
        if (fclose(o->file) || !whole)
            code = code ? code : fault("written", o->beside);
        o->file = NULL;
        if (!code && rename(o->beside, o->path))
            code = fault("written", o->path);
        if (code)
            unlink(o->beside);
    }
    return code;
}

/* ---- dossiers ---- */

static int edge(export *x, sf_arena *arena,
                void (*of(const sf_format *format))(sf_exporter *e, sf_buf *out)) {
    for (size_t i = 0; i < x->count; i++) {
        sf_buf buf = sf_buf_new(arena);
        of(x->outputs[i].exporter.format)(&x->outputs[i].exporter, &buf);
        int code = put(&x->outputs[i], &buf);
        if (code)
            return code;
    }
    return SF_EXIT_OK;
}

typedef struct one {
    export *x;
    sf_str subject;
} one;

static int tell(void *ctx, sf_arena *arena) {
    one *o = ctx;
    export *x = o->x;
    sf_dossier *dossier;
    sofar_error err;
    if (sf_story_dossier(x->store, arena, o->subject, x->cli->as_of, &dossier, &err))
        return sf_cli_fail(&err);
    if (dossier->source_count == 0)
        return x->cli->all ? SF_EXIT_OK : sf_cli_nobody(x->cli, x->store, arena, o->subject);
    x->found++;
    for (size_t i = 0; i < x->count; i++) {
        sf_buf buf = sf_buf_new(arena);
        output *to = &x->outputs[i];
        to->exporter.format->dossier(&to->exporter, &buf, dossier);
        int code = put(to, &buf);
        if (code)
            return code;
    }
    return SF_EXIT_OK;
}

static int tell_all(export *x) {
    sf_told *told;
    size_t count;
    sofar_error err;
    if (sf_story_subjects(x->store, x->arena, &told, &count, &err))
        return sf_cli_fail(&err);
    for (size_t i = 0; i < count; i++) {
        int code = sf_cli_in_arena(tell, &(one){x, told[i].name});
        if (code)
            return code;
    }
    return SF_EXIT_OK;
}

static void (*begin_of(const sf_format *f))(sf_exporter *, sf_buf *) { return f->begin; }
static void (*end_of(const sf_format *f))(sf_exporter *, sf_buf *) { return f->end; }

static int run(export *x) {
    int code = edge(x, x->arena, begin_of);
    if (!code)
        code = x->cli->all ? tell_all(x)
                           : sf_cli_in_arena(tell, &(one){x, sf_str_of(x->cli->args[0])});
    return code ? code : edge(x, x->arena, end_of);
}

/* ---- options ---- */

static int read_labels(sf_arena *arena, const char *path, sf_labels *out) {
    FILE *f = fopen(path, "rbe");
    sf_buf text = sf_buf_new(arena);
    char part[4096];
    sofar_error err;
    if (!f) {
        sf_cli_say("%s: cannot be read: %s", path, strerror(errno));
        return SF_EXIT_INPUT;
    }
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        sf_buf_add(&text, (sf_str){part, n});
    bool whole = !ferror(f);
    fclose(f);
    if (!whole) {
        sf_cli_say("%s: cannot be read to its end", path);
        return SF_EXIT_INPUT;
    }
    return sf_labels_read(arena, path, sf_buf_str(&text), out, &err) ? sf_cli_fail(&err)
                                                                     : SF_EXIT_OK;
}

/* The number of the table; sf_table_count if there is none of that name. */
static size_t table_named(const char *name) {
    size_t i = 0;
    while (i < sf_table_count && strcmp(sf_table_names[i], name) != 0)
        i++;
    return i;
}

static int start(const sf_cli *cli, sf_store *store, sf_arena *arena, const void *ctx) {
    const sf_format *format = ctx;
    export x = {.cli = cli, .store = store, .arena = arena};
    sf_labels labels = {0};
    int code = cli->labels ? read_labels(arena, cli->labels, &labels) : SF_EXIT_OK;
    if (!code)
        code = open_outputs(&x, format);
    for (size_t i = 0; !code && i < x.count; i++)
        x.outputs[i].exporter.labels = &labels;
    if (!code && cli->table)
        x.outputs[0].exporter.table = table_named(cli->table);
    if (!code)
        code = run(&x);
    return close_outputs(&x, code);
}

static int usage(const char *message) {
    sf_cli_say("%s", message);
    return SF_EXIT_USAGE;
}

static int no_format(const sf_cli *cli) {
    if (!cli->format)
        return usage("export wants a format: sofar export SUBJECT --format FORMAT");
    sf_cli_say("'%s' is no format that sofar writes; see sofar help export", cli->format);
    return SF_EXIT_USAGE;
}

int sf_cli_export(const sf_cli *cli) {
    const sf_format *format = sf_format_named(sf_str_of(cli->format));
    if (!format)
        return no_format(cli);
    bool csv = strcmp(format->name, "csv") == 0;
    if (cli->all == (cli->arg_count == 1))
        return usage("export wants one subject, or --all of them");
    if (cli->table && (!csv || table_named(cli->table) == sf_table_count))
        return usage("--table is for csv: facts, roles, receipts, quotes, events or sources");
    if (csv && !cli->table && !cli->out)
        return usage("csv is several tables: name a folder with -o DIR, or one with --table NAME");
    if (cli->labels && strcmp(format->name, "quickstatements") != 0)
        return usage("--labels is for quickstatements");
    return sf_cli_answer(cli, start, format);
}
