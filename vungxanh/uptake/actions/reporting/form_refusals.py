"""What making report forms refuses."""

from vungxanh.refusals import Words
from vungxanh.uptake.actions.refusals import UptakeError


def form_untitled() -> UptakeError:
    """A form without a title, or of units that nobody reports on."""
    words = Words(
        "Biểu mẫu cần tên và cấp của các dòng (tỉnh, huyện hoặc xã). Điền hai mục đó.",
        "A form needs a title and the level of its lines (province, district or commune).",
    )
    return UptakeError("uptake.form_untitled", words, field="title")


def version_day() -> UptakeError:
    """A new version that would begin today, in the past, or too far ahead."""
    words = Words(
        "Bản mới của biểu mẫu bắt đầu sớm nhất từ ngày mai, muộn nhất sau 7 ngày. Chọn lại ngày.",
        "A new version begins tomorrow at the earliest and in 7 days at the latest. Choose the "
        "day anew.",
    )
    return UptakeError("uptake.form_version_day", words, field="starts_on")


def form_elsewhere() -> UptakeError:
    """Somebody reports on it to an area that is not one's own."""
    words = Words(
        "Có đầu mối báo cáo theo biểu mẫu này cho địa bàn khác, nên bạn không thay được bản mới. "
        "Lập biểu mẫu riêng từ biểu mẫu này.",
        "Somebody reports on this form to another area, so it is not yours to renew. Make a form "
        "of your own from it.",
    )
    return UptakeError("uptake.form_elsewhere", words)
