"""What somebody ill declared, opened for who may look: signs, since when, where they were."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from vungxanh.core.enveloped import opened
from vungxanh.declarations.models import Declaration
from vungxanh.declarations.values.care import SIGN_WORDS
from vungxanh.declarations.values.states import ColourNumber, Way
from vungxanh.people.queries.reaching import Reached
from vungxanh.people.values.standing import Colour
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True, repr=False)
class Declared:
    """A declaration in the words of whoever calls; `is_close` that they were near somebody ill."""

    at: datetime
    way: Way
    colour: Colour
    signs: tuple[Words, ...]
    since: date | None
    more: str
    been: str
    is_close: bool
    conditions: int
    answers: Mapping[str, object]


def declared(ids: Collection[UUID], *, persons: Mapping[int, Reached]) -> dict[UUID, Declared]:
    """Declarations by id, of the persons that were opened; one query, none for no id.

    What was purged, or is of somebody else, is left out.
    """
    if not ids:
        return {}
    rows = Declaration.objects.filter(pk__in=ids, person_id__in=persons)
    return {row.pk: _declared(row, persons[row.person_id]) for row in rows}


def _declared(row: Declaration, of: Reached) -> Declared:
    answers = _answers(opened(of.envelope, row, "answers"))
    return Declared(
        at=row.at,
        way=Way(row.way),
        colour=ColourNumber(row.colour).colour,
        signs=tuple(SIGN_WORDS[one] for one in _list(answers.get("signs")) if one in SIGN_WORDS),
        since=_day(answers.get("signs_since")),
        more=_text(answers.get("signs_more")),
        been=_text(answers.get("been_where")),
        is_close=answers.get("contact_case") is True or answers.get("contact_ill") is True,
        conditions=len([one for one in _list(answers.get("conditions")) if one != "none"]),
        answers=answers,
    )


def _answers(text: str) -> Mapping[str, object]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _list(found: object) -> list[str]:
    return [str(one) for one in found] if isinstance(found, list | tuple) else []


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""


def _day(found: object) -> date | None:
    try:
        return date.fromisoformat(str(found)) if found else None
    except ValueError:
        return None
