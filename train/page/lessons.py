"""Pages through the chooser's own C code (libteach.so, see teach.c), and which of their blocks the gold text has."""
import ctypes as C
import gzip
import json
import pickle
import re
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from rapidfuzz.distance import LCSseq

TOKEN = re.compile(r"\w+")
HEARD = np.dtype([("index", "<u4"), ("hash", "<u4"), ("word", "<u8"), ("len", "<u4"), ("spare", "<u4")])
BRANCH = np.dtype([("feature", "u1"), ("right", "u1"), ("value", "<i2")])


def library(path):
    lib = C.CDLL(str(path))
    for name, result, args in (
            ("open", C.c_void_p, [C.c_char_p, C.c_size_t]), ("close", None, [C.c_void_p]), ("blocks", C.c_uint32, [C.c_void_p]),
            ("text", C.c_void_p, [C.c_void_p, C.c_uint32, C.c_void_p]), ("title", C.c_void_p, [C.c_void_p, C.c_void_p]),
            ("hear", C.c_void_p, [C.c_void_p, C.c_int, C.c_void_p]), ("nodes", C.c_uint32, [C.c_void_p]),
            ("tree", None, [C.c_void_p, C.c_void_p, C.c_void_p]),
            ("look", None, [C.c_void_p, C.c_void_p, C.c_uint32, C.c_void_p, C.c_uint32, C.c_void_p]),
            ("look_around", None, [C.c_void_p, C.c_void_p, C.c_void_p]), ("choose", None, [C.c_void_p, C.c_void_p, C.c_void_p, C.c_void_p]), ("rows", C.c_int, [C.c_int]), ("features", C.c_char_p, [])):
        f = getattr(lib, "lesson_" + name)
        f.restype, f.argtypes = result, args
    return lib


class CWords(C.Structure):
    _fields_ = [("at", C.c_void_p), ("mask", C.c_uint32)]


class CForest(C.Structure):
    _fields_ = [("branches", C.c_void_p), ("roots", C.c_void_p), ("trees", C.c_uint32), ("branch_count", C.c_uint32)]


class CModel(C.Structure):
    """sf_body_model of body_model.h, and the arrays it points to"""
    _fields_ = [("path", CWords), ("cues", CWords), ("rounds", CForest * 2), ("chances", C.c_void_p), ("threshold", C.c_int32), ("features", C.c_char_p)]

    def __init__(self, words, forests, chances, threshold):
        self.held = [chances] + [w[0] for w in words]
        self.path, self.cues = (CWords(w[0].ctypes.data, w[1]) for w in words)
        for k, f in enumerate(forests):
            flat, roots = f.flat()
            branches, roots = np.array(flat, BRANCH), np.array(roots, np.uint16)
            self.held += [branches, roots]
            self.rounds[k] = CForest(branches.ctypes.data, roots.ctypes.data, len(roots), len(branches))
        self.chances, self.threshold = chances.ctypes.data, threshold


def table(weights):
    """{hash: weight} as the C hash table (body_features.h): (array, mask)"""
    size = 16
    while size * 3 < 4 * len(weights):
        size *= 2
    out = np.zeros(size, np.uint32)
    for h, w in sorted(weights.items()):
        at = h & (size - 1)
        while out[at]:
            at = (at + 1) & (size - 1)
        out[at] = (h & 0xFFFFF000) | (max(-2047, min(2047, w)) & 0xFFF)
    return out, size - 1


class Page:
    """One page: its blocks' texts, the words of its elements and texts, its labels."""

    def __init__(self, lib, truth, html, known):
        self.lib, self.file, self.gold = lib, truth["file"], truth["text"] or ""
        self.domain = urlsplit(truth["url"]).netloc.removeprefix("www.")
        self.handle = lib.lesson_open(html, len(html))
        self.count = lib.lesson_blocks(self.handle)
        self.width = lib.lesson_rows(2)
        size = C.c_size_t()
        self.texts = []
        for i in range(self.count):
            at = lib.lesson_text(self.handle, i, C.byref(size))
            self.texts.append(C.string_at(at, size.value).decode("utf-8", "replace"))
        nodes = lib.lesson_nodes(self.handle)
        self.parents, self.node_of = np.zeros(nodes, np.uint32), np.zeros(self.count, np.uint32)
        lib.lesson_tree(self.handle, self.parents.ctypes.data, self.node_of.ctypes.data)
        self.words = np.array([len(TOKEN.findall(t)) for t in self.texts], np.int32)
        key = zlib.crc32("\n".join([*self.texts, "", self.gold]).encode())
        if key not in known:
            known[key] = labels(self.texts, self.gold)
        self.share = known[key]

    def hear(self, texts):
        """[(node or block, hash)], and a function hash's row -> word"""
        n = C.c_size_t()
        at = self.lib.lesson_hear(self.handle, texts, C.byref(n))
        if not n.value:
            return np.zeros(0, HEARD)
        return np.frombuffer(C.string_at(at, n.value * HEARD.itemsize), HEARD)

    def look(self, path, cues):
        rows = np.zeros((self.count, self.width), np.int16)
        self.lib.lesson_look(self.handle, path[0].ctypes.data, path[1], cues[0].ctypes.data, cues[1], rows.ctypes.data)
        return rows

    def look_around(self, chance):
        rows = np.zeros((self.count, self.width), np.int16)
        chance = np.ascontiguousarray(chance, np.int16)
        self.lib.lesson_look_around(self.handle, chance.ctypes.data, rows.ctypes.data)
        return rows

    def choose(self, model):
        scores, keep = np.zeros(self.count, np.int32), np.zeros(self.count, np.uint8)
        self.lib.lesson_choose(self.handle, C.addressof(model), scores.ctypes.data, keep.ctypes.data)
        return scores, keep.astype(bool)


def labels(texts, gold):
    """For each block the share of its words that stand in the gold text, in its order. Blocks that share no run of words with
    the gold are put aside first; the rest is aligned by a longest common subsequence."""
    g = TOKEN.findall(gold)
    grams = {n: {tuple(g[k:k + n]) for k in range(len(g) - n + 1)} for n in (1, 2, 3, 4)}
    flat, owner = [], []
    share = np.zeros(len(texts))
    sizes = np.ones(len(texts))
    for i, t in enumerate(texts):
        w = TOKEN.findall(t)
        n = min(4, len(w))
        if n == 0:
            continue
        sizes[i] = len(w)
        runs = [tuple(w[k:k + n]) for k in range(len(w) - n + 1)]
        if sum(r in grams[n] for r in runs) >= 0.3 * len(runs):
            flat += w
            owner += [i] * len(w)
    if not flat or not g:
        return share
    for op in LCSseq.opcodes(flat, g):
        if op.tag == "equal":
            for k in range(op.src_start, op.src_end):
                share[owner[k]] += 1
    return share / sizes


def load(folder, lib, cache=None):
    """All pages of the folder; `cache` is a file that keeps labels from run to run."""
    known = pickle.loads(cache.read_bytes()) if cache and cache.exists() else {}
    pages = []
    for line in open(Path(folder) / "truth.jsonl", encoding="utf-8"):
        truth = json.loads(line)
        with gzip.open(Path(folder) / "html" / (truth["file"] + ".html.gz")) as f:
            pages.append(Page(lib, truth, f.read(), known))
    if cache:
        cache.write_bytes(pickle.dumps(known))
    return pages
