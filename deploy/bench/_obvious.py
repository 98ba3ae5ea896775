"""A workbook brought in the obvious way, for comparison: openpyxl, and each row saved by itself. No conflicts, no
guards, no history, nothing to go on with after a kill; the same judging, the same tables."""

import os
import sys
from pathlib import Path
from typing import Any

from openpyxl import load_workbook


def main(path: Path) -> None:
    """Read and save."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
    import django  # noqa: PLC0415

    django.setup()
    from catalog.certificates.models import Source  # noqa: PLC0415
    from deploy.cli.database import migrate  # noqa: PLC0415

    migrate()
    source, _ = Source.objects.get_or_create(name="thu")
    sheet = load_workbook(path)["Loc"]
    for number, cells in enumerate(sheet.iter_rows(min_row=3, values_only=True), start=3):
        save(source, number, ["" if cell is None else str(cell) for cell in cells])


def save(source: Any, number: int, cells: list[str]) -> None:
    """One row, each object by itself."""
    from catalog import clock  # noqa: PLC0415
    from catalog.certificates.models import Recognition, SourceRecord  # noqa: PLC0415
    from catalog.certificates.services import refresh_gate  # noqa: PLC0415
    from catalog.producers.models import Producer, ProducerName  # noqa: PLC0415
    from catalog.products.codes import new_code  # noqa: PLC0415
    from catalog.products.models import Product  # noqa: PLC0415
    from catalog.text import name_key  # noqa: PLC0415
    from ocop_sync.records import RawRecognition, RawRecord  # noqa: PLC0415
    from ocop_sync.runs.identity import identity_of  # noqa: PLC0415
    from ocop_sync.runs.judging import judge  # noqa: PLC0415

    names = ("star", "issued", "year", "decision", "authority")
    groups = (RawRecognition(**dict(zip(names, cells[at : at + 5], strict=True))) for at in (11, 16))
    record = RawRecord(
        sheet="Loc", row=number, product=cells[1], category=cells[2], producer_kind=cells[3], producer=cells[4],
        commune=cells[5], address=cells[6], current_star=cells[9], expires=cells[10],
        recognitions=tuple(one for one in groups if not one.is_empty),
    )  # fmt: skip
    one = judge(record, clock.today(), default_tier="B1")
    place, grant = one.decision.place, one.decision.grant
    row = SourceRecord.objects.filter(source=source, key=one.key).first() or SourceRecord(source=source, key=one.key)
    row.row, row.hash, row.columns, row.outcome = number, one.hash, record.columns(), one.outcome
    row.status, row.expires_on = (grant.status, grant.expires_on) if grant else ("valid", None)
    row.reasons, row.evidence, row.star = list(one.decision.reasons), one.decision.tier, one.decision.star
    if one.proves and grant is not None:
        producer, is_new = Producer.objects.get_or_create(
            name_key=name_key(record.producer), province_code=place.province_code, defaults={"name": record.producer}
        )
        if is_new:
            ProducerName.objects.create(producer=producer, name=producer.name, since=clock.today())
        facts = {"name": record.product, "province_code": place.province_code, "commune_code": place.commune_code}
        product, _ = Product.objects.update_or_create(
            producer=producer,
            name_key=name_key(record.product),
            defaults=facts,
            create_defaults=facts | {"code": new_code()},
        )
        for told in (*one.decision.history, grant):
            authority, decision, issued_on = identity_of(told)
            row.recognition, _ = Recognition.objects.update_or_create(
                product=product,
                authority_key=authority,
                decision_key=decision,
                issued_on=issued_on,
                defaults={"authority": told.authority, "decision_number": told.decision, "star": told.star},
            )
        row.product = product
        row.save()
        refresh_gate([product.pk])
    else:
        row.save()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
