"""What is asked about a person, what is known of one, and how well the two agree."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# The register of a middle-sized province; its size is what a coincidence is weighed against.
PEOPLE_OF_A_PROVINCE: Final = 1_500_000


class Sex(StrEnum):
    """As papers write it."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True, repr=False)
class Particulars:
    """What is written of a person, by who asks or in the register; empty or None is unknown.

    `name` as written; `residence` the units from the province downward, as far as known, by opaque
    ids; `phones` and `papers` (kind and number as one text) in one form chosen by the caller.
    """

    name: str = ""
    birth_year: int | None = None
    sex: Sex | None = None
    residence: tuple[str, ...] = ()
    phones: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()


class PersonAsked(Particulars):
    """What the writer of a form, list or message says."""

    __slots__ = ()


class PersonKnown(Particulars):
    """What the register says of one person."""

    __slots__ = ()


class Reason(StrEnum):
    """Why a likeness is what it is, for a sentence in the room that asks."""

    NAME_SAME = "name_same"
    NAME_LESS_MARKED = "name_less_marked"  # the same letters, accents left out on one side
    NAME_SPELT_OTHERWISE = "name_spelt_otherwise"  # i for y, other accents, a letter mistaken
    NAME_SHORTENED = "name_shortened"  # initials, or syllables left out
    NAME_REORDERED = "name_reordered"  # the given name first
    NAME_DIFFERS = "name_differs"
    BIRTH_YEAR_SAME = "birth_year_same"
    BIRTH_YEAR_NEAR = "birth_year_near"  # one year apart
    BIRTH_YEAR_DIFFERS = "birth_year_differs"
    SEX_DIFFERS = "sex_differs"
    RESIDENCE_SAME = "residence_same"  # as low as both say
    RESIDENCE_DIFFERS = "residence_differs"
    PHONE_SAME = "phone_same"
    PHONE_DIFFERS = "phone_differs"
    PAPERS_SAME = "papers_same"
    PAPERS_DIFFER = "papers_differ"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely it is that both are one person: `score` from 0 to 1, `name` that of names alone.

    The score is the chance under the weights of the README, before other candidates are looked
    at. `reasons` stand in the order of `Reason`.
    """

    score: float
    name: float
    reasons: tuple[Reason, ...]


class Part(StrEnum):
    """By what a register can be searched."""

    PAPERS = "papers"
    PHONE = "phone"
    PAIR = "pair"
    SYLLABLE = "syllable"
    BIRTH_YEAR = "birth_year"


@dataclass(frozen=True, slots=True)
class Demand:
    """A row must have one of these values of one part, or every one of them."""

    part: Part
    values: tuple[str, ...]
    is_all: bool = False


# One question to the register: every demand must hold.
Block = tuple[Demand, ...]
