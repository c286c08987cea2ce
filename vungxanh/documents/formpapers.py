"""Questionnaires on paper: A4, boxes to tick, a cell for each letter and digit, black on white.

What is to be ticked carries the number that a keyboard types, so that who enters the sheet looks
from the paper to the keys and back. Every sheet has a number of its own and a code that holds it.
"""

import datetime as dt
from enum import StrEnum
from typing import Final

import msgspec
from msgspec.structs import replace

from vungxanh.documents.about import About
from vungxanh.documents.pdf import FONTS, press
from vungxanh.documents.phrases import plain
from vungxanh.documents.vietnamese import is_english

MOST_CELLS: Final = 60
"""Two rows of cells; who has a longer name writes on."""
MOST_SHEETS: Final = 50


class Space(StrEnum):
    """How an answer is written."""

    BOXES = "boxes"
    CELLS = "cells"
    DATE = "date"
    LINES = "lines"


class Box(msgspec.Struct, frozen=True):
    """Something to tick, with the number that is typed for it; `is_alone`: nothing beside it."""

    number: str
    text: str
    is_alone: bool = False


class Asked(msgspec.Struct, frozen=True):
    """A question; `n` is how many cells or lines there are, `when` tells who is to answer it."""

    number: str
    text: str
    space: Space
    hint: str = ""
    when: str = ""
    boxes: tuple[Box, ...] = ()
    n: int = 1
    is_required: bool = False


class Section(msgspec.Struct, frozen=True):
    """Questions under a heading."""

    heading: str
    asked: tuple[Asked, ...]


class Serial(msgspec.Struct, frozen=True):
    """The number of one sheet as it is read, and the drawing of its code as SVG."""

    number: str
    code: str


class FormPaper(msgspec.Struct, frozen=True):
    """What every sheet of a questionnaire says; `name` is its id with its version."""

    heading: str
    name: str
    name_label: str
    serial_label: str
    alt: str
    how: tuple[str, ...]
    day_words: str
    sections: tuple[Section, ...]
    consent_heading: str
    consents: tuple[str, ...]
    signing: tuple[str, ...]
    hand_in: str
    made_at: dt.datetime
    language: str = "vi"
    serials: tuple[Serial, ...] = ()


def write_form(paper: FormPaper, serials: tuple[Serial, ...]) -> bytes:
    """The PDF of as many sheets as there are numbers; equal content gives equal bytes.

    Refuses with `documents.fonts_missing` when the fonts have not been built.
    """
    said = replace(paper, serials=serials[:MOST_SHEETS])
    return press(FONTS).print_form(_about(said), _cut(said))


def _about(paper: FormPaper) -> About:
    lang = "en" if is_english(paper.language) else paper.language
    made_at = paper.made_at.replace(microsecond=0)
    return About("formpaper", plain(paper.heading), "", (plain(paper.name),), lang, made_at)


def _cut(paper: FormPaper) -> msgspec.Struct:
    """No question has more cells than two rows hold."""
    sections = tuple(
        replace(part, asked=tuple(replace(one, n=min(one.n, MOST_CELLS)) for one in part.asked))
        for part in paper.sections
    )
    return replace(paper, sections=sections)
