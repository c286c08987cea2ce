"""Whose a report is, and who is in charge of it."""

from django.db.models import Q

from vungxanh.accounts.queries import lies_in
from vungxanh.accounts.queries.acting import acts_for
from vungxanh.accounts.values import Standing, area_of
from vungxanh.core.viewer import Viewer
from vungxanh.uptake.models import Reporter
from vungxanh.uptake.values.reporting import REPORT


def is_its_own(reporter: Reporter, viewer: Viewer) -> bool:
    """Whether the viewer acts for the holder itself; no query."""
    held = acts_for(viewer)
    if reporter.unit_id is not None:
        return reporter.unit_id in held.units
    return str(reporter.organisation_id) in held.organisations


def is_in_charge(reporter: Reporter, viewer: Viewer) -> bool:
    """Whether the viewer is staff of the area that it reports to; no query where that is loaded.

    Never a machine, and never somebody who acts for an organisation alone.
    """
    if "system" in viewer.roles:
        return True
    standing = area_of(viewer.units).standing(reporter.area.id, reporter.area.path)
    return standing is Standing.WHOLE and not is_guest(viewer)


def may_report(reporter: Reporter, viewer: Viewer) -> bool:
    """Whether the viewer may bring reports for it."""
    is_let = is_its_own(reporter, viewer) or is_in_charge(reporter, viewer)
    return viewer.may(REPORT) and is_let


def is_guest(viewer: Viewer) -> bool:
    """Whether the viewer is staff of no unit: a contact, a machine, anyone."""
    return "system" not in viewer.roles and not (viewer.roles and acts_for(viewer).units)


def own(viewer: Viewer, reporter: str = "") -> Q:
    """The reporters that the viewer acts for."""
    held = acts_for(viewer)
    return Q(**{f"{reporter}organisation_id__in": sorted(held.organisations)}) | Q(
        **{f"{reporter}unit_id__in": sorted(held.units)}
    )


def visible(viewer: Viewer, reporter: str = "") -> Q:
    """The reporters whose reports the viewer may see: its own, and those towards its area."""
    if "system" in viewer.roles:
        return Q()
    if is_guest(viewer):
        return own(viewer, reporter)
    return own(viewer, reporter) | lies_in(area_of(viewer.units), f"{reporter}area")
