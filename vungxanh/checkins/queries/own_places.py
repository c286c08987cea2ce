"""What an account of an owner, a keeper or an organisation may see: its own points and premises."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from vungxanh.accounts.values.acting import organisations_of
from vungxanh.checkins.models import Point, Premises
from vungxanh.checkins.queries.keepers import points_of_account
from vungxanh.checkins.queries.own_points import PointLine, point_lines
from vungxanh.checkins.values.keepers import OWN
from vungxanh.checkins.values.kinds import KINDS, LIVING, Kind
from vungxanh.checkins.values.refusals import NoSuchPointError
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import registry
from vungxanh.refusals import Words

MOST = 500


@dataclass(frozen=True, slots=True)
class PremisesLine:
    """Premises of one's organisation, and whether they have a living point."""

    name: str
    kind: Words
    address: str
    unit: str
    is_registered: bool
    is_exempt: bool


def own_lines(viewer: Viewer) -> tuple[PointLine, ...]:
    """The points that an account was named for and those of its organisations; one query."""
    viewer.require(OWN)
    return point_lines(_own(viewer))[:MOST]


def own_premises(viewer: Viewer) -> tuple[PremisesLine, ...]:
    """Premises of one's organisations, those without a point first; one query."""
    viewer.require(OWN)
    living = Point.objects.filter(premises=OuterRef("pk"), state__in=LIVING)
    rows = Premises.objects.filter(organisation__in=organisations_of(viewer.scopes))
    found = rows.annotate(has_point=Exists(living)).order_by("has_point", "same_key", "id")
    return tuple(_premises(row) for row in found[:MOST])


def own_place(viewer: Viewer, point_id: int) -> Point:
    """One of these points; any other is not there."""
    viewer.require(OWN)
    row = _own(viewer).filter(pk=point_id).first()
    if row is None:
        raise NoSuchPointError
    return row


def _own(viewer: Viewer) -> "QuerySet[Point]":
    """By the account, by its organisations, or by the premises of these."""
    mine = organisations_of(viewer.scopes)
    of_mine = Q(organisation__in=mine) | Q(premises__organisation__in=mine)
    named = points_of_account(viewer).values("pk")
    return Point.objects.filter(of_mine | Q(pk__in=named), merged_into=None)


def _premises(row: Premises) -> PremisesLine:
    return PremisesLine(
        name=row.name,
        kind=KINDS[Kind(row.kind)].words,
        address=row.address,
        unit=registry().unit(row.unit_id).name,
        is_registered=bool(getattr(row, "has_point", False)),
        is_exempt=row.exempt_at is not None,
    )
