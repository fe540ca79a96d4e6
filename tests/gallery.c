/* The gallery as files: built beside and swapped, the old one whole whatever fails, nothing of
 * others deleted, and no name of a subject that leaves the folder. */
#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "made_dossier.h"
#include "show/site.h"
#include "show/slug.h"
#include "show/twins.h"

static const char *in(sf_arena *arena, const char *dir, const char *name) {
    return sf_str_format(arena, "%s/%s", dir, name).ptr;
}

static size_t size_of(sf_arena *arena, const char *dir, const char *name) {
    struct stat st;
    return stat(in(arena, dir, name), &st) == 0 ? (size_t)st.st_size : 0;
}

static int entries(const char *dir) {
    DIR *d = opendir(dir);
    int n = 0;
    while (d && readdir(d))
        n++;
    if (d)
        closedir(d);
    return n - 2;
}

static void put(sf_arena *arena, const char *dir, const char *name) {
    FILE *f = fopen(in(arena, dir, name), "w");
    CHECK(f != NULL);
    if (f) {
        fputs("mine", f);
        fclose(f);
    }
}

/* A gallery of made subjects. Without the last fact where `less`. */
static sofar_status build(sf_arena *arena, const char *dir, const char *const *subjects,
                          size_t count, bool less, size_t *written, sofar_error *err) {
    sf_site *site;
    sf_entry entries[8] = {0};
    sf_shelf shelf = {entries, count};
    sf_setting setting = {.shelf = &shelf, .base = SF_STR("https://so.example/far/")};
    size_t all;
    for (size_t i = 0; i < count; i++)
        entries[i] = (sf_entry){.name = sf_str_of(subjects[i]), .type = SOFAR_WORK};
    sf_shelf_name(arena, entries, count);
    sofar_status status = sf_site_open(arena, dir, 7, &site, err);
    for (size_t i = 0; i < count && !status; i++) {
        sf_dossier *d = made_dossier(arena);
        d->name = sf_str_of(subjects[i]);
        d->event_count -= less;
        sf_record r = {.asked = d->name, .entry = entries[i]};
        status = sf_site_add(site, arena, d, &setting, &r, err);
        entries[i] = r.entry;
    }
    return status ? status : sf_site_close(site, &setting, written, &all, err);
}

static sofar_status show(sf_arena *arena, const char *dir, const char *const *subjects,
                         size_t count, sofar_error *err) {
    size_t written;
    return build(arena, dir, subjects, count, false, &written, err);
}

/* Files of a gallery: of each subject, of the index, the sitemap and the manifest. */
static int files_of(size_t subjects) { return (int)(subjects * sf_twin_count) + 3 + 1 + 1; }

static const char *const first[] = {"Ana Ruiz", "Low Tide"}, *const second[] = {"Mira"};

static void writing(sf_arena *arena, const char *base) {
    sofar_error err = {0};
    const char *site = in(arena, base, "site");
    CHECK_INT(show(arena, sf_str_format(arena, "%s//", site).ptr, first, 2, &err), SOFAR_OK);
    CHECK_INT(entries(site), files_of(2));
    CHECK(size_of(arena, site, "low-tide.html") > 1000);
    CHECK(size_of(arena, site, "ana-ruiz.html") > 1000);
    /* another gallery takes its place; what lies beside the pages stays */
    put(arena, site, "CNAME");
    CHECK_INT(chmod(site, 0750), 0);
    CHECK_INT(show(arena, site, second, 1, &err), SOFAR_OK);
    CHECK_INT(entries(site), files_of(1) + 1);
    CHECK(size_of(arena, site, "mira.html") > 1000);
    CHECK_INT(size_of(arena, site, "CNAME"), 4);
    struct stat st;
    CHECK(stat(site, &st) == 0 && (st.st_mode & 0777) == 0750);
    CHECK_INT(entries(base), 1); /* nothing left beside it */
    /* through a symbolic link, which stays one */
    const char *link = in(arena, base, "link");
    CHECK_INT(symlink("site", link), 0);
    CHECK_INT(show(arena, link, first, 2, &err), SOFAR_OK);
    CHECK(lstat(link, &st) == 0 && S_ISLNK(st.st_mode));
    CHECK(size_of(arena, site, "low-tide.html") > 1000);
    unlink(link);
    /* an empty folder may be taken */
    const char *empty = in(arena, base, "empty");
    CHECK_INT(mkdir(empty, 0777), 0);
    CHECK_INT(show(arena, empty, second, 1, &err), SOFAR_OK);
    CHECK_INT(entries(empty), files_of(1));
    CHECK_INT(entries(base), 2);
}

