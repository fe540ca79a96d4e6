/* A store's dossiers in the formats of `sofar export`, one at a time into a function of Python's.
 */
#include "_native.h"

#include <string.h>

#include "show/export.h"

typedef struct writing {
    sf_store *store;
    sf_exporter exporter;
    sf_arena keep, one; /* of the whole; of one dossier */
    sf_date until;
} writing;

typedef enum phase { BEGIN, TELL, END } phase;

static sofar_status write_phase(writing *w, phase now, sf_str subject, sf_str *out,
                                sofar_error *err) {
    const sf_format *format = w->exporter.format;
    sf_buf buf = sf_buf_new(&w->one);
    if (now == TELL) {
        sf_dossier *d;
        sofar_status status = sf_story_dossier(w->store, &w->one, subject, w->until, &d, err);
        if (status || !d->source_count)
            return status;
        format->dossier(&w->exporter, &buf, d);
    } else {
        (now == BEGIN ? format->begin : format->end)(&w->exporter, &buf);
    }
    *out = sf_buf_str(&buf);
    return SOFAR_OK;
}

/* What is written now: *out is absent for a subject that nobody knows. Without the lock. */
static sofar_status take(writing *w, phase now, sf_str subject, sf_str *out, sofar_error *err) {
    jmp_buf escape;
    sf_arena_reset(&w->one);
    w->keep.escape = w->one.escape = &escape;
    *out = SF_ABSENT;
    return setjmp(escape)
               ? sf_fail(err, SOFAR_ERR_MEMORY, "%s: out of memory", sf_store_path(w->store))
               : write_phase(w, now, subject, out, err);
}

/* -1 with an exception; else whether there was something to tell. */
static int pass_on(writing *w, phase now, sf_str subject, PyObject *write) {
    sf_str bytes;
    sofar_error err;
    sofar_status status;
    Py_BEGIN_ALLOW_THREADS status = take(w, now, subject, &bytes, &err);
    Py_END_ALLOW_THREADS if (status) {
        native_fail(&err);
        return -1;
    }
    if (!bytes.ptr)
        return 0;
    PyObject *done = PyObject_CallFunction(write, "y#", bytes.ptr, (Py_ssize_t)bytes.len);
    Py_XDECREF(done);
    return done ? 1 : -1;
}

static bool find_table(const char *name, size_t *out) {
    for (*out = 0; *out < sf_table_count; ++*out)
        if (strcmp(sf_table_names[*out], name) == 0)
            return true;
    return false;
}

PyObject *native_export(sf_store *store, PyObject *args) {
    const char *format, *table;
    sf_str name;
    PyObject *subjects, *write;
    writing w = {.store = store};
    if (!PyArg_ParseTuple(args, "ssO&OO&O", &format, &table, native_string, &name, &subjects,
                          native_day, &w.until, &write))
        return NULL;
    w.exporter = (sf_exporter){.format = sf_format_named(sf_str_of(format)), .name = name};
    if (!w.exporter.format)
        return PyErr_Format(PyExc_ValueError, "there is no format %s", format);
    bool csv = strcmp(format, "csv") == 0;
    if (csv != (*table != '\0') || (csv && !find_table(table, &w.exporter.table)))
        return PyErr_Format(PyExc_ValueError, csv ? "csv has tables of its own: name one of them"
                                                  : "only csv has tables");
    PyObject *held = PySequence_Tuple(subjects);
    if (!held)
        return NULL;
    sf_arena_init(&w.keep, NULL, NULL);
    sf_arena_init(&w.one, NULL, NULL);
    w.exporter.keep = &w.keep;
    Py_ssize_t told = 0, count = PyTuple_Size(held);
    int result = pass_on(&w, BEGIN, SF_ABSENT, write);
    for (Py_ssize_t i = 0; result >= 0 && i < count; i++) {
        sf_str subject;
        result = native_string(PyTuple_GetItem(held, i), &subject)
                     ? pass_on(&w, TELL, subject, write)
                     : -1;
        told += result > 0;
    }
    if (result >= 0)
        result = pass_on(&w, END, SF_ABSENT, write);
    sf_arena_clear(&w.one);
    sf_arena_clear(&w.keep);
    Py_DECREF(held);
    return result < 0 ? NULL : PyLong_FromSsize_t(told);
}
