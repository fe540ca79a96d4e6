/* The store for Python. Answers come as the JSON or CSV that the command writes. */
#include "_native.h"

#include <stdlib.h>
#include <string.h>

#include "show/lists.h"
#include "show/quotes.h"
#include "show/search.h"
#include "story/diff.h"

typedef struct native_store {
    PyObject_HEAD sf_store *is;
    char *heard; /* keys that questions asked for, each behind 'n' (name) or 'r' (renaming) */
    size_t heard_len, heard_room;
    bool deaf; /* memory ran out */
} native_store;

/* The store of a method; NULL with ValueError if it is closed. */
static sf_store *opened(PyObject *self) {
    sf_store *store = ((native_store *)self)->is;
    if (!store)
        PyErr_SetString(PyExc_ValueError, "the store is closed");
    return store;
}

/* Store(where, write) */
static int store_init(PyObject *self, PyObject *args, PyObject *keywords) {
    (void)keywords;
    char *where;
    int write;
    if (!PyArg_ParseTuple(args, "O&p", native_path, &where, &write))
        return -1;
    sf_store *made = NULL;
    sofar_error err;
    sofar_status status;
    Py_BEGIN_ALLOW_THREADS status =
        sf_store_open(where, write ? SF_STORE_WRITE : SF_STORE_READ, &made, &err);
    Py_END_ALLOW_THREADS if (status) {
        native_fail(&err);
        return -1;
    }
    sf_store_close(((native_store *)self)->is);
    ((native_store *)self)->is = made;
    return 0;
}

/* add(reading) -> whether the store learnt something. The page is the one it was read from. */
static PyObject *store_add(PyObject *self, PyObject *reading) {
    sf_store *store = opened(self);
    PyObject *type = store ? PyObject_GetAttrString((PyObject *)Py_TYPE(self), "_reading") : NULL;
    int fits = type ? PyObject_IsInstance(reading, type) : -1;
    Py_XDECREF(type);
    if (fits <= 0)
        return fits ? NULL : PyErr_Format(PyExc_TypeError, "add() takes a reading");
    const native_reading *r = (const native_reading *)reading;
    sofar_page page = SOFAR_PAGE_INIT;
    if (!native_page(PyTuple_GetItem(r->holds, 1), &page))
        return NULL;
    bool added = false;
    sofar_error err;
    sofar_status status;
    Py_BEGIN_ALLOW_THREADS status = sf_store_add(store, r->is, &page, &added, &err);
    Py_END_ALLOW_THREADS return status ? native_fail(&err) : PyBool_FromLong(added);
}

/* add_carried(tuple, bare) -> whether the store learnt something. */
static PyObject *store_add_carried(PyObject *self, PyObject *args) {
    sf_store *store = opened(self);
    return store ? native_add_carried(store, args) : NULL;
}

static void hear(void *ctx, sf_str key, bool renaming) {
    native_store *s = ctx;
    size_t wants = s->heard_len + key.len + 1;
    if (wants > s->heard_room) {
        size_t room = 2 * wants;
        char *grown = realloc(s->heard, room);
        s->deaf |= !grown;
        if (!grown)
            return;
        s->heard = grown;
        s->heard_room = room;
    }
    s->heard[s->heard_len] = renaming ? 'r' : 'n';
    memcpy(s->heard + s->heard_len + 1, key.ptr, key.len);
    s->heard_len = wants;
}

/* heard() -> the keys that were asked for since the last call, a byte 'n' or 'r' before each of
 * eight; listening begins with the first call. */
static PyObject *store_heard(PyObject *self, PyObject *nothing) {
    (void)nothing;
    native_store *s = (native_store *)self;
    if (!opened(self))
        return NULL;
    PyObject *out =
        s->deaf ? PyErr_NoMemory()
                : PyBytes_FromStringAndSize(s->heard ? s->heard : "", (Py_ssize_t)s->heard_len);
    s->heard_len = 0;
    s->deaf = false;
    sf_store_listen(s->is, hear, s);
    return out;
}

