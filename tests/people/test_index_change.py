"""A change of the index key: it stops and goes on, and everybody is found at every step."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from tests.factories.register import (
    AT,
    NUMBER,
    TRAN_PHU,
    a_citizen,
    a_device,
    a_neighbour,
    sent_code,
)
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import Role
from vungxanh.accounts.values import NewAccount
from vungxanh.core import files, keys, reseal
from vungxanh.core.keys import KeyRing, Use
from vungxanh.core.models import KeyChange, StoredFile
from vungxanh.core.viewer import SYSTEM
from vungxanh.engines.papers import read_paper
from vungxanh.engines.persons import PersonAsked
from vungxanh.engines.phones import read_phone
from vungxanh.messaging.actions import opt_in, opt_out
from vungxanh.messaging.queries import is_opted_out
from vungxanh.people import actions
from vungxanh.people.models import (
    DOCUMENTS,
    PHONES,
    TOKENS,
    Device,
    Document,
    Person,
    Phone,
    SearchToken,
)
from vungxanh.people.models.tokens import KEYS
from vungxanh.people.queries.devices import device_with, viewer_of
from vungxanh.people.queries.finding import candidates, with_number, with_paper
from vungxanh.people.rules.tokens import findable
from vungxanh.people.values import Residence
from vungxanh.people.values.entries import PersonChange

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("places")]
LATER = AT + reseal.SETTLING
NAMES = ("Người Mẫu Một", "Công Dân Thử", "Bé Gương Hai")
PHONE, PAPER = "+84912000{:03}", "0521850000{:02}"
EMAIL = "mot@index.example"


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Keys and files of this test alone."""
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path
    keys.create_missing()
    yield tmp_path
    keys.forget()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """One row at a time."""
    monkeypatch.setattr(reseal, "BATCH", 1)


def neighbours() -> list[Person]:
    """Three persons with names, years, numbers and papers."""
    return [
        a_neighbour(
            name,
            birth=f"198{n}",
            phone=PHONE.format(n),
            papers=(("cccd", PAPER.format(n)),),
        )
        for n, name in enumerate(NAMES)
    ]


def found() -> list[tuple[int, ...]]:
    """Whom number, paper, and name with year of birth find."""
    ways = []
    for n, name in enumerate(NAMES):
        asked = PersonAsked(name=name, birth_year=1980 + n)
        by_name = candidates(SYSTEM, asked).persons[:1]
        by_number = with_number(SYSTEM, PHONE.format(n))
        by_paper = with_paper(SYSTEM, read_paper(PAPER.format(n), None))
        ways.append(tuple(one.pk for one in (*by_number, *by_paper, *by_name)))
    return ways


def in_use() -> bytes:
    """A new index key is taken into use; the former one's id."""
    former = keys.ring(Use.INDEX).current
    keys.add_coming(Use.INDEX)
    reseal.take_into_use(Use.INDEX)
    return former


def changed() -> bytes:
    """The same, and the change begun."""
    former = in_use()
    reseal.begin(Use.INDEX, at=AT)
    return former


def finish() -> list[reseal.Step]:
    return list(reseal.go_on(Use.INDEX, now=lambda: AT))


def made_under(key_id: bytes) -> set[bytes]:
    """Every token and digest that the neighbours would have under a key."""
    made = set()
    for n, name in enumerate(NAMES):
        for sort, values in findable(name, 1980 + n).items():
            made |= set(KEYS[sort].under(key_id, values))
        made |= {PHONES.under(key_id, PHONE.format(n)), DOCUMENTS.under(key_id, PAPER.format(n))}
    return made


def lying() -> set[bytes]:
    """Every token and digest that lies in the register."""
    tokens = SearchToken.objects.values_list("token", flat=True)
    numbers = Phone.objects.values_list("number_index", flat=True)
    papers = Document.objects.values_list("number_index", flat=True)
    return {bytes(one) for one in (*tokens, *numbers, *papers)}


