"""The review desk at a terminal: keys decide, undo takes back, the terminal is left as it was. usage: desk.py SOFAR   prints TAP"""
import os
import pty
import select
import subprocess
import sys
import tempfile
import termios
import time

SOFAR = os.path.abspath(sys.argv[1])
PAGE = "date 2021-10-15 Ana Ruiz on Low Tide\n\nAna Ruiz plays Mira in Low Tide. Tom Vale directed Low Tide.\n"


def sit(store, keys):
    """Runs the desk, types a key whenever it has gone quiet; what it wrote, its exit code, whether the terminal is as before."""
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    run = subprocess.Popen([SOFAR, "--store", store, "review", "Low Tide", "--by", "mq"], stdin=slave, stdout=slave, stderr=slave)
    out, deadline = b"", time.time() + 60
    while run.poll() is None and time.time() < deadline:
        if select.select([master], [], [], 0.3)[0]:
            out += os.read(master, 65536)
        elif keys and out.rstrip().endswith((b">", b":")):
            os.write(master, keys.pop(0))
            time.sleep(0.05)
    while select.select([master], [], [], 0)[0]:
        out += os.read(master, 65536)
    run.kill()
    return out.decode("utf-8", "replace"), run.wait(), termios.tcgetattr(slave)[:4] == before[:4]


def log(store):
    return subprocess.run([SOFAR, "--store", store, "review", "--log"], stdout=subprocess.PIPE, check=True).stdout.decode()


def main():
    results = []
    with tempfile.TemporaryDirectory() as folder:
        page, store = os.path.join(folder, "a.txt"), os.path.join(folder, "sofar.db")
        with open(page, "w") as f:
            f.write(PAGE)
        subprocess.run([SOFAR, "--store", store, "add", "-q", page], check=True)
        out, code, same = sit(store, [b"r", b"u", b"w", b"not so\n", b"q"])
        results.append(("it shows the words, marked", "▸" in out and "◂" in out, out))
        results.append(("it leaves well, and the terminal as it was", code == 0 and same, "%d %s" % (code, same)))
        said = log(store)
        results.append(("a key rejects", "mq: undone: reject" in said, said))
        results.append(("another takes it back", "undo" in said, said))
        results.append(("a reason is kept", "(not so)" in said, said))
        out, code, _ = sit(store, [b"c", b"as=Mara\n", b"\n", b"q"])
        results.append(("what is decided is not asked again", "1 to decide" in out or "everything is decided" in out, out))
        store = os.path.join(folder, "other.db")
        subprocess.run([SOFAR, "--store", store, "add", "-q", page], check=True)
        out, code, _ = sit(store, [b"c", b"who=\n", b"work=\n", b"as=\n", b"\n", b"q"])
        results.append(("a correction that leaves no role is refused, and the desk goes on", "this is no decision" in out and code == 0, out))
        results.append(("and nothing is written", code == 0 and log(store) == "", log(store)))
    print("1..%d" % len(results))
    for i, (name, good, seen) in enumerate(results, 1):
        print("%sok %d - %s" % ("" if good else "not ", i, name))
        if not good:
            print("# " + seen.replace("\n", "\n# "))
    sys.exit(not all(good for _, good, _ in results))


main()
