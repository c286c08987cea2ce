"""Every stored field says how private it is and how long it is kept; a test refuses silence."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class PrivacyClass(StrEnum):
    """How private a field is, from least to most."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PSEUDONYMOUS = "pseudonymous"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Keep:
    """How long a field is kept: so many days after an event, or without end when `days` is None."""

    days: int | None
    after: str = "it was written"

    @property
    def period(self) -> timedelta:
        """The retention as a duration; what is kept for good has the longest there is."""
        return timedelta.max if self.days is None else timedelta(days=self.days)


FOREVER = Keep(None)
A_DAY = Keep(1)
A_MONTH = Keep(30)
# Particulars of staff stay as long as the acts of their account may be asked about.
WHILE_EMPLOYED = Keep(730, after="the account was closed")


@dataclass(frozen=True, slots=True)
class Privacy:
    """The class and the retention of one field."""

    cls: PrivacyClass
    keep: Keep


def public(*fields: str, keep: Keep = FOREVER) -> dict[str, Privacy]:
    """Fields that anyone may read."""
    return _declared(fields, PrivacyClass.PUBLIC, keep)


def internal(*fields: str, keep: Keep = FOREVER) -> dict[str, Privacy]:
    """Fields for staff that say nothing about a person."""
    return _declared(fields, PrivacyClass.INTERNAL, keep)


def pseudonymous(*fields: str, keep: Keep = FOREVER) -> dict[str, Privacy]:
    """Fields that point at a person only for somebody who holds another table or a key."""
    return _declared(fields, PrivacyClass.PSEUDONYMOUS, keep)


def personal(*fields: str, keep: Keep) -> dict[str, Privacy]:
    """Fields that name or reach a person: sealed, never kept without end by default."""
    return _declared(fields, PrivacyClass.PERSONAL, keep)


def sensitive(*fields: str, keep: Keep) -> dict[str, Privacy]:
    """Fields on health, movements or identity papers (Law 91/2025/QH15): sealed."""
    return _declared(fields, PrivacyClass.SENSITIVE, keep)


def _declared(fields: tuple[str, ...], cls: PrivacyClass, keep: Keep) -> dict[str, Privacy]:
    return {field: Privacy(cls, keep) for field in fields}


# Tables of the libraries beneath us, by Django label or table name.
THIRD_PARTY: dict[str, Privacy] = {
    "auth.Permission": Privacy(PrivacyClass.INTERNAL, FOREVER),
    "auth.Group": Privacy(PrivacyClass.INTERNAL, FOREVER),
    "auth.Group_permissions": Privacy(PrivacyClass.INTERNAL, FOREVER),
    "contenttypes.ContentType": Privacy(PrivacyClass.INTERNAL, FOREVER),
    "django_migrations": Privacy(PrivacyClass.INTERNAL, FOREVER),
    # A second factor: its secret and name lie sealed within `data`, beside public keys.
    "mfa.Authenticator": Privacy(PrivacyClass.PSEUDONYMOUS, WHILE_EMPLOYED),
    # Stay empty: addresses lie sealed on the account alone.
    "account.EmailAddress": Privacy(PrivacyClass.PERSONAL, A_DAY),
    "account.EmailConfirmation": Privacy(PrivacyClass.PERSONAL, A_DAY),
    # A session holds the account's id and a keyed hash, no name.
    "sessions.Session": Privacy(PrivacyClass.PSEUDONYMOUS, A_MONTH),
    # Arguments of jobs are identifiers only: a job reads what it needs when it runs.
    "procrastinate.ProcrastinateJob": Privacy(PrivacyClass.PSEUDONYMOUS, A_MONTH),
    "procrastinate.ProcrastinateEvent": Privacy(PrivacyClass.INTERNAL, A_MONTH),
    "procrastinate.ProcrastinatePeriodicDefer": Privacy(PrivacyClass.INTERNAL, A_MONTH),
    "procrastinate.ProcrastinateWorker": Privacy(PrivacyClass.INTERNAL, A_DAY),
}
