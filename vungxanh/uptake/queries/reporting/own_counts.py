"""Counts of this house beside what reporters told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from vungxanh.core import clock
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Unit
from vungxanh.uptake import sql
from vungxanh.uptake.models import DayTable, ReportForm
from vungxanh.uptake.queries.facts import latest_facts
from vungxanh.uptake.queries.running import instant, rows_of
from vungxanh.uptake.rules.own_counts import Beside, Told, beside
from vungxanh.uptake.values import Moment


@dataclass(frozen=True, slots=True)
class BesideLine:
    """A unit with both its counts."""

    unit: Unit
    counts: Beside


def forms_towards(area: Unit) -> tuple[ReportForm, ...]:
    """The forms on which somebody reports to the area or a unit in it; one query."""
    inside = Q(reporters__area__tree=area.tree, reporters__area__path__startswith=f"{area.path}/")
    found = ReportForm.objects.filter(Q(reporters__area_id=area.id) | inside).distinct()
    return tuple(found.order_by("-created_at", "id"))


def last_table_day(area: Unit) -> date | None:
    """The newest day for which the area has a table; one query."""
    days = DayTable.objects.filter(area_id=area.id).order_by("-day").values_list("day", flat=True)
    return days.first()


def own_beside(
    form: ReportForm, area: Unit, element: str, *, day: date, known_at: Moment | None = None
) -> tuple[BesideLine, ...]:
    """The area and its units of the form's level, each with both counts of a day; four queries.

    For those in charge of the area: what is not published yet is shown too.
    """
    moment = known_at or Moment(clock.day_end(day), clock.now())
    units = [area, *(u for u in locations.descendants(area.id) if u.level == form.level)]
    ids = [unit.id for unit in units]
    facts = latest_facts(ids, moment, unpublished=True, elements=[element])
    since = clock.day_start(day)
    told = {f.unit_id: Told(f.value, f.as_of, f.lacking) for f in facts if f.as_of >= since}
    own = _own(ids, element, moment)
    return tuple(BesideLine(u, beside(told.get(u.id), own.get(u.id))) for u in units)


def _own(units: Sequence[str], element: str, moment: Moment) -> dict[str, Told]:
    parameters = {
        "units": list(units),
        "element": element,
        "as_of": moment.as_of,
        "known_at": moment.known_at,
    }
    return {
        unit: Told(value, instant(as_of))
        for unit, value, as_of in rows_of(sql.OWN_COUNTS, parameters)
    }
