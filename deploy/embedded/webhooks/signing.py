"""Signatures of webhooks: a detached JWS (RS256, b64 false) over the raw body, and the public keys for its readers."""

import base64
import hashlib
import json
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings


def private_key() -> rsa.RSAPrivateKey:
    """The server's key, made once and kept in its home (mode 0600); one that was put in its place is noticed."""
    path: Path = settings.SIGNING_KEY
    if not path.exists():
        draft = _draft(path)  # threads of one process race here too
        try:
            os.link(draft, path)  # the first of two processes wins, and nobody reads half a key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return _read(path, path.stat().st_mtime_ns)


def rotate() -> None:
    """Sign with a new key from now on. The old one's public half stays published until the next rotation."""
    path: Path = settings.SIGNING_KEY
    private_key()
    fresh, kept = _draft(path), path.with_suffix(f".{secrets.token_hex(6)}")
    os.link(path, kept)
    kept.replace(_previous(path))
    fresh.replace(path)


def jwks() -> list[dict[str, str]]:
    """The public keys as JSON: the one that signs, then the one that signed before it."""
    previous = _previous(settings.SIGNING_KEY)
    keys = [private_key()]
    if previous.exists():
        keys.append(_read(previous, previous.stat().st_mtime_ns))
    return [_jwk(key) for key in keys]


def sign(body: bytes) -> str:
    """`header..signature` of the raw body."""
    key = private_key()
    header: dict[str, Any] = {"alg": "RS256", "b64": False, "crit": ["b64"], "kid": _jwk(key)["kid"], "typ": "JWT"}
    protected = _text(json.dumps(header, separators=(",", ":")).encode())
    signature = key.sign(protected.encode() + b"." + body, padding.PKCS1v15(), hashes.SHA256())
    return f"{protected}..{_text(signature)}"


def _jwk(key: rsa.RSAPrivateKey) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    e, n = _text(_bytes(numbers.e)), _text(_bytes(numbers.n))
    thumbprint = hashlib.sha256(json.dumps({"e": e, "kty": "RSA", "n": n}, separators=(",", ":")).encode()).digest()
    return {"kty": "RSA", "use": "sig", "alg": "RS256", "key_ops": ["verify"], "kid": _text(thumbprint), "e": e, "n": n}  # type: ignore[dict-item]


@lru_cache(maxsize=4)
def _read(path: Path, _written: int) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)  # noqa: S101 - we wrote it
    return key


def _draft(path: Path) -> Path:
    """A new key in a file of its own, to be put in its place at one blow."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_suffix(f".{secrets.token_hex(6)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(text)
    return draft


def _previous(path: Path) -> Path:
    return path.with_suffix(".previous.pem")


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
