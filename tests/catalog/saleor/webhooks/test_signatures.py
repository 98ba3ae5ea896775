"""Forgeries are refused one by one; keys come and go without losing a delivery, and without a wait."""

import hashlib
import hmac
import threading
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from catalog.saleor.errors import SaleorUnavailable
from catalog.saleor.webhooks.errors import NotFromSaleor
from catalog.saleor.webhooks.signatures import AGAIN_AFTER, AGAIN_AFTER_SILENCE, FRESH, STALE, KeyRing, verify
from tests.catalog.saleor.webhooks.signing import Signer, segment, text

BODY = b'{"__typename": "OrderUpdated"}'


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def saleor() -> Signer:
    return Signer()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(saleor: Signer, clock: Clock) -> KeyRing:
    return KeyRing(saleor.jwks, clock)


def test_a_true_signature_passes_and_the_keys_are_asked_for_once(saleor: Signer, keys: KeyRing) -> None:
    for _ in range(3):
        verify(BODY, saleor.sign(BODY), keys)

    assert saleor.asked == 1


def forgeries() -> Iterator[object]:
    yield pytest.param(lambda s: s.sign(b"another body"), id="another body's")
    yield pytest.param(lambda s: "", id="none at all")
    yield pytest.param(lambda s: "a..b", id="no header")
    yield pytest.param(lambda s: "é..ô", id="no ASCII")
    yield pytest.param(lambda s: s.sign(BODY)[:-4], id="cut short")
    yield pytest.param(lambda s: f"{s.sign(BODY)}, {s.sign(BODY)}", id="sent twice")
    yield pytest.param(lambda s: s.sign(BODY, alg="none"), id="alg none")
    yield pytest.param(lambda s: s.sign(BODY, alg="none").rsplit(".", 1)[0] + ".", id="alg none, no signature")
    yield pytest.param(lambda s: s.sign(BODY, alg="RS512"), id="another algorithm")
    yield pytest.param(lambda s: s.sign(BODY, b64=None, crit=None), id="not detached")
    yield pytest.param(lambda s: s.sign(BODY, crit=None), id="b64 not critical")
    yield pytest.param(lambda s: s.sign(BODY, crit=["b64", "exp"]), id="an unknown critical entry")
    yield pytest.param(lambda s: s.sign(BODY, crit="b64"), id="crit is no list")
    yield pytest.param(lambda s: s.sign(BODY, kid=None), id="names no key")
    yield pytest.param(lambda s: s.sign(BODY, kid=["a"]), id="the key's id is no text")
    yield pytest.param(lambda s: Signer().sign(BODY, kid=s.kid), id="a stranger's key under the true id")
    yield pytest.param(signed_with_the_public_key, id="HS256 with the public key")


def signed_with_the_public_key(saleor: Signer) -> str:
    """The classic confusion: the public key taken for a shared secret."""
    public = saleor.private[saleor.kid].public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    protected = segment({"alg": "HS256", "b64": False, "crit": ["b64"], "kid": saleor.kid})
    return f"{protected}..{text(hmac.digest(pem, f'{protected}.'.encode() + BODY, hashlib.sha256))}"


@pytest.mark.parametrize("forge", list(forgeries()))
def test_a_forgery_is_refused(saleor: Signer, keys: KeyRing, forge) -> None:
    verify(BODY, saleor.sign(BODY), keys)

    with pytest.raises(NotFromSaleor):
        verify(BODY, forge(saleor), keys)


def test_a_new_key_is_taken_while_the_old_one_still_holds(saleor: Signer, keys: KeyRing, clock: Clock) -> None:
    before = saleor.sign(BODY)
    verify(BODY, before, keys)
    clock.now += AGAIN_AFTER

    saleor.rotate(keep=True)

    verify(BODY, saleor.sign(BODY), keys)
    verify(BODY, before, keys)
    assert saleor.asked == 2


