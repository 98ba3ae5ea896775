"""Which addresses a feed may be fetched from: public ones over TLS; this machine only when it is named so."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from ocop_sync.sources.reading import display_name
from ocop_sync.sources.refusals import Refusal

LONGEST = 2000  # characters
_LOCAL = ("localhost", "localhost.")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Place:
    """Scheme, host and port of an address, its path; `is_loopback` when it names this machine itself."""

    scheme: str
    host: str
    port: int
    path: str
    is_loopback: bool

    @property
    def origin(self) -> tuple[str, str, int]:
        """What has to be the same for a token to be sent."""
        return self.scheme, self.host, self.port

    @property
    def netloc(self) -> str:
        """Host and port as the header `Host` names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"https": 443, "http": 80}[self.scheme] else f"{host}:{self.port}"


def place_of(url: str) -> Place:
    """An address taken apart. Raises SourceUnusable: no TLS, a user, a query, or no address at all."""
    source = display_name(url)
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
        host = host if _literal(host) else host.encode("idna").decode()
    except (ValueError, UnicodeError) as error:
        raise _bad(source, "sai quy cách", "malformed") from error
    if not host or len(url) > LONGEST or not url.isprintable() or " " in url:
        raise _bad(source, "sai quy cách", "malformed")
    if parts.username is not None or parts.password is not None:
        raise _bad(source, "không ghi tên và mật khẩu trong địa chỉ; hãy dùng token trong tệp nguồn",
                   "no user or password in an address; use a token in the file of sources")  # fmt: skip
    if parts.query or parts.fragment:
        raise _bad(source, "không kèm tham số (?…, #…)", "no query and no fragment")
    literal = _literal(host)
    is_loopback = host in _LOCAL or (literal is not None and literal.is_loopback)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback):
        raise _bad(source, "phải là https", "it must be https")
    return Place(parts.scheme, host, port or {"https": 443, "http": 80}[parts.scheme], parts.path, is_loopback)


def resolved(place: Place, source: str) -> list[str]:
    """The checked addresses of a host; those are called, so that a second look-up cannot lead elsewhere.

    Raises SourceUnusable when any of them is private, link-local or reserved; OSError when there is none.
    """
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]).split("%")[0] for one in found))
    for text in addresses:
        address = ipaddress.ip_address(text)
        if not (address.is_loopback if place.is_loopback else _is_public(address)):
            raise Refusal("forbidden_address", source=source, host=place.host, address=text)
    return addresses


def _is_public(address: _Address) -> bool:
    """Reachable by everybody; an IPv6 address that carries an IPv4 one is as public as that."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None,))[0]
        if address in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _literal(host: str) -> _Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _bad(source: str, vi: str, en: str) -> Refusal:
    return Refusal("bad_address", source=source, reason_vi=vi, reason_en=en)
