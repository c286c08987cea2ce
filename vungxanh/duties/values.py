"""Duties as other rooms write them and as pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from vungxanh.duties.rules import MET, HolderKind, Pace, Schedule, SourceKind, State, Step
from vungxanh.refusals import Words

__all__ = [
    "BY_HAND",
    "KIND_WORDS",
    "MANAGE",
    "MET",
    "NOTE",
    "OVERDUE_WORDS",
    "SOURCE_WORDS",
    "STATE_WORDS",
    "STEP_WORDS",
    "VIEW",
    "Board",
    "Holder",
    "HolderKind",
    "NewDuty",
    "Pace",
    "Schedule",
    "SourceKind",
    "State",
    "Step",
    "WorkLine",
]

VIEW = "duties.view"
MANAGE = "duties.manage"
NOTE = "note:"
"""Before evidence that is somebody's own words."""
BY_HAND: Final = "duties.task"
"""The sort of duties that a person marks as done; all others are met by what another room takes."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who owes it: a unit's id, or an organisation's, and the role that it falls to, if one."""

    kind: HolderKind
    id: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class NewDuty:
    """A duty on its way in. `kind` names the sort ("duties.task"), `source` what orders it."""

    title: str
    holder: Holder
    owed_to: str
    schedule: Schedule
    source_kind: SourceKind
    source: str
    kind: str = BY_HAND
    key: str = ""
    note: str = ""
    pace: Pace = Pace.HOURS


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One occurrence, as lists show it. `holder_name` is a unit's or an organisation's."""

    id: UUID
    duty_id: UUID
    kind: str
    title: str
    holder_name: str
    holder: Holder
    owed_to: str
    owed_to_name: str
    source_kind: SourceKind
    source: str
    day: date
    due_at: datetime
    state: State
    is_overdue: bool
    was_late: bool
    met_at: datetime | None
    evidence: str
    n_met: int
    reason: str
    step: Step
    proposed_at: datetime | None
    answered_at: datetime | None
    raised_to_name: str


@dataclass(frozen=True, slots=True)
class Board:
    """What came and what is missing on a day, of one kind, towards one unit.

    `expected` leaves out what was cancelled or waived.
    """

    day: date
    missing: tuple[WorkLine, ...]
    awaited: tuple[WorkLine, ...]
    late: tuple[WorkLine, ...]
    come: tuple[WorkLine, ...]
    waived: tuple[WorkLine, ...]

    @property
    def lines(self) -> tuple[WorkLine, ...]:
        """Everything of the day, those that are missing first."""
        return self.missing + self.awaited + self.late + self.come + self.waived

    @property
    def n_expected(self) -> int:
        """How many are owed on that day."""
        return len(self.lines) - len(self.waived)


STATE_WORDS = {
    State.OPEN: Words("Chờ", "Open"),
    State.DONE: Words("Đúng hạn", "On time"),
    State.LATE: Words("Trễ hạn", "Late"),
    State.REVISED: Words("Đã sửa", "Revised"),
    State.WAIVED: Words("Được miễn", "Waived"),
    State.CANCELLED: Words("Đã hủy", "Cancelled"),
}
KIND_WORDS = {
    "checkins.proposal": Words("Quyết định tạm dừng điểm", "Decide on suspending a point"),
    "checkins.reminder": Words("Xem lại nơi đã nhắc", "Look again where was reminded"),
    "checkins.tamper": Words("Xem bảng mã bị báo", "Look at reported posters"),
    "config.breach": Words("Thông báo vi phạm dữ liệu", "Notices of data breaches"),
    "config.dossier": Words("Hồ sơ đánh giá tác động", "Impact dossiers"),
    "declarations.contest": Words(
        "Trả lời khiếu nại kết quả khai báo", "Answer contested outcomes"
    ),
    "declarations.ill": Words("Gọi người khai có dấu hiệu bệnh", "Call people who declared signs"),
    "declarations.ill_raised": Words("Gọi thay trạm y tế đã quá hạn", "Call what a station left"),
    "duties.task": Words("Việc được giao", "Tasks"),
    "people.request_act": Words("Thực hiện yêu cầu của công dân", "Carry out a citizen's request"),
    "people.request_answer": Words("Trả lời yêu cầu của công dân", "Answer a citizen's request"),
    "uptake.report": Words("Báo cáo số liệu", "Figure reports"),
}
"""Sorts of duties; a room above that brings its own says its words here."""
OVERDUE_WORDS = Words("Quá hạn", "Overdue")
SOURCE_WORDS = {
    SourceKind.LETTER: Words("Văn bản", "Letter"),
    SourceKind.RULE: Words("Quy định thường xuyên", "Standing rule"),
    SourceKind.LAW: Words("Luật", "Law"),
}
STEP_WORDS = {
    Step.NONE: Words("Chưa nhắc", "Not reminded"),
    Step.BEFORE: Words("Đã nhắc trước hạn", "Reminded before"),
    Step.ON: Words("Đã nhắc đúng hạn", "Reminded when due"),
    Step.AFTER_1: Words("Đã nhắc lần 1 sau hạn", "First reminder after"),
    Step.AFTER_2: Words("Đã nhắc lần 2 sau hạn", "Second reminder after"),
    Step.AFTER_3: Words("Đã nhắc lần 3 sau hạn", "Third reminder after"),
    Step.PROPOSED: Words("Đề nghị báo cấp trên", "Proposed to raise"),
}
