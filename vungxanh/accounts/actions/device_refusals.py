"""What is refused of enrolled devices, and in which words."""

from vungxanh.accounts.actions.refusals import AccountRefusalError
from vungxanh.accounts.rules.devices import Ending
from vungxanh.refusals import Words


class ScopeTooWideError(AccountRefusalError):
    """The scope holds more than whoever would give it, or is not on the list."""

    status = 403

    def __init__(self) -> None:
        words = Words(
            vi="Bạn không trao được phạm vi này vì chính bạn không có. Chọn phạm vi khác.",
            en="You cannot give this scope, since you do not hold it. Choose another.",
        )
        super().__init__("accounts.device_scope_too_wide", words, field="scope")


class ScopeNotForKindError(AccountRefusalError):
    """The scope is for another kind of device."""

    def __init__(self) -> None:
        words = Words(
            vi="Phạm vi này không dành cho loại thiết bị đã chọn. Đổi loại hoặc phạm vi.",
            en="This scope is not for the chosen kind of device. Change the kind or the scope.",
        )
        super().__init__("accounts.device_scope_not_for_kind", words, field="scope")


class WrongCodeError(AccountRefusalError):
    """The code of a link is wrong, was used or has run out; which of the three is not said."""

    def __init__(self) -> None:
        words = Words(
            vi="Mã ghi danh chưa đúng, đã dùng rồi hoặc đã quá 10 phút. "
            "Xem lại từng nhóm chữ, hoặc xin cán bộ một mã mới.",
            en="The enrolment code is not right, was used already or is over 10 minutes old. "
            "Check each group of letters, or ask the officer for a new one.",
        )
        super().__init__("accounts.enrolment_code_wrong", words, field="code")


class RefusedDeviceError(AccountRefusalError):
    """The base of why a device does not come in."""

    status = 401


class DeviceUnknownError(RefusedDeviceError):
    """No device has this token."""

    def __init__(self) -> None:
        words = Words(
            vi="Máy này chưa được ghi danh, hoặc khóa không đúng. Xin cán bộ ghi danh.",
            en="This device is not enrolled, or its token is wrong. Ask an officer to enrol it.",
        )
        super().__init__("accounts.device_unknown", words)


class DeviceRevokedError(RefusedDeviceError):
    """Somebody took the device's access away."""

    def __init__(self) -> None:
        words = Words(
            vi="Máy này đã bị thu hồi quyền. Nếu vẫn cần dùng, xin cán bộ ghi danh lại.",
            en="This device was revoked. If it is still needed, ask an officer to enrol it again.",
        )
        super().__init__("accounts.device_revoked", words)


class DeviceLapsedError(RefusedDeviceError):
    """The device was silent for too long."""

    def __init__(self) -> None:
        words = Words(
            vi="Máy này không liên lạc quá 72 giờ nên đã tự hết hiệu lực. Xin cán bộ ghi danh lại.",
            en="This device was silent for over 72 hours and has lapsed. "
            "Ask an officer to enrol it again.",
        )
        super().__init__("accounts.device_lapsed", words)


def refusal_of(ending: str) -> RefusedDeviceError:
    """Why a device that was enrolled once does not come in now."""
    return DeviceRevokedError() if ending == Ending.REVOKED else DeviceLapsedError()
