"""Bringing a table in: read it, find its units, check it, keep it as a draft with its findings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from vungxanh.core import clock, files
from vungxanh.core.bringing import Original
from vungxanh.core.viewer import Viewer
from vungxanh.documents.grids import Grid, grid_of_text, read_grid
from vungxanh.engines import checks
from vungxanh.engines.checks import Claim, Finding, Row, Table
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit, UnitId, unit_id
from vungxanh.refusals import Words
from vungxanh.uptake import actions, queries
from vungxanh.uptake.actions import Draft, Origin, UptakeError
from vungxanh.uptake.models import Submission
from vungxanh.uptake.values import NewFact

DATED_BASES = frozenset({"population", "adults"})
PASTED_NAME = "bang-dan.tsv"
MEDIA_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody brings: a file's bytes or pasted cells, and what they say about it."""

    unit: str
    content: bytes
    name: str
    is_pasted: bool
    source_title: str
    source_kind: str
    as_of: date | None = None
    base_as_of: date | None = None
    published_on: date | None = None
    is_illustrative: bool = False
    claims: tuple[Claim, ...] = ()

    @classmethod
    def of(cls, original: Original, said: Mapping[str, Any]) -> "Asked":
        """From what was brought and the cleaned data of its form."""
        return cls(
            unit=said["unit"],
            content=original.content,
            name=original.name,
            is_pasted=original.is_pasted,
            source_title=said["source_title"],
            source_kind=said["source_kind"],
            as_of=said.get("as_of"),
            base_as_of=said.get("base_as_of"),
        )


def bring_in(*, asked: Asked, by: Viewer, at: datetime) -> Submission:
    """Read, check and keep a table as a draft; a refusal leaves nothing behind."""
    scope = locations.unit(asked.unit)
    actions.must_own(by=by, unit_id=scope.id, capability="uptake.import")
    finder = _Finder(scope)
    table = finder.placed_all(checks.recognise(_grid(asked)))
    as_of = _as_of(asked, table, at)
    found = _check(table, scope, as_of)
    findings = (*_unclear(table, finder, found), *found)
    about_text = _beyond(_check(table, scope, as_of, claims=asked.claims), findings)
    with transaction.atomic():
        original = files.keep(
            asked.content, name=asked.name or PASTED_NAME, media_type=MEDIA_TYPE, by=by, at=at
        )
        draft = Draft(
            scope=scope.id,
            as_of=clock.day_start(as_of),
            origin=_origin(asked),
            facts=tuple(_facts(table, as_of, asked.base_as_of)),
            findings=findings,
            claim_findings=about_text,
            claims=asked.claims,
            content=_content(table),
            original_id=original.id,
            original_name=asked.name,
        )
        return actions.save_draft(draft=draft, by=by, at=at)


class _Finder:
    """Units of one scope by code and by name: the level right below first, then any level."""

    def __init__(self, scope: Unit) -> None:
        self._tree = scope.tree
        below = locations.descendants(scope.id)
        nearest = queries.below(scope.level, scope.tree)
        self._near = locations.Matcher(u for u in below if u.level == nearest)
        self._any = locations.Matcher(below)
        self._by_id = {u.id: u for u in (scope, *below)}

    def placed_all(self, table: Table) -> Table:
        """The table with each row's unit."""
        return replace(table, rows=tuple(self.placed(row) for row in table.rows))

    def placed(self, row: Row) -> Row:
        """The row with its unit, or as it was when nothing or more than one thing fits."""
        found = self._by_code(row) or self._by_name(row.name)
        return replace(row, unit=found.id) if found else row

    def reason(self, row: Row) -> Words:
        """Why a name means no unit alone, and what to write."""
        return self._any.match(row.name).reason

    def _by_code(self, row: Row) -> Unit | None:
        if row.unit:
            return self._by_id.get(UnitId(row.unit))
        code = (row.code or "").strip()
        is_code = code.isdigit() and len(code) in {2, 3, 5}
        return self._by_id.get(unit_id(self._tree, code)) if is_code else None

    def _by_name(self, name: str) -> Unit | None:
        if not name:
            return None
        return self._near.match(name).unit or self._any.match(name).unit


def _known(units: Iterable[Unit]) -> tuple[checks.KnownUnit, ...]:
    return tuple(checks.KnownUnit(u.id, u.name, u.parent_id) for u in units)


def _check(
    table: Table, scope: Unit, as_of: date, *, claims: Sequence[Claim] = ()
) -> tuple[Finding, ...]:
    below = (scope, *locations.descendants(scope.id))
    return checks.check_table(
        table,
        claims=claims,
        history=_history(scope, as_of, [row.unit for row in table.rows if row.unit]),
        known=_known(below),
        expected=_known(_expected(table, below)),
    )


