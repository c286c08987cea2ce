"""Setting levels of areas: told by the rule, or decided by a body; keeping criteria."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.engines import arealevels
from vungxanh.engines.arealevels import LEVELS, Assessment, Criteria
from vungxanh.locations import queries
from vungxanh.locations.models.area_levels import AreaLevel, AreaLevelCriteria
from vungxanh.locations.queries import area_levels as found
from vungxanh.locations.values.area_levels import (
    MAY_SET,
    AreaLevelRefusedError,
    Decision,
    LevelInputs,
    LevelOn,
    wire_of_inputs,
    written_criteria,
)
from vungxanh.locations.values.units import UnitId
from vungxanh.refusals import Words

NO_INPUTS = LevelInputs()


def load_criteria(*, by: Viewer, at: datetime) -> int:
    """Keep the versions that come with the package; repeating it changes nothing."""
    known = set(AreaLevelCriteria.objects.values_list("version", flat=True))
    new = [one for one in written_criteria() if one["version"] not in known]
    for written in new:
        set_criteria(written=written, by=by, at=at)
    return len(new)


def set_criteria(*, written: Mapping[str, object], by: Viewer, at: datetime) -> Criteria:
    """Keep a version of the criteria, or mend one under which no level was set.

    Audit event: `locations.criteria_set`. Refuses `arealevels.bad_criteria` and
    `locations.criteria_in_use`.
    """
    by.require(MAY_SET)
    criteria = arealevels.criteria_of(written)
    with transaction.atomic():
        if AreaLevel.objects.filter(criteria_id=criteria.version).exists():
            raise _in_use(criteria.version)
        AreaLevelCriteria.objects.update_or_create(
            version=criteria.version,
            defaults={
                "content": dict(written),
                "valid_from": criteria.valid_from,
                "valid_to": criteria.valid_to,
                "set_at": at,
                "set_by": by.id,
            },
        )
        record(
            event="locations.criteria_set",
            by=by,
            at=at,
            subject=f"criteria:{criteria.version}",
            detail={"verified": criteria.is_verified},
        )
    return criteria


def assessed(*, unit_id: UnitId, on: date, inputs: LevelInputs) -> Assessment:
    """What the rule tells for a unit and day, before anything is kept; writes nothing.

    Refuses `locations.no_criteria` and what the rule refuses.
    """
    before = found.level_on(unit_id, on)
    return arealevels.assess(
        found.criteria_on(on), inputs.answers(), previous=before.level if before else None
    )


def compute_level(
    *,
    unit_id: UnitId,
    on: date,
    inputs: LevelInputs,
    by: Viewer,
    at: datetime,
    is_invented: bool = False,
) -> LevelOn:
    """Keep the level that the rule tells. Audit event: `locations.level_set`.

    Refuses `locations.level_not_told` where inputs or the criteria's table are missing.
    """
    must_set(by, unit_id)
    with transaction.atomic():
        told = assessed(unit_id=unit_id, on=on, inputs=inputs)
        if told.level is None:
            raise _not_told(told)
        _keep(told.version, by=by, at=at)
        row = AreaLevel.objects.create(
            unit_id=queries.unit(unit_id).id,
            on=on,
            level=told.level,
            way="computed",
            criteria_id=told.version,
            inputs=wire_of_inputs(inputs),
            computed=told.level,
            is_invented=is_invented,
            recorded_at=at,
            recorded_by=by.id,
        )
        _audit("locations.level_set", row, by=by, at=at)
    return found.level_of_row(row)


def decide_level(
    *,
    unit_id: UnitId,
    on: date,
    level: int,
    decision: Decision,
    by: Viewer,
    at: datetime,
    inputs: LevelInputs = NO_INPUTS,
    is_invented: bool = False,
) -> LevelOn:
    """Keep a level that a body decided, with its number. Audit event: `locations.level_set`.

    What the rule would have told stands beside it where there are criteria of that day.
    Refuses `locations.bad_level` and `locations.decision_missing`.
    """
    must_set(by, unit_id)
    _check_decision(level, decision)
    with transaction.atomic():
        told = _told_beside(unit_id, on, inputs)
        if told is not None:
            _keep(told.version, by=by, at=at)
        row = AreaLevel.objects.create(
            unit_id=queries.unit(unit_id).id,
            on=on,
            level=level,
            way="decided",
            criteria_id=told.version if told else None,
            inputs=wire_of_inputs(inputs),
            computed=told.level if told else None,
            decided_by=decision.body.strip(),
            decision=decision.number.strip(),
            is_invented=is_invented,
            recorded_at=at,
            recorded_by=by.id,
        )
        _audit("locations.level_set", row, by=by, at=at)
    return found.level_of_row(row)


def withdraw_level(*, level_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """Take a level back; the one before it stands again. Audit event: `locations.level_withdrawn`.

    Refuses `locations.unknown_level` and `locations.level_reason_missing`.
    """
    with transaction.atomic():
        row = AreaLevel.objects.select_for_update().filter(id=level_id, withdrawn_at=None).first()
        if row is None:
            raise _unknown_level()
        must_set(by, UnitId(row.unit_id))
        if not reason.strip():
            raise _reason_missing()
        row.withdrawn_at, row.withdrawn_by = at, by.id
        row.withdrawn_reason = reason.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        _audit("locations.level_withdrawn", row, by=by, at=at)


def must_set(by: Viewer, unit_id: UnitId) -> None:
    """Refuse `locations.outside_area` to whoever does not work for all of the unit."""
    by.require(MAY_SET)
    if not found.may_set(by, queries.unit(unit_id)):
        raise AreaLevelRefusedError(
            "locations.outside_area",
            Words(
                "Địa bàn này không thuộc đơn vị của bạn. Chuyển cho cán bộ phụ trách.",
                "This area is not your unit's. Pass it to the officer in charge.",
            ),
            field="unit",
        )


def _check_decision(level: int, decision: Decision) -> None:
    if level not in LEVELS:
        raise _bad_level()
    if not (decision.body.strip() and decision.number.strip()):
        raise _decision_missing()


def _keep(version: str, *, by: Viewer, at: datetime) -> None:
    """Keep a version of the package once a level is set under it."""
    if not AreaLevelCriteria.objects.filter(version=version).exists():
        written = next(one for one in written_criteria() if one["version"] == version)
        set_criteria(written=written, by=by, at=at)


def _told_beside(unit_id: UnitId, on: date, inputs: LevelInputs) -> Assessment | None:
    try:
        return assessed(unit_id=unit_id, on=on, inputs=inputs)
    except AreaLevelRefusedError:
        return None


def _audit(event: str, row: AreaLevel, *, by: Viewer, at: datetime) -> None:
    detail: dict[str, str | int | None] = {
        "unit": row.unit_id,
        "level": row.level,
        "way": row.way,
    }
    record(event=event, by=by, at=at, subject=f"level:{row.id}", detail=detail)


def _not_told(told: Assessment) -> AreaLevelRefusedError:
    possible = ", ".join(str(level) for level in told.possible) or "?"
    return AreaLevelRefusedError(
        "locations.level_not_told",
        Words(
            f"Chưa xác định được một cấp duy nhất (có thể là: {possible}). "
            "Bổ sung số còn thiếu, hoặc ghi theo quyết định kèm số văn bản.",
            f"No single level can be told (possible: {possible}). "
            "Add what is missing, or set it by decision with its number.",
        ),
        field="inputs",
    )


def _in_use(version: str) -> AreaLevelRefusedError:
    return AreaLevelRefusedError(
        "locations.criteria_in_use",
        Words(
            f"Đã có cấp độ ghi theo tiêu chí {version}, nên không sửa được. Thêm phiên bản mới.",
            f"Levels were set under the criteria {version}, so they stay. Add a new version.",
        ),
        field="version",
    )


def _bad_level() -> AreaLevelRefusedError:
    return AreaLevelRefusedError(
        "locations.bad_level",
        Words("Cấp độ là 1, 2, 3 hoặc 4.", "A level is 1, 2, 3 or 4."),
        field="level",
    )


def _decision_missing() -> AreaLevelRefusedError:
    return AreaLevelRefusedError(
        "locations.decision_missing",
        Words(
            "Ghi cơ quan quyết định và số văn bản.",
            "Give the body that decided and the number of its decision.",
        ),
        field="decision",
    )


def _unknown_level() -> AreaLevelRefusedError:
    return AreaLevelRefusedError(
        "locations.unknown_level",
        Words(
            "Không tìm thấy cấp độ này, hoặc đã được rút. Tải lại trang.",
            "This level was not found, or was taken back. Reload the page.",
        ),
    )


def _reason_missing() -> AreaLevelRefusedError:
    return AreaLevelRefusedError(
        "locations.level_reason_missing",
        Words("Ghi lý do rút, một câu là đủ.", "Give the reason; one sentence is enough."),
        field="reason",
    )
