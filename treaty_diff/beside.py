"""Work done in a process of its own while this one goes on."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import warnings
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def beside(call: Callable[[], T]) -> Callable[[], T]:
    """Begin a call whose result, asked for once, is what is returned here.

    The result must be plain data that pickle takes. Where no second processor can be had (one core, a system without a safe `fork`,
    threads that run) or the other process fails, the call is made here, when its result is asked for: so what it raises is raised here.
    """
    if cores() == 1:
        return call
    source, sink = os.pipe()
    with warnings.catch_warnings():
        # a library's threads, waiting for work, are no danger to a child that gives them none
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        _work(call, source, sink)
    os.close(sink)

    def result() -> T:
        with os.fdopen(source, "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(child, 0)
        return pickle.loads(data) if status == 0 else call()  # what was read is what the call above gave

    return result


def cores() -> int:
    """How many processes may work at once here: 1 where none can be forked, or a thread would be forked in the middle of its work."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def _work(call: Callable[[], T], source: int, sink: int) -> None:
    """The other process: the call, its result, the end, and nothing of what this process would do at its own."""
    status = 1
    try:
        os.close(source)
        data = pickle.dumps(call(), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(sink, "wb") as pipe:
            pipe.write(data)
        status = 0
    finally:
        os._exit(status)
