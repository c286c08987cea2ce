"""The entrance for reports on a form: the rules of arrival, then those of every table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from vungxanh.engines.checks.core import check_table, ordered
from vungxanh.engines.checks.rules import arrivals, units
from vungxanh.engines.checks.rules.arrivals import Arrival, EarlierReport
from vungxanh.engines.checks.rules.case import Case
from vungxanh.engines.checks.rules.identities import Identities
from vungxanh.engines.checks.types import Figure, Finding, KnownUnit, Table

REPORT_RULES: Final[tuple[Callable[[Arrival], Iterator[Finding]], ...]] = (
    arrivals.same_as_before,
    arrivals.foreign_unit,
    arrivals.wrong_day,
    arrivals.missing_rows,
    arrivals.all_zero,
)
# Who reports on what is told, so the rule that guesses it from siblings has nothing to say.
_TOLD: Final = "unit.missing_reporter"


def check_report(
    table: Table,
    *,
    covered: Sequence[KnownUnit],
    others: Sequence[KnownUnit],
    day: date,
    arrived_at: datetime,
    earlier: Sequence[Figure] = (),
    before: Sequence[EarlierReport] = (),
) -> tuple[Finding, ...]:
    """Every finding about a report as it arrives, errors first.

    `covered` are the units that the reporter reports on, `others` further units that exist (those
    of other reporters); a line of neither is `unit.unknown`. `day` is the day reported for,
    `arrived_at` an aware moment. `earlier` are published figures of the same units, as `history`
    in `check_table`; `before` the earlier reports of the same reporter.
    """
    placed = _placed(table, covered, others)
    case = Case(placed, history=tuple(earlier))
    arrival = Arrival(case, tuple(covered), tuple(others), day, arrived_at, tuple(before))
    found = [
        replace(finding, rule=rule.__name__) for rule in REPORT_RULES for finding in rule(arrival)
    ]
    known = (*covered, *others)
    usual = check_table(placed, history=earlier, known=known, expected=covered)
    nowhere = _nowhere(placed, usual)
    return ordered([*found, *nowhere, *(one for one in usual if one.code != _TOLD)])


def _placed(table: Table, covered: Sequence[KnownUnit], others: Sequence[KnownUnit]) -> Table:
    """The table with the unit of each line, looked for among the covered ones first."""
    mine, theirs = Identities(covered), Identities(others)
    found = [mine.of(row) or theirs.of(row) for row in table.rows]
    rows = zip(table.rows, found, strict=True)
    return replace(
        table, rows=tuple(replace(row, unit=unit.id) if unit else row for row, unit in rows)
    )


def _nowhere(table: Table, found: Sequence[Finding]) -> Iterator[Finding]:
    """Lines of no unit of which no rule speaks: a name that several bear, or with a wrong type."""
    told = {finding.where for finding in found if finding.code == "unit.unknown"}
    for row in table.rows:
        if row.unit is None and f"dòng {row.number}" not in told:
            yield replace(units.unknown_line(row), rule=units.unknown_unit.__name__)
