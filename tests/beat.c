/* Beat files: what is wrong with a bad one, with its line. What good ones find is in cases/fact. */
#include "check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fact/beat.h"

static sf_model *model;

static const char *compile(const char *text) {
    static sofar_error err;
    sf_arena arena;
    sf_beats *beats;
    sf_arena_init(&arena, NULL, NULL);
    sofar_beat beat = {SF_STR("my.beat"), sf_str_of(text)};
    err.msg[0] = '\0';
    sofar_status status = sf_beats_compile(&arena, model, &beat, 1, NULL, &beats, &err);
    sf_arena_clear(&arena);
    return status == SOFAR_OK ? "good" : status == SOFAR_ERR_FORMAT ? err.msg : "another status";
}

#define CHECK_BEAT(text, wanted) CHECK_STR(sf_str_of(compile(text)), wanted)

/* How many patterns there are with this cache; 0 if compiling fails. */
static size_t patterns_with(const char *cache) {
    sf_arena arena;
    sf_beats *beats;
    sofar_error err;
    sofar_beat beat = {SF_STR("my.beat"),
                       SF_STR("fact directs who:person work:work\n+ [Ana Ruiz]who directed [Low "
                              "Tide]work.\n+ [Ana Ruiz]who, director of [Low Tide]work.\n")};
    sf_arena_init(&arena, NULL, NULL);
    bool ok = sf_beats_compile(&arena, model, &beat, 1, cache, &beats, &err) == SOFAR_OK;
    size_t count = ok ? beats->pattern_count : 0;
    sf_arena_clear(&arena);
    return count;
}

/* Cuts the only file of a folder to a size, or writes zeros from there on. */
static void spoil(const char *dir, long size, bool cut) {
    char path[512] = "";
    DIR *d = opendir(dir);
    for (struct dirent *e; (e = readdir(d)) != NULL;)
        if (e->d_name[0] != '.')
            snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
    closedir(d);
    if (!CHECK(path[0]))
        return;
    if (cut) {
        CHECK_INT(truncate(path, size), 0);
        return;
    }
    FILE *f = fopen(path, "r+b");
    fseek(f, size, SEEK_SET);
    for (int i = 0; i < 64; i++)
        fputc(0xFF, f);
    fclose(f);
}

/* What is kept is used if it is whole, and made again if it is not. */
static void check_cache(void) {
    char dir[] = "/tmp/sofar-beat-XXXXXX", path[64];
    if (!CHECK(mkdtemp(dir) != NULL))
        return;
    snprintf(path, sizeof path, "%s/new", dir);
    CHECK_INT(patterns_with(path), 2);
    CHECK_INT(patterns_with(path), 2);
    for (long at = 0; at < 400; at += 40) {
        spoil(path, at, true);
        CHECK_INT(patterns_with(path), 2);
        spoil(path, at, false);
        CHECK_INT(patterns_with(path), 2);
    }
    CHECK_INT(patterns_with("/nowhere/at/all"), 2);
    snprintf(path, sizeof path, "rm -r %s", dir);
    CHECK_INT(system(path), 0);
}

int main(void) {
    sofar_error opening = {SOFAR_OK, 0, ""};
    CHECK_INT(sf_model_open(NULL, &model, &opening), SOFAR_OK);
    CHECK_BEAT("# nothing\n\nfact plays who:person work:work\n+ [A B]who stars in [C]work.\n",
               "good");
    CHECK_BEAT("+ [A]who stars.\n", "my.beat:1: an example before the first 'fact' line");
    CHECK_BEAT("fact\n",
               "my.beat:1: a fact wants a name and roles: fact plays who:person work:work");
    CHECK_BEAT("fact plays\n", "my.beat:1: the fact plays has no roles");
    CHECK_BEAT("fact plays who\n", "my.beat:1: 'who' is no role; write name:type");
    CHECK_BEAT("\nfact plays who:robot\n", "my.beat:2: 'who:robot' has no type that is known: "
                                           "person, organization, place, work, character, event, "
                                           "product, outlet, other, any, value, word, amount, "
                                           "count, date");
    CHECK_BEAT("fact plays who:person work:work\n+ [A]who stars.\n",
               "my.beat:2: the role work is missing; mark it as [words]work");
    CHECK_BEAT("fact plays who:person\n+ [A]whom stars.\n",
               "my.beat:2: 'whom' is no role of plays");
    CHECK_BEAT("fact plays who:person\n+ [A who stars.\n", "my.beat:2: a '[' without ']'");
    CHECK_BEAT("fact plays who:person\n+ [A]who and [B]who star.\n",
               "my.beat:2: the role who stands twice");
    CHECK_BEAT("fact plays who:person\n+ [A]who\n",
               "my.beat:2: an example wants words besides its roles");
    CHECK_BEAT("fact directs who:person work:work~\n+ [Director] [A B]who smiled.\n", "good");
    CHECK_BEAT("fact directs who:person work:work\n+ We saw [A B]who=director's [C D]work.\n",
               "good");
    CHECK_BEAT("fact directs who:person work:work\n+ We saw [A B]who='s [C D]work.\n",
               "my.beat:2: no word behind who=");
    CHECK_BEAT("fact began work:work~\n+ [One] [two] [three] [four] [five] six.\n",
               "my.beat:2: at most 4 words without a role in brackets");
    CHECK_BEAT("fact plays who:person work:work~\n+ [A B]who plays a [robber]* in [C D]work.\n",
               "good");
    CHECK_BEAT("implies plays\n", "my.beat:1: implies before the first 'fact' line");
    CHECK_BEAT("fact cast who:person\nimplies plays\n",
               "my.beat:2: write implies TYPE, a type of fact that stands above");
    CHECK_BEAT("fact plays who:person work:work\nfact cast who:person\nimplies plays\n",
               "my.beat:3: plays has the role work, cast has not");
    CHECK_BEAT("beat plays\n", "my.beat:1: 'beat' begins no line of a beat; fact, +, -, says, "
                               "similar, never, implies, one-valued, current, timeless and "
                               "lifecycle: do");
    sf_arena arena;
    sf_beats *beats;
    sofar_error err = {SOFAR_OK, 0, ""};
    sf_arena_init(&arena, NULL, NULL);
    CHECK_INT(sf_beats_compile(&arena, model, sf_beats_standard, sf_beats_standard_count,
                               getenv("SOFAR_CACHE"), &beats, &err),
              SOFAR_OK);
    CHECK_STR(sf_str_of(err.msg), "");
    sf_arena_clear(&arena);
    check_cache();
    sf_model_close(model);
    return check_done();
}
