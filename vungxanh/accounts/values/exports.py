"""Exports of persons: what a room registers, what an officer asks for and gets."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from vungxanh.core.viewer import Viewer
from vungxanh.refusals import Words

EXPORT = "persons.export"
APPROVE = "persons.approve_export"


class ExportForm(StrEnum):
    """What the file is."""

    PDF = "pdf"
    XLSX = "xlsx"


class ExportState(StrEnum):
    """Where an export stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    READY = "ready"
    GONE = "gone"


EXPORT_WORDS = {
    ExportState.WAITING: Words(vi="Chờ người thứ hai duyệt", en="Waiting for a second officer"),
    ExportState.APPROVED: Words(vi="Đã duyệt, chưa lập tệp", en="Approved, file not made yet"),
    ExportState.REFUSED: Words(vi="Không được duyệt", en="Refused"),
    ExportState.READY: Words(vi="Mở được", en="Ready"),
    ExportState.GONE: Words(vi="Đã xóa", en="Gone"),
}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PersonList:
    """A list of persons that a room lets officers export; registered in its AppConfig.

    `columns` are (key, words). `count` and `rows` take the viewer, whose purpose is set, and the
    id of one list; for a list that is not this officer's own and open they raise MissingError.
    `units` tells of which units the persons of the list are. `subject` tells of a row whose it is
    ("person:<id>"), so that the file goes when they are erased; without it the file goes with
    anybody.
    """

    title: Words
    columns: tuple[tuple[str, Words], ...]
    rows: Callable[[Viewer, str], Iterable[Row]]
    count: Callable[[Viewer, str], int]
    units: Callable[[Viewer, str], frozenset[str]]
    subject: Callable[[Row], str] | None = None


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """What an officer asks for: which registered resource, which list of it, what for, as what."""

    resource: str
    list_id: str
    purpose: str
    form: ExportForm


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One export as its officer, the second officer and the auditor see it."""

    id: UUID
    number: int
    resource: str
    list_id: str
    purpose: str
    form: ExportForm
    by: str
    n_rows: int
    asked_at: datetime
    state: ExportState
    decided_by: str
    opens_until: datetime | None
    n_downloads: int
