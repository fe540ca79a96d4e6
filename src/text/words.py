#!/usr/bin/env python3
"""words.py abbreviations.txt OUT: the word lists as a sorted C table that sentence.c includes."""
import sys


def read(path):
    words, section = {}, None
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.split("#", 1)[0].strip()
            if line.startswith("["):
                section = line.strip("[]")
                continue
            for word in line.split():
                if section is None or word != word.lower() or not word.isascii():
                    sys.exit(f"{path}:{number}: {word}: wants a lower-case word under a [section]")
                words.setdefault(word, set()).add(section)
    return words


def main(source, out):
    with open(out, "w", encoding="utf-8") as f:
        f.write("/* Made by src/text/words.py from src/text/abbreviations.txt; edit that. */\n")
        f.write("static const struct known known[] = {\n")
        for word, sections in sorted(read(source).items()):
            flags = " | ".join(s.upper() for s in sorted(sections))
            f.write('    {{"%s", %d}, %s},\n' % (word, len(word), flags))
        f.write("};\n")


main(*sys.argv[1:])
