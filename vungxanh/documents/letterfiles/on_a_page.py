"""A PNG or JPEG put on a page of a PDF as it is, without being unpacked.

PDF holds both formats natively: JPEG as DCTDecode, the rows of a PNG as FlateDecode with the same
predictors (ISO 32000-1, 7.4.4.4 and 7.4.8; W3C PNG, third edition, 10 and 11.2).
"""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

_A4_WIDTH: Final = 595.0
_FIRST_CHUNK: Final = 8
_CHUNK_FRAME: Final = 12  # length, type and check sum
# Markers of JPEG that begin a frame: all of C0 to CF but tables (C4, CC) and an extension (C8).
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_FILL: Final = 0xFF
_GREY, _COLOUR, _PALETTE = 0, 2, 3
_SPACES: Final = {1: "/DeviceGray", 3: "/DeviceRGB"}
_SOF_PRECISION: Final = 8


class _Image(NamedTuple):
    """A picture as PDF says it."""

    width: int
    height: int
    entries: str
    stream: bytes


def as_pdf(content: bytes, ending: str) -> bytes | None:
    """A PDF of one page with the picture on it, None where PDF has no form for it."""
    try:
        image = _png(content) if ending == "png" else _jpeg(content) if ending == "jpg" else None
    except (struct.error, IndexError):
        return None
    return None if image is None else _page(image)


def _png(content: bytes) -> _Image | None:
    """Grey, coloured or with a palette; not interlaced, not transparent."""
    chunks = list(_chunks(content))
    head = dict(chunks).get(b"IHDR", b"")
    width, height, depth, colour, *_, interlaced = struct.unpack(">IIBBBBB", head)
    if interlaced or colour not in {_GREY, _COLOUR, _PALETTE} or depth > _SOF_PRECISION:
        return None
    n_colours = 3 if colour == _COLOUR else 1
    space = _SPACES[n_colours]
    if colour == _PALETTE:
        palette = dict(chunks).get(b"PLTE", b"\0\0\0")
        space = f"[/Indexed/DeviceRGB {len(palette) // 3 - 1}<{palette.hex()}>]"
    rows = f"/Predictor 15/Colors {n_colours}/BitsPerComponent {depth}/Columns {width}"
    entries = f"/Filter/FlateDecode/DecodeParms<<{rows}>>/BitsPerComponent {depth}"
    packed = b"".join(said for kind, said in chunks if kind == b"IDAT")
    return _Image(width, height, f"{entries}/ColorSpace{space}", packed)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = _FIRST_CHUNK
    while place + _CHUNK_FRAME <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        yield kind, content[place + 8 : place + 8 + length]
        place += _CHUNK_FRAME + length


def _jpeg(content: bytes) -> _Image | None:
    """Grey or coloured; CMYK is left to the machine."""
    said = struct.unpack_from(">BHHB", content, jpeg_frame(content) + 2)
    precision, height, width, n_colours = said
    if precision != _SOF_PRECISION or n_colours not in _SPACES:
        return None
    space = _SPACES[n_colours]
    entries = f"/Filter/DCTDecode/BitsPerComponent {precision}/ColorSpace{space}"
    return _Image(width, height, entries, content)


def jpeg_frame(content: bytes) -> int:
    """Where the frame of a JPEG begins, behind its marker (ITU-T T.81, B.2.2).

    Raises IndexError or struct.error where there is none.
    """
    place = 2
    while True:
        while content[place] == _FILL:
            place += 1
        marker = content[place]
        place += 1
        if marker in _FRAMES:
            return place
        if marker not in _WITHOUT_LENGTH:
            (length,) = struct.unpack_from(">H", content, place)
            place += length


def _page(image: _Image) -> bytes:
    width, height = _A4_WIDTH, _A4_WIDTH * image.height / image.width
    shape = f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}"
    drawn = f"{width} 0 0 {height} 0 0 cm /I Do".encode()
    links = "/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]{links}>>".encode(),
        _stream("", drawn),
        _stream(shape + image.entries, image.stream),
    )
    file, places = bytearray(b"%PDF-1.4\n"), []
    for number, said in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    lines = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, size = len(file), len(objects) + 1
    file += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, lines)
    file += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)
    return bytes(file)


def _stream(entries: str, content: bytes) -> bytes:
    return f"<</Length {len(content)}{entries}>>stream\n".encode() + content + b"\nendstream"
