"""Intake begins persons for phones of nobody yet, also while those phones are erased."""

from collections.abc import Iterable
from datetime import datetime

import pytest

from tests.factories.register import AT, a_device
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions import senders as asking
from vungxanh.people.models import Device, Person
from vungxanh.people.queries.devices import devices_with

pytestmark = pytest.mark.django_db


def test_a_person_begun_after_the_device_was_read_is_erased_with_it() -> None:
    device, token = a_device()
    begun = asking.senders(tokens=[token], at=AT)[token].person_id
    assert (device.person_id, Person.objects.get().pk) == (None, begun)
    actions.erase_self(device=device, by=SYSTEM, at=AT)
    assert (Person.objects.count(), Device.objects.count()) == (0, 0)


def test_a_device_erased_while_its_token_is_asked_for_sends_nothing_and_hinders_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (gone, of_gone), (_, of_other) = a_device(), a_device()

    def then_erased(tokens: Iterable[str], at: datetime) -> dict[str, Device]:
        found = devices_with(tokens, at)
        Device.objects.filter(pk=gone.pk).delete()
        return found

    monkeypatch.setattr(asking, "devices_with", then_erased)
    assert set(asking.senders(tokens=[of_gone, of_other], at=AT)) == {of_other}
    assert Person.objects.count() == 1
