"""What the room refuses."""

from vungxanh.refusals import RefusalError, Words


class DutyError(RefusalError):
    """A duty, or an act on one, that is refused."""


def outside_area() -> DutyError:
    """A duty towards a unit that is not of the own area."""
    words = Words(
        "Nơi nhận không thuộc địa bàn của bạn, nên bạn không giao nghĩa vụ thay được. Chọn đơn vị "
        "thuộc địa bàn của mình.",
        "The unit that it is owed to is not in your area. Choose a unit of your own area.",
    )
    return DutyError("duties.outside_area", words, field="owed_to")


def unknown_holder() -> DutyError:
    """A duty of nobody that is known."""
    words = Words(
        "Chưa rõ ai phải làm. Chọn một đơn vị hành chính hoặc một tổ chức có trong danh mục.",
        "It is not clear who owes it. Choose a unit or an organisation that is listed.",
    )
    return DutyError("duties.unknown_holder", words, field="holder")


def holder_outside() -> DutyError:
    """A unit elsewhere would owe it."""
    words = Words(
        "Đơn vị phải làm không thuộc địa bàn của bạn. Chọn đơn vị thuộc địa bàn của mình, hoặc đề "
        "nghị cấp trên giao.",
        "The unit that would owe it is not in your area. Choose one of your own area, or ask the "
        "unit above to order it.",
    )
    return DutyError("duties.holder_outside", words, field="holder")


def not_worded() -> DutyError:
    """What is owed, or by what, is missing or too long."""
    words = Words(
        "Ghi việc phải làm và căn cứ, mỗi mục từ 1 đến 300 ký tự; ghi chú nhiều nhất 1000.",
        "Say what is owed and by what, each in 1 to 300 characters; a note has at most 1000.",
    )
    return DutyError("duties.wording", words, field="title")


def evidence_needed() -> DutyError:
    """Something came that is not named."""
    words = Words(
        "Ghi đã làm gì, ví dụ số văn bản hoặc tên tệp.",
        "Say what was done, for example the number of a letter or the name of a file.",
    )
    return DutyError("duties.evidence_needed", words, field="evidence")


def never_due() -> DutyError:
    """A duty that would never fall due."""
    words = Words(
        "Nghĩa vụ này không rơi vào ngày nào: hạn đã qua, hoặc ngày kết thúc trước ngày đầu. "
        "Sửa lại ngày.",
        "It never falls due: its day is past, or it ends before it begins. Correct the days.",
    )
    return DutyError("duties.never_due", words, field="starts_on")


def reason_needed() -> DutyError:
    """An act that needs a reason came without one."""
    words = Words("Ghi lý do (ít nhất 5 chữ cái).", "Give a reason (at least 5 letters).")
    return DutyError("duties.reason_needed", words, field="reason")


def already_ended() -> DutyError:
    """A duty that has ended is ended or changed again."""
    words = Words(
        "Nghĩa vụ này đã kết thúc. Tải lại trang để xem.",
        "This duty has ended already. Reload the page to see it.",
    )
    return DutyError("duties.already_ended", words)


def not_to_be_met() -> DutyError:
    """Evidence for what was cancelled."""
    words = Words(
        "Lần này đã bị hủy nên không nhận báo cáo. Nếu hủy nhầm, nơi nhận mở lại lần này trước.",
        "This occurrence was cancelled and takes no report. If by mistake, whoever it is owed to "
        "opens it again first.",
    )
    return DutyError("duties.not_owed", words)


def changed_meanwhile() -> DutyError:
    """An occurrence is no longer in the state that the act expects."""
    words = Words(
        "Lần này vừa được người khác cập nhật. Tải lại trang rồi xem có còn cần làm không.",
        "Somebody else has just changed this. Reload the page and see whether it is still needed.",
    )
    return DutyError("duties.changed", words)


def told_elsewhere() -> DutyError:
    """Somebody marks by hand what comes by a report."""
    words = Words(
        "Việc này hoàn thành khi báo cáo được nhận, không đánh dấu bằng tay. Nộp báo cáo.",
        "This is met when the report is taken, not by hand. Bring the report.",
    )
    return DutyError("duties.by_report", words)
