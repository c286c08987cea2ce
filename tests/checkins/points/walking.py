"""What becomes of codes, said as plainly as can be: a slow twin of the actions on points."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

LIVING = ("registered", "approved")


@dataclass(eq=False)
class Code:
    """One code that was issued for an entrance of a point."""

    point: int
    entrance: int
    is_dead: bool = False
    ends_at: datetime | None = None

    def is_good(self, at: datetime) -> bool:
        """Whether it holds at a moment."""
        return not self.is_dead and (self.ends_at is None or self.ends_at > at)


@dataclass(eq=False)
class Place:
    """One point: how it stands, where its codes lead, its open doors, what may be taken back."""

    state: str = "approved"
    into: int | None = None
    doors: list[int] = field(default_factory=lambda: [0])
    n_doors: int = 1
    former: str = ""
    taken: list[Code] = field(default_factory=list)
    led: list[int] = field(default_factory=list)
    kept_by: int = 0


@dataclass(eq=False)
class Twin:
    """Places and codes; every action says which entrances get a code, in the order of issue."""

    places: list[Place]
    codes: list[Code] = field(default_factory=list)

    def refused(self, at: datetime) -> list[int]:
        """Which codes, by their place in the order of issue, no longer hold."""
        return [n for n, code in enumerate(self.codes) if not code.is_good(at)]

    def leading_to(self, number: int, at: datetime) -> list[Code]:
        """The good codes that lead to a point."""
        ways = {number} | {n for n, one in enumerate(self.places) if one.into == number}
        return [code for code in self.codes if code.point in ways and code.is_good(at)]

    def issue(self, number: int, entrances: Iterable[int]) -> list[Code]:
        """New codes for entrances."""
        made = [Code(number, entrance) for entrance in entrances]
        self.codes += made
        return made

    def decide(self, number: int, state: str, at: datetime) -> None:
        """Approved, suspended, closed, opened again."""
        place = self.places[number]
        place.former, place.taken = place.state, []
        if place.state in LIVING and state not in LIVING:
            place.taken = self.leading_to(number, at)
            for code in place.taken:
                code.is_dead = True
        if place.state not in LIVING and state in LIVING:
            self.issue(number, place.doors)
        place.state = state

    def undo(self, number: int, at: datetime) -> None:
        """The last decision never was."""
        place = self.places[number]
        if place.state in LIVING and place.former not in LIVING:
            for code in self.leading_to(number, at):
                code.is_dead = True
        for code in place.taken:
            code.is_dead = False
        place.state, place.taken = place.former, []

    def rotate(self, number: int, ends_at: datetime | None, at: datetime) -> None:
        """New codes for all; the former end then, or now."""
        for code in self.leading_to(number, at):
            if ends_at is None:
                code.is_dead = True
            else:
                code.ends_at = min(code.ends_at or ends_at, ends_at)
        self.issue(number, self.places[number].doors)

    def rotate_door(self, number: int, entrance: int, at: datetime) -> None:
        """A new code for one door, the former ends now."""
        self._end(number, entrance, at)
        self.issue(number, [entrance])

    def open_door(self, number: int) -> None:
        """A further door."""
        place = self.places[number]
        place.doors.append(place.n_doors)
        self.issue(number, [place.n_doors])
        place.n_doors += 1

    def close_door(self, number: int, at: datetime) -> None:
        """The last door is no more."""
        self._end(number, self.places[number].doors.pop(), at)

    def merge(self, kept: int, gone: int) -> None:
        """Codes of one point lead to another from now on."""
        place = self.places[gone]
        place.led = [n for n, one in enumerate(self.places) if one.into == gone]
        for number in (*place.led, gone):
            self.places[number].into = kept
        place.former, place.state, place.kept_by = place.state, "closed", kept

    def part(self, gone: int) -> None:
        """The merging never was."""
        place = self.places[gone]
        for number in place.led:
            if self.places[number].into == place.kept_by:
                self.places[number].into = gone
        place.into, place.state = None, place.former

    def _end(self, number: int, entrance: int, at: datetime) -> None:
        for code in self.codes:
            if (code.point, code.entrance) == (number, entrance) and code.is_good(at):
                code.is_dead = True
