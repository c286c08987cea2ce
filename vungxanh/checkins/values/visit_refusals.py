"""Refusals of what somebody says of a visit, and of writing visits to files."""

from datetime import date

from vungxanh.refusals import RefusalError, Words


class VisitError(RefusalError):
    """The base of what is refused of visits."""


class NoSuchVisitError(VisitError):
    """A visit that is not there, or no longer kept."""

    status = 404

    def __init__(self) -> None:
        words = Words(
            vi="Không tìm thấy lượt đến này, có thể đã hết hạn lưu. Tải lại trang để xem.",
            en="This visit was not found; perhaps it is no longer kept. Reload the page.",
        )
        super().__init__("checkins.no_such_visit", words)


def no_such_visit() -> VisitError:
    """No scan of that id."""
    return NoSuchVisitError()


def no_times_of_a_visit() -> VisitError:
    """Times in the future, the wrong way round or long ago."""
    return VisitError(
        "checkins.visit_times",
        Words(
            vi="Giờ đến phải trước giờ rời, không ở tương lai, trong 30 ngày qua. Sửa lại giờ.",
            en="Arrival must be before leaving, not in the future, within 30 days. Mend them.",
        ),
        field="t_in",
    )


def correction_needs_a_reason() -> VisitError:
    """Corrected without a word why."""
    return VisitError(
        "checkins.correction_reason",
        Words(
            vi="Chưa ghi lý do sửa. Ghi ngắn gọn vì sao giờ này đúng hơn.",
            en="The reason is missing. Say shortly why these times are better.",
        ),
        field="reason",
    )


def no_such_day(first: date, last: date) -> VisitError:
    """A day that has not ended yet, or of which scans are no longer kept."""
    return VisitError(
        "checkins.visits_day",
        Words(
            vi=f"Chỉ ghi được những ngày UTC đã hết, từ {first} đến {last}. Chọn lại ngày.",
            en=f"Only UTC days that ended are written, {first} to {last}. Choose one of them.",
        ),
        field="day",
    )


def no_such_day_to_count(first: date, last: date) -> VisitError:
    """A day that has not begun, or so long ago that its counts no longer change."""
    return VisitError(
        "checkins.activity_day",
        Words(
            vi=f"Chỉ đếm được các ngày từ {first} đến {last}. Chọn lại ngày.",
            en=f"Only days from {first} to {last} are counted. Choose one of them.",
        ),
        field="day",
    )


def visits_disk_full() -> VisitError:
    """No room for the files of days."""
    return VisitError(
        "checkins.visits_disk_full",
        Words(
            vi="Đĩa đã đầy; các tệp lượt đến vẫn như trước. Dọn đĩa rồi chạy lại.",
            en="The disk is full; the files of visits are as they were. Make room, run again.",
        ),
    )


def visits_memory_short() -> VisitError:
    """The system has no more memory to derive visits in."""
    return VisitError(
        "checkins.visits_memory_short",
        Words(
            vi="Máy không đủ bộ nhớ; các tệp lượt đến vẫn như trước. Thêm bộ nhớ rồi chạy lại.",
            en="Memory is short; the files of visits are as they were. Add memory, run again.",
        ),
    )
