"""A reading and its findings as lines for people, in either language."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from vungxanh.documents import vietnamese
from vungxanh.engines.checks import Finding
from vungxanh.engines.letters.types import (
    CampaignTarget,
    Citation,
    Deadline,
    DeadlineType,
    Fact,
    LetterTable,
    Reading,
    Recurrence,
    Task,
    TaskTarget,
)
from vungxanh.refusals import Words

_SEVERITY: Final = {
    "error": Words("lỗi", "error"),
    "warning": Words("cảnh báo", "warning"),
    "info": Words("lưu ý", "info"),
}
_DEADLINES: Final = {
    DeadlineType.UNSPECIFIED: Words("theo quy định", "as regulated"),
    DeadlineType.IMMEDIATE: Words("ngay", "at once"),
    DeadlineType.BEFORE: Words("trước", "before"),
    DeadlineType.BY: Words("chậm nhất", "by"),
    DeadlineType.UNTIL: Words("đến hết", "until"),
}
_FREQUENCIES: Final = {
    "daily": Words("hằng ngày", "daily"),
    "periodic": Words("định kỳ", "periodically"),
    "continuous": Words("thường xuyên, liên tục", "continuously"),
}
_OPERATORS: Final = {
    ">=": Words("ít nhất", "at least"),
    ">": Words("hơn", "more than"),
    "<=": Words("nhiều nhất", "at most"),
    "<": Words("dưới", "below"),
}
_WHOLE_DAY: Final = ("T00:00:00+07:00", "T23:59:59+07:00")
_LONGEST: Final = 160


def lines(reading: Reading, lang: str) -> list[str]:
    """What a letter says: its head, orders, goals, figures, tables, tail."""
    parts = (
        (None, _head(reading, lang)),
        (Words("Nhiệm vụ", "Orders"), _tasks(reading, lang)),
        (Words("Mục tiêu chung", "Goals"), _goals(reading, lang)),
        (Words("Số liệu", "Figures"), _facts(reading, lang)),
        (Words("Bảng", "Tables"), _tables(reading, lang)),
        (Words("Cuối văn bản", "Tail"), _tail(reading, lang)),
    )
    return [line for title, part in parts for line in _part(title, list(part), lang)]


def _part(title: Words | None, inside: Sequence[str], lang: str) -> list[str]:
    """A titled block; nothing where it is empty."""
    if title is None or not inside:
        return list(inside)
    return ["", title.in_language(lang), *(f"  {line}" for line in inside)]


def _head(reading: Reading, lang: str) -> Iterator[str]:
    head = reading.document
    written = head.number or (f"…/{head.symbol}" if head.symbol else None)
    day = head.date or head.date_partial
    yield " · ".join(
        part for part in (head.type, written, head.issuing_agency, _day(day, lang)) if part
    )
    rows = (
        (Words("Về việc", "Subject"), head.subject or head.subject_inferred),
        (Words("Độ khẩn", "Urgency"), head.urgency),
        (Words("Kính gửi", "To"), "; ".join(named.name for named in reading.addressees)),
        (Words("Căn cứ", "Cites"), "; ".join(_cited(c, lang) for c in reading.citations)),
    )
    yield from _labelled(rows, lang)


def _labelled(rows: Sequence[tuple[Words, str | None]], lang: str) -> Iterator[str]:
    yield from (f"{label.in_language(lang)}: {text}" for label, text in rows if text)


def _cited(citation: Citation, lang: str) -> str:
    parts = (citation.type, citation.number, _day(citation.date, lang), citation.issuer)
    return " ".join(part for part in parts if part)


def _tasks(reading: Reading, lang: str) -> Iterator[str]:
    for task in reading.tasks:
        yield f"{task.id}  {'; '.join(task.assignee)}"
        yield f"    {_short(task.action)}"
        yield from (f"    {line}" for line in _terms(task, lang))


def _terms(task: Task, lang: str) -> Iterator[str]:
    """By when, how much, where to."""
    rows = (
        (Words("hạn", "due"), _deadline(task.deadline, lang)),
        (Words("chỉ tiêu", "target"), _task_target(task.target, lang)),
        (Words("gửi về", "deliver to"), task.deliver_to),
        (Words("biểu mẫu", "form"), task.form),
    )
    yield from _labelled(rows, lang)


def _deadline(deadline: Deadline, lang: str) -> str | None:
    if deadline.type == DeadlineType.NONE:
        return None
    if deadline.recurrence is not None:
        return _recurrence(deadline.recurrence, lang)
    word = _DEADLINES.get(deadline.type, Words("", "")).in_language(lang)
    day = _day(deadline.value, lang) or ""
    has_clock = ":" in day
    noun = "ngày " if day and not has_clock and not vietnamese.is_english(lang) else ""
    return f"{word} {noun}{day}".strip()


def _recurrence(rhythm: Recurrence, lang: str) -> str:
    before, until = Words("trước", "before"), Words("đến hết", "until")
    parts = (
        rhythm.every or _FREQUENCIES[rhythm.freq].in_language(lang),
        rhythm.before_time and f"{before.in_language(lang)} {rhythm.before_time}",
        _times(rhythm.min_times, lang),
        rhythm.until and f"{until.in_language(lang)} {_day(rhythm.until, lang)}",
    )
    return ", ".join(part for part in parts if part)


def _times(least: int | str | None, lang: str) -> str | None:
    """ "ít nhất 2 lần", or the letter's own words ("nhiều lần")."""
    if not isinstance(least, int):
        return least
    vi, en = f"ít nhất {least} lần", f"at least {least} {'time' if least == 1 else 'times'}"
    return Words(vi, en).in_language(lang)


