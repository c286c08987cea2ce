"""Accounts in words, for templates."""

from collections.abc import Iterable

from vungxanh.accounts.values import StaffCard, era_of
from vungxanh.core.preferences import reader_language
from vungxanh.locations.values import UnitId, registry
from vungxanh.refusals import RefusalError, Words


def described(card: StaffCard) -> dict[str, object]:
    """A card with its roles, units and rights in the reader's language."""
    return {
        "card": card,
        "roles": spoken(card.roles),
        "units": named(card.units),
        "rights": spoken(card.capabilities),
    }


def spoken(words: Iterable[Words]) -> list[str]:
    """Words in the reader's language."""
    language = reader_language()
    return [one.in_language(language) for one in words]


def named(units: Iterable[str]) -> list[tuple[str, str]]:
    """(name with its era, id) of units: names are used again; no name where it is not known."""
    return [(_in_its_era(one), one) for one in units]


def unit_name(unit_id: str) -> str:
    """The name of a unit alone; empty where it is not known."""
    try:
        return registry().unit(UnitId(unit_id)).name
    except RefusalError:
        return ""


def _in_its_era(unit_id: str) -> str:
    name = unit_name(unit_id)
    return f"{name} ({era_of(unit_id).in_language(reader_language())})" if name else ""
