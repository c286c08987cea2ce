"""What persons ask for: their own, and those of an officer's area."""

from uuid import UUID

from vungxanh.accounts.queries import may_read, readable
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import Page, numbered
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import UnitId, registry
from vungxanh.people.models import Device, PersonRequest
from vungxanh.people.values.rights import REQUESTS, Kind, Outcome, RequestLine


def own_requests(device: Device) -> tuple[RequestLine, ...]:
    """What the holder of a device asked for, newest first, with the answers; one query."""
    if device.person_id is None:
        return ()
    rows = PersonRequest.objects.filter(person_id=device.person_id).order_by("-asked_at", "-id")
    return tuple(_line(row, tells=True) for row in rows)


def requests(viewer: Viewer, *, is_open: bool = True, page: object = 1) -> Page[RequestLine]:
    """Requests of the viewer's area, the earliest due first, without words; two queries."""
    viewer.require(REQUESTS)
    found = PersonRequest.objects.filter(readable(viewer, ref="requests"))
    found = found.filter(ended_at__isnull=is_open)
    order = ("act_due_on", "asked_at", "id") if is_open else ("-ended_at", "-id")
    rows: Page[PersonRequest] = numbered(found.order_by(*order), page)
    lines = tuple(_line(row, tells=False) for row in rows)
    return Page(lines, rows.number, rows.n_pages, rows.n_rows)


def request_for(request_id: UUID, *, viewer: Viewer) -> RequestLine:
    """One request of the viewer's area with its words; MissingError for any other.

    The viewer is the one that `accounts.actions.look` returned.
    """
    row = found_request(request_id, viewer=viewer)
    return _line(row, tells=True)


def found_request(request_id: UUID, *, viewer: Viewer) -> PersonRequest:
    """The row of a request of the viewer's area."""
    viewer.require(REQUESTS)
    row = PersonRequest.objects.select_related("unit").filter(pk=request_id).first()
    if row is None or not may_read(viewer, row.unit, ref=f"request:{request_id}"):
        raise MissingError
    return row


def _line(row: PersonRequest, *, tells: bool) -> RequestLine:
    return RequestLine(
        id=row.pk,
        kind=Kind(row.kind),
        unit=registry().unit(UnitId(row.unit_id)).name,
        asked_at=row.asked_at,
        answer_due_on=row.answer_due_on,
        act_due_on=row.act_due_on,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        extended_at=row.extended_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        person=row.person_id,
        words=row.words if tells else "",
        answer=row.answer if tells else "",
        extended_why=row.extended_why if tells else "",
    )
