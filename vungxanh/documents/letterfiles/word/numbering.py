"""The numbers and bullets that Word prints before paragraphs and does not store as text.

Source: ECMA-376 part 1 (2016), 17.9 Numbering. Counters belong to the abstract list; a level
starts anew when a higher one counts; `startOverride` sets a counter once, at its list's first use.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from vungxanh.documents.letterfiles.word.styles import ListPlace, Styles, whole

_PLACE: Final = re.compile(r"%([1-9])")
_LEVELS: Final = 9
_LETTERS: Final = 26
_MOST_REPEATS: Final = 4
_ROMAN: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LARGEST_ROMAN: Final = 3999
_PRINTED_BULLETS: Final = frozenset("+*")


def _roman(number: int) -> str:
    """4 is IV; what Roman numbers cannot say stays Arabic."""
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    signs = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        signs += letters * count
    return signs


def _letter(number: int) -> str:
    """1 is A, 27 is AA, 53 is AAA, as Word counts."""
    repeats, place = divmod(number - 1, _LETTERS)
    if number < 1 or repeats >= _MOST_REPEATS:
        return str(number)
    return chr(ord("A") + place) * (repeats + 1)


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "decimalZero": lambda number: f"{number:02d}",
    "none": lambda number: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts and prints."""

    form: str
    text: str
    start: int
    restarts: bool
    is_legal: bool
    style: str

    def shown(self, number: int, *, legal: bool) -> str:
        """A counter as this level prints it."""
        return _FORMATS.get("decimal" if legal else self.form, str)(number)


@dataclass(slots=True)
class _Series:
    """An abstract list: its levels, and how far each has counted."""

    levels: dict[int, _Level]
    counters: dict[int, int] = field(default_factory=dict)

    def count(self, level: int, start: int | None) -> None:
        """One more paragraph at a level."""
        first = self.levels[level].start
        if start is not None:
            self.counters[level] = start
        else:
            self.counters[level] = self.counters.get(level, first - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            if deeper in self.levels and self.levels[deeper].restarts:
                self.counters.pop(deeper, None)

    def number(self, level: int) -> int:
        """How far a level has counted; one not used yet stands at its start."""
        default = self.levels[level].start if level in self.levels else 1
        return self.counters.get(level, default)


class Numbering:
    """The lists of a document. Ask for labels in the order of the paragraphs: asking counts."""

    def __init__(self, part: Element | None, styles: Styles) -> None:
        self._styles = styles
        found = list(part) if part is not None else []
        self._abstract = {e.get("abstractNumId", ""): e for e in found if e.tag == "abstractNum"}
        self._lists = {e.get("numId", ""): e for e in found if e.tag == "num"}
        self._series: dict[str, _Series] = {}
        self._starts = {list_id: _starts(each) for list_id, each in self._lists.items()}

    def label(self, place: ListPlace | None, style_id: str | None) -> str:
        """The printed number or bullet of the next paragraph at a place, "" where there is none.

        Bullets of whatever shape are "-"; "+" stays, as letters use it for the second level.
        """
        place = place or self._styles.list_place(style_id)
        if place is None or (series := self._series_of(place.list_id)) is None:
            return ""
        number = _level_of(place, series, style_id)
        level = series.levels.get(number)
        if level is None:
            return ""
        if level.form == "bullet":
            return level.text if level.text in _PRINTED_BULLETS else "-"
        series.count(number, self._starts.get(place.list_id, {}).pop(number, None))
        return _PLACE.sub(lambda found: _shown(series, int(found[1]) - 1, level), level.text)

    def _series_of(self, list_id: str) -> _Series | None:
        entry = self._lists.get(list_id)
        if entry is None:
            return None
        abstract_id = _said(entry, "abstractNumId")
        if abstract_id not in self._series:
            self._series[abstract_id] = _Series(self._levels(abstract_id))
        return self._series[abstract_id]

    def _levels(self, abstract_id: str) -> dict[int, _Level]:
        """The levels of an abstract list, also where it only names the style that has them."""
        abstract = self._abstract.get(abstract_id)
        if abstract is None:
            return {}
        linked = _said(abstract, "numStyleLink")
        place = self._styles.list_place(linked) if linked else None
        entry = self._lists.get(place.list_id) if place else None
        if entry is not None:
            abstract = self._abstract.get(_said(entry, "abstractNumId"), abstract)
        return {whole(each.get("ilvl")): _level(each) for each in abstract.findall("lvl")}


def _level_of(place: ListPlace, series: _Series, style_id: str | None) -> int:
    """The level of a paragraph; a style may be tied to a level from the other side."""
    if place.level is not None:
        return place.level
    tied = (number for number, level in series.levels.items() if level.style == style_id)
    return next(tied, 0) if style_id else 0


def _shown(series: _Series, level: int, shown_at: _Level) -> str:
    own = series.levels.get(level, shown_at)
    return own.shown(series.number(level), legal=shown_at.is_legal)


def _level(entry: Element) -> _Level:
    return _Level(
        form=_said(entry, "numFmt") or "decimal",
        text=_said(entry, "lvlText"),
        start=whole(_said(entry, "start"), 1) if entry.find("start") is not None else 0,
        restarts=_said(entry, "lvlRestart") != "0",
        is_legal=entry.find("isLgl") is not None,
        style=_said(entry, "pStyle"),
    )


def _starts(entry: Element) -> dict[int, int]:
    return {
        whole(each.get("ilvl")): whole(_said(each, "startOverride"), 1)
        for each in entry.findall("lvlOverride")
        if each.find("startOverride") is not None
    }


def _said(entry: Element, name: str) -> str:
    child = entry.find(name)
    return "" if child is None else child.get("val", "")
