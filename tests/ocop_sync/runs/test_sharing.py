"""Work shared with a fork: the same results in the same order, whatever becomes of the fork."""

import os
import signal
from collections.abc import Iterator

import pytest

from ocop_sync.runs import sharing
from ocop_sync.runs.sharing import ALONE, BATCH, shared

MANY = ALONE + 40 * BATCH + 7
pytestmark = pytest.mark.skipif(sharing._cores() < 2, reason="one core: nothing is shared")


def double(some: list[int]) -> list[tuple[int, int]]:
    """Each number doubled, and who did it."""
    return [(number * 2, os.getpid()) for number in some]


@pytest.fixture(autouse=True)
def _no_fork_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither running nor dead and not yet asked for; other children of this process are none of our business."""
    fork, forks = os.fork, list[int]()

    def noted() -> int:
        forks.append(fork())
        return forks[-1]

    monkeypatch.setattr(os, "fork", noted)
    yield
    for pid in forks:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def test_results_stand_in_the_order_of_the_items_and_two_processes_made_them() -> None:
    results = list(shared(double, range(MANY)))
    assert [number for number, _ in results] == [number * 2 for number in range(MANY)]
    assert len({pid for _, pid in results}) == 2


def test_a_short_source_is_worked_on_alone() -> None:
    assert {pid for _, pid in shared(double, range(ALONE))} == {os.getpid()}
    assert list(shared(double, range(0))) == []


@pytest.mark.parametrize("end", ["exit", "kill", "raise"])
@pytest.mark.parametrize("after", [0, 3])
def test_a_fork_that_dies_or_fails_costs_nothing_but_time(end: str, after: int) -> None:
    here, done = os.getpid(), []

    def work(some: list[int]) -> list[int]:
        done.append(some)
        if os.getpid() != here and len(done) > ALONE // BATCH + after:
            if end == "raise":
                raise RuntimeError
            os.kill(os.getpid(), signal.SIGKILL) if end == "kill" else os._exit(3)
        return [number + 1 for number in some]

    assert list(shared(work, range(MANY))) == list(range(1, MANY + 1))


def test_what_the_work_raises_is_raised_here_with_its_own_error() -> None:
    def work(some: list[int]) -> list[int]:
        return [1 // (number - MANY + 2 * BATCH) for number in some]

    with pytest.raises(ZeroDivisionError):
        list(shared(work, range(MANY)))


def test_a_source_that_ends_in_an_error_takes_the_fork_with_it() -> None:
    def items() -> Iterator[int]:
        yield from range(MANY - 100)
        raise ValueError("cut off")

    with pytest.raises(ValueError, match="cut off"):
        list(shared(double, items()))


def test_who_stops_listening_takes_the_fork_with_it() -> None:
    results = shared(double, range(MANY))
    for _ in range(ALONE + 5 * BATCH):
        next(results)
    results.close()  # type: ignore[attr-defined]


def test_items_and_results_larger_than_a_pipe_do_not_make_both_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "BATCH", 2)
    monkeypatch.setattr(sharing, "ALONE", 4)
    large = [f"{number}" * 2_000_000 for number in range(10)]
    assert [len(text) for text in shared(lambda some: some, large * 3)] == [2_000_000] * 30
