"""The URLs to attack: the table's rows, with the addresses of things that are there and are not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vungxanh.core.access import OPEN, Entry, table

PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
ABSENT = {
    "uuid": "0196f0a0-0000-7000-8000-00000000dead",
    "uuidstr": "0196f0a0-0000-7000-8000-00000000dead",
    "int": "987654321",
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What a part of an address stands for: `parameter` of the URLs that begin with `under`.

    `value` names a thing that is there, in Quy Nhơn. `is_secret` tells that another area must not
    learn whether it is there; what anyone may know, a unit or a published table, is not secret.
    `is_shared` tells that it is the installation's and no area's: whoever has the right may act.
    """

    under: str
    parameter: str
    value: str
    is_secret: bool = True
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """One URL with an address that leads to a real thing, and one that leads to none."""

    entry: Entry
    real: str
    absent: str
    is_secret: bool
    is_shared: bool

    @property
    def is_open(self) -> bool:
        return self.entry.needs == OPEN

    @property
    def methods(self) -> tuple[str, ...]:
        """What is sent there: both methods of a page, those of a call."""
        return (
            ("GET", "POST") if self.entry.methods == "*" else tuple(self.entry.methods.split(","))
        )


def entries(urlconf: str | None = None) -> list[Entry]:
    """The rows of the URL table that say what they need."""
    return [entry for entry in table(urlconf) if entry.needs is not None]


def door(entry: Entry, things: Iterable[Thing]) -> Door:
    """A URL with its addresses; a parameter for which nothing was made raises LookupError."""
    named = _chosen(entry.path, things)
    hidden = {name: one for name, one in named.items() if one.is_secret}
    return Door(
        entry,
        _filled(entry.path, {name: one.value for name, one in named.items()}),
        _filled(entry.path, {n: _other(entry.path, n, one, hidden) for n, one in named.items()}),
        bool(hidden),
        any(one.is_shared for one in named.values()),
    )


def _chosen(path: str, things: Iterable[Thing]) -> dict[str, Thing]:
    """For each parameter the thing whose `under` is the longest beginning of the path."""
    known = sorted(things, key=lambda one: len(one.under), reverse=True)
    chosen = {}
    for found in PARAMETER.finditer(path):
        name = found["name"]
        fitting = (one for one in known if one.parameter == name and path.startswith(one.under))
        thing = next(fitting, None)
        if thing is None:
            message = (
                f"Nothing stands for <{name}> of {path}: add a Thing for it in "
                "tests/security/objects/<room>.py, made in Quy Nhơn."
            )
            raise LookupError(message)
        chosen[name] = thing
    return chosen


def _other(path: str, name: str, thing: Thing, hidden: Mapping[str, Thing]) -> str:
    """The same part of the address where the thing is not there."""
    if name not in hidden:
        return thing.value
    kind = next(found["kind"] for found in PARAMETER.finditer(path) if found["name"] == name)
    return ABSENT.get(kind or "str", thing.value)


def _filled(path: str, values: Mapping[str, str]) -> str:
    return PARAMETER.sub(lambda found: values[found["name"]], path)
