"""The manifest, and the page that Saleor's dashboard shows."""

import tomllib

import pytest
from django.test import Client

from catalog.saleor.app.manifest import VERSION
from catalog.saleor.app.permissions import PERMISSIONS
from catalog.saleor.webhooks.subscription import EVENTS, QUERY
from tests.embedded_server import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(settings) -> Client:
    settings.PUBLIC_URL = "https://cho-sao.example"
    return Client(headers={"Accept-Language": "en"})


def test_every_address_lies_under_the_public_one_whoever_asks(shop: Client) -> None:
    answer = shop.get("/hooks/saleor/manifest.json", headers={"Host": "localhost"})

    told = answer.json()
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert {name: told[name] for name in told if name.endswith("Url")} == {
        "appUrl": "https://cho-sao.example/hooks/saleor/app/",
        "tokenTargetUrl": "https://cho-sao.example/hooks/saleor/register/",
        "homepageUrl": "https://cho-sao.example/",
        "supportUrl": "https://cho-sao.example/chinh-sach/",
        "dataPrivacyUrl": "https://cho-sao.example/chinh-sach/",
    }
    assert told["webhooks"] == [
        {
            "name": "Chợ Sao",
            "targetUrl": "https://cho-sao.example/hooks/saleor/",
            "asyncEvents": list(EVENTS),
            "query": QUERY,
            "isActive": True,
        }
    ]
    assert told["permissions"] == list(PERMISSIONS)
    assert (told["id"], told["requiredSaleorVersion"]) == ("vn.chosao.shop", ">=3.23 <4")


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == VERSION


def test_the_manifest_is_only_read(shop: Client) -> None:
    assert shop.head("/hooks/saleor/manifest.json").status_code == 200
    assert shop.post("/hooks/saleor/manifest.json").status_code == 405


def test_the_apps_page_may_stand_in_a_frame_and_leads_out_of_it(shop: Client) -> None:
    answer = shop.get("/hooks/saleor/app/")

    assert (answer.status_code, answer.headers.get("X-Frame-Options")) == (200, None)
    page = answer.content.decode()
    assert 'href="/" target="_blank"' in page
    assert "<form" not in page
    assert shop.get("/").headers["X-Frame-Options"] == "DENY"
