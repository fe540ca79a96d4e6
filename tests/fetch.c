/* URLs to pages, from a server of our own on the loopback address (fetch_server.py; skipped without
 * Python). Nothing here leaves the machine: what would, is refused before it connects. */
#include "fetch/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "fetch/address.h"
#include "fetch/robots.h"

static sf_arena arena;
static sofar_error err;
static sofar_page page;

/* ---- robots ---- */

static bool allows(const char *robots, const char *target) {
    return sf_robots_allow(&arena, sf_str_of(robots), SF_STR("sofar"), sf_str_of(target));
}

static void test_robots(void) {
    const char *groups =
        "User-agent: other\nDisallow: /\n\nUser-Agent: SOFAR/2.0 # us\nUser-agent: third\n"
        "Disallow: /a\nSitemap: x\nAllow: /a/b\n\nUser-agent: *\nDisallow: /c\n\n"
        "user-agent: sofar\ndisallow: /d";
    CHECK(allows(groups, "/"));
    CHECK(!allows(groups, "/a"));
    CHECK(!allows(groups, "/a/c?x=1"));
    CHECK(allows(groups, "/a/b/c"));
    CHECK(allows(groups, "/c"));
    CHECK(!allows(groups, "/d"));
    CHECK(allows("User-agent: sofarther\nDisallow: /", "/"));
    CHECK(!allows("User-agent: *\r\nDisallow: /\r\n", "/x"));
    CHECK(allows("User-agent: *\r\nDisallow: /\r\n", "/robots.txt"));
    CHECK(allows("User-agent: *\nDisallow:\n", "/x"));
    CHECK(allows("Disallow: /\n", "/x"));
    CHECK(allows("", "/x"));
    CHECK(!allows("\xEF\xBB\xBFUser-agent: *\nDisallow: /", "/x"));
    CHECK(allows("<html>not a robots file: at all</html>", "/x"));
    const char *stars = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*/draft*end\nDisallow: /x$";
    CHECK(!allows(stars, "/a/b.pdf"));
    CHECK(allows(stars, "/a/b.pdf?x"));
    CHECK(allows(stars, "/a/b.pdf.html"));
    CHECK(!allows(stars, "/a.pdf/b.pdf"));
    CHECK(!allows(stars, "/a/draft-3-end-9"));
    CHECK(allows(stars, "/a/draft-3"));
    CHECK(!allows(stars, "/x"));
    CHECK(allows(stars, "/xy"));
    CHECK(allows("User-agent: *\nDisallow: /p\nAllow: /p", "/p")); /* as long: allowed */
    CHECK(!allows("User-agent: *\nDisallow: /caf\xC3\xA9", "/caf%c3%a9"));
    CHECK(!allows("User-agent: *\nDisallow: /%7Esam", "/~sam"));
    CHECK(allows("User-agent: *\nDisallow: /a%2Fb", "/a/b"));
}

/* ---- addresses ---- */

static bool is_public(const char *text) {
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return sf_address_public((struct sockaddr *)&v4);
    if (inet_pton(AF_INET6, text, &v6.sin6_addr) != 1)
        check_that(false, text, __FILE__, __LINE__);
    return sf_address_public((struct sockaddr *)&v6);
}

