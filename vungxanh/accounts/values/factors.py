"""The second factors of an account."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Factors:
    """How many of each kind an account has; recovery codes come with one of the others."""

    totp: bool
    n_passkeys: int
    n_recovery_left: int

    @property
    def is_any(self) -> bool:
        """Whether sign-in asks for a second step."""
        return self.totp or self.n_passkeys > 0


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One authenticator app or passkey, as its owner sees it; `name` is empty for an app."""

    id: int
    kind: str
    name: str
    created_at: datetime
    last_used_at: datetime | None
