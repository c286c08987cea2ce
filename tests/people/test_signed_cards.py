"""The colour beside a code: whose it is, never against a standing, telling nobody apart."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.factories.register import AT, a_neighbour
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions.personal_codes import read_code
from vungxanh.people.actions.signed_cards import code_with_card
from vungxanh.people.actions.subjects import persons_of
from vungxanh.people.models import Person, PrintedCard, UsedCode
from vungxanh.people.queries.code_keys import public_keys
from vungxanh.people.values.codes import Bearer
from vungxanh.people.values.standing import Class, Colour, NewCard, NewStanding
from vungxanh.people.values.subjects import FoundSubject, ShownSubject
from vungxanh.protocol.personal import own, signed_card
from vungxanh.protocol.personal.own import Kind, OwnCode
from vungxanh.protocol.personal.signed_card import SignedCard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def carded(
    colour: Colour = Colour.GREEN,
    since: timedelta = timedelta(hours=-1),
    until: timedelta = DAY,
    person: Person | None = None,
) -> Person:
    person = person or a_neighbour()
    card = NewCard(person.pk, colour, AT + since, AT + until, "declaration:1")
    actions.write_card(card=card, by=SYSTEM, at=AT)
    return person


def shown(person: Person) -> tuple[OwnCode, SignedCard]:
    alone, said = signed_card.parts_of(code_with_card(person_id=person.pk, at=AT).text)
    code = own.read(alone, public_keys())
    return code, signed_card.read(said, code, public_keys())


def is_alone(person: Person) -> bool:
    return not signed_card.parts_of(code_with_card(person_id=person.pk, at=AT).text)[1]


@pytest.mark.parametrize("colour", Colour)
def test_colour_and_day_stand_beside_the_code_signed(colour: Colour) -> None:
    code, card = shown(carded(colour))
    assert (card.colour.name.lower(), card.declared_on) == (colour, date(2026, 3, 2))
    assert signed_card.is_believed(card, code, int(AT.timestamp()))


def test_end_and_day_are_those_of_everybody_who_declared_that_day() -> None:
    first = shown(carded(since=timedelta(hours=-1, minutes=-3), until=DAY))[1]
    second = shown(carded(since=timedelta(hours=-8), until=2 * DAY))[1]
    assert (first.valid_until, first.declared_on) == (second.valid_until, second.declared_on)
    assert first.valid_until == int(AT.timestamp()) + own.SCREEN_SECONDS


def test_card_that_ends_within_the_minute_ends_then() -> None:
    _, card = shown(carded(until=30 * SECOND))
    assert card.valid_until == int(AT.timestamp()) + 30


def test_no_card_one_that_is_over_and_one_that_is_not_begun_leave_the_code_alone() -> None:
    assert is_alone(a_neighbour())
    assert is_alone(carded(since=-DAY, until=timedelta(0)))
    assert is_alone(carded(since=SECOND))


@pytest.mark.parametrize("cls", [Class.CASE, Class.CONTACT, Class.QUARANTINED])
@pytest.mark.parametrize("colour", [Colour.GREEN, Colour.YELLOW])
def test_green_is_not_signed_for_somebody_whom_the_server_keeps_out(
    cls: Class, colour: Colour
) -> None:
    person = carded(colour)
    standing = NewStanding(person.pk, cls, AT - DAY, None, "case:1")
    actions.write_standing(standing=standing, by=SYSTEM, at=AT)
    assert is_alone(person)


def test_standing_that_is_over_or_lets_in_holds_no_card_back() -> None:
    person = carded()
    for number, cls in enumerate((Class.CONTACT, Class.RECOVERED)):
        ends = AT - SECOND if cls is Class.CONTACT else None
        standing = NewStanding(person.pk, cls, AT - DAY, ends, f"case:{number}")
        actions.write_standing(standing=standing, by=SYSTEM, at=AT)
    assert not is_alone(person)


def test_code_with_a_card_names_its_bearer_as_the_code_alone_does() -> None:
    person = carded()
    text = code_with_card(person_id=person.pk, at=AT).text
    assert read_code(text=text, by=SYSTEM, at=AT) == Bearer(person.pk, Kind.SCREEN)
    asked = ShownSubject("vungxanh.person", text, AT, None, UUID(int=7))
    assert persons_of(asked=[asked], at=AT) == [FoundSubject(person.pk)]


def test_nothing_is_stored_of_a_code_with_its_card() -> None:
    code_with_card(person_id=carded().pk, at=AT)
    assert not PrintedCard.objects.exists()
    assert not UsedCode.objects.exists()
