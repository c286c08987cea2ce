"""Control points of Quy Nhơn, with hostile words for names and addresses."""

from tests.factories.people import Colleague
from tests.factories.points import a_point, code_of
from tests.security.attacks import PAYLOAD
from tests.security.doors import Thing
from vungxanh.checkins.values.kinds import State


def things(owner: Colleague) -> list[Thing]:
    """Two points of one name that may be one, one of them waiting for approval."""
    name = PAYLOAD[:120]
    one = a_point(name, address=PAYLOAD[:200], state=State.REGISTERED)
    other = a_point(name, address=PAYLOAD[:200])
    return [
        Thing("/diem/", "point_id", str(one.pk)),
        Thing("/diem/", "issue", str(code_of(one).pk)),
        Thing("/diem/trung/", "first_id", str(one.pk)),
        Thing("/diem/trung/", "second_id", str(other.pk)),
    ]
