"""`treaty-diff pull` as a user meets it, against a server on this machine."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomli_w

from tests.cli.test_annexes import ANNEXES, TEXT
from tests.conftest import Run
from tests.store.server import Answer, Server, serving
from treaty_diff.store import Store, download, user_store
from treaty_diff.store.pull import digest

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
SECOND = TEXT.replace(b"2001-02-03", b"2003-04-05")
TERMS = {"licence": "CC0 1.0", "attribution": "Lake Office"}


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    found: list[float] = []
    monkeypatch.setitem(download.fetch.__kwdefaults__, "sleep", found.append)
    return found


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


def entry(data: bytes, url: str, **change: Any) -> dict[str, Any]:
    text = {"treaty": "fish", "language": "en", "date": "2001-02-03", "name": "Gazette of the lake", "url": url}
    return {**text, "sha256": digest(data), "size": len(data), **TERMS, **change}


def catalogue(*entries: dict[str, Any]) -> tuple[str, str]:
    Path("mine.toml").write_text(tomli_w.dumps({"source": list(entries)}), encoding="utf-8")
    return ("--catalogue", "mine.toml")


def check(document: Any, schema: str) -> None:
    jsonschema.validate(document, json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))


def head() -> str:
    git = ("git", "-C", str(user_store()))
    assert subprocess.run([*git, "status", "--porcelain"], capture_output=True, check=True).stdout == b""
    return subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, check=True, text=True).stdout.strip()


def test_a_source_of_ones_own_is_pulled_with_its_terms(run: Run, server: Server) -> None:
    mine = catalogue(entry(TEXT, server.on("/fish.xml", Answer(TEXT)), title="The Fish Treaty"))
    result = run("pull", "fish", *mine)
    assert result.exit_code == 0, result.output
    assert "fish: Gazette of the lake. Licence CC0 1.0; please cite: Lake Office." in result.stdout
    assert result.stderr.count("\n") == 1  # that a store was made: no progress, no notes
    kept = Store(user_store()).at().catalogue("fish")
    assert kept.title == "The Fish Treaty"
    source = kept.expressions[0].source
    assert (source.licence, source.attribution, source.sha256) == ("CC0 1.0", "Lake Office", digest(TEXT))


def test_pulling_again_commits_nothing(run: Run, server: Server) -> None:
    mine = catalogue(entry(TEXT, server.on("/fish.xml", Answer(TEXT))))
    run("pull", "fish", *mine)
    before = head()
    assert "Nothing changed; nothing committed." in run("pull", "fish", *mine).stdout
    assert head() == before


def test_the_catalogue_in_the_store_adds_sources_and_knows_imported_files(run: Run, server: Server) -> None:
    run("list")
    data = tomli_w.dumps({"source": [entry(TEXT, server.on("/fish.xml", Answer(TEXT)))]})
    (user_store() / "catalogue.toml").write_text(data, encoding="utf-8")
    assert "is not committed" in run("pull", "fish").stderr
    Path("fish.xml").write_bytes(TEXT)
    assert "Nothing changed" in run("import", "fish.xml", "--treaty", "fish").stdout


def test_annexes_of_the_catalogue_complete_the_text(run: Run, server: Server) -> None:
    annexes = ANNEXES.encode()
    url = server.on("/annexes.txt", Answer(annexes))
    mine = catalogue(
        entry(annexes, url, kind="annexes", replace=True, name="Annexes of the lake"),
        entry(TEXT, server.on("/fish.xml", Answer(TEXT))),
    )
    assert run("pull", "fish", *mine).exit_code == 0
    assert "by the fin." in run("show", "fish:annex101.1", "--format", "text").stdout
    assert "green or red" in run("show", "fish:annex102", "--format", "text").stdout
    before = head()
    assert run("pull", "fish", *mine).stdout.count("Nothing changed") == 2
    assert head() == before
    listed = json.loads(run("pull", "fish", *mine, "--list", "--format", "json").stdout)["sources"]
    assert [(s["kind"], s["held"]) for s in listed] == [("text", "pinned"), ("annexes", "pinned")]


def test_annexes_of_a_text_of_another_date_are_refused(run: Run, server: Server) -> None:
    annexes = ANNEXES.encode()
    other = entry(annexes, server.on("/annexes.txt", Answer(annexes)), kind="annexes", date="2003-04-05")
    result = run("pull", "fish", *catalogue(entry(TEXT, server.on("/fish.xml", Answer(TEXT))), other))
    assert result.exit_code == 2
    assert "does not hold the text of 2003-04-05" in result.stderr


REFUSED = [
    (Answer(status=404), "there is no such file"),
    (Answer(status=500), "Internal Server Error (tried 5 times)"),
    (Answer(TEXT[:-9], length=str(len(TEXT))), "cut off (tried 5 times)"),
    (Answer(TEXT[::-1]), digest(TEXT[::-1])),
    (Answer(TEXT, endless=True, length=""), f"larger than {len(TEXT)} bytes"),
    (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "only http and https"),
    (Answer(b"fish", raw=True), "not HTTP"),
]


@pytest.mark.parametrize(("answer", "why"), REFUSED, ids=[why[:20] for _, why in REFUSED])
def test_what_does_not_come_is_said_and_nothing_is_written(run: Run, server: Server, answer: Answer, why: str) -> None:
    run("list")
    before = head()
    result = run("pull", "fish", *catalogue(entry(TEXT, server.on("/fish.xml", answer))))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert all(part in result.stderr for part in ("treaty-diff: ", "cause: ", "to fix: ", why))
    assert "Traceback" not in result.stderr
    assert head() == before


def test_a_fault_that_passes_is_said_and_waited_out(run: Run, server: Server, slept: list[float]) -> None:
    url = server.on("/fish.xml", Answer(status=503, headers={"Retry-After": "7"}), Answer(TEXT))
    result = run("pull", "fish", *catalogue(entry(TEXT, url)))
    assert result.exit_code == 0
    assert "answered 503: it is not at work at the moment; trying again in 7 s." in result.stderr
    assert slept == [7]


def test_what_the_user_stops_leaves_nothing_behind(run: Run, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(seconds: float) -> None:
        raise KeyboardInterrupt

    run("list")
    before = head()
    monkeypatch.setitem(download.fetch.__kwdefaults__, "sleep", stop)
    result = run("pull", "fish", *catalogue(entry(TEXT, server.on("/fish.xml", Answer(TEXT[:-9], length=str(len(TEXT)))))))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Aborted!" in result.stderr
    assert head() == before


def test_one_that_fails_undoes_no_other(run: Run, server: Server) -> None:
    good = entry(TEXT, server.on("/fish.xml", Answer(TEXT)))
    bad = entry(b"gone", server.url("/gone.xml"), treaty="wool")
    last = entry(SECOND, server.on("/second.xml", Answer(SECOND)), treaty="lake", date="2003-04-05")
    result = run("pull", "fish", "wool", "lake", *catalogue(good, bad, last))
    assert result.exit_code == 2
    assert "1 of 3 sources did not come: wool." in result.stderr
    assert "fish, lake: came, and stored." in result.stderr
    assert {"fish", "lake"} <= set(Store(user_store()).at().treaties())
    document = json.loads(run("pull", "fish", "wool", *catalogue(good, bad), "--format", "json").stdout)
    check(document, "pull-1.json")
    assert ([s["treaty"] for s in document["came"]], [s["treaty"] for s in document["did_not_come"]]) == (["fish"], ["wool"])


def test_a_file_of_another_language_than_its_entry_is_refused(run: Run, server: Server) -> None:
    result = run("pull", "fish", *catalogue(entry(TEXT, server.on("/fish.xml", Answer(TEXT)), language="es")))
    assert result.exit_code == 2
    assert "pins it as spa, it was read as eng" in result.stderr


def test_a_folder_needs_no_network(run: Run, server: Server) -> None:
    Path("files").mkdir()
    Path("files/Holiday.jpg").write_bytes(TEXT)
    mine = catalogue(entry(TEXT, server.url("/fish.xml")), entry(SECOND, server.url("/wool.xml"), treaty="wool"))
    assert run("pull", "fish", "--from", "files", *mine).exit_code == 0
    result = run("pull", "fish", "wool", "--from", "files", *mine)
    assert result.exit_code == 2
    assert "wool is not in files." in result.stderr
    assert server.asked == []


def test_a_mirror_is_asked_instead(run: Run, server: Server) -> None:
    server.on("/mirror/fish.xml", Answer(TEXT))
    mine = catalogue(entry(TEXT, "https://lake.invalid/gazette/fish.xml"))
    assert run("pull", "fish", "--from", server.url("/mirror/"), *mine).exit_code == 0
    server.on(f"/by-sum/{digest(TEXT)}", Answer(TEXT))
    assert run("pull", "fish", "--from", server.url("/by-sum/{sha256}"), *mine).exit_code == 0
    assert [path for path, _ in server.asked] == ["/mirror/fish.xml", f"/by-sum/{digest(TEXT)}"]


@pytest.mark.parametrize("mirror", ["file:///tmp", "ftp://mirror.example/", "data://x"])
def test_a_mirror_that_is_no_web_server_is_refused(run: Run, mirror: str) -> None:
    result = run("pull", "tpp/es", "--from", mirror)
    assert result.exit_code == 2
    assert "only http and https" in result.stderr


def test_what_can_be_pulled_is_listed_with_its_terms_and_whether_it_is_held(run: Run, server: Server) -> None:
    mine = catalogue(
        entry(TEXT, server.on("/fish.xml", Answer(TEXT))), entry(SECOND, server.url("/s"), treaty="lake", date="2003-04-05")
    )
    run("pull", "fish", *mine)
    Path("lake.xml").write_bytes(SECOND + b"\n")
    run("import", "lake.xml", "--treaty", "lake")
    document = json.loads(run("pull", "--list", "--format", "json", *mine).stdout)
    check(document, "sources-1.json")
    held = {(s["treaty"], s["language"]): s["held"] for s in document["sources"]}
    assert held == {
        ("nafta1994", "eng"): "",
        ("tpp", "eng"): "",
        ("tpp", "spa"): "",
        ("fish", "eng"): "pinned",
        ("lake", "eng"): "other",
    }
    shown = run("pull", "--list", *mine).stdout
    assert (
        "fish  eng@2001-02-03  held\n    Gazette of the lake, 0.0 MB; mine.toml\n    Licence CC0 1.0; please cite: Lake Office"
        in shown
    )
    assert "nafta1994  eng@1994-01-01  not held" in shown
    assert "lake  eng@2003-04-05  held from another source" in shown
    assert len(server.asked) == 1


def test_a_broken_catalogue_is_told_by_file_entry_and_key(run: Run) -> None:
    result = run("pull", *catalogue({**entry(TEXT, "https://lake.example/fish.xml"), "sha256": ""}))
    assert result.exit_code == 2
    assert "mine.toml" in result.stderr
    assert "source 1: sha256 is missing" in result.stderr


def test_progress_is_shown_on_a_terminal_only(run: Run, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from treaty_diff.cli import pulling

    busy = Answer(status=503)
    mine = catalogue(entry(TEXT, server.on("/fish.xml", busy, Answer(TEXT), busy, Answer(TEXT))))
    assert "bytes" not in run("pull", "fish", *mine).stderr
    monkeypatch.setattr(pulling, "interactive", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = run("pull", "fish", *mine)
    assert shown.exit_code == 0
    assert "trying again in 1 s." in shown.stderr
    assert "kB" in shown.stderr or "bytes" in shown.stderr
    assert "trying" not in shown.stdout
