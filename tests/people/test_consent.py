"""Consent: given to a text that was read, in words; withdrawn at any time; silence is none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.register import AT, NUMBER, TRAN_PHU, a_citizen, a_device
from vungxanh.core.enveloped import opened
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging.queries import is_opted_out
from vungxanh.people import actions
from vungxanh.people.actions.refusals import OldConsentError
from vungxanh.people.models import Consent, Device, Person, Phone
from vungxanh.people.queries import consents as queries
from vungxanh.people.queries import live_counts
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.values import Residence
from vungxanh.people.values import consents as values
from vungxanh.people.values.consents import Consenting, texts
from vungxanh.people.values.standing import Class, NewStanding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
LATER = AT + timedelta(hours=1)


def give(device: Device, purpose: Consenting = Consenting.MESSAGES, version: int = 1) -> int:
    return actions.give_consent(
        device=device, purpose=purpose, version=version, language="vi", by=SYSTEM, at=AT
    )


def withdraw(device: Device, purpose: Consenting) -> bool:
    return actions.withdraw_consent(device=device, purpose=purpose, by=SYSTEM, at=LATER)


def a_phone() -> Device:
    return Device.objects.get(person=a_citizen())


def test_silence_is_no_consent() -> None:
    device, _ = a_device()
    assert [state.is_given for state in queries.consents(device)] == [False] * len(Consenting)


def test_a_consent_keeps_its_purpose_version_language_and_time() -> None:
    device, _ = a_device()
    give(device)
    row = Consent.objects.get()
    assert (row.purpose, row.version, row.language, row.given_at) == ("messages", 1, "vi", AT)


def test_to_agree_twice_is_to_agree_once() -> None:
    device, _ = a_device()
    assert give(device) == give(device)


def test_another_version_than_the_one_in_force_is_refused() -> None:
    device, _ = a_device()
    with pytest.raises(OldConsentError):
        give(device, version=2)
    assert Consent.objects.count() == 0


def test_a_new_version_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    device, _ = a_device()
    give(device)
    newer = replace(texts()[Consenting.MESSAGES], version=2)
    monkeypatch.setattr(queries, "texts", lambda: {Consenting.MESSAGES: newer})
    (state,) = queries.consents(device)
    assert (state.is_given, state.is_old) == (False, True)
    assert not queries.has_consented(device, Consenting.MESSAGES)


def test_what_was_withdrawn_is_no_longer_given_and_is_kept_as_proof() -> None:
    device, _ = a_device()
    give(device)
    assert withdraw(device, Consenting.MESSAGES)
    assert Consent.objects.get().withdrawn_at == LATER
    assert not queries.has_consented(device, Consenting.MESSAGES)


def test_nothing_is_withdrawn_that_was_not_given() -> None:
    device, _ = a_device()
    assert not withdraw(device, Consenting.MESSAGES)


def test_a_consent_holds_on_the_other_phone_of_the_same_person() -> None:
    device = a_phone()
    give(device)
    other, _ = a_device()
    other.person_id = device.person_id
    other.save()
    assert queries.has_consented(other, Consenting.MESSAGES)


def test_without_consent_to_messages_no_reminder_is_sent() -> None:
    device = a_phone()
    give(device)
    withdraw(device, Consenting.MESSAGES)
    assert is_opted_out(NUMBER)


def test_who_agrees_to_messages_again_gets_them_again() -> None:
    device = a_phone()
    give(device)
    withdraw(device, Consenting.MESSAGES)
    give(device)
    assert not is_opted_out(NUMBER)


def test_the_address_goes_with_the_consent_to_it() -> None:
    device = a_phone()
    person = Person.objects.get()
    actions.change_residence(
        person=person, residence=Residence(TRAN_PHU, "Số 1 ngõ Mẫu"), by=SYSTEM, at=AT
    )
    give(device, Consenting.RESIDENCE)
    withdraw(device, Consenting.RESIDENCE)
    person.refresh_from_db()
    assert opened(envelope_of(person), person, "address") == ""


def test_the_number_goes_with_the_consent_to_use_it_and_the_count_falls() -> None:
    device = a_phone()
    give(device, Consenting.APP)
    withdraw(device, Consenting.APP)
    assert Phone.objects.count() == 0
    assert live_counts([TRAN_PHU])[TRAN_PHU, "with_phone"] == 0


def test_the_number_of_somebody_followed_up_stays_as_the_law_needs_it() -> None:
    device = a_phone()
    standing = NewStanding(Person.objects.get().pk, Class.CONTACT, AT, None, "case:x")
    actions.write_standing(standing=standing, by=SYSTEM, at=AT)
    give(device, Consenting.APP)
    withdraw(device, Consenting.APP)
    assert Phone.objects.count() == 1


def test_every_text_tells_data_users_and_end_in_both_languages() -> None:
    said = [
        part
        for text in values.texts().values()
        for words in (text.name, text.text, text.data, text.who, text.ends)
        for part in (words.vi, words.en)
    ]
    assert all(said)
    assert set(values.texts()) == set(Consenting)