static void refuses(sf_arena *arena, const char *dir, sofar_status status, const char *says) {
    sofar_error err = {0};
    CHECK_INT(show(arena, dir, second, 1, &err), status);
    bool names = strstr(err.msg, says) != NULL;
    check_that(names, says, __FILE__, __LINE__);
    if (!names)
        printf("# %s\n", err.msg);
}

static void refusing(sf_arena *arena, const char *base) {
    const char *other = in(arena, base, "other"), *site = in(arena, base, "site");
    CHECK_INT(mkdir(other, 0777), 0);
    put(arena, other, "thesis.tex");
    int before = entries(base);
    refuses(arena, other, SOFAR_ERR_IO, other);
    CHECK_INT(size_of(arena, other, "thesis.tex"), 4);
    CHECK_INT(entries(other), 1);
    /* a file that a page would overwrite */
    put(arena, site, "mira.html");
    refuses(arena, site, SOFAR_ERR_IO, "mira.html is not sofar's");
    CHECK_INT(size_of(arena, site, "mira.html"), 4);
    CHECK(size_of(arena, site, "low-tide.html") > 1000);
    CHECK_INT(unlink(in(arena, site, "mira.html")), 0);
    refuses(arena, in(arena, base, "no/such"), SOFAR_ERR_IO, "no/such");
    refuses(arena, in(arena, other, "thesis.tex"), SOFAR_ERR_IO, "no folder");
    refuses(arena, "", SOFAR_ERR_USAGE, "-o");
    CHECK_INT(entries(base), before);
    /* a manifest that names other people's files gives no right to them */
    const char *trap = in(arena, base, "trap");
    CHECK_INT(mkdir(trap, 0777), 0);
    put(arena, trap, "notes.txt");
    FILE *f = fopen(in(arena, trap, ".sofar-gallery"), "w");
    CHECK(f && fputs("sofar gallery 2\nset\t0\nfile\t../other/thesis.tex\n"
                     "file\t../other/x.html\nfile\tnotes.txt\nname\tx\nall\tzz 1\n"
                     "page\nall\t3 2 1 x\nfile\n\t\n",
                     f) > 0);
    if (f)
        fclose(f);
    sofar_error err;
    CHECK_INT(show(arena, trap, second, 1, &err), SOFAR_OK);
    CHECK_INT(size_of(arena, trap, "notes.txt"), 4);
    CHECK_INT(size_of(arena, other, "thesis.tex"), 4);
}

/* A full disk, played by a limit on the size of files. */
static void full(sf_arena *arena, const char *base) {
    const char *site = in(arena, base, "site");
    size_t before = size_of(arena, site, "low-tide.html");
    int beside = entries(base);
    struct rlimit limit, small;
    signal(SIGXFSZ, SIG_IGN);
    CHECK_INT(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = limit;
    small.rlim_cur = 3000;
    fflush(stdout);
    sofar_error err = {0};
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &small), 0);
    sofar_status status = show(arena, site, second, 1, &err);
    setrlimit(RLIMIT_FSIZE, &limit);
    CHECK_INT(status, SOFAR_ERR_IO);
    CHECK(strstr(err.msg, "mira.html") != NULL);
    CHECK(before && size_of(arena, site, "low-tide.html") == before);
    CHECK_INT(entries(base), beside);
}

static void name(sf_arena *arena, sf_str subject, const char *wanted) {
    sf_entry one = {.name = subject, .type = SOFAR_WORK};
    sf_shelf_name(arena, &one, 1);
    sf_str got = one.stem;
    bool safe = got.len > 0 && got.len < 85;
    for (size_t i = 0; safe && i < got.len; i++) {
        char c = got.ptr[i];
        safe = sf_is_digit(c) || (c >= 'a' && c <= 'z') || (c == '-' && i > 0);
    }
    check_that(safe, "a safe name", __FILE__, __LINE__);
    if (wanted)
        CHECK_STR(got, wanted);
    else
        check_that(got.len >= 10 && strspn(got.ptr + got.len - 10, "0123456789abcdef") == 10,
                   "a marked name", __FILE__, __LINE__);
}

