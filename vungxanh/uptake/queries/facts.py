"""Facts as they stood at a moment: the newest of each unit, and all revisions of one."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import Unit
from vungxanh.uptake import sql
from vungxanh.uptake.models import Version
from vungxanh.uptake.queries.running import instant, rows_of
from vungxanh.uptake.queries.viewing import sees_unpublished
from vungxanh.uptake.rules import FactRow
from vungxanh.uptake.values import ELEMENTS, REPORTED, Lineage, Moment


def latest_facts(
    unit_ids: Sequence[str],
    moment: Moment,
    *,
    unpublished: bool,
    elements: Iterable[str] = ELEMENTS,
) -> tuple[FactRow, ...]:
    """The newest fact of each unit and element at the moment; one query."""
    parameters = {
        "units": list(unit_ids),
        "elements": list(elements),
        "as_of": moment.as_of,
        "known_at": moment.known_at,
        "sees_unpublished": unpublished,
        "reported": list(REPORTED),
    }
    return tuple(_fact(row) for row in rows_of(sql.LATEST_FACTS, parameters))


def _fact(row: tuple[Any, ...]) -> FactRow:
    unit, element, value, as_of, received_at, revision, source, submission, *last = row
    is_published, lacking = last
    return FactRow(
        unit_id=unit,
        element=element,
        value=value,
        as_of=instant(as_of),
        received_at=instant(received_at),
        revision=revision,
        source=source,
        submission_id=submission,
        is_published=is_published,
        lacking=tuple(json.loads(lacking)) if lacking else (),
    )


def lineage(
    viewer: Viewer, unit: Unit, element: str, *, moment: Moment, limit: int = 50
) -> tuple[Lineage, ...]:
    """All revisions of one figure up to the moment, newest as-of and revision first."""
    parameters = {
        "unit": unit.id,
        "element": element,
        "as_of": moment.as_of,
        "known_at": moment.known_at,
        "sees_unpublished": sees_unpublished(viewer, unit),
        "limit": limit,
    }
    return tuple(_lineage(*row) for row in rows_of(sql.LINEAGE, parameters))


def _lineage(*row: Any) -> Lineage:
    value, as_of, received_at, revision, submission, *origin, original = row
    source, kind, published_on, is_illustrative, published_at, *taken_back, brought_by = origin
    withdrawn_at, reason = taken_back
    return Lineage(
        value=value,
        as_of=as_of,
        received_at=received_at,
        revision=revision,
        submission_id=str(submission),
        source=source,
        source_kind=kind,
        source_published_on=published_on,
        is_illustrative=is_illustrative,
        published_at=published_at,
        withdrawn_at=withdrawn_at,
        withdrawn_reason=reason,
        brought_by=brought_by,
        has_original=original is not None,
    )


def version() -> UUID | None:
    """What changes whenever a table is recorded, published or taken back; None before the first."""
    return Version.objects.values_list("version", flat=True).first()


def moment_of(as_of: datetime | None, known_at: datetime | None) -> Moment:
    """A moment from what was asked: today's end, as known now, where nothing was said."""
    now = clock.now()
    return Moment(as_of or clock.day_end(clock.today()), known_at or now)
