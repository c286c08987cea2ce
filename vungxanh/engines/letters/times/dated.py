"""Deadlines with a day: before it, by it, until it, from one day to another."""

from collections.abc import Iterator
from typing import Final

from vungxanh.engines.letters.passages import words
from vungxanh.engines.letters.times.cues import Cue, cue_of
from vungxanh.engines.letters.times.days import Grain
from vungxanh.engines.letters.times.joining import Moment
from vungxanh.engines.letters.times.speech import COMPLETES, CONTINUES, RECURS, asks, ordered, tells
from vungxanh.engines.letters.times.timeline import Timed, Timeline
from vungxanh.engines.letters.types import Deadline, DeadlineType

# These cues bind only where the clause orders or promises something.
_NEEDS_ORDER: Final = ("by.within", "by.to", "by.at")
_LINKS: Final = (
    (words(r"trước"), "before", DeadlineType.BEFORE),
    (words(r"chậm nhất|muộn nhất|không quá|đến"), "by.latest", DeadlineType.BY),
)
# "Trước trưa 20/8": a limit within the day that no clock tells.
_PART: Final = words(r"(?:buổi )?(?:sáng|trưa|chiều|tối|cuối|đầu)\b")
_MUST_END: Final = words(r"[ ,]*(?:phải|cần) (?:xong|hoàn thành|hoàn tất|có báo cáo|báo cáo)\b")


def read_dated(line: Timeline) -> Iterator[Timed]:
    """Every moment with a cue before it, or between its day and its clock."""
    for moment in line.free():
        found = _bound(line, moment)
        if found is not None:
            yield found


def _bound(line: Timeline, moment: Moment) -> Timed | None:
    found = cue_of(line, moment)
    linked = _linked(line, moment, found[1] if found else 0)
    if linked is not None or found is None:
        return linked or _followed(line, moment)
    cue, length = found
    start = moment.start - length
    if cue.rule in _NEEDS_ORDER and not _is_order(line, moment, cue.rule):
        return None
    if cue.type is DeadlineType.BEFORE and _is_told(line, moment):
        return None
    kind = _by_or_until(line, start, cue)
    return line.timed((start, moment.end), _deadline(line, moment, kind, rule=cue.rule), cue.rule)


def _linked(line: Timeline, moment: Moment, length: int) -> Timed | None:
    """The cue between a day and its clock: "(vào) ngày 28/8/2020, trước 17 giờ"."""
    for pattern, rule, kind in _LINKS:
        if moment.link and pattern.search(moment.link):
            deadline = _deadline(line, moment, kind, rule=rule)
            return line.timed((moment.start - length, moment.end), deadline, f"{rule}.linked")
    return None


def _followed(line: Timeline, moment: Moment) -> Timed | None:
    """The order after a day without a cue: "chiều 20/8 phải xong"."""
    if moment.grain is Grain.CLOCK or not _MUST_END.match(line.after(moment.end)):
        return None
    deadline = _deadline(line, moment, DeadlineType.BY, rule="by.must")
    return line.timed((moment.start, moment.end), deadline, "by.must")


def _is_order(line: Timeline, moment: Moment, rule: str) -> bool:
    before, after = line.before(moment.start), line.after(moment.end)
    if moment.grain is Grain.CLOCK:
        return rule != "by.at" and COMPLETES.search(before) is not None
    is_plain = rule == "by.to" or before.endswith("ngay trong ")
    if rule == "by.at" and not (COMPLETES.search(before) or asks(after)):
        return False
    side = line.side_of(line.stretch(moment))
    return ordered(before, after, side, is_plain=is_plain or rule == "by.at")


def _is_told(line: Timeline, moment: Moment) -> bool:
    """Whether "trước ngày …" only tells of something that was."""
    if not line.is_past(line.stretch(moment)):
        return False
    is_asked = COMPLETES.search(line.before(moment.start)) is not None
    return tells(line.after(moment.end)) or not is_asked


def _by_or_until(line: Timeline, start: int, cue: Cue) -> DeadlineType:
    """ "Đến hết ngày" is a limit after a verb that ends, a duration after one that goes on."""
    if cue.rule != "until.end":
        return cue.type
    before = line.before(start)
    if RECURS.search(before) or CONTINUES.search(before[-40:]):
        return DeadlineType.UNTIL
    return DeadlineType.BY if COMPLETES.search(before) else DeadlineType.UNTIL


def _deadline(line: Timeline, moment: Moment, kind: DeadlineType, *, rule: str) -> Deadline:
    stretch = line.stretch(moment)
    if kind is DeadlineType.BEFORE:
        is_vague = moment.clock is None and _PART.match(line.passage.folded, moment.start)
        value = None if is_vague else stretch.opening()
        return Deadline(kind, value, exclusive=True, evidence=stretch.evidence)
    if kind is DeadlineType.BY:
        return Deadline(kind, stretch.closing(), exclusive=False, evidence=stretch.evidence)
    today = line.known.day
    start = today.isoformat() if today and rule == "until.from_now" else None
    return Deadline(kind, stretch.closing(), start=start, evidence=stretch.evidence)
