"""The signs of a PDF page to words with their places.

PDFium hands out signs in the order in which the file draws them, with blanks and line ends that it
found itself. Only what stands close together on one line is one word here; the order of words is
decided later, by where they stand.
"""

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from vungxanh.documents.letterfiles.legacy import marked
from vungxanh.documents.letterfiles.pages.boxes import Word

_BLANK: Final = 0x20
_HYPHEN: Final = 0x02  # what PDFium makes of a hyphen at the end of a line
_UNMAPPED: Final = frozenset({0xFFFE, 0xFFFF, 0xFFFD})
_NO_SIGNS: Final = _UNMAPPED | {0xA0}
_PRIVATE: Final = range(0xE000, 0xF000)
_HALVES: Final = range(0xD800, 0xE000)
# In sizes of the type: what parts words even without a blank.
_APART: Final = 0.35
_BACK: Final = 0.6
_OTHER_LINE: Final = 0.9
_MOST_TURNED: Final = math.radians(5)
_FULL_TURN: Final = 2 * math.pi
_SMALLEST: Final = 1.0
_TIMES_ITS_INK: Final = 20.0
_FACE_BYTES: Final = 256
# Letters of TCVN3 and VNI that Unicode Vietnamese does not need; a page with hardly any of them is
# not asked for its faces.
_LEGACY: Final = frozenset(map(ord, "¨ª¬µ¶¸¹¼½¾§Ö×ØÜÞßøûïäåöñæëüîØÛÏÄÅÑÆËÎ"))
_ENOUGH_LEGACY: Final = 5


class Frame(NamedTuple):
    """The visible part of a page in its own units, and how often it is turned right."""

    left: float
    bottom: float
    across: float
    up: float
    turns: int

    @property
    def width(self) -> float:
        """As shown."""
        return self.up if self.turns % 2 else self.across

    @property
    def height(self) -> float:
        """As shown."""
        return self.across if self.turns % 2 else self.up

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file is shown: from the left, from the top."""
        x, y = x - self.left, y - self.bottom
        match self.turns:
            case 1:
                return y, x
            case 2:
                return self.across - x, y
            case 3:
                return self.up - y, self.across - x
        return x, self.up - y


@dataclass(slots=True)
class Found:
    """The words of a page; how many stand askew, how many signs have no meaning."""

    words: list[Word] = field(default_factory=list)
    n_turned: int = 0
    n_unreadable: int = 0


class _Sign(NamedTuple):
    """One sign and the edges of its ink, as shown."""

    code: int
    left: float
    right: float
    low: float


class _Start(NamedTuple):
    """Where a word begins: its place in the file, its baseline, the size of its type."""

    place: int
    base: float
    size: float


@dataclass(slots=True)
class _Piece:
    """A word in the making."""

    start: _Start
    signs: list[_Sign]

    def ends_before(self, sign: _Sign) -> bool:
        """Whether the next sign in the file belongs to another word."""
        last, size = self.signs[-1], self.start.size
        if unicodedata.combining(chr(sign.code)):
            return False
        if abs(sign.low - last.low) > _OTHER_LINE * size:
            return True
        return sign.left - last.right > _APART * size or sign.left < last.left - _BACK * size


def words_of(signs: pypdfium2.PdfTextPage, frame: Frame) -> Found:
    """The words of a page; those that stand askew (watermarks) are only counted."""
    reader = _Reader(signs.raw, frame)
    codes = [pdfium.FPDFText_GetUnicode(signs.raw, n) for n in range(signs.count_chars())]
    with_faces = sum(code in _LEGACY for code in codes) >= _ENOUGH_LEGACY
    found = Found(n_unreadable=sum(code in _UNMAPPED or code in _PRIVATE for code in codes))
    for piece in _pieces(reader, codes):
        if reader.is_turned(piece.start.place):
            found.n_turned += 1
        else:
            face = reader.face(piece.start.place) if with_faces else ""
            found.words.append(_word(piece, face))
    found.words = _with_loose_marks(found.words)
    return found


class _Reader:
    """Asks PDFium for one sign at a time."""

    def __init__(self, raw: object, frame: Frame) -> None:
        self._raw, self._frame = raw, frame
        self._left, self._right, self._low, self._high = (ctypes.c_double() for _ in range(4))
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def sign(self, place: int, code: int) -> _Sign:
        """A sign with its edges."""
        left, right, low, high = self._left, self._right, self._low, self._high
        pdfium.FPDFText_GetCharBox(self._raw, place, left, right, low, high)
        x1, y1 = self._frame.shown(left.value, low.value)
        x2, y2 = self._frame.shown(right.value, high.value)
        return _Sign(code, min(x1, x2), max(x1, x2), max(y1, y2))

    def start(self, place: int) -> _Start:
        """The baseline and the type of the sign just asked for."""
        pdfium.FPDFText_GetCharOrigin(self._raw, place, self._x, self._y)
        base = self._frame.shown(self._x.value, self._y.value)[1]
        return _Start(place, base, self._size(place, self._high.value - self._low.value))

    def is_turned(self, place: int) -> bool:
        """Whether a sign is shown askew."""
        turned = self._frame.turns * math.pi / 2  # to the right, as PDFium counts angles
        angle = (pdfium.FPDFText_GetCharAngle(self._raw, place) + turned) % _FULL_TURN
        return bool(min(angle, _FULL_TURN - angle) > _MOST_TURNED)

    def face(self, place: int) -> str:
        """The name of a sign's typeface."""
        name = ctypes.create_string_buffer(_FACE_BYTES)
        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._raw, place, name, _FACE_BYTES, flags)
        return name.value.decode("latin-1")

    def _size(self, place: int, height: float) -> float:
        """The size of the type; some files say 1 and scale the page instead."""
        size: float = pdfium.FPDFText_GetFontSize(self._raw, place)
        is_likely = _SMALLEST < size < _TIMES_ITS_INK * max(height, _SMALLEST)
        return size if is_likely else max(height, _SMALLEST)


