#!/usr/bin/env python3
"""Trains the chooser of story blocks; writes src/page/body_weights.c. See README.md.

    teach.py LIBTEACH.so ../shared/data/pages --predictions CV.jsonl     # five folds by domain, for eval/extract.py
    teach.py LIBTEACH.so ../shared/data/pages --write src/page/body_weights.c

Three learners, each of which sees only what the one before said of pages that it had not been trained on:
  words    logistic regression over the words of classes, ids ... on the way down to a block; another over a block's first words
  round 1  gradient-boosted trees over the features of a block (body_features.h, first list)
  round 2  the same with the features that look at round 1's scores of the surroundings (second list)
"""
import argparse
import json
import pickle
import sys
import time
import warnings
import zlib
from collections import Counter, defaultdict
from pathlib import Path

import lightgbm as lgb
import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

import lessons

FOLDS, SEED = 5, 7
WORD_SCALE = 100       # weights of words: 1/100 of a logit
LEAF_SCALE = 1024      # leaves of trees: 1/1024 of a logit
MIN_DOMAINS = {0: 12, 1: 15}   # a word must stand on so many domains: of elements, of texts
WORD_C = {0: 0.04, 1: 0.04}
WORD_FLOOR = 8         # weights nearer to 0 are left out
THRESHOLD = -LEAF_SCALE // 4   # scores above it are story: set on the held-out folds
TREES = {1: dict(n=60, num_leaves=12, learning_rate=0.15), 2: dict(n=80, num_leaves=12, learning_rate=0.1)}


def fold_of(domain):
    return zlib.crc32(domain.encode()) % FOLDS


def sigmoid_table():
    """chance in 1/1000 for scores of -8 .. 8 logits in steps of 1/16"""
    x = (np.arange(256) - 128) / 16
    return np.round(1000 / (1 + np.exp(-x))).astype(np.int16)


def chance_of(score):
    return sigmoid_table()[np.clip((score >> 6) + 128, 0, 255)]


class Words:
    """Sparse counts of words for every block of all pages, and the models over them."""

    def __init__(self, pages, texts):
        self.texts = texts
        heard = [p.hear(texts) for p in pages]
        domains = defaultdict(set)
        for p, h in zip(pages, heard):
            for x in np.unique(h["hash"]):
                domains[int(x)].add(p.domain)
        kept = sorted(h for h, d in domains.items() if len(d) >= MIN_DOMAINS[texts])
        self.hashes = np.array(kept, np.uint32)
        self.domains = [len(domains[h]) for h in kept]
        self.domain_sets = [domains[h] for h in kept]
        self.spelling = {}
        indptr, indices = [0], []
        for p, h in zip(pages, heard):
            at = np.searchsorted(self.hashes, h["hash"])
            at[at == len(self.hashes)] = 0
            known = self.hashes[at] == h["hash"]
            for row in h[known]:
                if int(row["hash"]) not in self.spelling:
                    self.spelling[int(row["hash"])] = lessons.C.string_at(int(row["word"]), int(row["len"])).decode("utf-8", "replace")
            index, at = h["index"][known], at[known]
            n = p.count if texts else len(p.parents)
            starts = np.searchsorted(index, np.arange(n + 1))
            own = [at[starts[k]:starts[k + 1]] for k in range(n)]
            if not texts:
                for k in range(1, n):
                    own[k] = np.concatenate([own[p.parents[k]], own[k]])
                own = [own[k] for k in p.node_of]
            for o in own:
                indices.append(o)
                indptr.append(indptr[-1] + len(o))
        indices = np.concatenate(indices).astype(np.int32)
        self.x = sparse.csr_matrix((np.ones(len(indices), np.float32), indices, np.array(indptr)), shape=(len(indptr) - 1, len(kept)))
        self.x.sum_duplicates()

        # blocks with the same words are one row each way
        key = np.zeros(len(indptr) - 1, np.uint64)
        mix = np.random.default_rng(SEED).integers(1, 2**62, len(kept), dtype=np.uint64)
        for i in range(self.x.shape[0]):
            s = slice(self.x.indptr[i], self.x.indptr[i + 1])
            key[i] = (mix[self.x.indices[s]] * self.x.data[s].astype(np.uint64)).sum(dtype=np.uint64)
        _, self.first, self.same = np.unique(key, return_index=True, return_inverse=True)

    def fit(self, rows, y, weight):
        n = len(self.first)
        mass = [np.bincount(self.same[rows], weight[rows] * (y[rows] == k), n) for k in (0, 1)]
        at = [np.nonzero(m)[0] for m in mass]
        m = LogisticRegression(C=WORD_C[self.texts], max_iter=40, tol=1e-3)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            m.fit(self.x[self.first[np.concatenate(at)]], np.repeat([0, 1], [len(at[0]), len(at[1])]),
                  np.concatenate([mass[0][at[0]], mass[1][at[1]]]))
        w = np.round(m.coef_[0] * WORD_SCALE).astype(int)
        return {int(h): int(v) for h, v in zip(self.hashes, w) if abs(v) >= WORD_FLOOR}


