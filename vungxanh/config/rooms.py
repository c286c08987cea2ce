"""What each room hangs into the installation; a room that has no such module hangs nothing."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

# From the ground up, so that a lower room's address wins over an upper one's.
ROOMS = (
    "core",
    "audit",
    "locations",
    "messaging",
    "accounts",
    "reports",
    "duties",
    "people",
    "checkins",
    "declarations",
    "uptake",
    "directives",
)


def modules(name: str) -> Iterator[ModuleType]:
    """The rooms' modules of this name, such as `urls`."""
    for room in ROOMS:
        full_name = f"vungxanh.{room}.{name}"
        if find_spec(full_name) is not None:
            yield import_module(full_name)


def listed(module_name: str, attribute: str) -> list[object]:
    """What the rooms list under this name in that module, in the order of ROOMS."""
    return [item for module in modules(module_name) for item in getattr(module, attribute, ())]
