"""Figures that a letter states, and goals for a whole locality, each with its base and its time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vungxanh.engines.letters.deadlines import find_as_of
from vungxanh.engines.letters.moments import Grain, LetterDay, Moment, find_moments
from vungxanh.engines.letters.passages import Passage, words
from vungxanh.engines.letters.quantities import Quantity, Sort, find_quantities
from vungxanh.engines.letters.sentences import sentences_of
from vungxanh.engines.letters.types import CampaignTarget, Fact, Number, TaskTarget

_GOAL: Final = words(
    r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|yêu cầu đạt|kế hoạch đề ra|quyết tâm|tối thiểu đạt"
    r"|đạt tối thiểu"
    r"|đạt ít nhất|ít nhất đạt)\b"
)
# People of the assignee's own house: a share of them is the order's own target.
_STAFF: Final = words(
    r"^\s*(?:số\s+)?(?:lực lượng\s+)?(?:cán bộ|cb|công chức|viên chức|người lao động|nhân viên"
    r"|giáo viên|học sinh"
    r"|sinh viên|đoàn viên|hội viên|đảng viên|công nhân|chiến s[ĩỹy]|lao động|thành viên"
    r"|tiểu thương"
    r"|khách|gia đình cán bộ|lái xe|phụ huynh|chủ hộ|quân số|người làm|điểm|cơ sở|hộ|cơ quan"
    r"|doanh nghiệp"
    r"|trường|xã|thôn|tổ|phường|đơn vị|ca|f\d|trường hợp|đối tượng|nhà hàng|khu)\b"
)
# People alone: what a goal for a whole locality never counts.
_OWN_PEOPLE: Final = words(
    r"^\s*(?:số\s+)?(?:lực lượng\s+)?(?:cán bộ|công chức|viên chức|người lao động|nhân viên"
    r"|đảng viên|đoàn viên"
    r"|hội viên|công nhân|chiến s[ĩỹy])\b"
)
_OF_END: Final = words(
    r"[,.;:()](?!\s*(?:công|viên|người|đơn|nhân|học|giáo|hội|cán|chiến|đoàn|đảng))|\s(?:phải|cài"
    r"|thực hiện|được"
    r"|có trách nhiệm|khai báo|sử dụng|quét|tiến hành|triển khai|trên địa bàn|đã|để|tham gia|bật)\b"
)
_TIMES: Final = words(
    r"(?P<least>ít nhất|tối thiểu|không ít hơn"
    r"|từ)?\s*(?P<value>\d{1,2})(?:\s*-\s*\d{1,2})?\s*(?P<unit>(?:lần|lượt"
    r"|buổi|bản tin|tin|giờ)\s*/\s*(?:ngày|tuần|tháng))|(?:mỗi|một)\s+(?P<per>ngày|tuần"
    r"|tháng)\s+(?:\w+\s+)?"
    r"(?P<least2>ít nhất|tối thiểu)?\s*(?P<value2>\d{1,2})\s+(?P<unit2>lần|lượt|buổi|bản tin|tin)"
)
_THINGS: Final = (
    ("points", words(r"\bđiểm\b")),
    ("scans", words(r"\bquét\b")),
    ("declarations", words(r"khai báo|tờ khai")),
    ("bluezone", words(r"bl?ue?z?one|bluzone|ứng dụng|cài đặt|thuê bao")),
)
_WHOLE: Final = words(r"\b(?:cả nước|toàn quốc)\b")
_AREA: Final = words(r"\btoàn (?P<area>tỉnh|thành phố|huyện|thị xã|xã|phường|quận)\b")


@dataclass(frozen=True, slots=True)
class Around:
    """What a figure inherits: the letter's day and the name of its locality."""

    known: LetterDay
    locality: str | None


def find_facts(passage: Passage, around: Around) -> Iterator[Fact]:
    """Figures that a passage states as being so; goals are left out."""
    as_of: str | None = None
    base: str | None = None
    for sentence in sentences_of(passage):
        times = find_as_of(sentence)
        goal = _goal(sentence)
        for quantity in find_quantities(sentence):
            if goal is not None and quantity.start >= goal:
                continue
            earlier = [time for time in times if time.start <= quantity.start]
            as_of = (earlier or list(times[:1]))[-1].value if times else as_of
            base = quantity.base or (base if quantity.sort is Sort.SHARE else None)
            yield _fact(sentence, quantity, rests=(as_of, base), around=around)
            base = quantity.unit if quantity.sort is Sort.BASE else None


def find_goals(
    sentence: Passage, around: Around, *, is_goal: bool = False
) -> Iterator[CampaignTarget]:
    """Goals for the whole locality: shares and counts after "phấn đấu", "mục tiêu" and such.

    `is_goal`: the sentence stands under the heading of the goals.
    """
    goal = 0 if is_goal else _goal(sentence)
    if goal is None:
        return
    due, evidence = _due(sentence, goal, around.known)
    for quantity in find_quantities(sentence):
        is_own = not is_goal and _OWN_PEOPLE.match(sentence.folded[quantity.end :])
        if quantity.start < goal or quantity.sort in (Sort.RANK, Sort.BASE) or is_own:
            continue
        yield CampaignTarget(
            metric=_metric(sentence, quantity),
            value=quantity.value,
            unit=quantity.unit,
            denominator=quantity.base,
            due=due,
            scope=_locality(sentence, around, quantity.start),
            text=sentence.text[goal:].rstrip(" ."),
            span=sentence.span(quantity.start, quantity.end),
            due_evidence=evidence,
        )


