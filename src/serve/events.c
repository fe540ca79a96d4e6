/* Each listener's connection is suspended while there is nothing to tell; the thread that looks
 * resumes it. libmicrohttpd calls take() in one of its threads; what a listener has is guarded by
 * the lock, and a connection is resumed under it, so that nobody forgets it in between. */
#include "serve/events.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "serve/parcel.h"
#include "store/store.h"

enum {
    LOOK_MS = 1500,   /* between two looks at the store */
    HEARTBEAT_S = 15, /* so that who has gone is noticed */
    ROOM = 128        /* bytes of an event */
};

typedef struct listener {
    struct sf_events *events;
    struct listener *next, *before;
    struct MHD_Connection *connection;
    bool suspended;
    uint64_t told;   /* the news that it has; 0: none */
    uint64_t since;  /* the look that had begun when it came: it is told of later ones only */
    bool beat;       /* a heartbeat is due */
    char text[ROOM]; /* what is being sent */
    size_t len, sent;
} listener;

struct sf_events {
    const sf_serve_options *options;
    sf_store *store; /* of the thread that looks */
    pthread_t thread;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t wake;
    listener *first;
    size_t count, most;
    uint64_t begun, done; /* looks at the store; done: the last that has ended */
    uint64_t news, seen;  /* news: counts the states that were told */
    bool hurry;           /* somebody has come */
    int64_t pages, changes;
    bool ending;
};

/* ---- the store ---- */

/* False if nothing can be seen. */
static bool look(sf_events *e, bool first) {
    uint64_t seen = 0;
    int64_t pages = 0;
    sofar_error err;
    sofar_status status = SOFAR_OK;
    bool opened = !e->store; /* what is seen by one handle says nothing of another's */
    if (opened)
        status = sf_store_open(e->options->store, SF_STORE_READ, &e->store, &err);
    if (!status)
        status = sf_store_seen(e->store, &seen, &err);
    if (!status && !first && !opened && seen == e->seen)
        return true;
    if (!status)
        status = sf_store_size(e->store, &pages, &err);
    if (status) { /* the clerks say what is wrong with it */
        sf_store_close(e->store);
        e->store = NULL;
        return false;
    }
    pthread_mutex_lock(&e->lock);
    bool changed = !first && (!opened || pages != e->pages);
    e->changes += changed;
    e->news += first || changed;
    e->pages = pages;
    pthread_mutex_unlock(&e->lock);
    e->seen = seen;
    return true;
}

/* With the lock. */
static bool has_news(const sf_events *e, const listener *l) {
    return l->told != e->news && e->done > l->since;
}

/* With the lock. */
static void resume_all(sf_events *e, bool beat) {
    for (listener *l = e->first; l; l = l->next) {
        l->beat |= beat;
        if (l->suspended && (e->ending || l->beat || has_news(e, l))) {
            l->suspended = false;
            MHD_resume_connection(l->connection);
        }
    }
}

/* Waits; with the lock. */
static void pause_for(sf_events *e, int ms) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    while (!e->ending && !e->hurry && pthread_cond_timedwait(&e->wake, &e->lock, &until) == 0)
        ;
}

static void *run(void *events) {
    sf_events *e = events;
    time_t beaten = 0;
    bool first = true;
    pthread_mutex_lock(&e->lock);
    while (!e->ending) {
        while (!e->count && !e->ending)
            pthread_cond_wait(&e->wake, &e->lock);
        e->hurry = false;
        e->begun++;
        pthread_mutex_unlock(&e->lock);
        first = !look(e, first) && first;
        pthread_mutex_lock(&e->lock);
        e->done = e->begun;
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        bool beat = now.tv_sec >= beaten + HEARTBEAT_S;
        beaten = beat ? now.tv_sec : beaten;
        resume_all(e, beat);
        pause_for(e, LOOK_MS);
    }
    resume_all(e, false);
    pthread_mutex_unlock(&e->lock);
    return NULL;
}

/* ---- listeners ---- */

/* What is to be sent next; with the lock. */
static void write_next(listener *l) {
    const sf_events *e = l->events;
    int n = 0;
    l->sent = 0;
    if (has_news(e, l))
        n = snprintf(l->text, ROOM, "%sevent: store\ndata: {\"pages\":%lld,\"changes\":%lld}\n\n",
                     l->told ? "" : "retry: 5000\n" /* ms */, (long long)e->pages,
                     (long long)e->changes);
    else if (l->beat)
        n = snprintf(l->text, ROOM, ":\n\n");
    if (has_news(e, l))
        l->told = e->news;
    l->len = (size_t)n;
    l->beat = false;
}

