"""People who came along with a phone of nobody yet are whose the phone turns out to be."""

from datetime import timedelta

import pytest

from tests.factories.register import AT, TRAN_PHU, a_citizen, a_device, sent_code
from vungxanh.people import actions
from vungxanh.people.actions.senders import senders
from vungxanh.people.actions.subjects import persons_of
from vungxanh.people.models import Device, Person
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.subjects import FoundSubject, ShownSubject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
NEW = "+84912000077"


def along(holder: int, device: Device, *places: int) -> list[int]:
    asked = [ShownSubject("companion", f"+{n}", AT, holder, device.pk) for n in places]
    told = persons_of(asked=asked, at=AT)
    return [one.person_id for one in told if isinstance(one, FoundSubject)]


def proved(device: Device, number: str) -> Person:
    later, viewer = AT + timedelta(minutes=5), viewer_of(device)
    actions.ask_code(device=device, phone=number, network="", by=viewer, at=later)
    home = Residence(TRAN_PHU)
    return actions.confirm_code(
        device=device, code=sent_code(), residence=home, by=viewer, at=later
    )


def begun(device: Device, token: str) -> int:
    return senders(tokens=[token], at=AT)[token].person_id


def test_they_stay_with_a_phone_whose_number_is_proved_for_the_first_time() -> None:
    device, token = a_device()
    first, second = along(begun(device, token), device, 1, 2)
    holder = proved(Device.objects.get(pk=device.pk), NEW)
    rows = Person.objects.filter(origin=Origin.COMPANION).order_by("id")
    assert [(row.pk, row.guardian_id) for row in rows] == [(first, holder.pk), (second, holder.pk)]
    assert along(holder.pk, device, 2) == [second]


def test_they_are_those_whom_the_holder_had_at_the_same_place_before() -> None:
    holder = a_citizen(number=NEW)
    (known,) = along(holder.pk, holder.devices.get(), 1)
    device, token = a_device()
    nobody = begun(device, token)
    (same, other) = along(nobody, device, 1, 2)
    assert proved(Device.objects.get(pk=device.pk), NEW) == holder
    rows = Person.objects.filter(guardian=holder).order_by("companion")
    assert [(row.pk, row.residence_id) for row in rows] == [(known, TRAN_PHU), (other, TRAN_PHU)]
    assert not Person.objects.filter(pk__in=[nobody, same]).exists()
