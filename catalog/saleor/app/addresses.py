"""Is it the same Saleor? Addresses of its API compared by scheme, host, port and path."""

from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


def same_api(one: str, other: str) -> bool:
    """Do two addresses name one API? Only the case of the host, and a port that goes without saying, may differ."""
    parts = _parts(one)
    return parts is not None and parts == _parts(other)


def origin(url: str) -> str:
    """Scheme, host and port of an address, in lower case."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _parts(url: str) -> tuple[str, str, int | None, str] | None:
    try:
        parts = urlsplit(url.strip())
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        return None
    return parts.scheme, parts.hostname, port, parts.path