static void test_addresses(void) {
    static const char *const private[] = {"0.0.0.0",
                                          "10.1.2.3",
                                          "100.64.0.1",
                                          "100.127.255.255",
                                          "127.0.0.1",
                                          "127.9.9.9",
                                          "169.254.169.254",
                                          "172.16.0.1",
                                          "172.31.255.255",
                                          "192.168.1.1",
                                          "192.0.2.7",
                                          "198.18.0.1",
                                          "198.19.255.255",
                                          "198.51.100.1",
                                          "203.0.113.9",
                                          "224.0.0.1",
                                          "240.0.0.1",
                                          "255.255.255.255",
                                          "::",
                                          "::1",
                                          "fe80::1",
                                          "fc00::1",
                                          "fd12::1",
                                          "ff02::1",
                                          "::ffff:127.0.0.1",
                                          "::ffff:10.0.0.1",
                                          "64:ff9b::a00:1",
                                          "2002:7f00:1::",
                                          "2001:db8::1",
                                          "2001::1",
                                          "::7f00:1",
                                          "100::1",
                                          "3fff::1"};
    static const char *const public[] = {"1.1.1.1",        "100.63.255.255",  "100.128.0.1",
                                         "172.15.255.255", "172.32.0.1",      "192.0.3.1",
                                         "198.20.0.1",     "223.255.255.255", "2606:4700::1",
                                         "::ffff:1.1.1.1", "64:ff9b::101:101"};
    for (size_t i = 0; i < SF_LEN(private); i++)
        check_that(!is_public(private[i]), private[i], __FILE__, __LINE__);
    for (size_t i = 0; i < SF_LEN(public); i++)
        check_that(is_public(public[i]), public[i], __FILE__, __LINE__);
}

/* ---- fetching ---- */

static sofar_status get(const char *url, const sf_fetch_options *options) {
    page = (sofar_page){0};
    err = (sofar_error){0};
    sofar_status status = sf_fetch_page(&arena, url, options, &page, &err);
    if (status)
        printf("# %s\n", err.msg);
    return status;
}

static bool says(const char *words) {
    return sf_str_find(sf_str_of(err.msg), sf_str_of(words), 0) != SIZE_MAX;
}

static void test_refusals(void) {
    static const char *const private[] = {"http://127.0.0.1:9/",
                                          "http://localhost:9/",
                                          "http://[::1]:9/",
                                          "http://2130706433:9/",
                                          "http://0x7f.1:9/",
                                          "http://[::ffff:7f00:1]:9/",
                                          "http://169.254.169.254/latest/",
                                          "http://10.0.0.1/",
                                          "http://0:9/"};
    for (size_t i = 0; i < SF_LEN(private); i++) {
        CHECK_INT(get(private[i], NULL), SOFAR_ERR_NETWORK);
        CHECK(says("--allow-private") || says("resolve")); /* a name the machine does not know */
    }
    CHECK_INT(get("https://harbour.example/", &(sf_fetch_options){.offline = true}),
              SOFAR_ERR_NETWORK);
    CHECK(says("https://harbour.example/") && says("--offline"));
    CHECK_INT(get("file:///etc/hostname", NULL), SOFAR_ERR_USAGE);
    CHECK_INT(get("ftp://harbour.example/", NULL), SOFAR_ERR_USAGE);
    CHECK_INT(get("http://", NULL), SOFAR_ERR_USAGE);
    CHECK_INT(get("http://sam:secret@harbour.example/", NULL), SOFAR_ERR_USAGE);
    CHECK(!says("secret"));
}

typedef struct server {
    pid_t pid;
    int hold; /* closing it ends the server */
    int port, closed;
} server;

static bool start(server *s) {
    int down[2], up[2];
    const char *root = getenv("SOFAR_ROOT");
    sf_str script = sf_str_format(&arena, "%s/tests/fetch_server.py", root ? root : ".");
    if (pipe(down) || pipe(up))
        return false;
    s->pid = fork();
    if (s->pid == 0) {
        dup2(down[0], 0);
        dup2(up[1], 1);
        close(down[1]);
        close(up[0]);
        execlp("python3", "python3", script.ptr, (char *)NULL);
        _exit(127);
    }
    close(down[0]);
    close(up[1]);
    s->hold = down[1];
    FILE *ports = fdopen(up[0], "r");
    char line[32];
    int *into[] = {&s->port, &s->closed};
    for (size_t i = 0; i < 2; i++)
        *into[i] = ports && fgets(line, sizeof line, ports) ? (int)strtol(line, NULL, 10) : 0;
    if (ports)
        fclose(ports);
    return s->port && s->closed;
}

static const char *at(const server *s, const char *path) {
    return sf_str_format(&arena, "http://127.0.0.1:%d%s", s->port, path).ptr;
}

