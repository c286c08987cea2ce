"""Deadlines without a day: at once, within so many hours, as regulated."""

import re
from collections.abc import Iterator
from typing import Final

from vungxanh.engines.letters.passages import words
from vungxanh.engines.letters.times.speech import COMPLETES
from vungxanh.engines.letters.times.spelling import has_any, is_marked
from vungxanh.engines.letters.times.timeline import Timed, Timeline
from vungxanh.engines.letters.types import Deadline, DeadlineType

_ON_RECEIPT: Final = (
    r"(?: (?:(?:sau )?khi|sau) (?:nhận|có|phát hiện|tiếp nhận|ban hành|kết thúc)[^,.;()]{0,60})?"
)
_NGAY: Final = words(
    r"\b(?:ngay (?:lập tức|tức khắc|bây giờ|lúc này|hôm nay)|ngay)\b"
    r"(?! (?:từ|tại|cả|trong|trên|ở|bên|đầu|chính|cạnh|giữa|dưới|trước|sát|ngắn|thẳng|gần"
    r"|thời điểm|lúc|sau đó|sau lưng|như|đúng|vào)\b)" + _ON_RECEIPT
)
_AT_ONCE: Final = words(
    r"\b(?:lập tức|tức thì|tức khắc|trong thời gian (?:sớm|nhanh|ngắn) nhất|càng sớm càng tốt)\b"
)
# In a text without accents: what stands around "ngay" where it is "ngày".
_DAY_BEFORE: Final = words(
    r"\b(?:trong|hằng|mỗi|từng|đến|trước|từ|hết|các|những|nhiều|mấy|vào|sau|đêm|một|và|cả|qua"
    r"|nay|bao|\d+) $|/ ?$"
)
_DAY_AFTER: Final = words(
    r" ?(?:\d|tháng|càng|nay|mai|hôm|lễ|nghỉ|làm|thứ|đầu|cuối|đêm|ban|ký|bầu|quốc|của|/|[.,;)]|$)"
)
_NUMBER: Final = r"(?:\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|mười)(?: ?\([^)]{1,20}\))?"
_UNIT: Final = r"(?:giờ|h|tiếng|phút|ngày(?: làm việc)?|tuần|tháng)\b"
_SINCE: Final = (
    r"(?:,? (?:(?:kể từ|từ(?! ngày \d)) (?:khi|lúc|ngày|thời điểm)|(?:ngay )?sau (?:khi|ngày))"
    r"[^,.;()]{0,60})"
)
_WITHIN: Final = words(
    r"\b(?:(?:chậm|muộn) nhất|trong (?:vòng|thời hạn|thời gian)|thời hạn|không quá|tối đa)"
    rf"(?: là| trong| sau| không quá| vòng| tối đa)* {_NUMBER} ?{_UNIT}{_SINCE}?"
)
_WITHIN_WEAK: Final = words(
    rf"\btrong {_NUMBER} ?(?:{_UNIT}{_SINCE}|ngày làm việc)|\btrước {_NUMBER} ngày làm việc"
)
_PAST: Final = words(r" ?(?:qua|trở lại|gần|vừa|trước|liên tiếp|liên tục|đầu)\b")
_LASTS: Final = words(
    r"\b(?:cách ly|theo dõi|giám sát|lưu|ủ bệnh|đi|đi về|về từ|đến từ|tiếp xúc|có mặt|điều trị"
    r"|họp|giữ)\b"
)
_SAME_DAY: Final = words(
    r"\b(?:xong|hoàn thành|ngay|giải quyết|xử lý) (?:ngay )?trong (?:cùng )?ngày\b"
    r"(?! (?:\d|hôm|mai|thứ))"
)
_LENGTHS: Final = (
    (
        "by.length",
        ("m nhat", "n nhat", "trong vong", "thoi han", "trong thoi", "khong qua", "toi da"),
        _WITHIN,
    ),
    ("by.length", ("lam viec", " tu ", " sau "), _WITHIN_WEAK),
    ("by.same_day", ("trong ngay", "trong cung ngay"), _SAME_DAY),
)
_AT_ONCE_STEMS: Final = ("lap tuc", "tuc thi", "tuc khac", "trong thoi gian", "cang som")
_REGULATED_STEMS: Final = ("quy dinh", "de ra", "dung thoi", "dung tien", "dung han")
_REGULATED: Final = words(
    r"\b(?:theo |bảo đảm |đảm bảo )?(?:đúng )?(?:thời hạn|thời gian|tiến độ|kỳ hạn)"
    r"(?: (?:theo|đã|được))? (?:quy định|đề ra)\b|\bđúng (?:thời hạn|tiến độ|hạn)\b"
)
_AS_REGULATED: Final = words(r"\btheo (?:đúng )?quy định(?= ?(?:$|[.,;/)]|(?:và|để)\b))")
_REPORTS: Final = words(r"\b(?:báo cáo|gửi|nộp|tổng hợp|cập nhật|trả lời)\b[^.;]{0,120}$")


