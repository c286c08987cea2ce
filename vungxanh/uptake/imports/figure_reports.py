"""Bringing a figure report: read it, find its units, check it, keep it as a draft with findings."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import transaction

from vungxanh.core import clock, files
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.documents.grids import Grid, grid_of_text, read_grid
from vungxanh.engines import checks
from vungxanh.engines.checks import Finding, HeadGuess, KnownUnit, Meaning, Row, Table
from vungxanh.engines.checks.types import Role
from vungxanh.engines.names import fold
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit, UnitId
from vungxanh.refusals import Words
from vungxanh.uptake.actions import UptakeError
from vungxanh.uptake.actions.reporting import drop_report, owed_on, save_report
from vungxanh.uptake.models import FigureReport, Reporter
from vungxanh.uptake.queries.reporting import arrivals, whose
from vungxanh.uptake.queries.reporting.gathering import covered
from vungxanh.uptake.rules.columns import ColumnRole, FormColumn, columns_of, elements_of
from vungxanh.uptake.rules.reporting import Channel
from vungxanh.uptake.values.reporting import Call, NewReport

FILES = frozenset({Channel.UPLOAD, Channel.MAIL})
FEWEST_COLUMNS = 2
_CODED = ("unit", "name")
"""The first heads of a table that was typed by unit on a page; `table_of` writes it."""
_ROLES: dict[ColumnRole, Role] = {
    ColumnRole.ORDER: "order",
    ColumnRole.NAME: "name",
    ColumnRole.COUNT: "count",
    ColumnRole.SHARE: "share",
    ColumnRole.AS_OF: "as_of",
    ColumnRole.NOTE: "note",
}


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brings for a reporter and a day: a file's bytes, or a table as text.

    `meanings` say what heads mean, where a person was asked: by the keys of `columns_asked`.
    """

    reporter: UUID
    day: date
    channel: Channel
    content: bytes
    name: str = ""
    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    call: Call | None = None


@dataclass(frozen=True, slots=True)
class _Scope:
    """A reporter with its form's columns, the units it covers, and the others of its area."""

    reporter: Reporter
    columns: tuple[FormColumn, ...]
    mine: tuple[Unit, ...]
    others: tuple[Unit, ...]

    @property
    def elements(self) -> tuple[str, ...]:
        return elements_of(self.columns)


def bring_report(*, brought: Brought, by: Viewer, at: datetime) -> FigureReport:
    """Read, check and keep a report as a draft; a refusal leaves nothing behind.

    Refuses with uptake.columns_unknown where no column holds what the form counts: then ask what
    they mean: `keep_unclear`, `columns_asked`, `say_columns`.
    """
    reporter = arrivals.reporter(brought.reporter)
    if not whose.may_report(reporter, by):
        raise MissingError
    owed_on(reporter, brought.day, at=at)
    scope = _scope(reporter)
    grid = _grid(brought)
    heads = _key(checks.heads_of(grid))
    table = _placed(_recognised(grid, scope, brought, heads=heads), scope)
    findings = _check(table, scope, brought, at=at)
    report = NewReport(
        reporter=reporter.id,
        day=brought.day,
        as_of=_as_of(table, brought.day, at),
        channel=brought.channel,
        figures=tuple(_figures(table, scope)),
        content=_content(table, scope),
        findings=tuple(_wire(one) for one in findings),
        original=brought.content,
        original_name=brought.name,
        call=brought.call,
        mapping=_mapping(heads, brought.meanings),
    )
    return save_report(report=report, by=by, at=at)


def keep_unclear(*, brought: Brought, by: Viewer, at: datetime) -> FigureReport:
    """Keep what came with columns that nobody knows yet, as a draft that cannot be sent.

    For when `bring_report` refused with uptake.columns_unknown; `say_columns` reads it then.
    Refuses what has fewer than two columns: nothing could be said of it.
    """
    if len(checks.heads_of(_grid(brought))) < FEWEST_COLUMNS:
        raise _columns_unknown()
    words = _columns_unknown().words
    finding = Finding("report.columns_unknown", "error", "bảng", words, rule="columns")
    report = NewReport(
        reporter=brought.reporter,
        day=brought.day,
        as_of=min(at, clock.day_end(brought.day)),
        channel=brought.channel,
        figures=(),
        content={"asks": True},
        findings=(_wire(finding),),
        original=brought.content,
        original_name=brought.name,
        call=brought.call,
    )
    return save_report(report=report, by=by, at=at)


