"""What this room refuses, and in which words."""

from datetime import timedelta

from vungxanh.refusals import RefusalError, Words


class AccountRefusalError(RefusalError):
    """The base of what this room refuses."""


class WrongPasswordError(AccountRefusalError):
    """No active account has this address and password; which of the two is wrong is not said."""

    def __init__(self) -> None:
        words = Words(
            vi="Email hoặc mật khẩu chưa đúng. Kiểm tra rồi thử lại.",
            en="The e-mail address or password is not right. Check both and try again.",
        )
        super().__init__("accounts.wrong_password", words, field="password")


class TooManyFailuresError(AccountRefusalError):
    """Too many wrong attempts for this account or from this address; says how long to wait."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        self.wait_seconds = max(1, round(wait.total_seconds()))
        minutes = -(-self.wait_seconds // 60)
        words = Words(
            vi=f"Đã nhập chưa đúng nhiều lần. Thử lại sau khoảng {minutes} phút.",
            en=f"Too many wrong attempts. Try again in about {minutes} min.",
        )
        super().__init__("accounts.too_many_failures", words)


class WeakPasswordError(AccountRefusalError):
    """The new password is too short, too common or too like the account."""

    def __init__(self) -> None:
        words = Words(
            vi="Mật khẩu mới dễ đoán. Dùng ít nhất 12 ký tự, không phải từ thông dụng, "
            "không chỉ có chữ số và khác tên, email của bạn.",
            en="The new password is easy to guess. Use at least 12 characters that are no common "
            "word, not digits alone and unlike your name and e-mail address.",
        )
        super().__init__("accounts.weak_password", words, field="new")


class EmailTakenError(AccountRefusalError):
    """Another account has this e-mail address."""

    def __init__(self) -> None:
        words = Words(
            vi="Email này đã có tài khoản. Dùng email khác.",
            en="This e-mail address already has an account. Use another.",
        )
        super().__init__("accounts.email_taken", words, field="email")


class DemoOnlyError(AccountRefusalError):
    """Demo accounts were asked for outside a demonstration."""

    def __init__(self) -> None:
        words = Words(
            vi="Tài khoản mẫu chỉ có trong bản trình diễn. Chạy “make run” để dùng thử.",
            en="Demo accounts exist only in a demonstration. Run “make run” to try it.",
        )
        super().__init__("accounts.demo_only", words)
