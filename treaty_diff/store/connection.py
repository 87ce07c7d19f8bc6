"""One request: through the user's proxy, over redirects that are allowed, within time; and its faults in words."""

from __future__ import annotations

import http.client
import ssl
import urllib.request
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import unquote, urljoin, urlsplit

import urllib3
from urllib3 import exceptions as faults

from .._version import __version__
from ..errors import SourceError
from .address import fault_of_address, printable

_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken and how long is waited: bytes, seconds, numbers of attempts and redirects.

    `overall` is looked at between two pieces of a body and before each attempt; `read` is the longest silence.
    The waits between attempts double from `first_wait`; a server's Retry-After counts instead, up to `longest_wait`.
    """

    size: int = 50_000_000
    connect: float = 10.0
    read: float = 30.0
    overall: float = 900.0
    attempts: int = 5
    redirects: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0


class Client:
    """Requests, each through the proxy that the user's settings name for its address."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._managers: dict[str, urllib3.PoolManager] = {}

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for manager in self._managers.values():
            manager.clear()

    def get(self, url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        """The answer of an address after its redirects, its body not yet read; each step is as allowed as the first."""
        for _ in range(self.limits.redirects + 1):
            answer = self._manager(_proxy(url)).request(
                "GET",
                url,
                headers={"User-Agent": f"treaty-diff/{__version__}", "Accept-Encoding": "identity", **headers},
                timeout=urllib3.Timeout(connect=self.limits.connect, read=self.limits.read),
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            if answer.status not in _REDIRECTS:
                return answer
            target = answer.headers.get("Location", "")
            answer.close()
            url = _next(url, target)
        raise failed(url, f"it was redirected more than {self.limits.redirects} times", "look up where the file lies now")

    def _manager(self, proxy: str) -> urllib3.PoolManager:
        if proxy not in self._managers:
            context = ssl.create_default_context()
            self._managers[proxy] = _through(proxy, context) if proxy else urllib3.PoolManager(ssl_context=context)
        return self._managers[proxy]


def _through(proxy: str, context: ssl.SSLContext) -> urllib3.ProxyManager:
    """Connections through a proxy; raises ProxyError where its address is none that can be used."""
    try:
        auth = urllib3.util.parse_url(proxy).auth
        headers = urllib3.make_headers(proxy_basic_auth=unquote(auth)) if auth else None
        return urllib3.ProxyManager(proxy, proxy_headers=headers, ssl_context=context)
    except faults.LocationValueError as error:
        raise faults.ProxyError("no proxy", error) from None


def _next(url: str, target: str) -> str:
    """Where a redirect leads; raises SourceError where that is not gone."""
    try:
        there = urljoin(url, target)
        fault = fault_of_address(there) if target else "it does not say where to"
    except ValueError as error:
        fault = str(error)
    if not fault and urlsplit(url).scheme == "https" and urlsplit(there).scheme == "http":
        fault = "it leaves https"
    if fault:
        raise failed(url, f"it is redirected to “{printable(target)}”: {fault}", "look up where the file lies now")
    return there


def _proxy(url: str) -> str:
    """The proxy that the user's settings name for an address, empty for none."""
    parts = urlsplit(url)
    if urllib.request.proxy_bypass(parts.hostname or ""):
        return ""
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all") or ""
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


def failed(url: str, cause: str, fix: str) -> SourceError:
    """What is raised where an address gives nothing of use."""
    by_hand = "or get the file by other means and use `treaty-diff pull --from FOLDER`"
    return SourceError(f"{printable(url)} could not be fetched.", cause=cause, fix=f"{fix}, {by_hand}")


def is_final(error: Exception) -> bool:
    """Whether the same request would fail in the same way."""
    if isinstance(error, faults.SSLError):
        return isinstance(_inner(error), ssl.SSLCertVerificationError)
    return isinstance(error, (faults.ProxyError, faults.InvalidHeader, ValueError)) or _is_no_http(error)


def _is_no_http(error: Exception) -> bool:
    inner = _inner(error)
    return isinstance(inner, http.client.BadStatusLine) and not isinstance(inner, http.client.RemoteDisconnected)


def _inner(error: Exception) -> object:
    """The fault that urllib3 has wrapped."""
    return next((part for part in error.args if isinstance(part, Exception)), error.__cause__)


def cause_of(error: Exception, limits: Limits) -> str:
    """An error of the connection in words that a lawyer may pass on."""
    match error:
        case faults.NameResolutionError():
            return "the server's name is not known here"
        case faults.NewConnectionError():
            return f"no connection: {_bare(error)}"
        case faults.ConnectTimeoutError():
            return f"no connection within {limits.connect:g} s"
        case faults.ReadTimeoutError():
            return f"nothing came for {limits.read:g} s"
        case faults.ProxyError():
            return f"the proxy: {_bare(error.original_error)}"
        case faults.SSLError():
            inner = _inner(error)
            return f"no safe connection: {printable(getattr(inner, 'verify_message', '') or str(inner or error))}"
        case faults.ProtocolError() | faults.IncompleteRead():
            return "the answer is not HTTP" if _is_no_http(error) else "the connection was cut off"
    return printable(str(error)) or type(error).__name__


def _bare(error: Exception) -> str:
    """What the system says of a fault, without the library's words around it."""
    inner = error.__cause__ or error
    return printable(getattr(inner, "strerror", "") or str(inner))


def remedy_for(error: Exception) -> str:
    """What the user can do about such an error."""
    if isinstance(error, faults.ProxyError):
        return "set HTTPS_PROXY, HTTP_PROXY and NO_PROXY as your network needs them"
    if isinstance(error, faults.SSLError):
        return "do not go on unless you know why; where your network has its own certificates, name their file in SSL_CERT_FILE"
    return "look up where the file lies now"
