"""What is refused at a point's door: lists, reports of posters, inspections; and in which words."""

from vungxanh.checkins.values.refusals import PointError
from vungxanh.refusals import Words


class NoListYetError(PointError):
    """No list of revoked codes was made yet: the installation is minutes old."""

    status = 404

    def __init__(self) -> None:
        words = Words(
            "Danh sách mã thu hồi chưa được lập. Thử lại sau vài phút; nếu vẫn chưa có, báo người "
            "quản trị máy chủ.",
            "The list of revoked codes was not made yet. Try again in a few minutes; if there is "
            "still none, tell whoever keeps the server.",
        )
        super().__init__("checkins.no_list_yet", words)


class ReportHandledError(PointError):
    """A report that somebody else handled meanwhile."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            "Lần báo này đã có người xử lý. Tải lại trang để xem kết quả.",
            "Somebody has handled this report already. Reload the page to see how.",
        )
        super().__init__("checkins.report_handled", words)


class NoWordsError(PointError):
    """What was found, answered or decided is not said."""

    def __init__(self) -> None:
        words = Words(
            "Chưa ghi nội dung. Viết một câu ngắn cho người sau đọc.",
            "Nothing was written. Write one short sentence for whoever reads it later.",
        )
        super().__init__("checkins.no_words", words, field="words")


def too_many_photos() -> PointError:
    """More photos than are kept."""
    return PointError(
        "checkins.too_many_photos",
        Words(
            "Gửi tối đa 3 ảnh. Bỏ bớt ảnh rồi gửi lại.",
            "Send at most 3 photos. Take some away and send again.",
        ),
        field="photos",
    )


class NotNowError(PointError):
    """Another reminder, a proposal or a decision where the round does not stand there."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            "Chưa làm được bước này: lần nhắc trước còn hạn, hoặc đã có người làm. Tải lại trang "
            "để xem bước tiếp theo.",
            "This step cannot be taken now: the last reminder still runs, or somebody took it. "
            "Reload the page to see what comes next.",
        )
        super().__init__("checkins.not_now", words)


class NotHigherError(PointError):
    """A proposal is decided by a level above the commune, and not by who made it."""

    status = 403

    def __init__(self) -> None:
        words = Words(
            "Đề nghị tạm dừng do cấp trên quyết định, và không do chính người đề nghị. Nhờ cán bộ "
            "cấp trên của địa bàn.",
            "The higher level decides on a proposal to suspend, and not the one who made it. Ask "
            "an officer of the level above.",
        )
        super().__init__("checkins.not_higher", words)


def unfair_day() -> PointError:
    """A day that has passed, is today, or is too far away."""
    return PointError(
        "checkins.unfair_day",
        Words(
            "Hạn sửa phải từ ngày mai, và trong vòng 60 ngày. Chọn ngày khác.",
            "The day must be tomorrow or later, and within 60 days. Choose another.",
        ),
        field="due_on",
    )


def no_such_result() -> PointError:
    """A result that does not go with the place."""
    return PointError(
        "checkins.no_such_result",
        Words(
            "Kết quả này không dùng cho nơi đang kiểm tra. Chọn một kết quả trong danh sách.",
            "This result does not go with the place. Choose one of the list.",
        ),
        field="result",
    )


class AnsweredError(PointError):
    """An inspection that was answered already."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            "Lần kiểm tra này đã có trả lời. Tải lại trang để xem.",
            "This inspection was answered already. Reload the page to see it.",
        )
        super().__init__("checkins.answered", words)
