"""Which tokens of a person make them findable."""

from vungxanh.engines.persons import name_tokens

SYLLABLE, PAIR, BIRTH_YEAR = "syllable", "pair", "birth_year"


def findable(name: str, birth_year: int | None) -> dict[str, tuple[str, ...]]:
    """The values to make tokens of, by sort: each sort has a key of its own.

    >>> findable("Người Mẫu", 1985)["birth_year"]
    ('1985',)
    """
    syllables, pairs = name_tokens(name)
    return {
        SYLLABLE: tuple(sorted(syllables)),
        PAIR: tuple(sorted(pairs)),
        BIRTH_YEAR: (str(birth_year),) if birth_year else (),
    }
