"""Reading git's objects: one `git cat-file` answers for all, so that a thousand files cost one process."""

from __future__ import annotations

import contextlib
import subprocess
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..errors import StoreError
from .command import Git, failed

TREE, FILE, EXECUTABLE, LINK, SUBMODULE = 0o040000, 0o100644, 0o100755, 0o120000, 0o160000

_LARGEST = 200_000_000
_AT_ONCE = 16_384  # bytes of questions that a pipe holds before git must have answered


@dataclass(frozen=True, slots=True)
class Object:
    """A git object: its id, its kind (`blob`, `tree`, `commit`, `tag`) and its bytes."""

    oid: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a git tree: what a name in a folder stands for."""

    mode: int
    name: str
    oid: str

    @property
    def is_file(self) -> bool:
        """Whether it is a file, and no folder, symbolic link or submodule."""
        return self.mode in (FILE, EXECUTABLE)


def entries(tree: bytes, size: int) -> Iterator[Entry]:
    """The lines of a tree; ids are `size` bytes long. A name that is no UTF-8 keeps its bytes as surrogates."""
    at = 0
    while at < len(tree):
        blank = tree.index(b" ", at)
        end = tree.index(b"\0", blank)
        oid = tree[end + 1 : end + 1 + size]
        yield Entry(int(tree[at:blank], 8), tree[blank + 1 : end].decode("utf-8", "surrogateescape"), oid.hex())
        at = end + 1 + size


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let a process end, whose input is closed; it may have ended by itself."""
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):
                stream.close()
    process.wait()


class Objects:
    """The objects of a repository, by id or by any name that git knows (`HEAD`, `<commit>:texts/tpp`)."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None
        self._end: Callable[[], object] = lambda: None

    def close(self) -> None:
        """Let go of git's process."""
        if self._process is not None:
            self._process = None
            self._end()

    def get(self, name: str) -> Object | None:
        """One object, None where there is none of that name."""
        return next(iter(self.all([name])))

    def all(self, names: Sequence[str]) -> Iterator[Object | None]:
        """Objects in the order of their names; raises StoreError where one is damaged or git fails."""
        batch: list[bytes] = []
        size = 0
        for name in names:
            line = name.encode("utf-8", "surrogateescape") + b"\n"
            if batch and size + len(line) > _AT_ONCE:
                yield from self._ask(batch)
                batch, size = [], 0
            batch.append(line)
            size += len(line)
        if batch:
            yield from self._ask(batch)

    def _ask(self, lines: list[bytes]) -> list[Object | None]:
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch")
            self._end = weakref.finalize(self, _end, self._process)
        process = self._process
        assert process.stdin is not None
        try:
            process.stdin.write(b"".join(lines))
            process.stdin.flush()
            return [self._answer(process) for _ in lines]
        except (BrokenPipeError, EOFError):
            said = process.stderr.read() if process.stderr is not None else b""
            self.close()
            raise failed(("cat-file",), said) from None

    def _answer(self, process: subprocess.Popen[bytes]) -> Object | None:
        assert process.stdout is not None
        head = process.stdout.readline()
        if not head:
            raise EOFError
        words = head.split()
        if len(words) != 3 or not words[2].isdigit():
            return None
        length = int(words[2])
        if length > _LARGEST:
            process.kill()
            self.close()
            raise StoreError(
                f"An object of the store is too large: {words[0].decode()}.",
                cause=f"{length // 1_000_000} MB; no treaty is",
                fix="take it out of the store",
            )
        data = process.stdout.read(length + 1)
        if len(data) != length + 1:
            raise EOFError
        return Object(words[0].decode(), words[1].decode(), data[:-1])
