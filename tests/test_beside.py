"""Work in a process beside gives what the same work gives here."""

from __future__ import annotations

import os
import threading

import pytest

from treaty_diff.beside import beside, cores

HERE = os.getpid()


def _elsewhere() -> bool:
    return os.getpid() != HERE


def _long() -> str:
    return "the Parties " * 100_000


def _fails() -> str:
    raise ValueError("a base has no name")


def _dies() -> str:
    if _elsewhere():
        os._exit(9)
    return "worked out here"


def _lambda() -> object:
    return lambda: 0


def test_the_result_comes_from_another_process_where_there_is_one() -> None:
    assert beside(_elsewhere)() is (cores() > 1)


def test_a_result_longer_than_a_pipe_holds_comes_whole() -> None:
    assert beside(_long)() == _long()


def test_what_the_call_raises_is_raised_where_its_result_is_asked_for(capfd: pytest.CaptureFixture[str]) -> None:
    result = beside(_fails)
    with pytest.raises(ValueError, match="no name"):
        result()
    assert capfd.readouterr().err == ""


def test_a_process_that_dies_costs_time_and_nothing_else() -> None:
    assert beside(_dies)() == "worked out here"


def test_a_result_that_cannot_be_handed_over_is_worked_out_here(capfd: pytest.CaptureFixture[str]) -> None:
    assert callable(beside(_lambda)())
    assert capfd.readouterr().err == ""


def test_with_threads_at_work_nothing_is_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert beside(_elsewhere)() is False
    finally:
        done.set()
        thread.join()
