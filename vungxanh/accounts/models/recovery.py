"""Lost second factors: who asked for help, and which two colleagues know the person."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.accounts.models.staff import Staff
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, pseudonymous

# As long as the acts of an account may be asked about.
KEPT = Keep(730, after="it was asked")


class Recovery(models.Model):
    """One request of somebody whose second factor is lost; it ends after a day.

    `first_by` and `second_by` are the two who confirmed that they know the person; with the
    second the factors are removed and `done_at` is set. `dropped_at` is set when it is refused
    or taken back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="recoveries")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    first_by = models.CharField(max_length=64, blank=True)
    first_at = models.DateTimeField(null=True)
    second_by = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True)
    dropped_by = models.CharField(max_length=64, blank=True)
    dropped_at = models.DateTimeField(null=True)

    privacy = internal(
        "id", "asked_at", "expires_at", "first_at", "done_at", "dropped_at", keep=KEPT
    ) | pseudonymous("staff", "first_by", "second_by", "dropped_by", keep=KEPT)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["asked_at"], name="recoveries_by_time")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="recovery_one_open_of_a_person",
                fields=["staff"],
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
            ),
            models.CheckConstraint(
                name="recovery_is_done_by_two",
                condition=Q(done_at__isnull=True, second_by="")
                | (
                    Q(done_at__isnull=False, first_at__isnull=False, dropped_at__isnull=True)
                    & ~Q(first_by="")
                    & ~Q(second_by="")
                    & ~Q(first_by=F("second_by"))
                ),
            ),
            models.CheckConstraint(
                name="recovery_first_has_a_time",
                condition=Q(first_by="", first_at__isnull=True)
                | (~Q(first_by="") & Q(first_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="recovery_drop_has_a_person",
                condition=Q(dropped_by="", dropped_at__isnull=True)
                | (~Q(dropped_by="") & Q(dropped_at__isnull=False)),
            ),
        ]
