"""Who goes in, who waits, and in which order; time is told, nobody sleeps."""

from contextlib import ExitStack

import pytest

from catalog.saleor.patience import PLACES
from storefront.checkout.turnstile import AGAIN, FIRST_GUESS, LONGEST_LINE, LOOKS, SLOWEST, SOON, Turnstile, Wait


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Turnstile:
    return Turnstile(clock)


def ask(gate: Turnstile, basket: int, ticket: str = "") -> Wait | None:
    """Told so, and gone again."""
    with gate.turn(basket, ticket) as wait:
        return wait


def test_few_go_in_and_leave_room(gate: Turnstile) -> None:
    with ExitStack() as inside:
        for basket in range(PLACES):
            assert inside.enter_context(gate.turn(basket)) is None
        assert isinstance(ask(gate, 99), Wait)
    assert ask(gate, 99) is None


def test_a_place_is_given_back_after_an_error(gate: Turnstile) -> None:
    for basket in range(PLACES + 3):
        with pytest.raises(RuntimeError), gate.turn(basket):
            raise RuntimeError
    assert ask(gate, 1) is None


def test_the_line_is_served_in_the_order_of_arrival(gate: Turnstile, clock: Clock) -> None:
    """Thirty wait behind a slow pair: who pressed later gets in before none but those whose moment is as near."""
    with ExitStack() as inside:
        for basket in range(PLACES):
            inside.enter_context(gate.turn(basket))
        waits = {basket: ask(gate, basket) for basket in range(10, 40)}
    served: list[int] = []
    due = {basket: clock.now + wait.seconds for basket, wait in waits.items() if wait}
    with ExitStack() as held:
        held.enter_context(gate.turn(1))  # somebody is always inside
        while due:
            basket = min(due, key=lambda one: (due[one], one))
            clock.now = max(clock.now, due.pop(basket))
            told = waits[basket]
            assert told
            if (again := ask(gate, basket, told.ticket)) is None:
                served.append(basket)
            else:
                assert again.ticket == told.ticket
                due[basket] = clock.now + again.seconds
    late = [max(served[: n + 1]) - one for n, one in enumerate(served)]
    assert len(served) == 30
    assert max(late) <= (AGAIN[1] + AGAIN[0]) / FIRST_GUESS  # within the moments that lie near


def test_who_is_new_does_not_pass_a_line(gate: Turnstile, clock: Clock) -> None:
    with ExitStack() as inside:
        inside.enter_context(gate.turn(0))
        with gate.turn(1):
            line = [ask(gate, basket) for basket in range(10, 30)]
        clock.now += SOON
        assert isinstance(ask(gate, 99), Wait)  # a place is free, for those before
        first = line[0]
        assert first
        assert ask(gate, 10, first.ticket) is None


@pytest.mark.parametrize("spoilt", ["", "x", "10:1.0", "10:1.000:abc", "é"])
def test_a_forged_ticket_is_none(gate: Turnstile, spoilt: str) -> None:
    with ExitStack() as inside:
        for basket in range(PLACES):
            inside.enter_context(gate.turn(basket))
        assert isinstance(ask(gate, 10), Wait)
        wait = ask(gate, 11, spoilt)
        assert wait
        assert wait.ticket != spoilt


def test_a_ticket_is_one_baskets_own(gate: Turnstile, clock: Clock) -> None:
    with ExitStack() as inside:
        inside.enter_context(gate.turn(0))
        with gate.turn(1):
            first = ask(gate, 10)
            for basket in range(11, 40):
                ask(gate, basket)
        assert first
        clock.now += first.seconds
        assert isinstance(ask(gate, 99, first.ticket), Wait)
        assert ask(gate, 10, first.ticket) is None


def test_an_old_ticket_is_none(gate: Turnstile, clock: Clock) -> None:
    with ExitStack() as inside:
        inside.enter_context(gate.turn(0))
        with gate.turn(1):
            old = ask(gate, 10)
            assert old
            clock.now += 2 * LONGEST_LINE
            again = ask(gate, 10, old.ticket)
    assert again
    assert again.ticket != old.ticket


def test_another_process_honours_it(gate: Turnstile, clock: Clock) -> None:
    other = Turnstile(clock)
    with ExitStack() as inside:
        inside.enter_context(gate.turn(0))
        inside.enter_context(other.turn(1))
        with gate.turn(2):
            wait = ask(gate, 10)
        assert wait
        clock.now += wait.seconds
        assert ask(other, 10, wait.ticket) is None


def test_the_line_is_no_longer_than_a_minute_however_many_press(gate: Turnstile) -> None:
    with ExitStack() as inside:
        for basket in range(PLACES):
            inside.enter_context(gate.turn(basket))
        waits = [ask(gate, basket) for basket in range(10, 1000)]
    assert all(wait and 1 <= wait.seconds <= AGAIN[1] for wait in waits)
    assert LONGEST_LINE < 1000 * FIRST_GUESS


def test_on_a_slow_machine_those_who_wait_look_in_less_often(gate: Turnstile, clock: Clock) -> None:
    """Each of thirty who go in is looked in upon in vain a hundred times; then it is quiet again."""
    with ExitStack() as inside:
        inside.enter_context(gate.turn(0))
        with gate.turn(1):
            first = ask(gate, 10)
        assert first
        assert first.seconds <= AGAIN[1]
        clock.now += AGAIN[1]
        for _ in range(30):
            with gate.turn(10, first.ticket):
                last = [ask(gate, 10, first.ticket) for _ in range(LOOKS[1] * 5)][-1]
        assert last
        assert AGAIN[1] < last.seconds <= SLOWEST
        for _ in range(30):
            ask(gate, 10, first.ticket)
        with gate.turn(1, ""):
            again = ask(gate, 10, first.ticket)
        assert again
        assert again.seconds <= AGAIN[1]


def test_a_line_that_went_away_holds_nobody_up(gate: Turnstile) -> None:
    with ExitStack() as inside:
        for basket in range(PLACES):
            inside.enter_context(gate.turn(basket))
        for basket in range(10, 300):
            ask(gate, basket)
    assert ask(gate, 999) is None
    assert ask(gate, 1000) is None
