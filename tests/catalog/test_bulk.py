"""Many rows written at once are the rows that Django would have written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.forms.models import model_to_dict

from catalog import bulk
from catalog.bulk import batches, build, insert_all, insert_rows, put_all, update_all
from catalog.certificates.models import Recognition, Source, SourceRecord, Status
from catalog.outbox.models import OutboxRow
from catalog.producers.models import Producer, ProducerName
from catalog.products.models import Product
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def record(source: Source, key: str, **facts: object) -> SourceRecord:
    told = {
        "hash": "0", "outcome": "listed", "reasons": ["bad_star"], "columns": {"product": "Mứt 'dâu' %s"}, "row": 7,
        "star": 4, "score": Decimal("71.50"), "status": Status.EXTENDED, "expires_on": date(2029, 2, 28),
    } | facts  # fmt: skip
    return SourceRecord(source=source, key=key, **told)


def test_rows_are_those_that_django_writes() -> None:
    source = Source.objects.create(name="nguon")
    theirs = record(source, "a")
    theirs.save()

    ours = record(source, "b")
    insert_all([ours])

    kept = SourceRecord.objects.get(key="b")
    assert kept.pk == ours.pk
    same = {name: value for name, value in model_to_dict(kept).items() if name not in ("id", "key")}
    assert same == {n: v for n, v in model_to_dict(SourceRecord.objects.get(key="a")).items() if n in same}
    assert kept.updated_at == ours.updated_at
    ours.save()  # an object that was inserted is there
    assert SourceRecord.objects.count() == 2


def test_what_is_not_named_has_its_default_or_the_moment() -> None:
    due = datetime(2026, 11, 25, tzinfo=UTC)
    assert insert_rows(OutboxRow, ("topic", "key", "available_at"), [("t", "a", due), ("t", "b", due)]) == 2
    rows = list(OutboxRow.objects.order_by("pk"))
    assert [(row.key, row.payload, row.attempts, row.leased_until) for row in rows] == [
        ("a", {}, 0, None), ("b", {}, 0, None),
    ]  # fmt: skip
    assert rows[0].created_at is not None
    assert insert_rows(OutboxRow, ("topic", "key", "available_at"), []) == 0


def test_more_rows_than_a_statement_takes_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_MOST_PARAMETERS", 30)
    sources = [Source(name=f"n{number}") for number in range(25)]
    insert_all(sources)
    assert [Source.objects.get(pk=one.pk).name for one in sources] == [one.name for one in sources]


def test_a_row_that_meets_another_one_gives_way_or_is_written_into_it() -> None:
    facts = ("name_key", "province_code", "name", "slug")
    unique = ["name_key", "province_code"]
    insert_rows(Producer, facts, [("htx", "68", "HTX", "htx")], unique=unique)
    insert_rows(Producer, facts, [("htx", "68", "Khác", "khac"), ("htx", "01", "HTX", "htx")], unique=unique)
    assert list(Producer.objects.order_by("pk").values_list("name", "province_code")) == [("HTX", "68"), ("HTX", "01")]

    insert_rows(Producer, facts, [("htx", "68", "Khác", "khac")], unique=unique, update=["name"])
    assert Producer.objects.get(province_code="68").name == "Khác"
    assert Producer.objects.get(province_code="68").slug == "htx"


def test_whole_objects_give_way_or_are_written_into_what_is_there() -> None:
    source = Source.objects.create(name="nguon")
    put_all([record(source, "a")], unique=["source", "key"], update=["hash", "reasons"])
    put_all([record(source, "a", hash="1", row=9), record(source, "b")], unique=["source", "key"], update=["hash"])
    put_all([], unique=["source", "key"], update=["hash"])
    kept = SourceRecord.objects.order_by("key").values_list("key", "hash", "row", "reasons")
    assert list(kept) == [("a", "1", 7, ["bad_star"]), ("b", "0", 7, ["bad_star"])]


@pytest.mark.parametrize("model", [Product, Recognition, SourceRecord, OutboxRow])
def test_what_is_built_is_what_the_model_makes(model: type[Model]) -> None:
    given = {field.attname: 7 for field in model._meta.concrete_fields if field.is_relation}
    built, made = build(model, **given), model(**given)
    facts, theirs = ({k: v for k, v in one.__dict__.items() if k != "_state"} for one in (built, made))
    assert list(facts.items()) == list(theirs.items())
    assert (built._state.adding, built._state.db, built._state.fields_cache) == (True, None, {})
    mutable = [name for name, value in facts.items() if isinstance(value, dict | list)]
    assert all(getattr(build(model), name) is not facts[name] for name in mutable)
    with pytest.raises(TypeError, match=r"has no nam, sourc$"):
        build(model, nam="x", sourc=1)


def test_what_the_database_refuses_is_refused() -> None:
    insert_rows(Source, ("name",), [("nguon",)])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Source, ("name",), [("khac",), ("nguon",)])
    assert Source.objects.count() == 1
    producer = make_product().producer
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(ProducerName, ("producer_id", "name", "since"), [(producer.pk, None, date(2026, 1, 1))])


def test_only_the_named_fields_are_written() -> None:
    product = make_product()
    one = Recognition.objects.filter(product=product).get()
    one.star, one.score, one.authority = 5, Decimal("91.25"), "không ghi"
    update_all([one], ["star", "score"])
    one.refresh_from_db()
    assert (one.star, one.score) == (5, Decimal("91.25"))
    assert one.authority != "không ghi"
    update_all([], ["star"])


def test_the_moment_of_a_change_is_written_where_it_is_named() -> None:
    product = make_product()
    before = product.updated_at
    product.name = "Tên mới"
    update_all([product], ["name"])
    assert type(product).objects.get().updated_at == before
    update_all([product], ["name", "updated_at", "created_at"])
    kept = type(product).objects.get()
    assert (kept.name, kept.created_at) == ("Tên mới", product.created_at)
    assert kept.updated_at > before


def test_batches_keep_the_order_and_lose_nothing() -> None:
    assert list(batches(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(batches((), 3)) == []
