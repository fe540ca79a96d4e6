/* Beat files: what is wrong with a bad one, with its line. What good ones find is in cases/fact. */
#include "check.h"

#include "fact/fact.h"

static sf_model *model;

static const char *compile(const char *text) {
    static sofar_error err;
    sf_arena arena;
    sf_beats *beats;
    sf_arena_init(&arena, NULL, NULL);
    sofar_beat beat = {SF_STR("my.beat"), sf_str_of(text)};
    err.msg[0] = '\0';
    sofar_status status = sf_beats_compile(&arena, model, &beat, 1, &beats, &err);
    sf_arena_clear(&arena);
    return status == SOFAR_OK ? "good" : status == SOFAR_ERR_FORMAT ? err.msg : "another status";
}

#define CHECK_BEAT(text, wanted) CHECK_STR(sf_str_of(compile(text)), wanted)

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
                                           "date");
    CHECK_BEAT("fact plays who:person work:work\n+ [A]who stars.\n",
               "my.beat:2: the role work is missing; mark it as [words]work");
    CHECK_BEAT("fact plays who:person\n+ [A]whom stars.\n",
               "my.beat:2: 'whom' is no role of plays");
    CHECK_BEAT("fact plays who:person\n+ [A who stars.\n", "my.beat:2: a '[' without ']'");
    CHECK_BEAT("fact plays who:person\n+ [A]who and [B]who star.\n",
               "my.beat:2: the role who stands twice");
    CHECK_BEAT("fact plays who:person\n+ [A]who\n",
               "my.beat:2: an example wants words besides its roles");
    CHECK_BEAT("beat plays\n", "my.beat:1: 'beat' begins no line of a beat; fact, +, -, says, "
                               "similar, one-valued and lifecycle: do");
    sf_arena arena;
    sf_beats *beats;
    sofar_error err = {SOFAR_OK, 0, ""};
    sf_arena_init(&arena, NULL, NULL);
    CHECK_INT(
        sf_beats_compile(&arena, model, sf_beats_standard, sf_beats_standard_count, &beats, &err),
        SOFAR_OK);
    CHECK_STR(sf_str_of(err.msg), "");
    sf_arena_clear(&arena);
    sf_model_close(model);
    return check_done();
}
