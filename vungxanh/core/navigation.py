"""The way around the console: entries under groups, and what of them one viewer is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse

from vungxanh.core.access import is_met
from vungxanh.core.viewer import Viewer


class Label(Protocol):
    """Words of the interface, in the reader's language once they are written out."""

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the menu: the name of its URL, its label, what opens it, its group's key."""

    page: str
    label: Label
    needs: str
    group: str


@dataclass(frozen=True, slots=True)
class Place:
    """An entry as one viewer sees it; `is_here` where the page now shown lies under it."""

    label: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A group as one viewer sees it, never empty."""

    label: str
    places: tuple[Place, ...]

    @property
    def is_menu(self) -> bool:
        """Whether it is opened; of a group with one place, that place itself is shown."""
        return len(self.places) > 1

    @property
    def is_here(self) -> bool:
        """Whether the page now shown lies under one of its places."""
        return any(place.is_here for place in self.places)


@dataclass(frozen=True, slots=True)
class Ways:
    """All entries in their groups (key, label), both in the order in which they are shown."""

    groups: Sequence[tuple[str, Label]]
    entries: Sequence[Entry]

    def open_to(self, viewer: Viewer, *, path: str = "", section: str = "") -> tuple[Part, ...]:
        """The groups with entries that the viewer may open.

        Lit is the entry that `section` names, else the one with the longest address above `path`.
        """
        shown = [(entry, reverse(entry.page)) for entry in self.entries]
        shown = [(entry, url) for entry, url in shown if is_met(entry.needs, viewer)]
        lit = _lit(shown, path=path, section=section)
        parts = (
            Part(
                str(label),
                tuple(
                    Place(str(entry.label), url, url == lit)
                    for entry, url in shown
                    if entry.group == key
                ),
            )
            for key, label in self.groups
        )
        return tuple(part for part in parts if part.places)


def _lit(shown: Sequence[tuple[Entry, str]], *, path: str, section: str) -> str:
    """The address of the entry to mark; empty where none is."""
    named = [url for entry, url in shown if entry.page == section]
    above = [url for _, url in shown if path.startswith(url) and url != "/"]
    return (named or sorted(above, key=len) or [""])[-1]
