"""Sums of money as people type them."""

import pytest

from storefront.combos.budget import read_budget


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("800000", 800_000), ("800.000", 800_000), ("800,000 ₫", 800_000), ("800.000đ", 800_000), ("800k", 800_000),
        ("800 K", 800_000), ("800", 800_000), ("800 nghìn", 800_000), ("800 ngàn đồng", 800_000), ("1tr", 1_000_000),
        ("1tr2", 1_200_000), ("1tr25", 1_250_000), ("1,2 triệu", 1_200_000), ("1.5tr", 1_500_000), ("2 củ", 2_000_000),
        ("1.200.000 VND", 1_200_000), (" 12 triệu đồng ", 12_000_000), ("850k đ", 850_000), ("99k9", 99_900),
    ],
)  # fmt: skip
def test_what_people_mean(text: str, amount: int) -> None:
    assert read_budget(text) == amount


@pytest.mark.parametrize(
    "text", ["", "tám trăm", "-5", "1e9", "8.00", "1.2.3tr", "12 34", "800.0000", "1 tỷ", "k", "²k"]
)
def test_what_is_no_sum(text: str) -> None:
    assert read_budget(text) is None
