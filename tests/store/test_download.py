"""Fetching from servers that behave well, badly, or with intent."""

from __future__ import annotations

import gc
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from email.utils import formatdate

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.server import Answer, Server, serving
from treaty_diff.errors import SourceError
from treaty_diff.store.address import fault_of_address, printable
from treaty_diff.store.connection import Limits
from treaty_diff.store.download import fetch

TEXT = b"Each Party shall count its fish.\n" * 400
HALF = len(TEXT) // 2
SMALL = Limits(size=1_000_000)
ETAG = {"ETag": '"one"'}

Fetch = Callable[..., bytes]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


class Clock:
    """Time that passes only while somebody sleeps, or `step` seconds at each look."""

    def __init__(self, step: float = 0) -> None:
        self.now, self.step = 0.0, step
        self.slept: list[float] = []

    def __call__(self) -> float:
        self.now += self.step
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def got(url: str, clock: Clock | None = None, size: int = 0, limits: Limits = SMALL) -> bytes:
    clock = clock or Clock()
    return fetch(url, size=size, limits=limits, sleep=clock.sleep, clock=clock)


def refused(url: str, clock: Clock | None = None, size: int = 0, limits: Limits = SMALL) -> str:
    """Cause of the error; that there are words for all three parts is part of the test."""
    with pytest.raises(SourceError) as caught:
        got(url, clock, size, limits)
    assert caught.value.what
    assert caught.value.cause
    assert caught.value.fix
    return caught.value.cause


def rest(body: bytes = TEXT[HALF:], start: int = HALF, **headers: str) -> Answer:
    span = {"Content-Range": f"bytes {start}-{len(TEXT) - 1}/{len(TEXT)}"}
    return Answer(body, 206, {**span, **ETAG, **headers})


CUT = Answer(TEXT[:HALF], headers=ETAG, length=str(len(TEXT)))


def test_a_file_comes_as_it_is_and_nothing_packed_is_asked_for(server: Server) -> None:
    assert got(server.on("/t.xml", Answer(TEXT))) == TEXT
    assert server.headers("Accept-Encoding", "Range") == [("identity", None)]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 501])
def test_answers_that_stay_the_same_are_not_asked_for_again(server: Server, status: int) -> None:
    clock = Clock()
    assert f"the server answered {status}" in refused(server.on("/t.xml", Answer(status=status)), clock)
    assert (len(server.asked), clock.slept) == (1, [])


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_fault_that_passes_is_waited_out_longer_each_time(server: Server, status: int) -> None:
    clock = Clock()
    fault = Answer(status=status)
    assert got(server.on("/t.xml", fault, fault, fault, Answer(TEXT)), clock) == TEXT
    assert clock.slept == [1, 2, 4]


def test_a_fault_that_stays_ends_the_attempts(server: Server) -> None:
    clock = Clock()
    assert "the server answered 500" in refused(server.on("/t.xml", Answer(status=500)), clock)
    assert (len(server.asked), clock.slept) == (5, [1, 2, 4, 8])


def test_the_wait_that_a_server_asks_for_is_kept(server: Server) -> None:
    clock = Clock()
    busy = Answer(status=503, headers={"Retry-After": "17"})
    assert got(server.on("/t.xml", busy, Answer(TEXT)), clock) == TEXT
    assert clock.slept == [17]


def test_a_wait_till_a_moment_that_is_past_is_none(server: Server) -> None:
    clock = Clock()
    busy = Answer(status=429, headers={"Retry-After": formatdate(0, usegmt=True)})
    assert got(server.on("/t.xml", busy, Answer(TEXT)), clock) == TEXT
    assert clock.slept == [0]


@pytest.mark.parametrize("wait", ["61", "9" * 400, formatdate(4e9, usegmt=True)])
def test_a_wait_beyond_bounds_is_said_and_not_shortened(server: Server, wait: str) -> None:
    clock = Clock()
    busy = Answer(status=503, headers={"Retry-After": wait})
    assert "left alone for" in refused(server.on("/t.xml", busy), clock)
    assert (len(server.asked), clock.slept) == (1, [])


@pytest.mark.parametrize("words", ["soon", "-5", "Fri, 99 Foo 2016", ""])
def test_a_wait_that_makes_no_sense_is_not_kept(server: Server, words: str) -> None:
    clock = Clock()
    assert got(server.on("/t.xml", Answer(status=503, headers={"Retry-After": words}), Answer(TEXT)), clock) == TEXT
    assert clock.slept == [1]


