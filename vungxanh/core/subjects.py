"""What rooms keep of one subject, and how they are asked for it: to tell, hand out, take away.

A room registers in its AppConfig, each optional:

- `held(subject, at) -> Sequence[HeldLine]`: what it keeps of the subject, in words;
- `export(subject) -> Mapping[str, Sequence[Mapping[str, object]]]`: the same, whole, by table;
- `erase(subject, at) -> Mapping[str, int]`: takes away what may go, inside the caller's
  transaction, and tells how many rows of which table went;
- `absorb(absorbed, kept, at) -> int`: gives what it keeps of one person's number to another, who
  they turned out to be, inside the caller's transaction;
- `left(subject) -> Mapping[str, int]`: reads again what ought to be gone, by table, zeros too;
- `stores() -> Sequence[Store]`: where it keeps things outside the database.

A room gets references, ids and addresses, and needs to open nothing itself.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.apps import apps

from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True, repr=False)
class Subject:
    """Somebody asked about: reference, devices, addresses (numbers, push) that were written to."""

    ref: str
    id: int | None = None
    devices: tuple[UUID, ...] = ()
    device_refs: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    def as_text(self) -> str:
        """The same as a text, to be kept sealed.

        >>> somebody = Subject("person:1", 1, device_refs=("citizen:2",))
        >>> Subject.from_text(somebody.as_text()) == somebody
        True
        """
        return json.dumps(
            {
                "ref": self.ref,
                "id": self.id,
                "devices": [str(device) for device in self.devices],
                "device_refs": self.device_refs,
                "addresses": self.addresses,
            }
        )

    @classmethod
    def from_text(cls, text: str) -> "Subject":
        """What `as_text` wrote."""
        told = json.loads(text)
        return cls(
            ref=told["ref"],
            id=told["id"],
            devices=tuple(UUID(device) for device in told["devices"]),
            device_refs=tuple(told["device_refs"]),
            addresses=tuple(told["addresses"]),
        )


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One sort of thing that a room keeps of somebody: how many, until when, and why.

    `kept_until` is None where the end hangs on an event that has not come; `why` says which.
    `goes` tells whether erasing takes it away; `table` names its rows in what the room exports.
    """

    room: str
    what: Words
    n: int
    kept_until: date | None
    why: Words
    goes: bool = True
    table: str = ""


class Store(Protocol):
    """A place outside the database: files, a Parquet table, an index on disk."""

    name: str

    def contains(self, subject: Subject) -> int:
        """How many entries of the subject lie there."""

    def erase(self, subject: Subject, at: datetime) -> int:
        """Take them away; how many there were. Twice is as good as once."""


Rows = Mapping[str, Sequence[Mapping[str, object]]]


def held(subject: Subject, at: datetime) -> tuple[HeldLine, ...]:
    """What every room keeps of the subject; lines of nothing are left out."""
    lines = [line for config in _rooms("held") for line in config.held(subject, at)]
    return tuple(line for line in lines if line.n)


def export(subject: Subject) -> dict[str, Rows]:
    """Everything that every room keeps of the subject, by room and table."""
    return {config.label: config.export(subject) for config in _rooms("export")}


def erase(subject: Subject, at: datetime) -> dict[str, dict[str, int]]:
    """Let every room take away what it keeps, upper rooms first; counts by room and table."""
    rooms = list(_rooms("erase"))[::-1]
    return {config.label: dict(config.erase(subject, at)) for config in rooms}


def absorb(absorbed: int, kept: int, at: datetime) -> None:
    """Tell every room that a person turned out to be another."""
    for config in _rooms("absorb"):
        config.absorb(absorbed, kept, at)


def left(subject: Subject) -> dict[str, int]:
    """What every room still finds of the subject, by table, those with nothing too."""
    found: dict[str, int] = {}
    for config in _rooms("left"):
        found.update(config.left(subject))
    return found


def stores() -> tuple[Store, ...]:
    """Every place outside the database that a room registered."""
    return tuple(store for config in _rooms("stores") for store in config.stores())


def _rooms(word: str) -> Iterator[Any]:
    return (config for config in apps.get_app_configs() if hasattr(config, word))
