"""The circuit breaker: doubt, one question for everybody, a growing pause."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from catalog.breaker import FAULTS, FIRST_WAIT, LONGEST_WAIT, Breaker, Circuit, CircuitOpen


class Saleor:
    """Answers the small question as `there` says, and counts how often it was asked."""

    def __init__(self) -> None:
        self.there, self.asked, self.now = True, 0, 1000.0
        self.breaker = Breaker(self.is_there, lambda: self.now)

    def is_there(self) -> bool:
        self.asked += 1
        return self.there


def opened(saleor: Saleor) -> float:
    """Doubted and found silent; for how long it stays open."""
    saleor.there = False
    saleor.breaker.failed()
    with pytest.raises(CircuitOpen) as is_open:
        saleor.breaker.admit()
    return round(is_open.value.seconds, 6)


def test_while_requests_are_answered_nothing_is_asked() -> None:
    saleor = Saleor()

    for _ in range(3):
        saleor.breaker.admit()
        saleor.breaker.succeeded()

    assert (saleor.breaker.state, saleor.asked) == (Circuit.CLOSED, 0)


def test_one_fault_raises_doubt_and_an_answer_takes_it_away() -> None:
    saleor = Saleor()
    saleor.breaker.failed()
    assert saleor.breaker.state is Circuit.DOUBTED

    saleor.breaker.admit()

    assert (saleor.breaker.state, saleor.asked) == (Circuit.CLOSED, 1)


def test_a_silent_saleor_is_asked_once_and_then_left_alone_for_a_while() -> None:
    saleor = Saleor()

    seconds = opened(saleor)
    for _ in range(5):
        with pytest.raises(CircuitOpen):
            saleor.breaker.admit()

    assert (seconds, saleor.asked, saleor.breaker.state) == (FIRST_WAIT, 1, Circuit.OPEN)


def test_each_vain_question_doubles_the_pause_up_to_the_longest() -> None:
    saleor, waits = Saleor(), []
    waits.append(opened(saleor))

    for _ in range(7):
        saleor.now += waits[-1]
        with pytest.raises(CircuitOpen) as is_open:
            saleor.breaker.admit()
        waits.append(round(is_open.value.seconds, 6))

    assert waits == [0.7, 1.4, 2.8, 5.6, 11.2, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT]


def test_when_it_answers_again_the_pauses_begin_anew() -> None:
    saleor = Saleor()
    saleor.now += opened(saleor)
    saleor.there = True

    saleor.breaker.admit()
    saleor.breaker.succeeded()

    assert saleor.breaker.state is Circuit.CLOSED
    assert opened(saleor) == FIRST_WAIT


def test_a_server_that_answers_only_the_small_question_is_left_alone_too() -> None:
    saleor = Saleor()

    for _ in range(FAULTS):
        saleor.breaker.admit()
        saleor.breaker.failed()

    with pytest.raises(CircuitOpen):
        saleor.breaker.admit()
    saleor.now += FIRST_WAIT
    saleor.breaker.admit()
    saleor.breaker.failed()
    with pytest.raises(CircuitOpen) as is_open:
        saleor.breaker.admit()
    assert round(is_open.value.seconds, 6) == 2 * FIRST_WAIT


def test_a_server_that_names_a_time_is_not_asked_before() -> None:
    saleor = Saleor()
    saleor.breaker.failed(wait=30)

    saleor.now += 29.5
    with pytest.raises(CircuitOpen) as is_open:
        saleor.breaker.admit()
    assert (is_open.value.seconds, saleor.asked) == (0.5, 0)

    saleor.now += 0.5
    saleor.breaker.admit()
    assert saleor.breaker.state is Circuit.CLOSED


@pytest.mark.parametrize("there", [True, False])
def test_of_four_in_flight_one_asks_and_all_act_on_its_answer(there: bool) -> None:
    asked, meeting, answer = [], threading.Barrier(5), threading.Event()

    def is_there() -> bool:
        asked.append(threading.get_ident())
        answer.wait(10)
        return there

    breaker = Breaker(is_there)
    breaker.failed()

    def one() -> bool:
        meeting.wait(10)
        try:
            breaker.admit()
        except CircuitOpen:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        admitted = [pool.submit(one) for _ in range(4)]
        meeting.wait(10)
        answer.set()
        assert [one.result(10) for one in admitted] == [there] * 4

    assert len(asked) == 1
    assert breaker.state is (Circuit.CLOSED if there else Circuit.OPEN)


def test_an_answer_that_comes_late_does_not_close_an_open_circuit() -> None:
    saleor = Saleor()
    opened(saleor)

    saleor.breaker.succeeded()

    with pytest.raises(CircuitOpen):
        saleor.breaker.admit()
