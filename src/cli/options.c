/* The options that verbs share. A verb names the ones it takes; any other is refused. */
#include "cli/cli.h"

#include <stdlib.h>

#include "show/plain.h"

enum { MAX_JOBS = 256 };

typedef struct option {
    const char *name, *value, *help; /* value: what stands behind it, NULL for a switch */
    bool (*set)(sf_cli *cli, const char *value);
} option;

static bool set_json(sf_cli *c, const char *v) { return (void)v, c->json = true; }
static bool set_quiet(sf_cli *c, const char *v) { return (void)v, c->quiet = true; }
static bool set_offline(sf_cli *c, const char *v) { return (void)v, c->offline = true; }
static bool set_private(sf_cli *c, const char *v) { return (void)v, c->allow_private = true; }
static bool set_robots(sf_cli *c, const char *v) { return (void)v, c->ignore_robots = true; }
static bool set_store(sf_cli *c, const char *v) { return c->store = v, *v != '\0'; }
static bool set_out(sf_cli *c, const char *v) { return c->out = v, *v != '\0'; }

/* The folder's own address. */
static bool set_base(sf_cli *c, const char *v) {
    size_t len = strlen(v);
    c->base_url = v;
    return sf_plain_is_link(sf_str_of(v)) && v[len - 1] == '/' && !strpbrk(v, "?#");
}
static bool set_feed(sf_cli *c, const char *v) {
    c->key_feed = strcmp(v, "key") == 0;
    return c->key_feed || strcmp(v, "all") == 0;
}

static bool set_images(sf_cli *c, const char *v) { return (void)v, c->images = true; }

static bool set_listen(sf_cli *c, const char *v) { return c->listen = v, *v != '\0'; }
static bool set_public(sf_cli *c, const char *v) { return (void)v, c->public = true; }
static bool set_desk(sf_cli *c, const char *v) { return (void)v, c->desk = true; }
static bool set_explain(sf_cli *c, const char *v) { return (void)v, c->explain = true; }
static bool set_csv(sf_cli *c, const char *v) { return (void)v, c->csv = true; }
static bool set_sources(sf_cli *c, const char *v) { return (void)v, c->sources = true; }
static bool set_all(sf_cli *c, const char *v) { return (void)v, c->all = true; }
static bool set_format(sf_cli *c, const char *v) { return c->format = v, *v != '\0'; }
static bool set_table(sf_cli *c, const char *v) { return c->table = v, *v != '\0'; }
static bool set_labels(sf_cli *c, const char *v) { return c->labels = v, *v != '\0'; }
static bool set_speaker(sf_cli *c, const char *v) { return c->speaker = v, *v != '\0'; }
static bool set_about(sf_cli *c, const char *v) { return c->about = v, *v != '\0'; }
static bool set_by(sf_cli *c, const char *v) { return c->by = v, *v != '\0'; }
static bool set_why(sf_cli *c, const char *v) { return c->why = v, *v != '\0'; }
static bool set_list(sf_cli *c, const char *v) { return (void)v, c->list = true; }
static bool set_log(sf_cli *c, const char *v) { return (void)v, c->log = true; }
static bool set_lost(sf_cli *c, const char *v) { return (void)v, c->lost = true; }
static bool set_export(sf_cli *c, const char *v) { return (void)v, c->export = true; }
static bool set_import(sf_cli *c, const char *v) { return c->import = v, *v != '\0'; }
static bool set_check(sf_cli *c, const char *v) { return (void)v, c->check = true; }
static bool set_model(sf_cli *c, const char *v) { return c->model = v, *v != '\0'; }
static bool set_beats(sf_cli *c, const char *v) { return c->beats = v, *v != '\0'; }

/* A day, month or year; nobody publishes by the hour. */
static bool is_date(const char *v, sf_date *out) {
    return sf_date_parse(sf_str_of(v), out) && strlen(v) <= 10;
}

static bool set_as_of(sf_cli *c, const char *v) { return is_date(v, &c->as_of); }

static bool set_since(sf_cli *c, const char *v) { return is_date(v, &c->since); }
static bool set_from(sf_cli *c, const char *v) { return is_date(v, &c->from); }
static bool set_to(sf_cli *c, const char *v) { return is_date(v, &c->to); }
static bool set_until(sf_cli *c, const char *v) { return is_date(v, &c->until); }

