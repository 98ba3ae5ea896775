"""The file of sources: what is right is taken as it is meant, each wrong thing is named, no secret is shown."""

from pathlib import Path

import pytest

from ocop_sync.configured.errors import CredentialMissing, NotConfigured, SourcesFileWrong
from ocop_sync.configured.file import configured, load
from ocop_sync.configured.references import resolve
from tests.ocop_sync.configured.files import SOUND, write_sources

FEED = {"kind": "feed", "address": "https://registry.example/feed/v1", "schedule": "40 2 * * *"}


def wrong(path: Path) -> SourcesFileWrong:
    with pytest.raises(SourcesFileWrong) as caught:
        load(path)
    return caught.value


def test_several_sources_with_all_that_can_be_said_of_them(tmp_path: Path) -> None:
    (tmp_path / "cot.toml").write_text('[columns]\n"Số văn bản" = "decision"\n')
    path = write_sources(
        tmp_path / "sources.toml",
        **{
            "registry": {**FEED, "token": "env:REGISTRY_TOKEN", "delta": True},
            "lam-dong": {**SOUND, "kind": "workbook", "address": "nhap/lam-dong.xlsx", "province": "Lâm Đồng",
                         "evidence": "A", "columns": "cot.toml"},
            "quang-tri": {**SOUND, "columns": {"Số văn bản": "decision"}},
        },
    )  # fmt: skip

    found = load(path)

    assert list(found) == ["registry", "lam-dong", "quang-tri"]
    assert (found["registry"].delta, found["registry"].token) == (True, "env:REGISTRY_TOKEN")
    assert found["lam-dong"].address == str(tmp_path / "nhap/lam-dong.xlsx")
    assert (found["lam-dong"].province, found["lam-dong"].evidence) == ("Lâm Đồng", "A")
    assert found["lam-dong"].columns == found["quang-tri"].columns == {"Số văn bản": "decision"}


def test_no_file_is_no_source_and_an_empty_one_too(tmp_path: Path) -> None:
    (tmp_path / "rong.toml").write_text("")

    assert load(tmp_path / "khong-co.toml") == load(tmp_path / "rong.toml") == {}


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        ({"kind": "feeds"}, "kind"),
        ({"kind": 3}, "kind"),
        ({"address": ""}, "address"),
        ({"address": 5}, "address"),
        ({"address": "http://registry.example/feed"}, "address"),
        ({"address": "ftp://registry.example/feed"}, "address"),
        ({"address": "https://registry.example/feed"}, "address"),  # a table is no feed
        ({**FEED, "address": "https://registry.example/feed?key=abc"}, "address"),
        ({**FEED, "address": "https://user:matkhau@registry.example/feed"}, "address"),
        ({"schedule": "40 2 * *"}, "schedule"),
        ({"schedule": "61 2 * * *"}, "schedule"),
        ({"schedule": "0 0 30 2 *"}, "schedule"),
        ({"province": "Atlantis"}, "province"),
        ({"evidence": "B2"}, "evidence"),
        ({"evidence": "C"}, "evidence"),
        ({"token": "env:TOKEN"}, "token"),  # for what is fetched alone
        ({**FEED, "token": "env:"}, "token"),
        ({**FEED, "token": "env:TO KEN"}, "token"),
        ({**FEED, "token": "file:khong-tuyet-doi"}, "token"),
        ({"columns": "khong-co.toml"}, "columns"),
        ({"columns": {}}, "columns"),
        ({"columns": {"Cột": "khong-co-truong"}}, "columns"),
        ({"columns": {"Điện thoại": "note"}}, "columns"),
        ({"columns": 7}, "columns"),
        ({**FEED, "columns": {"Số văn bản": "decision"}}, "columns"),
        ({"delta": True}, "delta"),
        ({"delta": "true"}, "delta"),
        ({"shedule": "40 2 * * *"}, "shedule"),
        ({"password": "x"}, "password"),
    ],
)
def test_each_wrong_thing_names_source_key_found_and_expected(facts: dict, key: str, tmp_path: Path) -> None:
    error = wrong(
        write_sources(tmp_path / "sources.toml", **{"tot": SOUND, "lam-dong": {**SOUND, "address": "b.csv", **facts}})
    )

    (problem,) = error.problems
    assert (problem.source, problem.key) == ("lam-dong", key)
    assert all(problem.found)
    assert all(problem.expected)
    assert error.message("vi").startswith("Tệp nguồn sources.toml có 1 chỗ sai, chưa dùng gì trong tệp:\n")
    assert f"[sources.lam-dong.{key}]" in error.message("en")


