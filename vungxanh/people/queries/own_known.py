"""What the register knows of whoever holds a phone, for forms that do not ask it again."""

from datetime import datetime

from vungxanh.core.viewer import Viewer
from vungxanh.people.models import Device
from vungxanh.people.queries import citizens
from vungxanh.people.queries.consents import may_take
from vungxanh.people.queries.devices import device_id_of
from vungxanh.people.values.citizens import OwnKnown
from vungxanh.people.values.consents import Consenting


def own_known(by: Viewer, at: datetime) -> OwnKnown:
    """What is written down, opened for the holder alone; empty where nobody is known; four queries.

    Numbers of papers and telephones stay masked.
    """
    device = _device(by)
    person = device.person if device else None
    if device is None or person is None:
        return OwnKnown()
    own, state = citizens.own_particulars(person), citizens.own_state(device, at)
    return OwnKnown(
        name=own.name,
        year=own.birth[:4],
        sex=own.sex,
        paper=own.papers[0].masked if own.papers else "",
        unit=person.residence_id or "",
        place=state.place,
        address=own.address,
        phone=state.number,
    )


def has_ground(by: Viewer, purpose: Consenting, at: datetime) -> bool:
    """Whether data may be taken of whoever holds a phone; three queries."""
    device = _device(by)
    return device is not None and may_take(device, purpose, at)


def _device(by: Viewer) -> Device | None:
    if not by.is_citizen:
        return None
    rows = Device.objects.filter(pk=device_id_of(by), ended_at=None)
    return rows.select_related("person").first()
