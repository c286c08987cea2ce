"""What a style of a Word document gives to its paragraphs and tables, through those it rests on."""

from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

_LONGEST_CHAIN: Final = 20
_OFF: Final = frozenset({"0", "false", "off", "none"})


class ListPlace(NamedTuple):
    """The list and the level that a paragraph belongs to; "0" is no list."""

    list_id: str
    level: int | None


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a switch such as `vanish` is set."""
    switch = properties.find(name) if properties is not None else None
    return switch is not None and switch.get("val", "1").lower() not in _OFF


def list_place(properties: Element | None) -> ListPlace | None:
    """What `numPr` says, if it is there."""
    numbered = properties.find("numPr") if properties is not None else None
    if numbered is None:
        return None
    list_id, level = numbered.find("numId"), numbered.find("ilvl")
    if list_id is None:
        return None
    return ListPlace(list_id.get("val", "0"), None if level is None else whole(level.get("val")))


def whole(written: str | None, default: int = 0) -> int:
    """A small number of an attribute, or `default` where it is none."""
    if written is None or not written.isascii() or not written.isdigit() or len(written) > 6:
        return default
    return int(written)


class Styles:
    """The styles of a document by their identifiers."""

    def __init__(self, part: Element | None) -> None:
        styles = part.findall("style") if part is not None else []
        self._styles = {style.get("styleId", ""): style for style in styles}
        self._face = _face(part.find("docDefaults/rPrDefault/rPr") if part is not None else None)
        self._usual = next(
            (s.get("styleId", "") for s in styles
             if s.get("type") == "paragraph" and s.get("default") in {"1", "true"}),
            "",
        )  # fmt: skip

    def list_place(self, style_id: str | None) -> ListPlace | None:
        """The list that a paragraph style puts its paragraphs into."""
        for style in self._chain(style_id or self._usual):
            if place := list_place(style.find("pPr")):
                return place
        return None

    def face(self, run: Element, paragraph_style: str | None) -> str:
        """The typeface of a run, by its own properties or by its paragraph's style."""
        if own := _face(run.find("rPr")):
            return own
        chain = self._chain(paragraph_style or self._usual)
        return next((face for style in chain if (face := _face(style.find("rPr")))), self._face)

    def borders(self, table_style: str | None) -> Element | None:
        """The borders that a table style draws."""
        for style in self._chain(table_style or ""):
            if (borders := style.find("tblPr/tblBorders")) is not None:
                return borders
        return None

    def _chain(self, style_id: str) -> Iterator[Element]:
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            below = style.find("basedOn")
            style_id = "" if below is None else below.get("val", "")


def _face(properties: Element | None) -> str:
    fonts = properties.find("rFonts") if properties is not None else None
    return "" if fonts is None else fonts.get("ascii") or fonts.get("hAnsi") or ""
