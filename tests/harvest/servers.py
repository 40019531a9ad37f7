"""Small servers of others that tests harvest: each answers as a test tells it, and remembers what it was asked."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Said:
    """What a server answers: a body at once, or a function that writes to the line itself."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    by_hand: Callable[[Any], None] | None = None


@dataclass
class Server:
    site: str
    # What was asked, but for robots.txt, which every run asks first.
    asked: list[Any]
    # What robots.txt says; there is none, as on many hosts.
    robots: Said = field(default_factory=lambda: Said(status=404))

    def at(self, path: str) -> str:
        return f"http://{self.site}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _headers in self.asked]


@contextmanager
def serving(answer, context=None):
    """Run a server; ``answer(path, headers)`` returns what is Said; with a context, behind TLS."""
    asked = []
    running = Server("", asked)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            if self.path == "/robots.txt":
                said = running.robots
            else:
                asked.append((self.path, dict(self.headers)))
                said = answer(self.path, dict(self.headers))
            if said.by_hand:
                said.by_hand(self.wfile)
                self.close_connection = True
                return
            self.send_response(said.status)
            for name, value in {"Content-Length": str(len(said.body)), **said.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body)

        def log_message(self, *said):
            """Say nothing."""

        def handle(self):
            try:
                super().handle()
            except OSError:
                # Whoever asked went away, as it should.
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context:
        # The handshake belongs to the thread of its line.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    running.site = f"localhost:{server.server_port}"
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
