"""When officers and keepers' devices looked persons up, so that an hour lets so many pass."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from vungxanh.core.privacy import A_DAY, pseudonymous


class LookUpTimes(models.Model):
    """The moments of one officer's or device's look-ups within two hours, under a keyed digest."""

    key = models.BinaryField(primary_key=True, max_length=32)
    taken_at = ArrayField(models.DateTimeField())
    last_at = models.DateTimeField()

    privacy = pseudonymous("key", "taken_at", "last_at", keep=A_DAY)

    class Meta:
        ordering: ClassVar = ["key"]
        indexes: ClassVar = [models.Index(fields=["last_at"], name="look_up_times_to_purge")]