/* subjects() -> [(name, type, number of facts), ...] */
static PyObject *store_subjects(PyObject *self, PyObject *nothing) {
    (void)nothing;
    sf_store *store = opened(self);
    if (!store)
        return NULL;
    sf_arena arena;
    sf_told *told = NULL;
    size_t count = 0;
    sofar_error err;
    sofar_status status;
    PyThreadState *lock = PyEval_SaveThread();
    sf_arena_init(&arena, NULL, NULL);
    status = sf_story_subjects(store, &arena, &told, &count, &err);
    PyEval_RestoreThread(lock);
    PyObject *out = status ? native_fail(&err) : native_told(told, count);
    sf_arena_clear(&arena);
    return out;
}

static PyObject *batch(PyObject *self, sofar_status (*call)(sf_store *store, sofar_error *err)) {
    sf_store *store = opened(self);
    if (!store)
        return NULL;
    sofar_error err;
    sofar_status status;
    Py_BEGIN_ALLOW_THREADS status = call(store, &err);
    Py_END_ALLOW_THREADS if (status) return native_fail(&err);
    Py_RETURN_NONE;
}

static PyObject *store_begin(PyObject *self, PyObject *nothing) {
    (void)nothing;
    return batch(self, sf_store_begin);
}

static PyObject *store_commit(PyObject *self, PyObject *nothing) {
    (void)nothing;
    return batch(self, sf_store_commit);
}

/* What was asked, and the room for the answer. */
typedef struct question {
    const char *kind, *form; /* "on", "timeline" ...; "json" or "csv" */
    sofar_str subject, speaker, about;
    sf_date from, until; /* of a difference; of quotes; as_of is `until` */
    Py_ssize_t most;     /* pages of a search */
} question;

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

static sofar_status of_dossier(sf_store *store, const question *q, sf_buf *out, sofar_error *err) {
    sf_dossier *d, *before;
    bool csv = is(q->form, "csv");
    sofar_status status = sf_story_dossier(store, out->arena, q->subject, q->until, &d, err);
    if (status || d->source_count == 0)
        return status;
    if (is(q->kind, "timeline")) {
        (csv ? sf_show_timeline_csv : sf_show_timeline_json)(out, d);
    } else if (is(q->kind, "cast")) {
        (csv ? sf_show_cast_csv : sf_show_cast_json)(out, d);
    } else if (is(q->kind, "sources")) {
        (csv ? sf_show_outlets_csv : sf_show_outlets_json)(out, d);
    } else if (is(q->kind, "diff") && !csv) {
        status = sf_story_dossier(store, out->arena, q->subject, q->from, &before, err);
        if (!status) {
            sf_diff diff = sf_story_diff(out->arena, before, d);
            sf_show_diff_json(out, &diff);
        }
    } else if (is(q->kind, "on") && !csv) {
        sf_show_json(out, d);
    } else {
        status = sf_fail(err, SOFAR_ERR_USAGE, "%s: has no %s", q->kind, q->form);
    }
    return status;
}

static sofar_status of_quotes(sf_store *store, const question *q, sf_buf *out, sofar_error *err) {
    sf_asked asked = {.subject = q->subject,
                      .speaker = q->speaker,
                      .about = q->about,
                      .since = q->from,
                      .until = q->until};
    sf_sayings found;
    sofar_status status = sf_story_sayings(store, out->arena, &asked, &found, err);
    if (status)
        return status;
    sf_audit audit = sf_show_audit_of(out->arena, &found);
    bool csv = is(q->form, "csv");
    if (is(q->kind, "audit"))
        (csv ? sf_show_audit_csv : sf_show_audit_json)(out, &audit);
    else
        (csv ? sf_show_quotes_csv : sf_show_quotes_json)(out, &found);
    return SOFAR_OK;
}