def read_relative(line: Timeline) -> Iterator[Timed]:
    """Within a length of time from an event: the words are kept, no day is made up."""
    for rule, stems, pattern in _LENGTHS:
        for match in _found(line, stems, pattern):
            if not line.taken.has(*match.span()) and _is_limit(line, match):
                deadline = Deadline(DeadlineType.BY, exclusive=False)
                yield line.timed(match.span(), deadline, rule)


def read_immediate(line: Timeline) -> Iterator[Timed]:
    """At once: ngay, ngay sau khi nhận được văn bản, lập tức."""
    for match in (*_at_once(line), *_found(line, _AT_ONCE_STEMS, _AT_ONCE)):
        if not line.taken.has(*match.span()):
            yield line.timed(match.span(), Deadline(DeadlineType.IMMEDIATE), "immediate")


def read_unspecified(line: Timeline) -> Iterator[Timed]:
    """As regulated: a deadline there is, but the letter does not say which."""
    found = list(_found(line, _REGULATED_STEMS, _REGULATED))
    for match in _found(line, ("theo",), _AS_REGULATED):
        if _REPORTS.search(line.before(match.start())):
            found.append(match)
    for match in found:
        if not line.taken.has(*match.span()):
            yield line.timed(match.span(), Deadline(DeadlineType.UNSPECIFIED), "unspecified")


def _found(
    line: Timeline, stems: tuple[str, ...], pattern: re.Pattern[str]
) -> Iterator[re.Match[str]]:
    """What a pattern finds; it is tried only where one of its stems stands."""
    if has_any(line.passage.folded, stems):
        yield from pattern.finditer(line.passage.folded)


def _is_limit(line: Timeline, match: re.Match[str]) -> bool:
    """Whether a length binds: no clock of a day, no time that is over, no stay of so many days."""
    folded = line.passage.folded
    if any(moment.clock for moment in line.within(*match.span())):
        return False
    if _PAST.match(folded, match.end()) or folded[match.end() : match.end() + 2].strip() == "/":
        return False
    before = line.before(match.start(), 60)
    return COMPLETES.search(before) is not None or _LASTS.search(before) is None


def _at_once(line: Timeline) -> Iterator[re.Match[str]]:
    """ "Ngay" that is not "ngày": by its accents, or in a text without any by its neighbours."""
    written = line.passage.text.lower()
    if "ngay" not in written:
        return
    has_accents = is_marked(line.passage)
    for match in _NGAY.finditer(line.passage.folded):
        if written.startswith("ngay", match.start()) and (has_accents or _is_no_day(line, match)):
            yield match


def _is_no_day(line: Timeline, match: re.Match[str]) -> bool:
    start, folded = match.start(), line.passage.folded
    if _DAY_AFTER.match(folded, start + 4):
        return False
    return _DAY_BEFORE.search(folded[max(start - 12, 0) : start]) is None
