"""Refusals of whole bodies of scans; those of single scans are `scans.Refusal`."""

from vungxanh.checkins.values.scan_body import BODY_BYTES
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
        super().__init__("checkins.no_sender", words)


class ScanFormError(RefusalError):
    """The body is no list of scans."""

    status = 400

    def __init__(self, where: str) -> None:
        words = Words(
            vi="Nội dung gửi lên không đúng dạng danh sách lượt quét (tối đa 100 lượt). "
            "Cập nhật ứng dụng rồi gửi lại.",
            en="The body is not a list of at most 100 visits. Update the app, then send again.",
        )
        super().__init__("checkins.scan_form", words, where=where)


class ScansTooLargeError(RefusalError):
    """The body is larger than a hundred scans can be."""

    status = 413

    def __init__(self) -> None:
        words = Words(
            vi=f"Nội dung gửi lên lớn hơn {BODY_BYTES // 1024} kB. Chia thành nhiều lần gửi.",
            en=f"The body is larger than {BODY_BYTES // 1024} kB. Send it in several parts.",
        )
        super().__init__("checkins.scans_too_large", words)


class ScansTooOftenError(RefusalError):
    """One device, or one address with bad tokens, asks too often."""

    status = 429

    def __init__(self, seconds: int = RETRY_SECONDS) -> None:
        self.retry_after_seconds = seconds
        words = Words(
            vi="Máy này gửi quá dày. Giữ lại các lượt quét, gửi gộp sau ít giây.",
            en="This device sends too often. Keep the visits and send them together later.",
        )
        super().__init__("checkins.scans_too_often", words)


class ScansNotStoredError(RefusalError):
    """Too much waits, or the database does not answer: nothing of the body was stored."""

    status = 503
    retry_after_seconds = RETRY_SECONDS

    def __init__(self) -> None:
        words = Words(
            vi="Chưa lưu được các lượt quét. Máy giữ lại và gửi lại sau ít giây.",
            en="The visits were not stored. Keep them and send them again in a few seconds.",
        )
        super().__init__("checkins.scans_not_stored", words)


class OnlyPostError(RefusalError):
    """Scans are sent, never asked for here."""

    status = 405
    allow = "POST"

    def __init__(self) -> None:
        words = Words(
            vi="Địa chỉ này chỉ nhận lượt quét gửi lên bằng POST.",
            en="This address only takes visits, sent by POST.",
        )
        super().__init__("checkins.only_post", words)


class NotKeptError(RefusalError):
    """A visit that a page of a point told was not kept; `why` is the refusal of the scan."""

    status = 409

    def __init__(self, why: str) -> None:
        self.why = why
        words = Words(
            vi="Chưa ghi nhận được lượt này. Tải lại trang rồi bấm lại; vẫn không được thì báo "
            "người trực.",
            en="The visit was not kept. Reload the page and press again; tell the staff if it "
            "still is not.",
        )
        super().__init__("checkins.not_kept", words)
