/* sofar: the command. The table below is all there is to find a verb. */
#include "cli/cli.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>

static int help(const sf_cli *cli);
static int version(const sf_cli *cli);

#define INPUT_OPTIONS " date jobs model max-page offline allow-private ignore-robots quiet "

#define ANSWER_OPTIONS " store json csv as-of quiet "

const sf_verb sf_verbs[] = {
    {"read", "FILE|DIR|URL|- ...", "say what stands on pages: one JSON object a page, one a line",
     INPUT_OPTIONS "beats only json explain ", 1, INT_MAX, sf_cli_read},
    {"parse", "FILE|DIR|URL|- ...",
     "say what the language model sees: words, trees and names as CoNLL-U", INPUT_OPTIONS, 1,
     INT_MAX, sf_cli_parse},
    {"add", "FILE|DIR|URL|- ...", "read pages and keep them in the store",
     INPUT_OPTIONS "beats store ", 1, INT_MAX, sf_cli_add},
    {"follow", "LIST", "poll feeds, sitemaps and pages, and keep what is new in the store",
     " once every exec most delay state store jobs beats model max-page offline allow-private "
     "ignore-robots quiet ",
     1, 1, sf_cli_follow},
    {"on", "SUBJECT", "print what the pages in the store say about a subject", ANSWER_OPTIONS, 1, 1,
     sf_cli_on},
    {"quotes", "[SUBJECT]", "print who said what, where and when, or who is quoted how often",
     " store json csv as-of speaker about since until sources quiet ", 0, 1, sf_cli_quotes},
    {"diff", "SUBJECT --from DATE", "print what was learned about a subject between two days",
     " store json from to quiet ", 1, 1, sf_cli_diff},
    {"search", "WORDS...", "print where words stand, and what is said there",
     ANSWER_OPTIONS "limit ", 1, INT_MAX, sf_cli_search},
    {"timeline", "SUBJECT", "print what happened when, and who says so", ANSWER_OPTIONS, 1, 1,
     sf_cli_timeline},
    {"cast", "SUBJECT", "print the credits of a work, or of a person or company", ANSWER_OPTIONS, 1,
     1, sf_cli_cast},
    {"sources", "SUBJECT", "print which outlets tell of a subject, first-hand or relayed",
     ANSWER_OPTIONS, 1, 1, sf_cli_sources},
    {"export", "SUBJECT|--all --format FORMAT", "write what is known for other programs",
     " store format table labels all as-of output quiet ", 0, 1, sf_cli_export},
    {"cite", "FACT", "print the reference of a fact that goes into Wikipedia",
     " store all as-of quiet ", 1, 1, sf_cli_cite},
    {"review", "[SUBJECT [VERDICT ...]]",
     "decide on what is known: accept, reject, correct, join, split, rename, undo",
     " store by why list json log lost export import quiet ", 0, INT_MAX, sf_cli_review},
    {"gallery", "[SUBJECT...] -o DIR",
     "write what is known of subjects, or of all, as static pages into a folder",
     " store as-of output base-url feed images delay offline allow-private ignore-robots quiet ", 0,
     INT_MAX, sf_cli_gallery},
    {"serve", "",
     "answer with the same pages, live, as JSON, and with a review desk, over HTTP until "
     "interrupted",
     " store listen public desk by base-url feed ", 0, 0, sf_cli_serve},
    {"beat", "check FILE...|try FILE SENTENCE",
     "say what became of a beat's examples, or what a sentence gives by it", " date model ", 2,
     INT_MAX, sf_cli_beat},
    {"reread", "", "read kept pages again that another version of sofar, model or beats has read",
     " all jobs model beats store max-page quiet ", 0, 0, sf_cli_reread},
    {"doctor", "", "check that the store and the language model are whole", " store model quiet ",
     0, 0, sf_cli_doctor},
    {"model", "", "say which language model is used, and what made it", " model check ", 0, 0,
     sf_cli_model},
    {"help", "[VERB]", "explain a verb", " ", 0, 1, help},
    {"version", "", "say the version", " ", 0, 0, version},
};
const size_t sf_verb_count = SF_LEN(sf_verbs);

static const sf_verb *find(const char *name) {
    for (size_t i = 0; i < sf_verb_count; i++)
        if (strcmp(sf_verbs[i].name, name) == 0)
            return &sf_verbs[i];
    return NULL;
}

static int unknown(const char *name) {
    sf_cli_say("'%s' is no verb of sofar; see sofar help", name);
    return SF_EXIT_USAGE;
}

static int help(const sf_cli *cli) {
    const sf_verb *verb = cli->arg_count ? find(cli->args[0]) : NULL;
    if (cli->arg_count && !verb)
        return unknown(cli->args[0]);
    sf_cli_help(verb);
    return SF_EXIT_OK;
}

static int version(const sf_cli *cli) {
    (void)cli;
    printf("sofar %s\n", sofar_version());
    return SF_EXIT_OK;
}

int main(int argc, char **argv) {
    /* A closed pipe or a file at its limit is an output that cannot be written, with its exit code.
     */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    if (argc < 2) {
        sf_cli_help(NULL);
        return sf_cli_finish(SF_EXIT_USAGE);
    }
    sf_cli_verb_first(argc, argv);
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    if (strcmp(name, "--version") == 0)
        name = "version";
    const sf_verb *verb = find(name);
    if (!verb)
        return unknown(name);
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            sf_cli_help(verb);
            return sf_cli_finish(SF_EXIT_OK);
        }
    sf_cli cli;
    int code = sf_cli_options(verb, argc - 2, argv + 2, &cli);
    return sf_cli_finish(code ? code : verb->run(&cli));
}
