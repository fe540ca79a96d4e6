"""What the tests of the server share."""
import http.client
import signal
import socket
import subprocess
import sys

results = []


def point(ok, name, seen=""):
    results.append((bool(ok), name, seen))


def finish():
    """Prints the points as TAP, and ends the program."""
    print("1..%d" % len(results))
    for i, (ok, name, seen) in enumerate(results, 1):
        print("%sok %d - %s" % ("" if ok else "not ", i, name.replace("#", "")))
        if not ok:
            print("# " + seen.replace("\n", "\n# "))
    sys.exit(not all(ok for ok, _, _ in results))


class Server:
    """sofar serve on a free port of 127.0.0.1."""
    def __init__(self, sofar, store, *options):
        self.process = subprocess.Popen([sofar, "serve", "--store", store, "--listen", "127.0.0.1:0", *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.url = self.process.stdout.readline().decode().strip()
        self.desk = "" if "--public" in options else self.process.stdout.readline().decode().strip()
        self.port = int(self.url.rstrip("/").rsplit(":", 1)[1])

    def ask(self, target, method="GET", body=None, **headers):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        c.request(method, target, body, {k.replace("_", "-"): v for k, v in headers.items()})
        r = c.getresponse()
        answer = r.status, dict((k.lower(), v) for k, v in r.getheaders()), r.read()
        c.close()
        return answer

    def raw(self, data, wait=5):
        """What comes back for these very bytes, until the server closes or `wait` seconds have passed."""
        s = socket.create_connection(("127.0.0.1", self.port), timeout=wait)
        got = b""
        try:
            s.sendall(data)
            s.shutdown(socket.SHUT_WR)
            while True:
                part = s.recv(65536)
                if not part:
                    break
                got += part
        except OSError:
            pass
        s.close()
        return got

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        err = self.process.communicate(timeout=30)[1]
        return self.process.returncode, err.decode()
