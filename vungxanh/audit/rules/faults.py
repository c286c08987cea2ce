"""What can be wrong with the log, in words, and what a check answers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vungxanh.refusals import Words


class Fault(StrEnum):
    """The kinds of damage that a check tells apart."""

    ROW_CHANGED = "row_changed"
    ROW_REMOVED = "row_removed"
    ROW_INSERTED = "row_inserted"
    ROW_REPEATED = "row_repeated"
    ROWS_MOVED = "rows_moved"
    ROW_UNQUEUED = "row_unqueued"
    SEAL_CHANGED = "seal_changed"
    SEAL_MISSING = "seal_missing"
    DAY_CHANGED = "day_changed"
    DAY_MISSING = "day_missing"
    END_CUT = "end_cut"
    KEY_UNKNOWN = "key_unknown"
    SEAL_DIFFERS = "seal_differs"


FAULTS = {
    Fault.ROW_CHANGED: Words(vi="Một dòng đã bị sửa.", en="A row was changed."),
    Fault.ROW_REMOVED: Words(vi="Một dòng đã bị xóa.", en="A row was removed."),
    Fault.ROW_INSERTED: Words(
        vi="Có dòng không do hệ thống này ghi.", en="A row is there that the system did not write."
    ),
    Fault.ROW_REPEATED: Words(vi="Một dòng được chép lặp lại.", en="A row was copied."),
    Fault.ROWS_MOVED: Words(
        vi="Có dòng bị đổi chỗ, bị thay, hoặc dấu của chúng bị sửa.",
        en="Rows were moved or put in place of others, or their seal was changed.",
    ),
    Fault.ROW_UNQUEUED: Words(
        vi="Một dòng bị gỡ khỏi hàng chờ niêm phong.", en="A row was taken from the queue."
    ),
    Fault.SEAL_CHANGED: Words(vi="Một dấu đã bị sửa.", en="A seal was changed."),
    Fault.SEAL_MISSING: Words(vi="Thiếu một dấu.", en="A seal is missing."),
    Fault.DAY_CHANGED: Words(vi="Dấu của ngày đã bị sửa.", en="The seal of a day was changed."),
    Fault.DAY_MISSING: Words(vi="Thiếu dấu của ngày.", en="The seal of a day is missing."),
    Fault.END_CUT: Words(
        vi="Phần cuối đã bị cắt so với dấu đã giữ.", en="The end was cut off since the seal kept."
    ),
    Fault.KEY_UNKNOWN: Words(
        vi="Được niêm phong bằng khóa khác với khóa của hệ thống.",
        en="It was sealed with a key that is not this installation's.",
    ),
    Fault.SEAL_DIFFERS: Words(vi="Khác với dấu đã giữ.", en="It differs from the seal kept."),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: the first fault and its place, or none; and how much was looked at.

    `row` is the row's sequence, `seal` a seal's number; where either is unknown it is None.
    """

    fault: Fault | None = None
    day: date | None = None
    seal: int | None = None
    row: int | None = None
    n_rows: int = 0
    n_seals: int = 0
    n_days: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None

    @property
    def why(self) -> Words | None:
        """The fault in words."""
        return FAULTS[self.fault] if self.fault else None


class DamageError(Exception):
    """Ends a check at the first fault."""

    def __init__(
        self,
        fault: Fault,
        *,
        day: date | None = None,
        seal: int | None = None,
        row: int | None = None,
    ) -> None:
        super().__init__(fault)
        self.verdict = Verdict(fault, day, seal, row)
