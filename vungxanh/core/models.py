"""What the core keeps: originals in the store, how often somebody called, changes of keys."""

from typing import ClassVar

from django.db import models

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import A_DAY, A_MONTH, Keep, internal, personal, pseudonymous
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


class LimitBucket(models.Model):
    """How often one key called, by a keyed digest; the table is unlogged and may be lost.

    `full_at` is the moment, in microseconds since 1970, at which the bucket is full again.
    """

    key = models.BinaryField(primary_key=True, max_length=32)
    full_at = models.BigIntegerField()
    was_taken = models.BooleanField()

    privacy = pseudonymous("key", keep=A_DAY) | internal("full_at", "was_taken", keep=A_DAY)

    class Meta:
        ordering: ClassVar = ["key"]


class KeyChange(models.Model):
    """How far one place (a table, or the files) has been sealed again under a new key.

    `last_row` is the primary key, or name, behind which to go on; empty at the beginning and at
    the end. `n_rows` counts what was sealed again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    use = models.CharField(max_length=10)
    to_key = models.CharField(max_length=8)
    place = models.CharField(max_length=128)
    last_row = models.CharField(max_length=128, blank=True)
    n_rows = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    privacy = internal("id", "use", "to_key", "place", "n_rows", "begun_at", "ended_at") | (
        pseudonymous("last_row", keep=A_MONTH)
    )

    class Meta:
        ordering: ClassVar = ["place", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="key_change_of_a_place_once", fields=["use", "to_key", "place"]
            ),
            models.CheckConstraint(
                name="key_change_ended_has_no_last_row",
                condition=models.Q(ended_at__isnull=True) | models.Q(last_row=""),
            ),
            models.CheckConstraint(
                name="key_change_names_a_key", condition=models.Q(to_key__regex="^[0-9a-f]{8}$")
            ),
        ]
