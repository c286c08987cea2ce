"""What somebody has said so far of a point that they are about to register."""

from typing import ClassVar

from django.db import models

from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import SealedField

KEPT = Keep(7, after="it was last written")


class PointDraft(models.Model):
    """The answers of one person, as typed; there is one at a time, and none once it is stored."""

    owner = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    content = SealedField()
    at = models.DateTimeField()

    privacy = (
        internal("at", keep=KEPT)
        | personal("content", keep=KEPT)
        | pseudonymous("owner", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["owner"]
