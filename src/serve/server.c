/* The HTTP server: threads of libmicrohttpd take requests, clerks answer them. */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/clerk.h"
#include "serve/events.h"
#include "serve/guard.h"
#include "serve/scribe.h"

enum {
    THREADS = 4,           /* and clerks: each thread finds a free one */
    BACKLOG = 1024,        /* of connections that wait to be taken */
    CONNECTIONS = 12000,   /* at once, if the system lets a process have so many files */
    FILES = 64,            /* kept for all else: stores, sockets that listen */
    PATIENCE_S = 20,       /* with a client that neither sends nor takes */
    HEAD_BYTES = 16 << 10, /* of a request's line and headers, together */
    LONGEST_TARGET = 4 << 10,
    LONGEST_DELUGE = 1 << 20 /* bytes of a body; behind them the connection is closed */
};

struct sf_server {
    const sf_serve_options *options;
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock; /* of the next two */
    sf_clerk *free[THREADS];
    size_t free_count;
    char url[NI_MAXHOST + 32];
    char host[NI_MAXHOST + 2]; /* as a Host header names it: "127.0.0.1", "[::1]" */
    char desk[SF_HOST + 64];   /* URL; empty if there is none */
    sf_guard guard;
    sf_scribe *scribe;
    sf_events *events;
};

typedef struct request {
    char *target;
    char *body; /* of a decision; NULL for all else */
    size_t body_len;
    bool begun; /* its head was looked at */
} request;

/* ---- clerks ---- */

/* There are as many as threads, so there is one. The last given back comes first: it has the most
 * answers ready. */
static sf_clerk *take_clerk(sf_server *s) {
    pthread_mutex_lock(&s->lock);
    sf_clerk *clerk = s->free[--s->free_count];
    pthread_mutex_unlock(&s->lock);
    return clerk;
}

static void give_clerk(sf_server *s, sf_clerk *clerk) {
    pthread_mutex_lock(&s->lock);
    s->free[s->free_count++] = clerk;
    pthread_mutex_unlock(&s->lock);
}

/* ---- requests ---- */

/* allow: the methods there are instead; else NULL. */
static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status, sf_str why,
                              const char *allow) {
    sf_parcel *p = sf_parcel_new(status, "text/plain", why, false);
    bool made = p && (!allow || sf_parcel_header(p, MHD_HTTP_HEADER_ALLOW, allow));
    enum MHD_Result result = made ? sf_parcel_send(p, connection) : MHD_NO;
    sf_parcel_free(p);
    return result;
}

static enum MHD_Result serve(sf_server *s, struct MHD_Connection *connection, sf_str target) {
    sf_clerk *clerk = take_clerk(s);
    sf_parcel *p = sf_clerk_answer(clerk, target);
    enum MHD_Result result = p ? sf_parcel_send(p, connection) : MHD_NO;
    give_clerk(s, clerk);
    return result;
}

/* The request's target as it came; libmicrohttpd decodes and parts it in place afterwards, and
 * stops at a NUL that was encoded. */
static void *begin_request(void *server, const char *target, struct MHD_Connection *connection) {
    (void)server, (void)connection;
    request *r = calloc(1, sizeof *r);
    if (r && !(r->target = strdup(target))) {
        free(r);
        return NULL;
    }
    return r;
}

static void end_request(void *server, struct MHD_Connection *connection, void **of,
                        enum MHD_RequestTerminationCode how) {
    request *r = *of;
    (void)server, (void)connection, (void)how;
    if (r) {
        free(r->target);
        free(r->body);
    }
    free(r);
    *of = NULL;
}

static bool has_desk(const sf_server *s) { return !s->options->open; }

static bool is_path(const request *r, const char *path) {
    size_t len = strlen(path);
    return strncmp(r->target, path, len) == 0 && (!r->target[len] || r->target[len] == '?');
}

/* A request for what is there to be read. */
static enum MHD_Result read_it(sf_server *s, struct MHD_Connection *connection, const request *r) {
    if (!sf_guard_knows_host(&s->guard, connection))
        return refuse(connection, MHD_HTTP_MISDIRECTED_REQUEST,
                      SF_STR("this server answers to this machine's own names only\n"), NULL);
    if (strlen(r->target) > LONGEST_TARGET)
        return refuse(connection, MHD_HTTP_URI_TOO_LONG, SF_STR("the address is too long\n"), NULL);
    if (strcmp(r->target, "/events") == 0)
        return sf_events_listen(s->events, connection);
    return serve(s, connection, sf_str_of(r->target));
}

