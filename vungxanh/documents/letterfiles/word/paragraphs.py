"""The words of one paragraph: insertions read, deletions and instructions of fields not."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from vungxanh.documents.letterfiles.legacy import marked
from vungxanh.documents.letterfiles.word.styles import Styles, is_on

# What holds runs; whatever is not named here (deletions, comments, drawings) is passed over.
_AROUND_RUNS: Final = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple",
     "bdo", "dir", "oMath", "oMathPara"}
)  # fmt: skip
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-",
                 "softHyphen": "\xad"}  # fmt: skip
_SYMBOL_AREA: Final = 0xF000
_BOXES: Final = {0x6F: "☐", 0x71: "☐", 0xA3: "☐", 0xA8: "☐", 0x52: "☑", 0xFE: "☑", 0xFD: "☒"}


def words_of(paragraph: Element, styles: Styles) -> str:
    r"""The text of a paragraph; "\t" for a tab, "\n" for a line break, legacy faces marked."""
    style = style_of(paragraph)
    fields: list[bool] = []  # for each open field, whether its result has begun
    return "".join(
        words
        for run in _runs(paragraph)
        for words in _run_words(run, styles, style=style, fields=fields)
    )


def style_of(paragraph: Element) -> str | None:
    """The identifier of a paragraph's style."""
    style = paragraph.find("pPr/pStyle")
    return None if style is None else style.get("val")


def ends_in_the_next(paragraph: Element) -> bool:
    """Whether the mark at the paragraph's end was deleted, so that the next one continues it."""
    mark = paragraph.find("pPr/rPr")
    return mark is not None and (mark.find("del") is not None or mark.find("moveFrom") is not None)


def _runs(holder: Element) -> Iterator[Element]:
    for child in holder:
        if child.tag == "r":
            yield child
        elif child.tag in _AROUND_RUNS:
            yield from _runs(child)


def _run_words(
    run: Element, styles: Styles, *, style: str | None, fields: list[bool]
) -> Iterator[str]:
    properties = run.find("rPr")
    if is_on(properties, "vanish"):
        return
    words = "".join(_pieces(run, fields))
    if words:
        shown = words.upper() if is_on(properties, "caps") else words
        yield marked(shown, styles.face(run, style))


def _pieces(run: Element, fields: list[bool]) -> Iterator[str]:
    for child in run:
        if child.tag == "fldChar":
            _step(child.get("fldCharType"), fields)
        elif all(fields):
            if child.tag == "t":
                yield child.text or ""
            elif child.tag == "sym":
                yield _symbol(child)
            else:
                yield _SIGNS.get(child.tag, "")


def _step(kind: str | None, fields: list[bool]) -> None:
    if kind == "begin":
        fields.append(False)
    elif fields and kind == "separate":
        fields[-1] = True
    elif fields and kind == "end":
        fields.pop()


def _symbol(sign: Element) -> str:
    """A sign of a symbol face: a box to tick, or its place in the private use area."""
    try:
        code = int(sign.get("char", ""), 16) & 0xFF
    except ValueError:
        return ""
    if sign.get("font", "").startswith("Wingdings"):
        return _BOXES.get(code, chr(_SYMBOL_AREA | code))
    return chr(_SYMBOL_AREA | code)
