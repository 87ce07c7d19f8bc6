"""The site over HTTP: what is answered, to whom, and that a reload shows what changed."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import small_treaty, without_proposals
from treaty_diff.cli import cli
from treaty_diff.render.site.making import Wanted
from treaty_diff.render.site.serving import HOST, Builder, Server
from treaty_diff.store import Store
from treaty_diff.text.proposal import Distribution

FIRST = "1. A Party may ask for a panel of five."
SECOND = "1. A Party may ask for a panel of seven."


def put(root: Path, words: str) -> None:
    with Store(root) as held:
        held.put(small_treaty(("Article 101", "Panels", words), treaty="nafta1994"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("served") / "store"
    with Store.create(root) as made:
        without_proposals(made)
        made.put(small_treaty(("Article 28.1", "Panels", FIRST), treaty="tpp"))
    put(root, FIRST)
    return root


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    builder = Builder(store, Wanted(Distribution.PUBLIC))
    assert builder.refresh() == ""
    with Server(builder, 0) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()
    builder.close()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(HOST, server.server_port, timeout=60)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    data = response.read()
    connection.close()
    return response, data


def test_the_front_page_and_what_it_loads_are_shown(server: Server) -> None:
    response, page = ask(server, "/")
    assert response.status == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"compare/nafta1994-ch1--tpp.html" in page
    for path, kind in (
        ("/assets/site.css", "text/css"),
        ("/search/list.js", "text/javascript"),
        ("/compare/nafta1994-ch1--tpp.html", "text/html"),
    ):
        response, data = ask(server, path)
        assert (response.status, response.headers["Content-Type"].partition(";")[0]) == (200, kind)
        assert data


def test_every_answer_lets_a_page_load_nothing_from_elsewhere(server: Server) -> None:
    for path in ("/", "/nowhere.html"):
        response, _ = ask(server, path)
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/assets/../../secret.txt",
        "//etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/compare/",
        "/treaty-diff.toml",
    ],
)
def test_what_is_no_page_of_the_site_is_not_found(server: Server, store: Path, path: str) -> None:
    (store.parent / "secret.txt").write_text("mine")
    response, data = ask(server, path)
    assert response.status == 404
    assert data == b"There is no such page.\n"


def test_a_page_of_elsewhere_that_points_its_name_here_is_not_answered(server: Server) -> None:
    response, data = ask(server, "/", Host=f"evil.example:{server.server_port}")
    assert response.status == 421
    assert b"panel" not in data


@pytest.mark.parametrize(
    "asked",
    [
        "GET http://evil.example/ HTTP/1.1\r\nHost: {own}\r\n",
        "GET http://[::1 HTTP/1.1\r\nHost: {own}\r\n",
        "GET / HTTP/1.1\r\nHost: {own}\r\nHost: evil.example\r\n",
        "GET / HTTP/1.1\r\nHost: {own}.evil.example\r\n",
        "GET / HTTP/1.0\r\n",
    ],
)
def test_a_request_that_names_another_server_in_any_way_is_not_answered(server: Server, asked: str) -> None:
    with socket.create_connection((HOST, server.server_port), timeout=10) as connection:
        connection.sendall((asked.format(own=f"{HOST}:{server.server_port}") + "\r\n").encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 421 ")


def test_a_browser_that_goes_away_is_no_fault(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    connection = socket.create_connection((HOST, server.server_port))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()  # with a reset
    assert ask(server, "/")[0].status == 200
    assert capsys.readouterr() == ("", "")


def test_nothing_can_be_sent_to_it(server: Server) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert ask(server, "/", method)[0].status == 501


def test_what_a_browser_has_is_not_sent_again(server: Server) -> None:
    tag = ask(server, "/assets/site.css")[0].headers["ETag"]
    response, data = ask(server, "/assets/site.css", **{"If-None-Match": tag})
    assert (response.status, data) == (304, b"")
    head, data = ask(server, "/assets/site.css", "HEAD")
    assert (head.status, data) == (200, b"")
    assert int(head.headers["Content-Length"]) > 0


def test_other_machines_do_not_reach_it(server: Server) -> None:
    assert server.socket.getsockname()[0] == "127.0.0.1"


def test_a_reload_shows_what_changed_in_the_store(server: Server, store: Path) -> None:
    page = "/texts/nafta1994/101.html"
    assert b"a panel of five" in ask(server, page)[1]
    put(store, SECOND)
    assert b"a panel of seven" in ask(server, page)[1]


def test_a_build_that_fails_leaves_the_pages_as_they_were(store: Path, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    builder = Builder(store, Wanted(Distribution.PUBLIC, templates=own))
    try:
        assert builder.refresh() == ""
        before = builder.files
        (own / "site").mkdir()
        (own / "site/front.html").write_text("{{ nothing_has_this_name }}")
        assert "front.html cannot be used" in builder.refresh()
        assert builder.files is before
    finally:
        builder.close()


def test_templates_that_come_into_the_stores_folder_are_used_at_the_next_reload(store: Path) -> None:
    own = store / "templates/site/front.html"
    builder = Builder(store, Wanted(Distribution.PUBLIC))
    try:
        assert builder.refresh() == ""
        ours = builder.files["index.html"]
        own.parent.mkdir(parents=True)
        own.write_text("A page of our own")
        assert builder.refresh() == ""
        assert builder.files["index.html"] == b"A page of our own"
        own.unlink()
        assert builder.refresh() == ""
        assert builder.files["index.html"] == ours
    finally:
        builder.close()
        shutil.rmtree(store / "templates", ignore_errors=True)


def test_a_port_that_is_taken_is_said(store: Path) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(cli, ["serve", "--port", str(port), "--store", str(store)])
    assert result.exit_code == 2
    assert f"Port {port} cannot be used." in result.output


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A process begun here is ended by Ctrl-C, even where these tests run behind a shell's `&`, which has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_control_c_ends_it_calmly(store: Path) -> None:
    command = [sys.executable, "-m", "treaty_diff", "serve", "--port", "0", "--store", str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True) as served:
        try:
            assert served.stdout is not None
            assert served.stdout.readline().startswith("The site is at http://127.0.0.1:")
            os.killpg(served.pid, signal.SIGINT)  # a terminal tells all of a command's processes
            out, err = served.communicate(timeout=60)
        finally:
            if served.poll() is None:
                os.killpg(served.pid, signal.SIGKILL)
    assert (served.returncode, out, err) == (0, "Ended.\n", "")
