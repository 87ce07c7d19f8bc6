"""LibreOffice opens the Word file, accepts or rejects all its changes, and has the same words left as our own reader."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import small_treaty
from tests.render.test_docx import MOVED, MOVED_AFTER, SENTENCES, compare, noted, table, with_paragraphs
from tests.render.word import resolve
from treaty_diff.ingest import tota
from treaty_diff.render import docx
from treaty_diff.text.model import Treaty

PYTHON = "/usr/bin/python3"
"""The system's Python, for which Debian has LibreOffice's `uno`."""

Office = Callable[[bytes, str], dict[str, Any]]

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Opens a file, accepts or rejects all, and says what is left."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    if not Path(PYTHON).exists() or subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode:
        pytest.skip("LibreOffice's Python module (python3-uno) is not installed")
    folder = tmp_path_factory.mktemp("office")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    script = str(Path(__file__).with_name("office.py"))
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        f"--accept=socket,host=127.0.0.1,port={port};urp",
    ]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def resolved(data: bytes, what: str) -> dict[str, Any]:
        (folder / "in.docx").write_bytes(data)
        paths = [str(folder / name) for name in ("in.docx", "out.json")]
        subprocess.run([PYTHON, script, port, what, *paths], check=True, timeout=300)
        found: dict[str, Any] = json.loads((folder / "out.json").read_text("utf-8"))
        return found

    try:
        yield resolved
    finally:
        subprocess.run([PYTHON, script, port, "quit"], check=False, timeout=60, capture_output=True)
        try:
            running.wait(30)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def shown(text: str) -> str:
    """Words as LibreOffice has them: a tab behind a number, a blank as a footnote's sign."""
    return re.sub(r"\s+", " ", text.replace("\u2009", "")).strip()


def assert_same(found: dict[str, Any], data: bytes, *, accept: bool) -> None:
    left = resolve(data, accept=accept)
    assert not found["left"], "changes are left"
    ours, cells = ({shown(text) for text in texts} for texts in (left.ours, left.cells))
    words = []
    for part in found["parts"]:
        if part[0] == "paragraph":
            words.append(shown(part[2]))
        elif not {shown(cell) for row in part[1] for cell in row} <= cells:
            words += [shown(" ".join(row)) for row in part[1]]
    # An empty paragraph stays where a deleted one had a comment or a footnote.
    expected = [shown(line) for line in left.lines if not re.match(r"\[[^\]\s]*\]", line)]
    assert [w for w in words if w and w not in ours] == [line for line in expected if line]
    notes = [shown(re.sub(r"^\[(.*?)\]", r"\1", line)) for line in left.lines if re.match(r"\[[^\]\s]*\]", line)]
    assert sorted(shown(text) for _, text in found["footnotes"]) == sorted(notes)


NOTED = with_paragraphs(
    noted(SENTENCES[0], ",", ("3", "Fish means trout and pike alone.")),
    noted(SENTENCES[2], " may", ("4", "A miller is whoever owns a mill.")),
    table(("good", "duty"), ("honey of wild bees", "5 %"), ("salted river fish", "7 %")),
)
NOTED_AFTER = with_paragraphs(
    noted(SENTENCES[0], ",", ("5", "Fish means trout, perch and pike alone.")),
    noted(SENTENCES[1], " that", ("6", "Boats of ten feet and more.")),
    table(("good", "duty"), ("honey of wild bees", "6 %"), ("planed oak timber", "2 %")),
)
PARTED = small_treaty(("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}.\n\n2. {SENTENCES[2]}.\n\n3. {SENTENCES[3]}."))
WHOLE = small_treaty(("ARTICLE 101", "Waters", f"1. {SENTENCES[0]}. {SENTENCES[2]}.\n\n2. {SENTENCES[3]}."))


@pytest.mark.parametrize(
    ("subject", "base"),
    [(MOVED_AFTER, MOVED), (NOTED_AFTER, NOTED), (PARTED, WHOLE), (WHOLE, PARTED)],
    ids=["moved", "noted", "split", "merged"],
)
def test_libreoffice_leaves_the_same_words(subject: Treaty, base: Treaty, office: Office) -> None:
    data = docx.document(compare(subject, base), texts=(subject, base))
    for what in ("accept", "reject"):
        assert_same(office(data, what), data, accept=what == "accept")


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("subject", "base", "scope"),
    [
        ("tota-112-nafta-en.xml", "tota-449-tpp-en.xml", "chapter20"),
        ("tota-156-us-peru-en.xml", "tota-342-us-colombia-en.xml", ""),
    ],
)
def test_libreoffice_leaves_the_same_words_of_real_texts(
    subject: str, base: str, scope: str, corpus: Path, office: Office
) -> None:
    after, _ = tota.read((corpus / subject).read_bytes(), "after")
    before, _ = tota.read((corpus / base).read_bytes(), "before")
    data = docx.document(compare(after, before, scope), texts=(after, before))
    for what in ("accept", "reject"):
        assert_same(office(data, what), data, accept=what == "accept")