class Forest:
    """A trained forest as integers: what body.c runs."""

    def __init__(self, x, y, weight, round_):
        t = TREES[round_]
        params = dict(objective="binary", num_leaves=t["num_leaves"], learning_rate=t["learning_rate"], min_data_in_leaf=60, max_bin=127,
                      feature_fraction=0.5, bagging_fraction=0.8, bagging_freq=1, lambda_l2=5.0, verbose=-1, num_threads=1, seed=SEED,
                      deterministic=True, force_row_wise=True, boost_from_average=False, min_gain_to_split=0.0)
        begin = time.process_time()
        self.booster = lgb.train(params, lgb.Dataset(x, y, weight=weight), num_boost_round=t["n"])
        print("round", round_, "%.1f s" % (time.process_time() - begin), file=sys.stderr)
        self.trees = []
        for tree in self.booster.dump_model()["tree_info"]:
            nodes = []

            def add(n):
                at = len(nodes)
                if "leaf_value" in n:
                    nodes.append((255, 0, int(round(n["leaf_value"] * LEAF_SCALE))))
                    return
                nodes.append(None)
                add(n["left_child"])
                right = len(nodes) - at
                add(n["right_child"])
                assert n["decision_type"] == "<=" and right < 256
                nodes[at] = (n["split_feature"], right, int(np.floor(n["threshold"])))

            add(tree["tree_structure"])
            self.trees.append(nodes)

    def flat(self):
        """All trees in one list, and where each begins."""
        roots, flat = [], []
        for nodes in self.trees:
            roots.append(len(flat))
            flat += nodes
        assert len(flat) < 65536
        return flat, roots

    def score(self, x):
        """As body.c adds it up."""
        total = np.zeros(len(x), np.int64)
        for nodes in self.trees:
            stack = [(0, np.arange(len(x)))]
            while stack:
                at, rows = stack.pop()
                feature, right, value = nodes[at]
                if feature == 255:
                    total[rows] += value
                    continue
                left = x[rows, feature] <= value
                stack.append((at + 1, rows[left]))
                stack.append((at + right, rows[~left]))
        return total


class Course:
    """All pages with what is learned of them, fold by fold."""

    def __init__(self, pages):
        self.pages = pages
        self.fold = np.array([fold_of(p.domain) for p in pages])
        self.of = np.repeat(np.arange(len(pages)), [p.count for p in pages])
        self.block_fold = self.fold[self.of]
        self.begin = np.concatenate([[0], np.cumsum([p.count for p in pages])])
        self.share = np.concatenate([p.share for p in pages])
        self.y = (self.share >= 0.5).astype(int)
        words = np.concatenate([p.words for p in pages])
        gold = np.array([len(lessons.TOKEN.findall(p.gold)) for p in pages])[self.of]
        self.weight = (words + 4) / (gold + 200) * np.where(self.y == 1, np.maximum(self.share, .2), 1 - self.share)
        self.weight /= self.weight.mean()
        self.words = [Words(pages, 0), Words(pages, 1)]
        print("words:", [w.x.shape[1] for w in self.words], "entries", [len(w.first) for w in self.words], file=sys.stderr)
        self.word_models, self.word_rows = {}, {}
        self.one = pages[0].lib.lesson_rows(1)

    def word_model(self, without):
        without = frozenset(without)
        if without not in self.word_models:
            rows = np.nonzero(~np.isin(self.block_fold, list(without)))[0]
            begin = time.process_time()
            self.word_models[without] = [lessons.table(w.fit(rows, self.y, self.weight)) for w in self.words]
            print("words without", sorted(without), "%.1f s" % (time.process_time() - begin), file=sys.stderr)
        return self.word_models[without]

    def look(self, without, fold):
        """Round-one features of the fold's pages with words learned without the folds in `without`."""
        key = frozenset(without), fold
        if key not in self.word_rows:
            m = self.word_model(without)
            self.word_rows[key] = np.concatenate([p.look(*m) for p, f in zip(self.pages, self.fold) if f == fold])
        return self.word_rows[key]

    def look_around(self, without, fold, chance):
        m = self.word_model(without)
        out, at = [], 0
        for p, f in zip(self.pages, self.fold):
            if f == fold:
                p.look(*m)
                out.append(p.look_around(chance[at:at + p.count]))
                at += p.count
        return np.concatenate(out)

    def train(self, hold, note=""):
        """The three learners without fold `hold` (None: with all)."""
        out = {hold} - {None}
        folds = [k for k in range(FOLDS) if k not in out]
        rows = {k: np.nonzero(self.block_fold == k)[0] for k in range(FOLDS)}
        x1 = {k: self.look(out | {k}, k) for k in folds}
        y, w = {k: self.y[rows[k]] for k in folds}, {k: self.weight[rows[k]] for k in folds}
        join = lambda d, ks: np.concatenate([d[k] for k in ks])
        x2 = {}
        for k in folds:
            rest = [j for j in folds if j != k]
            f = Forest(join(x1, rest)[:, :self.one], join(y, rest), join(w, rest), 1)
            x2[k] = self.look_around(out | {k}, k, chance_of(f.score(x1[k])))
        first = Forest(join(x1, folds)[:, :self.one], join(y, folds), join(w, folds), 1)
        second = Forest(join(x2, folds), join(y, folds), join(w, folds), 2)
        return self.word_model(out), first, second


