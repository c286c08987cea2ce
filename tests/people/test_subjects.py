"""Whom a door reads: found by keyed digests, begun once, never told apart by guessing."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.register import AT, NUMBER, a_citizen, a_neighbour, lying_in
from vungxanh.core import keys
from vungxanh.core.keys import Use
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions.dependants import add_dependant
from vungxanh.people.actions.personal_codes import (
    offline_codes,
    print_card,
    revoke_card,
    screen_code,
)
from vungxanh.people.actions.purging import purge
from vungxanh.people.actions.subjects import persons_of
from vungxanh.people.models import (
    Document,
    NationalCode,
    Person,
    Phone,
    PrintedCard,
    SearchToken,
    UsedCode,
)
from vungxanh.people.queries.held import held
from vungxanh.people.queries.own_codes import family_of
from vungxanh.people.queries.subjects import who_is
from vungxanh.people.values import Origin
from vungxanh.people.values.citizens import Said
from vungxanh.people.values.subjects import (
    CodeOddness,
    FoundSubject,
    ShownSubject,
    SubjectRefusal,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
CARD = "052185000001|123456789|Người Mẫu Một|20031985|Nữ|Số 1, Quy Nhơn|01052021"
NATIONAL = "******000001|NGUOI MAU MOT|1985-**-**|0|Q-17|"
DOOR = uuid4()
Told = FoundSubject | SubjectRefusal


def shown(
    kind: str, value: str = "", *, holder: int | None = None, after: timedelta = timedelta(0)
) -> ShownSubject:
    return ShownSubject(kind, value, AT + after, holder, DOOR)


def read(*asked: ShownSubject) -> list[Told]:
    return persons_of(asked=asked, at=AT)


def one(
    kind: str, value: str = "", *, holder: int | None = None, after: timedelta = timedelta(0)
) -> Told:
    return read(shown(kind, value, holder=holder, after=after))[0]


def person_of(told: Told) -> int:
    assert isinstance(told, FoundSubject)
    return told.person_id


def test_somebody_with_a_chip_card_is_begun_sealed_and_found_again_by_either_number() -> None:
    begun = person_of(one("vn.cccd", CARD))
    row = Person.objects.get(pk=begun)
    assert (row.origin, row.created_by, row.has_phone) == (Origin.DOOR, f"device:{DOOR}", False)
    lying = lying_in(Person, Document)
    assert "052185000001" not in lying
    assert "Người Mẫu Một".encode().hex() not in lying
    assert SearchToken.objects.filter(person=row).exists()
    assert person_of(one("vn.cccd", CARD)) == begun
    assert person_of(one("vn.cccd", "052185000001")) == begun
    assert person_of(one("vn.person", "123456789|NGUOI MAU MOT|1985-**-**|0||")) == begun
    assert Person.objects.count() == 1


def test_who_is_known_by_a_paper_is_no_second_person() -> None:
    known = a_neighbour(papers=(("cccd", "052185000001"),))
    assert read(shown("vn.cccd", CARD)) == [FoundSubject(known.pk)]
    assert Person.objects.count() == 1


def test_a_card_shown_twice_in_one_batch_is_one_person() -> None:
    first, second, third = map(person_of, read(*[shown("vn.cccd", CARD)] * 3))
    assert first == second == third
    assert (Person.objects.count(), Document.objects.count()) == (1, 2)


def test_a_national_code_is_known_by_its_qid_else_by_its_whole_text() -> None:
    by_qid = person_of(one("vn.person", NATIONAL))
    assert person_of(one("vn.person", NATIONAL.replace("NGUOI", "NGƯỜI"))) == by_qid
    plain = "******000001|NGUOI MAU MOT|1985-**-**|0||"
    by_text = person_of(one("vn.person", plain))
    assert by_text != by_qid
    assert person_of(one("vn.person", plain)) == by_text
    assert person_of(one("vn.person", plain.replace("1985", "1986"))) not in (by_text, by_qid)
    assert b"Q-17".hex() not in lying_in(NationalCode)


def test_an_insurance_card_of_fifteen_is_known_by_the_code_that_it_ends_with() -> None:
    known = a_neighbour(papers=(("bhyt", "4520000001"),))
    assert person_of(one("bhyt", "GD4524520000001")) == known.pk
    assert person_of(one("bhyt", "GD4524520000001|4e|20/03/1985|2|-")) == known.pk
    assert person_of(one("bhyt", "GD4524520000002")) != known.pk


def test_a_number_is_whose_it_was_proved_to_be_and_else_of_who_said_it_first() -> None:
    said = a_neighbour(phone=NUMBER)
    assert person_of(one("phone", "0912 000 001")) == said.pk
    proved = a_citizen()
    assert person_of(one("phone", "0912 000 001")) == proved.pk
    new = person_of(one("phone", "0912000002"))
    assert Phone.objects.get(person=new).proved_at is None
    assert person_of(one("phone", "+84912000002")) == new


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "12"),
        ("phone", "19009095"),
        ("vn.cccd", "052985000001"),
        ("vn.cccd", "không phải thẻ"),
        ("vn.person", "a|b"),
        ("bhyt", "GD9"),
        ("vungxanh.person", "VX1P." + "A" * 196),
        ("vungxanh.person", ""),
        ("companion", "+1"),
    ],
)
def test_what_says_nobody_begins_nobody(kind: str, value: str) -> None:
    assert isinstance(one(kind, value), SubjectRefusal)
    assert Person.objects.count() == 0


def test_a_code_of_ours_is_its_bearer_s_and_of_another_server_nobody_s() -> None:
    person = a_neighbour()
    text = screen_code(person_id=person.pk, at=AT).text
    assert one("vungxanh.person", text) == FoundSubject(person.pk)
    altered = text[:60] + ("A" if text[60] != "A" else "B") + text[61:]
    assert one("vungxanh.person", altered) is SubjectRefusal.UNKNOWN
    former = keys.ring(Use.QR).current
    keys.add_key(Use.QR)
    keys.destroy_key(Use.QR, former)
    assert one("vungxanh.person", text) is SubjectRefusal.UNKNOWN


@pytest.mark.parametrize(
    ("after", "flags"),
    [
        (timedelta(seconds=59), CodeOddness(0)),
        (timedelta(seconds=179), CodeOddness(0)),
        (timedelta(seconds=180), CodeOddness.OLD),
        (timedelta(seconds=-121), CodeOddness.OLD),
    ],
)
def test_a_screen_code_that_was_over_when_it_was_scanned_is_kept_and_told(
    after: timedelta, flags: CodeOddness
) -> None:
    person = a_neighbour()
    text = screen_code(person_id=person.pk, at=AT).text
    assert one("vungxanh.person", text, after=after) == FoundSubject(person.pk, flags)


def test_a_one_time_code_is_told_the_second_time_in_a_batch_and_after_it() -> None:
    person = a_neighbour()
    text = offline_codes(person_id=person.pk, n=1, at=AT)[0].text
    good, again = FoundSubject(person.pk), FoundSubject(person.pk, CodeOddness.AGAIN)
    assert read(*[shown("vungxanh.person", text)] * 2) == [good, again]
    assert one("vungxanh.person", text) == again
    assert UsedCode.objects.count() == 1


def test_a_one_time_code_that_another_door_used_meanwhile_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = a_neighbour()
    text = offline_codes(person_id=person.pk, n=1, at=AT)[0].text
    one("vungxanh.person", text)
    monkeypatch.setattr("vungxanh.people.queries.subjects._used", lambda codes: set())
    assert one("vungxanh.person", text) == FoundSubject(person.pk, CodeOddness.AGAIN)


def test_a_card_names_nobody_from_when_it_was_withdrawn() -> None:
    person = a_neighbour()
    card = print_card(person_id=person.pk, by=SYSTEM, at=AT)
    revoke_card(person_id=person.pk, card_id=card.id, by=SYSTEM, at=AT + timedelta(hours=2))
    before = one("vungxanh.person", card.text, after=timedelta(hours=1))
    assert before == FoundSubject(person.pk)
    after = one("vungxanh.person", card.text, after=timedelta(hours=2))
    assert after is SubjectRefusal.UNKNOWN
    PrintedCard.objects.all().delete()
    assert one("vungxanh.person", card.text) is SubjectRefusal.UNKNOWN


def test_whoever_was_erased_is_unknown_by_code_and_new_by_paper() -> None:
    first = person_of(one("vn.cccd", CARD))
    text = screen_code(person_id=first, at=AT).text
    actions.erase_person(person_id=first, by=SYSTEM, at=AT)
    assert one("vungxanh.person", text) is SubjectRefusal.UNKNOWN
    assert person_of(one("vn.cccd", CARD)) != first


def test_companions_stand_once_at_each_place_of_the_count() -> None:
    holder = a_citizen()
    first = [person_of(one("companion", f"+{n}", holder=holder.pk)) for n in (1, 2)]
    batch = read(*(shown("companion", f"+{n}", holder=holder.pk) for n in (2, 3, 1, 3)))
    persons = [person_of(told) for told in batch]
    assert (persons[0], persons[2]) == (first[1], first[0])
    assert persons[1] == persons[3] not in first
    rows = Person.objects.filter(guardian=holder).order_by("companion")
    assert [(row.companion, row.residence_id) for row in rows] == [
        (n, holder.residence_id) for n in (1, 2, 3)
    ]


@pytest.mark.parametrize("value", ["+0", "+21", "+", "+01", "+1x", "-1", "", "1 000", "9" * 25])
def test_no_other_text_names_a_companion(value: str) -> None:
    holder = a_citizen()
    assert one("companion", value, holder=holder.pk) is SubjectRefusal.UNKNOWN
    assert Person.objects.count() == 1


def test_dependants_of_another_are_unknown_and_so_is_a_companion_s_number() -> None:
    holder, other = a_citizen(), a_citizen(number="+84912000009")
    child = add_dependant(guardian=holder, said=Said("Người Mẫu Ba"), by=SYSTEM, at=AT)
    along = person_of(one("companion", "+1", holder=holder.pk))
    assert one("companion", str(child), holder=holder.pk) == FoundSubject(child)
    assert one("companion", str(child), holder=other.pk) is SubjectRefusal.UNKNOWN
    assert one("companion", str(along), holder=holder.pk) is SubjectRefusal.UNKNOWN
    assert one("companion", str(holder.pk), holder=holder.pk) is SubjectRefusal.UNKNOWN


def test_oneself_is_the_holder_of_the_phone_while_they_are_there() -> None:
    holder = a_neighbour()
    assert one("self", holder=holder.pk) == FoundSubject(holder.pk)
    assert one("self") is SubjectRefusal.NOT_ALLOWED
    assert one("self", holder=holder.pk + 1) is SubjectRefusal.UNKNOWN
    assert one("companion", "+1", holder=holder.pk + 1) is SubjectRefusal.UNKNOWN


def test_who_is_asked_for_alone_is_not_begun_and_uses_up_nothing() -> None:
    person = a_neighbour(papers=(("cccd", "052185000001"),))
    text = offline_codes(person_id=person.pk, n=1, at=AT)[0].text
    asked = [
        shown("vungxanh.person", text),
        shown("vn.cccd", CARD),
        shown("phone", "0912000005"),
        shown("phone", "12"),
    ]
    found = FoundSubject(person.pk)
    assert who_is(asked) == [found, found, None, SubjectRefusal.UNKNOWN]
    assert who_is(asked) == [found, found, None, SubjectRefusal.UNKNOWN]
    assert (Person.objects.count(), UsedCode.objects.count()) == (1, 0)


def everything(holder: int, n: int) -> Sequence[ShownSubject]:
    texts = [one.text for one in offline_codes(person_id=holder, n=n, at=AT)]
    return [
        *(shown("vungxanh.person", text) for text in texts),
        *(shown("vn.cccd", f"0521850{at:05d}") for at in range(n)),
        *(shown("phone", f"09120{at:05d}") for at in range(n)),
        *(shown("vn.person", f"******000001|NGUOI MAU|1985-**-**|0|Q{at}|") for at in range(n)),
        *(shown("companion", f"+{at}", holder=holder) for at in range(1, n)),
    ]


def test_a_full_batch_takes_as_many_queries_as_a_small_one() -> None:
    counts = []
    for holder, n in ((a_neighbour().pk, 2), (a_neighbour("Người Mẫu Hai").pk, 20)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            told = read(*everything(holder, n))
        assert all(isinstance(one, FoundSubject) for one in told)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 30


def test_erasing_the_holder_takes_companions_along_and_all_that_a_door_began_goes() -> None:
    holder = a_citizen()
    along = person_of(one("companion", "+1", holder=holder.pk))
    begun = person_of(one("vn.person", NATIONAL))
    assert "companions" in [line.table for line in held(holder.pk, AT)]
    assert "national_codes" in [line.table for line in held(begun, AT)]
    actions.erase_person(person_id=holder.pk, by=SYSTEM, at=AT)
    assert not Person.objects.filter(pk=along).exists()
    actions.erase_person(person_id=begun, by=SYSTEM, at=AT)
    assert (Person.objects.count(), NationalCode.objects.count()) == (0, 0)


def test_companions_are_nobody_s_family_on_the_phone() -> None:
    holder = a_citizen()
    one("companion", "+1", holder=holder.pk)
    device = holder.devices.get()
    assert [number for number, _ in family_of(device)] == [holder.pk]


def test_companions_and_strangers_are_kept_on_while_they_come_and_go_afterwards() -> None:
    holder = a_citizen()
    along, begun = (
        person_of(one("companion", "+1", holder=holder.pk)),
        person_of(one("vn.cccd", CARD)),
    )
    later = AT + timedelta(days=40)
    persons_of(asked=[shown("vn.cccd", CARD)], at=AT + timedelta(days=100))
    holder.devices.update(last_seen_at=AT + timedelta(days=200))
    purge(at=later)
    assert not Person.objects.filter(pk=along).exists()
    purge(at=AT + timedelta(days=279))
    assert Person.objects.filter(pk=begun).exists()
    purge(at=AT + timedelta(days=282))
    assert list(Person.objects.values_list("pk", flat=True)) == [holder.pk]
