"""Who keeps a point: how they are named, how they are shown, and what is refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from vungxanh.checkins.values.refusals import PointError
from vungxanh.refusals import Words

MOST_KEEPERS: Final = 20
OWN: Final = "points.own"


@dataclass(frozen=True, slots=True, repr=False)
class KeeperLine:
    """One keeper of a point: the number, whole or masked as the asker may see it, or an account."""

    id: UUID
    shown: str
    is_account: bool
    at: datetime


def keeper_unknown() -> PointError:
    """What was typed is neither a number nor an account that keeps points."""
    return PointError(
        "checkins.keeper_unknown",
        Words(
            "Không đọc được người trực. Ghi một số di động; cán bộ ghi được cả thư điện tử của "
            "tài khoản có vai trò người trực hoặc chủ điểm.",
            "This names no keeper. Write one mobile number; officers may also write the address "
            "of an account with the role of a keeper or owner.",
        ),
        field="who",
    )


def keeper_named() -> PointError:
    """The number or account keeps the point already."""
    return PointError(
        "checkins.keeper_already",
        Words(
            "Người này đang được trực điểm này rồi.",
            "This person keeps this point already.",
        ),
        field="who",
    )


def many_keepers() -> PointError:
    """A point has as many keepers as it may."""
    return PointError(
        "checkins.many_keepers",
        Words(
            f"Một điểm có nhiều nhất {MOST_KEEPERS} người trực. Thôi quyền của ai đó trước.",
            f"A point has at most {MOST_KEEPERS} keepers. Take the right of one back first.",
        ),
        field="who",
    )
