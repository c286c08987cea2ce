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


class OwnPasswordError(WrongPasswordError):
    """Somebody signed in has typed another password than their own."""

    def __init__(self) -> None:
        words = Words(
            vi="Mật khẩu chưa đúng. Gõ lại mật khẩu đang dùng.",
            en="This is not your password. Type the one that you use now.",
        )
        AccountRefusalError.__init__(self, "accounts.wrong_password", words, field="password")


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


class WrongCodeError(AccountRefusalError):
    """A second factor does not fit; which kind, and what was wrong with it, is not said."""

    def __init__(self) -> None:
        words = Words(
            vi="Mã chưa đúng. Xem lại mã mới nhất rồi thử lại; mỗi mã chỉ dùng được một lần.",
            en="The code is not right. Look at the newest one and try again; each works only once.",
        )
        super().__init__("accounts.wrong_code", words, field="code")


class PasskeyNotMadeError(AccountRefusalError):
    """A device's answer did not make a passkey."""

    def __init__(self) -> None:
        words = Words(
            vi="Thiết bị chưa tạo được khóa. Bấm “Tạo khóa” để thử lại, hoặc dùng ứng dụng mã.",
            en="The device made no passkey. Press “Make a passkey” to try again, or use an app.",
        )
        super().__init__("accounts.passkey_not_made", words)


class TooManyPasskeysError(AccountRefusalError):
    """The account has as many passkeys as it may."""

    def __init__(self, most: int) -> None:
        words = Words(
            vi=f"Đã có {most} khóa. Bỏ khóa không còn dùng rồi thêm khóa mới.",
            en=f"There are {most} passkeys. Remove one that is no longer used, then add another.",
        )
        super().__init__("accounts.too_many_passkeys", words)


class AppAlreadyThereError(AccountRefusalError):
    """The account has an authenticator app already."""

    def __init__(self) -> None:
        words = Words(
            vi="Đã có ứng dụng mã. Muốn chuyển sang điện thoại khác thì bỏ ứng dụng cũ trước.",
            en="There is an authenticator app already. Remove it first to move to another phone.",
        )
        super().__init__("accounts.app_already_there", words)


class NoFactorError(AccountRefusalError):
    """Recovery codes were asked for without a second factor that they could stand in for."""

    def __init__(self) -> None:
        words = Words(
            vi="Chưa có bước hai nên chưa lập được mã dự phòng. Thêm ứng dụng mã hoặc khóa trước.",
            en="There is no second step yet to recover. Add an app or a passkey first.",
        )
        super().__init__("accounts.no_factor", words)


class DemoFactorError(AccountRefusalError):
    """A demo account, whose password everybody knows, must stay open to everybody."""

    def __init__(self) -> None:
        words = Words(
            vi="Tài khoản mẫu dùng chung nên không đặt bước hai. Mời một cán bộ thử để xem.",
            en="Demo accounts are shared and take no second step. Invite somebody to try this out.",
        )
        super().__init__("accounts.demo_factor", words)