def test_silence_is_a_time_out_and_tried_again(server: Server) -> None:
    clock = Clock()
    quiet = Answer(b"", length="100", stall=True)
    assert "nothing came for 0.2 s" in refused(server.on("/t.xml", quiet), clock, limits=Limits(read=0.2, attempts=2))
    assert (len(server.asked), clock.slept) == (2, [1])


def test_silence_in_the_middle_is_gone_on_from(server: Server) -> None:
    stuck = Answer(TEXT[:HALF], headers=ETAG, length=str(len(TEXT)), stall=True)
    assert got(server.on("/t.xml", stuck, rest()), limits=Limits(read=0.8)) == TEXT
    assert server.headers("Range", "If-Range")[:2] == [(None, None), (f"bytes={HALF}-", '"one"')]


def test_a_body_that_drips_for_ever_ends_with_the_time_for_all(server: Server) -> None:
    url = server.on("/t.xml", Answer(b"fish ", endless=True, length=""))
    assert "did not come within 1 minutes" in refused(url, Clock(step=10), limits=Limits(overall=60))


def test_no_wait_goes_beyond_the_time_for_all(server: Server) -> None:
    clock = Clock()
    assert "did not come within" in refused(server.on("/t.xml", Answer(status=500)), clock, limits=Limits(overall=5))
    assert clock.slept == [1, 2]


def test_a_file_that_was_cut_off_is_gone_on_from(server: Server) -> None:
    assert got(server.on("/t.xml", CUT, rest())) == TEXT
    assert server.headers("Range", "If-Range") == [(None, None), (f"bytes={HALF}-", '"one"')]


def test_the_time_of_the_last_change_serves_where_there_is_no_strong_tag(server: Server) -> None:
    stamp = {"ETag": 'W/"weak"', "Last-Modified": "Thu, 04 Feb 2016 00:00:00 GMT"}
    cut = Answer(TEXT[:HALF], headers=stamp, length=str(len(TEXT)))
    span = {"Content-Range": f"bytes {HALF}-{len(TEXT) - 1}/{len(TEXT)}"}
    assert got(server.on("/t.xml", cut, Answer(TEXT[HALF:], 206, {**stamp, **span}))) == TEXT
    assert server.headers("If-Range")[1] == (stamp["Last-Modified"],)


def test_a_server_that_names_no_version_is_asked_for_all_again(server: Server) -> None:
    assert got(server.on("/t.xml", Answer(TEXT[:HALF], length=str(len(TEXT))), Answer(TEXT))) == TEXT
    assert server.headers("Range") == [(None,), (None,)]


def test_a_server_that_knows_no_ranges_sends_all_again(server: Server) -> None:
    assert got(server.on("/t.xml", CUT, Answer(TEXT, headers=ETAG))) == TEXT


@pytest.mark.parametrize(
    "other",
    [
        rest(ETag='"two"'),
        rest(body=TEXT[HALF - 1 :], start=HALF - 1),
        rest(**{"Content-Range": "fish 1-2/3"}),
        Answer(status=416, headers={"Content-Range": f"bytes */{HALF}"}),
    ],
    ids=["another version", "another part", "no range at all", "not satisfiable"],
)
def test_a_part_that_does_not_fit_is_thrown_away_with_what_came_before(server: Server, other: Answer) -> None:
    assert got(server.on("/t.xml", CUT, other, Answer(TEXT))) == TEXT
    assert server.headers("Range") == [(None,), (f"bytes={HALF}-",), (None,)]


def test_a_part_that_nobody_asked_for_is_no_answer(server: Server) -> None:
    assert "206" in refused(server.on("/t.xml", rest()))


@settings(max_examples=15)
@given(cuts=st.lists(st.integers(min_value=1, max_value=len(TEXT) - 1), max_size=4, unique=True).map(sorted))
def test_wherever_a_file_is_cut_off_it_comes_whole(cuts: list[int]) -> None:
    with serving() as server:
        starts, ends = [0, *cuts], [*cuts, len(TEXT)]
        answers = [
            Answer(
                TEXT[a:b],
                206 if a else 200,
                {**ETAG, **({"Content-Range": f"bytes {a}-{len(TEXT) - 1}/{len(TEXT)}"} if a else {})},
                length=str(len(TEXT) - a),
            )
            for a, b in zip(starts, ends, strict=True)
        ]
        assert got(server.on("/t.xml", *answers)) == TEXT


