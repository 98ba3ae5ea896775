"""Everything is described in both languages; the repository's schema and examples are true."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from graphql import GraphQLNamedType, is_introspection_type, is_specified_scalar_type

from catalog.api import check
from catalog.api.examples import Example, examples
from catalog.api.reference import reference
from catalog.api.schema import SCHEMA
from catalog.api.words import said, told
from catalog.search import services
from tests.catalog.api.conftest import Ask
from tests.factories import make_offer, make_product, make_sale_point

_VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)


def ours() -> list[GraphQLNamedType]:
    types = SCHEMA.graphql_schema.type_map.values()
    return [one for one in types if not is_introspection_type(one) and not is_specified_scalar_type(one)]


def described() -> Iterator[tuple[str, str | None]]:
    for one in ours():
        yield one.name, one.description
        for name, field in {**getattr(one, "fields", {}), **getattr(one, "values", {})}.items():
            yield f"{one.name}.{name}", field.description
            for key, given in getattr(field, "args", {}).items():
                yield f"{one.name}.{name}({key})", given.description


def test_everything_is_described_in_both_languages() -> None:
    found = dict(described())

    assert len(found) > 200
    for name, words in found.items():
        vi, en = told(words)
        assert vi != en, name
        assert en.endswith((".", "?")), name
        assert vi.endswith((".", "?")), name
        assert _VIETNAMESE.search(vi.replace("Quyết", "")) or len(vi) < 20, name


def test_the_reference_has_every_type_and_links_to_those_that_it_has() -> None:
    entries = {entry.name for entry in reference()}

    assert entries == {one.name for one in ours() if not one.name.endswith("Edge")}
    assert {line.link for entry in reference() for line in entry.lines if line.link} <= entries


def test_the_schema_in_the_repository_is_the_codes() -> None:
    assert check.problems() == []


@pytest.mark.parametrize("one", examples(), ids=lambda one: one.name)
def test_every_example_answers(one: Example, ask: Ask, index: None) -> None:
    product = make_product("Cà phê Cầu Đất")
    make_offer(product)
    make_sale_point()
    services.catch_up()

    body = ask(one.query, **one.variables_with(product.code))

    assert "errors" not in body
    assert all(body["data"].values())


def test_an_example_that_cannot_be_run_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Example("wrong", "Sai", "Wrong", "{}", "{ orders { buyer } }")
    monkeypatch.setattr("catalog.api.examples.examples", lambda: (wrong,))

    assert "orders" in check.problems()[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "title"), [("/graphql/", "API GraphQL công khai"), ("/en/graphql/", "Public GraphQL API")]
)
def test_the_page_documents_it_in_both_languages(address: str, title: str, client: Client) -> None:
    page = client.get(address, HTTP_ACCEPT="text/html").content.decode()

    assert f"<h1>{title}</h1>" in page
    for entry in reference():
        assert f'id="type-{entry.name}"' in page
    for one in examples():
        assert (one.en if "/en/" in address else one.vi) in page.replace("&#39;", "'")


def test_a_description_falls_apart_into_its_languages() -> None:
    assert told(said("Yes.", "Có.")) == ("Có.", "Yes.")
    assert told("Alone") == ("Alone", "Alone")
    assert told(None) == ("", "")
