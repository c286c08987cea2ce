"""The family of a citizen: people without a phone of their own, written down by their guardian."""

from datetime import datetime

from django.db import transaction

from vungxanh.core.clock import TZ
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions.erasing import erase_person
from vungxanh.people.actions.persons import add_person
from vungxanh.people.actions.refusals import (
    NumberNeededError,
    PeopleRefusalError,
    StillFollowedError,
)
from vungxanh.people.models import Person
from vungxanh.people.queries.citizens import dependants
from vungxanh.people.queries.rights import is_held_back
from vungxanh.people.rules.births import read_birth
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.citizens import Said
from vungxanh.people.values.entries import NewPerson
from vungxanh.refusals import Words

MOST_DEPENDANTS = 20


class TooManyDependantsError(PeopleRefusalError):
    """More dependants than a family has."""

    def __init__(self) -> None:
        words = Words(
            vi=f"Mỗi người khai được nhiều nhất {MOST_DEPENDANTS} người thân. Đông hơn, hãy nhờ "
            "trạm y tế hoặc cán bộ xã khai giúp.",
            en=f"One person can add at most {MOST_DEPENDANTS} dependants. For more ask the health "
            "station or a commune officer to help.",
        )
        super().__init__("people.too_many_dependants", words, field="name")


def add_dependant(*, guardian: Person, said: Said, by: Viewer, at: datetime) -> int:
    """Write a dependant down where the guardian lives; said twice, they still stand once.

    Records people.person_added. Answers the dependant's number.
    """
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=guardian.pk)
        if not row.has_phone:
            raise NumberNeededError
        family = dependants(row)
        told = (" ".join(said.name.split()), read_birth(said.birth, at.astimezone(TZ).date()) or "")
        same = [one.id for one in family if (one.name, one.birth) == told]
        if same:
            return same[0]
        if len(family) >= MOST_DEPENDANTS:
            raise TooManyDependantsError
        person = NewPerson(
            Origin.DEPENDANT,
            said.name,
            said.birth,
            said.sex,
            residence=Residence(row.residence_id) if row.residence_id else None,
            guardian=row.pk,
        )
        return int(add_person(person=person, by=by, at=at).pk)


def remove_dependant(*, guardian: Person, dependant_id: int, by: Viewer, at: datetime) -> None:
    """Erase a dependant from every room; refused while the health service follows them up.

    Records people.erased.
    """
    with transaction.atomic():
        rows = Person.objects.select_for_update().filter(guardian=guardian, pk=dependant_id)
        if not rows.filter(origin=Origin.DEPENDANT).exists():
            raise MissingError
        if is_held_back(dependant_id, at):
            raise StillFollowedError
        erase_person(person_id=dependant_id, by=by, at=at)
