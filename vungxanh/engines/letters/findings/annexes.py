"""The letter's tables and figures before the checks, and their findings brought to their places."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from typing import Final

from vungxanh.engines import checks
from vungxanh.engines.checks import Finding, KnownUnit, Table
from vungxanh.engines.checks.dates import day_of as day_of_figure
from vungxanh.engines.checks.rules.case import Case
from vungxanh.engines.checks.rules.claims import counted_element, table_count
from vungxanh.engines.checks.rules.numbers import mixed_number_formats
from vungxanh.engines.checks.sentences import say, shown
from vungxanh.engines.letters.findings.case import LetterCase, fault
from vungxanh.engines.letters.findings.coverage import identified, is_part
from vungxanh.engines.letters.findings.days import day_of
from vungxanh.engines.letters.findings.figures import (
    Stated,
    own_claims,
    stated_figures,
)
from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.tables import TableFound

# How far the annex may be from a count that "hơn", "gần" or "khoảng" blurs.
_BLUR: Final = Fraction(1, 10)
_FORMATS: Final = "number.mixed_formats"
_UNUSED: Final = "column.not_recognised"
_UNCOUNTED: Final = "share.without_count"
_MISSING: Final = "unit.missing_reporter"


def figures_and_tables(
    case: LetterCase, tables: Sequence[TableFound], known: Iterable[KnownUnit] | None
) -> Iterator[Finding]:
    """All that the checks say about the tables, about the text, and about both together."""
    stated = stated_figures(case)
    units = None if known is None else tuple(known)
    annexes = [
        _Annex(found, _named(found, units))
        for found in tables
        if found.table and not found.letter.is_blank_form
    ]
    own = tuple(own_claims(case, stated))
    beside = [(annex, _beside(annex, own, units)) for annex in annexes]
    for annex, figures in beside:
        yield from _checked(case, annex, figures, known=units)
        yield from _table_day_differs(case, annex, figures)
    compared = {id(figure) for _, figures in beside for figure in figures}
    alone = [_timeless(figure) for figure in stated if id(figure) not in compared]
    yield from _own(checks.check_claims(alone, history=case.history))
    yield from _formats(stated, annexes)


@dataclass(frozen=True, slots=True)
class _Annex:
    """A table as it was found, and as the checks judge it."""

    found: TableFound
    table: Table


def _named(found: TableFound, known: Sequence[KnownUnit] | None) -> Table:
    """The table with its units; its day may stand in a title that only the reader saw."""
    table = found.table or Table(columns=(), rows=())
    dated = table if table.as_of else replace(table, as_of=day_of(found.letter.as_of))
    return identified(dated, known)


def _beside(
    annex: _Annex, stated: Iterable[Stated], known: Sequence[KnownUnit] | None
) -> tuple[Stated, ...]:
    """The figures of the text that speak of what a table counts, and of no more units."""
    case, is_short = Case(annex.table), is_part(annex.table, known)
    return tuple(s for s in stated if _is_beside(case, s, is_short=is_short))


def _is_beside(case: Case, figure: Stated, *, is_short: bool) -> bool:
    """Of a table of some units only a sum above the stated whole says anything."""
    claim = figure.claim
    element = counted_element(case, claim)
    if element not in case.table.elements:
        return False
    counted = table_count(case, claim, element)
    return not is_short or (claim.value is not None and claim.value < (counted or 0))


def _checked(
    case: LetterCase,
    annex: _Annex,
    figures: Sequence[Stated],
    *,
    known: Sequence[KnownUnit] | None,
) -> Iterator[Finding]:
    table = annex.table
    claims = [_timeless(_unblurred(figure, table)) for figure in figures]
    result = checks.check_table(table, claims=claims, history=case.history, known=known)
    if known and 2 * sum(f.code == "unit.unknown" for f in result) > len(table.rows):
        # Lines of firms, schools or a level that nobody listed: no unit is unknown there.
        result = checks.check_table(table, claims=claims, history=case.history)
    for finding in _own(result):
        yield finding if finding.span else _placed(finding, annex)


def _own(found: Iterable[Finding]) -> Iterator[Finding]:
    """What a letter's reader can use: formats are judged over the whole letter, and a column of
    other things than are counted here is no fault of it, nor are its shares without a count."""
    kept = tuple(found)
    left_out = {_FORMATS, _UNUSED}
    if any(finding.code == _UNUSED for finding in kept):
        left_out.add(_UNCOUNTED)
    for finding in kept:
        if finding.code not in left_out:
            # An annex may list some units on purpose; nobody is behind with a report.
            is_listing = finding.code == _MISSING
            yield replace(finding, severity="info") if is_listing else finding


def _timeless(figure: Stated) -> checks.Claim:
    """A claim without its day: texts name earlier days on purpose; see `_table_day_differs`."""
    return replace(figure.claim, as_of=None)


def _unblurred(figure: Stated, table: Table) -> Stated:
    """A count that is blurred or of another day, and near what the annex says, is no number to be
    compared digit by digit."""
    claim = figure.claim
    case = Case(table)
    counted = table_count(case, claim, counted_element(case, claim))
    is_later = bool(claim.as_of and table.as_of and claim.as_of != day_of_figure(table.as_of))
    if not (figure.blurred or is_later) or claim.value is None or not counted:
        return figure
    is_near = abs(claim.value - counted) <= _BLUR * counted
    return replace(figure, claim=replace(claim, value=None)) if is_near else figure


def _table_day_differs(
    case: LetterCase, annex: _Annex, figures: Sequence[Stated]
) -> Iterator[Finding]:
    """A table of one day beside a text that states the same figures of another."""
    day = day_of(annex.found.letter.as_of)
    stated = {figure.claim.as_of for figure in figures if figure.claim.as_of}
    if day is None or not stated or day in stated:
        return
    figure = next(figure for figure in figures if figure.claim.as_of)
    yield fault(
        case,
        figure.claim.span or annex.found.letter.span,
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


def _formats(stated: Sequence[Stated], annexes: Sequence[_Annex]) -> Iterator[Finding]:
    """Numbers written in several ways, in the text and all tables together."""
    marks = tuple(chain.from_iterable(annex.table.marks for annex in annexes))
    table = Table(columns=(), rows=(), marks=marks)
    claims = tuple(figure.claim for figure in stated)
    for finding in mixed_number_formats(Case(table, claims)):
        first = next((c for c in claims if c.where == finding.where), None)
        placed = replace(finding, span=first.span) if first else finding
        if first is None and annexes:
            placed = _placed(finding, annexes[0])
        yield replace(placed, rule=mixed_number_formats.__name__)


def _placed(finding: Finding, annex: _Annex) -> Finding:
    """A finding of a table with its place in the letter, in the letter's words."""
    found = annex.found
    spans = found.spans_at(finding.where)
    span = (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else found.letter.span
    return replace(finding, where=_where(finding, annex), span=span)


def _where(finding: Finding, annex: _Annex) -> str:
    """The title of the table, then the line's name and the column's head."""
    table, named = annex.table, annex.found.letter.title
    title = f"bảng “{named}”" if named else "bảng"
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
