"""What a phone does with the visits that it sent itself."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from vungxanh.checkins.actions.scanning import take_back
from vungxanh.checkins.values.scans import MOST_IN_A_BODY
from vungxanh.core import clock
from vungxanh.core.access import SELF, api, citizen_of
from vungxanh.people.queries.holders import device_and_person

router = Router(tags=["visits"])


class RemoveIn(Schema):
    """Visits to take back, by the identifiers under which this phone sent them."""

    ids: list[UUID] = Field(max_length=MOST_IN_A_BODY)


class RemovedOut(Schema):
    """How many are gone; the others were received more than ten minutes ago, or never."""

    removed: int


@router.post("/remove", response=RemovedOut, **api(needs=SELF))
def remove(request: HttpRequest, body: RemoveIn) -> RemovedOut:
    """Take visits back that this phone sent within ten minutes; asked again it removes none."""
    device_id, _person = device_and_person(citizen_of(request))
    return RemovedOut(removed=take_back(ids=body.ids, device_id=device_id, at=clock.now()))
