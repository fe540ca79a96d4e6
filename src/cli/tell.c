/* The input stands in a file without a name: a command that does not read it, or not at once, holds
 * nothing up, and none of it stays. */
#include "cli/tell.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static pid_t start(const char *command, int input) {
    char *argv[] = {(char[]){"sh"}, (char[]){"-c"}, (char *)(uintptr_t)command, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none, usual;
    pid_t pid = -1;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGXFSZ);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &usual);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    errno = posix_spawn(&pid, "/bin/sh", &files, &how, argv, environ);
    int fault = errno;
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    errno = fault;
    return fault ? -1 : pid;
}

/* Its wait status, or -1. */
static int wait_for(pid_t pid, bool (*stop)(void *ctx), void *ctx) {
    sigset_t ended;
    int status;
    bool asked = false;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, NULL); /* or it would be lost between the look and the wait */
    for (;;) {
        pid_t found = waitpid(pid, &status, WNOHANG);
        if (found == pid)
            return status;
        if (found < 0 && errno != EINTR)
            return -1;
        if (!asked && stop(ctx))
            asked = kill(pid, SIGTERM) == 0;
        sigtimedwait(&ended, NULL, &(struct timespec){.tv_sec = 1});
    }
}

bool sf_cli_tell(const char *command, sf_str input, bool (*stop)(void *ctx), void *ctx) {
    FILE *file = tmpfile();
    pid_t pid = -1;
    int status = -1;
    if (!file || fwrite(input.ptr, 1, input.len, file) != input.len || fflush(file) ||
        lseek(fileno(file), 0, SEEK_SET) != 0)
        sf_cli_say("--exec: no file for its input: %s", strerror(errno));
    else if ((pid = start(command, fileno(file))) < 0)
        sf_cli_say("--exec: /bin/sh cannot be started: %s", strerror(errno));
    else
        status = wait_for(pid, stop, ctx);
    if (file)
        fclose(file);
    if (pid > 0 && WIFSIGNALED(status))
        sf_cli_say("--exec: %s: ended by signal %d", command, WTERMSIG(status));
    else if (pid > 0 && status != 0)
        sf_cli_say("--exec: %s: ended with %d", command, WEXITSTATUS(status));
    return status == 0;
}