/* The head of a decision has come: its body may follow, or is not wanted. */
static enum MHD_Result begin_decision(sf_server *s, struct MHD_Connection *connection, request *r,
                                      const char *method) {
    sf_str why;
    if (strcmp(method, MHD_HTTP_METHOD_POST) != 0)
        return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED,
                      SF_STR("a decision is sent with POST\n"), "POST");
    unsigned status = sf_guard_refusal(&s->guard, connection, &why);
    if (status)
        return refuse(connection, status, why, NULL);
    r->body = malloc(SF_MOST_BODY);
    return r->body ? MHD_YES : MHD_NO;
}

/* A part of a body. MHD_NO ends the connection. */
static enum MHD_Result take_in(request *r, const char *upload, size_t *upload_size) {
    if (r->body && r->body_len + *upload_size <= SF_MOST_BODY)
        memcpy(r->body + r->body_len, upload, *upload_size);
    r->body_len += *upload_size;
    *upload_size = 0;
    return r->body_len > LONGEST_DELUGE ? MHD_NO : MHD_YES;
}

static enum MHD_Result decide(sf_server *s, struct MHD_Connection *connection, const request *r) {
    if (r->body_len > SF_MOST_BODY)
        return refuse(connection, MHD_HTTP_CONTENT_TOO_LARGE,
                      SF_STR("a decision has at most 64 KB\n"), NULL);
    sf_parcel *p = sf_scribe_take(s->scribe, (sf_str){r->body, r->body_len});
    enum MHD_Result result = p ? sf_parcel_send(p, connection) : MHD_NO;
    sf_parcel_free(p);
    return result;
}

static enum MHD_Result on_request(void *server, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **of) {
    sf_server *s = server;
    request *r = *of;
    (void)url, (void)version;
    if (!r)
        return MHD_NO;
    if (*upload_size)
        return take_in(r, upload, upload_size);
    if (r->body)
        return decide(s, connection, r);
    if (!r->begun && has_desk(s) && is_path(r, "/api/decide")) {
        r->begun = true;
        return begin_decision(s, connection, r, method);
    }
    bool reads =
        strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
    if (!reads && !has_desk(s) && is_path(r, "/api/decide"))
        return refuse(connection, MHD_HTTP_NOT_FOUND, SF_STR("there is nothing here\n"), NULL);
    if (!reads)
        return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED,
                      SF_STR("this is read: GET and HEAD only\n"), "GET, HEAD");
    return read_it(s, connection, r);
}

/* ---- the address ---- */

static bool is_loopback(const struct sockaddr *a) {
    if (a->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr) >> 24 == 127;
    return a->sa_family == AF_INET6 &&
           IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr);
}

/* All addresses of this machine: none of them is a name by which it is reached. */
static bool is_wildcard(const struct sockaddr *a) {
    if (a->sa_family == AF_INET)
        return ((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr == htonl(INADDR_ANY);
    return a->sa_family == AF_INET6 &&
           IN6_IS_ADDR_UNSPECIFIED(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr);
}

/* "127.0.0.1:8383" as an address; *out is for freeaddrinfo. */
static sofar_status find_address(const char *listen, struct addrinfo **out, sofar_error *err) {
    char host[NI_MAXHOST];
    const char *colon = strrchr(listen, ':');
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                             .ai_socktype = SOCK_STREAM};
    size_t len = colon ? (size_t)(colon - listen) : 0;
    const char *begin = listen;
    if (len > 2 && listen[0] == '[' && listen[len - 1] == ']') {
        begin++;
        len -= 2;
    }
    if (len > 0 && len < sizeof host && strspn(colon + 1, "0123456789") == strlen(colon + 1) &&
        strlen(colon + 1) <= 5 && atoi(colon + 1) <= 65535 && colon[1]) {
        memcpy(host, begin, len);
        host[len] = '\0';
        if (getaddrinfo(host, colon + 1, &hints, out) == 0)
            return SOFAR_OK;
    }
    return sf_fail(err, SOFAR_ERR_USAGE,
                   "'%s' is no address to listen at; give one like 127.0.0.1:8383 or [::1]:8383",
                   listen);
}

static sofar_status bind_to(const struct addrinfo *a, const char *listen_at, int *out,
                            sofar_error *err) {
    int yes = 1;
    int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && !setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) &&
        !bind(fd, a->ai_addr, a->ai_addrlen) && !listen(fd, BACKLOG)) {
        *out = fd;
        return SOFAR_OK;
    }
    int why = errno;
    if (fd >= 0)
        close(fd);
    return sf_fail(err, SOFAR_ERR_NETWORK, "cannot listen at %s: %s; choose another with --listen",
                   listen_at, strerror(why));
}

