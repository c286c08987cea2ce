"""What somebody's rights hang on: standings in force, requests that are open."""

from datetime import datetime

from django.db.models import Q

from vungxanh.people.models import Standing
from vungxanh.people.values.rights import HOLDING


def is_held_back(person_id: int, at: datetime) -> bool:
    """Whether the law keeps a person, or one of their dependants, from being erased at once."""
    whose = Q(person_id=person_id) | Q(person__guardian_id=person_id)
    running = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    return Standing.objects.filter(whose & running, cls__in=sorted(HOLDING)).exists()