def test_an_end_without_a_length_is_the_end_unless_the_size_is_known(server: Server) -> None:
    assert got(server.on("/t.xml", Answer(TEXT[:HALF], length=""))) == TEXT[:HALF]
    cut = Answer(TEXT[:HALF], headers=ETAG, length="")
    assert got(server.on("/u.xml", cut, rest()), size=len(TEXT)) == TEXT


def test_an_endless_body_is_not_read_beyond_the_limit(server: Server) -> None:
    url = server.on("/t.xml", Answer(b"fish " * 2000, endless=True, length=""))
    assert "larger than 1 MB" in refused(url)
    assert f"larger than {len(TEXT):,} bytes" in refused(url, size=len(TEXT))


def test_a_length_beyond_the_limit_is_enough_to_stop(server: Server) -> None:
    assert "larger than 1 MB" in refused(server.on("/t.xml", Answer(length="999999999999", stall=True)))


def test_a_length_longer_than_the_body_is_a_cut(server: Server) -> None:
    assert "cut off" in refused(server.on("/t.xml", Answer(TEXT, length=str(len(TEXT) + 1))))


def test_a_length_shorter_than_the_body_gives_so_much(server: Server) -> None:
    assert got(server.on("/t.xml", Answer(TEXT, length=str(HALF)))) == TEXT[:HALF]


@pytest.mark.parametrize("words", ["-3", "many"])
def test_a_length_that_is_no_number_is_none(server: Server, words: str) -> None:
    assert got(server.on("/t.xml", Answer(TEXT, length=words))) == TEXT


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_two_lengths_are_no_answer(server: Server) -> None:
    assert "Content-Length" in refused(server.on("/t.xml", Answer(TEXT, length="1,2")))
    gc.collect()  # urllib3 leaves the connection of such an answer to the collector, which says so


def test_a_chunked_body_comes_whole_and_one_that_breaks_off_does_not(server: Server) -> None:
    chunked = {"Transfer-Encoding": "chunked"}
    whole = b"5\r\nfish \r\n4\r\nboat\r\n0\r\n\r\n"
    assert got(server.on("/t.xml", Answer(whole, headers=chunked, length=""))) == b"fish boat"
    assert "cut off" in refused(server.on("/u.xml", Answer(whole[:12], headers=chunked, length="")))
    assert "cut off" in refused(server.on("/v.xml", Answer(b"zz\r\nfish", headers=chunked, length="")))


def test_a_body_that_is_packed_unasked_is_refused(server: Server) -> None:
    assert "packed (gzip)" in refused(server.on("/t.xml", Answer(b"\x1f\x8b", headers={"Content-Encoding": "gzip"})))


def moved(target: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": target} if target else {})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: Server, status: int) -> None:
    server.on("/there/t.xml", Answer(TEXT))
    assert got(server.on("/t.xml", moved("there/t.xml", status))) == TEXT


def test_five_redirects_are_followed_and_no_more(server: Server) -> None:
    for n in range(7):
        server.on(f"/{n}", moved(f"/{n + 1}"))
    server.on("/7", Answer(TEXT))
    assert got(server.url("/2")) == TEXT
    assert "more than 5 times" in refused(server.url("/1"))


def test_a_loop_of_redirects_ends(server: Server) -> None:
    server.on("/b", moved("/a"))
    clock = Clock()
    assert "more than 5 times" in refused(server.on("/a", moved("/b")), clock)
    assert clock.slept == []


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("FILE:/etc/passwd", "only http and https"),
        ("ftp://127.0.0.1/t.xml", "only http and https"),
        ("data:text/plain,fish", "only http and https"),
        ("gopher://127.0.0.1/", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("https:///t.xml", "names no server"),
        ("http://[fish", "Invalid IPv6"),
        ("http://me:secret@127.0.0.1/", "user's name"),
        ("http://127.0.0.1:99999/", "ort out of range"),
        ("/fish and chips", "%XX"),
        ("", "does not say where"),
    ],
)
def test_redirects_to_anything_else_are_not(server: Server, target: str, why: str) -> None:
    clock = Clock()
    assert why in refused(server.on("/t.xml", moved(target)), clock)
    assert (len(server.asked), clock.slept) == (1, [])


def test_what_a_server_says_cannot_steer_the_terminal(server: Server) -> None:
    assert "\x1b" not in refused(server.on("/t.xml", moved("evil\x1b[2J:fish")))


