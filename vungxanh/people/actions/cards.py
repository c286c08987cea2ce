"""The card: the colour that declarations give a person until a time."""

from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.people.models import Card
from vungxanh.people.values import person_ref
from vungxanh.people.values.standing import NewCard


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