def rows_of(values, per_row):
    return "".join("    " + ", ".join(values[k:k + per_row]) + ",\n" for k in range(0, len(values), per_row))


def c_text(words, first, second, features):
    """The learned as C."""
    out = ["/* Made by train/page/teach.py; do not edit. */\n",
           '#include "page/body_model.h"\n\n/* clang-format off */\n']
    for name, (entries, mask) in zip(("path", "cue"), words):
        out.append("static const uint32_t %s_words[%d] = {\n%s};\n" % (name, mask + 1, rows_of(["0x%08x" % e for e in entries], 12)))
    for name, forest in (("first", first), ("second", second)):
        flat, roots = forest.flat()
        out.append("static const sf_body_branch %s_branches[%d] = {\n%s};\n" % (
            name, len(flat), rows_of(["{%d,%d,%d}" % n for n in flat], 12)))
        out.append("static const uint16_t %s_roots[%d] = {\n%s};\n" % (name, len(roots), rows_of([str(r) for r in roots], 20)))
    out.append("static const int16_t chances[SF_BODY_CHANCES] = {\n%s};\n" % rows_of([str(c) for c in sigmoid_table()], 20))
    out.append("""
const sf_body_model sf_body_learned = {
    {path_words, SF_LEN(path_words) - 1},
    {cue_words, SF_LEN(cue_words) - 1},
    {{first_branches, first_roots, SF_LEN(first_roots), SF_LEN(first_branches)},
     {second_branches, second_roots, SF_LEN(second_roots), SF_LEN(second_branches)}},
    chances,
    %d,
""" % THRESHOLD)
    out += ['    "%s "\n' % name for name in features.split()]
    out[-1] = out[-1].replace('\n', ',\n')
    out.append("};\n")
    return "".join(out)


def grams(text):
    t = lessons.TOKEN.findall(text)
    return Counter(tuple(t[k:k + 4]) for k in range(max(1, len(t) - 3))) if t else Counter()


def measure(pages, keep):
    """F1 as eval/extract.py has it"""
    ps, rs = [], []
    for p, k in zip(pages, keep):
        g, a = grams(p.gold), grams("\n\n".join(t for t, z in zip(p.texts, k) if z))
        hit = sum((g & a).values())
        if a:
            ps.append(hit / sum(a.values()))
        rs.append(hit / sum(g.values()))
    p, r = np.mean(ps), np.mean(rs)
    return 2 * p * r / (p + r), p, r


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("library", type=Path)
    ap.add_argument("data", type=Path)
    ap.add_argument("--predictions", type=Path)
    ap.add_argument("--write", type=Path)
    ap.add_argument("--keep-scores", type=Path, help="pickle of the held-out scores, for a look at them")
    ap.add_argument("--cache", type=Path, help="file that keeps the labels of the blocks from run to run")
    a = ap.parse_args()
    pages = lessons.load(a.data, lessons.library(a.library.resolve()), a.cache)
    print(len(pages), "pages", sum(p.count for p in pages), "blocks", file=sys.stderr)
    course = Course(pages)
    if a.write:
        a.write.write_text(c_text(*course.train(None), pages[0].lib.lesson_features().decode()))
    if a.predictions:
        score, kept = np.zeros(len(course.of), np.int64), {}
        for hold in range(FOLDS):
            words, first, second = course.train(hold)
            model = lessons.CModel(words, (first, second), sigmoid_table(), THRESHOLD)
            here = [i for i in range(len(pages)) if course.fold[i] == hold]
            for i in here:
                score[course.begin[i]:course.begin[i + 1]], kept[i] = pages[i].choose(model)
            keep = [kept[i] for i in here]
            print("fold", hold, len(here), "pages: F1 %.4f P %.4f R %.4f" % measure([pages[i] for i in here], keep), flush=True)
        if a.keep_scores:
            pickle.dump((score, [(p.file, p.texts, p.share) for p in pages]), open(a.keep_scores, "wb"))
        for t in (-0.6, -0.4, -0.25, -0.1, 0, 0.2):
            keep = [score[course.begin[i]:course.begin[i + 1]] > t * LEAF_SCALE for i in range(len(pages))]
            print("threshold %.1f F1 %.4f P %.4f R %.4f" % (t, *measure(pages, keep)), flush=True)
        print("words kept:", [[int((t[0] != 0).sum()) for t in m] for m in course.word_models.values()][-1], file=sys.stderr)
        with open(a.predictions, "w", encoding="utf-8") as f:
            for i, p in enumerate(pages):
                f.write(json.dumps({"file": p.file, "text": "\n\n".join(t for t, z in zip(p.texts, kept[i]) if z)}) + "\n")


if __name__ == "__main__":
    main()
