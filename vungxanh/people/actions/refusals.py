"""What this room refuses, and in which words."""

from datetime import datetime

from vungxanh.core.clock import TZ
from vungxanh.people.rules.codes import LIVES, MOST_TRIES
from vungxanh.refusals import RefusalError, Words

_MINUTES = int(LIVES.total_seconds() // 60)


class PeopleRefusalError(RefusalError):
    """The base of what this room refuses."""


class BadPlatformError(PeopleRefusalError):
    """A platform that is none."""

    def __init__(self) -> None:
        words = Words(
            vi="Loại thiết bị chưa đúng. Dùng android, ios, web hoặc other.",
            en="This is no platform. Use android, ios, web or other.",
        )
        super().__init__("people.bad_platform", words, field="platform")


class NoSuchResidenceError(PeopleRefusalError):
    """A residence that is no commune of the map."""

    def __init__(self) -> None:
        words = Words(
            vi="Chưa tìm thấy xã, phường này. Chọn nơi ở đến cấp xã trong danh sách.",
            en="This commune was not found. Choose the commune where you live from the list.",
        )
        super().__init__("people.no_such_residence", words, field="residence")


class CodeTooSoonError(PeopleRefusalError):
    """Another code was asked for before the wait was over."""

    status = 429

    def __init__(self, next_at: datetime, at: datetime) -> None:
        self.retry_after_seconds = max(1, round((next_at - at).total_seconds()))
        clock = f"{next_at.astimezone(TZ):%H:%M:%S}"
        words = Words(
            vi=f"Mã vừa được gửi, tin có thể đến chậm. Xin mã khác từ {clock}.",
            en=f"A code was just sent and may be on its way. Ask for another from {clock}.",
        )
        super().__init__("people.code_too_soon", words, field="phone")


class TooManyCodesError(PeopleRefusalError):
    """More codes were asked for than one number, network or day may have."""

    status = 429

    def __init__(self, seconds: int) -> None:
        self.retry_after_seconds = seconds
        minutes = -(-seconds // 60)
        words = Words(
            vi=f"Đã xin quá nhiều mã. Hãy thử lại sau {minutes} phút, hoặc nhờ trạm y tế, "
            "cán bộ xã khai giúp.",
            en=f"Too many codes were asked for. Try again in {minutes} minutes, or ask the health "
            "station or a commune officer to help.",
        )
        super().__init__("people.too_many_codes", words, field="phone")


class NoMoreMessagesError(PeopleRefusalError):
    """The day's money for messages is spent."""

    status = 503

    def __init__(self) -> None:
        words = Words(
            vi="Hôm nay hệ thống không gửi được thêm tin nhắn. Hãy thử lại ngày mai, hoặc nhờ trạm "
            "y tế, cán bộ xã khai giúp.",
            en="No more messages can be sent today. Try again tomorrow, or ask the health station "
            "or a commune officer to help.",
        )
        super().__init__("people.no_more_messages", words, field="phone")


class WrongCodeError(PeopleRefusalError):
    """Not the code that was sent, or none is waiting; which, is not said."""

    def __init__(self) -> None:
        words = Words(
            vi=f"Mã chưa đúng hoặc đã hết hạn {_MINUTES} phút. Kiểm tra tin nhắn mới nhất; sau "
            f"{MOST_TRIES} lần sai hãy xin mã khác.",
            en=f"The code is not right or its {_MINUTES} minutes are over. Look at the newest "
            f"message; after {MOST_TRIES} wrong tries ask for another code.",
        )
        super().__init__("people.wrong_code", words, field="code")


class NotMobileError(PeopleRefusalError):
    """A number to which no message can be sent."""

    def __init__(self) -> None:
        words = Words(
            vi="Số này không nhận được tin nhắn. Nhập số di động, ví dụ 0912 345 678.",
            en="No message reaches this number. Enter a mobile number, such as 0912 345 678.",
        )
        super().__init__("people.not_mobile", words, field="phone")


class NoNameError(PeopleRefusalError):
    """A person without a name."""

    def __init__(self) -> None:
        words = Words(vi="Nhập họ và tên.", en="Enter the full name.")
        super().__init__("people.no_name", words, field="name")


class BadBirthError(PeopleRefusalError):
    """A year or day of birth that cannot be."""

    def __init__(self) -> None:
        words = Words(
            vi="Năm sinh chưa đúng. Nhập năm, ví dụ 1985, hoặc ngày, ví dụ 1985-03-20.",
            en="The birth is not right. Enter a year such as 1985, or a day such as 1985-03-20.",
        )
        super().__init__("people.bad_birth", words, field="birth")
