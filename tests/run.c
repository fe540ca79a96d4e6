/* Runs case files through sofar_read and prints TAP.
 *
 *     run [--only WORDS] [--update] FILE.case ...
 *
 * --only runs the cases whose title holds the words. --update rewrites what a failing case expects
 * to what is found, so that a change of behaviour is read in the diff. Besides its expectations
 * every case must keep the first promise (sf_reading_check), whole and cut off at any byte. */
#include "cases.h"

#include <stdio.h>
#include <stdlib.h>

/* Pages whose cases ask for nothing behind the stage `time` are read without the model. */
typedef struct readers {
    sofar_reader *light, *whole;
} readers;

static int count, failures;

static void report(bool ok, const test_file *file, const test_case *c, const char *directive) {
    count++;
    failures += !ok && !*directive;
    printf("%sok %d - %s: %.*s%s%.*s\n", ok ? "" : "not ", count, file->path, SF_ARG(c->title),
           directive, SF_ARG(*directive ? c->todo : SF_ABSENT));
}

static sofar_page page_of(const test_case *c, size_t bytes) {
    sofar_page page = SOFAR_PAGE_INIT;
    page.bytes = sf_str_sub(c->page, 0, bytes);
    page.file = c->title;
    page.date = c->date;
    page.url = c->url;
    page.outlet = c->outlet;
    page.content_type = sf_str_equal(c->format, SF_STR("html"))
                            ? SF_STR("text/html; charset=utf-8")
                            : SF_STR("text/plain; charset=utf-8");
    return page;
}

/* A page cut at any byte does no harm. Cuts spread over the page: a few dozen, or fewer where the
 * language model reads along. */
static const char *check_cuts(const sofar_reader *reader, const test_case *c, size_t cuts) {
    size_t step = c->page.len / cuts + 1;
    for (size_t cut = 0; cut < c->page.len; cut += step) {
        sofar_page page = page_of(c, cut);
        /* The copy's last byte is the last of an allocation, where the sanitizer sees a read past
         * it. */
        char *copy = malloc(cut ? cut : 1);
        if (!copy)
            abort();
        memcpy(copy, page.bytes.ptr, cut);
        page.bytes.ptr = copy;
        sofar_reading *r;
        sofar_error err;
        const char *fault =
            sofar_read(reader, &page, &r, &err) ? "a cut page cannot be read" : NULL;
        if (!fault) {
            fault = sf_reading_check(r, page.bytes);
            sofar_reading_free(r);
        }
        free(copy);
        if (fault)
            return fault;
    }
    return NULL;
}

/* The kind a line speaks of: the word behind "no" counts as none, since it stays as it is. */
static sf_str kind_of(sf_str line) {
    size_t space = sf_str_find(line, SF_STR(" "), 0);
    return sf_str_sub(line, 0, space == SIZE_MAX ? line.len : space);
}

static void rewrite(sf_buf *out, sf_arena *arena, const sofar_reading *r, const test_case *c) {
    for (size_t i = 0; i < c->line_count; i++) {
        sf_str kind = kind_of(c->lines[i].text);
        if (sf_str_equal(kind, SF_STR("standing"))) {
            sf_str line = test_standing(arena, r, c->lines[i].text);
            sf_buf_add(out, line), sf_buf_char(out, '\n');
            continue;
        }
        if (sf_str_equal(kind, SF_STR("proposition"))) {
            sf_buf_add(out, test_proposition(arena, r, c->lines[i].text)), sf_buf_char(out, '\n');
            continue;
        }
        bool seen = false;
        for (size_t k = 0; k < i; k++)
            seen = seen || sf_str_equal(kind, kind_of(c->lines[k].text));
        size_t before = out->len;
        if (!seen)
            test_describe(out, r, kind);
        if (out->len == before &&
            (sf_str_equal(kind, SF_STR("no")) || sf_str_equal(kind, SF_STR("text"))))
            sf_buf_add(out, c->lines[i].text), sf_buf_char(out, '\n');
    }
    sf_buf_char(out, '\n');
}

