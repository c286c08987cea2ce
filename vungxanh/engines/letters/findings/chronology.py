"""Days against each other: the letter's own, of what it cites, of its figures, of its deadlines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Final

from vungxanh.engines.checks import Finding
from vungxanh.engines.checks.sentences import at_start, say, shown
from vungxanh.engines.letters.findings.case import LetterCase, fault
from vungxanh.engines.letters.findings.days import (
    dated,
    day_of,
    day_of_moment,
    last_good_day,
)
from vungxanh.engines.letters.moments import Grain, Moment
from vungxanh.engines.letters.passages import Span, fold, words
from vungxanh.engines.letters.types import DeadlineType, Task
from vungxanh.refusals import Words

_RANGE: Final = words(r"[ ,]*(?:đến|tới)(?: hết)? ?(?:ngày ?)?")
_FROM: Final = words(r"\btừ(?: ngày)? ?$")
_NEAR: Final = 24
_REPORT: Final = words(r"báo cáo|tổng hợp|tổng kết|đánh giá|rút kinh nghiệm|thống kê")
_CAMPAIGN: Final = words(
    r"cao điểm|chiến dịch|phong trào|đợt|thời gian (?:đẩy mạnh|triển khai|thực hiện|tổ chức)"
)
_WORK: Final = words(r"cài đặt|tuyên truyền|vận động|hoàn thành|ra quân|phát động|hướng dẫn")
_ALIKE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Source:
    """A day that a letter looks back at: of a document it cites, or of its figures."""

    day: date
    name: Words
    span: Span


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline's last good day, or the day of a goal."""

    day: date
    span: Span
    text: str


def sources(case: LetterCase) -> Iterator[Source]:
    """Documents cited with their day, and figures with theirs."""
    for citation in case.reading.citations:
        day = day_of(citation.date)
        if day:
            written = " ".join(part for part in (citation.type, citation.number) if part)
            yield Source(day, Words(written, written), citation.span)
    for fact in case.reading.facts:
        day = day_of(fact.as_of)
        if day:
            yield Source(day, Words("số liệu", "the figures"), fact.span)


def dues(case: LetterCase) -> Iterator[Due]:
    """Every deadline and goal that names a day, each day of a place once."""
    seen: set[tuple[date, Span]] = set()
    for task in case.reading.tasks:
        day = last_good_day(task.deadline)
        span = task.deadline.span or task.span
        if day and (day, span) not in seen:
            seen.add((day, span))
            yield Due(day, span, task.deadline.text or case.quote(span))
    for goal in case.reading.campaign_targets:
        day = day_of(goal.due)
        if day and (day, goal.span) not in seen:
            seen.add((day, goal.span))
            yield Due(day, goal.span, case.quote(goal.span))


def source_after_letter(case: LetterCase) -> Iterator[Finding]:
    """A cited document, or figures, of a day later than the letter itself."""
    latest = dated(case.reading.document).latest
    for source in sources(case):
        if latest is None or source.day <= latest:
            continue
        message = say(
            "{name} có ngày {day}, sau ngày của chính văn bản này ({letter}); hỏi lại nơi gửi ngày"
            " nào đúng.",
            "{name} is of {day}, after the day of this letter itself ({letter}); ask the sender"
            " which is right.",
            name=at_start(source.name),
            day=source.day,
            letter=latest,
        )
        is_figure = source.name.en == "the figures"
        yield fault(
            case,
            source.span,
            message,
            code="letters.figure_after_letter" if is_figure else "letters.cites_later_document",
            severity="error",
            found=shown(latest),
            expected=f"≤ {shown(latest)}",
        )


def deadline_passed(case: LetterCase) -> Iterator[Finding]:
    """A deadline before the letter's own day, or before a day that the letter looks back at."""
    earliest = dated(case.reading.document).earliest
    newest = max(sources(case), key=lambda source: source.day, default=None)
    for due in dues(case):
        if earliest and due.day < earliest:
            yield _passed(case, due, what=_LETTER, day=earliest)
        elif newest and due.day < newest.day:
            what = say("ngày của {name}", "the day of {name}", name=newest.name)
            yield _passed(case, due, what=what, day=newest.day)


_LETTER: Final = Words("ngày của văn bản", "the day of the letter")


def _passed(case: LetterCase, due: Due, *, what: Words, day: date) -> Finding:
    message = say(
        "Hạn “{text}” (ngày cuối còn kịp là {due}) sớm hơn {what} ({day}); hỏi lại nơi gửi hạn"
        " nào đúng.",
        "The deadline “{text}” (the last day in time is {due}) is before {what} ({day}); ask the"
        " sender which is right.",
        text=due.text,
        due=due.day,
        what=what,
        day=day,
    )
    return fault(
        case,
        due.span,
        message,
        code="letters.deadline_passed",
        severity="error",
        found=shown(day),
        expected=f"≥ {shown(day)}",
    )


