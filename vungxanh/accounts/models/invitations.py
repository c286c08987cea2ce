"""Invitations: who was asked to work here, in which roles, by whom."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vungxanh.accounts.models.staff import Staff
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField

KEPT = Keep(90, after="the link ran out")
TOKENS = IndexKey("accounts_invitation.digest", normalise=str)


class Invitation(models.Model):
    """One invitation by link; of the link's token only the keyed digest lies here.

    Roles, units, scopes and the account's end are what the account will be made with.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    email = SealedField()
    email_index = models.BinaryField(max_length=32)
    roles = ArrayField(models.CharField(max_length=32))
    units = ArrayField(models.CharField(max_length=32))
    scopes = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    ends_at = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    staff = models.ForeignKey(Staff, on_delete=models.SET_NULL, null=True, related_name="+")

    privacy = (
        internal("id", "roles", "units", "scopes", "ends_at", keep=KEPT)
        | internal("made_at", "expires_at", "withdrawn_at", "used_at", keep=KEPT)
        | pseudonymous("digest", "email_index", "made_by", "staff", keep=KEPT)
        | personal("email", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["expires_at"], name="invitations_by_end"),
            models.Index(fields=["made_by"], name="invitations_by_maker"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="invitation_one_open_of_an_address",
                fields=["email_index"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_is_used_or_withdrawn",
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_has_a_role", condition=Q(roles__len__gt=0, units__len__gt=0)
            ),
        ]
