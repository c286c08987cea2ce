"""Words that tell an order from a report: what is to be done from what was counted."""

from enum import IntEnum
from typing import Final

from vungxanh.engines.letters.passages import words

# Verbs that come to an end: a day after them is the last one for it.
COMPLETES: Final = words(
    r"\b(?:hoàn thành|hoàn tất|hoàn thiện|báo cáo|gửi|nộp|xong|phấn đấu|đạt|mục tiêu|chỉ tiêu"
    r"|đăng ký|cung cấp|tổng hợp|trả lời|phản hồi|kết thúc|trình|phủ kín|triển khai xong)\b"
)
# Verbs that go on: a day after them says how long.
CONTINUES: Final = words(
    r"\b(?:kéo dài|duy trì|tiếp tục|tập trung|cao điểm|tạm dừng|tạm ngừng|dừng|áp dụng"
    r"|giãn cách|cách ly|phong tỏa|phong toả|phát thanh|tuyên truyền|đợt|từ nay|liên tục"
    r"|thường xuyên)\b"
)
RECURS: Final = words(r"\b(?:h[aă]ng|mỗi) ngày\b|lần ?/ ?ngày\b|\b(?:h[aă]ng|mỗi) tuần\b")
_ORDERS: Final = words(
    r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|bảo đảm|đảm bảo|hoàn thành|hoàn tất|xong|yêu cầu|đề nghị"
    r"|phải|giao|gia hạn|kéo dài|báo cáo|gửi|nộp|đăng ký|trả lời|tiếp tục|thực hiện|áp dụng"
    r"|tổ chức|triển khai|tạm dừng|kế hoạch|trình|cung cấp)\b"
)
# A figure is told, not asked for.
_TELLS: Final = words(
    r"^[ ,:)]*(?:(?!và\b|để\b|phải\b|nhằm\b)[\w.-]+[ ,]+){0,8}?"
    r"(?:(?:đã|chỉ mới|mới (?:chỉ )?(?:có|đạt)|hiện (?:có|đã|mới)|ghi nhận|phát hiện|có tổng"
    r"|xếp thứ|chưa có)\b|(?:có|đạt|là) (?:hơn |gần |khoảng |trên |tổng số )?\d)"
)
_COUNTS: Final = words(
    r"\b(?:số liệu|thống kê|tính|cập nhật|lũy kế|luỹ kế|tổng số|ghi nhận|kết quả (?:thống kê|cài)"
    r"|theo báo cáo|báo cáo của|qua theo dõi|theo dõi|xếp hạng)\b"
)
_GOALS: Final = words(r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|hoàn thành|hoàn tất|bảo đảm|đảm bảo)\b")


_ASKS: Final = words(
    r"[ ,:)]*(?:(?!đã\b)[\w.%-]+[ ,]+){0,5}?(?:phải|cần|phấn đấu|hoàn thành|hoàn tất|yêu cầu)\b"
)


def asks(after: str) -> bool:
    """Whether what follows a day is to be done: "đến ngày …, 100 % cán bộ phải cài đặt"."""
    return _ASKS.match(after) is not None


def tells(after: str) -> bool:
    """Whether what follows a day reports: "đến ngày …, toàn tỉnh đã có 973.075 người"."""
    return _TELLS.search(after) is not None


def counts(before: str) -> bool:
    """Whether what leads to a day speaks of statistics."""
    return _COUNTS.search(before) is not None


class Side(IntEnum):
    """Where days lie from the letter's own: certainly before it, certainly after it."""

    PAST = -1
    UNSURE = 0
    FUTURE = 1


def ordered(before: str, after: str, side: Side, *, is_plain: bool) -> bool:
    """Whether a day binds someone. `is_plain`: its cue does so unless something speaks against it.

    A goal before it decides, or what must be done after it; then, of a day that may be over, a
    report after it or statistics before it; last of all a verb that orders.
    """
    if _GOALS.search(before) or (asks(after) and side is not Side.PAST):
        return True
    if side is Side.PAST or (side is Side.UNSURE and (tells(after) or counts(before))):
        return False
    return is_plain or _ORDERS.search(before) is not None
