"""The rules in their order, and the two entrances: a table, or claims with or without one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from vungxanh.engines.checks.rules import (
    bases,
    bounds,
    claim_rates,
    claims,
    columns,
    numbers,
    ranks,
    ratios,
    share_columns,
    times,
    totals,
    units,
)
from vungxanh.engines.checks.rules.case import Case
from vungxanh.engines.checks.types import Claim, Figure, Finding, KnownUnit, Table

Rule = Callable[[Case], Iterator[Finding]]

TABLE_RULES: Final[tuple[Rule, ...]] = (
    units.duplicate_unit,
    units.unknown_unit,
    units.misnamed_unit,
    columns.repeated_column,
    numbers.negative_count,
    numbers.absurd_count,
    bounds.numerator_over_base,
    bounds.part_over_whole,
    totals.total_against_parts,
    share_columns.base_mislabelled,
    ratios.printed_ratio,
    share_columns.share_out_of_range,
    bases.implausible_base,
    bases.implied_base_ratio,
    bases.outlying_base,
    times.falling_counter,
    times.older_base,
    ranks.rank_against_column,
    units.missing_reporter,
    units.missing_figure,
    share_columns.unnamed_base,
    share_columns.share_without_count,
    ranks.rank_names_no_key,
    totals.missing_total,
    columns.unused_column,
)
CLAIM_RULES: Final[tuple[Rule, ...]] = (
    claims.claim_against_table,
    claims.claim_over_base,
    claim_rates.claim_rate_against_count,
    claim_rates.claim_rate_against_table,
    claims.claim_rank_key,
    claims.claim_without_count,
)
# Rules that look at the table and the claims together.
COMMON_RULES: Final[tuple[Rule, ...]] = (numbers.mixed_number_formats, times.mixed_as_of)
RULES: Final = (*TABLE_RULES, *CLAIM_RULES, *COMMON_RULES)

_ORDER: Final = {"error": 0, "warning": 1, "info": 2}
_NO_TABLE: Final = Table(columns=(), rows=())


def check_table(
    table: Table,
    *,
    claims: Iterable[Claim] = (),
    history: Iterable[Figure] = (),
    known: Iterable[KnownUnit] | None = None,
    expected: Iterable[KnownUnit] = (),
) -> tuple[Finding, ...]:
    """Every finding about a table and the claims beside it, errors first, then in rule order.

    `history` are earlier published figures of the same units; `known` the units that exist
    (without it none is unknown); `expected` those that should report (without it: the siblings
    of the units present, where these are more than half of them).
    """
    units_known = None if known is None else {unit.id: unit for unit in known}
    case = Case(table, tuple(claims), tuple(history), units_known, tuple(expected))
    return ordered([*table.findings, *_run(RULES, case)])


def check_claims(
    claims: Iterable[Claim], *, table: Table | None = None, history: Iterable[Figure] = ()
) -> tuple[Finding, ...]:
    """Findings about claims alone: against each other, their own counts, and a table if any."""
    case = Case(table or _NO_TABLE, tuple(claims), tuple(history))
    rules = (*CLAIM_RULES, *COMMON_RULES)
    before = set(_run(COMMON_RULES, replace(case, claims=())))
    return ordered(finding for finding in _run(rules, case) if finding not in before)


def _run(rules: Iterable[Rule], case: Case) -> Iterator[Finding]:
    for rule in rules:
        for finding in rule(case):
            yield replace(finding, rule=rule.__name__)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors, then warnings, then remarks, each in the order they were found."""
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))
