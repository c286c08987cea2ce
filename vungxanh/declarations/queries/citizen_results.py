"""What somebody declared and what came of it, for their own phone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from vungxanh.core.enveloped import opened
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.models import Contest, Declaration, RuleSet
from vungxanh.declarations.queries.forms import form_of
from vungxanh.declarations.values.form_words import text_of
from vungxanh.declarations.values.shipped_rules import shipped_rules
from vungxanh.declarations.values.states import (
    DECLARATIONS_KEPT_DAYS,
    ColourNumber,
    ContestState,
    Way,
)
from vungxanh.people.queries.holders import device_and_person
from vungxanh.people.queries.reaching import own_persons, reached
from vungxanh.people.values.standing import Colour

Texts = Mapping[str, str]
MOST = 60


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """One declaration and its outcome; `advice` in the language in which it was declared."""

    id: UUID
    person_id: int
    title: Texts
    at: datetime
    until: datetime
    colour: Colour
    is_ill: bool
    way: Way
    language: str
    unit_id: str
    is_holders: bool
    advice: tuple[str, ...] = ()
    contest: ContestState | None = None


def result_of(by: Viewer, declaration_id: UUID) -> Result:
    """One declaration of a phone's holder or family; MissingError for anybody else's. 7 queries."""
    own, row = own_persons(by), Declaration.objects.filter(pk=declaration_id).first()
    if row is None or row.person_id not in own:
        raise MissingError
    found = reached([row.person_id], viewer=by)[row.person_id]
    outcome = json.loads(opened(found.envelope, row, "outcome") or "{}")
    texts = advice_texts(row.rules_id)
    advice = tuple(text_of(texts.get(one), row.lang) for one in outcome.get("advice", ()))
    asked = Contest.objects.filter(declaration_id=row.pk).order_by("-asked_at").first()
    return _result(
        row,
        holder=device_and_person(by)[1],
        advice=tuple(filter(None, advice)),
        contest=ContestState(asked.state) if asked else None,
    )


def results_of(by: Viewer, at: datetime) -> tuple[Result, ...]:
    """What a phone's holder and family declared, the newest first; four queries."""
    own = own_persons(by)
    if not own:
        return ()
    holder = device_and_person(by)[1]
    since = at - timedelta(days=DECLARATIONS_KEPT_DAYS)
    rows = Declaration.objects.filter(person_id__in=own, at__gte=since).order_by("-at", "-id")
    return tuple(_result(row, holder=holder) for row in rows.defer("answers", "outcome")[:MOST])


def declared_on(person_id: int, since: datetime) -> Result | None:
    """The newest declaration of a person since an instant; one query and the form's."""
    rows = Declaration.objects.filter(person_id=person_id, at__gte=since).order_by("-at", "-id")
    row = rows.defer("answers", "outcome").first()
    return _result(row, holder=person_id) if row else None


@lru_cache(maxsize=64)
def advice_texts(rules_id: int | None) -> Mapping[str, Texts]:
    """The words of advice as the rules of a declaration have them, the country's beside them."""
    country = shipped_rules().advice_texts
    if rules_id is None:
        return country
    content = RuleSet.objects.values_list("content", flat=True).filter(pk=rules_id).first() or {}
    return {**country, **content.get("advice", {})}


def _result(
    row: Declaration,
    *,
    holder: int | None,
    advice: tuple[str, ...] = (),
    contest: ContestState | None = None,
) -> Result:
    return Result(
        id=row.pk,
        person_id=row.person_id,
        title=form_of(row.questionnaire_id).title,
        at=row.at,
        until=row.until,
        colour=ColourNumber(row.colour).colour,
        is_ill=row.is_ill,
        way=Way(row.way),
        language=row.lang,
        unit_id=row.unit_id,
        is_holders=row.person_id == holder,
        advice=advice,
        contest=contest,
    )
