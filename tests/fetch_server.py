"""The web as tests/fetch.c needs it, on a free port of 127.0.0.1. Prints two lines: the port, and a second one that is closed
to it, for redirects to an address that is not allowed. Ends when standard input does."""
import gzip
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<!doctype html><title>Low Tide</title><p>It is done.</p>"
ROBOTS = b"User-agent: *\nDisallow: /\n\nUser-agent: Sofar\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\n"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        headers.setdefault("Content_Type", "text/html; charset=utf-8")
        headers.setdefault("Content_Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path == "/robots.txt":
            self.answer(200, ROBOTS, Content_Type="text/plain")
        elif path == "/agent":
            self.answer(200, self.headers["User-Agent"].encode())
        elif path == "/gzip":
            self.answer(200, gzip.compress(PAGE), Content_Encoding="gzip")
        elif path == "/bomb":
            self.answer(200, gzip.compress(b" " * (1 << 20)), Content_Encoding="gzip")
        elif path == "/long":
            self.answer(200, b"x" * 100000)
        elif path == "/slow":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"<p>")
            self.wfile.flush()
            time.sleep(5)
        elif path == "/short":
            self.answer(200, PAGE, Content_Length="1000")
            self.close_connection = True
        elif path == "/empty":
            self.answer(200)
        elif path == "/missing":
            self.answer(404, b"no")
        elif path == "/moved":
            self.answer(302, Location="/page?moved=1")
        elif path == "/loop":
            self.answer(302, Location="/loop")
        elif path == "/to-private":
            self.answer(302, Location=f"http://127.0.0.1:{closed}/")
        elif path == "/to-disallowed":
            self.answer(302, Location="/private/x")
        elif path == "/to-file":
            self.answer(302, Location="file:///etc/hostname")
        else:
            self.answer(200, PAGE)


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
server.handle_error = lambda *args: None  # clients hang up on purpose here
spare = socket.socket()
spare.bind(("127.0.0.1", 0))
closed = spare.getsockname()[1]
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], closed, sep="\n", flush=True)
sys.stdin.read()
