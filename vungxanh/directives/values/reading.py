"""A letter read in the tree of units that held on its day, and checked against figures of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from vungxanh.directives.values.places import known_places, known_units
from vungxanh.engines import letters
from vungxanh.engines.checks import Figure, Finding
from vungxanh.engines.letters.types import Document, Reading
from vungxanh.locations.values import CURRENT_TREE, TREES, country_of, tree_on
from vungxanh.refusals import Words


def read_letter(text: str) -> Reading:
    """The reading, names of units in the tree of the letter's day.

    A letter whose day is not known well enough to tell is read in the tree of the newest day that
    it speaks of; with none, in today's, and in an earlier one where today's does not know its
    units. A warning says so. Raises as `letters.read`.
    """
    printed = letters.printed_day(text)
    tree = tree_of(printed.day, printed.year, printed.month)
    if tree is not None:
        return letters.read(text, places=known_places(tree))
    first = letters.read(text, places=known_places(CURRENT_TREE))
    told = _tree_within(first.document)
    if told is not None:
        return first if told == CURRENT_TREE else letters.read(text, places=known_places(told))
    return _undated(text, first)


def tree_of(day: date | None, year: int | None, month: int | None) -> str | None:
    """The tree of a day, or of a year or month that lies wholly in one; else None.

    >>> tree_of(None, 2021, 8), tree_of(None, 2025, None), tree_of(date(2026, 3, 2), 2026, 3)
    ('vn-2021', None, 'vn-2025')
    """
    if day is not None:
        return tree_on(day)
    if year is None or not date.min.year <= year <= date.max.year:
        return None
    months = (month, month) if month in range(1, 13) and month else (1, 12)
    trees = {tree_on(date(year, months[0], 1)), tree_on(date(year, months[1], 28))}
    return trees.pop() if len(trees) == 1 else None


def _tree_within(document: Document) -> str | None:
    """The tree that the bounds of a letter without its day leave; None if they leave two."""
    if document.date:
        return tree_on(date.fromisoformat(document.date))
    first, last = document.date_not_before, document.date_not_after
    if first and tree_on(date.fromisoformat(first)) == CURRENT_TREE:
        return CURRENT_TREE
    older = tree_on(date.fromisoformat(last)) if last else CURRENT_TREE
    return older if older != CURRENT_TREE else None


def _undated(text: str, first: Reading) -> Reading:
    """By the newest day in the letter, else today's units first, others where they alone fit."""
    newest = first.document.date_not_before
    if newest:
        tree = tree_on(date.fromisoformat(newest))
        return _said(letters.read(text, places=known_places(tree)), _newest_day(newest))
    if first.document.province:
        return _said(first, _NO_DAY)
    others = sorted(set(TREES) - {CURRENT_TREE}, reverse=True)
    readings = (letters.read(text, places=known_places(tree)) for tree in others)
    older = next((one for one in readings if one.document.province), None)
    return first if older is None else _said(older, _NO_DAY)


_NO_DAY: Final = Words("Văn bản không cho biết ngày", "The letter does not tell its day")


def _newest_day(iso: str) -> Words:
    day = date.fromisoformat(iso)
    written = f"{day.day}/{day.month}/{day.year}"
    return Words(
        f"Văn bản không ghi ngày, ngày mới nhất được nhắc tới là {written}",
        f"The letter has no day of its own, the newest that it speaks of is {written}",
    )


def _said(reading: Reading, why: Words) -> Reading:
    is_current = reading.document.tree == CURRENT_TREE
    era = Words("từ 1/7/2025", "since 1 July 2025")
    if not is_current:
        era = Words("đến 30/6/2025", "until 30 June 2025")
    warning = Words(
        f"{why.vi}: địa danh được đọc theo đơn vị {era.vi}. Nếu văn bản thuộc thời kỳ kia, xem lại"
        " mã của từng địa danh.",
        f"{why.en}: names of places were read as units {era.en}. If it is of the other era, look at"
        " the code of every place.",
    )
    return replace(reading, warnings=(*reading.warnings, warning))


def check_letter(reading: Reading, history: Iterable[Figure]) -> tuple[Finding, ...]:
    """What is wrong in a letter, with published figures of the country in the letter's tree."""
    country = country_of(reading.document.tree or CURRENT_TREE)
    countries = {country_of(tree) for tree in TREES}
    figures = (replace(one, unit=country) if one.unit in countries else one for one in history)
    known = known_units(reading)
    return letters.check(reading, history=figures, known=known, country=country)
