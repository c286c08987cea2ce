"""Administrative units as JSON, open to anyone."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema

from vungxanh.core.access import OPEN, api
from vungxanh.locations import queries
from vungxanh.locations.values import Level, Unit

router = Router(tags=["locations"])
MOST = 1000
Limit = Annotated[int, Field(ge=1, le=MOST)]
Offset = Annotated[int, Field(ge=0)]


class AdminUnitOut(Schema):
    """One unit; `sort_key` puts units in Vietnamese order when compared as bytes."""

    unit: str
    parent: str | None
    level: Level
    name: str
    short_name: str
    type: str
    sort_key: str
    valid_from: date | None
    valid_to: date | None


class AdminUnitsOut(Schema):
    """Units in Vietnamese order, or nearest names first when `q` was given; `total` counts all."""

    total: int
    units: list[AdminUnitOut]


@router.get("/units", response=AdminUnitsOut, **api(needs=OPEN))
def units(
    request: HttpRequest,
    *,
    within: str = "",
    level: Level | None = None,
    q: str = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> AdminUnitsOut:
    """Units below `within`, of a level, or whose name holds `q` typed with or without accents."""
    found = queries.listed(
        within=within or None, level=level, text=q[:80], limit=limit, offset=offset
    )
    return AdminUnitsOut(total=found.total, units=[_out(one) for one in found.units])


def _out(one: Unit) -> AdminUnitOut:
    return AdminUnitOut(
        unit=one.id,
        parent=one.parent_id,
        level=one.level,
        name=one.name,
        short_name=one.short_name,
        type=one.type_word,
        sort_key=one.sort_key,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
    )
