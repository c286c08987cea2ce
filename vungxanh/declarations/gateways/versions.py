"""Forms and rules as they lie in the database, read once for each version and remembered.

What is published or in force never changes; which versions are is asked with each batch.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from vungxanh.declarations.values.declared import Made
from vungxanh.declarations.values.forms import is_taken
from vungxanh.declarations.values.shipped_rules import shipped_rules
from vungxanh.declarations.values.states import FormState
from vungxanh.engines.decisions import Decide, RuleSet, compiled, joined, read_rules
from vungxanh.engines.forms import Questionnaire, read_questionnaire

STATES: Final = """
SELECT 'form', id::integer, code || '@' || version, state, '', NULL::date, retired_at
FROM declarations_questionnaire WHERE state <> 'draft'
UNION ALL
SELECT 'rules', id, version::text, state, coalesce(province_id, ''), starts_on,
    NULL::timestamptz
FROM declarations_ruleset WHERE state = 'in_force'
"""
FORMS: Final = (
    "SELECT id::integer, content::text FROM declarations_questionnaire WHERE id = ANY(%s)"
)
RULES: Final = "SELECT id, content::text FROM declarations_ruleset WHERE id = ANY(%s)"
_MOST_COMPILED: Final = 256


@dataclass(frozen=True, slots=True)
class FormVersion:
    """One version of a form that somebody may have before them."""

    id: int
    state: FormState
    retired_at: datetime | None
    form: Questionnaire

    def is_taken(self, made: Made, at: datetime) -> bool:
        """Whether a declaration to it may still be taken."""
        return is_taken(self.state, self.retired_at, made_at=made.at, at=at)


@dataclass(frozen=True, slots=True)
class _InForce:
    """One set of rules that is in force from a day on."""

    id: int
    version: int
    province: str
    starts_on: date | None


@dataclass(slots=True)
class Versions:
    """What a process remembers, and what is so at the moment (`note_states`)."""

    _forms: dict[int, Questionnaire] = field(default_factory=dict)
    _rules: dict[int, RuleSet] = field(default_factory=dict)
    _compiled: dict[tuple[object, ...], Decide] = field(default_factory=dict)
    _named: dict[str, tuple[int, FormState, datetime | None]] = field(default_factory=dict)
    _in_force: list[_InForce] = field(default_factory=list)

    def note_states(self, rows: Iterable[Sequence[object]]) -> None:
        """Which versions there are, as `STATES` answers."""
        self._named, self._in_force = {}, []
        for sort, key, name, state, province, starts_on, retired_at in rows:
            if sort == "form":
                ended = retired_at if isinstance(retired_at, datetime) else None
                self._named[str(name)] = (int(str(key)), FormState(str(state)), ended)
            else:
                day = starts_on if isinstance(starts_on, date) else None
                number = int(str(name))
                self._in_force.append(_InForce(int(str(key)), number, str(province), day))

    def missing_forms(self, names: Iterable[str]) -> list[int]:
        """Numbers of forms that were never read."""
        known = {self._named[one][0] for one in names if one in self._named}
        return sorted(known - self._forms.keys())

    def missing_rules(self) -> list[int]:
        """Numbers of rules that were never read."""
        return sorted({one.id for one in self._in_force} - self._rules.keys())

    def note_forms(self, rows: Iterable[Sequence[object]]) -> None:
        """Contents of forms by number."""
        for key, content in rows:
            self._forms[int(str(key))] = read_questionnaire(json.loads(str(content)))

    def note_rules(self, rows: Iterable[Sequence[object]]) -> None:
        """Contents of rules by number."""
        for key, content in rows:
            self._rules[int(str(key))] = read_rules(json.loads(str(content)))

    def form(self, name: str) -> FormVersion | None:
        """A version by its name, `general@2`; None where there is none."""
        found = self._named.get(name)
        return FormVersion(*found, self._forms[found[0]]) if found else None

    def in_use(self, name: str) -> int | None:
        """The newest version in use of the form that a version is of; None where there is none."""
        code = name.partition("@")[0]
        found = [
            int(one.partition("@")[2])
            for one, (_, state, _) in self._named.items()
            if state is FormState.PUBLISHED and one.partition("@")[0] == code
        ]
        return max(found, default=None)

    def rules_on(self, day: date, province: str) -> tuple[int | None, RuleSet, Decide]:
        """The rules of a day in a province: the number of their version, themselves, compiled.

        Where none is in force, those that are shipped, without a number.
        """
        country = self._newest(day, "")
        own = self._newest(day, province) if province else None
        key = (country and country.id, own and own.id, day, province)
        rules = self._joined(country, own)
        decide = self._compiled.get(key)
        if decide is None:
            if len(self._compiled) >= _MOST_COMPILED:
                self._compiled.clear()
            decide = self._compiled[key] = compiled(rules, on=day, province=province)
        said = own or country
        return said.id if said else None, rules, decide

    def _newest(self, day: date, province: str) -> _InForce | None:
        found = [
            one
            for one in self._in_force
            if one.province == province and (one.starts_on is None or one.starts_on <= day)
        ]
        return max(found, key=lambda one: (one.version, one.id), default=None)

    def _joined(self, country: _InForce | None, own: _InForce | None) -> RuleSet:
        base = self._rules[country.id] if country else shipped_rules()
        return joined(base, self._rules[own.id]) if own else base
