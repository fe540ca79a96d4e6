#!/usr/bin/env python3
"""The manual page names every verb, option and exit code that `sofar help` names, and no other. Prints TAP.
usage: manual.py SOFAR sofar.1"""
import re
import subprocess
import sys

sofar, manual = sys.argv[1:]
page = open(manual, encoding="utf-8").read().replace("\\-", "-")


def help_of(*verb):
    return subprocess.run([sofar, "help", *verb], capture_output=True, text=True, check=True).stdout


overview = help_of()
verbs = set(re.findall(r"^  ([a-z]+) +\S", overview, re.M))
options = {o for v in verbs for o in re.findall(r"^  (--[a-z-]+)", help_of(v), re.M)}
codes = set(re.findall(r"^  (\d)  ", overview, re.M))
section = dict(re.findall(r"^\.SH ([A-Z ]+)\n(.*?)(?=^\.SH |\Z)", page, re.M | re.S))
told = {
    "verbs": (verbs, set(re.findall(r"^\.TP\n\.BI? ([a-z]+)", section["VERBS"], re.M))),
    "options": (options, set(re.findall(r"--[a-z-]+", section["OPTIONS"]))),
    "exit codes": (codes, set(re.findall(r"^\.B (\d)", section["EXIT STATUS"], re.M))),
}
bad = 0
for number, (what, (wanted, got)) in enumerate(told.items(), 1):
    bad += wanted != got
    print(f"{'' if wanted == got else 'not '}ok {number} - the manual page has the {what} of the help")
    if wanted != got:
        print(f"# only in help: {sorted(wanted - got)}; only in the manual: {sorted(got - wanted)}")
print(f"1..{len(told)}")
sys.exit(bool(bad))
