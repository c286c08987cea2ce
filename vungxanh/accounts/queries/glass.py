"""Reading broken glass: what is open now, one's own openings, those to be reviewed."""

from datetime import datetime

from vungxanh.accounts.models.glass import BrokenGlass
from vungxanh.accounts.values.glass import Opening


def opening_of(staff_ref: str, at: datetime) -> Opening | None:
    """What a member of staff has opened by breaking the glass and may still read; one query."""
    found = (
        BrokenGlass.objects.filter(by=staff_ref, ended_at__isnull=True)
        .filter(opened_at__lte=at, until__gt=at)
        .only("id", "unit", "purpose", "until")
        .first()
    )
    if found is None:
        return None
    return Opening(found.id, frozenset({found.unit}), found.purpose, found.until)
