"""Denominators that cannot be what they are called, and units whose bases stand apart."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from vungxanh.engines.checks.arithmetic import half_up, outlying, share
from vungxanh.engines.checks.heads import label
from vungxanh.engines.checks.rules.case import Case, name_of
from vungxanh.engines.checks.rules.counted import base_count
from vungxanh.engines.checks.sentences import say, shown, times
from vungxanh.engines.checks.types import Finding, PrintedShare, Row
from vungxanh.refusals import Words

_PAIRS: Final = (
    ("smartphones", "population"),
    ("adults", "population"),
    ("subscriptions", "population"),
)
# 123 million mobile subscriptions for 98.5 million people in 2021 are 1.25 a person; a province
# below one half or above three counts something else.
_FEWEST_SIMS: Final = Fraction(1, 2)
_MOST_SIMS: Final = Fraction(3)


def implausible_base(case: Case) -> Iterator[Finding]:
    """Smartphones beyond the people; subscriptions that are the people, or far from them."""
    if not {"population"} < set(case.table.elements):
        return
    for row in case.lines():
        people = base_count(row, "population")
        phones, sims = base_count(row, "smartphones"), base_count(row, "subscriptions")
        if people and phones and phones > people:
            yield _implausible(case, row, "smartphones", why=_SIMS_NOT_PEOPLE)
        if people and sims and sims == people:
            yield _implausible(case, row, "subscriptions", why=_SAME)
        elif people and sims and not _FEWEST_SIMS <= Fraction(sims, people) <= _MOST_SIMS:
            yield _implausible(case, row, "subscriptions", why=_FAR)


_SIMS_NOT_PEOPLE: Final = Words(
    "nhiều hơn dân số; có thể là số thuê bao (SIM), không phải số người có máy",
    "exceed the population; perhaps subscriptions (SIMs) were counted, not people with a phone",
)
_SAME: Final = Words(
    "bằng đúng dân số; có thể dân số được ghi vào cột thuê bao",
    "equal the population exactly; perhaps the population was written as subscriptions",
)
_FAR: Final = Words(
    "quá xa dân số (bình thường từ 0,5 đến 3 thuê bao một người)",
    "are too far from the population (0.5 to 3 subscriptions a person are usual)",
)


def _implausible(case: Case, row: Row, element: str, *, why: Words) -> Finding:
    count, people = row.counts[element], row.counts["population"]
    return Finding(
        code="base.implausible",
        severity="warning",
        where=case.where(row, element),
        message=say(
            "{name}: {element} {count} {why} ({people} người); hỏi lại nguồn mẫu số.",
            "{name}: {element} {count} {why} ({people} people); ask for the source of the base.",
            name=name_of(row),
            element=label(element),
            count=count,
            why=why,
            people=people,
        ),
        claim=shown(count),
        found=shown(people),
        unit=row.unit,
        element=element,
    )


def outlying_base(case: Case) -> Iterator[Finding]:
    """A unit whose ratio of two bases is beyond a modified z-score of 3.5 among all units."""
    elements = set(case.table.elements)
    for part, whole in (pair for pair in _PAIRS if elements.issuperset(pair)):
        lines = [
            (row, share(n_part, n_whole))
            for row in case.table.rows
            if (n_part := base_count(row, part)) and (n_whole := base_count(row, whole))
        ]
        apart = outlying([ratio for _, ratio in lines])
        rest = [ratio for position, (_, ratio) in enumerate(lines) if position not in apart]
        for position in sorted(apart):
            yield _outlier(case, lines[position], (part, whole), rest=rest)


def _outlier(
    case: Case, line: tuple[Row, Fraction], pair: tuple[str, str], *, rest: list[Fraction]
) -> Finding:
    (row, ratio), (part, whole) = line, pair
    least, most = half_up(min(rest)), half_up(max(rest))
    span = say("{least}–{most}", "{least}–{most}", least=least, most=most)
    return Finding(
        code="base.outlier",
        severity="warning",
        where=case.where(row, part),
        message=say(
            "{name}: {part} {n_part} / {whole} {n_whole} là {ratio}, trong khi {n} đơn vị còn lại"
            " từ {least} đến {most}; có thể đếm theo nơi đăng ký, hỏi lại nguồn mẫu số.",
            "{name}: {part} {n_part} over {whole} {n_whole} is {ratio}, while the other {n} units"
            " lie between {least} and {most}; perhaps counted where registered, ask for the source"
            " of the base.",
            name=name_of(row),
            part=label(part),
            whole=label(whole),
            n_part=row.counts[part],
            n_whole=row.counts[whole],
            ratio=half_up(ratio),
            n=len(rest),
            least=least,
            most=most,
        ),
        claim=shown(half_up(ratio)),
        found=span.vi,
        expected=span.vi,
        unit=row.unit,
        element=part,
    )


def implied_base_ratio(case: Case) -> Iterator[Finding]:
    """Two printed shares of the same users imply smartphones per person: over 100 is impossible."""
    if not {"population", "smartphones"} <= {c.base for c in case.table.columns}:
        return
    for row in case.lines():
        of_people = _printed(row, "population")
        of_phones = _printed(row, "smartphones")
        if of_people is None or of_phones is None or base_count(row, "smartphones"):
            continue
        if of_phones.percent <= 0 or of_people.percent <= of_phones.percent:
            continue
        implied = Fraction(of_people.percent) / Fraction(of_phones.percent) * 100
        yield Finding(
            code="base.implausible",
            severity="warning",
            where=f"dòng {row.number}",
            message=say(
                "{name}: {people} dân số và {phones} điện thoại thông minh nghĩa là {ratio} máy"
                " trên 100 người, nhiều hơn dân số; hỏi lại nguồn mẫu số.",
                "{name}: {people} of population and {phones} of smartphones mean {ratio} phones"
                " per 100 people, more than there are people; ask for the source of the base.",
                name=name_of(row),
                people=of_people.percent,
                phones=of_phones.percent,
                ratio=times(implied),
            ),
            claim=f"{of_people.text} / {of_phones.text}",
            found=times(implied).vi,
            expected="≤ 100",
            unit=row.unit,
            element="smartphones",
        )


def _printed(row: Row, base: str) -> PrintedShare | None:
    return next((printed for printed in row.shares if printed.base == base), None)
