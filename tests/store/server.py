"""A server on this machine whose answers are written down beforehand, one for each request."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What is sent for a request; `length` is the Content-Length told, the body's own where not given, none where empty.

    `stall` keeps the connection open in silence after the body; `endless` sends the body again and again; `raw` sends the body alone,
    without a head.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: str | None = None
    stall: bool = False
    endless: bool = False
    raw: bool = False


class Server:
    """The server as a test sees it: answers by path, and the requests that came (path, headers)."""

    def __init__(self, scheme: str = "http") -> None:
        self.scheme = scheme
        self.port = 0
        self.answers: dict[str, Iterator[Answer]] = {}
        self.asked: list[tuple[str, Message]] = []
        self.sent = 0
        self.done = threading.Event()

    def url(self, path: str) -> str:
        """Address of a path on this server."""
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def on(self, path: str, *answers: Answer) -> str:
        """Lay down the answers to the first, second … request for a path (the last for all further ones); its address."""

        def following() -> Iterator[Answer]:
            yield from answers
            while True:
                yield answers[-1]

        self.answers[path] = following()
        return self.url(path)

    def headers(self, *names: str) -> list[tuple[str | None, ...]]:
        """The values of some headers in the requests that came."""
        return [tuple(headers.get(name) for name in names) for _, headers in self.asked]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: Server

    def do_GET(self) -> None:
        script = self.script
        script.asked.append((self.path, self.headers))
        answer = next(script.answers.get(self.path, iter(())), Answer(b"nothing here", 404))
        self.close_connection = True
        if not answer.raw:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            length = str(len(answer.body)) if answer.length is None else answer.length
            if length:
                self.send_header("Content-Length", length)
            self.send_header("Connection", "close")
            self.end_headers()
        try:
            self._send(answer.body)
            while answer.endless and not script.done.is_set():
                self._send(answer.body)
        except OSError:
            return  # the client has had enough
        if answer.stall:
            script.done.wait(20)

    def _send(self, body: bytes) -> None:
        self.wfile.write(body)
        self.wfile.flush()
        self.script.sent += len(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Listener(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for those that still answer

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are what the tests are about."""


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server that is at work inside the `with`; over TLS, where a context is given."""
    script = Server("https" if context else "http")
    listener = _Listener(("127.0.0.1", 0), type("_Scripted", (_Handler,), {"script": script}))
    if context:
        listener.socket = context.wrap_socket(listener.socket, server_side=True, do_handshake_on_connect=False)
    script.port = listener.server_port
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield script
    finally:
        script.done.set()
        listener.shutdown()
        thread.join()
        listener.server_close()
