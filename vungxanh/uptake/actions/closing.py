"""Own counts at the end of a day, closed into facts once; and jumps among them, told at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import connection, transaction

from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.engines.checks import Finding, KnownUnit, Running, gain_of, jump
from vungxanh.engines.checks.rules.jumps import USUAL
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit, UnitId
from vungxanh.uptake.actions.own_counts import OwnTable, close_own_counts
from vungxanh.uptake.queries import own_days
from vungxanh.uptake.queries.placing import Counts, placed
from vungxanh.uptake.rules.closing import as_of_closing
from vungxanh.uptake.sources import WITH_PHONE, count_all

ALONE = "SELECT pg_advisory_xact_lock(hashtext('uptake_own_day'))"
Own = dict[tuple[str, str], int]


def close_day(*, day: date, by: Viewer, at: datetime) -> int:
    """Close the own counts of a day that is over into facts; how many tables were recorded.

    All or nothing, and once a day however often it is asked; nothing where this house counts
    nobody. Facts by province and for the country, zero where nobody is left; as of the end of the
    day, or of the true moment where the run is late. A jump is a finding on a table of its own
    commune. Records uptake.import_received and uptake.facts_recorded for each table.
    """
    with transaction.atomic():
        _be_alone()
        said = {} if own_days.is_closed(day) else count_all()
        if not said:
            return 0
        as_of = as_of_closing(clock.day_end(day), at)
        units, own = _of_known_units(said)
        jumps = {f.unit: f for f in _jumps(said, own, units=units, day=day) if f.unit}
        by_scope = _by_table(own, units, apart=frozenset(jumps))
        tables = [
            OwnTable(
                scope,
                counts,
                findings=(jumps[scope],) if scope in jumps else (),
                content={"day": str(day), **(_jumped(day) if scope in jumps else {})},
            )
            for scope, counts in sorted(by_scope.items())
        ]
        close_own_counts(tables=tables, as_of=as_of, by=by, at=at)
        return len(tables)


def close_missed_day(*, day: date, by: Viewer, at: datetime) -> int:
    """As `close_day`, for a midnight at which no worker ran; only once days are closed at all."""
    return close_day(day=day, by=by, at=at) if own_days.was_closed_before(day) else 0


def tell_jumps(*, day: date, by: Viewer, at: datetime) -> int:
    """Tell the jumps of a day that is not over; how many. Each is told once a day.

    Records a table of the commune with the count that jumped, and its finding; audit as
    `close_day`.
    """
    with transaction.atomic():
        _be_alone()
        said = count_all()
        units, own = _of_known_units(said)
        tables = [
            OwnTable(
                UnitId(found.unit),
                {(found.unit, WITH_PHONE): own[found.unit, WITH_PHONE]},
                findings=(found,),
                content=_jumped(day),
            )
            for found in _jumps(said, own, units=units, day=day)
            if found.unit
        ]
        close_own_counts(tables=tables, as_of=at, by=by, at=at)
    return len(tables)


def _jumped(day: date) -> dict[str, str]:
    return {"jump_on": str(day)}


def _be_alone() -> None:
    """Two workers never close or look at once."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE)


def _of_known_units(said: Counts) -> tuple[Mapping[UnitId, Unit], Own]:
    """The counts of all units that this house keeps, and these units; one query."""
    found = placed(said)
    units = locations.units({unit for unit, _ in found})
    return units, {key: one.n for key, one in found.items() if key[0] in units and one.is_whole}


def _by_table(
    own: Own, units: Mapping[UnitId, Unit], *, apart: frozenset[str]
) -> dict[UnitId, Own]:
    """The counts by province or country; what jumped is on a table of its own commune."""
    tables: dict[UnitId, Own] = defaultdict(dict)
    for (unit, element), n in own.items():
        chain = units[UnitId(unit)].chain
        is_apart = unit in apart and element == WITH_PHONE
        tables[UnitId(unit) if is_apart else chain[:2][-1]][unit, element] = n
    return tables


def _jumps(said: Counts, own: Own, *, units: Mapping[UnitId, Unit], day: date) -> Iterator[Finding]:
    """The jumps of a day that are not told yet, of communes that people gave; three queries."""
    told = own_days.jumped_on(day)
    asked = {
        unit: own[unit, WITH_PHONE]
        for unit, element in said
        if element == WITH_PHONE and unit in units and unit not in told
    }
    large = [unit for unit, n in asked.items() if n > USUAL.least]
    closed = own_days.closed_counts(large, WITH_PHONE, before=day, n_days=USUAL.n_days + 2)
    running = [
        _running(units[UnitId(unit)], asked[unit], day=day, closed=closed.get(unit, {}))
        for unit in large
    ]
    grown = [one for one in running if gain_of(one)[0] > USUAL.least]
    people = own_days.people_in(one.unit.id for one in grown)
    for one in grown:
        yield from jump(replace(one, population=people.get(one.unit.id)))


def _running(unit: Unit, now: int, *, day: date, closed: Mapping[date, int]) -> Running:
    return Running(KnownUnit(unit.id, unit.name), WITH_PHONE, now, day, closed)