def say_columns(
    *, report_id: UUID, meanings: Mapping[str, Meaning], by: Viewer, at: datetime
) -> FigureReport:
    """Read a draft again by what its heads mean, and remember it; the draft gives way to the new.

    Refuses what was dealt with before, and whatever `bring_report` refuses.
    """
    with transaction.atomic():
        drop_report(report_id=report_id, by=by, at=at)
        draft = FigureReport.objects.get(id=report_id)
        return bring_report(brought=brought_of(draft, meanings), by=by, at=at)


def brought_of(draft: FigureReport, meanings: Mapping[str, Meaning]) -> Brought:
    """What was brought, out of the draft that was made of it; MissingError once it is purged."""
    if draft.original_id is None:
        raise MissingError
    call = Call(draft.caller, draft.called_at) if draft.called_at else None
    return Brought(
        reporter=draft.reporter_id,
        day=draft.day,
        channel=Channel(draft.channel),
        content=files.open_file(draft.original_id),
        name=draft.original_name,
        meanings=meanings,
        call=call,
    )


def columns_asked(draft: FigureReport) -> tuple[HeadGuess, ...]:
    """The columns of a draft, for a page that asks what they mean: said before, else guessed."""
    grid = _grid(brought_of(draft, {}))
    reporter = arrivals.reporter(draft.reporter_id)
    said = arrivals.meanings(reporter, _key(checks.heads_of(grid)))
    return checks.heads_of(grid, heads={**_heads_of(columns_of(reporter.form.columns)), **said})


def table_of(
    columns: Sequence[FormColumn], units: Sequence[Unit], told: Mapping[tuple[str, str], int]
) -> bytes:
    """Counts by unit and element, as somebody typed them on a page, as a table to be brought.

    What was not told stays an empty cell.
    """
    counted = [one for one in columns if one.role is ColumnRole.COUNT]
    heads = [*_CODED, *(one.head.vi for one in counted)]
    lines = [
        [unit.id, unit.name, *(_cell(told.get((unit.id, one.element))) for one in counted)]
        for unit in units
    ]
    return "\n".join("\t".join(line) for line in (heads, *lines)).encode()


def _cell(value: int | None) -> str:
    return "" if value is None else str(value)


def _grid(brought: Brought) -> Grid:
    return _read(brought.content, brought.name if brought.channel in FILES else "")


def _read(content: bytes, name: str) -> Grid:
    return read_grid(content, name=name) if name else grid_of_text(content.decode())


def _scope(reporter: Reporter) -> _Scope:
    below = locations.descendants(UnitId(reporter.area_id))
    level = [one for one in below if one.level == reporter.form.level]
    ids = covered(reporter, level)
    mine = tuple(one for one in level if one.id in ids)
    others = tuple(one for one in below if one.id not in ids)
    return _Scope(reporter, columns_of(reporter.form.columns), mine, others)


def _recognised(grid: Grid, scope: _Scope, brought: Brought, *, heads: str) -> Table:
    """The table by what a person said, said before, or the form's own heads, in this order."""
    said = brought.meanings or arrivals.meanings(scope.reporter, heads)
    try:
        table = checks.recognise(grid, heads={**_heads_of(scope.columns), **said})
    except checks.CheckError as refusal:
        if refusal.code != "checks.no_head":
            raise
        raise _columns_unknown() from refusal
    if not {one.element for one in table.columns} & set(scope.elements):
        raise _columns_unknown()
    return table


def _heads_of(columns: Iterable[FormColumn]) -> dict[str, Meaning]:
    """What the form's own heads mean, in both languages."""
    return {
        fold(head): Meaning(
            _ROLES[one.role], one.element or None, one.numerator or None, one.base or None
        )
        for one in columns
        for head in (one.head.en, one.head.vi)
        if head
    }


def _columns_unknown() -> UptakeError:
    return UptakeError(
        "uptake.columns_unknown",
        Words(
            "Chưa rõ cột nào là địa bàn, cột nào là số của biểu mẫu. Cho biết từng cột là gì, "
            "lần sau hệ thống sẽ nhớ.",
            "It is not clear which column names the unit and which holds the form's figures. Say "
            "what each column is; it is remembered for the next time.",
        ),
        field="columns",
    )