static void naming(sf_arena *arena) {
    name(arena, SF_STR("Low Tide"), "low-tide");
    name(arena,
         SF_STR("\xC3\x89lodie & the Captain\xE2\x80\x99s \xE2\x80\x9CLow Tide\xE2\x80\x9D!"),
         "elodie-and-the-captains-low-tide");
    name(arena, SF_STR("../../etc/passwd"), "etc-passwd");
    name(arena, SF_STR("index"), NULL);
    name(arena, SF_STR("CON"), NULL);
    name(arena, SF_STR("lpt1"), NULL);
    name(arena, SF_STR(""), NULL);
    name(arena, SF_STR("..."), NULL);
    name(arena, SF_STR("-"), NULL);
    name(arena, SF_STR("a\0b"), "a-b");
    name(arena, SF_STR("\xE6\xBD\xAE"), NULL);
    name(arena, SF_STR("\xFF\xFE"), NULL);
    name(arena, SF_STR("tide 0123456789"), NULL);
    char many[5000];
    memset(many, 'x', sizeof many);
    name(arena, (sf_str){many, sizeof many}, NULL);
    sf_entry e[4] = {{.name = SF_STR("Low Tide"), .type = SOFAR_WORK},
                     {.name = SF_STR("low tide"), .type = SOFAR_WORK},
                     {.name = SF_STR("Low Tide"), .type = SOFAR_ORGANIZATION},
                     {.name = SF_STR("Other"), .type = SOFAR_WORK}};
    sf_shelf_name(arena, e, 4);
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < i; k++)
            CHECK(!sf_str_equal(e[i].stem, e[k].stem));
    CHECK_STR(e[3].stem, "other");
}

/* Whether a file of the gallery holds the words. */
static bool holds(sf_arena *arena, const char *dir, const char *file, const char *words) {
    FILE *f = fopen(in(arena, dir, file), "r");
    char *bytes = sf_alloc(arena, 1 << 20);
    size_t len = f ? fread(bytes, 1, 1 << 20, f) : 0;
    if (f)
        fclose(f);
    return sf_str_find((sf_str){bytes, len}, sf_str_of(words), 0) != SIZE_MAX;
}

/* Built again: only what changed is written, and what is new says so until something else is. */
static void again(sf_arena *arena, const char *base) {
    sofar_error err = {0};
    size_t written;
    const char *site = in(arena, base, "again"), *page = "ana-ruiz.html";
    CHECK_INT(build(arena, site, first, 2, true, &written, &err), SOFAR_OK);
    CHECK_INT(written, files_of(2) - 1);
    CHECK(!holds(arena, site, page, "New since the last build"));
    struct stat old, now;
    CHECK(stat(in(arena, site, page), &old) == 0);
    CHECK_INT(build(arena, site, first, 2, true, &written, &err), SOFAR_OK);
    CHECK_INT(written, 0);
    CHECK(stat(in(arena, site, page), &now) == 0 && now.st_ino == old.st_ino);
    CHECK_INT(build(arena, site, first, 2, false, &written, &err), SOFAR_OK);
    CHECK(written > 0 && holds(arena, site, page, "New since the last build"));
    CHECK(holds(arena, site, page, "1 dated sentence; the last build had read up to"));
    CHECK_INT(build(arena, site, first, 2, false, &written, &err), SOFAR_OK);
    CHECK_INT(written, 0);
    CHECK(holds(arena, site, page, "New since the last build"));
}

static sofar_status build_long(sf_arena *arena, const char *dir, size_t events, bool may_keep,
                               size_t *written, sofar_error *err) {
    sf_site *site;
    sf_entry entry = {.name = SF_STR("Low Tide"), .type = SOFAR_WORK};
    sf_shelf shelf = {&entry, 1};
    sf_setting setting = {.shelf = &shelf};
    size_t all;
    sf_shelf_name(arena, &entry, 1);
    sofar_status status = sf_site_open(arena, dir, 7, &site, err);
    const sf_manifest *old = status ? NULL : sf_site_old(site);
    sf_dossier *d = made_dossier(arena);
    sf_told_event *many = SF_ARRAY(arena, sf_told_event, events + 1);
    for (size_t i = 0; i < events; i++)
        many[i] = d->events[0];
    d->events = many;
    d->event_count = events;
    sf_record r = {.asked = d->name, .entry = entry};
    bool kept = old && may_keep && sf_site_keep(site, sf_manifest_find(old, d->name));
    if (!status && !kept)
        status = sf_site_add(site, arena, d, &setting, &r, err);
    return status ? status : sf_site_close(site, &setting, written, &all, err);
}

