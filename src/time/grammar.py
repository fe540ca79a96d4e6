#!/usr/bin/env python3
"""grammar.py words.txt holidays.txt grammar.txt SYMBOLS.h TABLES.inc

Compiles the data of the time room into two C files: the names of classes, actions and holidays, and the tables that
token.c and match.c walk. A pattern's optional parts and alternatives are multiplied out and put into one trie (with
equal ends shared), whose arcs carry classes and literal words; so reading a text never backtracks over more than what the trie holds."""
import itertools
import re
import sys

SPECIAL = ["NUM", "YEAR", "OLDYEAR", "DAY", "DAYWORD", "ORDDAY", "TWO", "DECADE", "DECADESHORT", "CLOCK", "CLOCKDOT", "DECIMAL", "HOUR", "NUMDATE", "HOLIDAY"]
CAPITAL, DOT = 1, 2
MAX_PATH = 20


def die(path, number, message):
    sys.exit(f"{path}:{number}: {message}")


def lines(path):
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = re.sub(r"(^|\s)#.*", "", line.rstrip("\n"))
            if line.strip():
                yield number, line


def pieces(phrase):
    """A phrase as token.c cuts it: hyphens, 's and periods stand alone. A final period becomes a mark of its word."""
    out = []
    for word in phrase.split():
        if re.fullmatch(r"(\w\.)+", word):
            out.append(word)
            continue
        for part in re.findall(r"'s\b|'|-|\.|[^-'.]+", word):
            out.append(part)
    return out


class Tables:
    def __init__(self):
        self.symbols = {}          # name -> number; literals as "=word"
        self.vocab = {}            # word -> [(symbol, value, flags)]
        self.phrases = []          # ([word, ...], symbol, value, capital)
        self.rules, self.sequences, self.actions, self.holidays = [], [], [], []
        for name in SPECIAL:
            self.symbol(name)

    def symbol(self, name):
        return self.symbols.setdefault(name, len(self.symbols) + 1)

    def entry(self, word, symbol, value, flags=0):
        entries = self.vocab.setdefault(word, [])
        if (symbol, value, flags) not in entries:
            entries.append((symbol, value, flags))

    def literal(self, word):
        number = self.symbol("=" + word)
        self.entry(word, number, 0)
        return number

    def add_phrase(self, phrase, symbol, value):
        flags = CAPITAL if phrase.startswith("^") else 0
        parts = pieces(phrase.lstrip("^"))
        if len(parts) == 1:
            self.entry(parts[0], symbol, value, flags)
            if parts[0].endswith("."):
                self.entry(parts[0][:-1], symbol, value, flags)
                self.entry(parts[0].replace(".", ""), symbol, value, flags)
        elif len(parts) == 2 and parts[1] == ".":
            self.entry(parts[0], symbol, value, flags | DOT)
        else:
            for keep in {True, "." not in parts}:  # "st patrick's day" as well
                words = [p for p in parts if keep or p != "."]
                for word in words:
                    self.vocab.setdefault(word, [])
                self.phrases.append((words, symbol, value, flags))


def read_words(tables, path):
    symbol = None
    for number, line in lines(path):
        if line.startswith("["):
            symbol = tables.symbol(line.strip("[] "))
            continue
        value, _, phrases = line.strip().partition(" ")
        if symbol is None or not phrases.strip():
            die(path, number, "wants: VALUE phrase, phrase ... under a [CLASS]")
        for phrase in phrases.split(","):
            tables.add_phrase(phrase.strip(), symbol, value)


DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def read_holidays(tables, path):
    symbol = tables.symbol("HOLIDAY")
    for number, line in lines(path):
        rule, names = re.split(r"\s{2,}", line.strip(), maxsplit=1)
        words = rule.split()
        fixed = re.fullmatch(r"(\d\d)-(\d\d)", rule)
        if fixed:
            row = (0, 0, int(fixed[1]), int(fixed[2]))
        elif words[0] == "easter":
            row = (-1, 0, 0, int(words[1]))
        elif words[0] in DAYS:
            row = (DAYS.index(words[0]) + 1, int(words[1]), int(words[2]), int(words[3]) if len(words) > 3 else 0)
        else:
            die(path, number, f"no rule: {rule}")
        for name in names.split(","):
            tables.add_phrase("^" + name.strip(), symbol, len(tables.holidays))
        tables.holidays.append(row)


