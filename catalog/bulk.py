"""Writing many rows at once."""

from collections.abc import Sequence

from django.db.models import Model


def update_all(objects: Sequence[Model], fields: Sequence[str]) -> None:
    """Write these fields of whole objects that the caller has read and locked in this transaction.

    An insert that gives way to an update: Django's own bulk_update builds one CASE a row and a field, which was most
    of the time that a sync took. `auto_now` fields are set, but written only if they are named.
    """
    if objects:
        rows = type(objects[0])._default_manager
        rows.bulk_create(objects, update_conflicts=True, unique_fields=["pk"], update_fields=fields)
