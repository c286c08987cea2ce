"""Refusals of whole bodies of declarations; those of single ones are `declared.Refusal`."""

from vungxanh.declarations.values.declaration_body import BODY_BYTES
from vungxanh.declarations.values.declared import MOST_IN_A_BODY
from vungxanh.refusals import RefusalError, Words

RETRY_SECONDS = 5


class NoSenderError(RefusalError):
    """No token, or one that opens nothing."""

    status = 401

    def __init__(self) -> None:
        words = Words(
            vi="Máy này chưa đăng ký hoặc đã bị gỡ. Mở lại ứng dụng để đăng ký rồi gửi lại.",
            en="This device is not registered or was removed. Register it again, then resend.",
        )
        super().__init__("declarations.no_sender", words)


class BodyFormError(RefusalError):
    """The body is no list of declarations."""

    status = 400

    def __init__(self, where: str) -> None:
        words = Words(
            vi=f"Nội dung gửi lên không đúng dạng danh sách tờ khai (tối đa {MOST_IN_A_BODY}). "
            "Cập nhật ứng dụng rồi gửi lại.",
            en=f"The body is not a list of at most {MOST_IN_A_BODY} declarations. "
            "Update the app, then send again.",
        )
        super().__init__("declarations.body_form", words, where=where)


class TooLargeError(RefusalError):
    """The body is larger than its declarations can be."""

    status = 413

    def __init__(self) -> None:
        words = Words(
            vi=f"Nội dung gửi lên lớn hơn {BODY_BYTES // 1024} kB. Chia thành nhiều lần gửi.",
            en=f"The body is larger than {BODY_BYTES // 1024} kB. Send it in several parts.",
        )
        super().__init__("declarations.too_large", words)


class TooOftenError(RefusalError):
    """One device, or one address, sends too often."""

    status = 429

    def __init__(self, seconds: int = RETRY_SECONDS) -> None:
        self.retry_after_seconds = seconds
        words = Words(
            vi="Máy này gửi tờ khai quá dày. Tờ khai còn giữ trên máy; gửi lại sau ít phút.",
            en="This device sends declarations too often. Keep them and send again later.",
        )
        super().__init__("declarations.too_often", words)


class NotStoredError(RefusalError):
    """Too much waits, or the database does not answer: nothing of the body was stored."""

    status = 503
    retry_after_seconds = RETRY_SECONDS

    def __init__(self) -> None:
        words = Words(
            vi="Chưa lưu được tờ khai. Máy giữ lại và gửi lại sau ít giây.",
            en="The declarations were not stored. Keep them and send again in a few seconds.",
        )
        super().__init__("declarations.not_stored", words)


class OnlyPostError(RefusalError):
    """Declarations are sent, never asked for here."""

    status = 405
    allow = "POST"

    def __init__(self) -> None:
        words = Words(
            vi="Địa chỉ này chỉ nhận tờ khai gửi lên bằng POST.",
            en="This address only takes declarations, sent by POST.",
        )
        super().__init__("declarations.only_post", words)
