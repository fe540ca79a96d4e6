#!/usr/bin/env python3
"""words.py LISTS.txt OUT: the word lists as a sorted C table, sf_known known[], that its reader includes.

A section's name in capitals is the flag of its words. Where an entry is parted by | ("can|not"), the offsets of the
cuts stand in bits 8-15 and 16-23."""
import os
import sys


def read(path):
    words, section = {}, None
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.split("# ", 1)[0].strip()
            if line.startswith("[") and line[1:-1].isalpha():
                section = line.strip("[]")
                continue
            for entry in line.split():
                parts = entry.split("|") if section == "cut" else [entry]
                word = "".join(parts)
                if section is None or word != word.lower() or not word.isascii() or not 1 <= len(word) <= 16 or len(parts) > 3:
                    sys.exit(f"{path}:{number}: {entry}: wants a lower-case word of at most 16 letters under a [section]")
                flags = words.setdefault(word, set())
                flags.add(section.upper())
                at = 0
                for shift, part in zip((8, 16), parts[:-1]):
                    at += len(part)
                    flags.add(f"{at} << {shift}")
    return words


def main(source, out):
    with open(out, "w", encoding="utf-8") as f:
        f.write("/* Made by src/text/words.py from src/text/%s; edit that. */\n" % os.path.basename(source))
        f.write("static const sf_known known[] = {\n")
        for word, flags in sorted(read(source).items()):
            literal = word.replace("\\", "\\\\").replace('"', '\\"')
            f.write('    {{"%s", %d}, %s},\n' % (literal, len(word), " | ".join(sorted(flags))))
        f.write("};\n")


main(*sys.argv[1:])
