#!/usr/bin/env python3
"""words.py LIST.txt OUT: a word list in sections as a sorted C table, for who/words.h.

LIST.txt has `[section]` lines and words parted by white space; `#` begins a comment. A word may stand in several sections.
Words are written in lower case, whatever their language; a multi-word entry is no word and belongs elsewhere."""
import os
import sys


def read(path):
    words, sections, section = {}, [], None
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.split("#", 1)[0].strip()
            if line.startswith("["):
                section = line.strip("[]")
                if section not in sections:
                    sections.append(section)
                continue
            for word in line.split():
                if section is None or word != word.lower():
                    sys.exit(f"{path}:{number}: {word}: wants a lower-case word under a [section]")
                words.setdefault(word, set()).add(section)
    return words, sections


def main(source, out):
    words, sections = read(source)
    name = os.path.splitext(os.path.basename(source))[0]
    with open(out, "w", encoding="utf-8") as f:
        f.write(f"/* Made by src/who/words.py from {os.path.basename(source)}; edit that. */\nenum {{\n")
        for i, s in enumerate(sections):
            f.write(f"    {name.upper()}_{s.upper().replace('-', '_')} = 1 << {i},\n")
        f.write("};\nstatic const sf_listed %s_words[] = {\n" % name)
        for word, where in sorted(words.items(), key=lambda x: x[0].encode()):
            f.write('    {"%s", %d, %d},\n' % (word, len(word.encode()), sum(1 << sections.index(s) for s in where)))
        f.write("};\n")


main(*sys.argv[1:])
