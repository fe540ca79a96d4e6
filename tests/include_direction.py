#!/usr/bin/env python3
"""A room includes only itself and rooms to its left. The order is that of src/meson.build, with serve and cli last; prints TAP."""
import re
import sys
from pathlib import Path

src = Path(sys.argv[1]) / "src"
rooms = re.findall(r"'(\w+)'", re.search(r"foreach room : \[(.*?)\]", (src / "meson.build").read_text(), re.S).group(1)) + ["serve", "cli"]
number = 0


def point(ok, text):
    global number
    number += 1
    print(f"{'' if ok else 'not '}ok {number} - {text}")
    return ok


good = point(sorted(rooms) == sorted(p.name for p in src.iterdir() if p.is_dir()), "src/meson.build names every folder of src")
for room in rooms:
    wrong = []
    for path in sorted(p for p in (src / room).rglob("*") if p.suffix in (".c", ".h", ".inc")):
        for include in re.findall(r'^\s*#\s*include\s+"([^"]+)"', path.read_text(encoding="utf-8"), re.M):
            other = include.split("/")[0]
            if include == "sofar.h" or (other in rooms and rooms.index(other) <= rooms.index(room)):
                continue
            wrong.append(f"{path.relative_to(src)} includes {include}")
    good &= point(not wrong, f"{room} includes only rooms to its left")
    for line in wrong:
        print("#", line)
print(f"1..{number}")
sys.exit(not good)
