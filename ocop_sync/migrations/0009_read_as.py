"""The cells by which records already prove, where these are not those of their rows (see docs/decisions/0020)."""

from typing import Any

from django.db import migrations

from ocop_sync.held.rulings import corrected
from ocop_sync.records import RawRecord


def keep(apps: Any, schema_editor: Any) -> None:
    """Corrected rows as they were corrected; of a row that waits what it was before is unknown."""
    records = apps.get_model("catalog", "SourceRecord").objects
    rulings = apps.get_model("ocop_sync", "Ruling").objects.order_by("version")
    last = {(source, row): cells for source, row, cells in rulings.values_list("source", "hash", "cells")}
    for (source, row), cells in last.items():
        for record in records.filter(source=source, hash=row) if cells else ():
            record.read_as = corrected(RawRecord.from_columns(record.columns), cells).columns()
            record.save(update_fields=["read_as"])
    records.filter(keeps_proof=True).update(read_as={})


class Migration(migrations.Migration):
    dependencies = [("catalog", "0010_read_as"), ("ocop_sync", "0008_source_schedules")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
