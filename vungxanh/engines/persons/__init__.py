"""Which of these people a written name means."""

from vungxanh.engines.persons.core import likeness, likeness_of_names
from vungxanh.engines.persons.parts import block_of, name_tokens
from vungxanh.engines.persons.types import (
    Block,
    Demand,
    Likeness,
    Part,
    PersonAsked,
    PersonKnown,
    Reason,
    Sex,
)

__all__ = [
    "Block",
    "Demand",
    "Likeness",
    "Part",
    "PersonAsked",
    "PersonKnown",
    "Reason",
    "Sex",
    "block_of",
    "likeness",
    "likeness_of_names",
    "name_tokens",
]
