"""Points that are offered to new owners."""

from datetime import datetime

from django.db.models import QuerySet

from vungxanh.checkins.models import OFFER_PHONES, Point, PointOffer
from vungxanh.checkins.models.offers import OFFER_KEPT
from vungxanh.checkins.queries.own_points import PointLine, point_lines, read_code
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.offers import OfferFacts
from vungxanh.checkins.values.refusals import NoSuchPointError
from vungxanh.core.viewer import Viewer
from vungxanh.engines.phones import masked, read_phone
from vungxanh.people.queries.holders import holder_of


def may_be_given(point: Point) -> bool:
    """Whether a point waits for an owner; no query."""
    is_owned = point.owner_id is not None or point.organisation_id is not None
    return not is_owned and point.state != State.CLOSED


def offer_of(point: Point, at: datetime) -> OfferFacts | None:
    """The offer of a point that waits for its answer; one query."""
    row = standing(at).filter(point=point).first()
    if row is None:
        return None
    return OfferFacts(masked(read_phone(row.phone)), row.at, row.at + OFFER_KEPT.period)


def offered_lines(by: Viewer, at: datetime) -> tuple[PointLine, ...]:
    """The points that are offered to the number which a citizen has proved."""
    return point_lines(_offered(by, at))


def offered_point(by: Viewer, code: str, at: datetime) -> Point:
    """A point that is offered to the citizen; any other is not there."""
    row = _offered(by, at).filter(code=read_code(code)).first()
    if row is None:
        raise NoSuchPointError
    return row


def standing(at: datetime) -> "QuerySet[PointOffer]":
    """Offers that may still be answered."""
    return PointOffer.objects.filter(at__gte=at - OFFER_KEPT.period)


def past_offers(at: datetime) -> "QuerySet[PointOffer]":
    """Offers that nobody answered in time."""
    return PointOffer.objects.filter(at__lt=at - OFFER_KEPT.period)


def _offered(by: Viewer, at: datetime) -> "QuerySet[Point]":
    holder = holder_of(by) if by.is_citizen else None
    if holder is None or not holder.number:
        return Point.objects.none()
    told = standing(at).filter(phone_index__in=OFFER_PHONES.digests(holder.number))
    rows = Point.objects.filter(pk__in=told.values("point"), owner=None, organisation=None)
    return rows.exclude(state=State.CLOSED)
