"""Facts as they are written in examples and kept beside outcomes, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from vungxanh.engines.decisions import written
from vungxanh.engines.decisions.types import FLAGS, NUMBERS, SETS, WORDS, Facts, RulesError

_NOTHING = Facts()
_NAMES = {*SETS, *FLAGS, *NUMBERS, *WORDS}


def facts_of(found: object, where: str = "facts") -> Facts:
    """Facts from a mapping; what is absent is not known. RulesError for anything unknown."""
    given = written.mapping(found, where)
    if unknown := sorted(set(given) - _NAMES):
        raise RulesError("unknown_fact", f"{where} {unknown[0][:60]}")
    read = _Read(given, where)
    return Facts(
        signs=read.set_of("signs"),
        standings=read.set_of("standings"),
        conditions=read.set_of("conditions"),
        been=read.flag("been"),
        contact_case=read.flag("contact_case"),
        contact_country=read.flag("contact_country"),
        contact_ill=read.flag("contact_ill"),
        area_level=read.number("area_level"),
        worst_place_level=read.number("worst_place_level"),
        doses=read.number("doses"),
        dose_days=read.number("dose_days"),
        recovered_days=read.number("recovered_days"),
        test=read.word("test"),
        test_hours=read.number("test_hours"),
        age=read.number("age"),
        form=read.word("form"),
    )


def written_facts(facts: Facts) -> dict[str, object]:
    """What is known, as `facts_of` reads it back; sets are sorted."""
    known = {part.name: getattr(facts, part.name) for part in fields(Facts)}
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in known.items()
        if value != getattr(_NOTHING, name)
    }


@dataclass(frozen=True, slots=True)
class _Read:
    """Values of one mapping, each checked against what a fact may be."""

    given: Mapping[str, object]
    where: str

    def set_of(self, name: str) -> frozenset[str]:
        found = self.given.get(name, [])
        if not isinstance(found, list):
            raise self._refused("form", name)
        if not all(word in SETS[name] for word in found):
            raise self._refused("unknown_word", name)
        return frozenset(found)

    def flag(self, name: str) -> bool | None:
        found = self.given.get(name)
        if found is not None and not isinstance(found, bool):
            raise self._refused("form", name)
        return found

    def number(self, name: str) -> int | None:
        found = self.given.get(name)
        if found is None:
            return None
        low, high = NUMBERS[name]
        if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= high:
            raise self._refused("form", name)
        return found

    def word(self, name: str) -> str:
        found = self.given.get(name, "")
        if not isinstance(found, str) or found not in WORDS[name]:
            raise self._refused("unknown_word", name)
        return found

    def _refused(self, fault: str, name: str) -> RulesError:
        return RulesError(fault, f"{self.where}.{name}")
