"""Photos that strangers send: read with distrust, taken to bare pixels, written anew.

What is stored is a JPEG of our own making, so neither EXIF (with the place and the camera), comments, colour profiles
nor anything hidden behind the picture survives. Only Pillow's decoders for JPEG, PNG and WebP are let near the bytes:
SVG, TIFF, PDF and the like are never parsed. HEIC would need another C decoder; phones turn it into JPEG themselves
where a form asks for JPEG.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from catalog.reports.errors import BadPhoto, HeicPhoto, HugePhoto, MovingPhoto, PhotosTooLarge, TooManyPhotos

MOST, MOST_BYTES, MOST_BYTES_TOGETHER = 3, 8_000_000, 9_000_000  # with the texts below the proxy's 10 MB
LONG_EDGE, QUALITY = 1600, 82
# Pixels: a JPEG is shrunk while it is decoded, the others are decoded whole (four bytes each). MPO is a phone's JPEG
# with more pictures behind the first, which alone is read.
PIXELS = {"JPEG": 51_000_000, "MPO": 51_000_000, "PNG": 17_000_000, "WEBP": 17_000_000}
_STILL = ("JPEG", "MPO")
_FOREIGN = (b"<script", b"<html", b"<!doctype", b"<svg", b"<?php", b"%pdf-1.", b"%pdf-2.")
_ZIP_END, _ZIP_TAIL = b"PK\x05\x06", 66_000
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1")


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG without metadata, its long edge 1,600 pixels at most."""

    data: bytes
    width: int
    height: int


def check_sizes(uploads: Sequence["UploadedFile[bytes]"]) -> None:
    """Refuse by number and bytes, before anything is read. Raises TooManyPhotos, HugePhoto, PhotosTooLarge."""
    if len(uploads) > MOST:
        raise TooManyPhotos(most=MOST)
    for number, upload in enumerate(uploads, 1):
        if (upload.size or 0) > MOST_BYTES:
            raise HugePhoto(number=number, most=MOST_BYTES // 1_000_000)
    if sum(upload.size or 0 for upload in uploads) > MOST_BYTES_TOGETHER:
        raise PhotosTooLarge(most=MOST_BYTES_TOGETHER // 1_000_000)


def rewrite(data: bytes, number: int = 1) -> Photo:
    """The photo made anew. Raises BadPhoto or one of its kinds, which name the photo's `number`."""
    if data[4:12] in _HEIC:
        raise HeicPhoto(number=number)
    lowered = data.lower()
    if any(mark in lowered for mark in _FOREIGN) or _ZIP_END in data[-_ZIP_TAIL:]:
        raise BadPhoto(number=number)  # a picture that is something else as well
    try:
        return _rewrite(data, number)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise HugePhoto(number=number, most=MOST_BYTES // 1_000_000) from error
    except BadPhoto:
        raise
    except Exception as error:  # a decoder may raise whatever a crafted file makes it raise
        raise BadPhoto(number=number) from error


def _rewrite(data: bytes, number: int) -> Photo:
    with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
        if picture.width * picture.height > PIXELS[str(picture.format)]:
            raise HugePhoto(number=number, most=MOST_BYTES // 1_000_000)
        if picture.format not in _STILL and getattr(picture, "n_frames", 1) > 1:
            raise MovingPhoto(number=number)
        picture.draft("RGB", (LONG_EDGE, LONG_EDGE))
        picture.thumbnail((LONG_EDGE, LONG_EDGE))
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    bare = Image.new("RGB", upright.size, "white")  # a new picture has no comment, profile or EXIF to carry on
    bare.paste(upright, mask=upright.getchannel("A"))
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Photo(out.getvalue(), *bare.size)
