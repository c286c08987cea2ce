"""Whether a door lets somebody in who did not declare that day."""

from datetime import datetime
from typing import Final

from vungxanh.checkins.models import DeclaredFirst, Point
from vungxanh.core.prepared import Statement
from vungxanh.locations.values import registry

_MUST: Final = Statement("""
SELECT 1 FROM checkins_declaredfirst AS first
WHERE first.starts_at <= %(at)s
    AND (first.point_id = %(point)s OR first.kind = %(kind)s AND first.unit_id = ANY(%(units)s))
LIMIT 1
""")


def must_declare(point_id: int, kind: str, unit_id: str, *, at: datetime) -> bool:
    """Whether a declaration of the day is needed at a point of this kind and commune; one query."""
    register = registry()
    units = [unit_id, *(one.id for one in register.above(register.unit(unit_id)))]
    return any(True for _ in _MUST.rows(point=point_id, kind=kind, units=units, at=at))


def point_rule(point: Point) -> DeclaredFirst | None:
    """What was decided for this very point; None where nothing was. One query."""
    return DeclaredFirst.objects.filter(point=point).first()


def kind_rules(units: list[str]) -> list[DeclaredFirst]:
    """What was decided for kinds of points in these units; one query."""
    return list(DeclaredFirst.objects.filter(unit__in=units).order_by("unit", "kind"))
