"""Pages to the text of a letter."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final

from vungxanh.documents.letterfiles.characters import seen, tidy
from vungxanh.documents.letterfiles.legacy import LegacySet, converted, modern, unmarked
from vungxanh.documents.letterfiles.pages.boxes import Line, Page
from vungxanh.documents.letterfiles.pages.flow import lines_of
from vungxanh.documents.letterfiles.pages.running import without_running_lines
from vungxanh.documents.letterfiles.types import Kind, LetterText
from vungxanh.refusals import Words

# Vietnamese is not hyphenated: a hyphen or slash at a line's end belongs to a number or a name.
_BROKEN: Final = re.compile(r"\w[-/]$")
_BY_MACHINE: Final = Words(
    vi="Văn bản do máy đọc từ ảnh, có thể sai chữ, sai số: đối chiếu với bản gốc.",
    en="This was read by machine from a picture and may have wrong letters and figures: compare"
    " it with the original.",
)


def letter_of(
    pages: Sequence[Page], *, was_scanned: bool, warnings: tuple[Words, ...] = ()
) -> LetterText:
    """The text of pages in their order, without page numbers and repeated heads."""
    text, legacy = _text(without_running_lines(pages))
    if was_scanned:
        warnings = (_BY_MACHINE, *warnings)
    if legacy:
        warnings = (*warnings, converted(legacy))
    kind = Kind.SCAN if was_scanned else Kind.PDF
    encoding = legacy.value if legacy else None
    return LetterText(text, kind, n_pages=len(pages), encoding=encoding, warnings=warnings)


def _text(pages: Sequence[Page]) -> tuple[str, LegacySet | None]:
    lines = _whole_tokens(_flowing([lines_of(page) for page in pages]))
    broken = "".join(f"\n{line.text}\n" if line.opens else f"{line.text}\n" for line in lines)
    plain, of_faces = unmarked(broken)
    text, of_words = modern(plain)
    return tidy(seen(text)), of_faces or of_words


def _flowing(pages: Iterable[list[Line]]) -> Iterator[Line]:
    """The lines of all pages: paragraphs and tables may go on over the end of a page."""
    before: list[Line] = []
    for lines in pages:
        kept = lines[_n_repeated(before, lines) :]
        for place, line in enumerate(kept):
            goes_on = not place and bool(before) and _goes_on(before[-1], line)
            yield Line(line.text, opens=line.opens and (bool(place) or not goes_on))
        before = lines or before


def _goes_on(last: Line, first: Line) -> bool:
    return not last.closes or (last.text.count("\t") == first.text.count("\t") > 0)


def _n_repeated(before: Sequence[Line], lines: Sequence[Line]) -> int:
    """How many first rows of a page are the head of the table that the page before ends with."""
    rows = list(takewhile(lambda line: "\t" in line.text, reversed(before)))[::-1]
    pairs = zip(rows, lines, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].text == pair[1].text, pairs))


def _whole_tokens(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines of which none ends inside "UBND-KGVX" or "28/8": the rest is brought up."""
    held: Line | None = None
    for line in lines:
        rest = line.text
        if held and not line.opens and _BROKEN.search(held.text) and rest[:1].isalnum():
            token, _, rest = rest.partition(" ")
            held = Line(held.text + token, opens=held.opens)
        if held:
            yield held
        held = Line(rest, opens=line.opens) if rest else None
    if held:
        yield held
