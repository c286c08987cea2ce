"""Goals: whether they name their base, can be met, and agree with their own counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from vungxanh.documents.vietnamese import NBSP
from vungxanh.engines.checks import Finding
from vungxanh.engines.checks.heads import base_of
from vungxanh.engines.checks.sentences import say, shown
from vungxanh.engines.letters.findings.case import LetterCase, fault
from vungxanh.engines.letters.findings.days import day_of
from vungxanh.engines.letters.findings.figures import DENOMINATOR, unit_of, unit_of_goal
from vungxanh.engines.letters.findings.ranges import Range, range_of
from vungxanh.engines.letters.passages import Span, words
from vungxanh.engines.letters.types import CampaignTarget, Number
from vungxanh.refusals import Words

_BLUR: Final = words(r"\b(hơn|trên|gần|khoảng|xấp xỉ|chừng|dưới) $")
_BLUR_FIRST: Final = words(r"(hơn|trên|gần|khoảng|xấp xỉ|chừng|dưới) \d")
_LONGEST_BLUR: Final = 10
_HUNDRED: Final = 100


def target_without_base(case: LetterCase) -> Iterator[Finding]:
    """A share that is asked for without saying of what."""
    goals = [(g.value, g.unit, g.denominator, g.span) for g in case.reading.campaign_targets]
    goals += [
        (task.target.value, task.target.unit, task.target.of, task.target.span)
        for task in case.reading.tasks
        if task.target
    ]
    for value, unit, base, span in goals:
        if unit != "%" or base:
            continue
        message = say(
            "Chỉ tiêu {p} không nêu mẫu số (dân số, người trưởng thành, điện thoại thông minh hay"
            " thuê bao); hỏi lại nơi gửi, không tự chọn.",
            "The target of {p} names no base (population, adults, smartphones or subscriptions);"
            " ask the sender, choose none yourself.",
            p=_percent(value),
        )
        yield fault(case, span, message, code="letters.target_without_base", severity="warning")


def target_impossible(case: LetterCase) -> Iterator[Finding]:
    """A goal of nothing, or of more than all."""
    for goal in case.reading.campaign_targets:
        if goal.unit != "%" or 0 < goal.value <= _HUNDRED:
            continue
        message = say(
            "Chỉ tiêu {p} không thể có: tỷ lệ nằm trong khoảng từ 0 đến 100 %; hỏi lại nơi gửi.",
            "A target of {p} cannot be: shares lie between 0 and 100%; ask the sender.",
            p=_percent(goal.value),
        )
        yield fault(case, goal.span, message, code="letters.target_impossible", severity="error")


def _percent(value: Number) -> Words:
    """A share as a goal writes it: 60 %, not 60,00 %."""
    digits = f"{Decimal(value):f}"
    return Words(f"{digits.replace('.', ',')}{NBSP}%", f"{digits}%")


@dataclass(frozen=True, slots=True)
class Pair:
    """A count and a share of one thing, stated in one clause, and the base that they imply."""

    count: Number
    share: Number
    base: str | None
    unit: str | None
    implied: Range
    span: Span


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of a goal or a fact as the pairs need it."""

    value: Number
    is_share: bool
    base: str | None
    unit: str | None
    span: Span
    blurred: str | None


def target_figures_disagree(case: LetterCase) -> Iterator[Finding]:
    """A goal's count and its share that imply another base than the letter's own figures do."""
    known = [*_pairs(case, _facts(case)), *_written_bases(case)]
    for goal in _pairs(case, _goals(case)):
        other = next(
            (p for p in known if (p.base, p.unit) == (goal.base, goal.unit)
             and not p.implied.meets(goal.implied)), None
        )  # fmt: skip
        if other is None:
            continue
        message = say(
            "Chỉ tiêu {count} và {p} cùng đúng chỉ khi mẫu số khoảng {implied}; số liệu trong văn"
            " bản cho mẫu số khoảng {known}. Hỏi lại nơi gửi số nào đúng.",
            "The targets {count} and {p} agree only over a base of about {implied}; the letter's"
            " own figures give about {known}. Ask the sender which is right.",
            count=int(goal.count),
            p=_percent(goal.share),
            implied=_middle(goal.implied),
            known=_middle(other.implied),
        )
        yield fault(
            case,
            goal.span,
            message,
            code="letters.target_figures_disagree",
            severity="error",
            found=shown(_middle(goal.implied)),
            expected=shown(_middle(other.implied)),
        )


