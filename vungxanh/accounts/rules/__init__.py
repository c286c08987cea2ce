"""What staff may do, and how long somebody waits after wrong passwords."""

from vungxanh.accounts.rules.factors import (
    FACTOR,
    FRESH_FOR,
    MOST_PASSKEYS,
    PROVED_AT,
    is_fresh,
    must_prove,
    passkeys_work,
    steps,
)
from vungxanh.accounts.rules.roles import (
    ROLES,
    START,
    Limit,
    Role,
    RoleSpec,
    capabilities,
    first_page,
    needs_second_factor,
    specs,
)
from vungxanh.accounts.rules.sessions import (
    LONGEST,
    SEEN_EVERY,
    Lifetime,
    Why,
    browser_of,
    browser_words,
)
from vungxanh.accounts.rules.waiting import (
    FORGOTTEN_AFTER,
    FREE_FAILURES_OF_ACCOUNT,
    FREE_FAILURES_OF_ADDRESS,
    neighbourhood,
    wait_after,
)

__all__ = [
    "FACTOR",
    "FORGOTTEN_AFTER",
    "FREE_FAILURES_OF_ACCOUNT",
    "FREE_FAILURES_OF_ADDRESS",
    "FRESH_FOR",
    "LONGEST",
    "MOST_PASSKEYS",
    "PROVED_AT",
    "ROLES",
    "SEEN_EVERY",
    "START",
    "Lifetime",
    "Limit",
    "Role",
    "RoleSpec",
    "Why",
    "browser_of",
    "browser_words",
    "capabilities",
    "first_page",
    "is_fresh",
    "must_prove",
    "needs_second_factor",
    "neighbourhood",
    "passkeys_work",
    "specs",
    "steps",
    "wait_after",
]
