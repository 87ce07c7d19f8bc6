"""PDFs of pages, printed by Chromium without a window."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import RenderError

if TYPE_CHECKING:
    from ...align.memo import Keeper
    from .layout import File
    from .making import Progress

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_SECONDS = 120
"""A page that takes longer is not printed."""
_AT_ONCE = 2
_DATE = re.compile(rb"/(CreationDate|ModDate) ?\((D:\d{14}[^)]*)\)")


class Printer:
    """Prints with the Chromium of this machine; `keeper` has what was printed before.

    `TREATY_DIFF_CHROMIUM` names the program where it is not found by itself. Raises RenderError where there is none.
    """

    def __init__(self, keeper: Keeper | None = None) -> None:
        named = os.environ.get("TREATY_DIFF_CHROMIUM")
        found = next(filter(None, map(shutil.which, (named,) if named else _NAMES)), None)
        if found is None:
            raise RenderError(
                "PDFs are printed by Chromium, and there is none.",
                cause=f"no program {named}" if named else "none of " + ", ".join(_NAMES) + " is on the PATH",
                fix="install it (Debian, Ubuntu: apt install chromium; others: chromium.org), name it in TREATY_DIFF_CHROMIUM, "
                "or leave --pdf away",
            )
        self._program = found
        self._keeper = keeper
        self.version = self._asked("--version").strip()

    def _asked(self, *options: str) -> str:
        try:
            done = subprocess.run([self._program, *options], capture_output=True, text=True, timeout=_SECONDS, check=True)
        except (OSError, subprocess.SubprocessError) as error:
            raise RenderError(
                f"{self._program} does not run.", cause=str(error)[:300], fix="mend the installation, or leave --pdf away"
            ) from error
        return done.stdout

    def __call__(self, files: Mapping[str, bytes], pages: Sequence[str], committed: int, progress: Progress) -> Iterator[File]:
        """A PDF beside each of the pages, which are among the files of a site; `committed` (seconds since 1970) is the day that it bears.

        Raises RenderError where one cannot be printed.
        """
        # all that a page may load has a say in how it is printed
        shared = sha256(
            repr([self.version, committed, *((p, d) for p, d in sorted(files.items()) if p.startswith("assets/"))]).encode()
        )
        with tempfile.TemporaryDirectory(prefix="treaty-diff-") as folder:
            root = Path(folder, "site")
            for name, data in files.items():
                if name.startswith("assets/") or name in pages:
                    path = root / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)

            def printed(page: str) -> bytes:
                key = sha256(shared.digest() + page.encode() + files[page]).hexdigest()
                found = self._keeper.get(key) if self._keeper is not None else None
                if found is None:
                    found = _at_home(_dated(self._print(root / page, Path(folder, key)), committed), root, page)
                    if self._keeper is not None:
                        self._keeper.put(key, found)
                return found

            with ThreadPoolExecutor(_AT_ONCE) as pool:
                for n, (page, data) in enumerate(zip(pages, pool.map(printed, pages), strict=True)):
                    progress("PDFs", n + 1, len(pages))
                    yield page.removesuffix(".html") + ".pdf", data

    def _print(self, page: Path, profile: Path) -> bytes:
        out = profile.with_suffix(".pdf")
        # Chromium's own sandbox does not run as root; the pages are ours, and their policy lets nothing else in
        own = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        options = ["--headless", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--no-first-run",
                   f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={out}"]  # fmt: skip
        self._asked(*own, *options, page.as_uri())
        if not out.is_file() or not out.stat().st_size:
            raise RenderError(
                f"{self._program} did not print {page.name}.",
                cause="it ended without a file",
                fix="try it by hand, or leave --pdf away",
            )
        data = out.read_bytes()
        out.unlink()
        shutil.rmtree(profile, ignore_errors=True)
        return data


def _dated(data: bytes, committed: int) -> bytes:
    """A PDF that bears the day of the store in the place of that of its making; nothing in it moves.

    >>> _dated(b"<</CreationDate (D:20260101101010+00'00')>>", 0)
    b"<</CreationDate (D:19700101000000+00'00')>>"
    """
    day = datetime.fromtimestamp(committed, UTC).strftime("D:%Y%m%d%H%M%S+00'00'").encode()
    return _DATE.sub(lambda m: m[0].replace(m[2], day) if len(m[2]) == len(day) else m[0], data)


def _at_home(data: bytes, root: Path, page: str) -> bytes:
    """A PDF whose links lead from its own place to the site's other pages, and not into the folder that it was printed in.

    >>> _at_home(b"/URI (file:///tmp/x/site/texts/a.html#b) >>", Path("/tmp/x/site"), "compare/c.html")
    b'/URI (../texts/a.html#b)                 >>'
    """
    begin = f"/URI ({root.as_uri()}/".encode()

    def near(match: re.Match[bytes]) -> bytes:
        own = b"/URI (" + b"../" * page.count("/") + match[1] + b")"
        return own.ljust(len(match[0]))

    return re.sub(re.escape(begin) + rb"([^)]*)\)", near, data)
