"""What stands on a poster, before it becomes paper."""

import datetime as dt
from enum import StrEnum
from typing import Final

from vungxanh.documents.content import Part


class Form(StrEnum):
    """On what a code is hung, stood or stuck."""

    A4 = "a4"
    A5 = "a5"
    TENT = "tent"
    DISC = "disc"
    SQUARE = "square"


class Language(StrEnum):
    """In which language it speaks; both: Vietnamese large, English small."""

    VI = "vi"
    EN = "en"
    BOTH = "both"


MOST_COPIES: Final = 20


class Poster(Part, frozen=True):
    """One entrance's poster; `url` is what the code holds, `code` is grouped as people read it.

    `entrance` is empty for the point as a whole. A sheet for each copy, numbered 1 to `copies`.
    An invented one says so, that nobody hangs a sheet of a demo.
    """

    name: str
    address: str
    code: str
    url: str
    issued_on: dt.date
    entrance: str = ""
    copies: int = 1
    language: Language = Language.BOTH
    is_invented: bool = False
