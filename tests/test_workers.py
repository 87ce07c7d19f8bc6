"""Work spread over processes: the same things in the same order, whatever happens to a process."""

from __future__ import annotations

import os
import signal

import pytest

from treaty_diff.beside import cores
from treaty_diff.errors import SelectorError
from treaty_diff.workers import spread

HERE = os.getpid()

needs_fork = pytest.mark.skipif(cores() == 1 and not hasattr(os, "fork"), reason="no process can be forked here")


@pytest.mark.parametrize("processes", [1, 2, 8])
def test_what_is_made_comes_in_the_order_of_the_items(processes: int) -> None:
    offset = 7  # of no module: a forked process has it all the same
    assert list(spread(lambda n: n + offset, range(20), processes)) == list(range(7, 27))


@needs_fork
def test_two_processes_are_others_than_this_one() -> None:
    assert HERE not in set(spread(lambda _: os.getpid(), range(4), 2))


@needs_fork
def test_what_goes_wrong_in_a_process_is_raised_here_with_cause_and_remedy() -> None:
    def work(n: int) -> int:
        if n == 2:
            raise SelectorError("No such place.", cause="it is not there", fix="look elsewhere")
        return n

    with pytest.raises(SelectorError) as caught:
        list(spread(work, range(4), 2))
    assert (caught.value.cause, caught.value.fix) == ("it is not there", "look elsewhere")


@needs_fork
def test_where_a_process_is_killed_its_work_is_done_here() -> None:
    def work(n: int) -> int:
        if n == 3 and os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    assert list(spread(work, range(8), 2)) == list(range(8))
