"""Words for retention, classes of data and blanks."""

from collections.abc import Iterable
from typing import Final

from vungxanh.documents.vietnamese import count
from vungxanh.refusals import Words

BLANK: Final = Words("(chưa khai)", "(not stated)")
NO_END: Final = "không đặt hạn"

# The events after which a retention runs, as models say them in English.
AFTER: Final = {
    "it was written": "từ khi ghi",
    "it was last written": "từ lần ghi cuối",
    "it ended": "sau khi hết hiệu lực",
    "it was asked": "từ khi yêu cầu",
    "it was asked for": "từ khi yêu cầu",
    "it was answered": "sau khi trả lời",
    "it was withdrawn": "sau khi rút",
    "a newer one took its place": "sau khi có bản thay",
    "everything was read again, seconds after the erasure": "sau khi kiểm lại xong, vài giây",
    "the address takes messages again": "sau khi địa chỉ nhận tin lại",
    "the file was made": "từ khi lập tệp",
    "the account was closed": "sau khi đóng tài khoản",
    "the card was printed": "sau khi in thẻ",
    "the code was asked for": "sau khi xin mã",
    "the code ended": "sau khi mã hết hạn",
    "the day it was sealed on ended": "sau ngày được chốt vào chuỗi",
    "the day that was reported": "sau ngày được báo cáo",
    "the day's table was published": "sau khi công bố bảng của ngày",
    "the device ended, or its link was never used": "sau khi thiết bị hết hiệu lực",
    "the day of the declaration ended": "sau ngày khai báo",
    "it was closed, or a year after it was opened": "sau khi khép việc, hoặc một năm sau khi mở",
    "it was decided": "sau khi quyết định",
    "the day of the scan ended": "sau ngày quét mã",
    "the device was last heard of": "sau lần cuối thiết bị liên hệ",
    "the letter was discarded": "sau khi bỏ văn bản",
    "the link ran out": "sau khi liên kết hết hạn",
    "the mail was dealt with": "sau khi xử lý xong",
    "the message went or was given up": "sau khi tin đi hoặc bị bỏ",
    "the message went, at once where its delivery is known": (
        "sau khi tin đi, xóa ngay khi biết đã đến"
    ),
    "the opening ended": "sau khi đóng mở khẩn cấp",
    "the file was brought": "từ khi nộp tệp",
    "the offer was made": "từ khi mời",
    "the photo was taken": "từ khi chụp",
    "the point was closed": "sau khi đóng điểm",
    "the posters were asked for": "từ khi yêu cầu in",
    "the report came": "sau khi có báo phát",
    "the session ended": "sau khi phiên kết thúc",
    "they or their device were last heard of, or their standing ended": (
        "sau lần cuối có liên hệ, hoặc sau khi hết diện theo dõi"
    ),
}


def retention(keep: tuple[int | None, str]) -> str:
    """A retention in words.

    >>> retention((30, "it ended")), retention((730, "it was written")), retention((None, "x"))
    ('30 ngày sau khi hết hiệu lực', '730 ngày từ khi ghi', 'không đặt hạn')
    """
    days, after = keep
    if days is None:
        return NO_END
    return f"{count(days)} ngày {AFTER.get(after, f'({after})')}"


def retentions(keeps: Iterable[tuple[int | None, str]]) -> str:
    """Several of one table, the shortest first."""
    return "; ".join(retention(keep) for keep in keeps)


def or_blank(text: str, blank: str = BLANK.vi) -> str:
    """What was stated, in one line, or the visible blank."""
    return " ".join(text.split()) or blank
