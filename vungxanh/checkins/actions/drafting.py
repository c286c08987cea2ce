"""What somebody has said so far of a point, kept as typed until it is registered."""

import json
from collections.abc import Mapping
from datetime import datetime

from vungxanh.checkins.models import PointDraft
from vungxanh.checkins.models.drafts import KEPT


def keep_draft(*, owner_id: int, said: Mapping[str, str], at: datetime) -> None:
    """Keep the answers of one person in place of those before."""
    content = json.dumps(dict(said), ensure_ascii=False)
    PointDraft.objects.update_or_create(owner_id=owner_id, defaults={"content": content, "at": at})


def drop_draft(*, owner_id: int) -> None:
    """Forget what somebody said so far."""
    PointDraft.objects.filter(owner_id=owner_id).delete()


def forget_drafts(*, at: datetime) -> int:
    """Forget drafts that nobody wrote on for a week; how many."""
    return PointDraft.objects.filter(at__lt=at - KEPT.period).delete()[0]
