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


class StillFollowedError(PeopleRefusalError):
    """Somebody who is followed up asked to be erased at once."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Bạn hoặc người phụ thuộc đang trong diện theo dõi dịch bệnh nên chưa xóa được "
            "ngay. Hãy gửi yêu cầu xóa; cán bộ sẽ trả lời trong 2 ngày làm việc.",
            en="You or a dependant are being followed up, so nothing can be erased at once. Send a "
            "request to delete; an officer answers within 2 working days.",
        )
        super().__init__("people.still_followed", words)


class OldConsentError(PeopleRefusalError):
    """Somebody agreed to a text that is no longer, or not yet, in force."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Nội dung đồng ý vừa được đổi. Tải lại trang, đọc bản mới rồi chọn lại.",
            en="The text was just changed. Reload the page, read the new one and choose again.",
        )
        super().__init__("people.old_consent", words, field="version")


class NoWordsError(PeopleRefusalError):
    """A request, an answer, a refusal or an extension without a word."""

    def __init__(self) -> None:
        words = Words(vi="Viết vài lời, tối đa 2000 ký tự.", en="Write a few words, at most 2000.")
        super().__init__("people.no_words", words, field="words")


class NoPersonYetError(PeopleRefusalError):
    """An anonymous device asks for what only a person can ask."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Máy này chưa gắn với ai nên chưa gửi yêu cầu được. Xác thực số điện thoại trước.",
            en="This phone belongs to nobody yet. Confirm a telephone number before you ask.",
        )
        super().__init__("people.no_person_yet", words)


class AskedAlreadyError(PeopleRefusalError):
    """The same is asked for while it is still being dealt with."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Bạn đã có một yêu cầu loại này đang được xử lý. Chờ trả lời hoặc rút yêu cầu đó.",
            en="You already asked for this and it is being dealt with. Wait, or take it back.",
        )
        super().__init__("people.asked_already", words, field="kind")


class RequestEndedError(PeopleRefusalError):
    """The request was already carried out, refused or taken back."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Yêu cầu này đã kết thúc. Tải lại trang để thấy kết quả.",
            en="This request has ended. Reload the page to see the outcome.",
        )
        super().__init__("people.request_ended", words)


class ExtendedAlreadyError(PeopleRefusalError):
    """The one extension that the law allows was already taken."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Luật chỉ cho gia hạn một lần, và đã gia hạn rồi.",
            en="The law allows one extension, and it was taken.",
        )
        super().__init__("people.extended_already", words)


class BadBasisError(PeopleRefusalError):
    """A legal basis that lacks something, or whose days do not fit."""

    def __init__(self, field: str) -> None:
        words = Words(
            vi="Điền đủ các ô; ngày đầu từ hôm nay, ngày cuối không trước ngày đầu và chỉ được "
            "rút ngắn.",
            en="Fill everything in; the first day is not before today, the last not before the "
            "first, and days are only shortened.",
        )
        super().__init__("people.bad_basis", words, field=field)


class OwnBasisError(PeopleRefusalError):
    """Who proposed a basis does not decide on it."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Bạn không tự duyệt căn cứ mình đề nghị. Nhờ một người quản trị khác quyết định.",
            en="You cannot decide on the basis that you proposed. Ask another administrator.",
        )
        super().__init__("people.own_basis", words)


class BasisDecidedError(PeopleRefusalError):
    """It was decided on already, its days have passed, or it was never in force."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Căn cứ này đã được quyết định, đã quá ngày hoặc chưa từng có hiệu lực. Tải lại "
            "trang để thấy kết quả.",
            en="This basis was decided on, its days have passed, or it was never in force. Reload "
            "the page to see.",
        )
        super().__init__("people.basis_decided", words)


class ConsentNeededError(PeopleRefusalError):
    """Data was to be taken to which nobody agreed and which no law in force allows."""

    status = 409

    def __init__(self, field: str = "consent") -> None:
        words = Words(
            vi="Cần bạn đồng ý thì mới giữ được thông tin này. Đọc lời ghi ở trên rồi chọn.",
            en="This is kept only if you agree. Read the text above, then choose.",
        )
        super().__init__("people.consent_needed", words, field=field)


class TooLateToExtendError(PeopleRefusalError):
    """The day on which it had to be done has gone by."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Đã quá ngày phải thực hiện nên không gia hạn được nữa. Thực hiện ngay yêu cầu này.",
            en="The day to carry this out has gone by, so it cannot be extended. Do it now.",
        )
        super().__init__("people.too_late_to_extend", words)


class ForeignCodeError(PeopleRefusalError):
    """A personal code that another house signed, or nobody."""

    def __init__(self) -> None:
        words = Words(
            vi="Mã này không do hệ thống này cấp. Nhờ người đến mở lại mã trên điện thoại, hoặc "
            "ghi nhận bằng giấy tờ.",
            en="This house did not issue this code. Ask the visitor to open it again on the phone, "
            "or write them down by a paper.",
        )
        super().__init__("people.foreign_code", words, field="code")


class CodeOverError(PeopleRefusalError):
    """A personal code before or after its time."""

    def __init__(self) -> None:
        words = Words(
            vi="Mã đã hết hạn. Nhờ người đến mở mã mới trên điện thoại rồi quét lại.",
            en="The code is over. Ask the visitor to show a new one, then scan again.",
        )
        super().__init__("people.code_over", words, field="code")


class CodeUsedError(PeopleRefusalError):
    """A one-time code that was read before."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Mã dùng một lần này đã được quét. Nhờ người đến mở mã khác.",
            en="This one-time code was scanned before. Ask the visitor for another one.",
        )
        super().__init__("people.code_used", words, field="code")


class CodeRevokedError(PeopleRefusalError):
    """A printed card that was revoked, or whose bearer is no longer in the register."""

    def __init__(self) -> None:
        words = Words(
            vi="Thẻ này đã bị hủy. Ghi nhận bằng giấy tờ và báo trạm y tế để in thẻ khác.",
            en="This card was revoked. Write the visitor down by a paper, and let the health "
            "station print another card.",
        )
        super().__init__("people.code_revoked", words, field="code")


class NumberNeededError(PeopleRefusalError):
    """Something that only somebody with a proved number can have."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Máy này còn ẩn danh. Xác thực số điện thoại trước, rồi làm lại.",
            en="This device is anonymous. Prove a telephone number first, then do it again.",
        )
        super().__init__("people.number_needed", words, field="phone")
