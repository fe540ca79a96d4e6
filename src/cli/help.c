#include "cli/cli.h"

#include <stdio.h>

static void option(const char *name, const char *value, const char *help) {
    char left[40];
    snprintf(left, sizeof left, "--%s%s%s", name, value ? " " : "", value ? value : "");
    printf("  %-18s %s\n", left, help);
}

static void verb_help(const sf_verb *verb) {
    printf("usage: sofar %s %s\n\n%s\n", verb->name, verb->arguments, verb->summary);
    if (verb->options[1] == '\0')
        return;
    puts("\noptions:");
    sf_cli_options_help(verb, option);
}

void sf_cli_help(const sf_verb *verb) {
    if (verb) {
        verb_help(verb);
        return;
    }
    puts("sofar: everything we know so far, and who said it when\n\nusage: sofar VERB [OPTIONS] "
         "[ARGUMENTS]\n");
    for (size_t i = 0; i < sf_verb_count; i++)
        printf("  %-8s %s\n", sf_verbs[i].name, sf_verbs[i].summary);
    puts("\nData goes to standard output, everything else to standard error. `sofar help VERB` "
         "explains a verb.\n\n"
         "exit codes:\n"
         "  0  all well\n"
         "  1  some pages could not be read; the rest was\n"
         "  2  the command line makes no sense\n"
         "  3  nothing found: no such subject or quote\n"
         "  4  no page could be read: file, URL, format\n"
         "  5  the store cannot be opened, read or written, or has faults\n"
         "  6  the output cannot be written\n"
         "  7  out of memory");
}
