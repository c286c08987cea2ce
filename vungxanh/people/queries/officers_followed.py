"""Persons in quarantine or to be tested, as the province's letter 002 asks after them.

Who has the app, who was heard of within a day, whose phone says that its Bluetooth is on, who has
no telephone. All numbers of a commune come from one query, and the list is of the same persons.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from vungxanh.accounts.queries import lies_in, readable
from vungxanh.accounts.values import area_of
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.people.models import Device, Person, Phone, Standing
from vungxanh.people.values.standing import Class

SEEN_WITHIN = timedelta(hours=24)
FOLLOWED = (Class.QUARANTINED, Class.TO_BE_TESTED)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are; `n_bluetooth` of those heard of say that their Bluetooth is on."""

    unit: str
    n: int
    n_app: int
    n_seen: int
    n_bluetooth: int
    n_without_phone: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of a person's phones."""

    has_app: bool
    is_seen: bool
    has_bluetooth: bool
    has_number: bool


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """One person of the list by number: since when, until when if that is known, their phones."""

    id: int
    unit: str
    classes: tuple[Class, ...]
    since: datetime
    until: datetime | None
    marks: Marks


def tallies(viewer: Viewer, classes: Iterable[Class], at: datetime) -> tuple[Tally, ...]:
    """The numbers of each commune of the area, in the order of communes; one query."""
    rows = (
        _marked(_readable(viewer).filter(_in_force(classes, at)), at)
        .order_by("residence__sort_key", "residence")
        .values("residence")
        .annotate(
            n=Count("pk"),
            n_app=Count("pk", filter=Q(has_app=True)),
            n_seen=Count("pk", filter=Q(is_seen=True)),
            n_bluetooth=Count("pk", filter=Q(has_bluetooth=True)),
            n_without_phone=Count("pk", filter=Q(has_number=False)),
        )
    )
    return tuple(
        Tally(
            unit=row["residence"],
            n=row["n"],
            n_app=row["n_app"],
            n_seen=row["n_seen"],
            n_bluetooth=row["n_bluetooth"],
            n_without_phone=row["n_without_phone"],
        )
        for row in rows
    )


def total_of(found: Iterable[Tally], unit: str = "") -> Tally:
    """The sum of communes: nobody lives in two."""
    rows = tuple(found)
    return Tally(
        unit,
        sum(row.n for row in rows),
        sum(row.n_app for row in rows),
        sum(row.n_seen for row in rows),
        sum(row.n_bluetooth for row in rows),
        sum(row.n_without_phone for row in rows),
    )


def followed(
    viewer: Viewer, classes: Iterable[Class], at: datetime, *, page: object = 1
) -> Page[FollowedLine]:
    """The persons, by commune, time, number; three queries."""
    asked = tuple(classes)
    rows = numbered(listed(_readable(viewer), asked, at), page)
    said = in_force_there(rows.rows, asked, at)
    lines = tuple(line_of(row, said[row.pk]) for row in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def own_persons(viewer: Viewer) -> QuerySet[Person]:
    """The persons of the viewer's own area alone, for lists that leave the house."""
    return Person.objects.filter(lies_in(area_of(viewer.units), "residence"))


def in_force_there(
    persons: Iterable[Person], classes: Iterable[Class], at: datetime
) -> dict[int, list[Standing]]:
    """The standings of these persons, by person; one query."""
    found: dict[int, list[Standing]] = {}
    rows = _standings(classes, at).filter(person__in=[one.pk for one in persons])
    for row in rows.order_by("cls", "id"):
        found.setdefault(row.person_id, []).append(row)
    return found


def marks_of(row: Person) -> Marks:
    """What a listed row knows of its phones."""
    names = ("has_app", "is_seen", "has_bluetooth", "has_number")
    return Marks(*(bool(getattr(row, name)) for name in names))


def line_of(row: Person, standings: Sequence[Standing]) -> FollowedLine:
    """A listed row with its standings."""
    ends = [one.ends_at for one in standings]
    known = [end for end in ends if end is not None]
    return FollowedLine(
        id=row.pk,
        unit=row.residence_id or "",
        classes=tuple(sorted({Class(one.cls) for one in standings})),
        since=min(one.starts_at for one in standings),
        until=max(known) if known and len(known) == len(ends) else None,
        marks=marks_of(row),
    )


def _readable(viewer: Viewer) -> QuerySet[Person]:
    return Person.objects.filter(readable(viewer, ref="followed", unit="residence"))


def _in_force(classes: Iterable[Class], at: datetime) -> Exists:
    """That a person is of one of these classes at an instant; whoever is in two counts once."""
    return Exists(_standings(classes, at).filter(person=OuterRef("pk")))


def _standings(classes: Iterable[Class], at: datetime) -> QuerySet[Standing]:
    until = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    wanted = sorted(str(one) for one in classes)
    return Standing.objects.filter(until, cls__in=wanted, starts_at__lte=at).order_by()


def _marked(rows: QuerySet[Person], at: datetime) -> QuerySet[Person]:
    """Each with what is known of their phones."""
    phones = Device.objects.filter(person=OuterRef("pk"), ended_at=None).order_by()
    seen = phones.filter(last_seen_at__gt=at - SEEN_WITHIN)
    return rows.annotate(
        has_app=Exists(phones),
        is_seen=Exists(seen),
        has_bluetooth=Exists(seen.filter(bluetooth=True)),
        has_number=Exists(Phone.objects.filter(person=OuterRef("pk")).order_by()),
    )


def listed(rows: QuerySet[Person], classes: Iterable[Class], at: datetime) -> QuerySet[Person]:
    """In the order of communes, then since when, then by number."""
    first = _standings(classes, at).filter(person=OuterRef("pk"))
    since = first.order_by("starts_at").values("starts_at")[:1]
    marked = _marked(rows.filter(_in_force(classes, at)), at).annotate(since=Subquery(since))
    return marked.order_by("residence__sort_key", "residence", "since", "id")
