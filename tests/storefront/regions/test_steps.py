"""The map's colours: every count has one step, the legend leaves nothing out, and the text on each can be read."""

import re
from pathlib import Path

import pytest

from storefront.regions.steps import MOST, Step, step_of, steps

CSS = Path(__file__).resolve().parents[3] / "storefront/static/storefront/regions.css"


def test_steps_are_round_numbers_for_any_size_of_catalogue() -> None:
    assert steps([3, 27, 0]) == [Step(1, 1, 1), Step(2, 2, 4), Step(3, 5, 9), Step(4, 10, 19), Step(5, 20, None)]
    assert steps([120, 3300])[0] == Step(1, 1, 199)
    assert steps([120, 3300])[-1] == Step(5, 2000, None)
    assert steps([1]) == [Step(1, 1, None)]


@pytest.mark.parametrize("counts", [[], [0, 0]])
def test_where_nothing_is_listed_there_is_no_step(counts: list[int]) -> None:
    assert steps(counts) == []
    assert step_of(0, steps(counts)) == 0


@pytest.mark.parametrize("most", [1, 4, 9, 27, 99, 812, 3300, 17_400])
def test_every_count_falls_in_the_one_step_whose_words_hold_it(most: int) -> None:
    scale = steps([most])

    assert len(scale) <= MOST
    assert step_of(0, scale) == 0
    for count in range(1, most + 1):
        held = [step.number for step in scale if step.low <= count and (step.high is None or count <= step.high)]
        assert held == [step_of(count, scale)]


def test_the_text_of_every_colour_can_be_read() -> None:
    rules = dict(
        re.findall(r"^\.(s\d) \{ (background: #\w+; color: #\w+;)", CSS.read_text(encoding="utf-8"), re.MULTILINE)
    )

    assert sorted(rules) == [f"s{number}" for number in range(MOST + 1)]
    for name, rule in rules.items():
        back, text = (_luminance(colour) for colour in re.findall(r"#(\w+)", rule))
        assert (max(back, text) + 0.05) / (min(back, text) + 0.05) >= 4.5, name


def _luminance(colour: str) -> float:
    wide = colour if len(colour) == 6 else "".join(2 * c for c in colour)
    parts = [int(wide[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
