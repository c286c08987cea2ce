"""Photos past their time."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from vungxanh.checkins.models import Photo

KEPT_FOR: Final = timedelta(days=180)


def past_photos(at: datetime) -> "QuerySet[Photo]":
    """Photos that were taken more than half a year ago."""
    return Photo.objects.filter(at__lt=at - KEPT_FOR)
