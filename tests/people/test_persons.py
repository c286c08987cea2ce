"""Persons written down: sealed under their own key, found by keyed tokens, corrected."""

import pytest

from tests.factories.register import AT, NHON_BINH, TRAN_PHU, a_neighbour, lying_in
from vungxanh.core.enveloped import opened
from vungxanh.core.sealed import UnopenableError
from vungxanh.core.viewer import SYSTEM
from vungxanh.engines.phones import BadPhoneError
from vungxanh.people import actions
from vungxanh.people.actions.refusals import BadBirthError, NoNameError
from vungxanh.people.models import Document, Person, Phone, SearchToken
from vungxanh.people.queries import total
from vungxanh.people.queries.finding import with_number, with_tokens
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.rules.tokens import findable
from vungxanh.people.values import Origin
from vungxanh.people.values.counts import Element
from vungxanh.people.values.entries import NewPerson, PersonChange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
NAME = "Người Mẫu Một"


def name_of(person: Person) -> str:
    row = Person.objects.get(pk=person.pk)
    return opened(envelope_of(row), row, "name")


def found_by(name: str) -> list[int]:
    groups = list(findable(name, None).items())
    return [person.pk for person in with_tokens(SYSTEM, groups).persons]


def test_what_is_written_down_is_read_again() -> None:
    person = a_neighbour(birth="20/3/1985", phone="0912 000 003")
    row = Person.objects.get(pk=person.pk)
    assert name_of(person) == NAME
    assert opened(envelope_of(row), row, "birth") == "1985-03-20"
    assert opened(envelope_of(row), row.phones.get(), "number") == "+84912000003"


def test_a_number_that_was_only_said_never_counts() -> None:
    a_neighbour(phone="0912 000 003")
    assert total([TRAN_PHU], Element.WITH_PHONE) == 0


def test_one_person_s_text_does_not_open_under_another_s_key() -> None:
    first, second = a_neighbour(), a_neighbour("Người Mẫu Hai")
    Person.objects.filter(pk=second.pk).update(name=Person.objects.get(pk=first.pk).name)
    with pytest.raises(UnopenableError):
        name_of(second)


def test_nothing_of_a_person_lies_open_in_the_tables() -> None:
    a_neighbour(birth="1985", phone="0912 000 003", papers=(("", "052185000001"),))
    text = lying_in(Person, Phone, Document, SearchToken)
    planted = [NAME, "912000003", "052185000001", NAME.encode().hex(), b"912000003".hex()]
    assert [one for one in planted if one.casefold() in text.casefold()] == []
    assert len(text) > 500


def test_somebody_is_found_by_parts_of_the_name_without_accents() -> None:
    person = a_neighbour()
    a_neighbour("Công Dân Thử")
    assert found_by("nguoi mau mot") == [person.pk]
    assert found_by("Nguoi Khac") == []


def test_somebody_is_found_by_the_number_in_the_own_area_alone() -> None:
    person = a_neighbour(phone="0912 000 003")
    a_neighbour("Người Mẫu Hai", unit=NHON_BINH)
    assert [one.pk for one in with_number(SYSTEM, "+84912000003")] == [person.pk]


def test_a_corrected_name_is_found_and_the_former_is_not() -> None:
    person = a_neighbour()
    change = PersonChange(name="Công Dân Thử")
    actions.change_person(person_id=person.pk, change=change, by=SYSTEM, at=AT)
    assert name_of(person) == "Công Dân Thử"
    assert found_by("cong dan thu") == [person.pk]
    assert found_by("nguoi mau mot") == []


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        (NewPerson(Origin.DOOR, "  "), NoNameError),
        (NewPerson(Origin.DOOR, NAME, "30/2/1985"), BadBirthError),
        (NewPerson(Origin.DOOR, NAME, "2030"), BadBirthError),
        (NewPerson(Origin.DOOR, NAME, phone="12"), BadPhoneError),
    ],
    ids=["no name", "no such day", "not born yet", "no number"],
)
def test_bad_particulars_are_refused_and_nothing_is_stored(
    said: NewPerson, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        actions.add_person(person=said, by=SYSTEM, at=AT)
    assert not Person.objects.exists()
    assert not SearchToken.objects.exists()


def test_a_dependant_goes_with_the_guardian_s_row() -> None:
    guardian = a_neighbour()
    child = NewPerson(Origin.DEPENDANT, "Bé Mẫu", guardian=guardian.pk)
    actions.add_person(person=child, by=SYSTEM, at=AT)
    guardian.delete()
    assert not Person.objects.exists()


def test_a_paper_said_twice_stands_once_and_can_be_forgotten() -> None:
    person = a_neighbour(papers=(("", "052185000001"),))
    change = PersonChange(papers=(("", "0521 8500 0001"),))
    actions.change_person(person_id=person.pk, change=change, by=SYSTEM, at=AT)
    paper = Document.objects.get()
    assert paper.kind == "cccd"
    asked = {"person_id": person.pk, "document_id": paper.pk}
    assert actions.forget_document(**asked, by=SYSTEM, at=AT)
    assert not actions.forget_document(**asked, by=SYSTEM, at=AT)