def _middle(implied: Range) -> int:
    return int((implied.low + implied.high) / 2)


def _facts(case: LetterCase) -> Iterator[_Number]:
    for fact in case.reading.facts:
        if fact.metric != DENOMINATOR and not fact.unit.startswith("of "):
            is_share = fact.unit == "%"
            base = base_of(fact.denominator) if is_share and fact.denominator else None
            unit = unit_of(case, fact.locality)
            blurred = fact.approximate or _blurred(case, fact.span)
            yield _Number(fact.value, is_share, base, unit, fact.span, blurred)


def _goals(case: LetterCase) -> Iterator[_Number]:
    for goal in case.reading.campaign_targets:
        is_share = goal.unit == "%"
        base = base_of(goal.denominator) if is_share and goal.denominator else None
        unit = unit_of_goal(case, goal)
        yield _Number(goal.value, is_share, base, unit, goal.span, _blurred(case, goal.span))


def _blurred(case: LetterCase, span: Span) -> str | None:
    """The word before a number that blurs it."""
    at = case.place(span[0])
    before = _BLUR.search(case.whole.folded[max(0, at - _LONGEST_BLUR) : at])
    match = before or _BLUR_FIRST.match(case.whole.folded, at)
    return match[1] if match else None


def _pairs(case: LetterCase, numbers: Iterator[_Number]) -> list[Pair]:
    """Each share with the count of its clause; a clause with several of a kind pairs none."""
    by_clause: dict[int, list[_Number]] = {}
    for number in numbers:
        by_clause.setdefault(case.clause(number.span), []).append(number)
    return [pair for together in by_clause.values() for pair in _paired(together)]


def _paired(together: list[_Number]) -> Iterator[Pair]:
    shares = [n for n in together if n.is_share]
    counts = [n for n in together if not n.is_share]
    if len(shares) != 1 or len(counts) != 1 or shares[0].unit != counts[0].unit:
        return
    (share,), (count,) = shares, counts
    implied = range_of(count.value, count.blurred).over(range_of(share.value, share.blurred))
    if implied is not None:
        span = min(share.span, count.span)[0], max(share.span[1], count.span[1])
        yield Pair(count.value, share.value, share.base, share.unit, implied, span)


def _written_bases(case: LetterCase) -> Iterator[Pair]:
    """Bases that the letter writes: the 174.229 of "82.930/174.229 thuê bao"."""
    for fact in case.reading.facts:
        if fact.metric == DENOMINATOR:
            base, unit = base_of(fact.unit), unit_of(case, fact.locality)
            yield Pair(fact.value, _HUNDRED, base, unit, range_of(fact.value), fact.span)


def target_reached(case: LetterCase) -> Iterator[Finding]:
    """A goal that the letter's own figures have reached already."""
    for goal in case.reading.campaign_targets:
        figure = next((f for f in _facts(case) if _is_reached(case, goal, f)), None)
        if figure is None:
            continue
        message = say(
            "Chỉ tiêu {goal} thấp hơn hoặc bằng mức đã đạt ({now}) trong chính văn bản; hỏi lại nơi"
            " gửi.",
            "The target of {goal} is not above what the letter itself says is reached ({now});"
            " ask the sender.",
            goal=_percent(goal.value) if goal.unit == "%" else int(goal.value),
            now=_percent(figure.value) if goal.unit == "%" else int(figure.value),
        )
        yield fault(case, goal.span, message, code="letters.target_reached", severity="warning")


def _is_reached(case: LetterCase, goal: CampaignTarget, figure: _Number) -> bool:
    """Only a share of the same named base can be compared with a share."""
    is_share = goal.unit == "%"
    base = base_of(goal.denominator) if goal.denominator else None
    is_same = is_share and figure.is_share and base is not None and base == figure.base
    unit = unit_of_goal(case, goal)
    return is_same and unit == figure.unit and figure.value >= goal.value and bool(day_of(goal.due))
