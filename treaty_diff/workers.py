"""Work on all cores: each piece in a process forked from this one, which has what this one had read."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

_at_work: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""What a forked process is to do with which items: it has them from its parent, whatever they are."""


def spread(work: Callable[[Item], Made], items: Sequence[Item], processes: int) -> Iterator[Made]:
    """What `work` makes of each item, in their order.

    With one process, or one item, all is done here. Where a forked process is killed (for want of memory, say) the rest is done here,
    one after another. What is made must be picklable; `work` and the items need not be. Raises what `work` raises.
    """
    count = min(processes, len(items))
    if count < 2:
        yield from map(work, items)
        return
    _at_work.append((work, items))
    gc.collect()
    gc.freeze()  # so that no collection in a child writes to the pages that it shares with this process
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("fork"), _quiet)
    done = 0
    try:
        with warnings.catch_warnings():
            # a library's threads, waiting for work, are no danger to a child that gives them none
            warnings.simplefilter("ignore", DeprecationWarning)
            asked: list[Future[Made]] = [pool.submit(_nth, n) for n in range(len(items))]
        for future in asked:
            made = future.result()
            done += 1
            yield made
    except BrokenProcessPool:
        yield from map(work, items[done:])
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()
        _at_work.pop()


def _quiet() -> None:
    """In a forked process: who presses Ctrl-C means the parent, which ends its children."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _nth(n: int) -> Any:
    work, items = _at_work[-1]
    return work(items[n])
