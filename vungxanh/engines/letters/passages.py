"""A piece of a letter as a reader takes it in: reflowed, and each letter still in its place.

Official letters arrive with lines broken by hand, bold marks, doubled blanks and accents that
a machine mangled. Rules are written in good Vietnamese, compiled by `words` and matched against
`Passage.folded`; what they find is quoted from `Passage.text` and located by `Passage.span`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

Span = tuple[int, int]

# Blanks; marks of bold and italics; marks of headings; angle brackets around an address.
_DROPPED: Final = re.compile(
    r"(?P<blank>\s+)|(?P<mark>\*+|(?m:^)#+(?=\s)|<(?=https?:|mailto:)|(?<=[\w/])>(?=\W|$)|\\(?=\W))"
)
# Letters that a machine read for figures: 2O21, l7h00.
_LETTER_O: Final = re.compile(r"(?<=\d)o(?=[\d/.,]|$|\s)|(?<=/)o(?=\d)")
_LETTER_L: Final = re.compile(r"(?<=[\d/])[l|](?=[\d/h])|(?<![^\W_])[l|](?=\d)")


class _Folds(dict[int, str]):
    """Every character without its accent, in lower case, and still one character."""

    def __missing__(self, code: int) -> str:
        letter = chr(code).lower()
        plain = "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[:1]
        self[code] = plain if len(plain) == 1 else chr(code)
        return self[code]


_FOLDS: Final = _Folds()


def fold(text: str) -> str:
    """`text` without accents and capitals, figures repaired, of the same length.

    >>> fold("Trước 17h00, ngày 28/8/2O20")
    'truoc 17h00, ngay 28/8/2020'
    """
    plain = text.translate(_FOLDS)
    return _LETTER_L.sub("1", _LETTER_O.sub("0", plain))


def letters_of(text: str) -> str:
    """Letters and marks in an order that does not depend on where a tone is set: hoà, hòa."""
    return "".join(sorted(unicodedata.normalize("NFD", text.lower())))


@lru_cache(maxsize=1024)
def words(pattern: str) -> re.Pattern[str]:
    """A pattern written in Vietnamese, for `Passage.folded`: lower case, one blank for any.

    >>> bool(words(r"trước ngày \\d+").search(fold("TRUỚC NGÀY 28")))
    True
    """
    return re.compile("".join(c if c.isascii() else _FOLDS[ord(c)] for c in pattern))


@dataclass(frozen=True, slots=True)
class Passage:
    """A reflowed piece of the letter; `offsets[i]` is where `text[i]` stands in the letter.

    `text` is NFC without line breaks, doubled blanks and marks of bold; `folded` is `fold(text)`.
    """

    text: str
    offsets: tuple[int, ...]
    folded: str

    @classmethod
    def of(cls, letter: str, start: int = 0, end: int | None = None) -> "Passage":
        """The piece of `letter` between two offsets.

        >>> piece = Passage.of("a **b**\\n  c")
        >>> piece.text, piece.span(2, 3), piece.span(0, 5)
        ('a b c', (4, 5), (0, 11))
        """
        characters: list[str] = []
        offsets: list[int] = []
        for piece, at in _pieces(letter, start, len(letter) if end is None else end):
            characters.append(piece)
            offsets.extend(range(at, at + len(piece)))
        return cls._made("".join(characters), tuple(offsets))

    @classmethod
    def verbatim(cls, text: str, at: int) -> "Passage":
        """Words that stand at `at` in the letter, blanks and all."""
        return cls(text, tuple(range(at, at + len(text))), fold(text))

    @classmethod
    def _made(cls, text: str, offsets: tuple[int, ...]) -> "Passage":
        trimmed = text.strip()
        left = len(text) - len(text.lstrip())
        return cls(trimmed, offsets[left : left + len(trimmed)], fold(trimmed))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where a stretch of this passage stands in the letter, as [start, end)."""
        last = len(self.text) if end is None else end
        if not self.offsets or start >= last:
            at = self.offsets[min(start, len(self.offsets) - 1)] if self.offsets else 0
            return (at, at)
        return (self.offsets[start], self.offsets[last - 1] + 1)

    def part(self, start: int = 0, end: int | None = None) -> "Passage":
        """A stretch as a passage of its own, without blanks at its ends."""
        text = self.text[start:end]
        begin, _, _ = slice(start, end).indices(len(self.text))
        begin += len(text) - len(text.lstrip())
        stop = begin + len(text.strip())
        return Passage(self.text[begin:stop], self.offsets[begin:stop], self.folded[begin:stop])

    def without_start(self, signs: str) -> "Passage":
        """This passage without such signs before its first word."""
        return self.part(len(self.text) - len(self.text.lstrip(signs)))

    def joined(self, other: "Passage") -> "Passage":
        """This passage and a later one, with one blank between."""
        if not self.text or not other.text:
            return self if self.text else other
        between = (other.offsets[0],)
        return Passage._made(f"{self.text} {other.text}", (*self.offsets, *between, *other.offsets))

    def __bool__(self) -> bool:
        return bool(self.text)


def _pieces(letter: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The kept stretches of a slice and their offsets, runs of blanks as one blank."""
    at, is_parted = start, True
    for match in _DROPPED.finditer(letter, start, end):
        if match.start() > at:
            yield letter[at : match.start()], at
            is_parted = False
        if match["blank"] and not is_parted:
            yield " ", match.start()
            is_parted = True
        at = match.end()
    if at < end:
        yield letter[at:end], at
