"""PDF to pages, with PDFium: words with their places, strokes, and pictures of pages.

PDFium is measured at 11 to 17 ms for a letter of two pages, every sign with its box; a reader in
pure Python (pdfplumber on pdfminer) at 180 to 250 ms. PDFium must not be entered by two threads at
once, so every call stands behind one lock.
"""

import io
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from vungxanh.documents.letterfiles.limits import Limits
from vungxanh.documents.letterfiles.pages.boxes import Page
from vungxanh.documents.letterfiles.pages.pixels import Grey
from vungxanh.documents.letterfiles.pdf.screening import screen
from vungxanh.documents.letterfiles.pdf.signs import Frame, words_of
from vungxanh.documents.letterfiles.pdf.strokes import Drawn, drawn_on
from vungxanh.documents.letterfiles.refusals import Reason, refused, too_large
from vungxanh.refusals import Words

DPI: Final = 300
_POINTS_PER_INCH: Final = 72
_TURN: Final = threading.Lock()


class PrintedPage(NamedTuple):
    """A page as it is printed; `drawn` says what stands on it beside words."""

    page: Page
    drawn: Drawn
    n_turned: int
    n_unreadable: int


class Printed:
    """An open PDF. Every method takes its turn at the library."""

    def __init__(self, document: pypdfium2.PdfDocument, limits: Limits) -> None:
        self._document, self.limits = document, limits
        self.n_pages = len(document)
        self._n_left = limits.characters

    def page(self, place: int) -> PrintedPage:
        """Words and strokes of one page, from 0; refuses a page of too many signs or words."""
        with _TURN, self._opened(place) as page:
            frame = _frame(page)
            drawn = drawn_on(page, frame, self.limits.page_objects)
            with closing(page.get_textpage()) as signs:
                self._n_left -= signs.count_chars()
                self._check(self._n_left, self.limits.characters)
                found = words_of(signs, frame)
        self._check(self.limits.page_words - len(found.words), self.limits.page_words)
        words = tuple(found.words)
        read = Page(frame.width, frame.height, words, drawn.across, drawn.down)
        return PrintedPage(read, drawn, found.n_turned, found.n_unreadable)

    def _check(self, n_left: int, limit: int) -> None:
        if n_left < 0:
            raise too_large(Words("Văn bản", "The text"), limit, Words("chữ", "signs"))

    def pixels(self, place: int) -> tuple[Grey, int]:
        """One page in grey and its dpi: 300, less where the paper is larger than a scanner's."""
        with _TURN, self._opened(place) as page:
            width, height = page.get_size()
            pixels = width * height * (DPI / _POINTS_PER_INCH) ** 2
            dpi = int(DPI * min(1.0, (self.limits.drawn_pixels / max(pixels, 1.0)) ** 0.5))
            bitmap = page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True, may_draw_forms=False)
            try:
                return _grey(bitmap), dpi
            finally:
                bitmap.close()

    @contextmanager
    def _opened(self, place: int) -> Iterator[pypdfium2.PdfPage]:
        """A page; whatever the library cannot do with it is damage."""
        try:
            with closing(self._document[place]) as page:
                yield page
        except pypdfium2.PdfiumError:
            raise refused(Reason.DAMAGED) from None


@contextmanager
def opened(content: bytes, limits: Limits) -> Iterator[Printed]:
    """A PDF, closed again at the end; refuses locked, broken and overlong ones, and bombs."""
    screen(content, limits)
    document = _loaded(content)
    try:
        if _is_encrypted(document):
            plain = _decrypted(document)
            screen(plain, limits)
        if len(document) > limits.pages:
            raise too_large(Words("Tệp PDF", "The PDF"), limits.pages, Words("trang", "pages"))
        yield Printed(document, limits)
    finally:
        with _TURN:
            document.close()


_LOCKED: Final = frozenset({pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY})


def _loaded(content: bytes) -> pypdfium2.PdfDocument:
    with _TURN:
        try:
            return pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            # PDFium keeps the code of an earlier file where this one fails without any.
            is_locked = b"/Encrypt" in content and error.err_code in _LOCKED
            raise refused(Reason.LOCKED if is_locked else Reason.DAMAGED) from None


def _is_encrypted(document: pypdfium2.PdfDocument) -> bool:
    """Whether its streams are encrypted, be it only to keep people from printing."""
    with _TURN:
        return bool(pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0)


def _decrypted(document: pypdfium2.PdfDocument) -> bytes:
    copy = io.BytesIO()
    with _TURN:
        try:
            document.save(copy, flags=pdfium.FPDF_REMOVE_SECURITY)
        except pypdfium2.PdfiumError:
            raise refused(Reason.DAMAGED) from None
    return copy.getvalue()


def _frame(page: pypdfium2.PdfPage) -> Frame:
    """What is shown of a page; its box may be inherited, which only this call sees."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        raise refused(Reason.DAMAGED)
    turns = page.get_rotation() // 90
    return Frame(box.left, box.bottom, box.right - box.left, box.top - box.bottom, turns)


def _grey(bitmap: pypdfium2.PdfBitmap) -> Grey:
    rows = np.frombuffer(bytes(bitmap.buffer), np.uint8).reshape(bitmap.height, bitmap.stride)
    return rows[:, : bitmap.width]
