"""Reports for tests."""

import secrets
from typing import Any

from catalog.people.models import User
from catalog.reports.models import Kind, Report
from catalog.reports.services import Sighting, submit
from tests.pictures import upload


def token() -> str:
    return secrets.token_urlsafe(16)


def make_report(photos: int = 0, address: str = "198.51.100.7", **seen: Any) -> Report:
    """A report from Đà Lạt's market."""
    facts = {"kind": Kind.EXPIRED, "province_code": "68", "place": "Chợ Đà Lạt", **seen}
    return submit(token(), Sighting(**facts), [upload() for _ in range(photos)], address)


def make_officer(name: str = "can-bo") -> User:
    return User.objects.create(username=name, full_name=f"Cán bộ {name}", is_officer=True)
