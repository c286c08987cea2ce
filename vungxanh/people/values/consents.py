"""Texts that people are asked to agree to, by purpose and version."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

from vungxanh.refusals import Words


class Consenting(StrEnum):
    """What somebody may agree to; nothing here is agreed to by silence."""

    APP = "app"
    MESSAGES = "messages"
    BLUETOOTH_SHARING = "bluetooth_sharing"
    RESIDENCE = "residence"
    DECLARATIONS = "declarations"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One version of one text: its name, what is agreed to, which data, by whom, what ends."""

    purpose: Consenting
    version: int
    name: Words
    text: Words
    data: Words
    who: Words
    ends: Words


@dataclass(frozen=True, slots=True)
class ConsentState:
    """Where somebody stands towards one text: given in its version, in an older one, or not.

    `given_at` belongs to the newest consent that was not withdrawn; `is_old` asks again.
    """

    text: ConsentText
    given_at: datetime | None = None
    version: int | None = None

    @property
    def is_given(self) -> bool:
        """Whether the text in force is agreed to."""
        return self.version == self.text.version

    @property
    def is_old(self) -> bool:
        """Whether another version than the one in force was agreed to."""
        return self.version is not None and not self.is_given


def read_texts(toml: str) -> dict[Consenting, ConsentText]:
    """The texts of a TOML file by purpose; a missing word raises KeyError."""
    said = tomllib.loads(toml)
    return {Consenting(code): _text(Consenting(code), one) for code, one in said.items()}


@lru_cache(maxsize=1)
def texts() -> Mapping[Consenting, ConsentText]:
    """The texts in force, in the order in which they are asked."""
    place = resources.files("vungxanh.people").joinpath("published/consents.toml")
    return read_texts(place.read_text("utf-8"))


def _text(purpose: Consenting, said: Mapping[str, Any]) -> ConsentText:
    words = {
        part: Words(vi=said[part]["vi"], en=said[part]["en"])
        for part in ("name", "text", "data", "who", "ends")
    }
    return ConsentText(purpose=purpose, version=int(said["version"]), **words)
