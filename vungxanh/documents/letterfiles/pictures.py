"""Pictures of letters: PNG, JPEG and TIFF, measured by their own head before a machine opens them.

Sources: W3C PNG (third edition) 11.2.2; ITU-T T.81 (JPEG) B.2.2; TIFF 6.0 sections 2 and 8.
"""

import struct
from collections.abc import Iterator
from typing import Final

from vungxanh.documents.letterfiles.limits import Limits
from vungxanh.documents.letterfiles.on_a_page import as_pdf, jpeg_frame
from vungxanh.documents.letterfiles.pages.letter import letter_of
from vungxanh.documents.letterfiles.pages.tsv import pages_of
from vungxanh.documents.letterfiles.refusals import Reason, refused, too_large, too_many_scans
from vungxanh.documents.letterfiles.types import LetterText, Ocr, Picture
from vungxanh.refusals import Words

_BEGINNINGS: Final = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"II*\x00": "tif",
    b"MM\x00*": "tif",
}
_WIDTH_TAG, _HEIGHT_TAG = 256, 257
_SHORT_TYPE: Final = 3
_ENTRY_BYTES: Final = 12

Size = tuple[int, int]


def picture_ending(content: bytes) -> str | None:
    """What kind of picture the bytes begin like, None for anything else."""
    found = (ending for begin, ending in _BEGINNINGS.items() if content.startswith(begin))
    return next(found, None)


def read_picture(content: bytes, ending: str, *, ocr: Ocr | None, limits: Limits) -> LetterText:
    """The text of a picture, which may have many pages if it is a TIFF.

    A PNG or JPEG of the usual kinds is put on a page of A4 and read like a scan in a PDF, which
    straightens it; a TIFF, or an unusual one, goes to the machine as it is.
    """
    _check(content, ending, limits)
    if ocr is None:
        raise refused(Reason.OCR_MISSING)
    if page := as_pdf(content, ending):
        # PDFium takes a tenth of a second to load: only those wait who need it.
        from vungxanh.documents.letterfiles.pdf.reading import read_pdf

        return read_pdf(page, ocr, limits)
    pages = pages_of(ocr.read(Picture(content, ending)), None)
    return letter_of(pages, was_scanned=True)


def _check(content: bytes, ending: str, limits: Limits) -> None:
    sizes: list[Size] = []
    try:
        for size in _SIZES[ending](content):
            sizes.append(size)
            if len(sizes) > limits.scanned_pages:
                raise too_many_scans(limits)
    except (struct.error, IndexError):
        raise refused(Reason.DAMAGED) from None
    if not sizes or any(width * height == 0 for width, height in sizes):
        raise refused(Reason.DAMAGED)
    if max(width * height for width, height in sizes) > limits.page_pixels:
        pixels = limits.page_pixels // 1_000_000
        raise too_large(Words("Ảnh", "The picture"), pixels, Words("triệu điểm ảnh", "megapixels"))


def _png(content: bytes) -> Iterator[Size]:
    yield struct.unpack_from(">II", content, 16)


def _jpeg(content: bytes) -> Iterator[Size]:
    height, width = struct.unpack_from(">HH", content, jpeg_frame(content) + 3)
    yield width, height


def _tiff(content: bytes) -> Iterator[Size]:
    order = "<" if content.startswith(b"II") else ">"
    (directory,) = struct.unpack_from(f"{order}I", content, 4)
    while directory:
        (n_entries,) = struct.unpack_from(f"{order}H", content, directory)
        entries = range(directory + 2, directory + 2 + n_entries * _ENTRY_BYTES, _ENTRY_BYTES)
        said = dict(_tag(content, place, order) for place in entries)
        yield said.get(_WIDTH_TAG, 0), said.get(_HEIGHT_TAG, 0)
        (directory,) = struct.unpack_from(f"{order}I", content, entries.stop)


def _tag(content: bytes, place: int, order: str) -> tuple[int, int]:
    tag, form = struct.unpack_from(f"{order}HH", content, place)
    width = "H" if form == _SHORT_TYPE else "I"
    (value,) = struct.unpack_from(f"{order}{width}", content, place + 8)
    return tag, value


_SIZES: Final = {"png": _png, "jpg": _jpeg, "tif": _tiff}
