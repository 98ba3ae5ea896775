"""QR codes that lead to the verify page."""

import io

import segno
from django.conf import settings


def verify_qr(code: str) -> bytes:
    """An SVG with the permanent address of the code's verify page."""
    out = io.BytesIO()
    segno.make(f"{settings.PUBLIC_URL}/xac-minh/{code}/", error="m").save(
        out, kind="svg", xmldecl=False, omitsize=True, border=2, dark="#1d2320"
    )
    return out.getvalue()
