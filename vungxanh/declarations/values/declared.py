"""A declaration on its way: as it was made, what is known of its person, and what is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from vungxanh.declarations.values.states import Way

MOST_IN_A_BODY: Final = 50
MAY_LIE_AHEAD: Final = timedelta(days=1)
OLDEST: Final = timedelta(days=14)
"""What lay on a phone without a network for longer says nothing of today."""
AGREEING_WAYS: Final = frozenset({Way.SELF, Way.DEPENDANT})
"""Ways on which the holder of a phone must have agreed; on others the page keeps how they did."""


class Refusal(StrEnum):
    """Why a declaration is not kept; the sender need not send it again as it is."""

    ANSWERS = "answers"
    CONSENT_NEEDED = "consent_needed"
    FORM_RETIRED = "form_retired"
    FORM_UNKNOWN = "form_unknown"
    ID_REUSED = "id_reused"
    ID_TIME_MISMATCH = "id_time_mismatch"
    ID_VERSION = "id_version"
    NOT_TAKEN = "not_taken"
    SUBJECT_NOT_ALLOWED = "subject_not_allowed"
    SUBJECT_UNKNOWN = "subject_unknown"
    TIME_OUT_OF_RANGE = "time_out_of_range"


STORED: Final = "stored"
DUPLICATE: Final = "duplicate"


@dataclass(frozen=True, slots=True)
class Made:
    """One declaration as somebody made it; `answers` are as they came.

    `questionnaire` is `general@2`. `at` is when the person declared.
    """

    id: UUID
    questionnaire: str
    answers: Mapping[str, object] = field(repr=False)
    person_id: int
    way: Way
    lang: str
    device_id: UUID | None
    by: str
    point: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a declaration: `stored`, `duplicate`, or the code of its refusal.

    `faults` pairs questions with what is wrong with their answers. `in_use` is the version of the
    form to declare on where that one is not taken; None where the form has none.
    """

    id: UUID
    outcome: str
    colour: str = ""
    advice: tuple[str, ...] = ()
    until: datetime | None = None
    is_ill: bool = False
    faults: tuple[tuple[str, str], ...] = ()
    in_use: int | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the declaration lies in its table."""
        return self.outcome in (STORED, DUPLICATE)


class Levels(NamedTuple):
    """Levels (1 to 4) of the home on the day and, the worst, of places visited; None: not set."""

    home: int | None = None
    places: int | None = None


class KnownPerson(NamedTuple):
    """What a judgement needs of a person: their key wrapped, birth sealed, home, standings.

    `known` are identity questions that the register has answers to.
    """

    id: int
    key: bytes
    birth: bytes | None
    unit_id: str
    province: str
    standings: list[str]
    known: list[str]
