"""A person of Quy Nhơn's register, with hostile words for a name and an address."""

from tests.factories.people import Colleague
from tests.factories.register import TRAN_PHU
from tests.security.attacks import PAYLOAD
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.people import actions
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.entries import NewPerson


def things(owner: Colleague) -> list[Thing]:
    """Somebody written down at a door."""
    person = NewPerson(
        Origin.DOOR,
        PAYLOAD[:120],
        birth="1985",
        phone="0912 000 003",
        papers=(("", "052185000001"),),
        residence=Residence(TRAN_PHU, PAYLOAD[:120]),
    )
    row = actions.add_person(person=person, by=owner.viewer, at=clock.now())
    return [Thing("/nguoi/", "person_id", str(row.pk))]
