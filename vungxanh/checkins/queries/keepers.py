"""Who keeps a point, and which points somebody keeps."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from vungxanh.accounts.queries.glass import names
from vungxanh.checkins.models import KEEPER_PHONES, Point, PointKeeper
from vungxanh.checkins.queries.own_points import PointLine, point_lines, read_code
from vungxanh.checkins.values.keepers import KeeperLine
from vungxanh.checkins.values.refusals import NoSuchPointError
from vungxanh.core.viewer import Viewer
from vungxanh.engines.phones import display, masked, read_phone
from vungxanh.people.queries.holders import holder_of

POINT = "point:"


def keepers_of(point: Point, *, whole: bool) -> tuple[KeeperLine, ...]:
    """The keepers of a point, the first named first.

    Its owner reads numbers `whole`, officers read them masked and accounts by name.
    """
    rows = list(standing().filter(point=point).order_by("at", "id"))
    called = names(() if whole else (row.account for row in rows))
    return tuple(_line(row, called.get(row.account, ""), whole=whole) for row in rows)


def keeper_in(point: Point, keeper_id: UUID) -> PointKeeper | None:
    """One keeper of a point, if the right still stands."""
    return standing().filter(point=point, pk=keeper_id).first()


def kept_lines(by: Viewer) -> tuple[PointLine, ...]:
    """The points that a citizen keeps by the number that they have proved; not their own."""
    return point_lines(_kept(by))


def kept_point(by: Viewer, code: str) -> Point:
    """A point that the citizen keeps; any other is not there."""
    row = _kept(by).filter(code=read_code(code)).first()
    if row is None:
        raise NoSuchPointError
    return row


def points_of_account(viewer: Viewer) -> "QuerySet[Point]":
    """The points that an account was named for, by an officer or among its scopes."""
    told = standing().filter(account=viewer.id).values("point")
    return Point.objects.filter(Q(pk__in=told) | Q(pk__in=_scoped(viewer.scopes)))


def standing() -> "QuerySet[PointKeeper]":
    """Rights that were not taken back."""
    return PointKeeper.objects.filter(ended_at=None)


def own_right(by: Viewer, point: Point) -> PointKeeper | None:
    """The right by which a citizen keeps a point; None where they do not."""
    holder = holder_of(by) if by.is_citizen else None
    if holder is None or not holder.number:
        return None
    digests = KEEPER_PHONES.digests(holder.number)
    return standing().filter(point=point, phone_index__in=digests).first()


def account_right(by: Viewer, point: Point) -> PointKeeper | None:
    """The right by which an account keeps a point, where an officer named it; else None."""
    return None if by.is_citizen else standing().filter(point=point, account=by.id).first()


def _kept(by: Viewer) -> "QuerySet[Point]":
    holder = holder_of(by) if by.is_citizen else None
    if holder is None or not holder.number:
        return Point.objects.none()
    told = standing().filter(phone_index__in=KEEPER_PHONES.digests(holder.number))
    kept = Point.objects.filter(pk__in=told.values("point"))
    return kept.filter(Q(owner__isnull=True) | ~Q(owner=holder.id))


def _scoped(scopes: Collection[str]) -> list[int]:
    said = (one.removeprefix(POINT) for one in scopes if one.startswith(POINT))
    return [int(one) for one in said if one.isascii() and one.isdigit() and len(one) < 19]


def _line(row: PointKeeper, name: str, *, whole: bool) -> KeeperLine:
    number = read_phone(row.phone) if row.phone else None
    shown = (display(number) if whole else masked(number)) if number else name
    return KeeperLine(row.pk, shown, number is None, row.at)
