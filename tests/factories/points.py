"""Control points, all of them invented."""

from datetime import datetime

from tests.factories.register import AT
from vungxanh.checkins.actions.issuing import Door, issue_codes, new_short_codes
from vungxanh.checkins.models import Entrance, Point, PointCode
from vungxanh.checkins.values.kinds import KINDS, Kind, State, Via
from vungxanh.checkins.values.words import same_key, search_text
from vungxanh.core.viewer import SYSTEM

QUY_NHON = "vn-2025:21583"  # today's ward around the demo's district


def a_point(
    name: str = "Chợ mẫu",
    *,
    unit: str = QUY_NHON,
    kind: Kind = Kind.MARKET,
    state: State = State.APPROVED,
    address: str = "",
    at: datetime = AT,
) -> Point:
    """A point of the register as it is once it was decided on, with its whole and one code."""
    (code,) = new_short_codes(1)
    is_decided = state is not State.REGISTERED
    point = Point.objects.create(
        code=code,
        kind=kind,
        name=name,
        unit_id=unit,
        address=address,
        same_key=same_key(name),
        words=search_text(name=name, address=address, unit=unit),
        usual_stay_minutes=KINDS[kind].usual_stay_minutes,
        via=Via.OFFICER,
        state=state,
        registered_at=at,
        registered_by=SYSTEM.id,
        decided_at=at if is_decided else None,
        decided_by=SYSTEM.id if is_decided else "",
        is_invented=True,
    )
    Entrance.objects.create(point=point, number=0)
    issue_codes(doors=[Door(point.pk, code)], by=SYSTEM, at=at)
    return point


def code_of(point: Point) -> PointCode:
    """The newest code of a point as a whole."""
    return PointCode.objects.filter(point=point, entrance=0).latest("id")
