"""The feed over HTTP when the other side misbehaves: nothing is believed by half, nothing is sent elsewhere."""

import datetime
import gzip
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ocop_sync.sources import addresses, feed_http, fetching
from ocop_sync.sources.reading import Reading, display_name
from ocop_sync.sources.refusals import Refusal
from ocop_sync.sources.services import ReadRequest, read
from tests.ocop_sync.sources.servers import Asked, Reply, serving

pytestmark = pytest.mark.self_contained

DAY = "2026-11-23T00:00:00+07:00"
TOKEN = "bi-mat-0123456789"


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody waits; how long it would have been."""
    told: list[float] = []
    monkeypatch.setattr(fetching.time, "sleep", told.append)
    return told


def page(*numbers: int, after: str | None = None, **rest: Any) -> dict[str, Any]:
    items = [{"registry_id": f"LD-{n}", "product_name": f"Mứt {n}", "producer": "HTX"} for n in numbers]
    return {"as_of": DAY, "items": items, "next_cursor": after, **rest}


def pages(**told: Any) -> Callable[[Asked], Reply]:
    """Answers by cursor; the first page's cursor is `start`."""
    return lambda asked: one if isinstance(one := told[asked.query.get("cursor", "start")], Reply) else Reply(body=one)


def taken(url: str, **request: str) -> tuple[list[str], Reading]:
    reading = read(url, ReadRequest(token=TOKEN, **request))
    return [record.registry_id for record in reading.records], reading


def refused(url: str, **request: str) -> Refusal:
    with pytest.raises(Refusal) as told:
        taken(url, **request)
    assert TOKEN not in told.value.message("vi") + told.value.message("en") + repr(told.value.__cause__)
    return told.value


def test_pages_are_asked_for_one_by_one_while_records_are_taken() -> None:
    with serving(pages(start=page(1, 2, after="b"), b=page(3))) as server:
        reading = read(server.url, ReadRequest(token=TOKEN, etag='"cũ"'))
        asked_at_once = len(server.asked)
        got = [record.registry_id for record in reading.records]

    assert (asked_at_once, len(server.asked), got) == (1, 2, ["LD-1", "LD-2", "LD-3"])
    assert [asked.path for asked in server.asked] == ["/products", "/products"]
    assert [asked.query for asked in server.asked] == [{"limit": "500"}, {"limit": "500", "cursor": "b"}]
    assert {asked.headers["Authorization"] for asked in server.asked} == {f"Bearer {TOKEN}"}
    assert "If-None-Match" not in server.asked[0].headers  # what no header may hold is not sent
    assert (reading.as_of, reading.is_delta, len(reading.digest)) == (datetime.date(2026, 11, 23), False, 64)


def test_an_unchanged_feed_says_so() -> None:
    def answer(asked: Asked) -> Reply:
        return Reply(304 if asked.headers.get("If-None-Match") == '"a"' else 200, page(1), {"ETag": '"a"'})

    with serving(answer) as server:
        got, first = taken(server.url)
        again, second = taken(server.url, etag=first.etag)

    assert (got, first.etag, first.unchanged) == (["LD-1"], '"a"', False)
    assert (again, second.etag, second.unchanged) == ([], '"a"', True)


def test_a_delta_may_be_empty_and_a_snapshot_may_not() -> None:
    with serving(pages(start=page())) as server:
        got, reading = taken(server.url, updated_since="2026-11-01")

        assert (got, reading.is_delta) == ([], True)
        assert server.asked[0].query["updated_since"] == "2026-11-01"
        assert refused(server.url).problem == "no_item"


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        (page(2, as_of="2026-11-24T00:00:00+07:00"), "changed"),
        (page(2, as_of=None), "changed"),
        (page(), "shrank"),
        (Reply(404), "shrank"),
        (Reply(410), "shrank"),
        (Reply(500), "status"),
        (Reply(304), "status"),
        (Reply(401), "denied"),
        (Reply(body=b'{"items": ['), "no_json"),
        (Reply(body=b"<html>"), "no_json"),
        (Reply(body=[]), "no_page"),
        (page(2, after="b"), "looping"),
        (page(2, after="x" * 3000), "no_page"),
        (Reply(503), "no_answer"),
        (Reply(body=page(2), length=10_000), "no_answer"),
        (Reply(body=b"not gzip", headers={"Content-Encoding": "gzip"}), "no_answer"),
    ],
)
def test_a_feed_that_fails_midway_is_refused(second: Any, problem: str) -> None:
    with serving(pages(start=page(1, after="b"), b=second)) as server:
        assert refused(server.url).problem == problem


