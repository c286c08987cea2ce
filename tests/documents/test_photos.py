"""Photos are made anew: small, upright, bare; bombs and other files are turned away."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from vungxanh.documents.photos import LONGEST_SIDE, MOST_BYTES, PhotoError, made_anew

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def a_photo(form: str = "JPEG", size: tuple[int, int] = (60, 40), **said: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **said)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(made_anew(content)))


def kept_or_refused(content: bytes) -> str:
    try:
        return str(opened(content).format)
    except PhotoError as refusal:
        return refusal.code


def with_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[MAKER] = "PLANTED-MAKER"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[2] = (13.0, 46.0, 30.0)
    return a_photo(exif=exif.tobytes(), comment=b"PLANTED-COMMENT")


def a_bomb(side: int) -> bytes:
    """A PNG of a few hundred kilobytes that says it is huge."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_photos_of_three_forms_become_jpeg(form: str) -> None:
    assert (opened(a_photo(form)).format, opened(a_photo(form)).size) == ("JPEG", (60, 40))


def test_where_by_what_and_comments_are_gone() -> None:
    before, after = with_exif(), made_anew(with_exif())
    assert b"PLANTED-MAKER" in before
    assert b"PLANTED-COMMENT" in before
    assert b"PLANTED" not in after
    assert b"Exif" not in after
    assert not dict(Image.open(io.BytesIO(after)).getexif())


def test_a_photo_taken_upright_stays_upright() -> None:
    assert opened(with_exif(6)).size == (40, 60)


def test_a_large_photo_becomes_smaller_and_keeps_its_shape() -> None:
    assert opened(a_photo(size=(4000, 2000))).size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_what_is_clear_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(out.getvalue()).getpixel((3, 3)) == (255, 255, 255)


@pytest.mark.parametrize("side", [20_000, 60_000])
def test_a_bomb_is_refused_by_its_head(side: int) -> None:
    with pytest.raises(PhotoError) as refused:
        made_anew(a_bomb(side))
    assert refused.value.code == "documents.photo_pixels"


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"GIF89a" + b"\0" * 50, b"%PDF-1.7", b"<svg/>", a_photo()[:200], a_bomb(500)],
    ids=["empty", "short", "gif", "pdf", "svg", "cut", "damaged"],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(PhotoError) as refused:
        made_anew(content)
    assert refused.value.code == "documents.not_a_photo"


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(PhotoError) as refused:
        made_anew(b"\xff\xd8\xff" + b"\0" * MOST_BYTES)
    assert refused.value.code == "documents.photo_too_large"


@settings(max_examples=150)
@given(st.integers(0, 700), st.binary(min_size=1, max_size=4))
def test_damage_anywhere_gives_a_photo_or_a_refusal(at: int, damage: bytes) -> None:
    content = a_photo("PNG")
    at = min(at, len(content) - 1)
    broken = content[:at] + damage + content[at + len(damage) :]
    assert kept_or_refused(broken) in {"JPEG", "documents.not_a_photo", "documents.photo_pixels"}
