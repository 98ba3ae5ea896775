"""What strangers send as photos: bare pixels are kept, everything else is refused or gone."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from catalog.reports import photos
from catalog.reports.errors import BadPhoto, HeicPhoto, HugePhoto, MovingPhoto, PhotosTooLarge, TooManyPhotos
from tests.pictures import animation, picture, upload


def _with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Maker-of-the-camera"
    exif[0x0112] = 6  # stored lying on its side
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 45.0, 30.0), 3: "E", 4: (106.0, 40.0, 12.0)})
    return picture(
        size=(80, 60), exif=exif, comment=b"taken at home", dpi=(72, 72), icc_profile=b"profile-of-the-phone"
    )


def test_exif_place_comment_and_profile_are_gone_and_the_picture_stands_upright() -> None:
    sent = _with_exif()
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825)

    made = photos.rewrite(sent)

    kept = Image.open(BytesIO(made.data))
    assert dict(kept.getexif()) == {}
    assert "comment" not in kept.info
    assert "icc_profile" not in kept.info
    for trace in (b"Exif", b"Maker-of-the-camera", b"taken at home", b"profile-of-the-phone"):
        assert trace not in made.data
    assert (kept.format, kept.size) == ("JPEG", (60, 80))
    assert (made.width, made.height) == (60, 80)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_formats_come_in_and_one_goes_out(kind: str) -> None:
    made = photos.rewrite(picture(kind, (3200, 1200)))
    assert (made.width, made.height) == (1600, 600)
    assert Image.open(BytesIO(made.data)).format == "JPEG"


def test_what_is_transparent_becomes_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    made = Image.open(BytesIO(photos.rewrite(out.getvalue()).data))
    assert made.getpixel((5, 5)) == (255, 255, 255)


def test_a_phones_second_picture_and_appended_film_are_left_behind() -> None:
    out = BytesIO()
    first, second = Image.new("RGB", (40, 40), "red"), Image.new("RGB", (40, 40), "blue")
    first.save(out, "MPO", save_all=True, append_images=[second])
    made = Image.open(BytesIO(photos.rewrite(out.getvalue() + b"\0\0\0\x18ftypmp42 a film").data))
    assert (made.format, getattr(made, "n_frames", 1)) == ("JPEG", 1)
    red, _, blue = made.getpixel((20, 20))
    assert red > 240 > 20 > blue


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_is_refused(kind: str) -> None:
    with pytest.raises(MovingPhoto):
        photos.rewrite(animation(kind), 2)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"not a picture", id="text"),
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', id="svg"),
        pytest.param(animation("GIF"), id="gif"),
        pytest.param(picture("TIFF"), id="tiff"),
        pytest.param(picture("PDF"), id="pdf"),
        pytest.param(picture("BMP"), id="bmp"),
        pytest.param(picture(size=(400, 300))[:600], id="torn"),
        pytest.param(picture() + b"<SCRIPT>alert(1)</script>", id="with a script behind"),
        pytest.param(picture(comment=b"<html><body>"), id="with a page inside"),
        pytest.param(picture("PNG") + b"PK\x05\x06" + bytes(18), id="with an archive behind"),
        pytest.param(picture() + b"%PDF-1.7", id="with a document behind"),
    ],
)
def test_what_is_no_picture_or_more_than_one_thing_is_refused(data: bytes) -> None:
    with pytest.raises(BadPhoto) as told:
        photos.rewrite(data, 3)
    assert told.value.data == {"number": 3}
    assert "Ảnh thứ 3" in told.value.message()


def test_heic_is_refused_with_its_name() -> None:
    with pytest.raises(HeicPhoto):
        photos.rewrite(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")


def _bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it is enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(9_999)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(5_000, 5_000), (10_000, 10_000), (20_000, 20_000), (65_000, 65_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    def load(_: object) -> None:
        pytest.fail("it was unpacked")

    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", load)
    with pytest.raises(HugePhoto):
        photos.rewrite(_bomb(*size))


def test_number_and_bytes_are_looked_at_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MOST_BYTES", 1000)
    monkeypatch.setattr(photos, "MOST_BYTES_TOGETHER", 1500)
    photos.check_sizes([upload(b"x" * 500)] * 3)
    with pytest.raises(TooManyPhotos):
        photos.check_sizes([upload(b"x")] * 4)
    with pytest.raises(HugePhoto) as told:
        photos.check_sizes([upload(b"x"), upload(b"x" * 1001)])
    assert told.value.data["number"] == 2
    with pytest.raises(PhotosTooLarge):
        photos.check_sizes([upload(b"x" * 800)] * 2)
