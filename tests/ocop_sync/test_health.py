"""How the shop is: read by plain queries, told to officers in words and to machines as JSON."""

import json
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from catalog import clock
from catalog.certificates.models import Source
from catalog.health.models import Sign
from catalog.health.services import BEAT, SALEOR, note
from catalog.outbox.models import OutboxRow
from catalog.people.models import User
from catalog.saleor.models import InboxMessage
from catalog.search.services import reindex
from deploy.cli.work import health as command
from ocop_sync.desk.health import PROBLEMS, RECONCILIATIONS, health
from ocop_sync.runs.models import Run, RunState
from tests.ocop_sync.test_desk import officer

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=2)


@pytest.fixture
def well() -> None:
    """Everything was seen and done just now."""
    OutboxRow.objects.all().delete()
    reindex()
    note(BEAT)
    note(SALEOR, detail={"answers": True, "knows_us": True, "why": "", "ms": 12})
    for name in RECONCILIATIONS:
        note(name, detail={"read": 3, "differed": []})


def message(**facts: Any) -> None:
    now = clock.now()
    row = {"digest": str(InboxMessage.objects.count()), "event": "OrderUpdated", "key": "T", "issued_at": now}
    InboxMessage.objects.create(**{**row, "available_at": now, **facts})


def silent() -> None:
    note(SALEOR, ok=False, detail={"answers": False, "knows_us": False, "why": "ReadTimeout: hangs", "ms": 5000})


def stranger() -> None:
    note(SALEOR, ok=False, detail={"answers": True, "knows_us": False, "why": "need: AUTHENTICATED_APP", "ms": 9})


def worker_dead() -> None:
    Sign.objects.update(at=clock.now() - LONG_AGO, since=clock.now() - LONG_AGO)


def late_message() -> None:
    message()
    InboxMessage.objects.update(received_at=clock.now() - LONG_AGO)


def refused_row() -> None:
    now = clock.now()
    OutboxRow.objects.create(topic="publish", key="ABC1234", available_at=now, attempts=3, last_error="UNIQUE slug")


def late_row() -> None:
    OutboxRow.objects.create(topic="publish", key="ABC1234", available_at=clock.now())
    OutboxRow.objects.update(created_at=clock.now() - LONG_AGO)


def reconciled_long_ago() -> None:
    Sign.objects.filter(name="reconcile-offers").update(good_at=clock.now() - LONG_AGO)


def failed_sync() -> None:
    source = Source.objects.create(name="so-cong-thuong")
    Run.objects.create(source=source, state=RunState.FAILED, origin="x.csv", digest="d", as_of=clock.today())


def test_all_is_well(well: None) -> None:
    found = health()

    assert found.problems == []
    assert (found.saleor.state, found.saleor.took_ms) == ("well", 12)
    assert found.search.readable
    assert [one.name for one in found.reconciliations] == list(RECONCILIATIONS)


@pytest.mark.parametrize(
    ("happens", "problems"),
    [
        (silent, ["saleor_silent"]),
        (stranger, ["saleor_token"]),
        (worker_dead, ["worker_silent"]),
        (lambda: message(attempts=20, last_error="x", given_up_at=clock.now()), ["webhooks_given_up"]),
        (late_message, ["webhooks_late"]),
        (refused_row, ["outbox_refused"]),
        (late_row, ["outbox_late"]),
        (reconciled_long_ago, ["reconcile_late"]),
        (lambda: note("reconcile-orders", detail={"stuck": ["17"], "open": {"hand_overs": 1}}), ["orders_stuck"]),
        (failed_sync, ["sync_failed"]),
    ],
)  # fmt: skip
def test_each_trouble_has_its_name_and_its_words(happens: Any, problems: list[str], well: None) -> None:
    happens()

    assert health().problems == problems
    page = officer().get(reverse("officer_health"))
    assert page.status_code == 200
    assert all(str(PROBLEMS[name]) in page.content.decode() for name in problems)


def test_an_index_that_is_not_there(well: None, settings, tmp_path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path

    assert health().problems == ["index_missing"]
    assert officer().get(reverse("officer_health")).status_code == 200


def test_a_message_that_is_done_waits_no_more(well: None) -> None:
    message(done_at=clock.now(), attempts=1)

    found = health().webhooks
    assert (found.waiting, found.oldest_waiting, found.given_up) == (0, None, 0)
    assert found.last_received


def test_a_shop_that_never_ran_a_worker_has_a_page_too() -> None:
    found = health()

    assert found.saleor.state == "unknown"
    assert "worker_silent" in found.problems
    assert officer().get(reverse("officer_health")).status_code == 200


def test_what_is_refused_is_shown_with_its_reason_and_escaped(well: None) -> None:
    OutboxRow.objects.create(topic="publish", key="ABC1234", available_at=clock.now(), last_error="<b>UNIQUE</b> slug")

    page = officer().get(reverse("officer_health")).content.decode()

    assert "&lt;b&gt;UNIQUE&lt;/b&gt; slug" in page
    assert "Đưa sản phẩm lên Saleor" in page


def test_in_english(well: None) -> None:
    silent()

    page = officer().get(f"/en{reverse('officer_health')}").content.decode()

    assert "The ordering system does not answer: ordering is paused, everything else works." in page
    assert "Không" not in page.partition("<main")[2].partition("</main")[0]


def test_nobody_else_finds_it(client: Client) -> None:
    assert client.get(reverse("officer_health")).status_code == 302
    client.force_login(User.objects.create(username="nguoi-mua"))
    assert client.get(reverse("officer_health")).status_code == 404


def test_a_machine_reads_json_and_an_exit_code(well: None) -> None:
    good = CliRunner().invoke(command, ["--json"])
    silent()
    bad, words = CliRunner().invoke(command, ["--json"]), CliRunner().invoke(command)

    assert (good.exit_code, json.loads(good.output)["problems"]) == (0, [])
    assert (bad.exit_code, json.loads(bad.output)["saleor"]["state"]) == (1, "silent")
    assert words.output.startswith("The ordering system does not answer")
