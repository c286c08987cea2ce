"""Staff: who works here, in which roles, for which units."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import WHILE_EMPLOYED, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField

EMAIL_INDEX = IndexKey("accounts_staff.email")
# No hash of any password: its account was closed so long ago that name and address are gone.
EMPTIED = "!emptied"


if TYPE_CHECKING:
    Manager = BaseUserManager["Staff"]
else:
    Manager = BaseUserManager


class StaffManager(Manager):
    """Finds staff by e-mail address through its blind index."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """The staff member with this e-mail address, whatever its case."""
        return self.get(email_index__in=EMAIL_INDEX.digests(username or ""))


class Staff(AbstractBaseUser):
    """Somebody who works here: one person, one account.

    `roles` are codes of `rules.ROLES`, `units` ids of units of any era; `scopes` are the single
    things that a role may be limited to, as `list:<id>`. The account ends at `ends_at`, if set;
    `closed_at` is when it was closed by hand. With the password `EMPTIED` its particulars are gone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = SealedField()
    email_index = models.BinaryField(max_length=32, unique=True)
    name = SealedField()
    roles = ArrayField(models.CharField(max_length=32))
    units = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    scopes = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "email_index"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    privacy = (
        internal("id", "roles", "units", "scopes", "ends_at", "is_active", "is_demo", "created_at")
        | internal("closed_at")
        | pseudonymous("email_index", "last_login", keep=WHILE_EMPLOYED)
        | personal("email", "name", "password", keep=WHILE_EMPLOYED)
    )

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="staff_has_a_role", condition=models.Q(roles__len__gt=0)),
        ]

    def __str__(self) -> str:
        """The reference, never the name: this is what logs and tracebacks print."""
        return f"staff:{self.pk}"