static void test_pages(const server *s) {
    const char *html = "<!doctype html><title>Low Tide</title><p>It is done.</p>";
    sf_fetch_options options = {.loopback_port = s->port};
    CHECK_INT(get(at(s, "/page"), &options), SOFAR_OK);
    CHECK_STR(page.bytes, html);
    CHECK_STR(page.content_type, "text/html; charset=utf-8");
    CHECK_STR(page.url, at(s, "/page"));
    CHECK_STR(page.captured, NULL);
    CHECK_INT(get(at(s, "/gzip"), &options), SOFAR_OK);
    CHECK_STR(page.bytes, html);
    CHECK_INT(get(at(s, "/agent"), &options), SOFAR_OK);
    CHECK_STR(page.bytes, "sofar/0.1");
    CHECK_INT(get(at(s, "/moved"), &options), SOFAR_OK);
    CHECK_STR(page.url, at(s, "/page?moved=1"));
    CHECK_STR(page.file, at(s, "/moved"));
}

static void test_bad_answers(const server *s) {
    sf_fetch_options options = {.loopback_port = s->port, .max_bytes = 5000};
    CHECK_INT(get(at(s, "/missing"), &options), SOFAR_ERR_NETWORK);
    CHECK(says("/missing") && says("404"));
    CHECK_INT(get(at(s, "/long"), &options), SOFAR_ERR_LIMIT);
    CHECK(says("5000 bytes"));
    CHECK_INT(get(at(s, "/bomb"), &options), SOFAR_ERR_LIMIT);
    CHECK_INT(get(at(s, "/short"), &options), SOFAR_ERR_NETWORK);
    CHECK_INT(get(at(s, "/empty"), &options), SOFAR_ERR_NETWORK);
    CHECK_INT(get(at(s, "/loop"), &options), SOFAR_ERR_NETWORK);
    CHECK(says("more than 10"));
    CHECK_INT(get(at(s, "/to-private"), &options), SOFAR_ERR_NETWORK);
    CHECK(says("--allow-private") && says("127.0.0.1"));
    CHECK_INT(get(at(s, "/to-file"), &options), SOFAR_ERR_NETWORK);
    CHECK(says("no web page"));
    options.timeout_s = 1;
    CHECK_INT(get(at(s, "/slow"), &options), SOFAR_ERR_NETWORK);
    CHECK(says("too slow"));
}

static void test_asking(const server *s) {
    sf_fetch_options options = {.loopback_port = s->port};
    CHECK_INT(get(at(s, "/private/x"), &options), SOFAR_ERR_NETWORK);
    CHECK(says("robots.txt") && says("/private/x"));
    CHECK_INT(get(at(s, "/private/open"), &options), SOFAR_OK);
    CHECK_INT(get(at(s, "/paper.pdf"), &options), SOFAR_ERR_NETWORK);
    CHECK_INT(get(at(s, "/to-disallowed"), &options), SOFAR_ERR_NETWORK);
    CHECK(says("robots.txt"));
    options.ignore_robots = true;
    CHECK_INT(get(at(s, "/private/x"), &options), SOFAR_OK);
    CHECK_INT(get(at(s, "/page"), &(sf_fetch_options){.allow_private = true}), SOFAR_OK);
}

int main(void) {
    sf_arena_init(&arena, NULL, NULL);
    static const char *const proxies[] = {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY",
                                          "ALL_PROXY"};
    for (size_t i = 0; i < SF_LEN(proxies); i++)
        unsetenv(proxies[i]);
    test_robots();
    test_addresses();
    test_refusals();
    server s;
    if (start(&s)) {
        test_pages(&s);
        test_bad_answers(&s);
        test_asking(&s);
    } else {
        printf("ok %d # SKIP no python3 to serve pages\n", ++check_count);
    }
    close(s.hold);
    waitpid(s.pid, NULL, 0);
    sf_arena_clear(&arena);
    return check_done();
}
