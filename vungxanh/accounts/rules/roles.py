"""Roles: named sets of capabilities, read from `vendored/roles.toml`."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Any, NewType

from vungxanh.refusals import Words

Role = NewType("Role", str)
START = "start"
# Who holds one of these sees persons, and so needs a second factor to sign in.
OF_PERSONS = frozenset(
    {"persons.view", "persons.export", "persons.approve_export", "persons.requests"}
)
# And so does who holds one of these.
OF_KEYS = frozenset({"accounts.manage", "audit.view", "purposes.manage", "glass.review"})


class Limit(StrEnum):
    """What a role is limited to: its units with all below, or one thing named on the account."""

    AREA = "area"
    LIST = "list"
    TEAM = "team"
    POINT = "point"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """One role: its words, the level of its units, its limit, its first page, its capabilities.

    `first_page` is the name of a URL; `ends` tells that it is given for a time only. `acts_for`
    are the kinds of organisation of which the account must name one; empty where it need not.
    """

    role: Role
    words: Words
    level: str
    limit: Limit
    first_page: str
    ends: bool
    capabilities: frozenset[str]
    acts_for: frozenset[str] = frozenset()

    @property
    def sees_persons(self) -> bool:
        """Whether the role may see persons."""
        return not OF_PERSONS.isdisjoint(self.capabilities)

    @property
    def has_keys(self) -> bool:
        """Whether the role decides on what others may see, or reads what they saw."""
        return not OF_KEYS.isdisjoint(self.capabilities)


def read(text: str) -> dict[Role, RoleSpec]:
    """The roles of a TOML text, in its order; an unknown set raises KeyError.

    >>> said = '[sets]\\na = ["x.y"]\\n[roles.b]\\nvi = "B"\\nen = "B"\\nlevel = "any"\\n'
    >>> said += 'limit = "area"\\nfirst_page = "start"\\ncapabilities = ["@a", "z.w"]'
    >>> sorted(read(said)[Role("b")].capabilities)
    ['x.y', 'z.w']
    """
    said = tomllib.loads(text)
    return {Role(code): _spec(Role(code), one, said["sets"]) for code, one in said["roles"].items()}


def _spec(role: Role, said: Mapping[str, Any], sets: Mapping[str, list[str]]) -> RoleSpec:
    held: set[str] = set()
    for name in said["capabilities"]:
        held.update(sets[name[1:]] if name.startswith("@") else [name])
    return RoleSpec(
        role=role,
        words=Words(vi=said["vi"], en=said["en"]),
        level=said["level"],
        limit=Limit(said["limit"]),
        first_page=said["first_page"],
        ends=said.get("ends", False),
        capabilities=frozenset(held),
        acts_for=frozenset(said.get("acts_for", ())),
    )


LISTED = resources.files("vungxanh.accounts").joinpath("vendored/roles.toml")
ROLES = read(LISTED.read_text("utf-8"))


def specs(roles: Iterable[str]) -> list[RoleSpec]:
    """What is known of these roles, in the order of the list; unknown ones are left out."""
    held = set(roles)
    return [spec for role, spec in ROLES.items() if role in held]


def capabilities(roles: Iterable[str]) -> frozenset[str]:
    """Everything that the roles together may do; an unknown role may do nothing."""
    return frozenset().union(*(spec.capabilities for spec in specs(roles)))


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles must prove more than a password.

    Who sees persons must, and who could let somebody see them or hide that it was done: gives
    roles, adds purposes, reviews broken glass, reads the log.
    """
    return any(spec.sees_persons or spec.has_keys for spec in specs(roles))


def must_name_organisation(roles: Iterable[str]) -> bool:
    """Whether somebody with these roles acts for an organisation that the account must name.

    >>> must_name_organisation(["operator"]), must_name_organisation(["tracer"])
    (True, False)
    """
    return any(spec.acts_for for spec in specs(roles))


def first_page(roles: Iterable[str]) -> str:
    """The name of the URL on which somebody with these roles begins: of the first role held."""
    held = specs(roles)
    return held[0].first_page if held else START
