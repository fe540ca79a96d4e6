#!/usr/bin/env python3
"""embed.py NAME SOURCE OUT: a style sheet or script as a C string NAME, with NAME_HASH, by which a page's policy allows it."""
import base64
import hashlib
import re
import sys

name, source, out = sys.argv[1:]
text = open(source, encoding="utf-8").read()
text = re.sub(r"/\*.*?\*/\n?", "", text, flags=re.S)  # comments are for who edits it
text = re.sub(r"^ +", "", text, flags=re.M)
digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
with open(out, "w", encoding="utf-8") as f:
    f.write("/* Made by src/show/embed.py from %s; edit that. */\n" % source.rsplit("/", 1)[-1])
    f.write("static const char %s[] =\n" % name)
    for line in text.splitlines():
        f.write('    "%s\\n"\n' % line.replace("\\", "\\\\").replace('"', '\\"'))
    f.write('    "";\n#define %s_HASH "sha256-%s"\n' % (name.upper(), digest))
