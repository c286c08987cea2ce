"""Whom a door or a phone shows: as it was read, and who that is in the register."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntFlag, StrEnum
from typing import Final
from uuid import UUID

from vungxanh.people.rules.companions import MOST_COMPANIONS as MOST_COMPANIONS


class CodeOddness(IntFlag):
    """What is odd about a code that was shown; the bits of `ScanFlag` that say the same."""

    OLD = 256
    AGAIN = 512


NOTHING_ODD: Final = CodeOddness(0)


class SubjectRefusal(StrEnum):
    """Why nobody is found behind what was shown."""

    UNKNOWN = "subject_unknown"
    NOT_ALLOWED = "subject_not_allowed"


@dataclass(frozen=True, slots=True, repr=False)
class ShownSubject:
    """One subject as it was read at `at` by a device.

    `kind` is one of the outer surface: self, companion, vungxanh.person, vn.person, vn.cccd, bhyt,
    phone. `holder_id` is the person whose phone it is, or whom a companion came with.
    """

    kind: str
    value: str
    at: datetime
    holder_id: int | None
    device: UUID


@dataclass(frozen=True, slots=True)
class FoundSubject:
    """Who it is: a number of the register, and what is odd about what was shown."""

    person_id: int
    flags: CodeOddness = NOTHING_ODD
