"""Days of which the own counts are closed: which are, what they say, what was found in them."""

from collections.abc import Iterable
from datetime import date, timedelta

from vungxanh.core import clock
from vungxanh.locations.values import TREES, country_of
from vungxanh.uptake import sql
from vungxanh.uptake.models import FindingRecord, Submission
from vungxanh.uptake.queries.facts import latest_facts, moment_of
from vungxanh.uptake.queries.running import rows_of
from vungxanh.uptake.values import OWN_KIND

JUMP = "counter.jump"


def is_closed(day: date) -> bool:
    """Whether a day's counts are closed, also where the closing came late; one query.

    Whatever a day's closing counted, the country has a table of it.
    """
    countries = [country_of(tree) for tree in TREES]
    closings = Submission.objects.filter(
        scope_id__in=countries,
        source__kind=OWN_KIND,
        as_of__gte=clock.day_end(day),
        content__day=str(day),
    )
    return closings.exists()


def was_closed_before(day: date) -> bool:
    """Whether the counts of some earlier day are closed; one query."""
    countries = [country_of(tree) for tree in TREES]
    return Submission.objects.filter(
        scope_id__in=countries, source__kind=OWN_KIND, as_of__lt=clock.day_end(day)
    ).exists()


def closed_counts(
    units: Iterable[str], element: str, *, before: date, n_days: int
) -> dict[str, dict[date, int]]:
    """The own counts of units as they closed on some days before one, by unit and day; one query.

    Whichever day a late closing came on, it counts for the day that it closes.
    """
    parameters = {
        "units": list(units),
        "element": element,
        "since": clock.day_end(before - timedelta(days=n_days)),
        "before": str(before),
    }
    found: dict[str, dict[date, int]] = {}
    for unit, day, value in rows_of(sql.CLOSED_COUNTS, parameters):
        found.setdefault(unit, {})[date.fromisoformat(day)] = value
    return found


def jumped_on(day: date) -> frozenset[str]:
    """The units whose jump of a day is told already; one query."""
    told = FindingRecord.objects.filter(
        code=JUMP,
        submission__source__kind=OWN_KIND,
        submission__as_of__gte=clock.day_start(day),
        submission__content__jump_on=str(day),
    )
    return frozenset(told.values_list("about_unit", flat=True))


def people_in(units: Iterable[str]) -> dict[str, int]:
    """The newest population of each unit that has one; one query."""
    facts = latest_facts(
        list(units), moment_of(None, None), unpublished=True, elements=["population"]
    )
    return {fact.unit_id: fact.value for fact in facts}
