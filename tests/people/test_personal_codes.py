"""Personal codes: known at a door and nowhere else, over in time, used once, revocable."""

from datetime import timedelta

import pytest

from tests.factories.register import AT, a_neighbour
from vungxanh.core import keys
from vungxanh.core.keys import Use
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions.personal_codes import (
    offline_codes,
    print_card,
    read_code,
    revoke_card,
    screen_code,
)
from vungxanh.people.actions.refusals import (
    CodeOverError,
    CodeRevokedError,
    CodeUsedError,
    ForeignCodeError,
)
from vungxanh.people.models import Person, PrintedCard, UsedCode
from vungxanh.people.values.codes import Bearer
from vungxanh.protocol.personal.own import Kind
from vungxanh.protocol.personal.refusals import not_own_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
REFUSED = type(not_own_code())


def read(text: str, after: timedelta = timedelta(0)) -> Bearer:
    return read_code(text=text, by=SYSTEM, at=AT + after)


def test_a_code_on_a_screen_is_read_within_its_minute_and_no_longer() -> None:
    person = a_neighbour()
    text = screen_code(person_id=person.pk, at=AT).text
    assert read(text, timedelta(seconds=59)) == Bearer(person.pk, Kind.SCREEN)
    with pytest.raises(CodeOverError):
        read(text, timedelta(minutes=3))


def test_two_codes_of_one_person_have_nothing_in_common_but_their_frame() -> None:
    person = a_neighbour()
    first, second = (screen_code(person_id=person.pk, at=AT).text for _ in range(2))
    handles = [text[27:98] for text in (first, second)]
    same = sum(one == other for one, other in zip(*handles, strict=True))
    assert same < 15  # of 71 characters out of 32: two in chance, fifteen never


def test_nothing_is_stored_of_a_code_that_is_shown() -> None:
    person = a_neighbour()
    screen_code(person_id=person.pk, at=AT)
    offline_codes(person_id=person.pk, n=5, at=AT)
    assert not PrintedCard.objects.exists()
    assert not UsedCode.objects.exists()


def test_a_one_time_code_is_good_once_within_three_days() -> None:
    person = a_neighbour()
    first, second, third = (one.text for one in offline_codes(person_id=person.pk, n=3, at=AT))
    assert read(first, timedelta(days=2)).person == person.pk
    with pytest.raises(CodeUsedError):
        read(first, timedelta(days=2))
    assert read(second).kind is Kind.ONE_TIME
    with pytest.raises(CodeOverError):
        read(third, timedelta(days=3))


def test_no_more_one_time_codes_are_given_than_a_few_days_take() -> None:
    assert len(offline_codes(person_id=a_neighbour().pk, n=10_000, at=AT)) == 60


def test_a_printed_card_is_read_until_it_is_revoked() -> None:
    person = a_neighbour()
    card = print_card(person_id=person.pk, by=SYSTEM, at=AT)
    assert read(card.text, timedelta(days=300)) == Bearer(person.pk, Kind.CARD)
    assert revoke_card(person_id=person.pk, card_id=card.id, by=SYSTEM, at=AT)
    assert not revoke_card(person_id=person.pk, card_id=card.id, by=SYSTEM, at=AT)
    with pytest.raises(CodeRevokedError):
        read(card.text)


def test_a_new_card_ends_the_one_before() -> None:
    person = a_neighbour()
    former = print_card(person_id=person.pk, by=SYSTEM, at=AT)
    present = print_card(person_id=person.pk, by=SYSTEM, at=AT)
    with pytest.raises(CodeRevokedError):
        read(former.text)
    assert read(present.text).person == person.pk


def test_nobody_revokes_the_card_of_somebody_else() -> None:
    card = print_card(person_id=a_neighbour().pk, by=SYSTEM, at=AT)
    other = a_neighbour("Người Mẫu Hai")
    assert not revoke_card(person_id=other.pk, card_id=card.id, by=SYSTEM, at=AT)
    assert read(card.text).kind is Kind.CARD


def test_a_code_of_another_house_is_refused() -> None:
    text = screen_code(person_id=a_neighbour().pk, at=AT).text
    former = keys.ring(Use.QR).current
    keys.add_key(Use.QR)
    keys.destroy_key(Use.QR, former)
    with pytest.raises(ForeignCodeError):
        read(text)


def test_an_altered_code_is_refused() -> None:
    text = screen_code(person_id=a_neighbour().pk, at=AT).text
    altered = text[:40] + ("A" if text[40] != "A" else "B") + text[41:]
    with pytest.raises(ForeignCodeError):
        read(altered)
    with pytest.raises(REFUSED):
        read("https://example.org/?" + text)


def test_a_code_of_somebody_who_was_erased_is_worth_nothing() -> None:
    person = a_neighbour()
    text = screen_code(person_id=person.pk, at=AT).text
    Person.objects.all().delete()
    with pytest.raises(CodeRevokedError):
        read(text)


def test_a_card_is_counted_among_what_the_room_does() -> None:
    assert {"print_card", "revoke_card", "read_code"} <= set(actions.__all__)
