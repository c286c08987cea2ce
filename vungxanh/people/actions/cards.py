"""The card: the colour that declarations give a person until a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.people.models import Card
from vungxanh.people.values import person_ref
from vungxanh.people.values.standing import NewCard

_WRITE = """
INSERT INTO people_card AS kept (person_id, colour, starts_at, ends_at, source)
SELECT one.person_id, one.colour, one.starts_at, one.ends_at, one.source FROM unnest(
    %s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::text[]
) AS one (person_id, colour, starts_at, ends_at, source)
JOIN people_person AS person ON person.id = one.person_id
ORDER BY one.person_id
ON CONFLICT (person_id) DO UPDATE SET colour = excluded.colour, starts_at = excluded.starts_at,
    ends_at = excluded.ends_at, source = excluded.source
WHERE kept.starts_at <= excluded.starts_at
RETURNING person_id
"""


def write_cards(*, cards: Sequence[NewCard], by: Viewer, at: datetime) -> int:
    """Give many persons their cards, of each the one that starts last; how many were written.

    A card that starts later than the one given stays. Records people.cards_written once.
    """
    newest = {one.person: one for one in sorted(cards, key=lambda one: one.starts_at)}
    rows = [newest[person] for person in sorted(newest)]
    if not rows:
        return 0
    columns: list[Any] = [
        [one.person for one in rows],
        [str(one.colour) for one in rows],
        [one.starts_at for one in rows],
        [one.ends_at for one in rows],
        [one.source for one in rows],
    ]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, columns)
            n_written = len(cursor.fetchall())
        if n_written:
            detail = {"cards": n_written}
            record(event="people.cards_written", by=by, at=at, subject="persons", detail=detail)
    return n_written


def write_card(*, card: NewCard, by: Viewer, at: datetime) -> None:
    """Give a person this card in place of any other; records people.card_written."""
    with transaction.atomic():
        Card.objects.update_or_create(
            person_id=card.person,
            defaults={
                "colour": card.colour,
                "starts_at": card.starts_at,
                "ends_at": card.ends_at,
                "source": card.source,
            },
        )
        subject = person_ref(card.person)
        record(event="people.card_written", by=by, at=at, subject=subject)


def end_card(*, person: int, by: Viewer, at: datetime) -> None:
    """Take a person's card away; records people.card_ended."""
    with transaction.atomic():
        if Card.objects.filter(person_id=person).delete()[0]:
            record(event="people.card_ended", by=by, at=at, subject=person_ref(person))
