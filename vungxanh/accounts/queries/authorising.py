"""Loading and authorising in one step."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from vungxanh.accounts.values import Standing, area_of
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer

Thing = TypeVar("Thing")


class Place(Protocol):
    """A unit, as a value or as its row: its id, and the codes from the country down to it."""

    @property
    def id(self) -> str: ...
    @property
    def path(self) -> str: ...


def authorised(
    found: Thing | None,
    *,
    viewer: Viewer,
    needs: str,
    unit: Callable[[Thing], Place],
    acting: bool = False,
) -> Thing:
    """What was found, if the viewer may read it (or act on it); no query.

    Whoever may not gets the very answer of what does not exist. To read, some part of the unit in
    the viewer's area, or in an area opened by breaking the glass, is enough; to act, all of it
    must lie in the viewer's own.
    """
    if found is None or not viewer.may(needs):
        raise MissingError
    if "system" in viewer.roles:
        return found
    at = unit(found)
    held = viewer.units if acting else viewer.readable
    standing = area_of(held).standing(at.id, at.path)
    if standing is Standing.NONE or (acting and standing is Standing.PART):
        raise MissingError
    return found
