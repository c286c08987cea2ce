"""The words just before a day or a clock that make a deadline of it."""

import re
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.letters.passages import words
from vungxanh.engines.letters.times.joining import Moment
from vungxanh.engines.letters.times.spelling import has_any, is_one_of
from vungxanh.engines.letters.times.timeline import EDGE, Timeline
from vungxanh.engines.letters.types import DeadlineType

_FILL: Final = r"(?: là| vào| lúc| trong| đến| tới| hết| ngày| phải| cũng| khoảng|[ :,(“\"])*$"
_LEAD: Final = r"(?:(?:chậm nhất|muộn nhất|(?:thời )?hạn(?: cuối)?)[ :,]*(?:là )?)?"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that bind the moment after them, by the pattern that ends where it begins.

    Without one of `stems` before the moment the pattern is not tried.
    """

    rule: str
    type: DeadlineType
    stems: tuple[str, ...]
    pattern: re.Pattern[str]


_BEFORE, _BY, _UNTIL = DeadlineType.BEFORE, DeadlineType.BY, DeadlineType.UNTIL

# The first that fits is taken: "từ nay đến hết ngày" before "đến hết ngày" before "đến ngày".
CUES: Final = (
    Cue(
        "until.from_now",
        _UNTIL,
        ("tu ",),
        words(
            r"(?:\bkể )?\btừ (?:nay|bây giờ|hôm nay|thời điểm này|ngày (?:ký|ban hành)"
            r"|khi ban hành)[ ,]*(?:cho |kéo dài )?(?:(?:đến|tới)(?: hết)?|[–-])(?: ngày)? ?$"
        ),
    ),
    Cue(
        "before",
        _BEFORE,
        ("truoc",),
        words(rf"\b{_LEAD}trước(?: thời điểm| lúc| mốc| hoặc trong)?[ :,(]*$"),
    ),
    Cue(
        "before.event",
        _BEFORE,
        ("truoc",),
        words(r"\btrước (?:dịp|ngày|kỳ|lễ)(?: [a-z]+){1,5},? \(?$"),
    ),
    Cue(
        "by.latest",
        _BY,
        ("nhat", "khong ", "toi da"),
        words(
            r"\b(?:(?:chậm|muộn|trễ) nhất|không (?:quá|muộn hơn|chậm hơn|trễ hơn|sau)|tối đa)"
            + _FILL
        ),
    ),
    Cue(
        "by.limit",
        _BY,
        ("han", "thoi gian", "ky han"),
        words(
            r"\b(?:(?:thời )?hạn|thời gian (?=hoàn|báo|gửi|nộp|thực)|kỳ hạn)"
            r"(?: ?(?:cuối|chót|cùng|nộp|báo cáo|gửi|hoàn thành|hoàn tất|thực hiện|đăng ký"
            r"|trả lời|kết quả)){0,4}" + _FILL
        ),
    ),
    Cue(
        "until.end",
        _UNTIL,
        ("het",),
        words(r"\b(?:cho |kéo dài |duy trì )?(?:(?:đến|tới) )?hết(?: ngày)?[ :,(]*$"),
    ),
    Cue(
        "until.lasting",
        _UNTIL,
        ("den", "toi"),
        words(
            r"\b(?:kéo dài|gia hạn|duy trì|có hiệu lực)(?: thêm)? (?:cho )?(?:đến|tới)"
            r"(?: ngày)? ?$"
        ),
    ),
    Cue("by.within", _BY, ("trong",), words(r"\b(?:ngay )?trong(?: các)?(?: ngày)? ?$")),
    Cue(
        "by.done",
        _BY,
        ("thanh", "tat", "xong", "ket thuc"),
        words(r"(?:(?<=hoàn thành)|(?<=hoàn tất)|(?<=xong)|(?<=kết thúc))(?: vào| lúc)*[ :,(]+$"),
    ),
    Cue(
        "by.to",
        _BY,
        ("den", "toi"),
        words(r"\b(?:cho )?(?:đến|tới)(?: ngày| lúc| thời điểm)?[ :,(]*$"),
    ),
    Cue(
        "by.at",
        _BY,
        ("vao", "luc"),
        words(r"\b(?:vào|lúc)(?: lúc| khoảng| thời điểm)?(?: ngày)?[ :,(]*$"),
    ),
)


def cue_of(line: Timeline, moment: Moment) -> tuple[Cue, int] | None:
    """The cue just before a moment and how many characters it has."""
    edge = line.before(moment.start, EDGE)
    for cue in CUES:
        match = cue.pattern.search(edge) if has_any(edge, cue.stems) else None
        if match is not None and _is_spelt(line, moment.start - len(edge), match):
            return cue, len(edge) - match.start()
    return None


def _is_spelt(line: Timeline, offset: int, match: re.Match[str]) -> bool:
    """Whether the last "toi" is "tới" and not "tối"; other cues have no false friend here."""
    at = match[0].rfind("toi")
    start = offset + match.start() + at
    return at < 0 or is_one_of(line.passage, (start, start + 3), ["tới"])
