"""Staff and their failed sign-ins."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Now

from vungxanh.accounts.rules import Role, neighbourhood
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import A_DAY, WHILE_EMPLOYED, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField

EMAIL_INDEX = IndexKey("accounts_staff.email")
FAILURES = IndexKey("accounts_failedsignins.key")


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
    """Somebody who works here: one person, one account, one role, one unit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = SealedField()
    email_index = models.BinaryField(max_length=32, unique=True)
    name = SealedField()
    role = models.CharField(max_length=32)
    unit = models.CharField(max_length=32, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "email_index"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    privacy = (
        internal("id", "role", "unit", "is_active", "is_demo", "created_at")
        | pseudonymous("email_index", "last_login", keep=WHILE_EMPLOYED)
        | personal("email", "name", "password", keep=WHILE_EMPLOYED)
    )

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="staff_role_is_known", condition=models.Q(role__in=[str(r) for r in Role])
            ),
            models.CheckConstraint(
                name="staff_unit_is_an_id",
                condition=models.Q(unit__regex="^([a-z0-9-]+:[a-z0-9]+)?$"),
            ),
        ]

    def __str__(self) -> str:
        """The reference, never the name: this is what logs and tracebacks print."""
        return f"staff:{self.pk}"


class FailedSignIns(models.Model):
    """How often one account or one address failed in a row; keyed digests, forgotten in a day."""

    key = models.BinaryField(primary_key=True, max_length=32)
    n_failures = models.PositiveIntegerField()
    last_at = models.DateTimeField()
    blocked_until = models.DateTimeField()

    privacy = internal("n_failures", "last_at", "blocked_until", keep=A_DAY) | pseudonymous(
        "key", keep=A_DAY
    )

    class Meta:
        ordering: ClassVar = ["key"]
        indexes: ClassVar = [models.Index(fields=["last_at"], name="failed_sign_ins_by_time")]

    @staticmethod
    def key_of_account(email: str) -> bytes:
        """The keyed digest under which failures of one account are counted, there or not."""
        return FAILURES.digest(f"account {email}")

    @staticmethod
    def key_of_address(address: str) -> bytes:
        """The keyed digest under which failures from one address are counted."""
        return FAILURES.digest(f"address {neighbourhood(address)}")
