"""Tables of figures as they were brought: lists of them, and one."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from vungxanh.accounts.queries import authorised, place_of
from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import Unit
from vungxanh.uptake.models import Submission
from vungxanh.uptake.queries.viewing import VIEW, sees_all, sees_unpublished
from vungxanh.uptake.rules import SubmissionState
from vungxanh.uptake.values import OWN_KIND


def submissions(viewer: Viewer, unit: Unit) -> QuerySet[Submission]:
    """The tables about the unit, those of units above and below included, newest as-of first."""
    found = Submission.objects.select_related("source").filter(
        Q(scope_id__in=unit.chain) | Q(scope__path__startswith=f"{unit.path}/"),
        scope__tree=unit.tree,
    )
    public = Q(published_at__isnull=False, state=SubmissionState.RECORDED)
    found = found.filter(public | _own_area(viewer, unit)).defer("content")
    return found.order_by("-as_of", "-created_at", "-id")


def _own_area(viewer: Viewer, unit: Unit) -> Q:
    """Tables of the viewer's own area, published or not; of units above it only published ones."""
    if not sees_unpublished(viewer, unit):
        return Q(pk__in=[])
    seen = (i for i, one in enumerate(unit.chain) if sees_unpublished(viewer, place_of(one)))
    first = next(seen, len(unit.chain) - 1)
    return Q(scope_id__in=unit.chain[first:]) | Q(scope__path__startswith=f"{unit.path}/")


def standing_on(
    viewer: Viewer, unit: Unit, days: Iterable[date], *, jumps_since: datetime | None = None
) -> tuple[Submission, ...]:
    """The recorded tables of some days about this unit or one above it, with sources; one query.

    With `jumps_since` also those since then in which an own count of the unit, or of one below it,
    jumped.
    """
    on = Q(pk__in=[])
    for day in days:
        on |= Q(as_of__gte=clock.day_start(day), as_of__lte=clock.day_end(day))
    wanted = on & Q(scope_id__in=unit.chain)
    if jumps_since is not None:
        below = Q(scope_id=unit.id) | Q(scope__path__startswith=f"{unit.path}/")
        is_jump = Q(source__kind=OWN_KIND, content__has_key="jump_on")
        wanted |= below & is_jump & Q(as_of__gte=jumps_since)
    return tuple(submissions(viewer, unit).filter(wanted, state=SubmissionState.RECORDED))


def standing_at(viewer: Viewer, units: Sequence[Unit], days: Iterable[date]) -> tuple[UUID, ...]:
    """The recorded tables of these units, or of units above them, on some days; one query.

    Unpublished ones only where the viewer may see those of every unit.
    """
    if not units:
        return ()
    on = Q(pk__in=[])
    for day in days:
        on |= Q(as_of__gte=clock.day_start(day), as_of__lte=clock.day_end(day))
    scopes = {one for unit in units for one in unit.chain}
    standing = Submission.objects.filter(
        on, scope_id__in=scopes, state=SubmissionState.RECORDED
    ).order_by("id")
    if not sees_all(viewer, units):
        standing = standing.filter(published_at__isnull=False)
    return tuple(standing.values_list("id", flat=True))


def submission(viewer: Viewer, submission_id: UUID) -> Submission:
    """One table; MissingError where there is none that the viewer may see; one query."""
    found = (
        Submission.objects.select_related("source", "scope", "day_table")
        .filter(id=submission_id)
        .first()
    )
    if found is not None and found.published_at is not None:
        return found
    return _readable(found, viewer)


def own_submission(viewer: Viewer, submission_id: UUID) -> Submission:
    """The same to those of its area only, published or not: they may see its original."""
    return _readable(
        Submission.objects.select_related("scope").filter(id=submission_id).first(), viewer
    )


def _readable(found: Submission | None, viewer: Viewer) -> Submission:
    return authorised(
        found, viewer=viewer, needs=VIEW, unit=lambda one: one.scope, kind="submission"
    )
