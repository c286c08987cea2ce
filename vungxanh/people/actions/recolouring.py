"""Other colours for many cards at once, where the rules behind them changed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.people.values.standing import NewCard

_RECOLOUR = """
UPDATE people_card AS card SET colour = given.colour, starts_at = %s
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS given (person, source, colour)
WHERE card.person_id = given.person AND card.source = given.source AND card.colour <> given.colour
"""


def recolour_cards(*, cards: Sequence[NewCard], by: Viewer, at: datetime) -> int:
    """Give cards another colour where they still come from the source named; how many.

    Until when they hold stays as it is. Records people.cards_recoloured with the number.
    """
    if not cards:
        return 0
    persons, sources = [card.person for card in cards], [card.source for card in cards]
    colours = [str(card.colour) for card in cards]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_RECOLOUR, [at, persons, sources, colours])
        n = int(cursor.rowcount)
        if n:
            event, detail = "people.cards_recoloured", {"cards": n}
            record(event=event, by=by, at=at, subject="cards", detail=detail)
    return n
