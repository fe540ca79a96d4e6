"""What Datasette needs to know of a store beside what it finds out itself: titles, labels, what columns mean, questions to begin with.

    python -m sofar.datasette news.db > news.json
    datasette news.db -m news.json
"""
from __future__ import annotations

import json
import os
import sys
from typing import Any, Dict, Union


def metadata(store: Union[str, "os.PathLike[str]"] = "sofar.db") -> Dict[str, Any]:
    """Datasette's metadata for a store, by the path of its file: Datasette knows a database by that name, without its ending."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "datasette.json"), encoding="utf-8") as f:
        text = f.read()
    name = os.path.splitext(os.path.basename(os.fspath(store)))[0]
    out = json.loads(text)
    mine = out["databases"].pop("sofar")
    mine["description_html"] = mine["description_html"].replace('"/sofar/', '"/%s/' % _quoted(name))
    out["databases"][name] = mine
    return out


def _quoted(name: str) -> str:
    """As in Datasette's addresses: a byte that is no letter, digit, "_" or "-" is "~" and its number."""
    keeps = set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
    return "".join(chr(byte) if byte in keeps else "~%02X" % byte for byte in name.encode("utf-8"))


if __name__ == "__main__":
    print(json.dumps(metadata(*sys.argv[1:2]), indent=2, ensure_ascii=False))