static bool set_date(sf_cli *c, const char *v) {
    sf_date date;
    c->date = v;
    return is_date(v, &date);
}

/* A whole number in [least, most]; -1 if v is none. */
static long long number(const char *v, long long least, long long most) {
    long long n = 0;
    if (!*v)
        return -1;
    for (; *v; v++) {
        if (!sf_is_digit(*v) || n > most)
            return -1;
        n = n * 10 + (*v - '0');
    }
    return n < least || n > most ? -1 : n;
}

static bool set_jobs(sf_cli *c, const char *v) {
    return (c->jobs = (int)number(v, 1, MAX_JOBS)) > 0;
}

/* "30", "0.5": a number of at most six figures before the point and three behind it; -1 if none. */
static double decimal(const char *v) {
    const char *point = strchr(v, '.');
    size_t whole = point ? (size_t)(point - v) : strlen(v);
    size_t part = point ? strlen(point + 1) : 0;
    if (whole == 0 || whole > 6 || part > 3 || (point && part == 0))
        return -1;
    double n = 0, unit = 1;
    for (const char *c = v; *c; c++) {
        if (c == point)
            continue;
        if (!sf_is_digit(*c))
            return -1;
        n = n * 10 + (*c - '0');
        unit *= point && c > point ? 10 : 1;
    }
    return n / unit;
}

static bool set_once(sf_cli *c, const char *v) { return (void)v, c->once = true; }
static bool set_every(sf_cli *c, const char *v) { return (c->every_min = decimal(v)) > 0; }
static bool set_delay(sf_cli *c, const char *v) { return (c->delay_s = decimal(v)) >= 0; }
static bool set_exec(sf_cli *c, const char *v) { return c->exec = v, *v != '\0'; }
static bool set_state(sf_cli *c, const char *v) { return c->state = v, *v != '\0'; }

static bool set_most(sf_cli *c, const char *v) {
    long long n = number(v, 1, 100000);
    c->most = n > 0 ? (size_t)n : 0;
    return n > 0;
}

static bool set_limit(sf_cli *c, const char *v) {
    long long n = number(v, 1, 1000000000);
    c->limit = n > 0 ? (size_t)n : 0;
    return n > 0;
}

/* "500K", "80M", "1G" or plain bytes; the library's spans reach to 4 GB */
static bool set_max_page(sf_cli *c, const char *v) {
    char digits[16];
    size_t len = strlen(v);
    int shift = 0;
    if (len && strchr("KMG", v[len - 1])) {
        shift = v[len - 1] == 'K' ? 10 : v[len - 1] == 'M' ? 20 : 30;
        len--;
    }
    if (len >= sizeof digits)
        return false;
    memcpy(digits, v, len);
    digits[len] = '\0';
    long long n = number(digits, 1, 0xFFFFFFFELL >> shift);
    c->max_page = n > 0 ? (size_t)n << shift : 0;
    return n > 0;
}

static bool set_only(sf_cli *c, const char *v) {
    static const struct {
        const char *name;
        unsigned stage;
    } names[] = {{"page", SOFAR_STAGE_PAGE},
                 {"time", SOFAR_STAGE_TIME},
                 {"who", SOFAR_STAGE_WHO},
                 {"quote", SOFAR_STAGE_QUOTE},
                 {"fact", SOFAR_STAGE_FACT}};
    sf_str rest = sf_str_of(v);
    while (rest.ptr) {
        size_t comma = sf_str_find(rest, SF_STR(","), 0);
        sf_str name = sf_str_sub(rest, 0, comma);
        bool known = false;
        for (size_t i = 0; i < SF_LEN(names); i++)
            if (sf_str_equal(name, sf_str_of(names[i].name))) {
                c->stages |= names[i].stage;
                known = true;
            }
        if (!known)
            return false;
        rest = comma == SIZE_MAX ? SF_ABSENT : sf_str_sub(rest, comma + 1, rest.len);
    }
    return true;
}

