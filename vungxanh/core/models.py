"""What the core keeps: originals in the file store."""

from typing import ClassVar

from django.db import models

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import SealedField

# Originals are kept as long as what was made from them may be questioned (ten years).
ORIGINALS = Keep(3653)


class StoredFile(models.Model):
    """One keeping of one file; equal contents share their bytes on disk through `address`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address = models.CharField(max_length=64, db_index=True)
    is_sealed = models.BooleanField()
    sha256 = SealedField()
    size_bytes = models.BigIntegerField()
    name = SealedField()
    media_type = models.CharField(max_length=127)
    kept_by = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    privacy = (
        internal("id", "is_sealed", "size_bytes", "media_type", "kept_at", keep=ORIGINALS)
        | pseudonymous("address", "kept_by", keep=ORIGINALS)
        | personal("sha256", "name", keep=ORIGINALS)
    )

    class Meta:
        ordering: ClassVar = ["kept_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="stored_file_address_is_a_digest",
                condition=models.Q(address__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="stored_file_size_is_not_negative", condition=models.Q(size_bytes__gte=0)
            ),
        ]
