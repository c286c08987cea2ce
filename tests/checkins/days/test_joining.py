"""Scans of a phone before its number was proved are of the person whose number it is."""

from datetime import timedelta

import pytest

from tests.checkins.days.planting import Planted, make_days, plant
from tests.factories.register import AT, NUMBER, TRAN_PHU, a_citizen, a_device, sent_code
from vungxanh.checkins.models import Scan, StaleDay
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions.senders import senders
from vungxanh.people.models import Device, Person
from vungxanh.people.values import Residence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def prove(device: Device, number: str = NUMBER) -> Person:
    at = AT + timedelta(minutes=5)
    actions.ask_code(device=device, phone=number, network="", by=SYSTEM, at=at)
    return actions.confirm_code(
        device=device, code=sent_code(), residence=Residence(TRAN_PHU), by=SYSTEM, at=at
    )


def test_scans_before_a_known_number_was_proved_move_to_its_holder() -> None:
    make_days()
    known = a_citizen()
    device, token = a_device()
    nameless = senders(tokens=[token], at=AT)[token].person_id
    plant([Planted(nameless, 1, 100)])
    assert prove(Device.objects.get(pk=device.pk)) == known
    assert Scan.objects.get().person_id == known.pk
    assert StaleDay.objects.exists()
    assert not Person.objects.filter(pk=nameless).exists()


def test_scans_before_a_new_number_was_proved_stay_with_the_same_person() -> None:
    make_days()
    device, token = a_device()
    nameless = senders(tokens=[token], at=AT)[token].person_id
    plant([Planted(nameless, 1, 100)])
    assert prove(Device.objects.get(pk=device.pk)).pk == nameless
    assert Scan.objects.get().person_id == nameless
    assert not StaleDay.objects.exists()


def test_scans_of_a_person_begun_while_a_known_number_is_proved_move_to_its_holder() -> None:
    make_days()
    known = a_citizen()
    device, token = a_device()
    nameless = senders(tokens=[token], at=AT)[token].person_id
    plant([Planted(nameless, 1, 100)])
    assert device.person_id is None
    assert prove(device) == known
    assert Scan.objects.get().person_id == known.pk
    assert not Person.objects.filter(pk=nameless).exists()


def test_scans_of_a_person_begun_while_a_new_number_is_proved_move_to_its_holder() -> None:
    make_days()
    device, token = a_device()
    nameless = senders(tokens=[token], at=AT)[token].person_id
    plant([Planted(nameless, 1, 100)])
    assert device.person_id is None
    holder = prove(device)
    assert holder.pk != nameless
    assert Scan.objects.get().person_id == holder.pk
    assert list(Person.objects.values_list("pk", flat=True)) == [holder.pk]


def test_scans_of_somebody_with_a_number_stay_theirs_when_the_phone_is_given_on() -> None:
    make_days()
    former, known = a_citizen(number="+84912000002"), a_citizen()
    device = Device.objects.get(person=former)
    plant([Planted(former.pk, 1, 100)])
    assert prove(device) == known
    assert Scan.objects.get().person_id == former.pk