static const option options[] = {
    {"store", "FILE|URL", "the store (default: $SOFAR_STORE, else ./sofar.db)", set_store},
    {"json", NULL, "write JSON as in doc/formats.md", set_json},
    {"as-of", "DATE",
     "only what pages published on or before DATE (2021, 2021-06, 2021-06-30) said", set_as_of},
    {"explain", NULL, "show the page with its marks, and why, instead of JSON", set_explain},
    {"csv", NULL, "write CSV as in doc/formats.md", set_csv},
    {"speaker", "NAME", "only what NAME said", set_speaker},
    {"about", "NAME", "only what others said where they spoke of NAME", set_about},
    {"from", "DATE", "the day after which something is learned", set_from},
    {"to", "DATE", "the day by which it is learned (default: all that is known)", set_to},
    {"since", "DATE", "only what was said (else published) on DATE or later", set_since},
    {"until", "DATE", "only what was said (else published) on DATE or before", set_until},
    {"sources", NULL,
     "count by outlet, speaker and subject: quotes, words, named or not, first-hand or relayed",
     set_sources},
    {"all", NULL, "all there are: subjects, sources of a fact, or pages", set_all},
    {"format", "FORMAT",
     "jsonl, csv, web-annotation, json-ld, cite-news, csl-json, quickstatements or ical",
     set_format},
    {"table", "NAME", "one table of csv: facts, roles, receipts, quotes, events or sources",
     set_table},
    {"labels", "FILE", "which label is which item of Wikidata: lines of LABEL, a tab, Q42 or new",
     set_labels},
    {"by", "NAME", "who decides (default: $USER)", set_by},
    {"why", "TEXT", "the reason, kept with what is decided", set_why},
    {"list", NULL, "show what there is to decide, the most doubtful first", set_list},
    {"log", NULL, "show what was decided", set_log},
    {"lost", NULL, "show the decisions whose receipts are on no page any more", set_lost},
    {"export", NULL, "write all decisions, a JSON object a line", set_export},
    {"import", "FILE", "take in decisions as --export writes them", set_import},
    {"output", "PATH", "where to write; also -o PATH", set_out},
    {"base-url", "URL",
     "where the gallery stands, with a '/' at its end: for feeds and the sitemap", set_base},
    {"feed", "WHICH", "changes that feeds tell: all (default) or key, events only", set_feed},
    {"images", NULL, "the pages' own lead pictures too, fetched once and kept in the gallery",
     set_images},
    {"listen", "ADDRESS:PORT", "where to answer (default 127.0.0.1:8383); port 0: any free one",
     set_listen},
    {"public", NULL, "let other machines read too, by any name; nobody can decide", set_public},
    {"desk", NULL, "let other machines read too, and who has the token decide", set_desk},
    {"date", "DATE", "publication day of the pages given; beats what they say themselves",
     set_date},
    {"only", "STAGES", "stop after these stages: page,time,who,quote,fact", set_only},
    {"beats", "DIR", "read the beat files (*.beat) of DIR besides the standard ones", set_beats},
    {"model", "FILE", "the language model (default: $SOFAR_MODEL, else the installed one)",
     set_model},
    {"check", NULL, "compare the model's parts with their checksums", set_check},
    {"once", NULL, "poll once and leave, for cron and timers", set_once},
    {"every", "MINUTES", "how long to wait between two polls (default 30)", set_every},
    {"exec", "COMMAND",
     "run COMMAND by /bin/sh when something is new, with what it is as JSON on its standard input",
     set_exec},
    {"most", "N", "fetch at most N new pages a poll (default 100)", set_most},
    {"delay", "SECONDS", "between two requests to the same host, give or take half (default 2)",
     set_delay},
    {"state", "FILE", "what stays from poll to poll (default: the store's name and .follow)",
     set_state},
    {"limit", "N", "at most N pages, the earliest first (default 50)", set_limit},
    {"jobs", "N", "read with N threads, 1 to 256 (default 1)", set_jobs},
    {"max-page", "BYTES",
     "refuse longer pages (default 16M, less than 4G; K, M and G are understood)", set_max_page},
    {"offline", NULL, "refuse to fetch URLs", set_offline},
    {"allow-private", NULL, "fetch from private and loopback addresses too", set_private},
    {"ignore-robots", NULL, "fetch what robots.txt asks not to", set_robots},
    {"quiet", NULL, "no progress and no summary; errors are still said", set_quiet},
};

