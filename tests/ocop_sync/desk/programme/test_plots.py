"""Plots: well-formed, true to their figures, named, and nothing of theirs can break out."""

import re
from xml.etree import ElementTree as ET

from ocop_sync.desk.programme import plots

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [("Lâm Đồng", (60, 30, 10)), ("Huế", (0, 0, 0)), ("Cà Mau", (20, 4, 1))]


def parse(svg: str) -> ET.Element:
    return ET.fromstring(str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def widths(svg: str, part: str) -> list[float]:
    """Widths of a part's bars, without the legend's square."""
    found = [one for one in parse(svg).iter(f"{SVG}rect") if one.get("class") == f"part-{part}"]
    return [float(one.get("width", "")) for one in found if one.get("height") != "12.0"]


def texts(svg: str) -> list[str]:
    return [one.text or "" for one in parse(svg).iter(f"{SVG}text")]


def test_bars_are_as_long_as_their_figures() -> None:
    svg = plots.bars("tinh", "Theo tỉnh", [("A", (1000,)), ("B", (500,)), ("C", (0,))])
    longest, half = widths(svg, "only")
    assert abs(longest - 2 * half) < 0.2
    assert longest <= plots.WIDTH - plots.VALUE
    assert texts(svg) == ["A", "1.000", "B", "500"]


def test_stacks_add_up_and_small_parts_stay_visible() -> None:
    svg = plots.bars("nhom", "Theo nhóm", ROWS, ["3 sao", "4 sao", "5 sao"])
    three, four, five = (widths(svg, part) for part in "012")
    assert abs(three[0] - 2 * four[0]) < 0.2
    assert abs(three[0] - 3 * three[1]) < 0.2
    assert min(five) >= 1.5
    assert texts(svg)[:3] == ["3 sao", "4 sao", "5 sao"]
    assert "Huế" not in texts(svg)


def test_shares_fill_the_whole_width() -> None:
    svg = plots.shares("chu-the", "Chia", [("Theo sản phẩm", (50, 25, 25))], ["A", "B", "C"])
    assert abs(sum(widths(svg, part)[0] for part in "012") - plots.WIDTH) < 0.2
    assert {"50%", "25%"} <= set(texts(svg))


def test_columns_stand_on_zero() -> None:
    svg = plots.columns("het-han", "Theo tháng", [("11/2026", (40,)), ("12/2026", (0,)), ("01/2027", (20,))],
                        [("11", "2026"), ("12", ""), ("01", "2027")])  # fmt: skip
    columns = list(parse(svg).iter(f"{SVG}rect"))
    high = [float(one.get("height", "")) for one in columns]
    assert abs(high[0] - 2 * high[2]) < 0.2
    assert high[1] == 0
    assert len({round(float(one.get("y", "")) + float(one.get("height", "")), 1) for one in columns}) == 1


def test_a_plot_says_what_it_is() -> None:
    root = parse(plots.bars("tinh", "Nhiều nhất là Lâm Đồng", ROWS))
    named = (root.get("aria-labelledby") or "").split()
    told = {one.get("id"): one.text for one in root if one.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("role") == "img"
    assert told[named[0]] == "Nhiều nhất là Lâm Đồng"
    assert "Lâm Đồng 100" in (told[named[1]] or "")


def test_of_nothing_there_is_no_plot() -> None:
    assert plots.bars("a", "b", []) == ""
    assert plots.bars("a", "b", [("c", (0, 0))], ["d", "e"]) == ""
    assert plots.shares("a", "b", [("c", (0, 0))], ["d", "e"]) == ""
    assert plots.columns("a", "b", [("c", (0,))], [("c", "")]) == ""


def test_names_cannot_break_out() -> None:
    wicked = '</text><script>alert("1")</script>&'
    for svg in (
        plots.bars("a", wicked, [(wicked, (3, 1))], [wicked, "b"]),
        plots.shares("a", wicked, [(wicked, (3, 1))], [wicked, "b"]),
        plots.columns("a", wicked, [(wicked, (3,))], [(wicked, "")]),
    ):
        parse(svg)
        assert "<script" not in svg


def test_plots_take_their_colours_from_the_style_sheet() -> None:
    svg = plots.bars("nhom", "Theo nhóm", ROWS, ["3 sao", "4 sao", "5 sao"])
    assert not re.search(r"fill=|style=|#[0-9a-f]{3}", svg)


def test_a_long_label_is_cut_between_words() -> None:
    (label, _count) = texts(plots.bars("bo", "Bộ", [("Sản phẩm " * 12, (5,))]))
    assert label.endswith("…")
    assert len(label) <= plots.LONGEST
