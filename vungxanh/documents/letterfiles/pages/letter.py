"""Pages to the text of a letter."""

from collections.abc import Iterator, Sequence
from typing import Final

from vungxanh.documents.letterfiles.characters import seen, tidy
from vungxanh.documents.letterfiles.legacy import LegacySet, converted, modern, unmarked
from vungxanh.documents.letterfiles.pages.boxes import Line, Page
from vungxanh.documents.letterfiles.pages.flow import lines_of
from vungxanh.documents.letterfiles.pages.running import without_running_lines
from vungxanh.documents.letterfiles.types import Kind, LetterText
from vungxanh.refusals import Words

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
    plain, of_faces = unmarked("".join(_joined([lines_of(page) for page in pages])))
    text, of_words = modern(plain)
    return tidy(seen(text)), of_faces or of_words


def _joined(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """Lines, a blank one between paragraphs; a paragraph may go on over the end of a page."""
    goes_on = False
    for lines in pages:
        for place, line in enumerate(lines):
            opens = line.opens if place else not goes_on
            yield f"\n{line.text}\n" if opens else f"{line.text}\n"
            goes_on = not line.closes
