"""The day or moment that figures are of: never a deadline, however much it looks like one."""

from collections.abc import Iterator
from typing import Final

from vungxanh.engines.letters.passages import words
from vungxanh.engines.letters.times.cues import cue_of
from vungxanh.engines.letters.times.days import Grain
from vungxanh.engines.letters.times.joining import Moment
from vungxanh.engines.letters.times.speech import asks, counts, ordered, tells
from vungxanh.engines.letters.times.spelling import has_any
from vungxanh.engines.letters.times.timeline import EDGE, AsOf, Timeline

_COUNTED: Final = words(
    r"\b(?:số liệu |dữ liệu )?(?:tính|lũy kế|luỹ kế|cộng dồn|thống kê|cập nhật|số liệu|dữ liệu)"
    r"(?: (?:đến|tới|vào|lúc|tại|thời điểm|ngày|hết|khoảng|cuối|của))*[ :,(]*$"
)
_COUNTED_STEMS: Final = ("tinh", "luy ke", "cong don", "thong ke", "cap nhat", "lieu")
_TO: Final = words(r"\b(?:cho )?(?:đến|tới)(?: hết| lúc| thời điểm| cuối| ngày)*[ :,(]*$")
_AT: Final = words(r"\b(?:vào|lúc|tại|trong|thời điểm|vào lúc)(?: thời điểm| lúc)?[ :,(]*$")
_MOMENT: Final = words(r"\b(?:lúc|thời điểm)[ :,(]*$")
_MEETS: Final = words(r"\b(?:họp|hội nghị|tổ chức|khai mạc|diễn ra|bắt đầu|làm việc)\b")
_TITLE: Final = words(r"\b(?:thống kê|số liệu|bảng tổng hợp)\b[^,.;]{0,120}$")
_DOCUMENT: Final = words(
    r"(?:\bsố ?:?|[\w&]+[/-][\w&-]+|\b(?:công văn|văn bản|chỉ thị|quyết định|thông báo|kế hoạch"
    r"|nghị quyết|kết luận|công điện|tờ trình|hướng dẫn|ký|đề))[ ,]*$"
)
_NOW: Final = words(
    r"\b(tính )?(?:cho )?(?:đến|tới) (?:nay|thời điểm (?:này|hiện (?:tại|nay)))\b"
    r"(?!,? (?:hết|ngày))"
)


def read_as_of(line: Timeline) -> Iterator[AsOf]:
    """Every as-of of a passage; what they stand on is taken."""
    for moment in line.free():
        found = _rule_of(line, moment)
        if found is not None:
            rule, length = found
            yield line.as_of(moment.start - length, moment, rule)
    yield from _now(line)


def _rule_of(line: Timeline, moment: Moment) -> tuple[str, int] | None:
    """The rule that makes a moment an as-of and how many characters of cue stand before it."""
    if moment.grain is Grain.CLOCK or moment.at.is_open:
        return None
    edge = line.before(moment.start, EDGE)
    for rule, stems, pattern, holds in _RULES:
        match = pattern.search(edge) if has_any(edge, stems) else None
        if match is not None and holds(line, moment):
            return rule, len(edge) - match.start()
    return None


def _always(line: Timeline, moment: Moment) -> bool:
    return not _is_asked(line, moment)


def _is_asked(line: Timeline, moment: Moment) -> bool:
    """ "Cập nhật đến ngày 31/8 phải đạt 60 %": counted, yet still to come."""
    after = line.after(moment.end)
    return asks(after) and not line.is_past(line.stretch(moment))


def _not_ordered(line: Timeline, moment: Moment) -> bool:
    before, after = line.before(moment.start), line.after(moment.end)
    return not ordered(before, after, line.side_of(line.stretch(moment)), is_plain=True)


def _of_figures(line: Timeline, moment: Moment) -> bool:
    before = line.before(moment.start)
    is_of_figures = tells(line.after(moment.end)) or counts(before)
    is_of_moment = _MOMENT.search(before) is not None and _MEETS.search(before) is None
    is_past = is_of_moment and line.is_past(line.stretch(moment))
    return (is_of_figures or is_past) and _not_ordered(line, moment)


def _is_title(line: Timeline, moment: Moment) -> bool:
    before = line.before(moment.start)
    is_day = moment.grain is Grain.DAY and moment.at.month is not None
    if not is_day or cue_of(line, moment) is not None:
        return False
    return _TITLE.search(before) is not None and _DOCUMENT.search(before) is None


_RULES: Final = (
    ("as_of.counted", _COUNTED_STEMS, _COUNTED, _always),
    ("as_of.to", ("den", "toi"), _TO, _not_ordered),
    ("as_of.at", ("vao", "luc", "tai", "trong", "thoi diem"), _AT, _of_figures),
    ("as_of.title", ("",), words(r"$"), _is_title),
)


def _now(line: Timeline) -> Iterator[AsOf]:
    """ "Đến nay" is the letter's own day, where that is known."""
    if line.known.day is None or not has_any(line.passage.folded, (" nay", "thoi diem")):
        return
    for match in _NOW.finditer(line.passage.folded):
        if match[1] or tells(line.after(match.end())):
            text = line.passage.text[match.start() : match.end()]
            evidence = f"ngày ban hành {line.known.day:%d/%m/%Y}"
            value = line.known.day.isoformat()
            yield AsOf(match.start(), match.end(), value, text, "as_of.now", evidence)