static bool takes(const sf_verb *verb, const char *name) {
    for (const char *p = strstr(verb->options, name); p; p = strstr(p + 1, name))
        if (p[-1] == ' ' && p[strlen(name)] == ' ')
            return true;
    return false;
}

void sf_cli_options_help(const sf_verb *verb,
                         void (*say)(const char *name, const char *value, const char *help)) {
    for (size_t i = 0; i < SF_LEN(options); i++)
        if (takes(verb, options[i].name))
            say(options[i].name, options[i].value, options[i].help);
}

static const option *find(const sf_verb *verb, sf_str name) {
    for (size_t i = 0; i < SF_LEN(options); i++)
        if (sf_str_equal(name, sf_str_of(options[i].name)) && takes(verb, options[i].name))
            return &options[i];
    return NULL;
}

/* Reads the option at argv[*at]; *at moves onto its value if that is an argument of its own. */
static int read_option(const sf_verb *verb, int argc, char **argv, int *at, sf_cli *cli) {
    const char *arg = argv[*at];
    sf_str name = strcmp(arg, "-o") == 0   ? SF_STR("output")
                  : strcmp(arg, "-q") == 0 ? SF_STR("quiet")
                                           : sf_str_of(arg + 2);
    const char *equal = arg[1] == '-' ? strchr(arg, '=') : NULL;
    if (equal)
        name.len = (size_t)(equal - arg) - 2;
    const option *o = arg[1] == '-' || name.ptr != arg + 2 ? find(verb, name) : NULL;
    if (!o) {
        sf_cli_say("%s takes no option %s; see sofar help %s", verb->name, arg, verb->name);
        return SF_EXIT_USAGE;
    }
    const char *value = equal ? equal + 1 : NULL;
    if (o->value && !value && *at + 1 < argc)
        value = argv[++*at];
    if (!o->value != !value) {
        sf_cli_say(o->value ? "--%s wants %s" : "--%s takes no value", o->name, o->value);
        return SF_EXIT_USAGE;
    }
    if (!o->set(cli, value)) {
        sf_cli_say("--%s: '%s' is no %s; see sofar help %s", o->name, value, o->value, verb->name);
        return SF_EXIT_USAGE;
    }
    return SF_EXIT_OK;
}

static bool wants_value(const char *arg) {
    if (strcmp(arg, "-o") == 0)
        return true;
    for (size_t i = 0; i < SF_LEN(options); i++)
        if (options[i].value && arg[1] == '-' && strcmp(arg + 2, options[i].name) == 0)
            return true;
    return false;
}

void sf_cli_verb_first(int argc, char **argv) {
    int at = 1;
    while (at < argc && argv[at][0] == '-' && argv[at][1] != '\0' && strcmp(argv[at], "--") != 0)
        at += wants_value(argv[at]) ? 2 : 1;
    if (at >= argc)
        return;
    char *verb = argv[at];
    memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof *argv);
    argv[1] = verb;
}

int sf_cli_options(const sf_verb *verb, int argc, char **argv, sf_cli *cli) {
    const char *store = getenv("SOFAR_STORE"), *model = getenv("SOFAR_MODEL");
    *cli = (sf_cli){.verb = verb->name,
                    .store = store && *store ? store : "./sofar.db",
                    .model = model && *model ? model : NULL,
                    .jobs = 1,
                    .every_min = -1,
                    .delay_s = -1,
                    .args = argv};
    bool only_arguments = false;
    for (int i = 0; i < argc; i++) {
        char *arg = argv[i];
        if (!only_arguments && strcmp(arg, "--") == 0) {
            only_arguments = true;
        } else if (only_arguments || arg[0] != '-' ||
                   arg[1] == '\0') {           /* a lone "-" is standard input */
            cli->args[cli->arg_count++] = arg; /* never ahead of i */
        } else {
            int code = read_option(verb, argc, argv, &i, cli);
            if (code)
                return code;
        }
    }
    if (cli->arg_count < verb->least || cli->arg_count > verb->most) {
        sf_cli_say("usage: sofar %s %s; see sofar help %s", verb->name, verb->arguments,
                   verb->name);
        return SF_EXIT_USAGE;
    }
    return SF_EXIT_OK;
}
