#!/usr/bin/env python3
"""words.py LIST.txt OUT: a word list in sections as a sorted C table for text/known.h.

LIST.txt has `[section]` lines and entries parted by white space; `# ` begins a comment. An entry may stand in several
sections; it is one word, in lower case. The table is `sf_known LIST_words[]`, whose flags are the bits of `LIST_SECTION`, in
the order of the file. Entries of [cut] are parted by | ("can|not"): the offsets of the cuts stand in bits 8-15 and 16-23. In a section whose
name ends in -same the words of a line are one: its number stands in bits 8-23, and a word stands in one line only."""
import os
import re
import sys

LONGEST = 48  # bytes, SF_KNOWN_LONGEST


def entry_of(entry, section):
    """The word, and where it is cut as flags."""
    parts = entry.split("|") if section == "cut" else [entry]
    at = cuts = 0
    for shift, part in zip((8, 16), parts[:-1]):
        at += len(part)
        cuts |= at << shift
    return "".join(parts), cuts, len(parts)


def read(path):
    words, sections, section = {}, [], None
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.split("# ", 1)[0].strip()
            if re.fullmatch(r"\[[a-z-]+\]", line):
                section = line.strip("[]")
                if section not in sections:
                    sections.append(section)
                continue
            for entry in line.split():
                word, cuts, parts = entry_of(entry, section)
                if section and section.endswith("-same"):
                    if word in words:
                        sys.exit(f"{path}:{number}: {entry}: is in another line")
                    cuts = number << 8
                if section is None or word != word.lower() or not 1 <= len(word.encode()) <= LONGEST or parts > 3:
                    sys.exit(f"{path}:{number}: {entry}: wants a lower-case word of at most {LONGEST} bytes under a [section]")
                words[word] = words.get(word, 0) | 1 << sections.index(section) | cuts
    return words, sections


def main(source, out):
    words, sections = read(source)
    name = os.path.splitext(os.path.basename(source))[0]
    with open(out, "w", encoding="utf-8") as f:
        f.write(f"/* Made by src/text/words.py from {os.path.basename(source)}; edit that. */\nenum {{\n")
        for i, section in enumerate(sections):
            f.write(f"    {name.upper()}_{section.upper().replace('-', '_')} = 1 << {i},\n")
        f.write("};\nstatic const sf_known %s_words[] = {\n" % name)
        for word, flags in sorted(words.items(), key=lambda entry: entry[0].encode()):
            literal = word.replace("\\", "\\\\").replace('"', '\\"')
            f.write('    {{"%s", %d}, %d},\n' % (literal, len(word.encode()), flags))
        f.write("};\n")


main(*sys.argv[1:])