def ends_before_start(case: LetterCase) -> Iterator[Finding]:
    """A stretch of days whose end is before its start: "từ ngày 20/8/2021 đến 15/8/2021"."""
    days = tuple(moment for moment in case.moments if moment.grain == Grain.DAY)
    for first, second in pairwise(days):
        start, end = _start_of(first, second), day_of_moment(second)
        if start is None or end is None or start <= end or not _is_range(case, first, second):
            continue
        message = say(
            "Khoảng thời gian kết thúc ({end}) trước khi bắt đầu ({start}); hỏi lại nơi gửi.",
            "The stretch of days ends ({end}) before it starts ({start}); ask the sender.",
            end=end,
            start=start,
        )
        yield fault(
            case,
            case.whole.span(first.start, second.end),
            message,
            code="letters.ends_before_start",
            severity="error",
            found=shown(end),
            expected=f"≥ {shown(start)}",
        )


def _start_of(first: Moment, second: Moment) -> date | None:
    """A start without its year has that of the end only inside one month: 20/12 to 05/01."""
    if first.at.year is None and first.at.month != second.at.month:
        return None
    return day_of_moment(first, second.at.year)


def _is_range(case: LetterCase, first: Moment, second: Moment) -> bool:
    folded = case.whole.folded
    before = folded[max(0, first.start - _NEAR) : first.start]
    return bool(_FROM.search(before) and _RANGE.fullmatch(folded[first.end : second.start]))


def after_campaign(case: LetterCase) -> Iterator[Finding]:
    """Work that is due after the campaign or its goal has ended; a report may come later."""
    end = max(_ends(case), default=None)
    for task in case.reading.tasks:
        day = last_good_day(task.deadline)
        if end is None or day is None or day <= end or not _is_campaigning(task):
            continue
        message = say(
            "Hạn {due} của việc này sau ngày kết thúc chung {end}; hỏi lại nơi gửi hạn nào đúng.",
            "This work is due on {due}, after the common end {end}; ask the sender which is right.",
            due=day,
            end=end,
        )
        span = task.deadline.span or task.span
        yield fault(
            case,
            span,
            message,
            code="letters.deadline_after_campaign",
            severity="warning",
            found=shown(end),
        )


def _is_campaigning(task: Task) -> bool:
    """Whether an order is the campaign's own work, and no report about it."""
    action = fold(task.action)
    return _WORK.search(action) is not None and _REPORT.search(action) is None


def _ends(case: LetterCase) -> Iterator[date]:
    """When a campaign ends: the days of its goals, and of orders that last until a day."""
    for goal in case.reading.campaign_targets:
        day = day_of(goal.due)
        if day:
            yield day
    for task in case.reading.tasks:
        day = last_good_day(task.deadline)
        is_until = task.deadline.type == DeadlineType.UNTIL
        if day and is_until and _CAMPAIGN.search(fold(task.action)):
            yield day


def two_deadlines(case: LetterCase) -> Iterator[Finding]:
    """One report that is asked for by two days."""
    reports = [task for task in case.reading.tasks if _is_report(task)]
    for one, other in combinations(reports, 2):
        first, second = last_good_day(one.deadline), last_good_day(other.deadline)
        if first is None or second is None or first == second or not _is_same(one, other):
            continue
        message = say(
            "Cùng một báo cáo nhưng có hai hạn: “{first}” và “{second}”; hỏi lại nơi gửi hạn nào"
            " đúng.",
            "One report has two deadlines: “{first}” and “{second}”; ask the sender which is"
            " right.",
            first=one.deadline.text or shown(first),
            second=other.deadline.text or shown(second),
        )
        span = other.deadline.span or other.span
        yield fault(
            case,
            span,
            message,
            code="letters.two_deadlines",
            severity="warning",
            found=shown(first),
        )


def _is_report(task: Task) -> bool:
    is_once = task.deadline.type in (DeadlineType.BEFORE, DeadlineType.BY)
    return is_once and _REPORT.search(fold(task.action)) is not None


def _is_same(one: Task, other: Task) -> bool:
    """Whether two orders ask the same people for the same report."""
    mine, theirs = (set(map(fold, task.assignee)) for task in (one, other))
    if not mine & theirs:
        return False
    if one.form or other.form:
        return one.form == other.form
    first, second = (_words_of(task) for task in (one, other))
    return len(first & second) >= _ALIKE * max(1, min(len(first), len(second)))


def _words_of(task: Task) -> set[str]:
    """What is asked for, its deadline left out."""
    due = set(fold(task.deadline.text or "").split())
    return set(fold(task.action).split()) - due - _COMMON


_COMMON: Final = frozenset(fold("báo cáo về gửi kết quả các trên địa bàn để và của theo").split())
