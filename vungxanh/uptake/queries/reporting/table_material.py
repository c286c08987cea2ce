"""What a day's table is made of: units, bases, the day before, who fails again and again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from vungxanh.core import clock
from vungxanh.core.viewer import PUBLIC
from vungxanh.duties import queries as owed
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Level, Unit
from vungxanh.uptake.models import DayTable, Fact, Reporter, ReportForm
from vungxanh.uptake.queries.reporting.gathering import Gathered
from vungxanh.uptake.queries.trees import tree
from vungxanh.uptake.rules import Node, figure
from vungxanh.uptake.rules.columns import ColumnRole, columns_of, elements_of
from vungxanh.uptake.rules.day_table import Day, Place
from vungxanh.uptake.rules.reporting import WITHIN
from vungxanh.uptake.rules.standing import Came, Due, marks_of, offences
from vungxanh.uptake.values import Moment


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a table: its units, its base ("" for none), this day and the day before."""

    element: str
    base: str
    places: tuple[Place, ...]
    now: Day
    before: Day | None


@dataclass(frozen=True, slots=True)
class Material:
    """What a day's table is made of: units that somebody reports on; `left_out` are the others.

    `repeated` names those late or missing again and again.
    """

    area: Unit
    left_out: tuple[Unit, ...]
    parts: tuple[Part, ...]
    repeated: frozenset[str]


def material_of(row: DayTable, gathered: Gathered) -> Material:
    """Units, bases and the day before of a table that is being made."""
    area = locations.unit(row.area_id)
    every = [one for one in locations.descendants(area.id) if one.level == row.form.level]
    covered = {unit for one in gathered.expected for unit in one.contribution.covers}
    units = [one for one in every if one.id in covered]
    elements = elements_of(columns_of(row.form.columns))
    bases = _bases(row.form)
    nodes = _nodes(area, row) if bases else {}
    before = _before(row, elements)
    parts = tuple(
        Part(
            element,
            bases.get(element, ""),
            tuple(_places(units, element, gathered, nodes=nodes, base=bases.get(element, ""))),
            _day(gathered.lines, gathered.sums.figures.get((area.id, element))),
            before.get(element),
        )
        for element in elements
    )
    left_out = tuple(one for one in every if one.id not in covered)
    return Material(area, left_out, parts, _repeated(row, gathered))


def with_lacking_below(gathered: Gathered, whole: str) -> Gathered:
    """The same knowing who is missing in the tables below that it is made of; one query."""
    ids = [one.line["table"] for one in gathered.expected if one.line.get("table")]
    if not ids:
        return gathered
    rows = DayTable.objects.filter(id__in=ids).select_related("submission")
    below = {str(one.id): one for one in rows}
    lacking = {unit: dict.fromkeys(names) for unit, names in gathered.sums.lacking.items()}
    expected = []
    for one in gathered.expected:
        table = below.get(str(one.line.get("table")))
        units = _lacking_of(table) if table else {}
        for unit, names in units.items():
            lacking.setdefault(unit, {}).update(dict.fromkeys(names))
        named = dict.fromkeys(name for names in units.values() for name in names)
        if named:
            lacking.setdefault(whole, {}).update(named)
        line = {**one.line, "lacks": list(named)} if named else one.line
        expected.append(replace(one, line=line))
    sums = replace(gathered.sums, lacking={unit: tuple(names) for unit, names in lacking.items()})
    return replace(gathered, expected=tuple(expected), sums=sums)


def _lacking_of(table: DayTable) -> dict[str, list[str]]:
    """Who is missing in a table, by unit; all who did not come where nobody told anything."""
    if table.submission is not None:
        return dict(table.submission.lacking)
    return {table.area_id: [str(one["name"]) for one in table.reporters]}


def _bases(form: ReportForm) -> dict[str, str]:
    """The base of each element that the form shows a share of."""
    shares = [one for one in columns_of(form.columns) if one.role is ColumnRole.SHARE]
    return {one.numerator: one.base for one in reversed(shares)}


def _nodes(area: Unit, row: DayTable) -> dict[str, Node]:
    """The units with the bases that anyone may see, by id."""
    moment = Moment(clock.day_end(row.day), row.made_at)
    root = tree(PUBLIC, area, moment, level=Level(row.form.level))
    return {node.unit.id: node for node in _walked(root)}


def _walked(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts:
        yield from _walked(part)


def _places(
    units: Sequence[Unit],
    element: str,
    gathered: Gathered,
    *,
    nodes: Mapping[str, Node],
    base: str,
) -> Iterator[Place]:
    for unit in units:
        node = nodes.get(unit.id)
        yield Place(
            unit.id,
            unit.name,
            unit.sort_key,
            gathered.sums.figures.get((unit.id, element)),
            figure(node, base).value if node and base else None,
            tuple(gathered.sums.lacking.get(unit.id, ())),
            {
                one.contribution.name: (one.contribution.figures or {}).get((unit.id, element))
                for one in gathered.expected
                if unit.id in one.contribution.covers
            },
        )


def _before(row: DayTable, elements: Sequence[str]) -> dict[str, Day]:
    """The day before as its newest table has it; two queries."""
    rows = DayTable.objects.filter(
        form_id=row.form_id, area_id=row.area_id, day=row.day - timedelta(days=1)
    )
    found = rows.order_by("-version").first()
    if found is None:
        return {}
    facts = Fact.objects.filter(submission__day_table=found, unit_id=found.area_id)
    told = dict(facts.values_list("element", "value"))
    return {element: _day(found.reporters, told.get(element)) for element in elements}


def _day(lines: Sequence[Mapping[str, Any]], value: int | None) -> Day:
    return Day(
        value,
        frozenset(str(one["name"]) for one in lines),
        frozenset(str(one["name"]) for one in lines if not (one.get("report") or one.get("table"))),
    )


def _repeated(row: DayTable, gathered: Gathered) -> frozenset[str]:
    """The names of reporters that were late or missing too often until this day; two queries."""
    names = {one["reporter"]: str(one["name"]) for one in gathered.lines if "reporter" in one}
    rows = Reporter.objects.filter(id__in=list(names))
    duties = {duty: names[str(key)] for key, duty in rows.values_list("id", "duty")}
    since = row.day - WITHIN + timedelta(days=1)
    days: dict[str, list[Any]] = {}
    for one in owed.times(list(duties), first=since, last=row.day):
        came = Came(1, is_zero=False) if one.met_at else None
        marks = marks_of(Due(one.state, one.due_at, one.was_late), came, at=row.made_at)
        days.setdefault(duties[one.duty_id], []).append((one.day, marks))
    return frozenset(name for name, told in days.items() if row.day in offences(told))
