/* What the parts of the extension share. */
#ifndef SOFAR_PYTHON_NATIVE_H
#define SOFAR_PYTHON_NATIVE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "store/store.h"

/* A reading, and what must stay as long as it does: the tuple (reader, page). */
typedef struct native_reading {
    PyObject_HEAD sofar_reading *is;
    PyObject *holds;
} native_reading;

/* Raises sofar.Error with the library's words, the name of its status and the byte offset where the
 * input went wrong; MemoryError for want of memory. Returns NULL. */
PyObject *native_fail(const sofar_error *err);

/* For "O&" of PyArg_ParseTuple: a sofar_str out of bytes or None (absent); a char * out of bytes
 * without NUL or None (NULL). What they point to lives as long as the object. */
int native_string(PyObject *object, void *str);
int native_path(PyObject *object, void *c_string);

/* A page is a tuple: bytes, file, url, content_type, captured, date, title, byline, outlet,
 * published, updated. 0 with an exception where it is none. */
int native_page(PyObject *tuple, sofar_page *page);

/* bytes; None if absent. */
PyObject *native_bytes(sofar_str s);

/* A sf_date out of bytes like "2021-10" or None (no day). */
int native_day(PyObject *object, void *date);

/* bytes or None each, as a tuple. */
PyObject *native_tuple(const sofar_str *parts, Py_ssize_t count);

/* Frees an object of a type that was made from a spec. */
void native_destroy(PyObject *self);

extern PyType_Spec native_store_spec;

/* What travels between machines (_carry.c). The first is a method of Reading, the second one of
 * Store, of which it gets the open store; the others are functions of the module. */
PyObject *native_carried(PyObject *self, PyObject *nothing);
PyObject *native_add_carried(sf_store *store, PyObject *args);
PyObject *native_key(PyObject *module, PyObject *args);
PyObject *native_subjects_of(PyObject *module, PyObject *rows);
PyObject *native_files(PyObject *module, PyObject *args);
/* A list of (name, type, number of facts). */
PyObject *native_told(const sf_told *told, size_t count);

/* export(format, table, name, subjects, until, write) -> how many dossiers there were: calls
 * write(bytes) with one piece after the other. table: "" but for csv. (_export.c) */
PyObject *native_export(sf_store *store, PyObject *args);

#endif