def test_cursors_that_loop_over_several_pages_are_refused() -> None:
    with serving(pages(start=page(1, after="b"), b=page(2, after="c"), c=page(3, after="b"))) as server:
        assert refused(server.url).problem == "looping"
    assert len(server.asked) == 3


def test_there_is_an_end_to_pages_and_to_items(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(asked: Asked) -> Reply:
        number = int(asked.query.get("cursor", "0"))
        return Reply(body=page(number, after=str(number + 1)))

    monkeypatch.setattr(feed_http, "MOST_PAGES", 4)
    with serving(endless) as server:
        assert refused(server.url).message("en").count("too many pages (over 4)") == 1
        monkeypatch.setattr(feed_http, "MOST_ITEMS", 2)
        assert refused(server.url).message("en").count("too many items (over 2)") == 1


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_may_not_be_larger_than_agreed(packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST_PAGE", 100_000)
    body = b" " * 200_000
    reply = Reply(body=gzip.compress(body), headers={"Content-Encoding": "gzip"}) if packed else Reply(body=body)

    with serving(lambda _: reply) as server:
        assert refused(server.url).problem == "large_page"


@pytest.mark.parametrize(("limit", "problem"), [("PAGE_WITHIN", "too_slow"), ("FEED_WITHIN", "too_slow")])
def test_a_server_that_is_slow_is_not_waited_for(limit: str, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, limit, -1.0)

    with serving(lambda _: Reply(body=page(1))) as server:
        assert refused(server.url).problem == problem


def test_429_and_503_are_waited_for_as_told(waits: list[float]) -> None:
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=30)
    told = [
        Reply(429, headers={"Retry-After": "7"}),
        Reply(503, headers={"Retry-After": format_datetime(soon, usegmt=True)}),
        Reply(503, headers={"Retry-After": "Mon, 01 Jan 2001 00:00:00 GMT"}),
        Reply(429, headers={"Retry-After": "ngày mai"}),
        Reply(body=page(1)),
    ]

    with serving(lambda _: told.pop(0)) as server:
        got, _ = taken(server.url)

    assert got == ["LD-1"]
    assert (waits[0], waits[2], waits[3]) == (7.0, 0.0, 8.0)
    assert 25 < waits[1] <= 30


def test_a_wait_that_is_too_long_is_left_to_the_next_run(waits: list[float]) -> None:
    with serving(lambda _: Reply(429, headers={"Retry-After": "3600"})) as server:
        told = refused(server.url)

    assert (told.problem, told.data["seconds"], waits, len(server.asked)) == ("wait_longer", 3600, [], 1)


def test_a_server_that_stays_away_is_tried_so_often(waits: list[float]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    told = refused(f"http://127.0.0.1:{port}")

    assert (told.problem, told.data["reason"], len(waits)) == ("no_answer", "ConnectError", fetching.TRIES - 1)


def test_redirects_within_the_server_are_followed_three_times() -> None:
    def answer(asked: Asked) -> Reply:
        hops = asked.path.count("x")
        return Reply(307, {}, {"Location": f"{asked.path}x?limit=5"}) if hops < told["hops"] else Reply(body=page(1))

    told = {"hops": 3}
    with serving(answer) as server:
        assert taken(server.url)[0] == ["LD-1"]
        assert [(asked.path, asked.query["limit"]) for asked in server.asked][-1] == ("/productsxxx", "5")
        told["hops"] = 4
        assert refused(server.url).problem == "redirect"


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1:{port}/products", "https://dich.vn/products", "//dich.vn/", "file:///etc/hostname", "",
           "http://u:p@127.0.0.1:{own}/products", "A:0"],
)  # fmt: skip
def test_a_redirect_elsewhere_is_not_followed_and_no_token_is_sent(to: str) -> None:
    with serving(lambda _: Reply(body=page(9))) as other:
        port = other.url.rpartition(":")[2]
        own: list[str] = []
        with serving(lambda _: Reply(302, {}, {"Location": to.format(port=port, own=own[0])})) as server:
            own.append(server.url.rpartition(":")[2])

            assert refused(server.url).problem == "redirect"

    assert other.asked == []


