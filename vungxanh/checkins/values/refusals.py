"""What the room refuses of points and their codes, and in which words."""

from collections.abc import Sequence

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


class CodeOverError(PointError):
    """A code is to be revoked that is not one of the point, or that ended before."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            "Không thu hồi được: mã này không có, hoặc đã thôi dùng từ trước. Xem lại các mã đang "
            "dùng của điểm.",
            "Nothing was revoked: there is no such code, or it ended before. Look again at the "
            "codes in use.",
        )
        super().__init__("checkins.code_over", words)


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


def not_living() -> PointError:
    """A point that is suspended or closed is not changed and gets no codes."""
    return PointError(
        "checkins.not_living",
        Words(
            "Điểm đang tạm dừng hoặc đã đóng, nên chưa sửa và chưa cấp mã được. Mở lại điểm trước.",
            "The point is suspended or closed, so it is not changed and gets no codes. "
            "Open it again first.",
        ),
        field="state",
    )


def bad_until(most_days: int) -> PointError:
    """A day on which former codes cannot end."""
    return PointError(
        "checkins.bad_until",
        Words(
            f"Chọn ngày mã cũ hết hạn từ ngày mai, trong {most_days} ngày tới.",
            f"Choose the last day of the former codes from tomorrow, within {most_days} days.",
        ),
        field="until",
    )


def many_points(most: int) -> PointError:
    """One person owns as many living points as one may."""
    return PointError(
        "checkins.many_points",
        Words(
            f"Một người đăng ký nhiều nhất {most} điểm. Nếu cần thêm, nhờ cán bộ xã đăng ký, hoặc "
            "đăng ký theo tổ chức.",
            f"One person registers at most {most} points. For more, ask the commune, or register "
            "as an organisation.",
        ),
    )


class NumberNeededError(PointError):
    """A phone without a proved number registers nothing."""

    status = 403

    def __init__(self) -> None:
        words = Words(
            "Cần xác thực số điện thoại trước, để cán bộ liên hệ được với chủ điểm.",
            "Prove your telephone number first, so that officers reach the owner of a point.",
        )
        super().__init__("checkins.number_needed", words)


class MaybeRegisteredError(PointError):
    """The point may be one that is there already; `codes` are those of the points suspected."""

    status = 409

    def __init__(self, codes: Sequence[str]) -> None:
        told = ", ".join(codes)
        words = Words(
            f"Có thể điểm này đã được đăng ký: {told}. Nếu là nơi khác, xác nhận rồi gửi lại.",
            f"This point may be registered already: {told}. If it is another, say so and resend.",
        )
        super().__init__("checkins.maybe_registered", words, field="is_another")
        self.codes = tuple(codes)


def not_one_place() -> PointError:
    """Two points of different communes, or one point twice, are merged."""
    return PointError(
        "checkins.not_one_place",
        Words(
            "Chỉ gộp được hai điểm khác nhau của cùng một xã, phường.",
            "Only two different points of one commune can be merged.",
        ),
        field="other",
    )


def merged_already() -> PointError:
    """A point that was merged into another is opened."""
    return PointError(
        "checkins.merged_already",
        Words(
            "Điểm này đã gộp vào điểm khác nên không mở lại được. Mở điểm đã giữ lại.",
            "This point was merged into another, so it cannot be opened. Open the one kept.",
        ),
        field="state",
    )
