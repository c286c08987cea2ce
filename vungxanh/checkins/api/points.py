"""Points that citizens' phones register."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, Router, Schema, Status

from vungxanh.checkins.actions.registering import Asked, register_point
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.own_points import whole_code
from vungxanh.checkins.values.kinds import KINDS, EntranceKind
from vungxanh.checkins.values.points import NewEntrance, Whose, read_entry
from vungxanh.checkins.values.refusals import NumberNeededError
from vungxanh.core import clock
from vungxanh.core.access import SELF, api, citizen_of
from vungxanh.core.address import public_address
from vungxanh.people.queries.holders import holder_of
from vungxanh.protocol.places import links

router = Router(tags=["points"])
MOST_DOORS = 60  # a little more than are taken, so that the refusal says how many


class DoorIn(Schema):
    """A door or a room with a code of its own; `kind` is `door` or `room`."""

    label: str = Field(max_length=200)
    kind: EntranceKind = EntranceKind.DOOR


class PointIn(Schema):
    """A point as its owner tells it.

    `id` is the request's own UUID: sent twice, it registers one point. `unit` is a commune of
    today's map. `stay` is in minutes; the kind's where it is 0. `contact_phone` is the holder's own
    where none is told. `is_another` says that it is none of those that were named as suspected.
    """

    id: UUID | None = None
    kind: str = Field(json_schema_extra={"enum": [*sorted(map(str, KINDS))]})
    name: str = Field(max_length=1000)
    unit: str = Field(max_length=40)
    address: str = Field("", max_length=1000)
    entrances: list[DoorIn] = Field([], max_length=MOST_DOORS)
    hours: str = Field("", max_length=300)
    stay: int = 0
    capacity: int | None = None
    contact_name: str = Field("", max_length=400)
    contact_phone: str = Field("", max_length=40)
    is_another: bool = False


class PointOut(Schema):
    """What hangs at the door: the short code, the signed payload, the address of its QR, a poster.

    `payload` and `url` are empty while the point has no good code; `poster` is opened with the
    phone's own token: a PDF on A4, `?co=` another form, `?nn=` another language, `?ban=` copies.
    """

    code: str
    state: str
    payload: str
    url: str
    poster: str


@router.post("", response={201: PointOut}, **api(needs=SELF))
def register(request: HttpRequest, body: PointIn) -> Status[PointOut]:
    """Register a control point; the phone's number must be proved."""
    by, at = citizen_of(request), clock.now()
    holder = holder_of(by)
    if holder is None:
        raise NumberNeededError
    said = {
        "kind": body.kind,
        "name": body.name,
        "unit": body.unit,
        "address": body.address,
        "hours": body.hours,
        "stay": str(body.stay) if body.stay else "",
        "capacity": "" if body.capacity is None else str(body.capacity),
        "contact_name": body.contact_name,
        "contact_phone": body.contact_phone or holder.number,
    }
    entry = read_entry(said, [NewEntrance(one.label, one.kind) for one in body.entrances])
    asked = Asked(body.id, is_another=body.is_another)
    point = register_point(entry=entry, whose=Whose(holder.id), by=by, at=at, asked=asked)
    return Status(201, _out(request, point))


def _out(request: HttpRequest, point: Point) -> PointOut:
    code = whole_code(point, clock.now())
    payload, site = code.payload if code else "", public_address(request)
    return PointOut(
        code=point.code,
        state=point.state,
        payload=payload,
        url=links.write(site, payload) if payload else "",
        poster=f"{site}{reverse('checkins-me_poster', args=[point.code])}",
    )
