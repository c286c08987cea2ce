"""The code of the next minute with the colour of its bearer's card beside it."""

from datetime import datetime

from vungxanh.core.clock import TZ
from vungxanh.people.actions.personal_codes import screen_code
from vungxanh.people.queries.code_keys import signing_key
from vungxanh.people.queries.own_cards import card_to_sign
from vungxanh.people.values.codes import ShownCode
from vungxanh.protocol.personal import signed_card
from vungxanh.protocol.personal.signed_card import Colour, Said


def code_with_card(*, person_id: int, at: datetime) -> ShownCode:
    """A code for the next minute, and the signed colour where there is one; nothing is stored.

    The colour ends with the code, or with the card where that is earlier: its end tells nobody
    apart. The day is Vietnam's, without a time. Two queries at most.
    """
    shown = screen_code(person_id=person_id, at=at)
    card = card_to_sign(person_id, at)
    until = int(min(shown.until, card.until).timestamp()) if card else 0
    if card is None or until <= int(at.timestamp()):
        return shown
    said = Said(Colour[card.colour.name], card.since.astimezone(TZ).date(), until)
    key_id, private_key = signing_key()
    text = signed_card.write(shown.text, said, key_id=key_id, private_key=private_key)
    return ShownCode(text, shown.until)
