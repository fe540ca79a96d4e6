/* Readings that travel: out of one process as a tuple of bytes, into the store of another; and what
 * tells where they are wanted. sofar/spark.py is made of these. */
#include "_native.h"

#include <stdlib.h>
#include <string.h>

#include "source/source.h"
#include "story/story.h"

/* file, url, outlet, title, published, published_from, updated, lang, sha256, text, captured,
 * identity, gist, keys */
enum { PARTS = 14 };

PyObject *native_carried(PyObject *self, PyObject *nothing) {
    (void)nothing;
    const native_reading *r = (const native_reading *)self;
    sofar_page page = SOFAR_PAGE_INIT;
    if (!native_page(PyTuple_GetItem(r->holds, 1), &page))
        return NULL;
    sf_arena arena;
    sf_carried c;
    sofar_error err;
    sofar_status status;
    PyThreadState *lock = PyEval_SaveThread();
    sf_arena_init(&arena, NULL, NULL);
    status = sf_store_carry(&arena, r->is, &page, &c, &err);
    PyEval_RestoreThread(lock);
    PyObject *out = NULL;
    if (status) {
        native_fail(&err);
    } else {
        const sofar_clipping *k = &c.clipping;
        const sofar_str parts[PARTS] = {
            k->file,    k->url,       k->outlet,
            k->title,   k->published, sf_str_of(sf_origin_word(k->published_from)),
            k->updated, k->lang,      sf_str_of(k->sha256),
            k->text,    c.captured,   c.identity,
            c.gist,     c.keys};
        out = native_tuple(parts, PARTS);
    }
    sf_arena_clear(&arena);
    return out;
}

static sofar_origin origin_of(sofar_str word) {
    for (unsigned v = SOFAR_FROM_NONE; v <= SOFAR_FROM_GIVEN; v++)
        if (sf_str_equal(word, sf_str_of(sf_origin_word((sofar_origin)v))))
            return (sofar_origin)v;
    return SOFAR_FROM_NONE;
}

PyObject *native_add_carried(sf_store *store, PyObject *args) {
    sofar_str p[PARTS];
    PyObject *tuple;
    int bare = 0;
    if (!PyArg_ParseTuple(args, "O!|p", &PyTuple_Type, &tuple, &bare))
        return NULL;
    if (PyTuple_Size(tuple) != PARTS)
        return PyErr_Format(PyExc_TypeError, "a tuple of %d is wanted", PARTS);
    for (Py_ssize_t i = 0; i < PARTS; i++)
        if (!native_string(PyTuple_GetItem(tuple, i), &p[i]))
            return NULL;
    sf_carried c = {.clipping = {.file = p[0],
                                 .url = p[1],
                                 .outlet = p[2],
                                 .title = p[3],
                                 .published = p[4],
                                 .published_from = origin_of(p[5]),
                                 .updated = p[6],
                                 .lang = p[7],
                                 .text = p[9]},
                    .captured = p[10],
                    .identity = p[11],
                    .gist = p[12],
                    .keys = p[13],
                    .bare = bare != 0};
    if (p[8].len != sizeof c.clipping.sha256 - 1)
        return PyErr_Format(PyExc_ValueError, "sha256 must be of 64 digits");
    memcpy(c.clipping.sha256, p[8].ptr, p[8].len);
    bool added = false;
    sofar_error err;
    sofar_status status;
    Py_BEGIN_ALLOW_THREADS status = sf_store_add_carried(store, &c, &added, &err);
    Py_END_ALLOW_THREADS return status ? native_fail(&err) : PyBool_FromLong(added);
}

/* key(name, renaming) -> bytes, None for a name without a letter or digit */
PyObject *native_key(PyObject *module, PyObject *args) {
    (void)module;
    sofar_str name;
    int renaming;
    if (!PyArg_ParseTuple(args, "O&p", native_string, &name, &renaming))
        return NULL;
    jmp_buf escape;
    sf_arena arena;
    PyObject *out;
    sf_arena_init(&arena, NULL, &escape);
    if (setjmp(escape) == 0)
        out = native_bytes((renaming ? sf_gist_renaming_key : sf_gist_key)(&arena, name));
    else
        out = PyErr_NoMemory();
    sf_arena_clear(&arena);
    return out;
}

PyObject *native_told(const sf_told *told, size_t count) {
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < count; i++) {
        PyObject *name = native_bytes(told[i].name);
        PyObject *row = name ? Py_BuildValue("Nsn", name, sf_subject_word(told[i].type),
                                             (Py_ssize_t)told[i].facts)
                             : NULL;
        if (!row || PyList_Append(list, row)) {
            Py_XDECREF(row);
            Py_DECREF(list);
            return NULL;
        }
        Py_DECREF(row);
    }
    return list;
}

static sofar_subject_type type_of(const char *word) {
    for (unsigned t = 0; t < SOFAR_OTHER; t++)
        if (strcmp(word, sf_subject_word((sofar_subject_type)t)) == 0)
            return (sofar_subject_type)t;
    return SOFAR_OTHER;
}

/* subjects_of([(name, type, facts, renamed), ...]) -> [(name, type, facts), ...] */
PyObject *native_subjects_of(PyObject *module, PyObject *rows) {
    (void)module;
    PyObject *held = PySequence_Tuple(rows);
    size_t count = held ? (size_t)PyTuple_Size(held) : 0;
    sf_told *told = held ? PyMem_Malloc((count + 1) * sizeof *told) : NULL;
    if (!told) {
        Py_XDECREF(held);
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    }
    PyObject *out = NULL;
    jmp_buf escape;
    sf_arena arena;
    sf_arena_init(&arena, NULL, &escape);
    for (size_t i = 0; i < count; i++) {
        const char *type;
        Py_ssize_t facts;
        int renamed;
        if (!PyArg_ParseTuple(PyTuple_GetItem(held, (Py_ssize_t)i), "O&snp", native_string,
                              &told[i].name, &type, &facts, &renamed))
            goto done;
        told[i].type = type_of(type);
        told[i].facts = (size_t)facts;
        told[i].renamed = renamed != 0;
    }
    if (setjmp(escape) == 0)
        out = native_told(told, sf_story_subjects_of(&arena, told, count));
    else
        PyErr_NoMemory();
done:
    sf_arena_clear(&arena);
    PyMem_Free(told);
    Py_DECREF(held);
    return out;
}

/* files(path) -> ([path, ...], number of folders that could not be listed) */
PyObject *native_files(PyObject *module, PyObject *args) {
    (void)module;
    char *path;
    if (!PyArg_ParseTuple(args, "O&", native_path, &path))
        return NULL;
    sf_arena arena;
    sf_str *files;
    size_t count = 0, unlisted = 0;
    sofar_error err;
    sofar_status status;
    PyThreadState *lock = PyEval_SaveThread();
    sf_arena_init(&arena, NULL, NULL);
    status = sf_source_files(&arena, path ? path : "", &files, &count, &unlisted, &err);
    PyEval_RestoreThread(lock);
    PyObject *list = status ? native_fail(&err) : PyList_New(0);
    for (size_t i = 0; list && i < count; i++) {
        PyObject *file = native_bytes(files[i]);
        if (!file || PyList_Append(list, file)) {
            Py_XDECREF(file);
            Py_CLEAR(list);
        }
        Py_XDECREF(file);
    }
    sf_arena_clear(&arena);
    return list ? Py_BuildValue("Nn", list, (Py_ssize_t)unlisted) : NULL;
}
