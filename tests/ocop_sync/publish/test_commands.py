"""`./chosao publish` and `./chosao saleor drift`."""

import json

import pytest
from click.testing import CliRunner

from catalog.saleor.client import client
from catalog.saleor.generated import ProductInput
from deploy.cli.saleor import saleor as saleor_group
from deploy.cli.work import publish
from ocop_sync.publish import run
from tests.factories import make_product
from tests.storefront.world import on_sale

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("saleor")]


def test_publish_prints_one_object_and_nothing_else() -> None:
    make_product()

    done = CliRunner().invoke(publish, ["--json"])

    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["created"], told["refused"]) == (1, {})


def test_a_saleor_that_is_not_there_is_told_in_one_sentence(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "PAUSES", (0.01,))
    settings.SALEOR_API_URL = "http://127.0.0.1:9/graphql/"
    make_product()

    done = CliRunner().invoke(publish, [])

    assert done.exit_code == 1
    assert "not available" in done.output
    assert "Traceback" not in done.output


def test_drift_is_mended_and_told() -> None:
    offer = on_sale()
    code = offer.product.code
    CliRunner().invoke(publish, [])
    client().update_product(external_reference=code, input=ProductInput(name="Tên khác"))
    offer.price = 1
    offer.save()

    first = json.loads(CliRunner().invoke(saleor_group, ["drift", "--json"]).stdout)
    second = json.loads(CliRunner().invoke(saleor_group, ["drift", "--json"]).stdout)

    assert first["products"]["changed"] == [code]
    assert first["offers"]["changed"] == [offer.external_reference]
    assert (second["products"]["changed"], second["offers"]["changed"]) == ([], [])
    found = client().product(external_reference=code).product
    assert found
    assert found.name == offer.product.name
