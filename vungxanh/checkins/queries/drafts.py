"""What somebody has said so far of a point."""

import json
from collections.abc import Mapping

from vungxanh.checkins.models import PointDraft


def draft_of(owner_id: int) -> Mapping[str, str]:
    """The answers as typed; none where nothing is kept. One query."""
    row = PointDraft.objects.filter(owner=owner_id).first()
    told = json.loads(row.content) if row else {}
    return {str(name): str(text) for name, text in told.items()}
