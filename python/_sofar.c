/* The C library for Python, by the stable ABI (CPython 3.9 and later): readers, readings, and the
 * pages of files. What users see is made in Python, on top: here every string comes and goes as
 * UTF-8 bytes, None where it is absent. Whatever takes time is done without the interpreter lock;
 * any number of threads may read with one Reader, the others are for one thread at a time. */
#include "_native.h"

#include "fetch/fetch.h"
#include "read/read.h"
#include "source/source.h"

/* ---- errors and strings ---- */

PyObject *native_fail(const sofar_error *err) {
    static const char *const names[] = {"ok",     "done",  "usage",   "memory", "io",
                                        "format", "limit", "network", "store",  "version"};
    if (err->status == SOFAR_ERR_MEMORY)
        return PyErr_NoMemory();
    PyObject *module = PyImport_ImportModule("sofar._errors");
    PyObject *type = module ? PyObject_GetAttrString(module, "Error") : NULL;
    PyObject *words =
        type ? PyUnicode_DecodeUTF8(err->msg, (Py_ssize_t)strlen(err->msg), "replace") : NULL;
    PyObject *value =
        words ? PyObject_CallFunction(type, "Osn", words, names[err->status], (Py_ssize_t)err->at)
              : NULL;
    if (value)
        PyErr_SetObject(type, value);
    Py_XDECREF(value);
    Py_XDECREF(words);
    Py_XDECREF(type);
    Py_XDECREF(module);
    return NULL;
}

int native_string(PyObject *object, void *out) {
    sofar_str *s = out;
    char *bytes = NULL;
    Py_ssize_t size = 0;
    if (object != Py_None && PyBytes_AsStringAndSize(object, &bytes, &size))
        return 0;
    *s = (sofar_str){bytes, (size_t)size};
    return 1;
}

int native_path(PyObject *object, void *out) {
    char **p = out;
    *p = NULL;
    return object == Py_None || PyBytes_AsStringAndSize(object, p, NULL) == 0;
}

PyObject *native_bytes(sofar_str s) {
    if (!s.ptr)
        Py_RETURN_NONE;
    return PyBytes_FromStringAndSize(s.ptr, (Py_ssize_t)s.len);
}

int native_page(PyObject *tuple, sofar_page *p) {
    return PyArg_ParseTuple(tuple, "O&O&O&O&O&O&O&O&O&O&O&", native_string, &p->bytes,
                            native_string, &p->file, native_string, &p->url, native_string,
                            &p->content_type, native_string, &p->captured, native_string, &p->date,
                            native_string, &p->title, native_string, &p->byline, native_string,
                            &p->outlet, native_string, &p->published, native_string, &p->updated);
}

PyObject *native_tuple(const sofar_str *parts, Py_ssize_t count) {
    PyObject *out = PyTuple_New(count);
    for (Py_ssize_t i = 0; out && i < count; i++) {
        PyObject *part = native_bytes(parts[i]);
        if (!part || PyTuple_SetItem(out, i, part)) {
            Py_DECREF(out);
            return NULL;
        }
    }
    return out;
}

static PyObject *tuple_of(const sofar_page *p) {
    const sofar_str parts[] = {p->bytes,    p->file,      p->url,    p->content_type,
                               p->captured, p->date,      p->title,  p->byline,
                               p->outlet,   p->published, p->updated};
    return native_tuple(parts, (Py_ssize_t)(sizeof parts / sizeof *parts));
}

