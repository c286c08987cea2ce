"""By which parts of a name people are found, and what to ask the register first."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from typing import Final

from vungxanh.engines.names.spelling import spelling, words
from vungxanh.engines.persons.types import Block, Demand, Part, PersonAsked

# Borne by so many that they find nobody: the commonest family name, and two middle names.
STOP: Final = frozenset({"nguyen", "van", "thi"})
# Of a name that goes on and on only the first syllables are taken: six make fifteen pairs.
LONGEST: Final = 6
_VOWELS: Final = frozenset("aeiouy")


def syllables_of(name: str) -> tuple[str, ...]:
    """The syllables of a name, plain: no accents, tones, case; d for đ, i for y at the end.

    >>> syllables_of("Nguyễn Thị Thuý Vy")
    ('nguyen', 'thi', 'thui', 'vi')
    """
    return tuple(plain(word) for word in words(name) if not word.isdigit())[:LONGEST]


@lru_cache(maxsize=16384)  # syllables, never whole names: those of erased people would stay
def plain(word: str) -> str:
    """One syllable in lower case as it is compared; y and i are one letter at the end.

    >>> plain("đỗ"), plain("mỹ"), plain("huy"), plain("tây")
    ('do', 'mi', 'hui', 'tay')
    """
    return spelling((word,)).varied


def is_initial(syllable: str) -> bool:
    """Whether it has no vowel, as "Ng." or "V." have none."""
    return _VOWELS.isdisjoint(syllable)


def name_tokens(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The syllables and the pairs of syllables by which a name is found, each sorted.

    Initials are left out; so are stop syllables, unless at an end of the name, where they may be
    the given name, or unless nothing else is left. A pair is of any two syllables, in the order
    of the alphabet, so that no order of the name matters; not of two stop syllables.

    >>> name_tokens("Nguyễn Văn Mẫu")
    (('mau',), ('mau nguyen', 'mau van'))
    >>> name_tokens("Ng. V. Mau")
    (('mau',), ())
    """
    written = [one for one in syllables_of(name) if not is_initial(one)]
    telling = {one for one in written if one not in STOP} or set(written[-1:])
    both = {(min(pair), max(pair)) for pair in combinations(written, 2)}
    pairs = {f"{one} {other}" for one, other in both if not {one, other} <= STOP}
    return tuple(sorted(telling)), tuple(sorted(pairs))


def block_of(asked: PersonAsked) -> tuple[Block, ...]:
    """What to ask the register, the most selective question first; none when nothing is known.

    The caller asks one after the other until it has what it needs: later questions forgive more.
    """
    syllables, pairs = name_tokens(asked.name)
    years = _years(asked.birth_year)
    wanted: list[Block] = [
        (Demand(Part.PAPERS, tuple(sorted(asked.papers))),),
        (Demand(Part.PHONE, tuple(sorted(asked.phones))),),
        (Demand(Part.PAIR, pairs, is_all=True), Demand(Part.BIRTH_YEAR, years)),
        (Demand(Part.PAIR, pairs, is_all=True),),
        (Demand(Part.PAIR, pairs), Demand(Part.BIRTH_YEAR, years)),
        (Demand(Part.SYLLABLE, syllables), Demand(Part.BIRTH_YEAR, years)),
        (Demand(Part.PAIR, pairs),),
        (Demand(Part.SYLLABLE, syllables),),
    ]
    return tuple(_without_repeats(block for block in wanted if all(part.values for part in block)))


def _years(birth_year: int | None) -> tuple[str, ...]:
    """The year and its neighbours: people count years of age in two ways."""
    if birth_year is None:
        return ()
    return tuple(str(birth_year + apart) for apart in (0, -1, 1))


def _without_repeats(blocks: Iterable[Block]) -> list[Block]:
    """ "Every one" of a single value is "one of" it."""
    seen: dict[Block, None] = {}
    for block in blocks:
        seen[tuple(_simplest(demand) for demand in block)] = None
    return list(seen)


def _simplest(demand: Demand) -> Demand:
    return Demand(demand.part, demand.values, demand.is_all and len(demand.values) > 1)
