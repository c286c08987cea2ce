"""Jobs that print posters, one or thousands."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, pseudonymous

KEPT = Keep(7, after="the posters were asked for")


class PosterJob(models.Model):
    """Posters that somebody asked for: of which points, in which form, how far they are.

    `asked` is the filter or the codes that were chosen. The finished ZIP is a kept file.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asked = models.JSONField()
    form = models.CharField(max_length=12)
    language = models.CharField(max_length=5, default="vi")
    n_all = models.PositiveIntegerField()
    n_done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, default="waiting")
    fault = models.CharField(max_length=60, blank=True)
    file_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True)

    privacy = internal(
        "id", "asked", "form", "language", "n_all", "n_done", "state", "fault", keep=KEPT
    ) | (internal("file_id", "at", "ended_at", keep=KEPT) | pseudonymous("by", keep=KEPT))

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="poster_job_state_is_known",
                condition=Q(state__in=["cancelled", "done", "failed", "running", "waiting"]),
            ),
            models.CheckConstraint(
                name="poster_job_does_not_overrun", condition=Q(n_done__lte=F("n_all"))
            ),
        ]