@pytest.mark.parametrize("key", ["kind", "address", "schedule"])
def test_what_a_source_has_to_say(key: str, tmp_path: Path) -> None:
    error = wrong(write_sources(tmp_path / "s.toml", nguon={k: v for k, v in SOUND.items() if k != key}))

    assert [(p.source, p.key, p.found) for p in error.problems] == [("nguon", key, ("chưa ghi", "missing"))]


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    error = wrong(write_sources(tmp_path / "s.toml", a={**SOUND, "kind": "x", "schedule": "x"}, b={"kind": "table"}))

    told = [(p.source, p.key) for p in error.problems]
    assert told == [("a", "kind"), ("a", "schedule"), ("b", "address"), ("b", "schedule")]


@pytest.mark.parametrize(
    "facts",
    [
        {**FEED, "token": "bi-mat-0123456789"},
        {**FEED, "token": ["bi-mat-0123456789"]},
        {**FEED, "token": {"value": "bi-mat-0123456789"}},
        {**FEED, "address": "https://ai:bi-mat-0123456789@registry.example/feed"},
        {**FEED, "address": "https://registry.example/feed?token=bi-mat-0123456789"},
        {**FEED, "secret": "bi-mat-0123456789"},
        {**FEED, "address": ["https://registry.example/feed?token=bi-mat-0123456789"]},
        {**FEED, "columns": ["bi-mat-0123456789"]},
    ],
)
def test_a_literal_secret_is_refused_and_not_repeated(facts: dict, tmp_path: Path) -> None:
    error = wrong(write_sources(tmp_path / "s.toml", so=facts))

    assert len(error.problems) == 1
    assert "bi-mat" not in error.message("vi") + error.message("en") + repr(error.problems)


@pytest.mark.parametrize("text", ['[sources]\ntoken = "bi-mat"\n', 'token = "bi-mat"\n', 'sources = "bi-mat"\n'])
def test_a_secret_in_the_wrong_place_is_not_repeated_either(text: str, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(text)

    assert "bi-mat" not in wrong(tmp_path / "s.toml").message("en")


@pytest.mark.parametrize(
    "text",
    [
        "[sources.a]\nkind = 'table'\n[sources.a]\nkind = 'table'\n",  # TOML itself refuses it
        "[sources",
        "\x00",
        "[source.a]\nkind = 'table'\n",
        "sources = 3\n",
        "[[sources.a]]\nkind = 'table'\n",
    ],
)
def test_what_is_no_file_of_sources_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(text)

    assert wrong(tmp_path / "s.toml").problems


def test_one_source_under_two_names_is_refused(tmp_path: Path) -> None:
    sources = {"Lâm Đồng": SOUND, "lam dong": {**SOUND, "address": "b.csv"}, "khac": SOUND}

    told = {(p.source, p.key) for p in wrong(write_sources(tmp_path / "s.toml", **sources)).problems}

    assert told == {("lam dong", ""), ("khac", "address")}


@pytest.mark.parametrize("name", ["", " a", "a/b", "a\nb", "x" * 101, "-a"])
def test_a_name_that_no_address_can_hold_is_refused(name: str, tmp_path: Path) -> None:
    assert wrong(write_sources(tmp_path / "s.toml", **{name: SOUND})).problems


def test_a_source_that_the_file_does_not_name(tmp_path: Path, settings) -> None:
    settings.SOURCES_FILE = write_sources(tmp_path / "s.toml", a=SOUND)

    with pytest.raises(NotConfigured) as caught:
        configured("b")

    assert "a" in str(caught.value)


def test_credentials_are_looked_up_when_they_are_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_TOKEN", "bi-mat")
    (tmp_path / "token").write_text("bi-mat-2\n")

    assert resolve("", "so") == ""
    assert resolve("env:REGISTRY_TOKEN", "so") == "bi-mat"
    assert resolve(f"file:{tmp_path}/token", "so") == "bi-mat-2"


@pytest.mark.parametrize("reference", ["env:KHONG_CO", "env:TRONG", "file:/khong/co", "file:/"])
def test_a_credential_that_is_not_there_is_named_by_its_reference(
    reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRONG", " ")

    with pytest.raises(CredentialMissing) as caught:
        resolve(reference, "so")

    assert reference in str(caught.value)
