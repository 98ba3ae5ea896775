"""Pictures as phones and as ill-meaning strangers send them."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (80, 60), mode: str = "RGB", **options: Any) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new(mode, size, "teal").save(out, kind, **options)
    return out.getvalue()


def animation(kind: str) -> bytes:
    """Two frames."""
    out = BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def upload(data: bytes | None = None, name: str = "nhan.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, data if data is not None else picture(), kind)
