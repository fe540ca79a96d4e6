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

static void show(sf_sitting *s, const sf_review *review, size_t left) {
    sf_buf out = sf_buf_new(s->desk.arena);
    sf_show_review(&out, s->desk.dossier, review, sf_cli_terminal());
    sf_buf_printf(&out,
                  "\n%zu to decide · a accept  r reject  c correct  w reject, saying why  s "
                  "skip  u undo  q quit > ",
                  left);
    sf_cli_write(sf_buf_str(&out));
}

static int correct(sf_sitting *s, const sf_review *review) {
    sf_decision d = sf_decision_correct(s->desk.arena, s->desk.dossier, review->fact);
    size_t changes = 0;
    for (;;) {
        sf_str change = line(s->desk.arena, "ROLE=VALUE, when=DAY, status=...; nothing ends: ");
        if (!change.len)
            break;
        changes += sf_sitting_correct(s, &d, change);
    }
    return changes ? sf_sitting_decide(s, &d, SF_ABSENT) : SF_EXIT_OK;
}

/* Takes back the last decision of this sitting that still holds. */
static int undo(sf_sitting *s) {
    for (size_t i = s->made.count; i-- > 0;) {
        const sf_decision *last = sf_desk_decision(&s->desk, s->made.at[i]);
        if (!last || last->undone || last->verdict == SF_UNDO)
            continue;
        sf_decision d = {.verdict = SF_UNDO, .other = last->id};
        return sf_sitting_decide(s, &d, SF_ABSENT);
    }
    sf_cli_say("nothing was decided in this sitting");
    return SF_EXIT_OK;
}

static int act(sf_sitting *s, const sf_review *review, char c) {
    sf_verdict verdict = c == 'a' ? SF_ACCEPT : SF_REJECT;
    sf_decision d = sf_decision_on(s->desk.arena, verdict, s->desk.dossier, review->fact);
    switch (c) {
    case 'a':
    case 'r': return sf_sitting_decide(s, &d, SF_ABSENT);
    case 'w': {
        sf_str why = line(s->desk.arena, "why: ");
        return sf_sitting_decide(s, &d, why.len ? why : SF_ABSENT);
    }
    case 'c': return correct(s, review);
    default: return SF_EXIT_OK;
    }
}

int sf_sitting_keys(sf_sitting *s) {
    size_t skipped = 0;
    sf_str subject = s->desk.dossier->name;
    keys k = {.raw = false};
    s->talks = true;
    for (;;) {
        size_t left = sf_desk_undecided(&s->desk);
        const sf_review *review = skipped < left ? &s->desk.queue[skipped] : NULL;
        if (review)
            show(s, review, left - skipped);
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
        int code = c == 'u' ? undo(s) : act(s, review, c);
        if (!code && strchr("arwcu", c))
            code = sf_sitting_load(s, subject);
        if (code)
            return code;
    }
}
