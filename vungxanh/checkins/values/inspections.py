"""What officers find at points, what people report of posters, and what follows. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from vungxanh.refusals import Words

INSPECT: Final = "points.inspect"
MOST_PHOTOS: Final = 3
MOST_REMINDERS: Final = 3
LONGEST_NOTE: Final = 500
LONGEST_ANSWER: Final = 1000
LONGEST_REASON: Final = 300
REMINDER_DAYS: Final = 3
"""How long somebody has to mend what was found, unless the officer names another day."""


class Result(StrEnum):
    """What an inspection found."""

    FINE = "fine"
    NO_POSTER = "no_poster"
    WRONG_POSTER = "wrong_poster"
    NOT_SCANNING = "not_scanning"
    NO_POINT = "no_point"
    CLOSED = "closed"
    OTHER = "other"


class Tamper(StrEnum):
    """What somebody says is wrong with a poster."""

    PASTED_OVER = "pasted_over"
    DAMAGED = "damaged"
    OTHER_PLACE = "other_place"
    OTHER = "other"


class ProposalState(StrEnum):
    """What became of a proposal to suspend."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


RESULTS: Final = {
    Result.FINE: Words("Đạt", "In order"),
    Result.NO_POSTER: Words("Chưa treo bảng mã", "No poster hangs"),
    Result.WRONG_POSTER: Words("Bảng mã sai, cũ hoặc bị dán đè", "Wrong, old or covered poster"),
    Result.NOT_SCANNING: Words("Khách vào không quét mã", "Visitors do not scan"),
    Result.NO_POINT: Words("Chưa đăng ký điểm kiểm soát", "No control point registered"),
    Result.CLOSED: Words("Cơ sở đã đóng cửa", "The place is closed"),
    Result.OTHER: Words("Vấn đề khác", "Something else"),
}
OF_POINTS: Final = (
    Result.FINE,
    Result.NO_POSTER,
    Result.WRONG_POSTER,
    Result.NOT_SCANNING,
    Result.CLOSED,
    Result.OTHER,
)
OF_PREMISES: Final = (Result.FINE, Result.NO_POINT, Result.CLOSED, Result.OTHER)
TO_MEND: Final = frozenset(set(Result) - {Result.FINE, Result.CLOSED})
"""Results after which somebody may be reminded."""
TAMPERS: Final = {
    Tamper.PASTED_OVER: Words("Có mã khác dán đè lên", "Another code is pasted over it"),
    Tamper.DAMAGED: Words("Bảng rách, mờ, không quét được", "Torn or faded, does not scan"),
    Tamper.OTHER_PLACE: Words("Bảng của nơi khác treo ở đây", "It belongs to another place"),
    Tamper.OTHER: Words("Vấn đề khác", "Something else"),
}
PROPOSALS: Final = {
    ProposalState.PROPOSED: Words("Chờ cấp trên quyết định", "Waits for the higher level"),
    ProposalState.ACCEPTED: Words("Đã đồng ý tạm dừng", "Suspension accepted"),
    ProposalState.REJECTED: Words("Không đồng ý tạm dừng", "Suspension rejected"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """What is inspected or reminded: a point, or premises that have none."""

    point_id: int | None = None
    premises_id: int | None = None

    def __post_init__(self) -> None:
        if (self.point_id is None) == (self.premises_id is None):
            message = "one place: a point, or premises"
            raise ValueError(message)

    @property
    def ref(self) -> str:
        """How the log names it."""
        return f"point:{self.point_id}" if self.point_id else f"premises:{self.premises_id}"


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the newest inspection leaves its owner to do; `mend_by` is a reminder's day."""

    found: Words
    at: datetime
    is_fine: bool
    is_answered: bool
    mend_by: date | None

    @property
    def waits(self) -> bool:
        """Whether the owner has not answered yet."""
        return not self.is_fine and not self.is_answered


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What is shown of a place; `code` and `state` are empty for premises."""

    place: Place
    name: str
    address: str
    unit: str
    kind: Words
    code: str
    state: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What an officer writes down at a place."""

    result: Result
    note: str = ""
    photos: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class TamperSaid:
    """What somebody says of a poster."""

    what: Tamper
    note: str = ""
    entrance: int = 0
    photos: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report of a poster as officers see it; who sent it is not shown."""

    id: UUID
    point_id: int
    point_name: str
    point_code: str
    unit: str
    entrance: str
    what: Words
    note: str
    at: datetime
    is_open: bool
    handled_at: datetime | None
    outcome: str
    photos: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """One inspection with the owner's answer."""

    id: UUID
    result: Words
    is_fine: bool
    note: str
    at: datetime
    answer: str
    answered_at: datetime | None
    photos: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One reminder; its round is over once it was met or lapsed."""

    id: UUID
    number: int
    reason: Words
    note: str
    due_on: date
    at: datetime
    met_at: datetime | None
    lapsed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it still asks for something."""
        return self.met_at is None and self.lapsed_at is None


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal to suspend, and what was decided."""

    id: UUID
    facts: PlaceFacts
    reason: str
    at: datetime
    state: ProposalState
    decided_at: datetime | None
    decided_reason: str
    ended_at: datetime | None
