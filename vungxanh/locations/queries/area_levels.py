"""Reading levels of areas: on a day, of all communes, through time; and the criteria of a day."""

from collections.abc import Iterable
from datetime import date

from vungxanh.core.viewer import Viewer
from vungxanh.engines import arealevels
from vungxanh.engines.arealevels import Criteria
from vungxanh.locations.models.area_levels import AreaLevel, AreaLevelCriteria
from vungxanh.locations.queries.succession import covers
from vungxanh.locations.values.area_levels import (
    MAY_SET,
    AreaLevelRefusedError,
    Decision,
    LevelOn,
    Way,
    inputs_of_wire,
    vendored_criteria,
)
from vungxanh.locations.values.units import Unit, UnitId
from vungxanh.refusals import Words


def may_set(viewer: Viewer, unit: Unit) -> bool:
    """Whether the viewer may set levels of a unit: holds the right and works for all of it."""
    is_here = "system" in viewer.roles or covers(viewer.units, unit)
    return viewer.may(MAY_SET) and is_here


def level_on(unit_id: str, day: date) -> LevelOn | None:
    """The level that stood for exactly this unit on a day, None where none was set; one query.

    A level of a unit says nothing of those below it, nor of its successors in the other era.
    """
    return levels_on([unit_id], day).get(UnitId(unit_id))


def levels_on(unit_ids: Iterable[str], day: date) -> dict[UnitId, LevelOn]:
    """The same for many units; those without a level are absent; one query."""
    found = (
        AreaLevel.objects.filter(unit_id__in=list(unit_ids), on__lte=day, withdrawn_at=None)
        .order_by("unit_id", "-on", "-recorded_at", "-id")
        .distinct("unit_id")
    )
    return {UnitId(row.unit_id): level_of_row(row) for row in found}


def history(unit_id: str, limit: int = 100) -> tuple[LevelOn, ...]:
    """All levels ever set for a unit, those taken back included, newest first; one query."""
    found = AreaLevel.objects.filter(unit_id=unit_id).order_by("-on", "-recorded_at", "-id")
    return tuple(level_of_row(row) for row in found[:limit])


def criteria_on(day: date) -> Criteria:
    """The version in force on a day, the newest where two are; refuses `locations.no_criteria`."""
    standing = [one for one in all_criteria() if _is_in_force(one, day)]
    if not standing:
        raise no_criteria(day)
    return standing[-1]


def all_criteria() -> tuple[Criteria, ...]:
    """Every version, oldest first: those kept, and of the package those not kept yet; one query."""
    kept = [arealevels.criteria_of(row.content) for row in AreaLevelCriteria.objects.all()]
    known = {one.version for one in kept}
    new = [one for one in vendored_criteria() if one.version not in known]
    return tuple(sorted((*kept, *new), key=lambda one: (one.valid_from, one.version)))


def _is_in_force(criteria: Criteria, day: date) -> bool:
    return criteria.valid_from <= day and (criteria.valid_to is None or day < criteria.valid_to)


def level_of_row(row: AreaLevel) -> LevelOn:
    """A stored row as others read it."""
    way: Way = "decided" if row.way == "decided" else "computed"
    return LevelOn(
        id=row.id,
        unit_id=UnitId(row.unit_id),
        level=row.level,
        since=row.on,
        way=way,
        inputs=inputs_of_wire(row.inputs),
        version=row.criteria_id,
        computed=row.computed,
        decision=Decision(row.decided_by, row.decision) if way == "decided" else None,
        is_invented=row.is_invented,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        withdrawn_at=row.withdrawn_at,
    )


def no_criteria(day: date) -> AreaLevelRefusedError:
    """There was no version in force on the day."""
    return AreaLevelRefusedError(
        "locations.no_criteria",
        Words(
            f"Ngày {day.day}/{day.month}/{day.year} không có tiêu chí phân cấp nào hiệu lực. "
            "Ghi cấp độ theo quyết định, kèm số văn bản, hoặc thêm tiêu chí.",
            f"On {day.isoformat()} no criteria of levels were in force. "
            "Set the level by decision with its number, or add criteria.",
        ),
        field="on",
    )
