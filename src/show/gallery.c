/* The gallery as files. It is written whole into a new folder beside DIR, which then takes DIR's
 * place by rename: whatever fails, the old gallery stands as it was.
 *
 * A list of what sofar wrote, MANIFEST, lies in the gallery. A folder without it is not touched
 * unless it is empty; what somebody laid beside the pages is carried over into the new folder. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "show/html.h"
#include "show/slug.h"

#define MANIFEST ".sofar-gallery"
#define MANIFEST_HEAD "sofar gallery 1\n"

enum { MANIFEST_MOST = 16 << 20, TRIES = 1000 };

typedef sf_vec(sf_str) names;

typedef struct site {
    sf_arena *arena;
    const char *dir;   /* absolute, symbolic links followed */
    const char *fresh; /* the folder being built; NULL: none stands */
    names written;     /* in fresh */
    names old;         /* what the gallery at dir says it wrote, sorted */
    bool there;        /* dir stands */
    mode_t mode;       /* of dir */
} site;

static const char *join(sf_arena *arena, const char *dir, sf_str name) {
    return sf_str_format(arena, "%s/%.*s", dir, SF_ARG(name)).ptr;
}

static sofar_status cannot(sofar_error *err, const char *what, const char *path) {
    const char *help = errno == ENOSPC   ? "; free some space"
                       : errno == EACCES ? "; choose a folder you may write, with -o"
                       : errno == EROFS  ? "; choose a folder you may write, with -o"
                       : errno == ENOENT ? "; make the folder it stands in first"
                       : errno == EBUSY  ? "; is it a mount point? give a folder inside it"
                       : errno == EXDEV  ? "; is it a mount point? give a folder inside it"
                                         : "";
    return sf_fail(err, SOFAR_ERR_IO, "cannot %s %s: %s%s", what, path, strerror(errno), help);
}

static int by_bytes(const void *a, const void *b) {
    return sf_str_compare(*(const sf_str *)a, *(const sf_str *)b);
}

static bool lists(const names *sorted, sf_str name) {
    return sorted->count &&
           bsearch(&name, sorted->at, sorted->count, sizeof *sorted->at, by_bytes) != NULL;
}

/* ---- the folder that stands ---- */

/* Whether a manifest may name it: a file of ours in the folder itself, never a path. */
static bool is_ours(sf_str name) {
    return sf_str_equal(name, SF_STR(MANIFEST)) ||
           (sf_str_ends(name, SF_STR(".html")) && name.ptr[0] != '.' &&
            sf_str_find(name, SF_STR("/"), 0) == SIZE_MAX);
}

/* The whole file, at most MANIFEST_MOST bytes; absent if it cannot be had. */
static sf_str slurp(sf_arena *arena, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat st;
    if (fd < 0)
        return SF_ABSENT;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_size > MANIFEST_MOST) {
        close(fd);
        return SF_ABSENT;
    }
    close(fd);
    size_t room = (size_t)st.st_size + 1, len = 0;
    char *bytes = sf_alloc(arena, room); /* with no file open: it may not come back */
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    for (ssize_t n; fd >= 0 && len < room && (n = read(fd, bytes + len, room - len)) > 0;)
        len += (size_t)n;
    if (fd >= 0)
        close(fd);
    return (sf_str){bytes, len};
}

static bool read_manifest(site *s) {
    sf_str text = slurp(s->arena, join(s->arena, s->dir, SF_STR(MANIFEST)));
    if (!sf_str_starts(text, SF_STR(MANIFEST_HEAD)))
        return false;
    for (size_t i = sizeof MANIFEST_HEAD - 1; i < text.len;) {
        size_t end = sf_str_find(text, SF_STR("\n"), i);
        sf_str name = sf_str_sub(text, i, end);
        if (name.len && is_ours(name))
            *SF_PUSH(s->arena, &s->old) = name;
        i = end == SIZE_MAX ? text.len : end + 1;
    }
    *SF_PUSH(s->arena, &s->old) = SF_STR(MANIFEST);
    qsort(s->old.at, s->old.count, sizeof *s->old.at, by_bytes);
    return true;
}

