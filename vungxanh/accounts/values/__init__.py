"""Staff as others may know them, and what they are in charge of."""

from vungxanh.accounts.values.areas import (
    Area,
    Standing,
    area_of,
    counterparts_of,
    era_of,
    own_units,
    standing_of,
    told_apart,
)
from vungxanh.accounts.values.factors import FactorRow, Factors
from vungxanh.accounts.values.managing import (
    MANAGE,
    Asker,
    InvitationLine,
    Preview,
    Rights,
    StaffLine,
    Wanted,
)
from vungxanh.accounts.values.sessions import Browser, SessionLine
from vungxanh.accounts.values.staff import (
    DEMO_ACCOUNTS,
    STAFF,
    NewAccount,
    StaffCard,
    StaffRef,
)

__all__ = [
    "DEMO_ACCOUNTS",
    "MANAGE",
    "STAFF",
    "Area",
    "Asker",
    "Browser",
    "FactorRow",
    "Factors",
    "InvitationLine",
    "NewAccount",
    "Preview",
    "Rights",
    "SessionLine",
    "StaffCard",
    "StaffLine",
    "StaffRef",
    "Standing",
    "Wanted",
    "area_of",
    "counterparts_of",
    "era_of",
    "own_units",
    "standing_of",
    "told_apart",
]
