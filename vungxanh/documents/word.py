"""Pieces of a Word document: runs, paragraphs and tables as WordprocessingML elements.

Children stand in the order that ECMA-376 part 1, section 17 demands. Lengths are millimetres and
points here, twentieths of a point in the file.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FACE: Final = "Times New Roman"
_TWIPS_PER_MM: Final = 1440 / 25.4
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class Element(Protocol):
    """As much of an XML element as is used here."""

    text: str | None

    def append(self, element: "Element") -> None:
        """Add a child at the end."""

    def set(self, name: str, value: str) -> None:
        """Set an attribute."""


@dataclass(frozen=True, slots=True)
class Face:
    """How letters look."""

    size_pt: float = 13
    bold: bool = False
    italic: bool = False
    grey: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph stands; spaces in points, indents in millimetres."""

    align: str = "left"
    before_pt: float = 0
    after_pt: float = 0
    left_mm: float = 0
    right_mm: float = 0
    first_line_mm: float = 0
    with_next: bool = False
    rule_above: bool = False
    outline: bool = False


CENTERED: Final = Setting(align="center")


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """An element of the main namespace with its attributes and children.

    >>> element("tblHeader").tag.rpartition("}")[2]
    'tblHeader'
    """
    made: Element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def run(text: str, face: Face = Face()) -> Element:
    """Words in one face."""
    words = element("t")
    words.text = text
    words.set(_SPACE, "preserve")
    return element("r", element("rPr", *_face(face)), words)


def page_field(face: Face) -> Element:
    """The number of the page."""
    return element("fldSimple", run("1", face), instr="PAGE")


def paragraph(*runs: Element, setting: Setting = Setting(), mark: Face = Face()) -> Element:
    """A paragraph of runs; the face of its end mark decides the height of an empty one."""
    properties = [*_setting(setting), element("rPr", *_face(mark))]
    return element("p", element("pPr", *properties), *runs)


def words(text: str, face: Face = Face(), setting: Setting = Setting()) -> Element:
    """A paragraph in one face."""
    return paragraph(run(text, face), setting=setting, mark=face)


def rule(width_mm: float, *, room_mm: float, before_pt: float = 2) -> Element:
    """A short centred rule: the upper border of a thin, indented paragraph."""
    indent = max((room_mm - width_mm) / 2, 0)
    setting = Setting(
        before_pt=before_pt, left_mm=indent, right_mm=indent, rule_above=True, align="center"
    )
    return paragraph(setting=setting, mark=Face(size_pt=4))


def cell(*content: Element, width_mm: float, middle: bool = False, span: int = 1) -> Element:
    """A cell of a table; it holds at least one paragraph."""
    properties = [element("tcW", w=twips(width_mm), type="dxa")]
    if span > 1:
        properties.append(element("gridSpan", val=span))
    properties.append(element("vAlign", val="center" if middle else "top"))
    return element("tc", element("tcPr", *properties), *(content or (paragraph(),)))


def row(*cells: Element, head: bool = False) -> Element:
    """A row that does not break over pages; a head row repeats on each."""
    marks = [element("cantSplit")] + ([element("tblHeader")] if head else [])
    return element("tr", element("trPr", *marks), *cells)


def table(*rows: Element, widths_mm: tuple[float, ...], ruled: bool = False) -> Element:
    """A table of fixed widths, with or without rules."""
    lines = [element(side, val="single", sz=4, space=0, color="000000") for side in _SIDES]
    margin = 1.3 if ruled else 0
    properties = [
        element("tblW", w=twips(sum(widths_mm)), type="dxa"),
        element("jc", val="center"),
        *([element("tblBorders", *lines)] if ruled else []),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *_margins(side_mm=margin, upper_mm=0.7 if ruled else 0)),
    ]
    grid = [element("gridCol", w=twips(width)) for width in widths_mm]
    return element("tbl", element("tblPr", *properties), element("tblGrid", *grid), *rows)


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * _TWIPS_PER_MM)


_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def _margins(*, side_mm: float, upper_mm: float) -> tuple[Element, ...]:
    sizes = (("top", upper_mm), ("left", side_mm), ("bottom", upper_mm), ("right", side_mm))
    return tuple(element(side, w=twips(size), type="dxa") for side, size in sizes)


def _face(face: Face) -> list[Element]:
    parts = [element("rFonts", ascii=FACE, hAnsi=FACE, cs=FACE, eastAsia=FACE)]
    if face.bold:
        parts.append(element("b"))
    if face.italic:
        parts.append(element("i"))
    if face.grey:
        parts.append(element("color", val="474747"))
    return [*parts, element("sz", val=round(face.size_pt * 2)), element("lang", val="vi-VN")]


def _setting(setting: Setting) -> list[Element]:
    parts = [element("keepNext")] if setting.with_next else []
    if setting.rule_above:
        parts.append(element("pBdr", element("top", val="single", sz=5, space=1, color="000000")))
    parts.append(_spacing(setting))
    indents = {
        "left": twips(setting.left_mm),
        "right": twips(setting.right_mm),
        "firstLine": twips(setting.first_line_mm),
    }
    parts.append(element("ind", **indents))
    parts.append(element("jc", val=setting.align))
    return [*parts, element("outlineLvl", val=0)] if setting.outline else parts


def _spacing(setting: Setting) -> Element:
    before, after = round(setting.before_pt * 20), round(setting.after_pt * 20)
    return element("spacing", before=before, after=after, line=252, lineRule="auto")