class Pattern:
    """One pattern, multiplied out: lists of (symbol, glued) with "<" and ">" among them."""

    def __init__(self, tables, macros, where):
        self.tables, self.macros, self.where = tables, macros, where

    def parse(self, text):
        self.tokens = re.findall(r"\\.|\(|\)|<|>|\||~?\$?[^\s()|?<>]+|\?", text)
        self.at = 0
        result = self.alternatives()
        if self.at < len(self.tokens):
            die(*self.where, f"unbalanced: {' '.join(self.tokens[self.at:])}")
        return result

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def alternatives(self):
        branches = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence())
        words = [b[0][0] for b in branches if len(b) == 1 and len(b[0]) == 1]
        if len(branches) > 1 and len(words) == len(branches) and all(isinstance(w, tuple) and not w[1] for w in words):
            names = {n: k for k, n in self.tables.symbols.items()}
            if all(names[w[0]].startswith("=") for w in words):  # only words: one class instead of many branches
                members = sorted(names[w[0]][1:] for w in words)
                symbol = self.tables.symbol("(" + "|".join(members) + ")")
                for word in members:
                    self.tables.entry(word, symbol, 0)
                return [[(symbol, False)]]
        return [s for branch in branches for s in branch]

    def sequence(self):
        result = [[]]
        while self.peek() not in (None, "|", ")"):
            item = self.item()
            if self.peek() == "?":
                self.at += 1
                item = item + [[]]
            result = [a + b for a, b in itertools.product(result, item)]
        return result

    def item(self):
        token = self.tokens[self.at]
        self.at += 1
        if token == "(":
            inner = self.alternatives()
            if self.peek() != ")":
                die(*self.where, "a ( is not closed")
            self.at += 1
            return inner
        if token in "<>":
            return [[token]]
        if token.startswith("$"):
            if token not in self.macros:
                die(*self.where, f"no such piece: {token}")
            return self.macros[token]
        glued = token.startswith("~") and len(token) > 1
        token = token.lstrip("~") if glued else token
        token = token[1:] if token.startswith("\\") else token
        if re.fullmatch(r"[A-Z]+", token):
            if token not in self.tables.symbols:
                die(*self.where, f"no such class: {token}")
            return [[(self.tables.symbols[token], glued)]]
        if token != token.lower():
            die(*self.where, f"neither word nor class: {token}")
        return [[(self.tables.literal(token), glued)]]


def read_grammar(tables, path):
    macros, rule = {}, None
    for number, line in lines(path):
        where = (path, number)
        if line.startswith("let "):
            name, text = re.fullmatch(r"let (\$\w+) = (.*)", line).groups()
            macros[name] = Pattern(tables, macros, where).parse(text)
        elif line.startswith("do "):
            words = line.split()
            action = words[1].upper()
            if action not in tables.actions:
                tables.actions.append(action)
            fields = [".action = DO_" + action]
            for word in words[2:]:
                key, _, value = word.partition("=")
                if word.isupper():
                    fields.append(".type = SOFAR_" + word)
                elif key == "unit":
                    fields.append(".unit = UNIT_" + value.upper())
                elif key == "from":
                    fields.append(".from = FROM_" + value.upper())
                elif key == "guard":
                    fields.append(".guard_" + value + " = true")
                elif key == "short":
                    fields.append(".short_year = true")
                else:
                    fields.append(f".{key} = {value or 'true'}")
            rule = len(tables.rules)
            tables.rules.append(", ".join(fields))
        elif not line[0].isspace() or rule is None:
            die(*where, "wants: let, do, or an indented pattern")
        else:
            for sequence in Pattern(tables, macros, where).parse(line.strip()):
                begin = sequence.index("<") if "<" in sequence else 0
                rest = [s for s in sequence if s != "<"]
                end = rest.index(">") if ">" in rest else len(rest)
                rest = [s for s in rest if s != ">"]
                if not 0 <= begin < end or len(rest) > MAX_PATH:
                    die(*where, "the span is empty, or the pattern too long")
                tables.sequences.append((rest, rule, begin, end))


