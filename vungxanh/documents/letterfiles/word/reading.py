"""The body of a Word document, block by block, as text."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from vungxanh.documents.letterfiles.characters import seen, tidy
from vungxanh.documents.letterfiles.legacy import converted, modern, unmarked
from vungxanh.documents.letterfiles.limits import Limits
from vungxanh.documents.letterfiles.phrases import stands_in_two_columns
from vungxanh.documents.letterfiles.types import Kind, LetterText
from vungxanh.documents.letterfiles.word.container import Container
from vungxanh.documents.letterfiles.word.numbering import Numbering
from vungxanh.documents.letterfiles.word.paragraphs import (
    ends_in_the_next,
    style_of,
    words_of,
)
from vungxanh.documents.letterfiles.word.styles import Styles, list_place
from vungxanh.documents.letterfiles.word.tables import Place, Table, table_of
from vungxanh.refusals import Words

_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_CHANGES: Final = ("ins", "del", "moveFrom", "moveTo")
_TAB_WIDTH: Final = "    "
_MACROS: Final = Words(
    vi="Tệp có chứa macro; chỉ đọc chữ, không chạy macro nào.",
    en="The file carries macros; only its words were read, no macro was run.",
)
_TRACKED: Final = Words(
    vi="Tệp còn dấu vết sửa đổi (Track Changes): đã đọc như khi chấp nhận mọi sửa đổi.",
    en="The file still carries tracked changes: it was read as if all were accepted.",
)
_BOXES: Final = Words(
    vi="Có chữ nằm trong khung (Text Box), không thuộc thân văn bản nên chưa đọc.",
    en="Some words stand in text boxes, outside the body, and were not read.",
)


class _Block(NamedTuple):
    """A paragraph with its tabs, or a finished table."""

    text: str
    is_table: bool = False


def read_word(content: bytes, limits: Limits) -> LetterText:
    """The text of a DOCX or DOCM; refuses other containers, broken and dangerous ones."""
    container = Container(content, limits)
    document = container.document()
    styles = Styles(container.linked("styles"))
    reader = _Reader(styles, Numbering(container.linked("numbering"), styles), limits)
    raw = "\n\n".join(_in_order(document, reader))
    plain, of_faces = unmarked(raw)
    text, of_words = modern(plain)
    legacy = of_faces or of_words
    warnings = _warnings(container, document)
    if legacy:
        warnings += (converted(legacy),)
    return LetterText(
        tidy(seen(text)), Kind.DOCX, encoding=legacy.value if legacy else None, warnings=warnings
    )


def _in_order(document: Element, reader: "_Reader") -> Iterator[str]:
    for body in document.findall("body"):
        for is_table, group in groupby(reader.blocks(body), key=lambda block: block.is_table):
            texts = [block.text for block in group]
            yield from texts if is_table else _without_tabs(texts)


def _warnings(container: Container, document: Element) -> tuple[Words, ...]:
    warnings = [_MACROS] if container.has_macros else []
    if any(next(document.iter(tag), None) is not None for tag in _CHANGES):
        warnings.append(_TRACKED)
    if any("".join(box.itertext()).strip() for box in document.iter("txbxContent")):
        warnings.append(_BOXES)
    return tuple(warnings)


def _without_tabs(paragraphs: list[str]) -> Iterator[str]:
    """Paragraphs with blanks for tabs; a letterhead set with tabs column by column."""
    for has_tab, group in groupby(paragraphs, key=lambda text: "\t" in text.strip(" \t")):
        texts = list(group)
        if has_tab and any(map(stands_in_two_columns, texts)):
            yield from _columns(texts)
        else:
            yield from (text.strip(" \t").replace("\t", _TAB_WIDTH) for text in texts)


def _columns(texts: list[str]) -> tuple[str, str]:
    halves = [text.strip(" \t").partition("\t") for text in texts]
    left = "\n".join(half[0].strip() for half in halves)
    return left, "\n".join(half[2].strip(" \t").replace("\t", _TAB_WIDTH) for half in halves)


class _Reader:
    """Reads blocks in the order of the document, so that numbers count on."""

    def __init__(self, styles: Styles, numbering: Numbering, limits: Limits) -> None:
        self._styles, self._numbering, self._limits = styles, numbering, limits

    def blocks(self, holder: Element) -> Iterator[_Block]:
        """The paragraphs and tables that an element holds."""
        begun = ""
        for element in _held(holder):
            if element.tag == "tbl":
                yield from self._table(element)
                continue
            text = begun + self._paragraph(element, continues=bool(begun))
            begun = text if ends_in_the_next(element) else ""
            if not begun and text.strip():
                yield _Block(text)
        if begun.strip():
            yield _Block(begun)

    def _paragraph(self, paragraph: Element, *, continues: bool) -> str:
        words = words_of(paragraph, self._styles)
        if continues or not words.strip():
            return words
        place = list_place(paragraph.find("pPr"))
        label = self._numbering.label(place, style_of(paragraph))
        return f"{label} {words.lstrip()}" if label else words

    def _table(self, element: Element) -> Iterator[_Block]:
        table = table_of(element, self._styles, self._limits)
        cells = {
            place.content: [] if place.continues else list(self.blocks(place.content))
            for row in table.rows
            for place in row
        }
        texts = {cell: _joined(blocks) for cell, blocks in cells.items()}
        if not any(texts.values()) and not table.is_ruled:
            return
        columns = table.layout_columns(texts)
        if columns is None:
            yield _Block("\n".join(_rows(table, texts)), is_table=True)
        else:
            yield from _laid_out(table, columns, cells)


def _held(holder: Element) -> Iterator[Element]:
    """The paragraphs and tables of an element, out of whatever wraps them."""
    for child in holder:
        if child.tag in {"p", "tbl"}:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _held(child)


def _joined(blocks: list[_Block]) -> str:
    return " ".join(" ".join(block.text for block in blocks).split())


def _rows(table: Table, texts: dict[Element, str]) -> Iterator[str]:
    """One line a row; what a merged cell covers is empty."""
    for row in table.rows:
        cells = [""] * table.n_columns
        for place in row:
            cells[place.column] = texts[place.content]
        yield "\t".join(cells)


def _laid_out(
    table: Table, columns: tuple[int, ...], cells: dict[Element, list[_Block]]
) -> Iterator[_Block]:
    """Column after column, between the cells that cover the whole width."""
    sides: tuple[list[str], list[str]] = ([], [])
    for row in table.rows:
        for place in row:
            lines = _lines(cells[place.content])
            if place.span >= table.n_columns:
                yield from _flushed(sides)
                yield from (_Block(line, is_table=True) for line in lines)
            else:
                sides[_side(place, columns)].extend(lines)
    yield from _flushed(sides)


def _side(place: Place, columns: tuple[int, ...]) -> int:
    return int(place.column >= columns[-1] and len(columns) > 1)


def _lines(blocks: list[_Block]) -> list[str]:
    return [b.text if b.is_table else b.text.strip().replace("\t", _TAB_WIDTH) for b in blocks]


def _flushed(sides: tuple[list[str], list[str]]) -> Iterator[_Block]:
    for side in sides:
        if side:
            yield _Block("\n".join(side), is_table=True)
        side.clear()
