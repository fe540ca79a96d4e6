#!/usr/bin/env python3
"""embed.py style.css OUT: the style sheet as a C string, with the hash that a page's policy allows it by."""
import base64
import hashlib
import sys

source, out = sys.argv[1:]
css = open(source, encoding="utf-8").read()
digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
with open(out, "w", encoding="utf-8") as f:
    f.write("/* Made by src/show/embed.py from src/show/style.css; edit that. */\n")
    f.write("static const char style[] =\n")
    for line in css.splitlines():
        f.write('    "%s\\n"\n' % line.replace("\\", "\\\\").replace('"', '\\"'))
    f.write('    "";\nstatic const char style_hash[] = "sha256-%s";\n' % digest)