/* All names in a folder; false with errno set if it cannot be read. */
static void shut(void *dir) { closedir(dir); }
static bool list(sf_arena *arena, const char *path, names *out) {
    DIR *dir = opendir(path);
    if (!dir)
        return false;
    sf_defer(arena, shut, dir);
    for (struct dirent *e; (e = readdir(dir));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            *SF_PUSH(arena, out) = sf_str_copy(arena, sf_str_of(e->d_name));
    return true;
}

/* Refuses a folder that holds what sofar did not write, unless a gallery stands there. */
static sofar_status look(site *s, const sf_str *files, size_t count, sofar_error *err) {
    struct stat st;
    if (stat(s->dir, &st)) {
        s->there = false;
        return errno == ENOENT ? SOFAR_OK : cannot(err, "look at", s->dir);
    }
    if (!S_ISDIR(st.st_mode))
        return sf_fail(err, SOFAR_ERR_IO, "%s is no folder; give one with -o", s->dir);
    s->there = true;
    s->mode = st.st_mode & 07777;
    names here = {0};
    if (!list(s->arena, s->dir, &here))
        return cannot(err, "read the folder", s->dir);
    if (!read_manifest(s) && here.count)
        return sf_fail(err, SOFAR_ERR_IO,
                       "%s holds files that are no gallery of sofar's; give a new or an empty "
                       "folder with -o",
                       s->dir);
    if (here.count)
        qsort(here.at, here.count, sizeof *here.at, by_bytes);
    for (size_t i = 0; i <= count; i++) {
        sf_str name = i < count ? files[i] : SF_STR("index.html");
        if (lists(&here, name) && !lists(&s->old, name))
            return sf_fail(err, SOFAR_ERR_IO,
                           "%s/%.*s is not sofar's, and a page of the gallery would have that "
                           "name; move it away first",
                           s->dir, SF_ARG(name));
    }
    return SOFAR_OK;
}

/* ---- the new folder ---- */

static sofar_status make_fresh(site *s, sofar_error *err) {
    for (int i = 0; i < TRIES; i++) {
        const char *path = sf_str_format(s->arena, "%s.tmp-%ld-%d", s->dir, (long)getpid(), i).ptr;
        if (mkdir(path, 0777) == 0) {
            s->fresh = path;
            return SOFAR_OK;
        }
        if (errno != EEXIST)
            return cannot(err, "make the folder", path);
    }
    return cannot(err, "make a folder beside", s->dir);
}

static bool write_all(int fd, sf_str bytes) {
    while (bytes.len) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = sf_str_sub(bytes, (size_t)n, bytes.len);
    }
    return true;
}

static sofar_status write_file(site *s, sf_str name, sf_str bytes, sofar_error *err) {
    const char *path = join(s->arena, s->fresh, name);
    *SF_PUSH(s->arena, &s->written) = name;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return cannot(err, "write", path);
    bool ok = write_all(fd, bytes) && fsync(fd) == 0;
    int why = errno;
    if (close(fd) && ok)
        ok = false, why = errno;
    errno = why;
    return ok ? SOFAR_OK : cannot(err, "write", path);
}

static sofar_status write_pages(site *s, const sf_dossier *const *dossiers, const sf_str *files,
                                size_t count, sofar_error *err) {
    sf_buf out = sf_buf_new(s->arena);
    sofar_status status = SOFAR_OK;
    for (size_t i = 0; i < count && !status; i++) {
        out.len = 0;
        sf_html_page(&out, dossiers[i], true);
        status = write_file(s, files[i], sf_buf_str(&out), err);
    }
    if (status)
        return status;
    out.len = 0;
    sf_html_index(&out, dossiers, files, count);
    status = write_file(s, SF_STR("index.html"), sf_buf_str(&out), err);
    if (status)
        return status;
    out.len = 0;
    sf_buf_add(&out, SF_STR(MANIFEST_HEAD));
    for (size_t i = 0; i < s->written.count; i++) {
        sf_buf_add(&out, s->written.at[i]);
        sf_buf_char(&out, '\n');
    }
    return write_file(s, SF_STR(MANIFEST), sf_buf_str(&out), err);
}

/* Takes away a folder that holds only `files` of ours; what else is in it stays, and it with it. */
static void remove_site(sf_arena *arena, const char *path, const names *files) {
    for (size_t i = 0; i < files->count; i++)
        unlink(join(arena, path, files->at[i]));
    rmdir(path);
}

/* ---- the swap ---- */

