"""What citizens see of themselves on their own phone."""

from dataclasses import dataclass, field
from datetime import datetime

from vungxanh.people.values.standing import Colour


@dataclass(frozen=True, slots=True, repr=False)
class OwnState:
    """How a phone stands: `number` is masked and empty until proved, `place` empty until told."""

    since: datetime
    has_person: bool = False
    number: str = ""
    place: str = ""
    card: Colour | None = None
    card_until: datetime | None = None

    @property
    def is_proved(self) -> bool:
        """Whether the holder of this phone proved a number."""
        return bool(self.number)


@dataclass(frozen=True, slots=True, repr=False)
class OwnCard:
    """Name and year of birth, each empty where nobody wrote it down."""

    name: str
    year: str


@dataclass(frozen=True, slots=True, repr=False)
class OwnPaper:
    """An identity paper, masked and whole."""

    id: int
    kind: str
    masked: str
    number: str


@dataclass(frozen=True, slots=True, repr=False)
class OwnParticulars:
    """What is written down of a person; `birth` as it is kept, "1985" or "1985-03-20"."""

    name: str
    birth: str
    sex: str
    address: str
    papers: tuple[OwnPaper, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class OwnKnown:
    """What is known of a phone's holder, each empty where it is not; number and paper masked."""

    name: str = ""
    year: str = ""
    sex: str = ""
    paper: str = ""
    unit: str = ""
    place: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Dependant:
    """Somebody of the family who has no phone."""

    id: int
    name: str
    birth: str
    sex: str


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What a guardian says of a dependant."""

    name: str
    birth: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Left:
    """A dependant who is written down elsewhere than their guardian will be, and where."""

    id: int
    name: str
    place: str


@dataclass(frozen=True, slots=True, repr=False)
class WaitingCode:
    """A code that was sent and not yet answered; `number` is masked, `e164` whole."""

    number: str
    e164: str
    until: datetime
    again_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A unit to live in, or within which to choose; `was` names it by its former name."""

    id: str
    name: str
    above: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """What a search for a residence gave: communes, and wider units to look into."""

    communes: tuple[Place, ...] = ()
    wider: tuple[Place, ...] = ()
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step down the tree: the units already passed, and those to choose from."""

    passed: tuple[Place, ...] = ()
    offered: tuple[Place, ...] = ()
    chosen: Place | None = field(default=None)


@dataclass(frozen=True, slots=True, repr=False)
class Holder:
    """Who holds a phone whose number was proved, for what they do in other rooms."""

    id: int
    name: str
    number: str
    residence: str