class Trie:
    def __init__(self):
        self.arcs, self.accepts = [{}], [[]]

    def add(self, sequence, accept):
        node = 0
        for key in sequence:
            if key not in self.arcs[node]:
                self.arcs[node][key] = len(self.arcs)
                self.arcs.append({})
                self.accepts.append([])
            node = self.arcs[node][key]
        if accept[0] not in [a[0] for a in self.accepts[node]]:
            self.accepts[node].append(accept)

    def share(self):
        """Makes equal ends one (as a DAWG does): from the leaves up, a node is what it accepts and where it leads."""
        known, new, order = {}, {}, []
        for node in range(len(self.arcs) - 1, -1, -1):  # children have larger numbers than their parents
            key = (tuple(sorted((k, new[c]) for k, c in self.arcs[node].items())), tuple(self.accepts[node]))
            if key not in known:
                known[key] = len(order)
                order.append(key)
            new[node] = known[key]
        last = len(order) - 1  # the root came last and must be node 0
        self.arcs = [{k: last - c for k, c in key[0]} for key in reversed(order)]
        self.accepts = [list(key[1]) for key in reversed(order)]

    def write(self, f, name, accept_type):
        self.share()
        arcs, accepts, nodes = [], [], []
        for node, out in enumerate(self.arcs):
            nodes.append("{%d, %d, %d, %d}" % (len(arcs), len(accepts), len(out), len(self.accepts[node])))
            arcs += ["{%d, %d}" % a for a in sorted(out.items())]
            accepts += ["{%s}" % ", ".join(map(str, a)) for a in self.accepts[node]]
        array(f, "struct node", name + "_nodes", nodes)
        array(f, "struct arc", name + "_arcs", arcs)
        array(f, accept_type, name + "_accepts", accepts)


def array(f, kind, name, items):
    f.write(f"const {kind} {name}[] = {{\n")
    line = "   "
    for item in items:
        if len(line) + len(item) > 110:
            f.write(line + "\n")
            line = "   "
        line += " " + item + ","
    f.write(line + "\n};\n")


def fnv(word):
    h = 2166136261
    for byte in word.encode():
        h = (h ^ byte) * 16777619 & 0xFFFFFFFF
    return h ^ h >> 15


def main(words, holidays, grammar, symbols_out, tables_out):
    tables = Tables()
    read_words(tables, words)
    read_holidays(tables, holidays)
    classes = list(tables.symbols)
    read_grammar(tables, grammar)
    head = "/* Made by src/time/grammar.py from words.txt, holidays.txt and grammar.txt; edit those. */\n"
    with open(symbols_out, "w", encoding="utf-8") as f:
        f.write(head + "enum {\n")
        f.writelines(f"    SYM_{name} = {tables.symbols[name]},\n" for name in classes)
        f.write("};\nenum {\n")
        f.writelines(f"    DO_{name},\n" for name in tables.actions)
        f.write("};\n")
    vocab = sorted(tables.vocab)
    number = {word: i for i, word in enumerate(vocab)}
    slots = 1
    while slots < 3 * len(vocab):
        slots *= 2
    table = [0] * slots
    for i, word in enumerate(vocab):
        at = fnv(word) & slots - 1
        while table[at]:
            at = at + 1 & slots - 1
        table[at] = i + 1
    phrases, rules = Trie(), Trie()
    for sequence, symbol, value, flags in tables.phrases:
        phrases.add([number[w] for w in sequence], (symbol, value, flags))
    for sequence, rule, begin, end in tables.sequences:
        rules.add([symbol * 2 + glued for symbol, glued in sequence], (rule, begin, end))
    with open(tables_out, "w", encoding="utf-8") as f:
        f.write(head)
        entries, rows = [], []
        for word in vocab:
            row = tables.vocab[word]
            spelled = word.replace("\\", "\\\\").replace('"', '\\"')
            rows.append('{{"%s", %d}, %d, %d}' % (spelled, len(word.encode()), len(entries), len(row)))
            entries += ["{%s, %s, %s}" % e for e in row]
        array(f, "struct vocab_entry", "sf_grammar_entries", entries)
        array(f, "struct vocab_word", "sf_grammar_words", rows)
        array(f, "uint16_t", "sf_grammar_hash", map(str, table))
        array(f, "rule", "sf_grammar_rules", ["{%s}" % r for r in tables.rules])
        array(f, "holiday", "sf_grammar_holidays", ["{%d, %d, %d, %d}" % h for h in tables.holidays])
        phrases.write(f, "sf_phrase", "struct phrase_accept")
        rules.write(f, "sf_rule", "struct rule_accept")
        f.write("const uint32_t sf_grammar_hash_mask = %d;\n" % (slots - 1))
    print("time grammar: %d words, %d patterns, %d nodes" % (len(vocab), len(tables.sequences), len(rules.arcs)))


main(*sys.argv[1:])