/* Does the case ask for what the stages behind `time` find? */
static bool asks_model(const test_case *c) {
    static const char *const kinds[] = {"subject", "name",        "quote",
                                        "fact",    "proposition", "standing"};
    for (size_t i = 0; i < c->line_count; i++) {
        sf_str line = c->lines[i].text;
        if (sf_str_starts(line, SF_STR("no ")))
            line = sf_str_sub(line, 3, line.len);
        for (size_t k = 0; k < SF_LEN(kinds); k++)
            if (sf_str_starts(kind_of(line), sf_str_of(kinds[k]))) /* also "subjects" */
                return true;
    }
    return false;
}

static bool run_case(sf_arena *arena, const readers *with, const test_file *file,
                     const test_case *c, sf_buf *update) {
    bool whole = asks_model(c);
    const sofar_reader *reader = whole ? with->whole : with->light;
    sofar_page page = page_of(c, c->page.len);
    sofar_reading *r;
    sofar_error err;
    if (sofar_read(reader, &page, &r, &err)) {
        report(false, file, c, "");
        printf("# %s\n", err.msg);
        return false;
    }
    const char *fault = sf_reading_check(r, page.bytes);
    if (!fault)
        fault = check_cuts(with->light, c, 40);
    if (!fault && whole)
        fault = check_cuts(with->whole, c, 4);
    bool ok = !fault;
    sf_buf why = sf_buf_new(arena);
    if (fault)
        sf_buf_printf(&why, "# %s\n", fault);
    for (size_t i = 0; i < c->line_count; i++) {
        sf_str reason;
        if (test_expect(arena, r, c->lines[i].text, &reason))
            continue;
        ok = false;
        sf_buf_printf(&why, "# %s:%u: %.*s\n#     %.*s\n", file->path, c->lines[i].line,
                      SF_ARG(c->lines[i].text), SF_ARG(reason));
    }
    report(ok, file, c, c->todo.ptr ? " # TODO " : "");
    if (ok && c->todo.ptr)
        printf("# this case was marked todo and passes now: take the mark away\n");
    if (!ok)
        printf("%.*s", SF_ARG(sf_buf_str(&why)));
    if (update && !ok && !c->todo.ptr)
        rewrite(update, arena, r, c);
    else if (update)
        sf_buf_add(update, sf_span_of(file->bytes, c->expectations));
    sofar_reading_free(r);
    return ok;
}

static bool run_file(sf_arena *arena, const readers *with, const char *path, sf_str only,
                     bool update) {
    test_file file;
    if (!test_file_read(arena, path, &file))
        return false;
    sf_buf out = sf_buf_new(arena);
    size_t copied = 0;
    for (size_t i = 0; i < file.case_count; i++) {
        const test_case *c = &file.cases[i];
        if (only.ptr && sf_str_find(c->title, only, 0) == SIZE_MAX)
            continue;
        sf_buf_add(&out, sf_str_sub(file.bytes, copied, c->expectations.begin));
        copied = c->expectations.end;
        run_case(arena, with, &file, c, update ? &out : NULL);
    }
    if (!update)
        return true;
    sf_buf_add(&out, sf_str_sub(file.bytes, copied, file.bytes.len));
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(out.ptr, 1, out.len, f) == out.len;
    if (f && fclose(f))
        ok = false;
    if (!ok)
        fprintf(stderr, "%s: cannot be written\n", path);
    return ok;
}

int main(int argc, char **argv) {
    sf_str only = SF_ABSENT;
    bool update = false, ok = true;
    readers all;
    sofar_error err;
    sofar_reader_options light = {.stages = SOFAR_STAGE_TIME};
    sofar_reader_options whole = {.cache = getenv("SOFAR_CACHE")};
    if (sofar_reader_new(&light, &all.light, &err) || sofar_reader_new(&whole, &all.whole, &err)) {
        fprintf(stderr, "%s\n", err.msg);
        return 2;
    }
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--update") == 0) {
            update = true;
        } else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
            only = sf_str_of(argv[++i]);
        } else {
            sf_arena arena;
            sf_arena_init(&arena, NULL, NULL);
            ok = run_file(&arena, &all, argv[i], only, update) && ok;
            sf_arena_clear(&arena);
        }
    }
    sofar_reader_free(all.light);
    sofar_reader_free(all.whole);
    printf("1..%d\n", count);
    return !ok ? 2 : failures ? 1 : 0;
}
