"""Numbers that cannot be counts, and separators that change their meaning inside one document."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from vungxanh.engines.checks.heads import label
from vungxanh.engines.checks.numerals import Kind, numeral, settled
from vungxanh.engines.checks.rules.case import Case, name_of
from vungxanh.engines.checks.sentences import listed, quoted, say, shown
from vungxanh.engines.checks.types import Claim, Finding, Mark, Row
from vungxanh.refusals import Words

# Above these no figure of Viet Nam can be: 98.5 million people and about 126 million phone
# subscriptions in 2021; 227.7 million scans had been counted in two years by January 2022.
_CEILINGS: Final = {
    "population": 110_000_000,
    "adults": 110_000_000,
    "bluezone_with_phone": 110_000_000,
    "installs": 250_000_000,
    "smartphones": 250_000_000,
    "subscriptions": 250_000_000,
    "people_scanned": 110_000_000,
    "points_registered": 50_000_000,
    "points_active": 50_000_000,
}
_CEILING: Final = 10_000_000_000
_SPOKEN: Final = re.compile(r"(?P<digits>\d+(?:[.,]\d+)+)(?P<percent>\s*%)?")


def negative_count(case: Case) -> Iterator[Finding]:
    """A count below zero."""
    for row in case.lines():
        for element, count in row.counts.items():
            if count < 0:
                yield _impossible(case, row, element, why=_NEGATIVE)


def absurd_count(case: Case) -> Iterator[Finding]:
    """A count beyond what the whole country has."""
    for row in case.lines():
        for element, count in row.counts.items():
            if count > _CEILINGS.get(element, _CEILING):
                yield _impossible(case, row, element, why=_ABSURD)


_NEGATIVE: Final = (
    "number.negative",
    "≥ 0",
    Words("là số âm, số đếm không thể âm", "is negative, which no count can be"),
)
_ABSURD: Final = (
    "number.absurd",
    None,
    Words("lớn hơn cả nước có thể có", "is more than the whole country can have"),
)


def _impossible(
    case: Case, row: Row, element: str, *, why: tuple[str, str | None, Words]
) -> Finding:
    code, expected, words = why
    count = row.counts[element]
    return Finding(
        code=code,
        severity="error",
        where=case.where(row, element),
        message=say(
            "{name}: {element} {count} {why}; kiểm tra lại số gốc.",
            "{name}: {element} {count} {why}; check the original figure.",
            name=name_of(row),
            element=label(element),
            count=count,
            why=words,
        ),
        claim=shown(count),
        expected=expected,
        unit=row.unit,
        element=element,
    )


def mixed_number_formats(case: Case) -> Iterator[Finding]:
    """A separator with two meanings, or two separators with one, inside one document."""
    spoken = tuple(chain.from_iterable(_marks(claim) for claim in case.claims))
    written = case.table.marks
    is_for_people = any(mark.role == "groups" for mark in written)
    # A table made for machines (1234.5) is no part of how a letter writes its numbers.
    together = ((*spoken, *written),) if is_for_people else (spoken, written)
    for marks in together:
        yield from _mix(marks)


def _marks(claim: Claim) -> Iterator[Mark]:
    """The separators in a claim's own words; a percent sign after a number makes it a share."""
    for match in _SPOKEN.finditer(claim.quote):
        kind: Kind = "share" if match["percent"] else "count"
        read = numeral(match["digits"])
        certain = settled(read, kind) if read else None
        for role, sign in sorted(certain.evidence) if certain else ():
            yield Mark(role, sign, match.group().strip(), claim.where)


def _clashes(marks: Iterable[Mark]) -> list[tuple[Mark, Mark]]:
    first: dict[tuple[str, str], Mark] = {}
    for mark in marks:
        first.setdefault((mark.role, mark.sign), mark)
    kept = [mark for mark in first.values() if mark.sign != " "]
    return [
        (one, other)
        for position, one in enumerate(kept)
        for other in kept[position + 1 :]
        if (one.sign == other.sign) != (one.role == other.role)
    ]


def _mix(marks: Iterable[Mark]) -> Iterator[Finding]:
    clashes = _clashes(marks)
    if not clashes:
        return
    involved = list(dict.fromkeys(chain.from_iterable(clashes)))
    uses = listed(_use(mark) for mark in involved)
    yield Finding(
        code="number.mixed_formats",
        severity="warning",
        where=involved[0].where,
        message=say(
            "Số liệu viết theo nhiều kiểu trong cùng một văn bản: {uses}. Đã đọc theo cột và đơn"
            " vị; nên viết thống nhất 1.234.567 và 12,34 %.",
            "Numbers are written in several ways in one document: {uses}. They were read by"
            " column and unit; write them all as 1.234.567 and 12,34 %.",
            uses=uses,
        ),
        claim="; ".join(mark.text for mark in involved),
        expected="1.234.567; 12,34 %",
    )


def _use(mark: Mark) -> Words:
    sign, text = quoted(mark.sign), quoted(mark.text)
    if mark.role == "groups":
        return Words(f"dấu {sign} ngăn hàng nghìn ở {text}", f"{sign} groups thousands in {text}")
    return Words(f"dấu {sign} ngăn phần thập phân ở {text}", f"{sign} marks decimals in {text}")
