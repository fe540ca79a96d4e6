/* sofar follow: polls a list, keeps what is new, tells of it. The order is what makes a kill at any
 * moment lose nothing: a page is committed to the store, then the state is written that says so,
 * then the command is told, then the state that says that. What falls between two of these is done
 * again.
 *
 * SIGINT and SIGTERM are blocked and looked for where there is time to end well; the threads that
 * read pages never see them. */
#include "follow/follow.h"
#include "cli/add.h"
#include "cli/input.h"
#include "cli/tell.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

static const double default_minutes = 30, default_delay = 2, save_seconds = 10;
enum { DEFAULT_MOST = 100 };

typedef struct poll {
    const sf_cli *cli;
    sf_arena arena; /* of one poll */
    sf_follow *follow;
    sf_adding adding;
    sf_input_counts counts;
    double saved; /* when the state was written last */
} poll;

static double now(clockid_t which) {
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- signals ---- */

static sigset_t ends(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

/* They stay pending once they came, so that all who ask hear of them. */
static bool stop(void *ctx) {
    sigset_t pending;
    (void)ctx;
    return sigpending(&pending) == 0 &&
           (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1);
}

static bool wait_s(void *ctx, double seconds) {
    sigset_t set = ends();
    struct timespec t = {.tv_sec = (time_t)seconds,
                         .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)};
    (void)ctx;
    int got = sigtimedwait(&set, NULL, &t);
    if (got > 0)
        raise(got); /* pending again */
    return got <= 0;
}

static void say(void *ctx, const char *message) {
    (void)ctx;
    sf_cli_say("%s", message);
}

/* ---- a poll ---- */

static int save(poll *p) {
    sofar_error err;
    if (sf_follow_save(p->follow, &err))
        return sf_cli_say("%s", err.msg), SF_EXIT_STORE;
    p->saved = now(CLOCK_MONOTONIC);
    return SF_EXIT_OK;
}

static sofar_status next(void *ctx, const sofar_reader *reader, sf_arena *arena, sofar_page *page,
                         int64_t *key, double *total, sofar_error *err) {
    poll *p = ctx;
    (void)reader, (void)total;
    sofar_status status = sf_follow_next(p->follow, arena, page, key, err);
    if (!status)
        page->captured = sf_cli_now(arena);
    return status;
}

static int take(void *ctx, const sofar_page *page, sofar_reading *reading, sf_str written) {
    poll *p = ctx;
    (void)written;
    const sofar_clipping *c = sofar_reading_clipping(reading);
    int64_t key = p->counts.key;
    size_t paragraphs, bad = p->adding.bad;
    sf_news news;
    sofar_error err;
    if (sf_follow_compare(p->follow, key, c, &news, &paragraphs, &err))
        return sf_cli_fail(&err);
    int code = news == SF_SAME ? SF_EXIT_OK : sf_cli_add_page(&p->adding, page, reading);
    if (code || p->adding.bad > bad)
        return code;
    if (sf_follow_kept(p->follow, key, c, &err))
        return sf_cli_fail(&err);
    if (news == SF_CHANGED)
        sf_cli_say("%.*s: changed, %zu paragraph%s", SF_ARG(page->file), paragraphs,
                   paragraphs == 1 ? "" : "s");
    bool due = now(CLOCK_MONOTONIC) - p->saved >= save_seconds;
    return due && !p->adding.batch ? save(p) : SF_EXIT_OK;
}

static int tell(poll *p) {
    sf_arena arena;
    jmp_buf escape;
    sf_arena_init(&arena, NULL, &escape);
    if (setjmp(escape)) {
        sf_arena_clear(&arena);
        sf_cli_say("out of memory");
        return SF_EXIT_MEMORY;
    }
    sf_str untold = sf_follow_untold(p->follow, &arena);
    bool told = !untold.ptr || sf_cli_tell(p->cli->exec, untold, stop, NULL);
    if (!told)
        sf_cli_say("--exec: it is told the same again at the next poll");
    else if (untold.ptr)
        sf_follow_told(p->follow);
    sf_arena_clear(&arena);
    return !told ? SF_EXIT_SOME_BAD : untold.ptr ? save(p) : SF_EXIT_OK;
}

static int look(poll *p) {
    int code = sf_cli_pages_asked(p->cli, next, take, p, &p->counts);
    bool some_bad = code == SF_EXIT_SOME_BAD || code == SF_EXIT_INPUT || p->adding.bad;
    code = some_bad ? SF_EXIT_OK : code;
    int last = sf_cli_add_commit(&p->adding);
    code = code ? code : last;
    if (!code)
        code = save(p);
    if (!code && p->cli->exec && !stop(NULL))
        code = tell(p);
    const sf_follow_counts *n = sf_follow_count(p->follow);
    size_t failed = n->failed + p->counts.failed + p->adding.bad;
    if (!p->cli->quiet)
        sf_cli_say("new %zu, changed %zu, unchanged %zu, failed %zu, left for later %zu", n->fresh,
                   n->changed, n->same, failed, n->left);
    return code ? code : failed ? SF_EXIT_SOME_BAD : SF_EXIT_OK;
}

static sf_follow_options options_of(const sf_cli *cli) {
    return (sf_follow_options){.fetch = {.allow_private = cli->allow_private,
                                         .offline = cli->offline,
                                         .ignore_robots = cli->ignore_robots,
                                         .max_bytes = cli->max_page,
                                         .stop = stop},
                               .delay_s = cli->delay_s < 0 ? default_delay : cli->delay_s,
                               .most = cli->most ? cli->most : DEFAULT_MOST,
                               .keep_untold = cli->exec != NULL,
                               .pause = wait_s,
                               .say = say};
}

/* Everything is opened anew for each poll: the list may have been edited, the store is free for
 * others in between, and no memory stays. */
static int poll_once(const sf_cli *cli, const char *state) {
    poll p = {.cli = cli, .adding = {.cli = cli}, .saved = now(CLOCK_MONOTONIC)};
    sf_follow_options options = options_of(cli);
    sofar_error err;
    sf_arena_init(&p.arena, NULL, NULL);
    int code = SF_EXIT_OK;
    sofar_status status = sf_follow_open(&p.arena, cli->args[0], state,
                                         (int64_t)now(CLOCK_REALTIME), &options, &p.follow, &err);
    if (status) {
        code = sf_cli_fail(&err);
        code = status == SOFAR_ERR_FORMAT || status == SOFAR_ERR_VERSION ? SF_EXIT_STORE : code;
    } else if (sf_store_open(cli->store, SF_STORE_WRITE, &p.adding.store, &err)) {
        code = sf_cli_fail(&err);
    } else {
        code = look(&p);
    }
    sf_store_close(p.adding.store);
    sf_arena_clear(&p.arena);
    return code;
}

/* ---- the verb ---- */

/* Beside the store, since what was seen is about what that store has. NULL: to be named. */
static const char *state_of(const sf_cli *cli, sf_arena *arena) {
    if (cli->state)
        return cli->state;
    if (sf_store_is_server(cli->store)) {
        sf_cli_say("follow: a store on a server has no place beside it; name a file with --state");
        return NULL;
    }
    return sf_str_format(arena, "%s.follow", cli->store).ptr;
}

/* Two that follow with one state would undo each other's. The file stays: were it removed, a third
 * could lock one that nobody sees. */
static int lock(const char *state, sf_arena *arena, int *fd) {
    const char *path = sf_str_format(arena, "%s.lock", state).ptr;
    *fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    if (*fd < 0)
        return sf_cli_say("%s: cannot be made: %m", path), SF_EXIT_STORE;
    if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
        return SF_EXIT_OK;
    sf_cli_say("%s: another sofar follow is at work", path);
    return SF_EXIT_STORE;
}

/* A state without its store speaks of pages that nobody has. */
static void forget_lost(const sf_cli *cli, const char *state) {
    if (!sf_store_is_server(cli->store) && access(cli->store, F_OK) != 0 &&
        access(state, F_OK) == 0 && unlink(state) == 0)
        sf_cli_say("%s: its store is gone, so it is begun anew", state);
}

/* Between two polls; a little off, to not come with all the others at the full hour. */
static double rest_s(const sf_cli *cli) {
    double minutes = cli->every_min > 0 ? cli->every_min : default_minutes;
    return minutes * 60 * (0.95 + (double)(getpid() % 101) / 1000);
}

int sf_cli_follow(const sf_cli *cli) {
    sigset_t set = ends();
    sigprocmask(SIG_BLOCK, &set, NULL);
    sf_arena arena;
    int fd = -1;
    sf_arena_init(&arena, NULL, NULL);
    const char *state = state_of(cli, &arena);
    int code = state ? lock(state, &arena, &fd) : SF_EXIT_USAGE;
    if (!code) {
        forget_lost(cli, state);
        code = poll_once(cli, state);
    }
    /* What may be well at the next poll does not end it; a wrong list or store does. */
    while (!cli->once && (code == SF_EXIT_OK || code == SF_EXIT_SOME_BAD) && !stop(NULL) &&
           wait_s(NULL, rest_s(cli)))
        code = poll_once(cli, state);
    if (fd >= 0)
        close(fd);
    sf_arena_clear(&arena);
    return !cli->once && code == SF_EXIT_SOME_BAD ? SF_EXIT_OK : code;
}
