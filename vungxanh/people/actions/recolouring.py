"""Other colours for many cards at once, where the rules behind them changed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.people.values.standing import NewCard

_RECOLOUR = """
UPDATE people_card AS card SET colour = given.colour, starts_at = given.starts_at
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::timestamptz[])
    AS given (person, source, colour, starts_at)
WHERE card.person_id = given.person AND card.source = given.source AND card.colour <> given.colour
"""


def recolour_cards(*, cards: Sequence[NewCard], by: Viewer, at: datetime) -> int:
    """Give cards another colour where they still come from the source named; how many.

    They start when the card given says, so that nobody looks as if they had declared today; until
    when they hold stays as it is. Records people.cards_recoloured with the number.
    """
    if not cards:
        return 0
    persons, sources = [card.person for card in cards], [card.source for card in cards]
    colours, starts = [str(card.colour) for card in cards], [card.starts_at for card in cards]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_RECOLOUR, [persons, sources, colours, starts])
        n = int(cursor.rowcount)
        if n:
            event, detail = "people.cards_recoloured", {"cards": n}
            record(event=event, by=by, at=at, subject="cards", detail=detail)
    return n