def _pieces(reader: _Reader, codes: list[int]) -> Iterator[_Piece]:
    piece: _Piece | None = None
    for place, code in enumerate(codes):
        if (code <= _BLANK and code != _HYPHEN) or code in _NO_SIGNS:
            if piece:
                yield piece
            piece = None
            continue
        sign = reader.sign(place, code)
        if piece and not piece.ends_before(sign):
            piece.signs.append(sign)
            continue
        if piece:
            yield piece
        piece = _Piece(reader.start(place), [sign])
    if piece:
        yield piece


def _word(piece: _Piece, face: str) -> Word:
    left = min(sign.left for sign in piece.signs)
    right = max(sign.right for sign in piece.signs)
    return Word(marked(_text(piece.signs), face), left, right, piece.start.base, piece.start.size)


def _text(signs: list[_Sign]) -> str:
    """The signs as text; a sign beyond the first plane comes as two halves."""
    written = "".join("-" if sign.code == _HYPHEN else chr(sign.code) for sign in signs)
    if written.isascii() or not any(sign.code in _HALVES for sign in signs):
        return written
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _with_loose_marks(words: list[Word]) -> list[Word]:
    """Words with the tone marks that stand over them but were drawn apart."""
    loose = [word for word in words if all(map(unicodedata.combining, word.text))]
    if not loose:
        return words
    kept = [word for word in words if word not in loose]
    for mark in loose:
        kept = [_joined(word, mark) if _is_over(mark, word) else word for word in kept]
    return kept


def _is_over(mark: Word, word: Word) -> bool:
    is_on_line = abs(mark.base - word.base) < _OTHER_LINE * word.size
    return is_on_line and word.left <= mark.middle <= word.right


def _joined(word: Word, mark: Word) -> Word:
    """The mark put behind the letter that it stands over, by its share of the word's width."""
    share = (mark.middle - word.left) / max(word.right - word.left, _SMALLEST)
    place = min(int(share * len(word.text)) + 1, len(word.text))
    text = word.text[:place] + mark.text + word.text[place:]
    return Word(text, word.left, word.right, word.base, word.size)
