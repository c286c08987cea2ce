"""What people may ask about their own data, and what is kept of them, as pages show it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from vungxanh.accounts.values.purposes import CampaignBasis, Decision
from vungxanh.people.values.consents import Consenting
from vungxanh.people.values.standing import Class
from vungxanh.refusals import Words

__all__ = [
    "ACT_DAYS",
    "HOLDING",
    "KIND_WORDS",
    "OUTCOME_WORDS",
    "REQUESTS",
    "Basis",
    "Kind",
    "Look",
    "NewBasis",
    "NewRequest",
    "Outcome",
    "ProofLine",
    "PurgeLine",
    "RequestLine",
]

REQUESTS = "persons.requests"
"""The capability of officers who answer what persons ask for."""
# While one of these is in force, the law on disease prevention needs the row (Law 114/2025/QH15).
HOLDING = frozenset(set(Class) - {Class.RECOVERED})


class Kind(StrEnum):
    """What a person may ask for (Law 91/2025/QH15, article 4)."""

    SEE = "see"
    CORRECT = "correct"
    OBJECT = "object"
    WITHDRAW = "withdraw"
    DELETE = "delete"


# Days to carry it out, and of the one extension (Decree 356/2025/NĐ-CP, article 5). Where others
# who process the data must act too, and to delete, the decree gives 20 days: these here are always
# the shorter ones, so that keeping them is never late.
ACT_DAYS = {
    Kind.SEE: 10,
    Kind.CORRECT: 10,
    Kind.OBJECT: 15,
    Kind.WITHDRAW: 15,
    Kind.DELETE: 15,
}


class Outcome(StrEnum):
    """What became of a request; `DROPPED` by the person."""

    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, repr=False)
class NewRequest:
    """What a person asks for, in their own words."""

    kind: Kind
    words: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class RequestLine:
    """A request as lists show it; `words` and `answer` only where somebody may read them."""

    id: UUID
    kind: Kind
    unit: str
    asked_at: datetime
    answer_due_on: date
    act_due_on: date
    answered_at: datetime | None
    ended_at: datetime | None
    extended_at: datetime | None
    outcome: Outcome | None
    person: int | None
    words: str = ""
    answer: str = ""
    extended_why: str = ""

    def is_late(self, today: date) -> bool:
        """Whether a day of the law went by without an answer, or without the end."""
        if self.ended_at:
            return False
        return today > self.act_due_on or (self.answered_at is None and today > self.answer_due_on)


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a person: when, by whom in which office, for what, with its law."""

    at: datetime
    office: Words
    role: Words
    purpose: Words
    law: str


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One erasure: what went by room, what was found afterwards, and the keys of old backups.

    `held_keys` are those of the two that are not destroyed yet: until then a backup opens.
    """

    id: UUID
    erased_at: datetime
    n_rows: int
    counts: dict[str, dict[str, int]]
    left: dict[str, int] | None
    checked_at: datetime | None
    key_ids: tuple[str, ...]
    held_keys: tuple[str, ...]

    @property
    def n_left(self) -> int:
        """How much was found afterwards; nothing, where all went well."""
        return sum((self.left or {}).values())


@dataclass(frozen=True, slots=True)
class PurgeLine:
    """One night: what each room deleted, and what was still past its time afterwards."""

    id: UUID
    began_at: datetime
    ended_at: datetime
    is_dry: bool
    counts: dict[str, int]
    overdue: dict[str, int]

    @property
    def n_left(self) -> int:
        """How much was still past its time."""
        return sum(self.overdue.values())


@dataclass(frozen=True, slots=True)
class NewBasis:
    """A law that a campaign rests on without consent; `covers` is what need not be asked for."""

    said: CampaignBasis
    covers: Consenting | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """The same as administrators see it, with who wrote it and what was decided."""

    id: UUID
    said: CampaignBasis
    covers: Consenting | None
    written_by: str
    written_at: datetime
    decision: Decision
    decided_by: str
    decided_at: datetime | None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        is_approved = self.decision is Decision.APPROVED
        return is_approved and self.said.starts_on <= day <= self.said.ends_on


KIND_WORDS = {
    Kind.SEE: Words(vi="Xem dữ liệu của tôi", en="See my data"),
    Kind.CORRECT: Words(vi="Sửa điều chưa đúng", en="Correct what is wrong"),
    Kind.OBJECT: Words(vi="Phản đối một việc sử dụng", en="Object to a use"),
    Kind.WITHDRAW: Words(vi="Rút sự đồng ý", en="Withdraw a consent"),
    Kind.DELETE: Words(vi="Xóa dữ liệu của tôi", en="Delete my data"),
}
OUTCOME_WORDS = {
    Outcome.DONE: Words(vi="Đã thực hiện", en="Carried out"),
    Outcome.REFUSED: Words(vi="Không thực hiện, có lý do", en="Refused, with a reason"),
    Outcome.DROPPED: Words(vi="Người yêu cầu đã rút", en="Taken back by the person"),
}