void native_destroy(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

/* ---- Reading ---- */

static PyObject *reading_record(PyObject *self, PyObject *nothing) {
    (void)nothing;
    sofar_str out;
    sofar_error err;
    if (sofar_reading_json(((native_reading *)self)->is, &out, &err))
        return native_fail(&err);
    return native_bytes(out);
}

static void reading_free(PyObject *self) {
    sofar_reading_free(((native_reading *)self)->is);
    Py_XDECREF(((native_reading *)self)->holds);
    native_destroy(self);
}

static PyMethodDef reading_methods[] = {
    {"record", reading_record, METH_NOARGS, "The `sofar read` record: JSON, as bytes."},
    {"carried", native_carried, METH_NOARGS, "What another store needs of it, a tuple."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot reading_slots[] = {
    {Py_tp_dealloc, reading_free}, {Py_tp_methods, reading_methods}, {0, NULL}};
static PyType_Spec reading_spec = {"sofar._sofar.Reading", sizeof(native_reading), 0,
                                   Py_TPFLAGS_DEFAULT, reading_slots};

/* ---- Reader ---- */

typedef struct reader {
    PyObject_HEAD sofar_reader *is;
} reader;

/* Reader(model, stages, max_page_bytes, cache, [(name, text), ...]) */
static int reader_init(PyObject *self, PyObject *args, PyObject *keywords) {
    (void)keywords;
    char *model, *cache;
    unsigned stages;
    Py_ssize_t most;
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O&InO&O", native_path, &model, &stages, &most, native_path, &cache,
                          &list))
        return -1;
    Py_ssize_t count = PySequence_Size(list);
    if (count < 0)
        return -1;
    sofar_beat *beats = PyMem_Malloc(((size_t)count + 1) * sizeof *beats);
    PyObject *held = PySequence_Tuple(list);
    if (!beats || !held) {
        PyMem_Free(beats);
        Py_XDECREF(held);
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++)
        if (!PyArg_ParseTuple(PyTuple_GetItem(held, i), "O&O&", native_string, &beats[i].name,
                              native_string, &beats[i].text)) {
            PyMem_Free(beats);
            Py_DECREF(held);
            return -1;
        }
    sofar_reader_options options = {.stages = stages,
                                    .max_page_bytes = (size_t)most,
                                    .beats = beats,
                                    .beat_count = (size_t)count,
                                    .cache = cache,
                                    .model = model};
    sofar_reader *made = NULL;
    sofar_error err;
    sofar_status status;
    Py_BEGIN_ALLOW_THREADS status = sofar_reader_new(&options, &made, &err);
    Py_END_ALLOW_THREADS PyMem_Free(beats);
    Py_DECREF(held);
    if (status) {
        native_fail(&err);
        return -1;
    }
    sofar_reader_free(((reader *)self)->is); /* of an __init__ called again */
    ((reader *)self)->is = made;
    return 0;
}

/* read(page) -> Reading */
static PyObject *reader_read(PyObject *self, PyObject *held) {
    reader *r = (reader *)self;
    sofar_page page = SOFAR_PAGE_INIT;
    if (!r->is)
        return PyErr_Format(PyExc_ValueError, "the reader was not made");
    if (!native_page(held, &page))
        return NULL;
    sofar_reading *made = NULL;
    sofar_error err;
    sofar_status status;
    Py_BEGIN_ALLOW_THREADS status = sofar_read(r->is, &page, &made, &err);
    Py_END_ALLOW_THREADS if (status) return native_fail(&err);
    PyTypeObject *type =
        (PyTypeObject *)PyObject_GetAttrString((PyObject *)Py_TYPE(self), "_reading");
    allocfunc room = type ? (allocfunc)PyType_GetSlot(type, Py_tp_alloc) : NULL;
    native_reading *out = room ? (native_reading *)room(type, 0) : NULL;
    Py_XDECREF(type);
    if (!out) {
        sofar_reading_free(made);
        return NULL;
    }
    out->is = made;
    out->holds = PyTuple_Pack(2, self, held);
    if (!out->holds) {
        Py_DECREF(out);
        return NULL;
    }
    return (PyObject *)out;
}

/* maker() -> what makes its readings: where any of it differs, a page may read otherwise. */
static PyObject *reader_maker(PyObject *self, PyObject *nothing) {
    (void)nothing;
    if (!((reader *)self)->is)
        return PyErr_Format(PyExc_ValueError, "the reader was not made");
    const sf_maker *maker = sf_reader_maker(((reader *)self)->is);
    return PyBytes_FromFormat("%s %s %s", maker->reader, maker->model, maker->beats);
}

static void reader_free(PyObject *self) {
    sofar_reader_free(((reader *)self)->is);
    native_destroy(self);
}

static PyMethodDef reader_methods[] = {
    {"read", reader_read, METH_O, "Reads one page, a tuple of bytes and None."},
    {"maker", reader_maker, METH_NOARGS, "Versions of what makes its readings."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot reader_slots[] = {{Py_tp_new, PyType_GenericNew},
                                     {Py_tp_init, reader_init},
                                     {Py_tp_dealloc, reader_free},
                                     {Py_tp_methods, reader_methods},
                                     {0, NULL}};
static PyType_Spec reader_spec = {"sofar._sofar.Reader", sizeof(reader), 0, Py_TPFLAGS_DEFAULT,
                                  reader_slots};

/* ---- Source ---- */

typedef struct source {
    PyObject_HEAD sofar_source *is;
    PyObject *holds; /* bytes that it reads out of, if it does */
} source;

/* Source(path, None, max_page_bytes), or Source(None, page, max_page_bytes) over the bytes of a
 * page, a feed or an archive, with what is known of it; or Source(path, None, max_page_bytes,
 * (name, origin, begin, end, in_folder)) for a part of a file. */
static int source_init(PyObject *self, PyObject *args, PyObject *keywords) {
    (void)keywords;
    source *s = (source *)self;
    char *name;
    PyObject *held, *cut = NULL;
    Py_ssize_t most;
    if (!PyArg_ParseTuple(args, "O&On|O", native_path, &name, &held, &most, &cut))
        return -1;
    sofar_page page = SOFAR_PAGE_INIT;
    if (held != Py_None && !native_page(held, &page))
        return -1;
    sf_source_part part = {.path = name};
    unsigned long long origin, begin, end;
    int in_folder;
    if (cut && !PyArg_ParseTuple(cut, "O&KKKp", native_string, &part.name, &origin, &begin, &end,
                                 &in_folder))
        return -1;
    sofar_source_options options = {.max_page_bytes = (size_t)most};
    sofar_source *made = NULL;
    sofar_error err;
    if (cut)
        part.origin = origin, part.begin = begin, part.end = end, part.in_folder = in_folder != 0;
    if (cut    ? sf_source_open_part(&part, &options, &made, &err)
        : name ? sofar_source_open(name, &options, &made, &err)
               : sf_source_from_bytes(page.bytes, &page, &options, &made, &err)) {
        native_fail(&err);
        return -1;
    }
    sofar_source_close(s->is);
    s->is = made;
    Py_INCREF(held);
    Py_XDECREF(s->holds);
    s->holds = held;
    return 0;
}

/* next() -> the tuple that Reader.read takes, None after the last. An error is of one record; the
 * next call goes on behind it. */
static PyObject *source_next(PyObject *self, PyObject *nothing) {
    (void)nothing;
    sofar_page page;
    sofar_error err;
    sofar_status status;
    if (!((source *)self)->is)
        return PyErr_Format(PyExc_ValueError, "the source is closed");
    Py_BEGIN_ALLOW_THREADS status = sofar_source_next(((source *)self)->is, &page, &err);
    Py_END_ALLOW_THREADS if (status == SOFAR_DONE) Py_RETURN_NONE;
    if (status)
        return native_fail(&err);
    return tuple_of(&page);
}

static PyObject *source_close(PyObject *self, PyObject *nothing) {
    (void)nothing;
    sofar_source_close(((source *)self)->is);
    ((source *)self)->is = NULL;
    Py_RETURN_NONE;
}

static void source_free(PyObject *self) {
    sofar_source_close(((source *)self)->is);
    Py_XDECREF(((source *)self)->holds);
    native_destroy(self);
}

static PyMethodDef source_methods[] = {
    {"next", source_next, METH_NOARGS, "The next page, or None."},
    {"close", source_close, METH_NOARGS, "Closes the file; again does nothing."},
    {NULL, NULL, 0, NULL}};
static PyType_Slot source_slots[] = {{Py_tp_new, PyType_GenericNew},
                                     {Py_tp_init, source_init},
                                     {Py_tp_dealloc, source_free},
                                     {Py_tp_methods, source_methods},
                                     {0, NULL}};
static PyType_Spec source_spec = {"sofar._sofar.Source", sizeof(source), 0, Py_TPFLAGS_DEFAULT,
                                  source_slots};

/* ---- fetching ---- */

/* fetch(url) -> a page, politely (robots.txt, no private addresses); the day of capture is left to
 * the caller. */
static PyObject *fetch(PyObject *module, PyObject *args) {
    (void)module;
    char *url;
    if (!PyArg_ParseTuple(args, "O&", native_path, &url))
        return NULL;
    jmp_buf escape;
    sf_arena arena;
    sofar_page page = SOFAR_PAGE_INIT;
    sf_fetch_options options = {0};
    sofar_error err;
    sofar_status status;
    PyThreadState *lock = PyEval_SaveThread();
    sf_arena_init(&arena, NULL, &escape);
    if (setjmp(escape) == 0)
        status = sf_fetch_page(&arena, url, &options, &page, &err);
    else
        status = sf_fail(&err, SOFAR_ERR_MEMORY, "%s: out of memory", url);
    PyEval_RestoreThread(lock);
    PyObject *out = status ? native_fail(&err) : tuple_of(&page);
    sf_arena_clear(&arena);
    return out;
}

/* ---- module ---- */

static PyMethodDef functions[] = {{"fetch", fetch, METH_VARARGS, "Gets a page from the web."},
                                  {"files", native_files, METH_VARARGS,
                                   "The files under a path, and how many folders were not listed."},
                                  {"key", native_key, METH_VARARGS,
                                   "By which a page is asked for with a name, or as a renaming."},
                                  {"subjects_of", native_subjects_of, METH_O,
                                   "Subjects out of rows (name, type, facts, renamed)."},
                                  {NULL, NULL, 0, NULL}};

static int add(PyObject *module, const char *name, PyObject *object) {
    if (object && PyModule_AddObject(module, name, object) == 0)
        return 0;
    Py_XDECREF(object);
    return -1;
}

static int fill(PyObject *module) {
    PyObject *made = PyType_FromSpec(&reading_spec), *reads = PyType_FromSpec(&reader_spec);
    PyObject *keeps = PyType_FromSpec(&native_store_spec);
    /* Those that make and take readings know their type. */
    int bad = !made || !reads || !keeps || PyObject_SetAttrString(reads, "_reading", made) ||
              PyObject_SetAttrString(keeps, "_reading", made);
    bad = add(module, "Reading", made) || bad;
    bad = add(module, "Reader", reads) || bad;
    bad = add(module, "Source", PyType_FromSpec(&source_spec)) || bad;
    bad = add(module, "Store", keeps) || bad;
    bad = PyModule_AddStringConstant(module, "version", sofar_version()) || bad;
    return bad ? -1 : 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)fill}, {0, NULL}};
static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_sofar", NULL, 0, functions, slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__sofar(void);
PyMODINIT_FUNC PyInit__sofar(void) { return PyModuleDef_Init(&definition); }
