"""Bytes from an address: http and https only, within limits of size and time, tried again and resumed where that can help."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import urllib3
from urllib3 import exceptions as faults

from ..errors import SourceError
from .address import fault_of_address, printable
from .connection import Client, Limits, cause_of, failed, is_final, remedy_for

_PIECE = 65_536
_AGAIN = (429, 500, 502, 503, 504)
_REASONS = {
    401: "it is not open to everybody",
    403: "it is not open to everybody",
    404: "there is no such file",
    407: "the proxy wants a name and password",
    410: "the file is gone for good",
    429: "it was asked too often",
    503: "it is not at work at the moment",
}
_RANGE = re.compile(r"bytes (\d+)-\d+/(?:\d+|\*)", re.ASCII)

Progress = Callable[[int, int | None], None]
"""Told how many bytes are there, and of how many (None where the server does not say)."""
Retrying = Callable[[str, float], None]
"""Told why an attempt failed, and for how many seconds is waited before the next."""


DEFAULTS = Limits()


def fetch(
    url: str,
    *,
    size: int = 0,
    limits: Limits = DEFAULTS,
    progress: Progress = lambda done, total: None,
    retrying: Retrying = lambda cause, wait: None,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> bytes:
    """The bytes at `url`, which has `size` bytes where that is known (0: not known).

    They are kept in memory only, until all are there. Connections that fail, silence, and the answers 429, 500, 502, 503 and 504
    are tried again; what has come is kept where the server can go on from there (RFC 9110, 14). Proxies are those of
    HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY. Raises SourceError where the bytes do not come.
    """
    if fault := fault_of_address(url):
        raise SourceError(f"{printable(url)} is no address to fetch from.", cause=fault, fix="name an http or https address")
    body = _Body(url, size or limits.size, size)
    ends = clock() + limits.overall
    with Client(limits) as client:
        for attempt in range(1, limits.attempts + 1):
            try:
                _attempt(client, body, progress, lambda: clock() < ends)
                return bytes(body.data)
            except _Again as fault_now:
                cause, asked = fault_now.cause, fault_now.wait
            except (faults.HTTPError, OSError, ValueError) as error:
                cause, asked = cause_of(error, limits), None
                if is_final(error):
                    raise failed(url, cause, remedy_for(error)) from None
            wait = limits.first_wait * 2 ** (attempt - 1) if asked is None else asked
            if wait > limits.longest_wait:
                raise failed(url, f"{cause}, and wants to be left alone for {wait:.0f} s", "try again after that time")
            if attempt == limits.attempts:
                break
            if clock() + wait >= ends:
                raise _too_long(url, limits)
            retrying(cause, wait)
            sleep(wait)
    raise failed(url, f"{cause} (tried {limits.attempts} times)", "try again later")


@dataclass(slots=True)
class _Body:
    """What has come of a file: its bytes, and what the server calls this version of it (empty where nothing)."""

    url: str
    limit: int
    size: int
    data: bytearray = field(default_factory=bytearray)
    version: str = ""

    def begin(self, version: str = "") -> None:
        """Forget what has come."""
        self.data.clear()
        self.version = version


class _Again(Exception):
    """An answer after which the same request may succeed; `wait` is the time that the server asked for, in seconds."""

    def __init__(self, cause: str, wait: float | None = None) -> None:
        super().__init__(cause)
        self.cause = cause
        self.wait = wait


def _attempt(client: Client, body: _Body, progress: Progress, in_time: Callable[[], bool]) -> None:
    """One request, for what of the body has not come yet."""
    if not body.version:
        body.begin()
    resuming = bool(body.data)
    answer = client.get(body.url, {"Range": f"bytes={len(body.data)}-", "If-Range": body.version} if resuming else {})
    try:
        _check(answer, body, resuming)
        coming = answer.headers.get("Content-Length", "")
        total = len(body.data) + int(coming) if coming.isdecimal() else None
        if total is not None and total > body.limit:
            raise _too_large(body)
        progress(len(body.data), total)
        while piece := answer.read1(_PIECE):
            body.data += piece
            if len(body.data) > body.limit:
                raise _too_large(body)
            if not in_time():
                raise _too_long(body.url, client.limits)
            progress(len(body.data), total)
        if total is None and len(body.data) < body.size:
            raise _Again("the connection was cut off")
    finally:
        answer.close()


def _check(answer: urllib3.BaseHTTPResponse, body: _Body, resuming: bool) -> None:
    """Look at an answer's head, and make the body ready for what follows; raises where nothing of use does."""
    if answer.status in _AGAIN:
        raise _Again(_said(answer.status), _retry_after(answer))
    if resuming and (answer.status == 416 or (answer.status == 206 and not _goes_on(answer, body))):
        body.begin()
        raise _Again("the server has another version of the file now")
    if answer.status != 200 and not (resuming and answer.status == 206):
        raise failed(body.url, _said(answer.status), "look up where the file lies now")
    if (coding := answer.headers.get("Content-Encoding", "identity")).lower() != "identity":
        raise failed(body.url, f"the server sends it packed ({printable(coding)}), unasked", "tell the people who run it")
    if answer.status == 200:
        body.begin(_version(answer))


def _version(answer: urllib3.BaseHTTPResponse) -> str:
    """What If-Range may say of this version: a strong ETag, else the time of its last change (RFC 9110, 13.1.5)."""
    tag = answer.headers.get("ETag", "")
    return tag if tag.startswith('"') else answer.headers.get("Last-Modified", "")


def _goes_on(answer: urllib3.BaseHTTPResponse, body: _Body) -> bool:
    """Whether a part (206) is of the same version and begins where the body ends."""
    found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    versions = {answer.headers[name] for name in ("ETag", "Last-Modified") if name in answer.headers}
    same = not versions or body.version in versions
    return found is not None and int(found[1]) == len(body.data) and same


def _retry_after(answer: urllib3.BaseHTTPResponse) -> float | None:
    try:
        return urllib3.Retry().get_retry_after(answer)
    except (faults.InvalidHeader, ValueError, OverflowError):
        return None


def _said(status: int) -> str:
    reason = _REASONS.get(status) or http.client.responses.get(status, "")
    return f"the server answered {status}" + (f": {reason}" if reason else "")


def _too_large(body: _Body) -> SourceError:
    limit = f"{body.size:,} bytes, which it should have" if body.size else f"{body.limit // 1_000_000} MB"
    return SourceError(
        f"{printable(body.url)} is not fetched to its end.",
        cause=f"it is larger than {limit}",
        fix="look at the file: it has changed, or is not the text",
    )


def _too_long(url: str, limits: Limits) -> SourceError:
    return failed(url, f"it did not come within {limits.overall / 60:g} minutes", "try again over a faster connection")
