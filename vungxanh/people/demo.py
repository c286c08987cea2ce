"""What the demo shows of the register: invented people of four communes, marked as such by name."""

from datetime import datetime, timedelta

from django.db import transaction

from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.engines.phones import read_phone
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.people import actions
from vungxanh.people.actions.joining import hold_number
from vungxanh.people.models import Device, Person
from vungxanh.people.queries.devices import device_with
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.devices import NewDevice
from vungxanh.people.values.entries import NewPerson
from vungxanh.people.values.standing import Class, NewStanding

COMMUNES = tuple(UnitId(f"vn-2021:{code}") for code in ("21586", "21553", "21556", "21559"))
N_PEOPLE = 48
# Every so manieth person has the app, is at home in quarantine, is to be tested.
EVERY_APP, EVERY_QUARANTINED, EVERY_TESTED = 3, 4, 7
ADDRESS = "Tổ {number}, nhà {number} (ví dụ)"
_ONES = ("", "Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín")


def load_people(*, by: Viewer, at: datetime) -> None:
    """Some who have the app and some who have not; a second run changes nothing."""
    known = locations.units(set(COMMUNES))
    if Person.objects.exists() or len(known) < len(COMMUNES):
        return
    for number in range(1, N_PEOPLE + 1):
        person = _person(number, by=by, at=at)
        if number % EVERY_APP == 0:
            _use_app(person, number, by=by, at=at)
        _follow(person, number, by=by, at=at)


def example_phone(number: str, *, at: datetime) -> str:
    """The token of a new phone whose number counts as proved, for trying the API."""
    made = actions.register_device(device=NewDevice("android"), by=SYSTEM, at=at)
    device = device_with(made.token, at)
    if device is not None:
        home = Residence(COMMUNES[0])
        with transaction.atomic():
            hold_number(device=device, number=read_phone(number), residence=home, by=SYSTEM, at=at)
    return made.token


loaders = [load_people]


def _person(number: int, *, by: Viewer, at: datetime) -> Person:
    """Number 12 is "Người Mẫu Một Hai", of the third commune; no number of a paper is invented."""
    tens, ones = divmod(number, 10)
    said = " ".join(word for word in ("Người Mẫu", _ONES[tens], _ONES[ones] or "Mươi") if word)
    home = Residence(COMMUNES[number % len(COMMUNES)], ADDRESS.format(number=number))
    origin = Origin.DOOR if number % 2 else Origin.INTERVIEW
    person = NewPerson(origin, said, str(1940 + number), residence=home)
    return actions.add_person(person=person, by=by, at=at)


def _use_app(person: Person, number: int, *, by: Viewer, at: datetime) -> None:
    """A phone of two days; some were seen today, some say that Bluetooth is on."""
    first = at - timedelta(days=2)
    made = actions.register_device(device=NewDevice("android"), by=by, at=first)
    Device.objects.filter(pk=made.id).update(person=person, residence=person.residence_id)
    device = device_with(made.token, first)
    if device is None:
        return
    seen_at = at - timedelta(hours=30 if number % 4 == 0 else 2)
    actions.note_seen(device=device, at=max(seen_at, first + timedelta(days=1)))
    actions.note_bluetooth(device_id=device.pk, is_on=number % 2 == 0, at=seen_at)


def _follow(person: Person, number: int, *, by: Viewer, at: datetime) -> None:
    classes = {EVERY_QUARANTINED: Class.QUARANTINED, EVERY_TESTED: Class.TO_BE_TESTED}
    for every, cls in classes.items():
        if number % every == 0:
            until = at + timedelta(days=number % 14 + 1)
            standing = NewStanding(person.pk, cls, at, until, f"demo:{every}")
            actions.write_standing(standing=standing, by=by, at=at)
