"""The copy that people take along: its sections, and the words of fields and values."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True, repr=False)
class Field:
    """One field of a row in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, repr=False)
class Section:
    """One sort of thing that a room keeps: what, how many, until when, why, and its rows in words.

    A row of which nothing can be read in words has no fields.
    """

    code: str
    what: str
    n: int
    until: date | None
    why: str
    goes: bool
    rows: tuple[tuple[Field, ...], ...]

    @property
    def has_words(self) -> bool:
        """Whether there is anything to read in its rows."""
        return any(self.rows)


@dataclass(frozen=True, slots=True)
class CopyWords:
    """Words by field, words of values by field and code, and fields that tell a reader nothing."""

    fields: Mapping[str, Words]
    values: Mapping[str, Mapping[str, Words]]
    silent: frozenset[str]


def style() -> str:
    """The style sheet that stands inside the page, which must open without a network."""
    return _published("copy.css")


@lru_cache(maxsize=1)
def copy_words() -> CopyWords:
    """Those that this version knows."""
    said = tomllib.loads(_published("copy.toml"))
    return CopyWords(
        fields={name: Words(**words) for name, words in said["fields"].items()},
        values={
            name: {code: Words(**words) for code, words in codes.items()}
            for name, codes in said["values"].items()
        },
        silent=frozenset(said["silent"]),
    )


def _published(name: str) -> str:
    return resources.files("vungxanh.people").joinpath(f"published/{name}").read_text("utf-8")