def test_a_key_that_is_coming_makes_nothing_and_finds_already() -> None:
    people = neighbours()
    former = keys.ring(Use.INDEX).current
    coming = keys.add_coming(Use.INDEX)
    assert keys.ring(Use.INDEX).current == former
    assert len(PHONES.digests(PHONE.format(0))) == 2
    assert found() == [(one.pk,) * 3 for one in people]
    assert (keys.add_coming(Use.INDEX), keys.take_into_use(Use.INDEX)) == (coming, coming)
    with pytest.raises(keys.CurrentKeyError):
        keys.destroy_key(Use.INDEX, coming)


def test_everybody_is_found_after_each_batch_and_after_the_end(small_batches: None) -> None:
    people = [(one.pk,) * 3 for one in neighbours()]
    former = changed()
    assert found() == people
    seen = []
    for _ in reseal.go_on(Use.INDEX, now=lambda: AT):
        assert found() == people
        seen.append(bool(made_under(former) & lying()))
    assert (seen[0], seen[-1]) == (True, False)
    reseal.destroy(Use.INDEX, former, at=LATER)
    assert former not in keys.ring(Use.INDEX).keys
    assert lying() == made_under(keys.ring(Use.INDEX).current)
    assert found() == people


def test_a_killed_change_goes_on_and_finds_everybody_meanwhile(
    small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [(one.pk,) * 3 for one in neighbours()]
    former = changed()
    for _ in range(18):
        with monkeypatch.context() as broken:
            broken.setattr(KeyChange, "save", _killed)  # rows are written, progress is not
            with pytest.raises(KeyboardInterrupt):
                reseal.step(Use.INDEX, at=AT)
        assert found() == people
        reseal.step(Use.INDEX, at=AT)
        assert found() == people
    finish()
    assert reseal.is_finished(Use.INDEX)
    assert not made_under(former) & lying()


def _killed(*arguments: object, **named: object) -> None:
    raise KeyboardInterrupt


def test_a_former_key_is_not_destroyed_while_a_token_lies_under_it() -> None:
    person = neighbours()[0]
    former = changed()
    finish()
    (token,) = KEYS["birth_year"].under(former, ["1980"])
    SearchToken.objects.create(token=token, person=person)  # by a hand that held the former key
    with pytest.raises(reseal.KeyStillNeededError) as refused:
        reseal.destroy(Use.INDEX, former, at=LATER)
    assert "people_searchtoken 1" in str(refused.value.words.en)


def test_a_token_that_no_key_explains_is_made_anew() -> None:
    person = neighbours()[0]
    SearchToken.objects.create(token=b"nobody's", person=person)
    changed()
    finish()
    assert reseal.is_finished(Use.INDEX)
    assert lying() == made_under(keys.ring(Use.INDEX).current)


def test_what_is_written_between_the_batches_is_found_too(small_batches: None) -> None:
    people = neighbours()
    changed()
    for _ in range(4):
        reseal.step(Use.INDEX, at=AT)
    change = PersonChange(name="Tên Khác Hẳn", papers=(("cccd", PAPER.format(0)),))
    actions.change_person(person_id=people[0].pk, change=change, by=SYSTEM, at=AT)
    asked = PersonAsked(name="Tên Khác Hẳn")
    assert [one.pk for one in candidates(SYSTEM, asked).persons] == [people[0].pk]
    assert Document.objects.filter(person=people[0]).count() == 1
    finish()
    assert [one.pk for one in candidates(SYSTEM, asked).persons] == [people[0].pk]


def proved(device: Device, code: str) -> Person:
    return actions.confirm_code(
        device=device, code=code, residence=Residence(TRAN_PHU), by=viewer_of(device), at=AT
    )


def asked_for(number: str = NUMBER) -> tuple[Device, str]:
    device, _ = a_device()
    actions.ask_code(device=device, phone=number, network="", by=viewer_of(device), at=AT)
    return device, sent_code()


def test_a_code_sent_before_the_change_proves_the_number_after_it() -> None:
    device, code = asked_for()
    in_use()
    assert proved(device, code).has_phone


def test_a_number_proved_under_the_former_key_stays_its_holders() -> None:
    person = a_citizen()
    in_use()
    again = proved(*asked_for())
    assert (again.pk, Phone.objects.count(), Person.objects.count()) == (person.pk, 1, 1)


def test_a_number_said_under_the_former_key_is_proved_in_its_own_row() -> None:
    device, code = asked_for(PHONE.format(7))
    person = a_neighbour(phone=PHONE.format(7))
    Device.objects.filter(pk=device.pk).update(person=person)
    in_use()
    proved(Device.objects.get(pk=device.pk), code)
    assert Phone.objects.get().proved_at == AT
    reseal.begin(Use.INDEX, at=AT)
    finish()
    assert reseal.is_finished(Use.INDEX)


@pytest.mark.django_db(transaction=True)
def test_two_processes_under_two_keys_prove_one_new_number_for_one_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = [asked_for(), asked_for()]
    former = in_use()
    whole, own = keys.ring, threading.local()

    def ring(use: Use) -> KeyRing:
        held = whole(use)
        is_old = use is Use.INDEX and getattr(own, "is_old", False)
        return replace(held, current=former) if is_old else held

    monkeypatch.setattr(keys, "ring", ring)

    def prove() -> Person:
        try:
            return proved(*asked[1])
        finally:
            connection.close()

    own.is_old = True
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = proved(*asked[0])
            other = pool.submit(prove)
            wait_until_somebody_waits(other)
        second = other.result()
    assert first.pk == second.pk
    assert (Phone.objects.count(), Person.objects.count()) == (1, 1)


def wait_until_somebody_waits(other: "Future[Person]") -> None:
    """Until another connection waits for a lock, or its work is over."""
    with connection.cursor() as cursor:
        n_waiting = 0
        while not n_waiting and not other.done():
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            (n_waiting,) = cursor.fetchone()


def test_one_address_has_one_account_under_two_keys() -> None:
    account = NewAccount(EMAIL, "Mẫu", Role("tracer"), "vn-2021:540")
    accounts.add_staff(account=account, password="con cò bay lả", by=SYSTEM, at=AT)
    former = changed()
    with pytest.raises(accounts.EmailTakenError):
        accounts.add_staff(account=account, password="con cò bay lả", by=SYSTEM, at=AT)
    finish()
    reseal.destroy(Use.INDEX, former, at=LATER)
    assert Staff.objects.get_by_natural_key(EMAIL).email == EMAIL


def test_a_refusal_of_messages_outlives_the_key_and_stands_once() -> None:
    opt_out(to=NUMBER, by=SYSTEM, at=AT)
    former = changed()
    assert not opt_out(to=NUMBER, by=SYSTEM, at=AT)
    finish()
    reseal.destroy(Use.INDEX, former, at=LATER)
    assert is_opted_out(NUMBER)
    assert opt_in(to=NUMBER, by=SYSTEM, at=LATER)


def test_a_phone_comes_in_with_its_token_after_the_key_is_destroyed() -> None:
    device, token = a_device()
    former = changed()
    finish()
    reseal.destroy(Use.INDEX, former, at=LATER)
    assert device_with(token, AT) == device
    lasting = keys.ring(Use.INDEX).lasting
    assert TOKENS.derivation in lasting
    assert not {PHONES.derivation, DOCUMENTS.derivation} & set(lasting)
    assert len(PHONES.digests(NUMBER)) == 1


def test_lasting_keys_go_on_through_the_next_change() -> None:
    device, token = a_device()
    for n in range(2):
        former = changed()
        finish()
        reseal.destroy(Use.INDEX, former, at=LATER + timedelta(days=n))
    assert device_with(token, AT) == device
    assert len(keys.ring(Use.INDEX).lasting[TOKENS.derivation]) == 2


def test_an_original_is_there_at_every_step_and_leaves_its_former_name(own_keys: Path) -> None:
    kept = files.keep(b"original", name="mau.csv", media_type="text/csv", by=SYSTEM)
    former_name = kept.address
    former = changed()
    for _ in reseal.go_on(Use.INDEX, now=lambda: AT):
        assert files.open_file(kept.id) == b"original"
    reseal.destroy(Use.INDEX, former, at=LATER)
    files.sweep(at=StoredFile.objects.get().kept_at + files.GRACE + timedelta(minutes=1))
    assert files.open_file(kept.id) == b"original"
    assert former_name not in {path.name for path in files.kept(after="")}


def test_the_telephone_number_in_its_engines_form_is_what_is_found() -> None:
    neighbours()
    in_use()
    assert len(with_number(SYSTEM, read_phone("0912 000 001").e164)) == 1
