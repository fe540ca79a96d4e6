#!/usr/bin/env python3
"""Checks stories whose fact types are those of beat files, sport's too: check.py EVAL STORIES BEAT ...

EVAL is the folder of the development data's scorers; its check_gold.py does the work and knows the contract's types."""
import importlib
import re
import sys


def main(evaluation, stories, *beats):
    sys.path.insert(0, evaluation)
    align, check = importlib.import_module("align"), importlib.import_module("check_gold")
    for path in beats:
        with open(path, encoding="utf-8") as f:
            for name, roles in re.findall(r"^fact (\S+)\s+(.*)$", f.read(), re.M):
                listed = re.findall(r"(\w+):[\w|]+(\??)", roles)
                align.REQUIRED.setdefault(name, " ".join(r for r, may in listed if not may))
                align.OPTIONAL.setdefault(name, " ".join(r for r, may in listed if may))
    return check.main([stories])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
