"""What staff may do, and how long somebody waits after wrong passwords."""

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
from vungxanh.accounts.rules.waiting import (
    FORGOTTEN_AFTER,
    FREE_FAILURES_OF_ACCOUNT,
    FREE_FAILURES_OF_ADDRESS,
    neighbourhood,
    wait_after,
)

__all__ = [
    "FORGOTTEN_AFTER",
    "FREE_FAILURES_OF_ACCOUNT",
    "FREE_FAILURES_OF_ADDRESS",
    "ROLES",
    "START",
    "Limit",
    "Role",
    "RoleSpec",
    "capabilities",
    "first_page",
    "needs_second_factor",
    "neighbourhood",
    "specs",
    "wait_after",
]
