"""Who takes no ordinary messages any more, and who takes them again."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from vungxanh.audit.actions import record
from vungxanh.core.index_places import alone_with
from vungxanh.core.viewer import Viewer
from vungxanh.messaging.models import ADDRESS, OptOut
from vungxanh.messaging.queries import known_as


@transaction.atomic
def opt_out(*, to: str, by: Viewer, at: datetime, kind: str = "") -> bool:
    """Send an address no more ordinary messages, of one kind or of any; whether that is new.

    Records messaging.opted_out.
    """
    address = known_as(to)
    alone_with(ADDRESS.digests(address))
    if _known(to).filter(kind=kind).exists():
        return False
    row = OptOut(address_index=ADDRESS.digest(address), address=address, kind=kind, since=at)
    OptOut.objects.bulk_create([row], ignore_conflicts=True)
    _note("messaging.opted_out", kind, by=by, at=at)
    return True


@transaction.atomic
def opt_in(*, to: str, by: Viewer, at: datetime, kind: str = "") -> bool:
    """Send an address ordinary messages again; without `kind` of every kind; whether that is new.

    Records messaging.opted_in.
    """
    found = _known(to).filter(kind=kind) if kind else _known(to)
    if not found.delete()[0]:
        return False
    _note("messaging.opted_in", kind, by=by, at=at)
    return True


def _known(to: str) -> QuerySet[OptOut]:
    return OptOut.objects.filter(address_index__in=ADDRESS.digests(known_as(to)))


def _note(event: str, kind: str, *, by: Viewer, at: datetime) -> None:
    detail: dict[str, str | int] = {"kind": kind} if kind else {}
    record(event=event, by=by, at=at, subject="address", detail=detail)
