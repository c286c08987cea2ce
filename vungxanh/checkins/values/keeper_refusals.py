"""What keepers' devices are refused, and in which words."""

from enum import StrEnum

from vungxanh.refusals import RefusalError, Words


class BoxRefusal(StrEnum):
    """Why a sealed visit is not kept; the device need not send it again."""

    UNREADABLE = "sealed_unreadable"
    KEY_GONE = "sealed_key_gone"


class KeeperError(RefusalError):
    """The base of what is refused to keepers' devices."""


class NoDoorError(KeeperError):
    """Somebody who is signed in, but is no device of a point."""

    status = 401

    def __init__(self) -> None:
        words = Words(
            vi="Máy này chưa được giao trực điểm nào, hoặc đã thôi trực. Nhờ chủ điểm giao lại.",
            en="This device keeps no control point, or no longer. Ask the owner to enrol it again.",
        )
        super().__init__("checkins.no_door", words)


class DoorClosedError(KeeperError):
    """Somebody is looked at, or sent a code, at a point that is suspended or closed."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Điểm đang tạm dừng hoặc đã đóng, nên không xem ai ở cửa này. Mở lại điểm trước.",
            en="The point is suspended or closed: nobody is looked at here. Open it again first.",
        )
        super().__init__("checkins.door_closed", words)


class BoxUnreadableError(KeeperError):
    """A sealed box that does not open: another point's, changed, or nothing of ours."""

    def __init__(self) -> None:
        words = Words(
            vi="Không mở được lượt này: có thể của điểm khác hoặc bị hỏng. Quét lại mã.",
            en="This reading does not open: of another point, or damaged. Scan the code again.",
        )
        super().__init__("checkins.sealed_unreadable", words, field="sealed")


class BoxKeyGoneError(KeeperError):
    """A sealed box whose key was destroyed."""

    status = 410

    def __init__(self) -> None:
        words = Words(
            vi="Khóa của máy đã quá hạn từ lâu nên không mở được lượt này. Nối mạng rồi quét lại.",
            en="The key of this device is long over, so this does not open. Go online, scan again.",
        )
        super().__init__("checkins.sealed_key_gone", words, field="sealed")


class NumberNotLookedAtError(KeeperError):
    """A telephone number shown at a door: whether it is known is told to nobody."""

    status = 403

    def __init__(self) -> None:
        words = Words(
            vi="Không xem được người theo số điện thoại. Gửi mã đến số đó và nhập mã họ đọc.",
            en="Nobody is looked at by number. Send a code to it and enter what they read out.",
        )
        super().__init__("checkins.number_not_looked_at", words, field="sealed")


class LeavingTakenError(KeeperError):
    """The id under which everybody left is another device's."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Lần cho ra này của máy khác. Tải lại trang rồi làm lại.",
            en="This leaving is another device's. Reload the page and do it again.",
        )
        super().__init__("checkins.leaving_taken", words, field="id")
