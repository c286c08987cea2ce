"""Cards with a code, for who has no phone: one on a sheet of A4, with a frame to cut along."""

import datetime as dt
from typing import Final

import msgspec

from vungxanh.documents.about import About
from vungxanh.documents.content import Part
from vungxanh.documents.pdf import FONTS, press
from vungxanh.documents.phrases import plain
from vungxanh.documents.vietnamese import is_english

MOST_OF_NAME: Final = 80
"""A longer name is cut, so that it stays inside the frame."""


class CodeCard(Part, frozen=True):
    """What stands on the sheet: `code` is the drawing of a code as SVG, `alt` its words.

    `heading`, `how` and `notes` stand outside the frame, for whoever cuts the card out.
    """

    heading: str
    how: str
    code: str
    alt: str
    kicker: str
    bearer: str
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    made_at: dt.datetime
    language: str = "vi"


def write_card(card: CodeCard) -> bytes:
    """The PDF of a card; equal content gives equal bytes.

    Refuses with `documents.fonts_missing` when the fonts have not been built.
    """
    bearer = plain(card.bearer)
    shown = bearer if len(bearer) <= MOST_OF_NAME else f"{bearer[: MOST_OF_NAME - 1]}…"
    return press(FONTS).print_form(_about(card), msgspec.structs.replace(card, bearer=shown))


def _about(card: CodeCard) -> About:
    lang = "en" if is_english(card.language) else "vi"
    made_at = card.made_at.replace(
        microsecond=0
    )  # a PDF tells whole seconds, Typst takes no others
    return About("card", plain(card.heading), "", (), lang, made_at)
