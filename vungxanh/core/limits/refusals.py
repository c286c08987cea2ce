"""What is said to who asks too often."""

from vungxanh.core.limits.rule import Wait
from vungxanh.refusals import RefusalError, Words


class TooManyRequestsError(RefusalError):
    """More calls than the limit allows; `retry_after_seconds` says when the next one passes."""

    status = 429

    def __init__(self, wait: Wait) -> None:
        words = Words(
            vi=f"Máy chủ nhận quá nhiều yêu cầu từ chỗ bạn. Hãy đợi {wait.seconds} giây rồi thử "
            "lại; nội dung đang nhập vẫn còn trên trang trước.",
            en=f"Too many requests came from where you are. Wait {wait.seconds} seconds and try "
            "again; what you typed is still on the page before.",
        )
        super().__init__("core.too_many_requests", words)
        self.retry_after_seconds = wait.seconds
