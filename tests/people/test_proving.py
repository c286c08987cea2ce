"""Proving a number: the code, its limits, and what counts afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.register import (
    AT,
    NHON_BINH,
    NUMBER,
    TRAN_PHU,
    a_citizen,
    a_device,
    lying_in,
    sent_code,
)
from vungxanh.audit.models import AuditEvent
from vungxanh.core import limits
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging.models import Message
from vungxanh.people import actions, queries
from vungxanh.people.actions.refusals import (
    CodeTooSoonError,
    NoSuchResidenceError,
    NotMobileError,
    TooManyCodesError,
    WrongCodeError,
)
from vungxanh.people.models import Device, Person, Phone, PhoneProof
from vungxanh.people.values import Residence
from vungxanh.people.values.counts import Element

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
HOME = Residence(TRAN_PHU)


def with_phone(unit: str = TRAN_PHU) -> int:
    return queries.total([unit], Element.WITH_PHONE)


def ask(device: Device, phone: str = NUMBER, *, after: timedelta = timedelta(0)) -> None:
    actions.ask_code(device=device, phone=phone, network="", by=SYSTEM, at=AT + after)


def confirm(device: Device, code: str, *, after: timedelta = timedelta(0)) -> Person:
    at = AT + after
    return actions.confirm_code(device=device, code=code, residence=HOME, by=SYSTEM, at=at)


def test_a_proved_number_counts_in_its_commune_at_once() -> None:
    person = a_citizen()
    assert with_phone() == 1
    assert person.residence_id == TRAN_PHU
    assert person.phones.get().proved_at == AT


def test_a_number_asked_for_and_not_proved_counts_nowhere() -> None:
    device, _ = a_device()
    ask(device)
    assert with_phone() == 0
    assert not Person.objects.exists()


def test_the_code_is_sent_and_neither_it_nor_the_number_lies_open() -> None:
    device, _ = a_device()
    ask(device)
    code = sent_code()
    assert len(code) == 6
    lying = lying_in(PhoneProof, AuditEvent)
    assert len(lying) > 200
    assert code not in lying
    assert "912000001" not in lying


def test_the_answer_is_the_same_for_a_known_and_an_unknown_number() -> None:
    a_citizen()
    known, unknown = a_device()[0], a_device()[0]
    at = AT + timedelta(days=1)
    answers = {
        actions.ask_code(device=device, phone=phone, network="", by=SYSTEM, at=at)
        for device, phone in ((known, NUMBER), (unknown, "0912000002"))
    }
    assert len(answers) == 1


def test_a_wrong_code_is_refused_and_the_try_is_kept() -> None:
    device, _ = a_device()
    ask(device)
    wrong = "000000" if sent_code() != "000000" else "111111"
    with pytest.raises(WrongCodeError):
        confirm(device, wrong)
    assert PhoneProof.objects.get().n_tries == 1
    assert AuditEvent.objects.filter(event="people.code_refused").count() == 1


def test_after_five_wrong_codes_the_right_one_no_longer_counts() -> None:
    device, _ = a_device()
    ask(device)
    code = sent_code()
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(WrongCodeError):
            confirm(device, wrong)
    with pytest.raises(WrongCodeError):
        confirm(device, code)


def test_a_code_is_over_after_five_minutes() -> None:
    device, _ = a_device()
    ask(device)
    with pytest.raises(WrongCodeError):
        confirm(device, sent_code(), after=timedelta(minutes=5))


def test_a_code_opens_once_and_for_its_own_device_alone() -> None:
    device, _ = a_device()
    other, _ = a_device()
    ask(device)
    code = sent_code()
    with pytest.raises(WrongCodeError):
        confirm(other, code)
    confirm(device, code)
    with pytest.raises(WrongCodeError):
        confirm(device, code)


def test_a_code_may_be_typed_with_the_space_of_the_message() -> None:
    device, _ = a_device()
    ask(device)
    code = sent_code()
    assert confirm(device, f" {code[:3]} {code[3:]} ").has_phone


def test_another_code_takes_a_wait_that_grows() -> None:
    device, _ = a_device()
    ask(device)
    with pytest.raises(CodeTooSoonError) as early:
        ask(device, after=timedelta(seconds=30))
    assert early.value.retry_after_seconds == 30
    ask(device, after=timedelta(minutes=1))
    with pytest.raises(CodeTooSoonError):
        ask(device, after=timedelta(minutes=3))


def test_one_number_is_sent_five_codes_an_hour_however_many_devices_ask() -> None:
    limits.start_anew()
    for _ in range(5):
        ask(a_device()[0])
    with pytest.raises(TooManyCodesError) as refused:
        ask(a_device()[0])
    assert refused.value.retry_after_seconds > 60
    assert Message.objects.count() == 5


def test_a_landline_is_refused_before_anything_is_stored() -> None:
    with pytest.raises(NotMobileError):
        ask(a_device()[0], "0257.3821982")
    assert not PhoneProof.objects.exists()


@pytest.mark.parametrize(
    "unit", ["", "vn-2021:540", "vn-2021:99999", "x"], ids=["none", "district", "unknown", "bad"]
)
def test_without_a_commune_nothing_is_proved(unit: str) -> None:
    device, _ = a_device()
    ask(device)
    with pytest.raises(NoSuchResidenceError):
        actions.confirm_code(
            device=device, code=sent_code(), residence=Residence(unit), by=SYSTEM, at=AT
        )
    assert PhoneProof.objects.get().n_tries == 0


def test_a_new_phone_of_the_same_number_joins_its_person_and_counts_once() -> None:
    first = a_citizen()
    second = a_citizen(AT + timedelta(days=30))
    assert first.pk == second.pk
    assert with_phone() == 1
    assert Device.objects.filter(person=first).count() == 2


def test_a_number_given_out_again_begins_somebody_new_who_sees_nothing_of_the_former() -> None:
    former = a_citizen()
    present = a_citizen(AT + timedelta(days=61), unit=NHON_BINH)
    assert former.pk != present.pk
    former.refresh_from_db()
    assert not former.has_phone
    assert (with_phone(), with_phone(NHON_BINH)) == (0, 1)
    assert Phone.objects.get().person_id == present.pk


def test_somebody_who_moves_leaves_one_count_and_enters_another() -> None:
    person = a_citizen()
    device = Device.objects.get(person=person)
    actions.note_seen(device=device, at=AT + timedelta(days=1))
    at = AT + timedelta(days=2)
    actions.change_residence(person=person, residence=Residence(NHON_BINH), by=SYSTEM, at=at)
    assert queries.live_counts([TRAN_PHU]) == {
        (TRAN_PHU, Element.DEVICES): 0,
        (TRAN_PHU, Element.WITH_PHONE): 0,
    }
    assert queries.live_counts([NHON_BINH]) == {
        (NHON_BINH, Element.DEVICES): 1,
        (NHON_BINH, Element.WITH_PHONE): 1,
    }


def test_an_anonymous_install_moves_to_the_commune_of_its_holder() -> None:
    device, _ = a_device()
    actions.note_seen(device=device, at=AT + timedelta(days=1))
    later = timedelta(days=1)
    ask(Device.objects.get(pk=device.pk), after=later)
    confirm(Device.objects.get(pk=device.pk), sent_code(), after=later)
    assert queries.total([""], Element.DEVICES) == 0
    assert queries.total([TRAN_PHU], Element.DEVICES) == 1


@pytest.mark.django_db(transaction=True)
def test_two_phones_that_prove_one_new_number_at_once_become_one_person() -> None:
    devices = [a_device()[0], a_device()[0]]
    asked = []
    for device in devices:
        ask(device)
        asked.append((device, sent_code()))
    with ThreadPoolExecutor(2) as pool:
        people = list(pool.map(lambda one: proved_in_a_thread(*one), asked))
    assert len({person.pk for person in people}) == 1
    assert with_phone() == 1


def proved_in_a_thread(device: Device, code: str) -> Person:
    try:
        return confirm(device, code)
    finally:
        connection.close()
