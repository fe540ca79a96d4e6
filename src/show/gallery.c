/* The gallery's files: see site.h for what is promised. */
#define _GNU_SOURCE /* syncfs, renameat2 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "show/item.h"
#include "show/site.h"
#include "show/twins.h"

enum {
    MANIFEST_MOST = 256 << 20,
    TRIES = 1000,
    FEW = 64 /* files that are synced one by one; of more, the file system is, once */
};

typedef sf_vec(sf_str) names;

struct sf_site {
    sf_arena *arena;
    const char *dir;   /* absolute, symbolic links followed */
    const char *fresh; /* the folder being built; NULL: none stands */
    names written;     /* in fresh */
    names pictures;    /* of them those that several pages may have */
    names here;        /* what lies in dir, sorted */
    sf_manifest old;   /* of the gallery at dir; empty where there is none */
    sf_manifest now;
    sf_vec(sf_record) records;
    size_t changed; /* files that are not as they were */
    bool there;     /* dir stands */
    mode_t mode;    /* of dir */
};

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

/* The whole file; absent if it cannot be had or has more than `most` bytes. */
static sf_str slurp(sf_arena *arena, const char *path, off_t most) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat st;
    if (fd < 0)
        return SF_ABSENT;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_size > most) {
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
static sofar_status look(sf_site *s, sofar_error *err) {
    struct stat st;
    if (stat(s->dir, &st)) {
        s->there = false;
        return errno == ENOENT ? SOFAR_OK : cannot(err, "look at", s->dir);
    }
    if (!S_ISDIR(st.st_mode))
        return sf_fail(err, SOFAR_ERR_IO, "%s is no folder; give one with -o", s->dir);
    s->there = true;
    s->mode = st.st_mode & 07777;
    if (!list(s->arena, s->dir, &s->here))
        return cannot(err, "read the folder", s->dir);
    sf_str text = slurp(s->arena, join(s->arena, s->dir, SF_STR(SF_MANIFEST)), MANIFEST_MOST);
    if (!sf_manifest_read(s->arena, text, &s->old) && s->here.count)
        return sf_fail(err, SOFAR_ERR_IO,
                       "%s holds files that are no gallery of sofar's; give a new or an empty "
                       "folder with -o",
                       s->dir);
    if (s->here.count)
        qsort(s->here.at, s->here.count, sizeof *s->here.at, by_bytes);
    return SOFAR_OK;
}

/* A name that somebody else's file in the folder has is not taken. */
static sofar_status may_write(const sf_site *s, sf_str name, sofar_error *err) {
    if (!lists(&s->here, name) || sf_manifest_lists(&s->old, name))
        return SOFAR_OK;
    return sf_fail(err, SOFAR_ERR_IO,
                   "%s/%.*s is not sofar's, and a page of the gallery would have that name; move "
                   "it away first",
                   s->dir, SF_ARG(name));
}

/* ---- the new folder ---- */

static sofar_status make_fresh(sf_site *s, sofar_error *err) {
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

/* Whether the file that stands holds these bytes. */
static bool is_same(const char *path, sf_str bytes) {
    char chunk[1 << 16];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return false;
    bool same = !fstat(fd, &st) && S_ISREG(st.st_mode) && (size_t)st.st_size == bytes.len;
    while (same && bytes.len) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        same = n > 0 && (size_t)n <= bytes.len && memcmp(chunk, bytes.ptr, (size_t)n) == 0;
        bytes = sf_str_sub(bytes, n > 0 ? (size_t)n : 0, bytes.len);
    }
    close(fd);
    return same;
}

/* The old file under the new folder; false where the file system knows no links. */
static bool keep(sf_site *s, sf_str name) {
    const char *to = join(s->arena, s->fresh, name);
    *SF_PUSH(s->arena, &s->written) = name;
    if (link(join(s->arena, s->dir, name), to) == 0)
        return true;
    s->written.count--;
    return false;
}

static sofar_status write_file(sf_site *s, sf_str name, sf_str bytes, sofar_error *err) {
    sofar_status status = may_write(s, name, err);
    if (status)
        return status;
    if (sf_manifest_lists(&s->old, name) && is_same(join(s->arena, s->dir, name), bytes) &&
        keep(s, name))
        return SOFAR_OK;
    const char *path = join(s->arena, s->fresh, name);
    *SF_PUSH(s->arena, &s->written) = name;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return cannot(err, "write", path);
    bool ok = write_all(fd, bytes) && (s->changed++ >= FEW || fsync(fd) == 0);
    int why = errno;
    if (close(fd) && ok)
        ok = false, why = errno;
    errno = why;
    return ok ? SOFAR_OK : cannot(err, "write", path);
}

/* What was written is on the disk before it takes the place of what was there. */
static sofar_status settle(sf_site *s, sofar_error *err) {
    if (s->changed <= FEW)
        return SOFAR_OK;
    int fd = open(s->fresh, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && syncfs(fd) == 0;
    int why = errno;
    if (fd >= 0)
        close(fd);
    errno = why;
    return ok ? SOFAR_OK : cannot(err, "write", s->fresh);
}

/* Takes away a folder that holds only `files` of ours; what else is in it stays, and it with it. */
static void remove_site(sf_arena *arena, const char *path, const sf_manifest *m) {
    for (size_t i = 0; i < m->file_count; i++)
        unlink(join(arena, path, m->files[i]));
    rmdir(path);
}

/* ---- the swap ---- */

/* Moves what is not ours from the old folder into the new one. */
static sofar_status carry_over(sf_site *s, const char *old, sofar_error *err) {
    names here = {0};
    if (!list(s->arena, old, &here))
        return cannot(err, "read the folder", old);
    for (size_t i = 0; i < here.count; i++) {
        if (sf_manifest_lists(&s->old, here.at[i]))
            continue;
        const char *from = join(s->arena, old, here.at[i]);
        if (rename(from, join(s->arena, s->dir, here.at[i])))
            return cannot(err, "carry over", from);
    }
    return SOFAR_OK;
}

/* The old folder out of the way, then the new one in its place; for a moment there is none. */
static sofar_status swap_in_two(sf_site *s, const char *old, sofar_error *err) {
    if (rename(s->dir, old))
        return cannot(err, "move the old gallery from", s->dir);
    if (rename(s->fresh, s->dir) == 0)
        return SOFAR_OK;
    sofar_status status = cannot(err, "put the gallery at", s->dir);
    if (rename(old, s->dir))
        return sf_fail(err, SOFAR_ERR_IO, "the old gallery now lies at %s; move it back to %s", old,
                       s->dir);
    return status;
}

static sofar_status swap(sf_site *s, sofar_error *err) {
    if (!s->there) {
        if (rename(s->fresh, s->dir))
            return cannot(err, "put the gallery at", s->dir);
        s->fresh = NULL;
        return SOFAR_OK;
    }
    if (chmod(s->fresh, s->mode))
        return cannot(err, "give its mode to", s->fresh);
    const char *old = s->fresh; /* where the two change places */
    sofar_status status = SOFAR_OK;
    if (renameat2(AT_FDCWD, s->fresh, AT_FDCWD, s->dir, RENAME_EXCHANGE)) {
        if (errno != ENOSYS && errno != EINVAL && errno != EPERM) /* EPERM: of some sandboxes */
            return cannot(err, "put the gallery at", s->dir);
        old = sf_str_format(s->arena, "%s-old", s->fresh).ptr;
        status = swap_in_two(s, old, err);
    }
    if (status)
        return status;
    s->fresh = NULL;
    status = carry_over(s, old, err);
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

void sf_site_abandon(sf_site *s) {
    if (!s->fresh)
        return;
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

static void abandon(void *site) { sf_site_abandon(site); }

sofar_status sf_site_open(sf_arena *arena, const char *dir, uint64_t settings, sf_site **out,
                          sofar_error *err) {
    sf_site *s = SF_NEW(arena, sf_site);
    s->arena = arena;
    s->now.settings = settings;
    if (!*dir)
        return sf_fail(err, SOFAR_ERR_USAGE, "no folder to write to; give one with -o");
    s->dir = absolute(arena, dir);
    if (!s->dir)
        return cannot(err, "write to", dir);
    sf_defer(arena, abandon, s); /* also when memory runs out on the way */
    sofar_status status = look(s, err);
    if (!status)
        status = make_fresh(s, err);
    if (!status)
        *out = s;
    return status;
}

const sf_manifest *sf_site_old(const sf_site *s) {
    return s->old.record_count && s->old.settings == s->now.settings ? &s->old : NULL;
}

/* ---- subjects ---- */

static sf_str file_name(sf_arena *arena, sf_str stem, const char *suffix) {
    return sf_str_format(arena, "%.*s%s", SF_ARG(stem), suffix);
}

static sf_str annex_name(sf_arena *arena, sf_str stem, size_t number) {
    return sf_str_format(arena, "%.*s" SF_ANNEX "%zu.html", SF_ARG(stem), number);
}

/* ---- pictures ---- */

static bool has_picture(const sf_site *s, sf_str file) {
    for (size_t i = 0; i < s->pictures.count; i++)
        if (sf_str_equal(s->pictures.at[i], file))
            return true;
    return false;
}

static bool keep_picture(sf_site *s, sf_str file) {
    if (has_picture(s, file))
        return true;
    if (!sf_manifest_lists(&s->old, file) || !keep(s, file))
        return false;
    *SF_PUSH(s->arena, &s->pictures) = file;
    return true;
}

sofar_status sf_site_put_picture(sf_site *s, sf_str url, sf_str bytes, const sf_picture_form *form,
                                 sf_str *file, sofar_error *err) {
    *file = file_name(s->arena, sf_picture_stem(s->arena, url), form->suffix);
    if (has_picture(s, *file))
        return SOFAR_OK;
    *SF_PUSH(s->arena, &s->pictures) = *file;
    return write_file(s, *file, bytes, err);
}

sofar_status sf_site_kept_picture(sf_site *s, sf_arena *scratch, sf_str url, sf_picture_form *form,
                                  sf_str *file, sofar_error *err) {
    sf_str stem = sf_picture_stem(scratch, url);
    *file = SF_ABSENT;
    for (size_t i = 0; sf_picture_suffixes[i]; i++) {
        sf_str name = file_name(scratch, stem, sf_picture_suffixes[i]);
        bool here = has_picture(s, name);
        if (!here && !sf_manifest_lists(&s->old, name))
            continue;
        sf_str bytes =
            slurp(scratch, join(scratch, here ? s->fresh : s->dir, name), SF_PICTURE_BYTES);
        if (bytes.ptr && sf_picture_read(bytes, form) &&
            strcmp(form->suffix, sf_picture_suffixes[i]) == 0)
            return sf_site_put_picture(s, url, bytes, form, file, err);
    }
    return SOFAR_OK;
}

/* ---- keeping ---- */

/* Its files in the gallery that stands. */
static names files_of(sf_site *s, sf_str stem) {
    names out = {0};
    for (size_t i = 0; i < sf_twin_count; i++)
        *SF_PUSH(s->arena, &out) = file_name(s->arena, stem, sf_twins[i].suffix);
    for (size_t n = 1;; n++) {
        sf_str name = annex_name(s->arena, stem, n);
        if (!sf_manifest_lists(&s->old, name))
            return out;
        *SF_PUSH(s->arena, &out) = name;
    }
}

bool sf_site_keep(sf_site *s, const sf_record *record) {
    if (record->picture.len && !keep_picture(s, record->picture))
        return false;
    size_t before = s->written.count;
    names files = files_of(s, record->entry.stem);
    for (size_t i = 0; i < files.count; i++)
        if (!keep(s, files.at[i])) {
            while (s->written.count > before)
                unlink(join(s->arena, s->fresh, s->written.at[--s->written.count]));
            return false;
        }
    *SF_PUSH(s->arena, &s->records) = *record;
    return true;
}

static sf_anchors copy_anchors(sf_arena *arena, const uint64_t *at, size_t count) {
    sf_anchors out = {SF_ARRAY(arena, uint64_t, count + 1), count};
    if (count)
        memcpy(out.at, at, count * sizeof *at);
    return out;
}

/* Those of `all` that `but` has not. */
static sf_anchors without(sf_arena *arena, sf_anchors all, sf_anchors but) {
    sf_anchors out = {SF_ARRAY(arena, uint64_t, all.count + 1), 0};
    for (size_t i = 0, k = 0; i < all.count; i++) {
        while (k < but.count && but.at[k] < all.at[i])
            k++;
        if (k == but.count || but.at[k] != all.at[i])
            out.at[out.count++] = all.at[i];
    }
    return out;
}

static bool are_same(sf_anchors a, sf_anchors b) {
    return a.count == b.count && (!a.count || !memcmp(a.at, b.at, a.count * sizeof *a.at));
}

/* What is new is so against the last build that told something else: building again changes
 * nothing. */
static void compare_with_last(sf_site *s, sf_record *r) {
    const sf_record *was = sf_manifest_find(&s->old, r->asked);
    if (!was)
        return;
    bool same = are_same(was->all, r->all);
    r->rebuilt = was->rebuilt || !same;
    r->before = sf_str_copy(s->arena, same ? was->before : was->entry.last);
    r->fresh = same ? was->fresh : without(s->arena, r->all, was->all);
}

static void fill(sf_site *s, sf_arena *scratch, const sf_dossier *d, sf_record *r) {
    sf_str stem = r->entry.stem;
    size_t count;
    uint64_t *all = sf_show_anchors(scratch, d, &count);
    r->entry = sf_show_entry(scratch, d);
    r->entry.stem = stem;
    sf_show_own_entry(s->arena, &r->entry);
    r->asked = sf_str_copy(s->arena, sf_plain_line(scratch, r->asked));
    r->names = SF_ARRAY(s->arena, sf_str, d->name_count + 1);
    r->name_count = d->name_count;
    for (size_t i = 0; i < d->name_count; i++)
        r->names[i] = sf_str_copy(s->arena, d->names[i]);
    r->all = copy_anchors(s->arena, all, count);
    compare_with_last(s, r);
}

sofar_status sf_site_add(sf_site *s, sf_arena *scratch, const sf_dossier *d,
                         const sf_setting *setting, sf_record *r, sofar_error *err) {
    fill(s, scratch, d, r);
    sf_anchors before = without(scratch, r->all, r->fresh);
    sf_known known = {before.at, before.count, r->before};
    sf_setting own_setting = *setting;
    own_setting.stem = r->entry.stem;
    r->picture = setting->picture ? setting->picture->file : SF_ABSENT;
    own_setting.known = r->rebuilt ? &known : NULL;
    sofar_status status = SOFAR_OK;
    for (size_t i = 0; i < sf_twin_count && !status; i++) {
        sf_buf out = sf_buf_new(scratch);
        sf_twins[i].write(&out, d, &own_setting);
        status = write_file(s, file_name(s->arena, r->entry.stem, sf_twins[i].suffix),
                            sf_buf_str(&out), err);
    }
    for (size_t n = 1; n <= sf_show_annex_count(d) && !status; n++) {
        sf_buf out = sf_buf_new(scratch);
        sf_show_annex(&out, d, &own_setting, n);
        status = write_file(s, annex_name(s->arena, r->entry.stem, n), sf_buf_str(&out), err);
    }
    if (status)
        sf_site_abandon(s);
    else
        *SF_PUSH(s->arena, &s->records) = *r;
    return status;
}

/* ---- the end ---- */

static sofar_status write_index(sf_site *s, const sf_setting *setting, sofar_error *err) {
    static const struct {
        const char *name;
        void (*write)(sf_buf *out, const sf_setting *setting);
    } files[] = {{"index.html", sf_show_index},
                 {"index.json", sf_show_index_json},
                 {"index.csv", sf_show_index_csv},
                 {"sitemap.xml", sf_show_sitemap}};
    sofar_status status = SOFAR_OK;
    for (size_t i = 0; i < SF_LEN(files) && !status; i++) {
        if (files[i].write == sf_show_sitemap && !setting->base.len)
            continue;
        sf_buf out = sf_buf_new(s->arena);
        files[i].write(&out, setting);
        status = write_file(s, sf_str_of(files[i].name), sf_buf_str(&out), err);
    }
    return status;
}

static sofar_status write_manifest(sf_site *s, sofar_error *err) {
    s->now.records = s->records.at;
    s->now.record_count = s->records.count;
    s->now.files = s->written.at;
    s->now.file_count = s->written.count;
    sf_buf out = sf_buf_new(s->arena);
    sf_manifest_write(&out, &s->now);
    size_t changed = s->changed;
    sofar_status status = write_file(s, SF_STR(SF_MANIFEST), sf_buf_str(&out), err);
    s->changed = changed; /* it is no page */
    return status;
}

sofar_status sf_site_close(sf_site *s, const sf_setting *setting, size_t *written, size_t *all,
                           sofar_error *err) {
    sofar_status status = write_index(s, setting, err);
    *all = s->written.count;
    *written = s->changed;
    if (!status)
        status = write_manifest(s, err);
    if (!status)
        status = settle(s, err);
    if (!status)
        status = swap(s, err);
    sf_site_abandon(s);
    return status;
}
