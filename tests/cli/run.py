#!/usr/bin/env python3
"""Golden tests of the command line: transcripts of a shell session, as a user sees it.

    run.py SOFAR ROOT FILE.session ... [--update]

A session file holds, line by line
    # a comment (or an empty line)
    $ a command          run by sh in a fresh folder of the session; `sofar` is the command under test, $ROOT the source tree
      more of it         (continued by two spaces)
    output               what stands on standard output
    ! message            a line of standard error
    [4]                  the exit code, where it is not 0
Where a line of output cannot be the same everywhere, "..." in the expected line stands for anything.
--update writes what is seen (lines that match through "..." stay). Prints TAP."""
import os
import re
import shutil
import subprocess
import sys
import tempfile


def read(path):
    """[(comment lines, command, expected lines)], and the lines behind the last one"""
    steps, held = [], []  # held: empty lines and comments, until what follows tells whose they are
    for line in open(path, encoding="utf-8").read().splitlines():
        if line.startswith("$ "):
            steps.append((held, [line], []))
            held = []
        elif not line or line.startswith("#"):
            held.append(line)
        elif line.startswith("  ") and steps and not steps[-1][2] and not held:
            steps[-1][1].append(line)
        else:
            steps[-1][2].extend(held + [line])
            held = []
    return steps, held


def matches(wanted, got):
    return re.fullmatch(".*".join(map(re.escape, wanted.split("..."))), got) is not None


def run(command, env, cwd):
    p = subprocess.run(["sh", "-c", command], env=env, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True)
    out = p.stdout.decode("utf-8", "backslashreplace").splitlines()
    out += ["! " + line for line in p.stderr.decode("utf-8", "backslashreplace").splitlines()]
    return out + ([f"[{p.returncode}]"] if p.returncode else [])


def main():
    update = "--update" in sys.argv
    sofar, root, *files = [a for a in sys.argv[1:] if a != "--update"]
    number = failures = 0
    for path in files:
        steps, tail = read(path)
        with tempfile.TemporaryDirectory() as tmp:
            os.mkdir(os.path.join(tmp, "bin")), os.mkdir(os.path.join(tmp, "work"))
            os.symlink(os.path.abspath(sofar), os.path.join(tmp, "bin", "sofar"))
            env = {"PATH": os.path.join(tmp, "bin") + ":" + os.environ["PATH"], "ROOT": os.path.abspath(root), "LC_ALL": "C.UTF-8",
                   **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS") or k == "SOFAR_CACHE"}}
            lines = []
            for comments, command, wanted in steps:
                got = run("\n".join([command[0][2:]] + [c[2:] for c in command[1:]]), env, os.path.join(tmp, "work"))
                ok = len(got) == len(wanted) and all(map(matches, wanted, got))
                number += 1
                failures += not ok
                print(f"{'' if ok else 'not '}ok {number} - {os.path.basename(path)}: {command[0][2:]}")
                if not ok:
                    print("".join(f"#   wanted {w}\n" for w in wanted) + "".join(f"#   got    {g}\n" for g in got), end="")
                lines += comments + command + (wanted if ok else got)
            if update:
                with open(path, "w", encoding="utf-8") as f:
                    f.write("\n".join(lines + tail) + "\n")
            shutil.rmtree(os.path.join(tmp, "work"), ignore_errors=True)
    print(f"1..{number}")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
