"""Persons and their devices, as other rooms name them."""

from dataclasses import dataclass
from enum import StrEnum

PERSON = "person:"


class Origin(StrEnum):
    """How somebody came into the register."""

    APP = "app"
    DEPENDANT = "dependant"
    DOOR = "door"
    INTERVIEW = "interview"
    COMPANION = "companion"


class Platform(StrEnum):
    """What a device of the app runs."""

    ANDROID = "android"
    IOS = "ios"
    WEB = "web"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Residence:
    """Where somebody lives: a commune, and in words what lies below it."""

    unit: str
    address: str = ""


def person_ref(person_id: int) -> str:
    """The text by which the log and other rooms refer to a person.

    >>> person_ref(7)
    'person:7'
    """
    return f"{PERSON}{person_id}"
