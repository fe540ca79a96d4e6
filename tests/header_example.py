#!/usr/bin/env python3
"""Writes the complete program of the first comment of sofar.h as a C file, so that the manual's example is compiled and run.
usage: header_example.py sofar.h OUT.c"""
import re
import sys

comment = open(sys.argv[1], encoding="utf-8").read().split("*/")[0]
code = "\n".join(re.findall(r"^ \*     (.*)$", comment, re.M))
assert "sofar_read(" in code, "the header's first comment has no example"
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write('#include "sofar.h"\n#include <stdio.h>\n#include <string.h>\n'
              "int main(void) {\n"
              '    const char *html = "<title>Low Tide wraps</title><h1>Low Tide wraps</h1><p>It is done.</p>";\n'
              "    size_t html_len = strlen(html);\n"
              f"{code}\n    return 0;\n}}\n")
