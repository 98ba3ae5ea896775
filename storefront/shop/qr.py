"""QR codes that lead to the verify page."""

import io

import segno
from django.conf import settings
from markupsafe import Markup


def verify_qr(code: str) -> Markup:
    """An inline SVG with the permanent address of the code's verify page."""
    out = io.BytesIO()
    segno.make(f"{settings.PUBLIC_URL}/xac-minh/{code}/", error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, dark="#1d2320"
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - segno's drawing of our own address
