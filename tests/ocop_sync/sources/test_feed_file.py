"""The registry feed v1 in files: strict JSON; every item is a record, is held, or the source is unusable."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ocop_sync.errors import SourceUnusable
from ocop_sync.sources import feed_items
from ocop_sync.sources.services import read
from tests.ocop_sync.sources.books import records, refusal

pytestmark = pytest.mark.self_contained

ITEM: dict[str, Any] = {
    "registry_id": "LD-1", "product_name": "Mứt dâu", "producer": {"name": "HTX Thử", "type": "cooperative"},
    "product_set": 7, "recognitions": [{"star": 4, "score": 70.50, "issued_on": "30/02/2025"}], "evidence": "A",
}  # fmt: skip
TEXT = json.dumps(ITEM, ensure_ascii=False)


def page(*items: str, **rest: Any) -> str:
    told = ", ".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in rest.items())
    return f'{{"items": [{", ".join(items)}]{", " if told else ""}{told}}}'


def test_lines_are_items_and_rows_are_lines(tmp_path: Path) -> None:
    got, reading = records(tmp_path / "a.jsonl", f"\ufeff{TEXT}\r\n\n  \n{TEXT.replace('LD-1', 'LD-2')}")

    assert [(record.row, record.registry_id) for record in got] == [(1, "LD-1"), (4, "LD-2")]
    assert (reading.kind, reading.default_tier, reading.ignored) == ("feed", "C", 2)
    one = got[0].recognitions[0]
    assert (one.star, one.score, one.issued, got[0].set_no) == ("4", "70.5", "30/02/2025", "7")


def test_records_come_before_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{TEXT}\n{{", encoding="utf-8")
    reading = read(str(tmp_path / "a.jsonl"))

    first = next(reading.records)

    assert (first.product, reading.digest) == ("Mứt dâu", "")
    with pytest.raises(SourceUnusable):
        next(reading.records)


def test_line_separators_within_a_text_end_no_line(tmp_path: Path) -> None:
    (record,), _ = records(tmp_path / "a.jsonl", TEXT.replace("dâu", "dâu\u2028tây\u0085"))

    assert record.product.startswith("Mứt dâu")


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2026-11-23T00:00:00+07:00", date(2026, 11, 23)),
        ("2026-11-23T18:00:00Z", date(2026, 11, 24)),
        ("2026-11-23", date(2026, 11, 23)),
        (None, None),
    ],
)
def test_a_page_tells_its_day_in_vietnam(as_of: str | None, day: date | None, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(page(TEXT, as_of=as_of), encoding="utf-8")

    reading = read(str(tmp_path / "a.json"))

    assert reading.as_of == day
    assert [record.row for record in reading.records] == [1]


@pytest.mark.parametrize("as_of", ["hôm nay", "30/11/2026", "0203", "2026-02-30", "2026-13-01T00:00:00Z", 20261123])
def test_a_page_whose_day_is_none_is_refused(as_of: Any, tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.json", page(TEXT, as_of=as_of)).problem == "no_page"


DOUBTFUL = [
    ("5", "không phải là đối tượng JSON", ""),
    ("[]", "không phải là đối tượng JSON", ""),
    ("NaN", "không phải là đối tượng JSON", ""),
    (TEXT.replace('"product_set"', '"product_name": "Kẹo", "product_set"'), "khóa 'product_name' bị lặp", "LD-1"),
    (TEXT.replace('"product_set"', '"registry_id": "LD-2", "product_set"'), "khóa 'registry_id' bị lặp", ""),
    (TEXT.replace('"star": 4', '"star": 4, "star": 5'), "khóa 'star' bị lặp", "LD-1"),
    (TEXT.replace("70.5", "NaN"), "NaN không phải là số", "LD-1"),
    (TEXT.replace("70.5", "-Infinity"), "-Infinity không phải là số", "LD-1"),
    (TEXT.replace("70.5", "9" * 5000), "số dài 5000 chữ số", "LD-1"),
    (TEXT.replace("70.5", "1" + "0" * 50 + ".5"), "số dài 53 chữ số", "LD-1"),
    (TEXT.replace("Mứt dâu", "x" * 20_000), "chữ dài 20000 ký tự", "LD-1"),
    (TEXT.replace("70.5", "[" * 60 + "]" * 60), "lồng nhau quá sâu", "LD-1"),
    (TEXT.replace('"evidence": "A"', '"x": ' + "[" * 60 + "]" * 60), "lồng nhau quá sâu", "LD-1"),
    (TEXT.replace('[{"star"', '["x", {"star"'), "recognitions không phải là danh sách", "LD-1"),
    (TEXT.replace('"recognitions": [', '"recognitions": [' + "{}, " * 200), "có 201 lần công nhận", "LD-1"),
]


@pytest.mark.parametrize(("text", "why", "registry_id"), DOUBTFUL)
def test_an_item_that_cannot_be_trusted_is_held_under_its_own_id(
    text: str, why: str, registry_id: str, tmp_path: Path
) -> None:
    for path, content in (("a.jsonl", f"{TEXT}\n{text}\n"), ("a.json", page(TEXT, text))):
        (good, held), _ = records(tmp_path / path, content)

        assert good.product == "Mứt dâu"
        assert (held.row, held.product, held.producer, held.recognitions) == (2, "", "", ())
        assert held.registry_id == registry_id
        assert why in held.note


def test_a_line_of_many_megabytes_is_held_unread(tmp_path: Path) -> None:
    long = TEXT.replace("Mứt dâu", "x" * 10_000_000)

    got, _ = records(tmp_path / "a.jsonl", f"{long}\n{TEXT}\n{long}")

    assert [(record.row, record.product) for record in got] == [(1, ""), (2, "Mứt dâu"), (3, "")]
    assert got[0].note == f"Mục 1: dài hơn {feed_items.LONGEST_ITEM} byte."


def test_a_line_nested_too_deep_for_any_parser_is_held(tmp_path: Path) -> None:
    got, _ = records(tmp_path / "a.jsonl", f"{'[' * 100_000}\n{TEXT}\n")

    assert [(record.row, record.note[:14]) for record in got] == [(1, "Mục 1: lồng nh"), (2, "")]


@pytest.mark.parametrize(
    ("name", "content", "problem", "line"),
    [
        ("a.jsonl", f"{TEXT}\n{TEXT[:-9]}", "no_json", 2),
        ("a.jsonl", f"{TEXT}\n{TEXT} {TEXT}\n", "no_json", 2),
        ("a.jsonl", TEXT.encode() + b"\n{\"a\": \"\xff\"}", "no_json", 2),
        ("a.jsonl", "\n \n", "empty", None),
        ("a.jsonl", "\ufeff\n\n", "no_item", None),
        ("a.json", page(TEXT)[:-2], "no_json", 1),
        ("a.json", f"{TEXT}\n{TEXT}", "no_json", 2),
        ("a.json", "[" * 200_000, "no_page", None),
        ("a.json", "[]", "no_page", None),
        ("a.json", '{"rows": []}', "no_page", None),
        ("a.json", '{"items": {}}', "no_page", None),
        ("a.json", f'{{"items": [], "items": [{TEXT}]}}', "no_page", None),
        ("a.json", page(TEXT, next_cursor={}), "no_page", None),
        ("a.json", page(TEXT, next_cursor="x"), "several_pages", None),
        ("a.json", page(), "no_item", None),
        ("a.json", '{"items": [' + "{}," * 2_100_000 + "{}]}", "too_many", None),
        ("a.json", '{"items": [' + "0," * 250_000 + "0]}", "too_many", None),
        ("a.txt", '{"items": [', "no_json", 1),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused(name: str, content: str, problem: str, line: int | None, tmp_path: Path) -> None:
    refused = refusal(tmp_path / name, content)

    assert (refused.problem, refused.data.get("line")) == (problem, line)


def test_lone_surrogates_and_control_signs_are_taken_out(tmp_path: Path) -> None:
    (record,), _ = records(tmp_path / "a.jsonl", TEXT.replace("dâu", r"\ud800d\u0000âu\n"))

    assert record.product == "Mứt dâu"


@pytest.mark.parametrize("producer", ['"HTX Thử"', '{"name": "HTX Thử"}', "null", "[]", "{}"])
def test_a_producer_may_be_a_name_alone(producer: str, tmp_path: Path) -> None:
    text = TEXT.replace('{"name": "HTX Thử", "type": "cooperative"}', producer)

    (record,), _ = records(tmp_path / "a.jsonl", text)

    assert record.producer == ("HTX Thử" if "HTX" in producer else "")
