#!/usr/bin/env python3
"""Turns the numbered SQL files of migrations/ into C: embed.py OUT.c ENGINE/001_*.sql ENGINE/002_*.sql ...
The files of an engine are numbered without a gap, and each engine has the same numbers."""
import os
import sys


def literal(line):
    return '    "' + line.replace("\\", "\\\\").replace('"', '\\"') + '\\n"'


def main(out, paths):
    engines = {}
    for path in sorted(paths):
        engines.setdefault(os.path.basename(os.path.dirname(path)), []).append(path)
    counts = {len(of) for of in engines.values()}
    for of in engines.values():
        for number, path in enumerate(of, 1):
            if not os.path.basename(path).startswith("%03d_" % number):
                sys.exit("%s: migrations must be numbered without a gap" % path)
    if len(counts) != 1:
        sys.exit("each engine must have the same migrations")
    lines = ["/* Made by src/store/embed.py from src/store/migrations; edit those. */", '#include "store/inner.h"', ""]
    for engine, of in engines.items():
        lines.append("const char *const sf_migrations_%s[] = {" % engine)
        for path in of:
            with open(path, encoding="utf-8") as sql:
                lines += [literal(line) for line in sql.read().splitlines()]
            lines[-1] += ","
        lines += ["};", ""]
    lines += ["const int sf_store_version = %d;" % counts.pop(), ""]
    with open(out, "w", encoding="utf-8") as c:
        c.write("\n".join(lines))


main(sys.argv[1], sys.argv[2:])