static ssize_t take(void *of, uint64_t at, char *out, size_t room) {
    listener *l = of;
    sf_events *e = l->events;
    ssize_t n = 0;
    (void)at;
    pthread_mutex_lock(&e->lock);
    if (l->sent == l->len)
        write_next(l);
    size_t left = l->len - l->sent;
    if (e->ending) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (left) {
        n = (ssize_t)(left < room ? left : room);
        memcpy(out, l->text + l->sent, (size_t)n);
        l->sent += (size_t)n;
    } else {
        l->suspended = true;
        MHD_suspend_connection(l->connection);
    }
    pthread_mutex_unlock(&e->lock);
    return n;
}

static void leave(void *of) {
    listener *l = of;
    sf_events *e = l->events;
    pthread_mutex_lock(&e->lock);
    if (l->before)
        l->before->next = l->next;
    else
        e->first = l->next;
    if (l->next)
        l->next->before = l->before;
    e->count--;
    pthread_mutex_unlock(&e->lock);
    free(l);
}

static bool enter(sf_events *e, listener *l) {
    pthread_mutex_lock(&e->lock);
    bool room = e->count < e->most && !e->ending;
    if (room) {
        l->next = e->first;
        if (e->first)
            e->first->before = l;
        e->first = l;
        e->count++;
        l->since = e->begun;
        e->hurry = true;
        pthread_cond_signal(&e->wake);
    }
    pthread_mutex_unlock(&e->lock);
    return room;
}

static enum MHD_Result refuse(struct MHD_Connection *connection) {
    sf_parcel *p = sf_parcel_new(MHD_HTTP_SERVICE_UNAVAILABLE, "text/plain",
                                 SF_STR("too many listen already\n"), false);
    enum MHD_Result result = p ? sf_parcel_send(p, connection) : MHD_NO;
    sf_parcel_free(p);
    return result;
}

enum MHD_Result sf_events_listen(sf_events *e, struct MHD_Connection *connection) {
    listener *l = calloc(1, sizeof *l);
    if (!l)
        return MHD_NO;
    *l = (listener){.events = e, .connection = connection};
    if (!enter(e, l)) {
        free(l);
        return refuse(connection);
    }
    struct MHD_Response *r =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, ROOM, take, l, leave);
    if (!r) {
        leave(l);
        return MHD_NO;
    }
    enum MHD_Result result = MHD_NO;
    if (sf_parcel_guard(r) &&
        MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream") &&
        MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store"))
        result = MHD_queue_response(connection, MHD_HTTP_OK, r);
    MHD_destroy_response(r); /* leave() comes with the connection's end, or now */
    return result;
}

/* ---- being ---- */

sofar_status sf_events_new(const sf_serve_options *options, size_t most, sf_events **out,
                           sofar_error *err) {
    pthread_condattr_t attr;
    sf_events *e = calloc(1, sizeof *e);
    if (!e)
        return sf_fail(err, SOFAR_ERR_MEMORY, "out of memory while starting the server");
    e->options = options;
    e->most = most < SF_MOST_LISTENERS ? most : SF_MOST_LISTENERS;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&e->lock, NULL);
    pthread_cond_init(&e->wake, &attr);
    pthread_condattr_destroy(&attr);
    if (pthread_create(&e->thread, NULL, run, e)) {
        pthread_cond_destroy(&e->wake);
        pthread_mutex_destroy(&e->lock);
        free(e);
        return sf_fail(err, SOFAR_ERR_MEMORY, "the system gives no thread for events");
    }
    *out = e;
    return SOFAR_OK;
}

void sf_events_end(sf_events *e) {
    pthread_mutex_lock(&e->lock);
    e->ending = true;
    pthread_cond_signal(&e->wake);
    pthread_mutex_unlock(&e->lock);
    pthread_join(e->thread, NULL);
}

void sf_events_free(sf_events *e) {
    if (!e)
        return;
    sf_store_close(e->store);
    pthread_cond_destroy(&e->wake);
    pthread_mutex_destroy(&e->lock);
    free(e);
}
