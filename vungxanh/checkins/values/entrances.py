"""Which entrances stay, come and go when a point is written anew. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vungxanh.checkins.values import text_refusals as refused
from vungxanh.checkins.values.points import MOST_ENTRANCES, NewEntrance

HIGHEST: Final = 255
Numbered = tuple[int, NewEntrance]


@dataclass(frozen=True, slots=True)
class Doors:
    """Entrances by number: those that stay, perhaps renamed, new ones, and those that close."""

    kept: tuple[Numbered, ...]
    added: tuple[Numbered, ...]
    closed: tuple[int, ...]


def doors_after(
    now: Sequence[NewEntrance], wanted: Sequence[NewEntrance], *, highest: int
) -> Doors:
    """What becomes of the entrances of a point. `highest` is the last number that one ever had.

    A number is never given twice, so that an old poster never leads to another door. Raises
    `checkins.entrances_too_many` where numbers run out.

    >>> gate = NewEntrance("Cổng", number=1)
    >>> after = doors_after([gate], [NewEntrance("Sân")], highest=1)
    >>> [number for number, one in after.added], after.closed
    ([2], (1,))
    """
    known = {one.number for one in now}
    kept = tuple((one.number, one) for one in wanted if one.number and one.number in known)
    new = [one for one in wanted if one.number not in known]
    if highest + len(new) > HIGHEST:
        raise refused.too_many_entrances(MOST_ENTRANCES)
    added = tuple(enumerate(new, start=highest + 1))
    staying = {number for number, _ in kept}
    return Doors(kept, added, tuple(sorted(one for one in known if one and one not in staying)))