int native_day(PyObject *object, void *out) {
    sofar_str s;
    sf_date *date = out;
    *date = (sf_date){0};
    if (!native_string(object, &s))
        return 0;
    if (s.ptr && !sf_date_parse(s, date)) {
        PyErr_Format(PyExc_ValueError, "%S is no day; write 2021, 2021-10 or 2021-10-15", object);
        return 0;
    }
    return 1;
}

/* subject: the words that are looked for. */
static sofar_status of_words(sf_store *store, const question *q, sf_buf *out, sofar_error *err) {
    sf_search found = {0};
    sofar_status status = sf_story_search(store, out->arena, q->subject, q->until,
                                          q->most > 0 ? (size_t)q->most : 1, &found, err);
    if (!status)
        (is(q->form, "csv") ? sf_show_search_csv : sf_show_search_json)(out, &found);
    return status;
}

/* ask(kind, form, subject, speaker, about, from, until, most) -> bytes; None where nobody knows the
 * subject. */
static PyObject *store_ask(PyObject *self, PyObject *args) {
    sf_store *store = opened(self);
    question q = {.most = 50};
    if (!store || !PyArg_ParseTuple(args, "ssO&O&O&O&O&|n", &q.kind, &q.form, native_string,
                                    &q.subject, native_string, &q.speaker, native_string, &q.about,
                                    native_day, &q.from, native_day, &q.until, &q.most))
        return NULL;
    jmp_buf escape;
    sf_arena arena;
    sofar_error err;
    sofar_str answer = {0};
    sofar_status status;
    PyThreadState *lock = PyEval_SaveThread();
    sf_arena_init(&arena, NULL, &escape);
    if (setjmp(escape) == 0) {
        sf_buf out = sf_buf_new(&arena);
        bool quotes = is(q.kind, "quotes") || is(q.kind, "audit");
        bool search = is(q.kind, "search");
        status = (search ? of_words : quotes ? of_quotes : of_dossier)(store, &q, &out, &err);
        answer = out.len ? sf_buf_str(&out) : answer;
    } else {
        status = sf_fail(&err, SOFAR_ERR_MEMORY, "%s: out of memory", sf_store_path(store));
    }
    PyEval_RestoreThread(lock);
    PyObject *out = status ? native_fail(&err) : native_bytes(answer);
    sf_arena_clear(&arena);
    return out;
}

static PyObject *store_export(PyObject *self, PyObject *args) {
    sf_store *store = opened(self);
    return store ? native_export(store, args) : NULL;
}

static PyObject *store_close(PyObject *self, PyObject *nothing) {
    (void)nothing;
    sf_store_close(((native_store *)self)->is);
    ((native_store *)self)->is = NULL;
    Py_RETURN_NONE;
}

static void store_free(PyObject *self) {
    sf_store_close(((native_store *)self)->is);
    free(((native_store *)self)->heard);
    native_destroy(self);
}

static PyMethodDef store_methods[] = {
    {"add", store_add, METH_O, "Adds a reading and the page it was made of."},
    {"add_carried", store_add_carried, METH_VARARGS, "Adds what Reading.carried() gave."},
    {"heard", store_heard, METH_NOARGS, "By which keys questions looked for pages."},
    {"subjects", store_subjects, METH_NOARGS, "The subjects that facts speak of."},
    {"begin", store_begin, METH_NOARGS, "Pages share a transaction from here on."},
    {"commit", store_commit, METH_NOARGS, "Ends it."},
    {"ask", store_ask, METH_VARARGS, "An answer, as the command writes it."},
    {"export", store_export, METH_VARARGS, "Dossiers for other programs, piece by piece."},
    {"close", store_close, METH_NOARGS, "Closes the store; again does nothing."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot store_slots[] = {{Py_tp_new, PyType_GenericNew},
                                    {Py_tp_init, store_init},
                                    {Py_tp_dealloc, store_free},
                                    {Py_tp_methods, store_methods},
                                    {0, NULL}};
PyType_Spec native_store_spec = {"sofar._sofar.Store", sizeof(native_store), 0, Py_TPFLAGS_DEFAULT,
                                 store_slots};
