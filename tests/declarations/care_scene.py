"""Somebody ill in a ward of Quy Nhơn, its health station, and the units above; all invented."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from tests.factories.people import Colleague, employed
from tests.factories.register import TRAN_PHU, a_neighbour
from vungxanh.accounts.rules import Role
from vungxanh.core.enveloped import sealed
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.caring import open_care
from vungxanh.declarations.models import Care, Declaration
from vungxanh.declarations.values.care import Ill
from vungxanh.locations.actions.organisations import add_organisation
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.hours import Hours
from vungxanh.locations.values.organisations import Entry
from vungxanh.people.models import Person
from vungxanh.people.queries.persons import envelope_of

BEGAN = datetime(2026, 3, 2, 2, tzinfo=UTC)  # 9 o'clock in Vietnam
DUE = BEGAN + timedelta(minutes=120)
WORKDAYS = Hours((((450, 690), (810, 1020)),) * 5 + ((), ()))
COUGH: Mapping[str, object] = {"signs": ["cough", "fever"], "signs_since": "2026-03-01"}


def at(minutes: int) -> datetime:
    """So many minutes after the declaration came."""
    return BEGAN + timedelta(minutes=minutes)


def nurse(name: str = "nurse", unit: str = TRAN_PHU) -> Colleague:
    """Somebody of the health station of a ward."""
    return employed(name, Role("health_station"), unit)


def a_station(unit: str = TRAN_PHU, telephone: str = "02563000001") -> UUID:
    """The ward's own health station, with its hours."""
    said = Entry(
        kind="commune_station",
        name="Trạm Y tế phường mẫu",
        unit_id=UnitId(unit),
        source="Dữ liệu mẫu",
        as_of=date(2021, 6, 1),
        telephone=telephone,
        hours=WORKDAYS,
        is_invented=True,
    )
    made = add_organisation(entry=said, by=SYSTEM, at=BEGAN)
    return UUID(str(made))


def a_declaration(
    person: Person,
    answers: Mapping[str, object] = COUGH,
    *,
    when: datetime = BEGAN,
    colour: int = 2,
) -> UUID:
    """What somebody declared, as the room keeps it."""
    made = new_id()
    envelope = envelope_of(person)
    outcome = {"rules": ["signs"], "version": 1, "inputs": {"signs": ["cough", "fever"]}}
    Declaration.objects.create(
        id=made,
        person_id=person.pk,
        questionnaire_id=1,
        way="self",
        lang="vi",
        unit_id=person.residence_id or "",
        at=when,
        received_at=when,
        day=when.date(),
        by="",
        colour=colour,
        is_ill=True,
        rules_id=1,
        until=when + timedelta(days=14),
        **sealed(
            envelope, Declaration, answers=json.dumps(dict(answers)), outcome=json.dumps(outcome)
        ),
    )
    return made


def a_care(person: Person | None = None, *, when: datetime = BEGAN, minutes: int = 120) -> Care:
    """The care of somebody of the ward who has just declared cough and fever."""
    who = person or a_neighbour(phone="0912000001")
    said = Ill(a_declaration(who, when=when), who.pk, who.residence_id or "", when, minutes)
    return Care.objects.get(pk=open_care(ill=said, at=when))
