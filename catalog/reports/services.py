"""Receiving a report, and what its sender may see of it."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from catalog.livestreams.models import Livestream
from catalog.personal import scrub
from catalog.products.codes import ALPHABET, read_code
from catalog.products.models import Product
from catalog.regions import resolve
from catalog.reports import photos
from catalog.reports.errors import PhotosNotStored
from catalog.reports.models import OPEN_STATES, Action, Kind, Report, ReportEvent, ReportPhoto, private_storage
from catalog.reports.quota import admit
from catalog.text import clean

log = logging.getLogger(__name__)
REFERENCE_LENGTH = 12  # 60 bits
_READ = str.maketrans({"I": "1", "L": "1", "O": "0", " ": None, "-": None})


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen and where, as typed. `commune` is a name of today or of before July 2025, in the province.

    `livestream`: the code of a public session, where it was seen in one.
    """

    kind: Kind
    code: str = ""
    province_code: str = ""
    commune: str = ""
    place: str = ""
    note: str = ""
    livestream: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What the sender sees: a value of `State` (of a duplicate its original's), and the officer's sentence."""

    reference: str
    state: str
    label: str
    answer: str


def submit(token: str, seen: Sighting, uploads: Sequence["UploadedFile[bytes]"], address: str) -> Report:
    """Keep a report from a network address; a repeat with the same token is the same report and counts once.

    Raises TooManyReports, TooManyPhotos, PhotosTooLarge, BadPhoto and its kinds, PhotosNotStored; then nothing is kept.
    """
    if known := Report.objects.filter(token=token).first():
        return known
    photos.check_sizes(uploads)
    admit(address)
    made = [photos.rewrite(upload.read(), number) for number, upload in enumerate(uploads, 1)]
    names = _store(made)
    try:
        return _create(token, seen, list(zip(names, made, strict=True)))
    except IntegrityError:
        _drop(names)
        return Report.objects.get(token=token)  # the other half of a double click was faster


def progress(reference: str) -> Progress | None:
    """How a report stands, for who holds its reference; None for a reference that is none."""
    typed = reference.upper().translate(_READ)
    if len(typed) != REFERENCE_LENGTH or not set(typed) <= set(ALPHABET):
        return None
    report = Report.objects.select_related("duplicate_of").filter(reference=typed).first()
    if report is None:
        return None
    counted = report.duplicate_of or report
    return Progress(written(report.reference), counted.state, counted.get_state_display(), counted.answer)


def written(reference: str) -> str:
    """As people copy it: 7K3M-9QXA-2BCD."""
    return "-".join(reference[i : i + 4] for i in range(0, len(reference), 4))


def tidy_text(text: str, most: int) -> str:
    """What somebody typed, without control characters and telephone numbers; its lines stay lines."""
    lines = (clean(line) for line in text.splitlines())
    return scrub("\n".join(line for line in lines if line))[:most]


def open_count() -> int:
    """Reports that wait for a decision."""
    return Report.objects.filter(state__in=OPEN_STATES).count()


@transaction.atomic
def _create(token: str, seen: Sighting, stored: list[tuple[str, photos.Photo]]) -> Report:
    code = read_code(seen.code)
    commune, place = _place(seen)
    report = Report.objects.create(
        reference="".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH)),
        token=token,
        kind=seen.kind,
        code=code or tidy_text(seen.code, 20),
        product=Product.objects.filter(code=code).first() if code else None,
        livestream=Livestream.objects.filter(code=seen.livestream).first() if seen.livestream else None,
        province_code=seen.province_code,
        commune_code=commune,
        place=place,
        note=tidy_text(seen.note, 1000),
    )
    for name, photo in stored:
        ReportPhoto.objects.create(report=report, name=name, width=photo.width, height=photo.height)
    ReportEvent.objects.create(report=report, version=0, action=Action.RECEIVED)
    return report


def _place(seen: Sighting) -> tuple[str, str]:
    """The commune's code where the name proves itself, else the name stays a text: nothing is guessed."""
    commune, place = clean(seen.commune), seen.place
    if not commune:
        return "", tidy_text(place, 300)
    found = resolve("", seen.province_code, commune=commune).commune_code if seen.province_code else ""
    return found, tidy_text(place if found else f"{commune}, {place}".strip(", "), 300)


def _store(made: Sequence[photos.Photo]) -> list[str]:
    """Outside the transaction: a slow storage must not hold the database. What a killed process leaves is tidied."""
    names: list[str] = []
    try:
        for photo in made:
            name = f"reports/{secrets.token_hex(24)}.jpg"
            names.append(private_storage().save(name, ContentFile(photo.data)))
    except Exception as error:  # whatever the storage's library raises
        log.exception("a report's photos could not be stored")
        _drop(names)
        raise PhotosNotStored from error
    return names


def _drop(names: Sequence[str]) -> None:
    try:
        for name in names:
            private_storage().delete(name)
    except Exception:  # tidied later
        log.warning("photos without a report wait for the tidying", exc_info=True)
