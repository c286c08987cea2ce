"""Why the own card has its colour: what was declared, which rules spoke, what an officer changed.

Of the holder alone: nothing of anybody else stands in it, nor why the register knows a standing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from vungxanh.core.clock import TZ
from vungxanh.core.enveloped import opened
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.models import Contest, Declaration, RuleSet
from vungxanh.declarations.queries.forms import form_of
from vungxanh.declarations.values.rule_words import WORD_WORDS
from vungxanh.declarations.values.shipped_rules import shipped_rules
from vungxanh.locations.queries.area_levels import level_on
from vungxanh.locations.values.area_levels import LevelOn
from vungxanh.people.queries.holders import device_and_person
from vungxanh.people.queries.own_cards import last_colour
from vungxanh.people.queries.reaching import reached
from vungxanh.people.values.own_cards import OwnColour
from vungxanh.refusals import Words

Texts = Mapping[str, str]
_CONTEST: Final = "contest"


@dataclass(frozen=True, slots=True)
class Spoke:
    """One rule that spoke: why, whether it set a colour, and the title of its rules."""

    because: Texts
    colour: str
    rules: Texts


@dataclass(frozen=True, slots=True, repr=False)
class Why:
    """What a card stands on. `corrected_at` is when an officer changed what the rules had said."""

    card: OwnColour
    declaration: UUID | None = None
    declared_at: datetime | None = None
    form: Texts | None = None
    signs: tuple[Words, ...] = ()
    rules: tuple[Spoke, ...] = ()
    level: LevelOn | None = None
    corrected_at: datetime | None = None


def why_of(by: Viewer, at: datetime) -> Why | None:
    """Why the card in force of a phone's holder is as it is; None without one. Ten queries at most.

    A declaration that is kept no longer leaves the card alone.
    """
    holder = device_and_person(by)[1]
    card = last_colour(holder, at) if holder is not None else None
    if holder is None or card is None or card.until <= at:
        return None
    kind, _, number = card.source.partition(":")
    contest = _contest(number, holder) if kind == _CONTEST else None
    key = contest.declaration_id if contest else _id(number)
    row = Declaration.objects.filter(pk=key, person_id=holder).first() if key else None
    if row is None:
        return Why(card)
    return _why(card, row, contest, outcome=_outcome(row, by))


def _why(
    card: OwnColour, row: Declaration, contest: Contest | None, *, outcome: Mapping[str, object]
) -> Why:
    facts = outcome.get("facts")
    facts = facts if isinstance(facts, dict) else {}
    told = rule_texts(row.rules_id)
    spoken = outcome.get("rules")
    names = [str(one) for one in spoken] if isinstance(spoken, list) else []
    signs = facts.get("signs", [])
    return Why(
        card=card,
        declaration=row.pk,
        declared_at=row.at,
        form=form_of(row.questionnaire_id).title,
        signs=tuple(WORD_WORDS[one] for one in signs if one in WORD_WORDS),
        rules=tuple(told[one] for one in names if one in told),
        level=level_on(row.unit_id, row.at.astimezone(TZ).date()) if row.unit_id else None,
        corrected_at=contest.decided_at if contest else None,
    )


def _outcome(row: Declaration, by: Viewer) -> Mapping[str, object]:
    found = reached([row.person_id], viewer=by)[row.person_id]
    outcome = json.loads(opened(found.envelope, row, "outcome") or "{}")
    return outcome if isinstance(outcome, dict) else {}


def _contest(number: str, holder: int) -> Contest | None:
    key = _id(number)
    return Contest.objects.filter(pk=key, person_id=holder).first() if key else None


def _id(number: str) -> UUID | None:
    try:
        return UUID(number)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def rule_texts(rules_id: int | None) -> Mapping[str, Spoke]:
    """Rules by id with their words: those of a version, and the country's beside them."""
    shipped = shipped_rules()
    country = {
        one.id: Spoke(one.because, str(one.colour or ""), shipped.title) for one in shipped.rules
    }
    if rules_id is None:
        return country
    content = RuleSet.objects.filter(pk=rules_id).values_list("content", flat=True).first() or {}
    own = {
        one["id"]: Spoke(one["because"], one.get("colour") or "", content["title"])
        for one in content.get("rules", ())
    }
    return country | own
