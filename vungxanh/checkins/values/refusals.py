"""What the room refuses of points and their codes, and in which words."""

from vungxanh.refusals import RefusalError, Words


class PointError(RefusalError):
    """The base of what is refused of points."""


class NoSuchPointError(PointError):
    """A point that is not there, or is not the asker's; both answer alike."""

    status = 404

    def __init__(self) -> None:
        words = Words(
            "Không tìm thấy điểm kiểm soát này. Xem lại mã điểm.",
            "This control point was not found. Check its code.",
        )
        super().__init__("checkins.no_such_point", words)


def outside_area() -> PointError:
    """An officer acts on a point of another area."""
    return PointError(
        "checkins.outside_area",
        Words(
            "Điểm này không thuộc địa bàn của bạn. Báo cán bộ của địa bàn đó.",
            "This point is not of your area. Tell the officers of that area.",
        ),
        field="unit",
    )


def cannot_become() -> PointError:
    """A state that the point cannot come into from where it stands."""
    return PointError(
        "checkins.cannot_become",
        Words(
            "Điểm đã đổi trạng thái từ trước, nên không làm được việc này. Tải lại trang để xem.",
            "The point's state has changed, so this cannot be done. Reload to see it.",
        ),
        field="state",
    )


def reason_needed() -> PointError:
    """Suspended, closed or revoked without a word why."""
    return PointError(
        "checkins.reason_needed",
        Words(
            "Chưa ghi lý do. Ghi ngắn gọn vì sao, để chủ điểm biết cách sửa.",
            "A reason is missing. Say shortly why, so that the owner knows what to mend.",
        ),
        field="reason",
    )


def too_late_to_undo() -> PointError:
    """The last change cannot be taken back any more."""
    return PointError(
        "checkins.too_late_to_undo",
        Words(
            "Đã quá 10 phút, hoặc điểm đã đổi thêm, nên không hoàn tác được. "
            "Muốn mở lại, liên hệ cán bộ xã.",
            "More than ten minutes passed, or the point changed since, so this cannot be undone. "
            "To open it again, ask the commune.",
        ),
        field="state",
    )
