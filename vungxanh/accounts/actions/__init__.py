"""What is done with accounts."""

from vungxanh.accounts.actions.factors import reset_factors
from vungxanh.accounts.actions.refusals import (
    AccountRefusalError,
    DemoOnlyError,
    EmailTakenError,
    TooManyFailuresError,
    WeakPasswordError,
    WrongPasswordError,
)
from vungxanh.accounts.actions.signing_in import (
    change_password,
    forget_failures,
    sign_in,
    sign_out,
)
from vungxanh.accounts.actions.staff import add_staff, load_demo_staff

__all__ = [
    "AccountRefusalError",
    "DemoOnlyError",
    "EmailTakenError",
    "TooManyFailuresError",
    "WeakPasswordError",
    "WrongPasswordError",
    "add_staff",
    "change_password",
    "forget_failures",
    "load_demo_staff",
    "reset_factors",
    "sign_in",
    "sign_out",
]