/* The names by which it is reached; the port may have been the system's choice. */
static void name_address(sf_server *s, int fd) {
    struct sockaddr_storage own;
    socklen_t len = sizeof own;
    char host[NI_MAXHOST] = "", port[NI_MAXSERV] = "";
    if (getsockname(fd, (struct sockaddr *)&own, &len) == 0)
        getnameinfo((struct sockaddr *)&own, len, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV);
    bool colons = strchr(host, ':') != NULL;
    snprintf(s->host, sizeof s->host, "%s%.*s%s", colons ? "[" : "", NI_MAXHOST - 1, host,
             colons ? "]" : "");
    snprintf(s->url, sizeof s->url, "http://%s:%s/", s->host, port);
}

static sofar_status open_socket(sf_server *s, int *out, sofar_error *err) {
    struct addrinfo *found;
    const char *at = s->options->listen;
    sofar_status status = find_address(at, &found, err);
    if (status)
        return status;
    if (!s->options->open && !s->options->afar && !is_loopback(found->ai_addr))
        status = sf_fail(err, SOFAR_ERR_USAGE,
                         "%s can be reached from other machines: say --public if everybody may "
                         "read what the store holds, or --desk if who has the token may decide, "
                         "too",
                         at);
    else if (!s->options->open && !s->options->base.len && is_wildcard(found->ai_addr))
        status = sf_fail(err, SOFAR_ERR_USAGE,
                         "%s is every address of this machine: say with --base-url by which name "
                         "it is reached",
                         at);
    else
        status = bind_to(found, at, out, err);
    freeaddrinfo(found);
    if (!status)
        name_address(s, *out);
    return status;
}

/* ---- start and stop ---- */

static void free_server(sf_server *s) {
    for (size_t i = 0; i < s->free_count; i++)
        sf_clerk_free(s->free[i]);
    sf_scribe_free(s->scribe);
    sf_events_free(s->events);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static sofar_status hire(sf_server *s, sofar_error *err) {
    sofar_status status = SOFAR_OK;
    while (s->free_count < THREADS && !status) {
        status = sf_clerk_new(s->options, &s->free[s->free_count], err);
        s->free_count += !status;
    }
    return status ? status : sf_scribe_new(s->options, &s->scribe, err);
}

/* Who may decide, and where. */
static sofar_status guard(sf_server *s, sofar_error *err) {
    sf_str base = s->options->base;
    sofar_status status = sf_guard_init(&s->guard, s->options->open, s->host, base, err);
    if (!status && has_desk(s))
        snprintf(s->desk, sizeof s->desk, "%.*sdesk#%s",
                 SF_ARG(base.len ? base : sf_str_of(s->url)), s->guard.token);
    return status;
}

/* As many connections as files may be open. */
static unsigned connections(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit))
        return CONNECTIONS / 16;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur > CONNECTIONS + FILES)
        return CONNECTIONS;
    return limit.rlim_cur > 2 * FILES ? (unsigned)limit.rlim_cur - FILES : FILES;
}

static struct MHD_Daemon *start_daemon(sf_server *s, int fd, unsigned most) {
    return MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
        on_request, s, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
        MHD_OPTION_CONNECTION_LIMIT, most, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)PATIENCE_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES, MHD_OPTION_URI_LOG_CALLBACK,
        begin_request, s, MHD_OPTION_NOTIFY_COMPLETED, end_request, s, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_END);
}

sofar_status sf_server_start(const sf_serve_options *options, sf_server **out, sofar_error *err) {
    int fd = -1;
    sf_server *s = calloc(1, sizeof *s);
    if (!s)
        return sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while starting the server");
    s->options = options;
    pthread_mutex_init(&s->lock, NULL);
    unsigned most = connections();
    sofar_status status = hire(s, err);
    if (!status)
        status = open_socket(s, &fd, err);
    if (!status)
        status = guard(s, err);
    if (!status)
        status = sf_events_new(options, most / 4, &s->events, err);
    if (!status && !(s->daemon = start_daemon(s, fd, most))) {
        sf_events_end(s->events);
        status = sf_fail(err, SOFAR_ERR_NETWORK, "cannot start the server at %s: %s",
                         options->listen, strerror(errno));
    }
    if (status && fd >= 0)
        close(fd);
    if (status)
        free_server(s);
    else
        *out = s;
    return status;
}

const char *sf_server_url(const sf_server *s) { return s->url; }

const char *sf_server_desk(const sf_server *s) { return s->desk[0] ? s->desk : NULL; }

void sf_server_stop(sf_server *s) {
    sf_events_end(s->events);
    MHD_stop_daemon(s->daemon);
    free_server(s);
}
