"""Why a message is not written."""

from vungxanh.messaging.rules.segments import MOST_PARTS
from vungxanh.refusals import RefusalError, Words


class MessageRefusedError(RefusalError):
    """A message that is not written; its base, for whom it is all one."""


class BadAddressError(MessageRefusedError):
    """A message to what is no e-mail address."""

    def __init__(self) -> None:
        words = Words(
            vi="Địa chỉ email này chưa đúng dạng. Sửa lại, ví dụ ten@donvi.gov.vn.",
            en="This is no e-mail address. Correct it, for example name@office.gov.vn.",
        )
        super().__init__("messaging.bad_address", words, field="email")


class BadNumberError(MessageRefusedError):
    """A message to what is no telephone number, or to a push subscription that is none."""

    def __init__(self) -> None:
        words = Words(
            vi="Số điện thoại này chưa đúng dạng. Sửa lại, ví dụ 0912 345 678.",
            en="This is no telephone number. Correct it, for example +84 912 345 678.",
        )
        super().__init__("messaging.bad_number", words, field="phone")


class UnknownTemplateError(MessageRefusedError):
    """No room publishes this template, or it has no words for this channel and language."""

    def __init__(self, template: str, place: str) -> None:
        words = Words(
            vi=f"Chưa có mẫu tin {template} cho {place}. Báo người quản trị hệ thống.",
            en=f"There is no template {template} for {place}. Tell the administrator.",
        )
        super().__init__("messaging.unknown_template", words, field="template")


class ValueMissingError(MessageRefusedError):
    """A template asks for a value that the sending room did not give."""

    def __init__(self, template: str, name: str) -> None:
        words = Words(
            vi=f"Mẫu tin {template} thiếu giá trị “{name}”. Chưa gửi gì; bổ sung rồi gửi lại.",
            en=f"The template {template} lacks the value “{name}”. Nothing was sent; add it.",
        )
        super().__init__("messaging.value_missing", words, field=name)


class TooLongError(MessageRefusedError):
    """An SMS of more parts than operators carry."""

    def __init__(self, n_parts: int) -> None:
        words = Words(
            vi=f"Tin dài {n_parts} phần SMS, nhiều nhất là {MOST_PARTS}. Viết ngắn lại.",
            en=f"The text takes {n_parts} SMS parts, {MOST_PARTS} are the most. Write less.",
        )
        super().__init__("messaging.too_long", words, field="text")


class OptedOutError(MessageRefusedError):
    """An ordinary message to somebody who wants none."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Người nhận đã từ chối loại tin này; không gửi.",
            en="The reader has opted out of such messages; nothing is sent.",
        )
        super().__init__("messaging.not_wanted", words)


class TooManyTodayError(MessageRefusedError):
    """One address was written to as often today as it may be."""

    status = 429

    def __init__(self) -> None:
        words = Words(
            vi="Số này đã nhận đủ tin trong hôm nay. Thử lại vào ngày mai, hoặc đến điểm hỗ trợ.",
            en="This number got all the messages of its day. Try tomorrow, or ask a help desk.",
        )
        super().__init__("messaging.too_many_today", words)


class BudgetSpentError(MessageRefusedError):
    """The SMS of the day are used up, and what is asked for cannot wait until tomorrow."""

    status = 503

    def __init__(self) -> None:
        words = Words(
            vi="Hôm nay không gửi thêm được mã qua SMS. Đến điểm hỗ trợ, hoặc thử lại ngày mai.",
            en="No more codes can be sent by SMS today. Ask a help desk, or try again tomorrow.",
        )
        super().__init__("messaging.budget_spent", words)
