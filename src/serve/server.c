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

enum {
    THREADS = 4,           /* and clerks: each thread finds a free one */
    BACKLOG = 1024,        /* of connections that wait to be taken */
    CONNECTIONS = 12000,   /* at once, if the system lets a process have so many files */
    FILES = 64,            /* kept for all else: stores, sockets that listen */
    PATIENCE_S = 20,       /* with a client that neither sends nor takes */
    HEAD_BYTES = 16 << 10, /* of a request's line and headers, together */
    LONGEST_TARGET = 4 << 10
};

struct sf_server {
    const sf_serve_options *options;
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock; /* of the next two */
    sf_clerk *free[THREADS];
    size_t free_count;
    char url[NI_MAXHOST + 32];
    char host[NI_MAXHOST + 2]; /* as a Host header names it: "127.0.0.1", "[::1]" */
};

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

static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status, sf_str why) {
    sf_parcel *p = sf_parcel_new(status, "text/plain", why, false);
    enum MHD_Result result = p ? sf_parcel_send(p, connection) : MHD_NO;
    sf_parcel_free(p);
    return result;
}

/* Without its port. */
static sf_str host_of(sf_str header) {
    size_t end = sf_str_starts(header, SF_STR("[")) ? sf_str_find(header, SF_STR("]"), 0)
                                                    : sf_str_find(header, SF_STR(":"), 0);
    if (end == SIZE_MAX)
        return header;
    return sf_str_sub(header, 0, end + (header.ptr[end] == ']'));
}

/* Somebody else's page may not read here by having its own name lead to this machine. */
static bool is_ours(const sf_server *s, struct MHD_Connection *connection) {
    sf_str host = host_of(
        sf_str_of(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST)));
    return s->options->open || !host.ptr || sf_str_equal_ci(host, SF_STR("localhost")) ||
           sf_str_equal_ci(host, sf_str_of(s->host));
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
static void *keep_target(void *server, const char *target, struct MHD_Connection *connection) {
    (void)server, (void)connection;
    return strdup(target);
}

static void forget_target(void *server, struct MHD_Connection *connection, void **target,
                          enum MHD_RequestTerminationCode how) {
    (void)server, (void)connection, (void)how;
    free(*target);
    *target = NULL;
}

static enum MHD_Result on_request(void *server, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **target) {
    sf_server *s = server;
    (void)url, (void)version, (void)upload;
    if (!*target)
        return MHD_NO;
    if (*upload_size) { /* of a body that nobody wants */
        *upload_size = 0;
        return MHD_YES;
    }
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0)
        return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED,
                      SF_STR("this server is read: GET and HEAD only\n"));
    if (!is_ours(s, connection))
        return refuse(connection, MHD_HTTP_MISDIRECTED_REQUEST,
                      SF_STR("this server answers to this machine's own names only\n"));
    if (strlen(*target) > LONGEST_TARGET)
        return refuse(connection, MHD_HTTP_URI_TOO_LONG, SF_STR("the address is too long\n"));
    return serve(s, connection, sf_str_of(*target));
}

/* ---- the address ---- */

static bool is_loopback(const struct sockaddr *a) {
    if (a->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr) >> 24 == 127;
    return a->sa_family == AF_INET6 &&
           IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr);
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
    if (!s->options->open && !is_loopback(found->ai_addr))
        status = sf_fail(err, SOFAR_ERR_USAGE,
                         "%s can be reached from other machines: say --public if everybody may "
                         "read what the store holds",
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
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static sofar_status hire(sf_server *s, sofar_error *err) {
    sofar_status status = SOFAR_OK;
    while (s->free_count < THREADS && !status) {
        status = sf_clerk_new(s->options, &s->free[s->free_count], err);
        s->free_count += !status;
    }
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

static struct MHD_Daemon *start_daemon(sf_server *s, int fd) {
    return MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL, 0, NULL, NULL, on_request, s,
        MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
        MHD_OPTION_CONNECTION_LIMIT, connections(), MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)PATIENCE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES,
        MHD_OPTION_URI_LOG_CALLBACK, keep_target, s, MHD_OPTION_NOTIFY_COMPLETED, forget_target, s,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

sofar_status sf_server_start(const sf_serve_options *options, sf_server **out, sofar_error *err) {
    int fd = -1;
    sf_server *s = calloc(1, sizeof *s);
    if (!s)
        return sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while starting the server");
    s->options = options;
    pthread_mutex_init(&s->lock, NULL);
    sofar_status status = hire(s, err);
    if (!status)
        status = open_socket(s, &fd, err);
    if (!status && !(s->daemon = start_daemon(s, fd))) {
        close(fd);
        status = sf_fail(err, SOFAR_ERR_NETWORK, "cannot start the server at %s: %s",
                         options->listen, strerror(errno));
    }
    if (status)
        free_server(s);
    else
        *out = s;
    return status;
}

const char *sf_server_url(const sf_server *s) { return s->url; }

void sf_server_stop(sf_server *s) {
    MHD_stop_daemon(s->daemon);
    free_server(s);
}
