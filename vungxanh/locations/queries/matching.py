"""What a written name means below a parent, with candidates instead of guesses."""

from collections.abc import Iterable

from vungxanh.engines import names
from vungxanh.locations import rules
from vungxanh.locations.queries.units import descendants
from vungxanh.locations.values import Level, Match, MatchKind, Unit, UnitId, place_of


def match(text: str, parent_id: str, level: Level | None = None) -> Match:
    """What a written name means among all units below a parent, or those of one level.

    Never chooses between two: "An Lão" below Bình Định is a district and a commune, so without a
    level both are candidates. For many names of one parent use `matcher`.
    """
    return matcher(parent_id, level).match(text)


def matcher(parent_id: str, level: Level | None = None) -> "Matcher":
    """Names below a parent, ready for many look-ups without further queries; two queries."""
    return Matcher(descendants(parent_id, level))


class Matcher:
    """Look-ups of written names among some units."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {one.id: one for one in units}
        self._index = names.NameIndex(place_of(one) for one in self._units.values())

    def match(self, text: str) -> Match:
        """What `text` means among these units."""
        found = self._index.find(text)
        hits = [self._units[UnitId(key)] for key in found.keys]
        hits.sort(key=lambda one: (one.sort_key, one.id))
        is_one = found.kind in (names.Kind.EXACT, names.Kind.FOLDED)
        return Match(
            text=text,
            kind=MatchKind(found.kind.value),
            unit=hits[0] if is_one else None,
            candidates=tuple(hits),
            reason=rules.reason(found.why, text, [one.name for one in hits]),
            why=found.why,
        )
