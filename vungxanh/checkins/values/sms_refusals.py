"""Refusals of visits told by SMS; the sentence is the answer, so it is short."""

from vungxanh.refusals import RefusalError, Words


class SmsPointUnknownError(RefusalError):
    """No point has the code of the SMS."""

    def __init__(self, code: str) -> None:
        words = Words(
            vi=f"Vùng Xanh: chưa có điểm nào mang mã {code}. Xem lại 9 ký tự in dưới mã QR rồi "
            "nhắn lại.",
            en=f"Vung Xanh: no place has the code {code}. Look at the nine characters below the "
            "QR code and send again.",
        )
        super().__init__("checkins.sms_point_unknown", words)


class SmsPointClosedError(RefusalError):
    """The point is suspended or closed."""

    def __init__(self, name: str) -> None:
        words = Words(
            vi=f"Vùng Xanh: điểm {name} đang tạm dừng hoặc đã đóng nên chưa ghi. Hỏi người trực.",
            en=f"Vung Xanh: {name} is suspended or closed, nothing was noted. Ask the staff.",
        )
        super().__init__("checkins.sms_point_closed", words)


class SmsNotKeptError(RefusalError):
    """The number is of nobody who can be noted, or the visit was not kept."""

    def __init__(self) -> None:
        words = Words(
            vi="Vùng Xanh chưa ghi được lượt này. Nhắn lại sau ít phút, hoặc nhờ người trực ghi.",
            en="Vung Xanh did not note this visit. Send again in a few minutes, or ask the staff.",
        )
        super().__init__("checkins.sms_not_kept", words)
