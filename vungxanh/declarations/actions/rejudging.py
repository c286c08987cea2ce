"""Judging anew from the day on which rules begin, and at once when they are taken back."""

from collections.abc import Mapping
from datetime import date, datetime

import numpy as np

from vungxanh.audit.actions import record
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.judging_many import Part, parts_of, places_of, today
from vungxanh.declarations.gateways.last_declared import Chunk, last_declared
from vungxanh.declarations.models import RuleSet as Row
from vungxanh.declarations.queries.ruling import own_provinces, rules_on
from vungxanh.declarations.values.states import ColourNumber, RulesState
from vungxanh.engines.decisions import RuleSet, Trial, dry_run
from vungxanh.people.actions.recolouring import recolour_cards
from vungxanh.people.values.standing import NewCard


def rejudge_waiting(*, at: datetime) -> int:
    """Give cards the colour of today's rules, for each version that began or ended; how many.

    What was declared and told stays as it was. Only cards that come from a declaration change: what
    an officer corrected stays corrected; each still says when somebody declared. Records
    declarations.rules_rejudged for each version.
    """
    rows = Row.objects.filter(rejudged_at=None, starts_on__lte=today(at))
    n_changed = 0
    for row in rows.exclude(state=RulesState.DRAFT).order_by("id"):
        n = _rejudged(row.province_id or "", at)
        Row.objects.filter(pk=row.pk).update(rejudged_at=at)
        detail: dict[str, str | int | None] = {
            "province": row.province_id or "",
            "version": row.version,
            "cards": n,
        }
        event, subject = "declarations.rules_rejudged", f"rules:{row.pk}"
        record(event=event, by=SYSTEM, at=at, subject=subject, detail=detail)
        n_changed += n
    return n_changed


def _rejudged(province: str, at: datetime) -> int:
    day = today(at)
    rules = {one: rules_on(one, day) for one in {"", *own_provinces(day)}}
    return sum(
        recolour_cards(cards=_cards(chunk, rules, at), by=SYSTEM, at=at)
        for chunk in last_declared(at, places_of(province))
    )


def _cards(chunk: Chunk, rules: Mapping[str, RuleSet], at: datetime) -> list[NewCard]:
    parts = parts_of(chunk, rules)
    return [card for part in parts for card in _cards_of(part, rules[part.province], today(at))]


def _cards_of(part: Part, rules: RuleSet, day: date) -> list[NewCard]:
    chunk = part.chunk
    units = np.zeros(len(part.places), dtype=np.int32)
    told = dry_run(chunk.rows[part.places], units, Trial(rules, rules, day, part.province)).after
    return [
        NewCard(
            person=chunk.persons[place],
            colour=ColourNumber(number).colour,
            starts_at=chunk.moments[place],
            ends_at=chunk.untils[place],
            source=f"declaration:{chunk.ids[place]}",
        )
        for place, number in zip(part.places.tolist(), told.tolist(), strict=True)
    ]