def test_an_answer_that_is_not_http_is_refused_at_once(server: Server) -> None:
    clock = Clock()
    assert refused(server.on("/t.xml", Answer(b"220 fish.example ESMTP\r\n", raw=True)), clock) == "the answer is not HTTP"
    assert clock.slept == []


def test_a_connection_that_is_closed_without_an_answer_is_tried_again(server: Server) -> None:
    clock = Clock()
    assert got(server.on("/t.xml", Answer(raw=True), Answer(TEXT)), clock) == TEXT
    assert clock.slept == [1]


def test_a_refused_connection_is_tried_again_and_said() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound and not listening: nobody else can answer there
        clock = Clock()
        assert "no connection: Connection refused" in refused(f"http://127.0.0.1:{held.getsockname()[1]}/t.xml", clock)
    assert clock.slept == [1, 2, 4, 8]


def test_a_name_that_nobody_knows_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "the server's name is not known here" in refused("https://treaties.invalid/t.xml")


# -- TLS ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def safe(authority: trustme.CA) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with serving(context) as found:
        yield found


@pytest.fixture
def trusted(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with authority.cert_pem.tempfile() as file:
        monkeypatch.setenv("SSL_CERT_FILE", file)
        yield


@pytest.mark.usefixtures("trusted")
def test_a_network_with_certificates_of_its_own_can_name_them(safe: Server) -> None:
    assert got(safe.on("/t.xml", Answer(TEXT))) == TEXT


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(safe: Server) -> None:
    clock = Clock()
    assert "no safe connection" in refused(safe.on("/t.xml", Answer(TEXT)), clock)
    assert (safe.asked, clock.slept) == ([], [])


@pytest.mark.usefixtures("trusted")
def test_another_server_s_certificate_is_refused(authority: trustme.CA) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("treaties.example").configure_cert(context)
    with serving(context) as other:
        assert "no safe connection" in refused(other.on("/t.xml", Answer(TEXT)))
        assert other.asked == []


@pytest.mark.usefixtures("trusted")
def test_a_redirect_from_https_to_http_is_not_followed(safe: Server, server: Server) -> None:
    plain = server.on("/t.xml", Answer(TEXT))
    assert "leaves https" in refused(safe.on("/t.xml", moved(plain)))
    assert server.asked == []
    assert got(server.on("/u.xml", moved(safe.on("/u.xml", Answer(TEXT))))) == TEXT


@pytest.mark.usefixtures("trusted")
def test_a_loop_between_https_and_http_ends(safe: Server, server: Server) -> None:
    there = safe.on("/t.xml", moved(server.url("/t.xml")))
    assert "leaves https" in refused(server.on("/t.xml", moved(there)))


def test_https_spoken_to_a_server_of_http_is_said(server: Server) -> None:
    assert "no safe connection" in refused(f"https://127.0.0.1:{server.port}/t.xml", limits=Limits(attempts=1))


# -- proxies --------------------------------------------------------------------------


def test_the_users_proxy_is_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://me:s%40cret@127.0.0.1:{server.port}")
    server.answers["http://treaties.invalid/t.xml"] = iter([Answer(TEXT)])
    assert got("http://treaties.invalid/t.xml") == TEXT
    assert server.headers("Proxy-Authorization") == [("Basic bWU6c0BjcmV0",)]


def test_servers_that_need_no_proxy_are_asked_themselves(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert got(server.on("/t.xml", Answer(TEXT))) == TEXT


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:1", "socks5://127.0.0.1:1", "http://[fish"])
def test_a_proxy_that_does_not_work_is_said(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    clock = Clock()
    with pytest.raises(SourceError) as caught:
        got("https://treaties.invalid/t.xml", clock)
    assert "HTTPS_PROXY" in caught.value.fix
    assert clock.slept == []


# -- addresses ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://x/y", "//x/y", "texts/t.xml", "http:t.xml", "https://a b/", "https://x/\x1b[2J", "https://ü/"],
)
def test_only_addresses_of_http_are_fetched_from(url: str) -> None:
    assert refused(url)


@given(st.text())
def test_any_words_are_an_address_or_not_and_can_be_shown(words: str) -> None:
    fault_of_address(words)
    fault_of_address(f"https://{words}")
    assert printable(words).isprintable()


def test_what_stops_the_user_stops_the_download_and_leaves_no_thread(server: Server) -> None:
    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        fetch(server.on("/t.xml", Answer(status=500)), limits=SMALL, sleep=stop)
    assert threading.active_count() <= before + 1  # the server's own