def test_a_key_that_was_withdrawn_opens_nothing_after_an_hour(saleor: Signer, keys: KeyRing, clock: Clock) -> None:
    before = saleor.sign(BODY)
    verify(BODY, before, keys)
    saleor.rotate()
    clock.now += FRESH - 1
    verify(BODY, before, keys)

    clock.now += 1

    with pytest.raises(NotFromSaleor):
        verify(BODY, before, keys)
    verify(BODY, saleor.sign(BODY), keys)


def test_strangers_make_us_ask_at_most_once_a_minute(saleor: Signer, keys: KeyRing, clock: Clock) -> None:
    verify(BODY, saleor.sign(BODY), keys)

    for _ in range(5):
        with pytest.raises(SaleorUnavailable):  # it may be a new key: Saleor shall come again
            verify(BODY, Signer().sign(BODY), keys)
    assert saleor.asked == 1

    clock.now += AGAIN_AFTER
    with pytest.raises(NotFromSaleor):
        verify(BODY, Signer().sign(BODY), keys)
    with pytest.raises(SaleorUnavailable):
        verify(BODY, Signer().sign(BODY), keys)
    assert saleor.asked == 2


def test_while_saleor_is_silent_the_keys_that_are_known_stay(saleor: Signer, keys: KeyRing, clock: Clock) -> None:
    known = saleor.sign(BODY)
    verify(BODY, known, keys)
    saleor.rotate()
    saleor.silent = True
    clock.now += FRESH

    verify(BODY, known, keys)
    with pytest.raises(SaleorUnavailable):
        verify(BODY, saleor.sign(BODY), keys)
    assert saleor.asked == 2, "silence is not asked again at once"

    clock.now += AGAIN_AFTER_SILENCE
    saleor.silent = False
    verify(BODY, saleor.sign(BODY), keys)


def test_keys_that_nobody_confirmed_for_a_day_are_believed_no_more(saleor: Signer, keys: KeyRing, clock: Clock) -> None:
    verify(BODY, saleor.sign(BODY), keys)
    saleor.silent = True

    clock.now += STALE

    with pytest.raises(SaleorUnavailable):
        verify(BODY, saleor.sign(BODY), keys)


def test_nobody_with_a_known_key_waits_for_a_question_that_hangs(saleor: Signer, clock: Clock) -> None:
    asked, answer = threading.Event(), threading.Event()

    def fetch() -> dict:
        if saleor.asked:
            asked.set()
            assert answer.wait(10)
        return saleor.jwks()

    keys = KeyRing(fetch, clock)
    known = saleor.sign(BODY)
    verify(BODY, known, keys)
    clock.now += AGAIN_AFTER
    saleor.rotate(keep=True)
    newcomer = threading.Thread(target=verify, args=(BODY, saleor.sign(BODY), keys))
    newcomer.start()
    assert asked.wait(10)

    verify(BODY, known, keys)  # would hang here
    clock.now += FRESH
    verify(BODY, known, keys)

    answer.set()
    newcomer.join(10)
    verify(BODY, saleor.sign(BODY), keys)
    assert saleor.asked == 2


def test_what_is_no_rsa_key_is_passed_over(saleor: Signer, clock: Clock) -> None:
    elliptic = ec.generate_private_key(ec.SECP256R1())
    numbers = elliptic.public_key().public_numbers()
    point = {"x": numbers.x, "y": numbers.y}
    odd = [
        {"kty": "EC", "crv": "P-256", "kid": "ec", **{name: text(n.to_bytes(32)) for name, n in point.items()}},
        {"kty": "RSA", "kid": "broken", "e": "AQAB"},
        {"kty": "RSA", "kid": "enc", "use": "enc", "e": "AQAB", "n": "AQAB"},
        "nothing",
    ]

    keys = KeyRing(lambda: {"keys": [*odd, *saleor.jwks()["keys"]]}, clock)

    verify(BODY, saleor.sign(BODY), keys)
    for kid in ("ec", "broken", "enc"):
        with pytest.raises(SaleorUnavailable):
            verify(BODY, saleor.sign(BODY, kid=kid), keys)
    assert isinstance(saleor.private[saleor.kid], rsa.RSAPrivateKey)
