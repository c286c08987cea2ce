"""Refusals of the care of somebody ill, and of contests."""

from vungxanh.refusals import RefusalError, Words


class CareError(RefusalError):
    """What somebody wanted with a care cannot be done now."""

    status = 409


class CareInputError(CareError):
    """What somebody typed says too little, or a day that cannot be."""

    status = 422


def held_by_other() -> CareError:
    """A colleague has said that they call."""
    words = Words(
        vi="Một cán bộ khác vừa nhận gọi người này. Tải lại trang để xem; nếu sau 30 phút chưa có "
        "kết quả, bạn nhận gọi được.",
        en="A colleague has just said that they call. Reload the page; after 30 minutes without a "
        "result you may take it.",
    )
    return CareError("declarations.care_held", words)


def changed() -> CareError:
    """Somebody noted a result while the page was open."""
    words = Words(
        vi="Người này vừa được ghi kết quả ở máy khác. Chưa ghi gì thêm. Tải lại trang để xem.",
        en="A result was noted meanwhile on another machine. Nothing more was noted. Reload.",
    )
    return CareError("declarations.care_changed", words)


def over() -> CareError:
    """The care is closed."""
    words = Words(
        vi="Việc này đã xong. Người này khai lại thì có việc mới.",
        en="This is done. If the person declares again there is a new one.",
    )
    return CareError("declarations.care_over", words)


def undone_too_late() -> CareError:
    """There is nothing to undo, or the ten minutes are over, or it was somebody else."""
    words = Words(
        vi="Chỉ người ghi hoàn tác được, trong 10 phút. Ghi thêm một cuộc gọi với kết quả đúng.",
        en="Only who noted it can undo it, within 10 minutes. Note another call with the right "
        "result.",
    )
    return CareError("declarations.care_undo", words)


def plan_needed(field: str) -> CareInputError:
    """Somebody followed has no day, or one that cannot be; somebody not reached no time."""
    words = Words(
        vi="Chọn lúc gọi lại: từ bây giờ đến 24 giờ tới."
        if field == "again"
        else "Chọn ngày gọi lại theo dõi: từ hôm nay đến 21 ngày tới.",
        en="Choose when to call again: within 24 hours."
        if field == "again"
        else "Choose the day of the next call: within 21 days from today.",
    )
    return CareInputError("declarations.care_plan", words, field=field)


def reason_needed() -> CareInputError:
    """Nothing was said where something must be."""
    words = Words(
        vi="Ghi lý do bằng vài lời (ít nhất 5 chữ cái, nhiều nhất 1.000 ký tự).",
        en="Write why in some words (at least 5 letters, at most 1,000 signs).",
    )
    return CareInputError("declarations.words_needed", words, field="words")


def asked_already() -> CareError:
    """A contest of this declaration waits."""
    words = Words(
        vi="Bạn đã báo kết quả này sai; cán bộ đang xem. Có trả lời, bạn được báo.",
        en="You have said that this is wrong; an officer is looking. You are told the answer.",
    )
    return CareError("declarations.contest_waits", words)


def decided_already() -> CareError:
    """The contest is decided."""
    words = Words(
        vi="Khiếu nại này đã được trả lời. Tải lại trang để xem.",
        en="This contest was answered. Reload the page.",
    )
    return CareError("declarations.contest_decided", words)


def colour_needed() -> CareInputError:
    """A correction without another colour."""
    words = Words(
        vi="Chọn màu thẻ đúng, khác với màu đang có; hoặc chọn giữ kết quả.",
        en="Choose the right colour, other than the present one; or keep the outcome.",
    )
    return CareInputError("declarations.contest_colour", words, field="colour")
