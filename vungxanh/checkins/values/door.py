"""What the public page of a point shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vungxanh.checkins.values.kinds import LIVING, State
from vungxanh.checkins.values.verdicts import Verdict
from vungxanh.refusals import Words

MISS_COSTS: Final = 20
"""Calls that asking for a code which nobody has counts as: guessing is slow, scanning is not."""
_STOPPING: Final = frozenset(
    {
        Verdict.FORGED,
        Verdict.OTHER_PLACE,
        Verdict.OTHER_SITE,
        Verdict.REVOKED,
        Verdict.UNKNOWN_KEY,
    }
)


@dataclass(frozen=True, slots=True)
class DoorPoint:
    """One point as anybody may see it; `shown` is the code that was asked for, in groups.

    Where that is the code of a point merged into this one, `former_name` is what its posters say
    and `kept` this one's own code in groups; else both are empty.
    """

    id: int
    code: str
    shown: str
    kind: Words
    name: str
    address: str
    commune: str
    province: str
    state: State
    is_invented: bool
    stay_minutes: int = 60
    former_name: str = ""
    kept: str = ""

    @property
    def place(self) -> str:
        """Where it is, from the street to the province."""
        return ", ".join(filter(None, (self.address, self.commune, self.province)))

    @property
    def is_living(self) -> bool:
        """Whether its codes are good."""
        return self.state in LIVING


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says of a code: the verdict, of which entrance, since or until when."""

    verdict: Verdict
    entrance: str = ""
    at: datetime | None = None
    number: int = 0

    @property
    def stops(self) -> bool:
        """Whether nobody should check in by it: it hangs elsewhere, or was never issued."""
        return self.verdict in _STOPPING
