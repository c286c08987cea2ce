"""Where somebody lives, and the counts that follow it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.enveloped import sealed
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import BadUnitIdError, Level, UnitId, UnknownUnitError, registry
from vungxanh.people.actions.counting import move
from vungxanh.people.actions.refusals import NoSuchResidenceError
from vungxanh.people.models import Device, Person
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.values import Origin, Residence, person_ref
from vungxanh.people.values.counts import Element


def change_residence(
    *,
    person: Person,
    residence: Residence,
    by: Viewer,
    at: datetime,
    moving: Collection[int] = (),
) -> None:
    """Write where a person lives; the counts of both communes move at once.

    `moving` are those dependants who come along, to the same address; whoever is no dependant of
    theirs stays. Records people.residence_changed for each who moves.
    """
    home = replace(residence, unit=known_residence(residence.unit))
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        family = Person.objects.select_for_update().filter(guardian=row, origin=Origin.DEPENDANT)
        for one in (row, *family.filter(pk__in=list(moving)).order_by("id")):
            _move_home(one, home, by=by, at=at)


def _move_home(row: Person, home: Residence, *, by: Viewer, at: datetime) -> None:
    move_person(row, UnitId(home.unit))
    for name, value in sealed(envelope_of(row), Person, address=home.address).items():
        setattr(row, name, value)
    row.save(update_fields=["residence", "address"])
    subject, detail = person_ref(row.pk), {"unit": home.unit}
    record(event="people.residence_changed", by=by, at=at, subject=subject, detail=detail)


def known_residence(text: str) -> UnitId:
    """A commune of either era, or an island district that has none; anything else is refused."""
    try:
        unit = registry().unit(text.strip())
    except (BadUnitIdError, UnknownUnitError) as unknown:
        raise NoSuchResidenceError from unknown
    if unit.level is not Level.COMMUNE and unit.id not in _childless():
        raise NoSuchResidenceError
    return unit.id


def move_person(person: Person, unit: UnitId) -> None:
    """Move a locked person and their devices to a unit, and what is counted of them."""
    before = person.residence_id or ""
    changes: Counter[tuple[str, str]] = Counter()
    if person.has_phone and before:
        changes[before, Element.WITH_PHONE] -= 1
    if person.has_phone:
        changes[unit, Element.WITH_PHONE] += 1
    for old, n in _installs(person):
        changes[old, Element.DEVICES] -= n
        changes[unit, Element.DEVICES] += n
    person.residence_id = unit
    Device.objects.filter(person=person).update(residence=unit)
    move(changes)


def _installs(person: Person) -> list[tuple[str, int]]:
    """Where the person's installs are counted now; none for somebody who is not stored yet."""
    found = Device.objects.filter(person=person, second_day_on__isnull=False, ended_at=None)
    return list(Counter(one or "" for one in found.values_list("residence", flat=True)).items())


@lru_cache(maxsize=1)
def _childless() -> frozenset[str]:
    """Districts without communes: five islands of 2021."""
    units = tuple(registry().units("vn-2021"))
    parents = {unit.parent_id for unit in units}
    return frozenset(
        unit.id for unit in units if unit.level is Level.DISTRICT and unit.id not in parents
    )