def target_of(clause: Passage) -> TaskTarget | None:
    """How much an order asks of the assignee's own people, or how often."""
    for quantity in find_quantities(clause):
        after = clause.folded[quantity.end :]
        if quantity.sort is Sort.SHARE and _STAFF.match(after):
            return _staff_target(clause, quantity)
    often = _TIMES.search(clause.folded)
    return _often(clause, often) if often else _least(clause)


def _goal(sentence: Passage) -> int | None:
    found = _GOAL.search(sentence.folded)
    return found.start() if found else None


def _fact(
    sentence: Passage, quantity: Quantity, *, rests: tuple[str | None, str | None], around: Around
) -> Fact:
    as_of, base = rests
    start, end = quantity.start, quantity.end
    return Fact(
        metric="denominator" if quantity.sort is Sort.BASE else _metric(sentence, quantity),
        value=quantity.value,
        unit=quantity.unit,
        locality=_locality(sentence, around, start),
        as_of=as_of,
        denominator=base if quantity.sort in (Sort.SHARE, Sort.COUNT) else None,
        text=sentence.text[start:end],
        span=sentence.span(start, end),
        approximate=quantity.about,
    )


def _metric(sentence: Passage, quantity: Quantity) -> str:
    """What is counted, told by the nearest words: installations, declarations, points, scans."""
    if quantity.sort is Sort.RANK:
        return "rank"
    near = sentence.folded[max(0, quantity.start - 90) : quantity.end + 60]
    own = sentence.folded[quantity.start : quantity.end]
    thing = next((name for name, pattern in _THINGS if pattern.search(own)), None)
    thing = thing or next((name for name, pattern in reversed(_THINGS) if pattern.search(near)), "")
    if quantity.sort is Sort.SHARE:
        return f"{thing}_rate" if thing else "rate"
    return {"bluezone": "bluezone_installs", "points": "points_registered", "": "count"}.get(
        thing, thing
    )


def _locality(sentence: Passage, around: Around, at: int) -> str | None:
    before = sentence.folded[:at]
    if _WHOLE.search(before) and not _AREA.search(before):
        return "Cả nước"
    return around.locality


def _due(sentence: Passage, goal: int, known: LetterDay) -> tuple[str | None, str | None]:
    """The last good day of a goal: the day that stands nearest after its word."""
    for moment in find_moments(sentence):
        at = moment.at
        if moment.start < goal or not moment.is_possible or at.month is None:
            continue
        if at.day is None:
            return _end_of_month(moment), None
        if at.year is not None:
            return date(at.year, at.month, at.day).isoformat(), None
        dated = known.ahead(at.day, at.month)
        return (dated.day.isoformat() if dated.day else None), dated.evidence
    return None, None


def _end_of_month(moment: Moment) -> str | None:
    """The last day of "tháng 9/2021"; quarters and years are too long to be read as a day."""
    at = moment.at
    if moment.grain is not Grain.MONTH or at.year is None or at.month is None:
        return None
    first_of_next = date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return (first_of_next - timedelta(days=1)).isoformat()


def _staff_target(clause: Passage, quantity: Quantity) -> TaskTarget:
    rest = clause.part(quantity.end)
    stop = _OF_END.search(rest.folded)
    of = rest.text[: stop.start() if stop else len(rest.text)].strip(" .")
    end = clause.text.find(of, quantity.end) + len(of)
    return TaskTarget(
        value=quantity.value,
        unit="%",
        of=of,
        operator=None,
        text=clause.text[quantity.start : end],
        span=clause.span(quantity.start, end),
    )


def _least(clause: Passage) -> TaskTarget | None:
    """ "ít nhất 03 người dân": a count that every assignee is to reach."""
    for quantity in find_quantities(clause):
        if quantity.sort is Sort.COUNT and quantity.about in ("ít nhất", "tối thiểu"):
            start = clause.text.lower().rfind(quantity.about, 0, quantity.start)
            return TaskTarget(
                value=quantity.value,
                unit=quantity.unit,
                of=None,
                operator=">=",
                text=clause.text[start : quantity.end],
                span=clause.span(start, quantity.end),
            )
    return None


def _often(clause: Passage, match: re.Match[str]) -> TaskTarget:
    value: Number = int(match["value"] or match["value2"])
    unit = "unit" if match["unit"] else "unit2"
    words_of = clause.text[match.start(unit) : match.end(unit)].replace(" ", "")
    is_least = match["least"] or match["least2"]
    per = f"/{clause.text[match.start('per') : match.end('per')]}" if match["per"] else ""
    return TaskTarget(
        value=value,
        unit=words_of + per,
        of=None,
        operator=">=" if is_least else None,
        text=match[0] and clause.text[match.start() : match.end()].strip(),
        span=clause.span(match.start(), match.end()),
    )
