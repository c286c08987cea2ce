"""Moments that figures speak of: mixed in one table, older than their count, going backwards."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from vungxanh.engines.checks.dates import day_of, moment_of
from vungxanh.engines.checks.heads import label
from vungxanh.engines.checks.rules.case import Case, name_of, summed
from vungxanh.engines.checks.rules.counted import known_count
from vungxanh.engines.checks.sentences import at_start, listed, say, shown
from vungxanh.engines.checks.types import BASES, AsOf, Figure, Finding, Row

# Counters that are published as running totals and only grow.
CUMULATIVE: Final = ("installs", "bluezone_with_phone", "points_registered")
_OLD: Final = timedelta(days=365)


def mixed_as_of(case: Case) -> Iterator[Finding]:
    """Lines, title and claims that speak of different days."""
    lines = [row.as_of for row in case.table.rows if row.as_of]
    claims = [claim.as_of for claim in case.claims if claim.as_of]
    stated = [*lines, *([case.table.as_of] if case.table.as_of else []), *claims]
    moments = sorted({day_of(as_of) for as_of in stated})
    if len(moments) <= 1:
        return
    yield Finding(
        code="as_of.mixed",
        severity="warning",
        where="bảng",
        message=say(
            "Số liệu của nhiều ngày khác nhau đứng chung: {days}. Không so sánh, cộng hay xếp hạng"
            " chung nếu chưa đưa về một ngày.",
            "Figures of different days stand together: {days}. Do not compare, add or rank them"
            " before they are of one day.",
            days=listed(moments),
        ),
        claim="; ".join(shown(day) for day in moments),
    )


def falling_counter(case: Case) -> Iterator[Finding]:
    """A running total below what was published earlier."""
    until = _moment(case.as_of)
    counted = [element for element in CUMULATIVE if case.table.column_of(element)]
    for row in case.lines():
        for element in counted:
            count, before = known_count(row, element), _latest(case, row, element, until=until)
            if count is not None and before is not None and count < before.value:
                yield _falling(case, row, before)


def _latest(case: Case, row: Row, element: str, *, until: datetime | None) -> Figure | None:
    """The newest earlier figure of a unit and element."""
    figures = case.earlier.get((row.unit or "", element), ())
    return next((f for f in figures if until is None or moment_of(f.as_of) < until), None)


def _moment(as_of: AsOf | None) -> datetime | None:
    return moment_of(as_of) if as_of else None


def _falling(case: Case, row: Row, before: Figure) -> Finding:
    count = row.counts[before.element]
    return Finding(
        code="counter.falling",
        severity="warning",
        where=case.where(row, before.element),
        message=say(
            "{name}: {element} {count} ít hơn {before} của {day} ({off}); số cộng dồn không thể"
            " giảm, kiểm tra số nào đúng.",
            "{name}: {element} {count} are fewer than {before} of {day} ({off}); a running total"
            " cannot fall, check which is right.",
            name=name_of(row),
            element=label(before.element),
            count=count,
            before=before.value,
            day=before.as_of,
            off=count - before.value,
        ),
        claim=shown(count),
        found=shown(before.value),
        expected=f"≥ {shown(before.value)}",
        unit=row.unit,
        element=before.element,
    )


def older_base(case: Case) -> Iterator[Finding]:
    """A denominator that equals a published figure of another year than the count."""
    until = _moment(case.as_of)
    for base in BASES:
        total = summed(case.table, base)
        figure = next((f for f in case.history if f.element == base and f.value == total), None)
        if figure is None or until is None or until - moment_of(figure.as_of) < _OLD:
            continue
        yield Finding(
            code="base.older_than_count",
            severity="warning",
            where=f"cột “{column.head}”" if (column := case.table.column_of(base)) else "bảng",
            message=say(
                "{base}: cộng các dòng được {total}, đúng bằng số đã công bố của {day}, trong khi"
                " số đếm là của {as_of}; ghi rõ năm và nguồn của mẫu số.",
                "{base}: the lines sum to {total}, exactly what was published for {day}, while the"
                " counts are of {as_of}; state year and source of the base.",
                base=at_start(label(base)),
                total=figure.value,
                day=day_of(figure.as_of),
                as_of=day_of(until),
            ),
            claim=shown(figure.value),
            found=shown(day_of(figure.as_of)),
            unit=figure.unit,
            element=base,
        )
