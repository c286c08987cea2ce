"""How persons are called and written to, for rooms above that care for them."""

from collections.abc import Collection
from dataclasses import dataclass

from vungxanh.core.envelope import Envelope
from vungxanh.core.enveloped import opened
from vungxanh.core.viewer import PUBLIC, Viewer
from vungxanh.people.models import Person, Phone
from vungxanh.people.queries.holders import device_and_person
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.rules.births import year_of


@dataclass(frozen=True, slots=True, repr=False)
class Reached:
    """Somebody, opened. `envelope` opens what rooms above keep sealed under the person's own key.

    `numbers` are E.164, proved ones first; where there are none, the guardian's, and
    `is_guardians` says so.
    """

    id: int
    name: str
    birth_year: int | None
    address: str
    unit: str
    language: str
    numbers: tuple[str, ...]
    is_guardians: bool
    envelope: Envelope


def reached(person_ids: Collection[int], *, viewer: Viewer) -> dict[int, Reached]:
    """Persons by number, unknown ones left out; two queries, none for nobody.

    The viewer is the system, the person's own phone, or the one that `accounts.actions.look`
    returned; whoever calls has found that they may.
    """
    if not person_ids or viewer == PUBLIC:
        return {}
    rows = list(Person.objects.select_related("guardian").filter(pk__in=person_ids))
    told = _numbers(rows)
    return {row.pk: _opened(row, told) for row in rows}


def _numbers(rows: Collection[Person]) -> dict[int, tuple[str, ...]]:
    """The numbers of persons and of their guardians, by person, proved ones first; one query."""
    wanted = {row.pk: row for row in rows}
    wanted |= {row.guardian.pk: row.guardian for row in rows if row.guardian}
    found: dict[int, list[tuple[bool, int, str]]] = {}
    for phone in Phone.objects.filter(person_id__in=wanted).order_by("id"):
        number = opened(envelope_of(wanted[phone.person_id]), phone, "number")
        said = (phone.proved_at is None, -phone.pk, number)
        found.setdefault(phone.person_id, []).append(said)
    return {key: tuple(one[2] for one in sorted(said)) for key, said in found.items()}


def _opened(row: Person, told: dict[int, tuple[str, ...]]) -> Reached:
    envelope, own = envelope_of(row), told.get(row.pk, ())
    return Reached(
        id=row.pk,
        name=opened(envelope, row, "name"),
        birth_year=year_of(opened(envelope, row, "birth")),
        address=opened(envelope, row, "address"),
        unit=row.residence_id or "",
        language=row.language,
        numbers=own or told.get(row.guardian_id or 0, ()),
        is_guardians=not own and (row.guardian_id or 0) in told,
        envelope=envelope,
    )


def own_persons(by: Viewer) -> frozenset[int]:
    """The person whose phone it is and who depends on them; two queries, none for others."""
    if not by.is_citizen:
        return frozenset()
    _, holder = device_and_person(by)
    if holder is None:
        return frozenset()
    family = Person.objects.filter(guardian_id=holder).order_by("id")
    return frozenset({holder, *family.values_list("pk", flat=True)})