def test_a_redirect_to_nothing_is_no_answer() -> None:
    with serving(lambda _: Reply(302, {}, {"Location": "http://[::1"})) as server:
        assert refused(server.url).problem == "no_answer"


@pytest.mark.parametrize(
    "url",
    [
        "http://so.gov.vn", "http://10.0.0.1", "https://user:pass@so.gov.vn", "https://so.gov.vn/?token=x", "https://",
        "https://so.gov.vn/#x", "https://so gov.vn", "https://so.gov.vn:99999", "https://[::1", "https://" + "a" * 300,
        "http://localhost.so.gov.vn", "http://127.0.0.1.so.gov.vn",
    ],
)  # fmt: skip
def test_addresses_that_are_not_called(url: str) -> None:
    told = refused(url)

    assert told.problem == "bad_address"
    assert not [secret for secret in ("pass", "token=x") if secret in told.message("vi")]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "240.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "::"],
)  # fmt: skip
@pytest.mark.parametrize("beside", [[], ["1.1.1.1"]])
def test_a_name_that_leads_inside_is_not_called(
    address: str, beside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(0, 0, 0, "", (one, 443)) for one in [*beside, address]]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: found)

    told = refused("https://so.gov.vn")

    assert (told.problem, told.data["address"]) == ("forbidden_address", address)


def test_localhost_that_leads_outside_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", ("1.1.1.1", 80))])

    assert refused("http://localhost:8000").problem == "forbidden_address"


def test_a_name_that_is_unknown_is_tried_again_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror("unknown")

    monkeypatch.setattr(addresses.socket, "getaddrinfo", unknown)

    assert refused("https://so.gov.vn").data["reason"] == "gaierror"


@pytest.mark.parametrize("token", ["a bí mật", "mật-mã", "a\nb"])
def test_a_token_that_no_header_holds_is_refused_unseen(token: str) -> None:
    with pytest.raises(Refusal) as told:
        read("https://so.gov.vn", ReadRequest(token=token))

    assert told.value.problem == "bad_token"
    assert token not in told.value.message("vi")


def test_the_token_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), serving(pages(start=page(1, after="b"), b=Reply(500))) as server:
        refused(server.url)

    assert caplog.records
    assert TOKEN not in caplog.text


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ssl.SSLContext]:
    """A server's context with a certificate for localhost, which is trusted in this test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
    made = made.not_valid_after(now + datetime.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "both.pem").write_bytes(certificate + secret)
    (tmp_path / "trusted.pem").write_bytes(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    return context


def test_tls_is_for_the_name_though_the_checked_address_is_called(tls: ssl.SSLContext) -> None:
    with serving(pages(start=page(1, after="b"), b=page(2)), tls=tls) as server:
        assert taken(server.url)[0] == ["LD-1", "LD-2"]
        assert server.asked[0].headers["Host"] == server.url.removeprefix("https://")

        named_otherwise = refused(server.url.replace("localhost", "127.0.0.1"))

    assert (named_otherwise.problem, named_otherwise.data["reason"]) == ("no_answer", "ConnectError")


def test_a_certificate_that_nobody_trusts_is_refused(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    with serving(pages(start=page(1)), tls=tls) as server:
        assert refused(server.url).data["reason"] == "ConnectError"

    assert server.asked == []


def test_a_redirect_from_tls_to_none_is_not_followed(tls: ssl.SSLContext) -> None:
    def answer(asked: Asked) -> Reply:
        return Reply(301, {}, {"Location": f"http://{asked.headers['Host']}/products"})

    with serving(answer, tls=tls) as server:
        assert refused(server.url).problem == "redirect"


@pytest.mark.parametrize(
    ("origin", "shown"),
    [
        ("https://u:p@so.gov.vn:8443/a?token=x#y", "https://so.gov.vn:8443/a"),
        ("https://so.gov.vn", "https://so.gov.vn"),
        ("https://so:x@y:z/", "https://…"),
        ("/tmp/a/bảng.xlsx", "bảng.xlsx"),
    ],
)
def test_a_source_is_shown_without_its_secrets(origin: str, shown: str) -> None:
    assert display_name(origin) == shown
