"""What may be read: the own area, and what broken glass has opened, which leaves a trace.

The one place that looks at what is opened. Whoever decides here what a viewer may read need not
think of the trace: it gathers in `Viewer.through_glass`, and the request that ends writes it down.
"""

from typing import Protocol

from django.db.models import Q

from vungxanh.accounts.queries.areas import lies_in
from vungxanh.accounts.values import Area, Standing, area_of
from vungxanh.core.viewer import Viewer


class Place(Protocol):
    """A unit, as a value or as its row: its id, and the codes from the country down to it."""

    @property
    def id(self) -> str: ...
    @property
    def path(self) -> str: ...


def may_read(viewer: Viewer, place: Place, *, ref: str, wholly: bool = False) -> bool:
    """Whether a unit lies in what the viewer may read, wholly or at least in part; no query.

    `ref` names what is read of it, such as "letter:<id>", should it be read through broken glass.
    """
    fit = {Standing.WHOLE} if wholly else {Standing.WHOLE, Standing.PART}
    if area_of(viewer.units).standing(place.id, place.path) in fit:
        return True
    if not viewer.opened:
        return False
    is_opened = _readable(viewer).standing(place.id, place.path) in fit
    if is_opened:
        viewer.through_glass.setdefault(ref, place.id)
    return is_opened


def readable(viewer: Viewer, *, ref: str, unit: str = "unit") -> Q:
    """A condition on a foreign key to a unit: that the viewer may read what is there.

    Any list made with it counts as read through the glass that is broken, for it may hold what
    lies behind it; `ref` names the list.
    """
    for one in sorted(viewer.opened):
        viewer.through_glass.setdefault(ref, one)
    return lies_in(_readable(viewer), unit)


def readable_units(viewer: Viewer, *, ref: str) -> frozenset[str]:
    """The units whose rows the viewer may read, each with all below; gathered as `readable` is."""
    for one in sorted(viewer.opened):
        viewer.through_glass.setdefault(ref, one)
    return viewer.units | viewer.opened


def _readable(viewer: Viewer) -> Area:
    return area_of(viewer.units | viewer.opened)
