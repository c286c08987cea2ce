"""Failed sign-ins, counted per account and per address."""

from typing import ClassVar

from django.db import models

from vungxanh.core.limits.addresses import neighbourhood
from vungxanh.core.privacy import A_DAY, internal, pseudonymous
from vungxanh.core.sealed import IndexKey

FAILURES = IndexKey("accounts_failedsignins.key")


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
