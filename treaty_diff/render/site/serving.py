"""A site shown to this machine alone, built again when the store has changed."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ...errors import RenderError, TreatyDiffError
from .making import Progress, Wanted

HOST = "127.0.0.1"
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "woff2": "font/woff2",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_SECONDS = 20
"""A connection that says nothing for so long is closed."""


class Builder:
    """Builds the site in a process of its own, which alone reads the store; what goes wrong there leaves the old files in place."""

    def __init__(self, store: Path, wanted: Wanted) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_builder, args=(theirs, store, wanted))
        self._process.start()
        theirs.close()
        self._lock = threading.Lock()
        self.files: Mapping[str, bytes] = {}

    def refresh(self, progress: Progress | None = None) -> str:
        """Have the files of the store as it is now; what went wrong, empty where nothing did."""
        with self._lock:
            try:
                self._pipe.send(None)
                while True:
                    kind, value = self._pipe.recv()
                    if kind == "progress":
                        if progress is not None:
                            progress(*value)
                    elif kind == "files":
                        changed, names = value
                        self.files = {name: changed[name] if name in changed else self.files[name] for name in names}
                    else:
                        return str(value)
            except (EOFError, OSError):
                return "The process that builds the site has ended; start the command again."

    def close(self) -> None:
        """End the process."""
        self._pipe.close()
        self._process.terminate()
        self._process.join()


def _builder(pipe: Connection, root: Path, wanted: Wanted) -> None:
    """The other process: at each word from the pipe, a build where the store has another commit or other templates than before."""
    from ...store import Store
    from ...store.reading import Texts
    from ..templating import Templates, own_folder, read_again
    from .making import make

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it and ends this process
    signal.signal(signal.SIGTERM, _end)
    before: object = None
    shown: Mapping[str, bytes] = {}
    texts = Texts()
    while True:
        try:
            pipe.recv()
        except EOFError:
            return
        fault = ""
        try:
            with Store(root, texts) as store:
                now = replace(wanted, templates=own_folder(root, wanted.templates))
                state = store.at().commit, _stamp(now.templates)
                if state != before:
                    texts.turn()
                    read_again()
                    Templates(now.templates).ready()  # once for all builds: a process that is forked forgets what it compiles
                    files = make(store, now, lambda *how: pipe.send(("progress", how)))
                    before = state
                    changed = {name: data for name, data in files.items() if shown.get(name) != data}
                    pipe.send(("files", (changed, list(files))))
                    shown = files
        except TreatyDiffError as error:
            fault = str(error)
        except OSError as error:
            fault = str(error)
        pipe.send(("done", fault))


def _end(*_: object) -> None:
    raise SystemExit


def _stamp(folder: Path | None) -> object:
    """What tells whether a user's templates are others than before."""
    return sorted((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in folder.rglob("*")) if folder is not None else None


class Server(ThreadingHTTPServer):
    """Shows the files of a builder on a port of this machine (0: any that is free). Raises RenderError where the port is taken."""

    daemon_threads = True

    def __init__(self, builder: Builder, port: int, faults: Any = None) -> None:
        self.builder = builder
        self.faults = faults
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise RenderError(
                f"Port {port} cannot be used.", cause=error.strerror or str(error), fix="name another with --port"
            ) from error

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing of a browser that went away; anything else is a fault of ours, and said."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def names(self) -> frozenset[str]:
        """What a request may call this server: a page of elsewhere that has its own name point here is not answered."""
        return frozenset(f"{host}:{self.server_port}" for host in (HOST, "localhost"))


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "treaty-diff"
    sys_version = ""
    timeout = _SECONDS

    def do_GET(self) -> None:
        """A file of the site; for a page the store is looked at first."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """The same without its bytes."""
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        if not self._meant():
            return self._send(HTTPStatus.MISDIRECTED_REQUEST, b"This server answers to its own name alone.\n", body=body)
        name = unquote(self.path.partition("?")[0]).removeprefix("/") or "index.html"
        if name.endswith(".html"):
            fault = self.server.builder.refresh()
            if fault and self.server.faults is not None:
                self.server.faults(fault)
        # Names are looked up and no folder is read: no way leads out of the site.
        data = self.server.builder.files.get(name)
        if data is None:
            return self._send(HTTPStatus.NOT_FOUND, b"There is no such page.\n", body=body)
        tag = f'"{sha256(data).hexdigest()[:32]}"'
        if self.headers.get("If-None-Match") == tag:
            return self._send(HTTPStatus.NOT_MODIFIED, b"", body=False, tag=tag)
        self._send(HTTPStatus.OK, data, body=body, tag=tag, kind=_TYPES.get(name.rpartition(".")[2], "application/octet-stream"))
        return None

    def _meant(self) -> bool:
        """Whether a request names this server, and no other beside it."""
        named = self.headers.get_all("Host", []) if self.path.startswith("/") else []
        return len(named) == 1 and named[0] in self.server.names()

    def _send(
        self, status: HTTPStatus, data: bytes, *, body: bool, tag: str = "", kind: str = "text/plain; charset=utf-8"
    ) -> None:
        self.send_response(status)
        for header, value in _HEADERS.items():
            self.send_header(header, value)
        if tag:
            self.send_header("ETag", tag)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body:
            self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: who reads what is nobody's business."""