def _task_target(target: TaskTarget | None, lang: str) -> str | None:
    if target is None:
        return None
    operator = _OPERATORS.get(target.operator or "", Words("", "")).in_language(lang)
    parts = (operator, amount(target.value, target.unit, lang), target.of)
    return " ".join(part for part in parts if part)


def _goals(reading: Reading, lang: str) -> Iterator[str]:
    yield from (_goal(goal, lang) for goal in reading.campaign_targets)


def _goal(goal: CampaignTarget, lang: str) -> str:
    nobody = Words("không nêu mẫu số", "no base named").in_language(lang)
    by = Words("đến", "by").in_language(lang)
    base = goal.denominator or (nobody if goal.unit == "%" else "")
    due = f"{by} {_day(goal.due, lang)}" if goal.due else ""
    return " · ".join(filter(None, (amount(goal.value, goal.unit, lang), base, due)))


def _facts(reading: Reading, lang: str) -> Iterator[str]:
    yield from (_fact(fact, lang) for fact in reading.facts)


def _fact(fact: Fact, lang: str) -> str:
    value = f"{fact.approximate or ''} {amount(fact.value, fact.unit, lang)}".strip()
    parts = (value, fact.denominator, fact.locality, _day(fact.as_of, lang))
    return " · ".join(part for part in parts if part)


def _tables(reading: Reading, lang: str) -> Iterator[str]:
    yield from (_table(table, lang) for table in reading.tables)


def _table(table: LetterTable, lang: str) -> str:
    if table.is_blank_form:
        size = Words("biểu mẫu để điền", "a form to be filled").in_language(lang)
    else:
        n_lines = Words("dòng", "lines").in_language(lang)
        size = f"{len(table.rows)} {n_lines}: {', '.join(table.columns)}"
    parts = (_short(table.title or ""), _day(table.as_of, lang), size)
    return " · ".join(part for part in parts if part)


def _tail(reading: Reading, lang: str) -> Iterator[str]:
    signer = reading.signer
    rows = (
        (Words("Nơi nhận", "Recipients"), "; ".join(r.name for r in reading.recipients)),
        (
            Words("Người ký", "Signed"),
            ", ".join(p for p in (signer.authority, signer.role, signer.name) if p),
        ),
    )
    yield from _labelled(rows, lang)


def trace(reading: Reading) -> list[str]:
    """Which rule read which words as what, in the order of reading."""
    return [
        f"{step.rule}  [{step.span[0]}, {step.span[1]})  “{_short(step.text)}”  → {step.says}"
        for step in reading.trace
    ]


def findings(found: Sequence[Finding], lang: str) -> list[str]:
    """Two lines for each finding: how grave, where and its code; then the sentence."""
    return [
        line
        for finding in found
        for line in (
            f"{_SEVERITY[finding.severity].in_language(lang)}  {finding.code}  {finding.where}",
            f"    {finding.message.in_language(lang)}",
        )
    ]


def amount(value: int | Decimal, unit: str, lang: str) -> str:
    """A figure with its unit, printed as the language prints it; a rank as "43/63"."""
    if unit == "%":
        return vietnamese.share_percent(Decimal(value), lang)
    if unit.startswith("of "):
        return f"{value}/{unit.removeprefix('of ')}"
    whole = int(value)
    number = vietnamese.count(whole, lang) if whole == value else f"{value}"
    return f"{number} {unit}".strip()


def _day(written: str | None, lang: str) -> str | None:
    """An ISO day or moment in print, the ends of a day as the day; a partial day as it stands."""
    if written is None:
        return None
    day = written[: len("2021-05-26")] if written.endswith(_WHOLE_DAY) else written
    try:
        if len(day) == len("2021-05-26"):
            return vietnamese.date(date.fromisoformat(day), lang)
        return vietnamese.moment(datetime.fromisoformat(day), lang)
    except ValueError:
        return written


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
