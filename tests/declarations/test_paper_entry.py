"""Sheets of paper are entered once, for somebody of the area, and can be taken back."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.declarations.paper_scene import SHEET, begun, entered, in_use
from tests.factories.people import AN_NHON, QUY_NHON, Answer, Colleague, employed
from tests.factories.register import AT, TRAN_PHU
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.rules import Role
from vungxanh.audit.models import AuditEvent
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.numbering import number_sheets
from vungxanh.declarations.models import Declaration, DeclarationCount, EnteredSheet, Pending
from vungxanh.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture(autouse=True)
def morning(db: None) -> Iterator[None]:
    with frozen_at(AT):
        accounts.load_purposes(by=SYSTEM, at=AT)
        in_use()
        yield


@pytest.fixture
def officer() -> Colleague:
    return employed("officer", Role("commune_officer"), TRAN_PHU)


def answer_of(by: Colleague, pile: str, **said: object) -> Answer:
    answer: Answer = by.client.post(pile, {**SHEET, **said})
    return answer


def numbers(n: int = 1) -> tuple[str, ...]:
    return number_sheets(version=in_use(), n=n)


def test_a_sheet_is_kept_with_its_person_and_the_next_blank_one_comes(officer: Colleague) -> None:
    pile, (number,) = begun(officer), numbers()
    answer = answer_of(officer, pile, number=number)
    assert (answer.status_code, answer["Location"]) == (302, pile), answer.content.decode()
    sheet = EnteredSheet.objects.get()
    row = Declaration.objects.get(pk=sheet.declaration_id)
    assert (sheet.number, row.way, row.is_ill, row.person_id) == (
        number,
        "paper",
        False,
        Person.objects.get().pk,
    )
    assert "Đã lưu tờ" in officer.client.get(pile).content.decode()


def test_that_it_was_signed_stands_in_the_log(officer: Colleague) -> None:
    entered(officer, numbers()[0])
    row = AuditEvent.objects.get(event="declarations.sheet_entered")
    assert (row.detail["consent"], row.detail["form"]) == ("signed", "general")
    assert row.purpose == "tracing"


def test_the_same_number_again_says_who_entered_it(officer: Colleague) -> None:
    number = numbers()[0]
    entered(officer, number)
    other = employed("other", Role("commune_officer"), TRAN_PHU)
    answer = answer_of(other, begun(other), number=number)
    assert answer.status_code == 422
    assert officer.staff.name in answer.content.decode()
    assert Declaration.objects.count() == 1


def test_a_photocopy_gets_a_number_of_its_own(officer: Colleague) -> None:
    number = numbers()[0]
    pile = entered(officer, number)
    text = answer_of(officer, pile, number=number, renumber="1").content.decode()
    found = re.search(r'name="number" value="([0-9 ]+)"', text)
    assert found
    assert found[1].replace(" ", "") != number
    assert answer_of(officer, pile, number=found[1], person="1").status_code == 302


@pytest.mark.parametrize("number", ["", "1", "002000000199", "999 9999999 99", "x" * 60])
def test_what_is_no_number_is_refused_beside_its_field(officer: Colleague, number: str) -> None:
    answer = answer_of(officer, begun(officer), number=number)
    assert answer.status_code == 422
    assert "Số tờ không đúng" in answer.content.decode()
    assert not Declaration.objects.exists()


def test_a_sheet_of_another_form_is_put_aside(officer: Colleague) -> None:
    (other,) = number_sheets(version=in_use("daily-1"), n=1)
    text = answer_of(officer, begun(officer), number=other).content.decode()
    assert "daily@1" in text
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"q-signs": "x"},
        {"q-signs": "01"},
        {"q-signs": "1", "q-signs_since": "3002"},
        {"q-signs": ""},
        {"q-birth_year": "1850"},
        {"q-phone": "12"},
        {"q-unit": "Nơi không có"},
        {"q-name": ""},
        {"q-name": "<b>x</b>"},
        {"q-address": "x" * 10_000},
        {"signed": "ngày mai"},
        {"signed": "31122099"},
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_stored(
    officer: Colleague, said: dict[str, str]
) -> None:
    number = numbers()[0]
    answer = answer_of(officer, begun(officer), number=number, **said)
    assert answer.status_code == 422
    assert "vx-error" in answer.content.decode()
    assert not Declaration.objects.exists()
    assert not Person.objects.exists()


def test_whoever_is_known_is_shown_before_anything_is_stored(officer: Colleague) -> None:
    first, second = numbers(2)
    pile = entered(officer, first)
    answer = answer_of(officer, pile, number=second)
    assert answer.status_code == 422
    assert "đã có trong sổ" in answer.content.decode()
    assert answer_of(officer, pile, number=second, person="1").status_code == 302
    assert (Person.objects.count(), Declaration.objects.count()) == (1, 2)


def test_nought_begins_somebody_new(officer: Colleague) -> None:
    first, second = numbers(2)
    pile = entered(officer, first)
    assert answer_of(officer, pile, number=second, person="0").status_code == 302
    assert Person.objects.count() == 2


def test_while_typing_the_known_are_named_by_initials_alone(officer: Colleague) -> None:
    pile = entered(officer, numbers()[0])
    text = officer.client.post(f"{pile}nguoi/", SHEET).content.decode()
    assert "<kbd>1</kbd>" in text
    assert "Người Mẫu Giấy" not in text


def test_a_sheet_is_taken_back_for_ten_minutes(officer: Colleague) -> None:
    number = numbers()[0]
    pile = entered(officer, number)
    sheet = EnteredSheet.objects.get()
    with frozen_at(AT + timedelta(minutes=10)):
        assert officer.client.post(f"{pile}chong/", {"sheet": sheet.pk}).status_code == 302
    assert not Declaration.objects.exists()
    assert not Pending.objects.exists()
    count = DeclarationCount.objects.get()
    assert (count.n, count.n_first) == (0, 0)
    assert answer_of(officer, pile, number=number, person="1").status_code == 302


def test_after_ten_minutes_it_stays(officer: Colleague) -> None:
    pile = entered(officer, numbers()[0])
    sheet = EnteredSheet.objects.get()
    with frozen_at(AT + timedelta(minutes=11)):
        answer = officer.client.post(f"{pile}chong/", {"sheet": sheet.pk})
    assert answer.status_code == 409
    assert Declaration.objects.count() == 1


def test_a_pile_is_its_officers_own(officer: Colleague) -> None:
    pile = entered(officer, numbers()[0])
    for other in (
        employed("same", Role("commune_officer"), TRAN_PHU),
        employed("else", Role("district_officer"), AN_NHON),
    ):
        assert other.client.get(pile).status_code == 404
        assert other.client.post(pile, SHEET).status_code == 404
        assert other.client.get(f"{pile}chong/").status_code == 404


def test_who_lives_elsewhere_is_not_begun_here() -> None:
    stranger = employed("stranger", Role("district_officer"), AN_NHON)
    answer = answer_of(stranger, begun(stranger), number=numbers()[0])
    assert answer.status_code == 422
    assert not Person.objects.exists()


def test_the_pile_is_listed_with_its_numbers(officer: Colleague) -> None:
    pile = entered(officer, numbers()[0], **{"q-signs": "12", "q-signs_since": "0"})
    text = officer.client.get(f"{pile}chong/").content.decode()
    assert "có dấu hiệu bệnh" in text
    assert "Bỏ tờ này" in text


def test_without_a_purpose_no_pile_begins() -> None:
    officer = employed("officer", Role("district_officer"), QUY_NHON)
    said = {"form": "general", "lies_at": "Tủ 1", "purpose": ""}
    assert officer.client.post("/to-khai/nhap/", said).status_code == 422
