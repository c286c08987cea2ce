"""Staff as others may know them, and what they are in charge of."""

from vungxanh.accounts.values.areas import (
    Area,
    Standing,
    area_of,
    era_of,
    standing_of,
    told_apart,
)
from vungxanh.accounts.values.factors import FactorRow, Factors
from vungxanh.accounts.values.staff import (
    DEMO_ACCOUNTS,
    STAFF,
    NewAccount,
    StaffCard,
    StaffRef,
)

__all__ = [
    "DEMO_ACCOUNTS",
    "STAFF",
    "Area",
    "FactorRow",
    "Factors",
    "NewAccount",
    "StaffCard",
    "StaffRef",
    "Standing",
    "area_of",
    "era_of",
    "standing_of",
    "told_apart",
]
