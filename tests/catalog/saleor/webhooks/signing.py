"""A Saleor of these tests: it signs bodies as the real one does, and answers with its public keys."""

import base64
import json
from itertools import count
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from catalog.saleor.errors import SaleorUnavailable

_numbers = count(1)


class Signer:
    """Keys by id, the newest of which signs; `asked` counts how often the public ones were fetched."""

    def __init__(self) -> None:
        self.private: dict[str, rsa.RSAPrivateKey] = {}
        self.asked = 0
        self.silent = False
        self.rotate()

    def rotate(self, *, keep: bool = False) -> str:
        """A new key, beside the old ones or in their place; its id."""
        if not keep:
            self.private.clear()
        kid = f"key-{next(_numbers)}"
        self.private[kid] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return kid

    @property
    def kid(self) -> str:
        """The id of the key that signs."""
        return list(self.private)[-1]

    def jwks(self) -> dict[str, Any]:
        """What lies at /.well-known/jwks.json. Raises SaleorUnavailable while `silent`."""
        self.asked += 1
        if self.silent:
            raise SaleorUnavailable(operation="jwks", reason="silent")
        return {"keys": [public(key, kid) for kid, key in self.private.items()]}

    def sign(self, body: bytes, **header: Any) -> str:
        """`header..signature`; `header` changes single entries of the protected header, None takes one away."""
        entries = {"alg": "RS256", "b64": False, "crit": ["b64"], "kid": self.kid, "typ": "JWT"} | header
        protected = segment({name: value for name, value in entries.items() if value is not None})
        made = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(
            f"{protected}.".encode() + body, self.private[self.kid]
        )
        return f"{protected}..{text(made)}"


def public(key: rsa.RSAPrivateKey, kid: str) -> dict[str, Any]:
    """A public key as an entry of a JWKS."""
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    return {**jwk, "use": "sig", "alg": "RS256", "kid": kid}


def segment(value: Any) -> str:
    """JSON as a segment of a JWS."""
    return text(json.dumps(value, separators=(",", ":")).encode())


def text(raw: bytes) -> str:
    """Base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
