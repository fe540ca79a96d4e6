#!/usr/bin/env python3
"""Runs a program with a PostgreSQL server of its own: postgresql.py PROGRAM [ARGUMENT...]
The server lives in a temporary folder on a free port; the program finds it in SOFAR_TEST_STORE, a URL with a password.
Where there is no server program, the test is skipped and says so (TAP)."""
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PASSWORD = "low tide/7"


def find_programs():
    found = shutil.which("initdb")
    folders = [os.path.dirname(found)] if found else []
    folders += sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    for folder in folders:
        if all(os.access(os.path.join(folder, name), os.X_OK) for name in ("initdb", "postgres")):
            return folder
    print("1..0 # SKIP there is no PostgreSQL server program here (Debian's package: postgresql)")
    sys.exit(0)


def unprivileged():
    """The server does not run as root: whom it runs as instead."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            who = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    print("1..0 # SKIP running as root, and there is nobody else to run a server as")
    sys.exit(0)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def start(programs, folder, who, port):
    secret, data, log = (os.path.join(folder, name) for name in ("secret", "data", "log"))
    with open(secret, "w", encoding="utf-8") as f:
        f.write(PASSWORD)
    if who:
        os.chown(folder, who["user"], who["group"])
        os.chown(secret, who["user"], who["group"])
    made = subprocess.run([os.path.join(programs, "initdb"), "-D", data, "-U", "sofar", "-A", "scram-sha-256", "--pwfile", secret,
                           "-E", "UTF8", "--locale", "C.UTF-8", "-N"], cwd=folder, capture_output=True, text=True, **who)
    if made.returncode:
        sys.exit(f"Bail out! initdb: {made.stderr}")
    with open(log, "wb") as out:
        server = subprocess.Popen([os.path.join(programs, "postgres"), "-D", data, "-p", str(port), "-k", folder, "-h", "127.0.0.1",
                                   "-c", "fsync=off", "-c", "shared_buffers=64MB"], cwd=folder, stdin=subprocess.DEVNULL,
                                  stdout=out, stderr=out, **who)
    for _ in range(300):
        if server.poll() is not None:
            break
        if answers(port):
            return server
        time.sleep(0.1)
    with open(log, encoding="utf-8", errors="replace") as f:
        sys.exit(f"Bail out! the server does not start: {f.read()[-500:]}")


def main(command):
    programs, who, port, server = find_programs(), unprivileged(), free_port(), None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="sofar-postgresql-", dir="/tmp") as folder:
        try:
            server = start(programs, folder, who, port)
            url = f"postgresql://sofar:{PASSWORD.replace(' ', '%20').replace('/', '%2F')}@127.0.0.1:{port}/postgres"
            return subprocess.run(command, env={**os.environ, "SOFAR_TEST_STORE": url}, check=False).returncode
        finally:
            if server:
                server.send_signal(signal.SIGQUIT)
                server.wait()


sys.exit(main(sys.argv[1:]))
