/* The review desk at the terminal: a fact with its words in view, one key a decision. */
#include "cli/review.h"

#include <errno.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

typedef struct keys { /* the terminal as it was */
    struct termios before;
    bool raw;
} keys;

/* One key at a time, not echoed; a line is read as usual. */
static void single_keys(keys *k, bool on) {
    struct termios t;
    if (on && tcgetattr(STDIN_FILENO, &k->before) == 0) {
        t = k->before;
        t.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        t.c_cc[VMIN] = 1;
        t.c_cc[VTIME] = 0;
        k->raw = tcsetattr(STDIN_FILENO, TCSADRAIN, &t) == 0;
    } else if (!on && k->raw) {
        tcsetattr(STDIN_FILENO, TCSADRAIN, &k->before);
        k->raw = false;
    }
}

/* 'q' at the end of the input. */
static char key(keys *k) {
    char c = 'q';
    single_keys(k, true);
    ssize_t got;
    do
        got = read(STDIN_FILENO, &c, 1);
    while (got < 0 && errno == EINTR);
    single_keys(k, false);
    return got == 1 ? c : 'q';
}

/* A line in answer to the words; empty at the end of the input. */
static sf_str line(sf_arena *arena, const char *words) {
    sf_buf out = sf_buf_new(arena);
    char c;
    printf("%s", words);
    fflush(stdout);
    while (read(STDIN_FILENO, &c, 1) == 1 && c != '\n')
        sf_buf_char(&out, c);
    return sf_str_fold_space(arena, sf_buf_str(&out));
}

static void show(sf_desk *desk, const sf_review *review, size_t left) {
    sf_buf out = sf_buf_new(desk->arena);
    sf_show_review(&out, desk->dossier, review, sf_cli_terminal());
    sf_buf_printf(&out,
                  "\n%zu to decide · a accept  r reject  c correct  w reject, saying why  s "
                  "skip  u undo  q quit > ",
                  left);
    sf_cli_write(sf_buf_str(&out));
}

static int correct(sf_desk *desk, const sf_review *review) {
    sf_decision d = sf_decision_correct(desk->arena, desk->dossier, review->fact);
    size_t changes = 0;
    for (;;) {
        sf_str change = line(desk->arena, "ROLE=VALUE, when=DAY, status=...; nothing ends: ");
        if (!change.len)
            break;
        changes += sf_desk_correct(desk->arena, &d.should, change);
    }
    return changes ? sf_desk_decide(desk, &d, SF_ABSENT) : SF_EXIT_OK;
}

/* Takes back the last decision of this sitting that still holds. */
static int undo(sf_desk *desk, size_t sitting_from) {
    for (size_t i = desk->decisions.count; i-- > sitting_from;) {
        const sf_decision *last = &desk->decisions.at[i];
        if (last->undone || last->verdict == SF_UNDO)
            continue;
        sf_decision d = {.verdict = SF_UNDO, .other = last->id};
        return sf_desk_decide(desk, &d, SF_ABSENT);
    }
    sf_cli_say("nothing was decided in this sitting");
    return SF_EXIT_OK;
}

static int act(sf_desk *desk, const sf_review *review, char c) {
    sf_verdict verdict = c == 'a' ? SF_ACCEPT : SF_REJECT;
    sf_decision d = sf_decision_on(desk->arena, verdict, desk->dossier, review->fact);
    switch (c) {
    case 'a':
    case 'r': return sf_desk_decide(desk, &d, SF_ABSENT);
    case 'w': {
        sf_str why = line(desk->arena, "why: ");
        return sf_desk_decide(desk, &d, why.len ? why : SF_ABSENT);
    }
    case 'c': return correct(desk, review);
    default: return SF_EXIT_OK;
    }
}

/* Undecided facts of the queue; it begins with them. */
static size_t undecided(const sf_desk *desk) {
    size_t n = 0;
    while (n < desk->dossier->fact_count && !desk->queue[n].decision)
        n++;
    return n;
}

int sf_desk_sit(sf_desk *desk) {
    size_t skipped = 0, sitting_from = desk->decisions.count;
    sf_str subject = desk->dossier->name;
    keys k = {.raw = false};
    for (;;) {
        size_t left = undecided(desk);
        const sf_review *review = skipped < left ? &desk->queue[skipped] : NULL;
        if (review)
            show(desk, review, left - skipped);
        else
            printf("%s · u undo  q quit > ",
                   left ? "\nthe rest was skipped" : "\neverything is decided");
        fflush(stdout);
        char c = key(&k);
        putchar('\n');
        if (c == 'q')
            return SF_EXIT_OK;
        if (c == 's')
            skipped += review != NULL;
        if (c == 's' || (!review && c != 'u'))
            continue;
        int code = c == 'u' ? undo(desk, sitting_from) : act(desk, review, c);
        if (!code && strchr("arwcu", c))
            code = sf_desk_load(desk, subject);
        if (code)
            return code;
    }
}
