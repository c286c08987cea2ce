"""The card of a person: as it holds, as it ended, as it is signed for doors."""

from datetime import datetime

from django.db.models import Q

from vungxanh.people.models import Card, Standing
from vungxanh.people.rules.signing import HELD_BACK, may_be_signed
from vungxanh.people.values.own_cards import OwnColour
from vungxanh.people.values.standing import Colour


def colour_of(person_id: int, at: datetime) -> OwnColour | None:
    """The card in force; None without one. One query."""
    last = last_colour(person_id, at)
    return last if last and last.until > at else None


def last_colour(person_id: int, at: datetime) -> OwnColour | None:
    """The newest card that has begun, over or not; None where none is kept. One query."""
    card = Card.objects.filter(person_id=person_id, starts_at__lte=at).first()
    if card is None:
        return None
    return OwnColour(Colour(card.colour), card.starts_at, card.ends_at, card.source)


def card_to_sign(person_id: int, at: datetime) -> OwnColour | None:
    """The card in force if it may be signed; None else, without saying why. Two queries at most."""
    card = colour_of(person_id, at)
    if card is None:
        return None
    in_force = Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))
    standings = Standing.objects.filter(in_force, person_id=person_id, cls__in=HELD_BACK)
    classes = standings.order_by().values_list("cls", flat=True)
    return card if may_be_signed(card.colour, list(classes)) else None