/* The receipts of a long dossier stand on pages of their own, which are kept and go with it. */
static void long_dossier(sf_arena *arena, const char *base) {
    sofar_error err = {0};
    size_t written;
    const char *site = in(arena, base, "long"), *one = "low-tide.receipts-1.html";
    int short_one = (int)sf_twin_count + 4; /* with the index and the manifest */
    CHECK_INT(build_long(arena, site, 1600, false, &written, &err), SOFAR_OK);
    CHECK_INT(entries(site), short_one + 7);
    CHECK(holds(arena, site, one, "<mark>") && !holds(arena, site, "low-tide.html", "<mark>"));
    CHECK(holds(arena, site, "low-tide.html", "href=\"low-tide.receipts-1.html#f"));
    CHECK(holds(arena, site, "low-tide.receipts-7.html", "1501 to 16"));
    CHECK(!size_of(arena, site, "low-tide.receipts-8.html"));
    CHECK_INT(build_long(arena, site, 0, true, &written, &err), SOFAR_OK);
    CHECK_INT(written, 0);
    CHECK(holds(arena, site, one, "<mark>"));
    CHECK_INT(build_long(arena, site, 10, false, &written, &err), SOFAR_OK);
    CHECK_INT(entries(site), short_one);
    CHECK(!size_of(arena, site, one) && holds(arena, site, "low-tide.html", "<mark>"));
}

/* A subject that has not changed is taken over without being looked at; a gallery that lacks one of
 * its files is not. */
static void keeping(sf_arena *arena, const char *base) {
    sofar_error err = {0};
    const char *dir = in(arena, base, "again");
    sf_site *site;
    size_t written, all;
    sf_setting setting = {0};
    CHECK_INT(sf_site_open(arena, dir, 8, &site, &err), SOFAR_OK);
    CHECK(!sf_site_old(site)); /* other settings */
    sf_site_abandon(site);
    CHECK_INT(sf_site_open(arena, dir, 7, &site, &err), SOFAR_OK);
    const sf_manifest *old = sf_site_old(site);
    CHECK(old && old->record_count == 2);
    const sf_record *r = old ? sf_manifest_find(old, SF_STR("Low Tide")) : NULL;
    CHECK(r && sf_str_equal(r->entry.stem, SF_STR("low-tide")) && r->all.count == 8);
    CHECK(r && sf_site_keep(site, r));
    CHECK_INT(unlink(in(arena, dir, "ana-ruiz.ics")), 0);
    CHECK(!sf_site_keep(site, sf_manifest_find(old, SF_STR("Ana Ruiz"))));
    sf_shelf shelf = {r ? &r->entry : NULL, r != NULL};
    setting.shelf = &shelf;
    CHECK_INT(sf_site_close(site, &setting, &written, &all, &err), SOFAR_OK);
    CHECK_INT(all, sf_twin_count + 3);
    CHECK(size_of(arena, dir, "low-tide.html") > 1000 && !size_of(arena, dir, "ana-ruiz.html"));
}

int main(void) {
    sf_arena arena;
    sf_arena_init(&arena, NULL, NULL);
    const char *tmp = getenv("TMPDIR");
    char base[1024];
    snprintf(base, sizeof base, "%s/sofar-gallery-XXXXXX", tmp ? tmp : "/tmp");
    naming(&arena);
    if (CHECK(mkdtemp(base) != NULL)) {
        writing(&arena, base);
        refusing(&arena, base);
        again(&arena, base);
        keeping(&arena, base);
        long_dossier(&arena, base);
        full(&arena, base);
        const char *rm = sf_str_format(&arena, "rm -rf '%s'", base).ptr;
        CHECK_INT(system(rm), 0);
    }
    sf_arena_clear(&arena);
    return check_done();
}
