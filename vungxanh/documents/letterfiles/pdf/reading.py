"""A PDF to the text of a letter: its own words, and where it has none, words read from pictures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vungxanh.documents.letterfiles.limits import Limits
from vungxanh.documents.letterfiles.pages.boxes import Page
from vungxanh.documents.letterfiles.pages.letter import letter_of
from vungxanh.documents.letterfiles.pages.pixels import Grey, straightened
from vungxanh.documents.letterfiles.pages.tsv import pages_of
from vungxanh.documents.letterfiles.pdf.document import Printed, PrintedPage, opened
from vungxanh.documents.letterfiles.refusals import Reason, refused, too_many_scans
from vungxanh.documents.letterfiles.types import LetterText, Ocr
from vungxanh.refusals import Words

# A page under a picture with fewer signs than this holds a stamp of the scanner, not the letter.
_FEWEST_SIGNS: Final = 100
_PICTURE: Final = 0.5
_OUTLINES: Final = 100
_UNREADABLE: Final = 0.3
_UNDERLAID: Final = Words(
    vi="Chữ nằm dưới ảnh quét do phần mềm khác nhận dạng, có thể sai: đối chiếu với ảnh.",
    en="The words lie under a scanned picture and were recognised by other software: compare"
    " them with the picture.",
)
_TURNED: Final = Words(
    vi="Có chữ xoay nghiêng (dấu chìm, chữ dọc), chưa đọc.",
    en="Some words stand askew (a watermark, upright words) and were not read.",
)


def read_pdf(content: bytes, ocr: Ocr | None, limits: Limits) -> LetterText:
    """The text of a PDF; pages that are pictures go through `ocr`."""
    with opened(content, limits) as printed:
        read = [printed.page(place) for place in range(printed.n_pages)]
        scanned = [place for place, page in enumerate(read) if _is_picture(page)]
        pages = [page.page for page in read]
        for place, page in zip(scanned, _recognised(printed, scanned, ocr), strict=True):
            pages[place] = page
    warnings = _warnings([page for place, page in enumerate(read) if place not in scanned])
    return letter_of(pages, was_scanned=bool(scanned), warnings=warnings)


def _is_picture(read: PrintedPage) -> bool:
    """Whether a page shows more than its words say: a scan, outlines of letters, unknown signs."""
    n_signs = sum(len(word.text) for word in read.page.words)
    if read.n_unreadable > _UNREADABLE * max(n_signs, 1):
        return True
    if n_signs >= _FEWEST_SIGNS:
        return False
    covered = read.drawn.picture_share
    return covered >= _PICTURE or (not n_signs and (covered > 0 or read.drawn.n_paths >= _OUTLINES))


def _recognised(printed: Printed, places: Sequence[int], ocr: Ocr | None) -> list[Page]:
    """The pages that are pictures; the library is free while a machine reads them."""
    if not places:
        return []
    if ocr is None:
        raise refused(Reason.OCR_MISSING)
    if len(places) > printed.limits.scanned_pages:
        raise too_many_scans(printed.limits)
    return [_read_by_machine(*printed.pixels(place), ocr) for place in places]


def _read_by_machine(page: Grey, dpi: int, ocr: Ocr) -> Page:
    ready = straightened(page, dpi)
    read = pages_of(ocr.read(ready.picture), dpi)[0]
    return replace(read, across=ready.across, down=ready.down)


def _warnings(read: Sequence[PrintedPage]) -> tuple[Words, ...]:
    underlaid = any(page.drawn.is_hidden and page.page.words for page in read)
    turned = any(page.n_turned for page in read)
    return ((_UNDERLAID,) if underlaid else ()) + ((_TURNED,) if turned else ())
