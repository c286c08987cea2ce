"""Acts on the papers of processing that are refused."""

from vungxanh.refusals import RefusalError, Words


class ProcessingError(RefusalError):
    """An act on statements and papers that is refused."""

    status = 409


def found_later() -> ProcessingError:
    """A breach that was found after now."""
    words = Words(
        "Lúc phát hiện không thể sau bây giờ. Xem lại ngày và giờ.",
        "The breach cannot have been found after now. Check day and time.",
    )
    return ProcessingError("config.breach_in_future", words, field="found_at")


def began_later() -> ProcessingError:
    """Processing that begins after today."""
    words = Words(
        "Ngày bắt đầu xử lý không thể sau hôm nay. Xem lại ngày.",
        "Processing cannot have begun after today. Check the day.",
    )
    return ProcessingError("config.processing_in_future", words, field="began_on")


def reason_needed() -> ProcessingError:
    """A correction of a notice without its reason."""
    words = Words(
        "Ghi lý do sửa thông báo, một câu là đủ (tối đa 300 ký tự).",
        "Give the reason for the correction; one sentence is enough (at most 300 signs).",
    )
    return ProcessingError("config.breach_reason", words, field="reason")


def unknown_table() -> ProcessingError:
    """A table that does not point at persons, or is not there."""
    words = Words(
        "Chọn ít nhất một bảng dữ liệu trong danh sách.",
        "Choose at least one table from the list.",
    )
    return ProcessingError("config.breach_tables", words, field="tables")


def corrected_already() -> ProcessingError:
    """A version that is no longer the newest."""
    words = Words(
        "Đã có bản mới hơn. Mở bản mới nhất rồi làm lại.",
        "There is a newer version. Open the newest and try again.",
    )
    return ProcessingError("config.paper_replaced", words)


def sent_already() -> ProcessingError:
    """A notice that was marked as sent."""
    words = Words("Bản này đã được ghi là đã gửi.", "This version is marked as sent already.")
    return ProcessingError("config.sent_already", words)
