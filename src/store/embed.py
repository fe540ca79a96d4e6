#!/usr/bin/env python3
"""Turns the numbered SQL files of migrations/ into C: embed.py OUT.c 001_*.sql 002_*.sql ..."""
import os
import sys


def literal(line):
    return '    "' + line.replace("\\", "\\\\").replace('"', '\\"') + '\\n"'


def main(out, paths):
    paths = sorted(paths, key=os.path.basename)
    for number, path in enumerate(paths, 1):
        if not os.path.basename(path).startswith("%03d_" % number):
            sys.exit("%s: migrations must be numbered without a gap" % path)
    lines = ["/* Made by src/store/embed.py from src/store/migrations; edit those. */",
             '#include "store/inner.h"', "", "const char *const sf_store_migrations[] = {"]
    for path in paths:
        with open(path, encoding="utf-8") as sql:
            lines += [literal(line) for line in sql.read().splitlines()]
        lines[-1] += ","
    lines += ["};", "const int sf_store_version = %d;" % len(paths), ""]
    with open(out, "w", encoding="utf-8") as c:
        c.write("\n".join(lines))


main(sys.argv[1], sys.argv[2:])