/* Moves what is not ours from the old folder into the new one. */
static sofar_status carry_over(site *s, const char *old, sofar_error *err) {
    names here = {0};
    if (!list(s->arena, old, &here))
        return cannot(err, "read the folder", old);
    for (size_t i = 0; i < here.count; i++) {
        if (lists(&s->old, here.at[i]))
            continue;
        const char *from = join(s->arena, old, here.at[i]);
        if (rename(from, join(s->arena, s->dir, here.at[i])))
            return cannot(err, "carry over", from);
    }
    return SOFAR_OK;
}

static sofar_status swap(site *s, sofar_error *err) {
    if (!s->there) {
        if (rename(s->fresh, s->dir))
            return cannot(err, "put the gallery at", s->dir);
        s->fresh = NULL;
        return SOFAR_OK;
    }
    if (chmod(s->fresh, s->mode))
        return cannot(err, "give its mode to", s->fresh);
    const char *old = sf_str_format(s->arena, "%s-old", s->fresh).ptr;
    if (rename(s->dir, old))
        return cannot(err, "move the old gallery from", s->dir);
    if (rename(s->fresh, s->dir)) {
        sofar_status status = cannot(err, "put the gallery at", s->dir);
        if (rename(old, s->dir))
            return sf_fail(err, SOFAR_ERR_IO, "the old gallery now lies at %s; move it back to %s",
                           old, s->dir);
        return status;
    }
    s->fresh = NULL;
    sofar_status status = carry_over(s, old, err);
    if (!status)
        remove_site(s->arena, old, &s->old);
    return status;
}

/* dir made absolute, so that renaming it works also for "." and through symbolic links; NULL if
 * the folder it stands in is not there. */
static const char *absolute(sf_arena *arena, const char *dir) {
    sf_str d = sf_str_of(dir);
    while (d.len > 1 && d.ptr[d.len - 1] == '/')
        d.len--;
    const char *path = sf_str_copy(arena, d).ptr, *slash = strrchr(path, '/');
    char *real = realpath(path, NULL);
    if (real) {
        sf_defer(arena, free, real);
        return real;
    }
    if (errno != ENOENT)
        return NULL;
    sf_str parent = !slash          ? SF_STR(".")
                    : slash == path ? SF_STR("/")
                                    : (sf_str){path, (size_t)(slash - path)};
    real = realpath(sf_str_copy(arena, parent).ptr, NULL);
    if (!real)
        return NULL;
    sf_defer(arena, free, real);
    return join(arena, strcmp(real, "/") == 0 ? "" : real, sf_str_of(slash ? slash + 1 : path));
}

static void abandon(void *what) {
    site *s = what;
    if (s->fresh) {
        /* no allocation here: the arena may be on its way out */
        char path[4096];
        for (size_t i = 0; i < s->written.count; i++) {
            int n = snprintf(path, sizeof path, "%s/%.*s", s->fresh, SF_ARG(s->written.at[i]));
            if (n > 0 && (size_t)n < sizeof path)
                unlink(path);
        }
        rmdir(s->fresh);
        s->fresh = NULL;
    }
}

/* A subject given twice is one page. */
static size_t once_each(const sf_dossier *const *in, size_t count, const sf_dossier **out) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool again = false;
        for (size_t k = 0; k < kept && !again; k++)
            again = out[k]->type == in[i]->type && sf_str_equal(out[k]->name, in[i]->name);
        if (!again)
            out[kept++] = in[i];
    }
    return kept;
}

sofar_status sf_show_gallery(sf_arena *arena, const sf_dossier *const *dossiers, size_t count,
                             const char *dir, sofar_error *err) {
    const sf_dossier **each = SF_ARRAY(arena, const sf_dossier *, count);
    count = once_each(dossiers, count, each);
    sf_str *files = sf_show_file_names(arena, each, count);
    site *s = SF_NEW(arena, site);
    s->arena = arena;
    s->dir = *dir ? absolute(arena, dir) : NULL;
    if (!*dir)
        return sf_fail(err, SOFAR_ERR_USAGE, "no folder to write to; give one with -o");
    if (!s->dir)
        return cannot(err, "write to", dir);
    sf_defer(arena, abandon, s); /* also when memory runs out on the way */
    sofar_status status = look(s, files, count, err);
    if (!status)
        status = make_fresh(s, err);
    if (!status)
        status = write_pages(s, each, files, count, err);
    if (!status)
        status = swap(s, err);
    abandon(s);
    return status;
}
