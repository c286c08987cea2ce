"""What acts on figures refuse."""

from vungxanh.refusals import RefusalError, Words


class UptakeError(RefusalError):
    """Figures or an act on them that is refused."""


def wrong_state() -> UptakeError:
    """Somebody dealt with the table before."""
    return UptakeError(
        "uptake.wrong_state",
        Words(
            "Bảng này đã được xử lý trước đó, có thể ở một cửa sổ khác. Tải lại trang để xem.",
            "This table was dealt with before, perhaps in another window. Reload the page.",
        ),
    )


def of_day_table() -> UptakeError:
    """Figures of a day table are published, or taken back, without it."""
    return UptakeError(
        "uptake.of_day_table",
        Words(
            "Số liệu này thuộc một bảng trong ngày. Duyệt, công bố hoặc đính chính ở trang của "
            "bảng đó.",
            "These figures are of a day table. Approve, publish or correct them on its own page.",
        ),
    )


def own_counts_stay() -> UptakeError:
    """Own counts are told live, small ones hidden; their tables stay with officers."""
    return UptakeError(
        "uptake.own_counts_stay",
        Words(
            "Bảng hệ thống tự đếm chỉ để cán bộ đối chiếu, vì có số nhỏ dễ lộ từng người. Người "
            "dân xem số đang đếm trên trang địa bàn.",
            "A table that this house counted is for officers to compare, since small counts give "
            "people away. The public reads the live counts on the unit's page.",
        ),
    )


def outside_area() -> UptakeError:
    """The area is somebody else's."""
    return UptakeError(
        "uptake.outside_area",
        Words(
            "Địa bàn này không thuộc đơn vị của bạn. Chọn địa bàn của mình, "
            "hoặc chuyển bảng cho cán bộ phụ trách.",
            "This area is not your unit's. Choose your own area, "
            "or pass the table to the officer in charge.",
        ),
        field="unit",
    )


def has_errors(n_errors: int) -> UptakeError:
    """A table with errors does not count."""
    return UptakeError(
        "uptake.has_errors",
        Words(
            f"Chưa ghi được: bảng còn {n_errors} lỗi. Sửa trong tệp rồi nộp lại.",
            f"Not recorded: the table has {n_errors} errors. Mend the file and bring it again.",
        ),
    )


def nothing_to_record() -> UptakeError:
    """No row of the table has a unit and a count."""
    return UptakeError(
        "uptake.nothing_to_record",
        Words(
            "Bảng không có dòng nào ghi được. Kiểm tra cột đơn vị và cột số.",
            "The table has no row that can be recorded. Check its unit and count columns.",
        ),
    )


def reason_missing() -> UptakeError:
    """An act that must say why does not."""
    return UptakeError(
        "uptake.reason_missing",
        Words("Ghi lý do, một câu là đủ.", "Give the reason; one sentence is enough."),
        field="reason",
    )


def impossible_target() -> UptakeError:
    """A share that no base can have."""
    return UptakeError(
        "uptake.impossible_target",
        Words(
            "Chỉ tiêu phải từ trên 0 đến 100 % của một mẫu số. Xem lại tỷ lệ.",
            "A target is above 0 and at most 100% of a base. Check the share.",
        ),
        field="share_percent",
    )
