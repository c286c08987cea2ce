"""Which unit of a given list a line is: by its identifier, its code, or its name alone."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache

from vungxanh.engines.checks.types import KnownUnit, Row
from vungxanh.engines.names import words
from vungxanh.engines.names.readings import BEFORE
from vungxanh.engines.names.spelling import is_less_marked, spelling, syllable


class Identities:
    """A list of units, to be found by what lines say; a name that several bear finds none."""

    def __init__(self, units: Sequence[KnownUnit]) -> None:
        self._by_id = {unit.id: unit for unit in units}
        self._by_code = {unit.id.partition(":")[2]: unit for unit in units}

    @cached_property
    def _by_name(self) -> dict[str, list[KnownUnit]]:
        """By bare names; made only when a line has nothing but a name."""
        named: dict[str, list[KnownUnit]] = defaultdict(list)
        for unit in self._by_id.values():
            named[bare(unit.name)].append(unit)
        return named

    def of(self, row: Row) -> KnownUnit | None:
        """The unit of a line; None if it is none of these, or not one alone."""
        if row.unit:
            return self._by_id.get(row.unit)
        if row.code:
            return self._by_code.get(row.code)
        named = self._by_name.get(bare(row.name), [])
        word = type_of(row.name)
        kept = [unit for unit in named if word in (None, type_of(unit.name))]
        return kept[0] if len(kept) == 1 else None


def bare(name: str) -> str:
    """A name without accents and type word, i and y alike: "TP. Quy Nhơn", "Thành phố Qui Nhơn".

    >>> bare("TP. Quy Nhơn"), bare("Thành phố Qui Nhơn"), bare("Xà Phiên")
    ('qui nhon', 'qui nhon', 'xa phien')
    """
    return _parted(name)[0]


def type_of(name: str) -> str | None:
    """The type word of a name: "TP. Cao Lãnh" and "Huyện Cao Lãnh" are two units.

    >>> type_of("TP. Cao Lãnh"), type_of("Cao Lãnh (huyện)"), type_of("Cao Lãnh")
    ('thành phố', 'huyện', None)
    """
    return _parted(name)[1]


@lru_cache(maxsize=32_768)
def _parted(name: str) -> tuple[str, str | None]:
    """What `names.without_type` and `names.readings` say, for many names at once."""
    written = words(name)
    sizes = range(1, min(3, len(written)))
    before = {size: word for size in sizes if (word := _word(written[:size], is_before=True))}
    after = {size: word for size in sizes if (word := _word(written[-size:], is_before=False))}
    rest = written[max(before, default=0) :]
    found = (before.get(size) or after.get(size) for size in sizes)
    folded = " ".join(syllable(word).base for word in rest)
    return folded.replace("y", "i"), next(filter(None, found), None)


@lru_cache(maxsize=4_096)
def _word(part: tuple[str, ...], *, is_before: bool) -> str | None:
    """The type word that a few words are; a lone letter after a name is none."""
    form = BEFORE.get(tuple(syllable(word).base for word in part))
    is_letter = len(part) == 1 and len(part[0]) == 1
    if form is None or (is_letter and not is_before):
        return None
    return form.type_word if is_less_marked(spelling(part), form.spelt) else None
