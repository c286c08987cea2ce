"""The letter's tables and figures before the checks, and their findings brought to their places."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import Final

from vungxanh.engines import checks
from vungxanh.engines.checks import Finding, KnownUnit, Table
from vungxanh.engines.checks.rules.case import Case
from vungxanh.engines.checks.rules.claims import counted_element, table_count
from vungxanh.engines.checks.rules.numbers import mixed_number_formats
from vungxanh.engines.checks.sentences import say, shown
from vungxanh.engines.letters.findings.case import LetterCase, fault
from vungxanh.engines.letters.findings.days import day_of
from vungxanh.engines.letters.findings.figures import (
    Stated,
    claims_of_unit,
    own_unit,
    stated_figures,
)
from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.tables import TableFound

# How far the annex may be from a count that "hơn", "gần" or "khoảng" blurs.
_BLUR: Final = Fraction(1, 10)
_FORMATS: Final = "number.mixed_formats"
_DAYS: Final = "as_of.mixed"


def figures_and_tables(
    case: LetterCase, tables: Sequence[TableFound], known: Iterable[KnownUnit] | None
) -> Iterator[Finding]:
    """All that the checks say about the tables, about the text, and about both together."""
    stated = stated_figures(case)
    judged = [found for found in tables if found.table and not found.letter.is_blank_form]
    own = tuple(claims_of_unit(stated, own_unit(case.reading.document)))
    beside = [(found, _beside(found, own)) for found in judged]
    units = None if known is None else tuple(known)
    for found, figures in beside:
        yield from _checked(case, found, figures, known=units)
        yield from _table_day_differs(case, found, figures)
    compared = {id(figure) for _, figures in beside for figure in figures}
    alone = [_timeless(figure) for figure in stated if id(figure) not in compared]
    yield from _own(checks.check_claims(alone, history=case.history))
    yield from _formats(stated, judged)


def _table_of(found: TableFound) -> Table:
    """The table as the checks know it; its day may stand in a title that only the reader saw."""
    table = found.table or Table(columns=(), rows=())
    return table if table.as_of else replace(table, as_of=day_of(found.letter.as_of))


def _beside(found: TableFound, stated: Iterable[Stated]) -> tuple[Stated, ...]:
    """The figures of the text that speak of what a table counts."""
    elements = _table_of(found).elements
    case = Case(_table_of(found))
    return tuple(s for s in stated if counted_element(case, s.claim) in elements)


def _checked(
    case: LetterCase,
    found: TableFound,
    figures: Sequence[Stated],
    *,
    known: Sequence[KnownUnit] | None,
) -> Iterator[Finding]:
    table = _table_of(found)
    claims = [_timeless(_unblurred(figure, table)) for figure in figures]
    result = checks.check_table(table, claims=claims, history=case.history, known=known)
    if known and 2 * sum(f.code == "unit.unknown" for f in result) > len(table.rows):
        # Lines of firms, schools or a level that nobody listed: no unit is unknown there.
        result = checks.check_table(table, claims=claims, history=case.history)
    for finding in _own(result):
        yield finding if finding.span else _placed(finding, found)


def _own(found: Iterable[Finding]) -> Iterator[Finding]:
    """Formats and days are judged over the whole letter, not table by table."""
    return (finding for finding in found if finding.code != _FORMATS)


def _timeless(figure: Stated) -> checks.Claim:
    """A claim without its day: texts name earlier days on purpose; see `_table_day_differs`."""
    return replace(figure.claim, as_of=None)


def _unblurred(figure: Stated, table: Table) -> Stated:
    """A blurred count that the annex bears out is no number to be compared digit by digit."""
    claim = figure.claim
    case = Case(table)
    counted = table_count(case, claim, counted_element(case, claim))
    if figure.blurred is None or claim.value is None or not counted:
        return figure
    is_near = abs(claim.value - counted) <= _BLUR * counted
    return replace(figure, claim=replace(claim, value=None)) if is_near else figure


def _table_day_differs(
    case: LetterCase, found: TableFound, figures: Sequence[Stated]
) -> Iterator[Finding]:
    """A table of one day beside a text that states the same figures of another."""
    day = day_of(found.letter.as_of)
    stated = {figure.claim.as_of for figure in figures if figure.claim.as_of}
    if day is None or not stated or day in stated:
        return
    figure = next(figure for figure in figures if figure.claim.as_of)
    yield fault(
        case,
        figure.claim.span or found.letter.span,
        say(
            "Văn bản nêu số liệu ngày {stated}, bảng kèm theo là của ngày {day}; hỏi lại nơi gửi"
            " trước khi so sánh.",
            "The text states figures of {stated}, its table is of {day}; ask the sender before"
            " comparing them.",
            stated=figure.claim.as_of or day,
            day=day,
        ),
        code="letters.table_day_differs",
        severity="warning",
        found=shown(day),
    )


def _formats(stated: Sequence[Stated], judged: Sequence[TableFound]) -> Iterator[Finding]:
    """Numbers written in several ways, in the text and all tables together."""
    marks = tuple(chain.from_iterable(_table_of(found).marks for found in judged))
    table = Table(columns=(), rows=(), marks=marks)
    claims = tuple(figure.claim for figure in stated)
    for finding in mixed_number_formats(Case(table, claims)):
        first = next((c for c in claims if c.where == finding.where), None)
        placed = replace(finding, span=first.span) if first else finding
        if first is None and judged:
            placed = _placed(finding, judged[0])
        yield replace(placed, rule=mixed_number_formats.__name__)


def _placed(finding: Finding, found: TableFound) -> Finding:
    """A finding of a table with its place in the letter, in the letter's words."""
    spans = found.spans_at(finding.where)
    span = (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else found.letter.span
    return replace(finding, where=_where(finding, found), span=span)


def _where(finding: Finding, found: TableFound) -> str:
    """The title of the table, then the line's name and the column's head."""
    table = _table_of(found)
    title = f"bảng “{found.letter.title}”" if found.letter.title else "bảng"
    row = next((r for r in (*table.rows, *table.totals) if _is_row(finding, r.number)), None)
    column = next((c for c in table.columns if c.element == finding.element and c.element), None)
    parts = (
        title,
        f"dòng “{row.name}”" if row and row.name else "",
        f"cột “{column.head}”" if column and column.head else "",
    )
    return ", ".join(part for part in parts if part)


def _is_row(finding: Finding, number: int) -> bool:
    place = finding.where.split(",")[0]
    return place.lower() == f"dòng {number}"


def spanned(span: Span | None) -> Span:
    """A place to order findings by; those of no place come last."""
    return span or (2**62, 2**62)
