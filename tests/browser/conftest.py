"""A small site, built once, and a headless Chromium that keeps account of what its pages do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from tests.conftest import small_treaty, without_proposals
from treaty_diff.cli import cli
from treaty_diff.store import Store

CHROMIUM = shutil.which("chromium") or ""

NAFTA = small_treaty(
    (
        "Article 101",
        "Definitions",
        "For purposes of this Chapter:\n\nlantern means a lamp that is carried by hand at night;\n\nwarden means a person who keeps lanterns.",
    ),
    (
        "Article 102",
        "Panels on lanterns",
        "1. Each Party shall provide a lantern to every warden within 30 days of a request.\n\n"
        "2. A panel shall have five members, chosen by lot from a roster of wardens.\n\n"
        "3. The panel may visit a lantern house in accordance with Article 103, and shall publish what it finds there.",
    ),
    (
        "Article 103",
        "Lantern houses",
        "1. A lantern house is open to wardens from dusk.\n\n2. No Party may close a lantern house at night.",
    ),
    ("Article 104", "Oil", "1. Whale oil is not burnt in a lantern that stands near a granary of the other Party."),
    treaty="nafta1994",
)
TPP = small_treaty(
    (
        "Article 28.1",
        "Definitions",
        "For purposes of this Chapter:\n\nlantern means a lamp that is carried by hand;\n\nwarden means a person who keeps lanterns.",
    ),
    (
        "Article 28.2",
        "Panels on lanterns",
        "1. Each Party may provide a lantern to every warden within 60 days of a request.\n\n"
        "2. A panel shall have three members, chosen by lot from a roster of wardens.\n\n"
        "3. The panel may visit a lantern house in accordance with Article 28.3, and shall publish what it finds there.",
    ),
    (
        "Article 28.3",
        "Lantern houses",
        "1. A lantern house is open to wardens from dusk.\n\n2. A Party shall not close a lantern house at night.",
    ),
    ("Article 28.4", "Notices", "1. Each Party prints a gazette of its measures every month."),
    treaty="tpp",
    chapter="CHAPTER TWENTY-EIGHT",
)
TABLED = {
    "USA": "1. Each Party shall provide two lanterns to every warden within 10 days of a request.\n\n2. A panel shall have seven members.",
    "MEX": "1. Each Party may provide a lantern to a warden within 90 days of a request.\n\n2. A panel shall have five members.",
}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small treaties and two Parties' texts on one topic, as a site; tests only read it."""
    folder = tmp_path_factory.mktemp("browsed")
    root = folder / "store"
    with Store.create(root) as made:
        without_proposals(made)
        made.put(NAFTA)
        made.put(TPP)
    runner = CliRunner()
    for round_, (party, words) in enumerate(TABLED.items(), 1):
        file = folder / f"{party}.txt"
        file.write_text(f"CHAPTER ONE\n\nBEGINNINGS\n\nArticle 102: Panels on lanterns\n\n{words}\n", encoding="utf-8")
        asked = ["table", str(file), "--topic", "lanterns", "--party", party, "--round", str(round_), "--distribution", "public"]
        result = runner.invoke(cli, [*asked, "--replaces", "102", "--store", str(root)])
        assert result.exit_code == 0, result.output
    result = runner.invoke(cli, ["site", "--store", str(root), "--output", str(folder / "site")])
    assert result.exit_code == 0, result.output
    return folder / "site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    if not CHROMIUM:
        pytest.skip("chromium is not installed (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


Opened = Callable[..., Any]

_HEARD = """
window.violations = [];
document.addEventListener("securitypolicyviolation", function (e) { window.violations.push(e.violatedDirective + " " + e.blockedURI); });
"""


@pytest.fixture
def visit(browser: Any, site: Path) -> Iterator[Opened]:
    """Opens a page of the site from the disk. At the end no page may have complained, broken its policy, or asked another host."""
    wrong: list[str] = []
    contexts = []

    def opened(path: str, *, wait: str = "load", **how: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1600, "height": 900}, **how})
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: wrong.append(f"{path}: {message.text}") if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: wrong.append(f"{path}: {error}"))
        page.on("requestfailed", lambda request: wrong.append(f"{path}: {request.url} failed"))
        page.on("request", lambda request: wrong.append(f"{path}: asks {request.url}") if _strange(request.url) else None)
        if how.get("java_script_enabled", True):
            page.add_init_script(_HEARD)
        page.goto(f"{site.as_uri()}/{path}", wait_until=wait)
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            wrong += page.evaluate("() => window.violations || []")
        context.close()
    assert wrong == []


def _strange(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("file", "data") or bool(parts.netloc)