def _placed(table: Table, scope: _Scope) -> Table:
    """The table with the unit of each line: among those covered first, then in the area."""
    names = _Names(scope)

    def placed(row: Row) -> Row:
        if row.unit or row.code or not row.name:
            return row
        found = names.unit(row.name)
        return replace(row, unit=found.id) if found else row

    return replace(table, rows=tuple(placed(row) for row in table.rows))


class _Names:
    """Units by written names; made ready when the first line bears no code."""

    def __init__(self, scope: _Scope) -> None:
        self._scope = scope

    @cached_property
    def _near(self) -> locations.Matcher:
        return locations.Matcher(self._scope.mine)

    @cached_property
    def _far(self) -> locations.Matcher:
        return locations.Matcher((*self._scope.mine, *self._scope.others))

    def unit(self, name: str) -> Unit | None:
        """The unit that a name means among those covered, else in the area."""
        return self._near.match(name).unit or self._far.match(name).unit


def _check(table: Table, scope: _Scope, brought: Brought, *, at: datetime) -> Sequence[Finding]:
    earlier = arrivals.last_before(scope.reporter, brought.day)
    found = checks.check_report(
        table,
        covered=_known(scope.mine),
        others=_known(scope.others),
        day=brought.day,
        arrived_at=at,
        earlier=_history(earlier),
        before=[earlier] if earlier else [],
    )
    return (*_same_file(scope.reporter, brought), *found)


def _known(units: Iterable[Unit]) -> tuple[KnownUnit, ...]:
    return tuple(KnownUnit(one.id, one.name, one.parent_id) for one in units)


def _history(earlier: checks.EarlierReport | None) -> list[checks.Figure]:
    if earlier is None:
        return []
    return [
        checks.Figure(unit, element, count, earlier.day)
        for (unit, element), count in earlier.counts.items()
    ]


def _same_file(reporter: Reporter, brought: Brought) -> Iterable[Finding]:
    """The very file of another day again."""
    if brought.channel not in FILES:
        return
    digest = hashlib.sha256(brought.content).digest()
    day = arrivals.day_of_file(reporter, digest, but=brought.day)
    if day is not None:
        told = f"{day:%d/%m/%Y}"
        words = Words(
            f"Đây đúng là tệp đã nộp cho ngày {told}. Chọn tệp của ngày {brought.day:%d/%m/%Y}.",
            f"This is the very file sent for {told}. Choose the file of {brought.day:%d/%m/%Y}.",
        )
        yield Finding("report.same_file", "error", "tệp", words, rule="same_file", claim=told)


def _figures(table: Table, scope: _Scope) -> Iterable[tuple[str, str, int]]:
    """Figures of covered units for what the form counts; errors name all others."""
    mine = {one.id for one in scope.mine}
    elements = set(scope.elements)
    for row in table.rows:
        if row.unit in mine:
            for element, value in row.counts.items():
                if element in elements and value >= 0:
                    yield row.unit, element, value


def _as_of(table: Table, day: date, at: datetime) -> datetime:
    """The moment that the report speaks of: what it says itself, else now or the day's end."""
    said = [table.as_of, *(row.as_of for row in table.rows)]
    moments = [one for one in said if isinstance(one, datetime) and _is_of(one, day)]
    return max(moments, default=min(at, clock.day_end(day)))


def _is_of(moment: datetime, day: date) -> bool:
    return moment.astimezone(clock.TZ).date() == day


def _content(table: Table, scope: _Scope) -> dict[str, Any]:
    """What the preview shows again: the form's heads, and each line as read."""
    return {
        "columns": [
            {"head": one.head, "role": one.role, "element": one.element} for one in table.columns
        ],
        "elements": list(scope.elements),
        "rows": [
            {"number": row.number, "name": row.name, "unit": row.unit, "counts": dict(row.counts)}
            for row in table.rows
        ],
        "notes": list(table.notes),
    }


def _wire(finding: Finding) -> dict[str, object]:
    return {**finding.as_dict(), "unit": finding.unit, "element": finding.element}


def _key(guesses: Sequence[HeadGuess]) -> str:
    """What tells one layout of columns from another."""
    return hashlib.sha256("\n".join(one.key for one in guesses).encode()).hexdigest()


def _mapping(heads: str, meanings: Mapping[str, Meaning]) -> dict[str, Any]:
    if not meanings:
        return {}
    told = {key: [one.role, one.element, one.numerator, one.base] for key, one in meanings.items()}
    return {"heads": heads, "meanings": told}
