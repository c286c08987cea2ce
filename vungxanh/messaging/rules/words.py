"""What somebody asks by SMS: in, out, stop, start again."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vungxanh.messaging.rules.segments import unaccented

# Longer texts are somebody's letter, not a word for a machine.
_MOST_SIGNS: Final = 60
_CODE: Final = re.compile(r"[A-Z0-9]{4,12}")
_IN_OUT: Final = re.compile(r"(VAO|RA)(?: (.+)|(?=\d)(.+))")


class Verb(StrEnum):
    """The words that are known."""

    IN = "in"
    OUT = "out"
    STOP = "stop"
    START = "start"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an SMS asks for; `code` with in and out only."""

    verb: Verb
    code: str = ""


_ALONE: Final = {
    "STOP": Verb.STOP,
    "TU CHOI": Verb.STOP,
    "TUCHOI": Verb.STOP,
    "MO LAI": Verb.START,
    "MOLAI": Verb.START,
}


def read_sms(text: str) -> Asked:
    """Read an SMS whatever its case, accents, spaces and dashes; a code has 4-12 letters or digits.

    >>> read_sms("Vào  qn-0123."), read_sms("từ chối").verb.value, read_sms("alo").verb.value
    (Asked(verb=<Verb.IN: 'in'>, code='QN0123'), 'stop', 'unknown')
    """
    if len(text) > _MOST_SIGNS:
        return Asked(Verb.UNKNOWN)
    plain = " ".join(re.sub(r"[^A-Z0-9]+", " ", unaccented(text).upper()).split())
    if plain in _ALONE:
        return Asked(_ALONE[plain])
    found = _IN_OUT.fullmatch(plain)
    code = (found[2] or found[3]).replace(" ", "") if found else ""
    if found is None or not _CODE.fullmatch(code):
        return Asked(Verb.UNKNOWN)
    return Asked(Verb.IN if found[1] == "VAO" else Verb.OUT, code)