def _unclear(table: Table, finder: _Finder, found: Iterable[Finding]) -> Iterable[Finding]:
    """Lines without a unit that no rule complains of: nothing of them would be recorded."""
    told = {finding.where for finding in found if finding.code == "unit.unknown"}
    for row in table.rows:
        if row.unit is None and f"dòng {row.number}" not in told:
            yield checks.unclear_unit(row, finder.reason(row))


def check_claims(
    unit: UnitId, name: str, *, facts: Mapping[str, int], claims: Sequence[Claim]
) -> tuple[Finding, ...]:
    """What is wrong between the counts of one unit and what a text says of them."""
    columns = tuple(
        checks.Column(position, element, "count", element=element)
        for position, element in enumerate(facts, start=1)
    )
    row = Row(number=1, name=name, unit=unit, counts=facts)
    table = Table(columns=columns, rows=(row,))
    bare = checks.check_table(table)
    return _beyond(checks.check_table(table, claims=claims), bare)


def _expected(table: Table, units: Iterable[Unit]) -> list[Unit]:
    """The units that should report: all of the level that most rows are of."""
    named = {row.unit for row in table.rows if row.unit}
    levels = [unit.level for unit in units if unit.id in named]
    if not levels:
        return []
    return [unit for unit in units if unit.level == max(set(levels), key=levels.count)]


def _history(scope: Unit, as_of: date, units: Sequence[str]) -> tuple[checks.Figure, ...]:
    moment = queries.moment_of(clock.day_start(as_of), None)
    facts = queries.latest_facts([*units, scope.id], moment, unpublished=True)
    return tuple(
        checks.Figure(f.unit_id, f.element, f.value, f.as_of, f.source)
        for f in facts
        if f.as_of < clock.day_start(as_of)
    )


def _beyond(all_found: Iterable[Finding], of_table: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in all_found if finding not in of_table)


def _grid(asked: Asked) -> Grid:
    if asked.is_pasted:
        return grid_of_text(asked.content.decode())
    return read_grid(asked.content, name=asked.name)


def _as_of(asked: Asked, table: Table, at: datetime) -> date:
    """The day of the table; refused where it, or that of a line or of the bases, is to come."""
    found = asked.as_of or table.as_of
    if found is None:
        raise UptakeError(
            "uptake.as_of_missing",
            Words(
                "Bảng không ghi số liệu đến ngày nào. Điền ô “Số liệu đến ngày”.",
                "The table does not say of which day it is. Fill in “Figures as of”.",
            ),
            field="as_of",
        )
    today = at.astimezone(clock.TZ).date()
    _must_be_past(_day(found), today, field="as_of")
    if asked.base_as_of:
        _must_be_past(asked.base_as_of, today, field="base_as_of")
    for row in table.rows:
        if row.as_of:
            _must_be_past(_day(row.as_of), today, where=f"dòng {row.number}")
    return _day(found)


def _day(found: date) -> date:
    return found.astimezone(clock.TZ).date() if isinstance(found, datetime) else found


def _must_be_past(
    day: date, today: date, *, field: str | None = None, where: str | None = None
) -> None:
    if day > today:
        raise UptakeError(
            "uptake.as_of_in_future",
            Words(
                "Ngày số liệu ở tương lai. Xem lại ngày, tháng, năm.",
                "The figures' day lies in the future. Check day, month and year.",
            ),
            field=field,
            where=where,
        )


def _origin(asked: Asked) -> Origin:
    return Origin(asked.source_title, asked.source_kind, asked.published_on, asked.is_illustrative)


def _facts(table: Table, as_of: date, base_as_of: date | None) -> Iterable[NewFact]:
    for row in table.rows:
        if row.unit is None:
            continue
        own = row.as_of or as_of
        for element, value in row.counts.items():
            day = base_as_of if base_as_of and element in DATED_BASES else own
            moment = day if isinstance(day, datetime) else clock.day_start(day)
            yield NewFact(row.unit, element, value, moment)


def _content(table: Table) -> dict[str, Any]:
    """What the preview shows again: columns as recognised, rows as read."""
    return {
        "title": table.title,
        "columns": [
            {"head": c.head, "role": c.role, "element": c.element, "base": c.base}
            for c in table.columns
        ],
        "rows": [_wire(row) for row in table.rows],
        "totals": [_wire(row) for row in table.totals],
        "notes": list(table.notes),
    }


def _wire(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "name": row.name,
        "unit": row.unit,
        "counts": dict(row.counts),
        "shares": [[share.base, str(share.percent)] for share in row.shares],
    }
