"""Loading and authorising in one step."""

from collections.abc import Callable
from typing import TypeVar

from vungxanh.accounts.queries.reading import Place, may_read
from vungxanh.accounts.values import Standing, area_of
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer

Thing = TypeVar("Thing")


def authorised(
    found: Thing | None,
    *,
    viewer: Viewer,
    needs: str,
    unit: Callable[[Thing], Place],
    acting: bool = False,
    kind: str = "",
) -> Thing:
    """What was found, if the viewer may read it (or act on it); no query.

    Whoever may not gets the very answer of what does not exist. To read, some part of the unit in
    the viewer's area, or in an area opened by breaking the glass, is enough; to act, all of it
    must lie in the viewer's own. What is read thanks to the broken glass alone is gathered for the
    log as `kind` ("letter") and its id.
    """
    if found is None or not viewer.may(needs):
        raise MissingError
    if "system" in viewer.roles:
        return found
    at = unit(found)
    if acting:
        is_let = area_of(viewer.units).standing(at.id, at.path) is Standing.WHOLE
    else:
        is_let = may_read(viewer, at, ref=_ref(found, kind))
    if not is_let:
        raise MissingError
    return found


def _ref(found: object, kind: str) -> str:
    """How the log names a thing: its kind, the name of its table where none is said, and its id."""
    key = getattr(found, "pk", getattr(found, "id", ""))
    return f"{kind or type(found).__name__.lower()}:{key}"
