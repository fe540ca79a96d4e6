#!/usr/bin/env python3
"""Lists of phrases as C: words.py LIST.txt OUT. relays.txt: `before` or `after` and a phrase; common.txt: words. Lines in the order
of their bytes, folded as the program folds texts."""
import re
import sys

source, out = sys.argv[1:]
rows = []
for line in open(source, encoding="utf-8"):
    line = line.split("#")[0].split()
    if not line:
        continue
    if source.endswith("relays.txt"):
        phrase = " ".join(re.findall(r"[a-z0-9]+", " ".join(line[1:]).lower()))
        rows.append('{SF_STR("%s"), %s},' % (phrase, {"before": "true", "after": "false"}[line[0]]))
    else:
        rows += ['SF_STR("%s"),' % word for word in line]
with open(out, "w", encoding="utf-8") as f:
    f.write("/* Made by src/gist/words.py. */\n" + "\n".join(sorted(rows)) + "\n")
