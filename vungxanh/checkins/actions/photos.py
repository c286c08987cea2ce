"""Photos of doors and posters: made anew before anything is kept, and let go in time."""

from collections.abc import Sequence
from datetime import datetime

from vungxanh.checkins.models import Inspection, Photo, TamperReport
from vungxanh.checkins.queries.photos import past_photos
from vungxanh.checkins.values.door_refusals import too_many_photos
from vungxanh.checkins.values.inspections import MOST_PHOTOS
from vungxanh.core import files
from vungxanh.core.viewer import Viewer
from vungxanh.documents.photos import MEDIA_TYPE, made_anew


def read_photos(contents: Sequence[bytes]) -> tuple[bytes, ...]:
    """The same photos made anew. Raises `checkins.too_many_photos`, `documents.…`."""
    if len(contents) > MOST_PHOTOS:
        raise too_many_photos()
    return tuple(made_anew(content) for content in contents)


def keep_photos(
    photos: Sequence[bytes],
    *,
    by: Viewer,
    at: datetime,
    inspection: Inspection | None = None,
    report: TamperReport | None = None,
) -> None:
    """Keep photos that `read_photos` gave, sealed, inside the caller's transaction."""
    for photo in photos:
        kept = files.keep(photo, name="anh.jpg", media_type=MEDIA_TYPE, by=by, at=at)
        Photo.objects.create(inspection=inspection, report=report, file_id=kept.pk, at=at)


def let_photos_go(*, at: datetime) -> int:
    """Destroy photos that are past their time, bytes first; how many."""
    past = list(past_photos(at).values_list("pk", "file_id"))
    for photo_id, file_id in past:
        files.destroy(file_id)
        Photo.objects.filter(pk=photo_id).delete()
    return len(past)
