"""Cards that officers print for people without a phone: in the own area, audited, one at a time."""

from collections.abc import Iterator
from typing import cast

import pypdfium2
import pytest

from tests.factories.people import QUY_NHON, Answer, Colleague, employed
from tests.factories.qr import text_in
from tests.factories.register import AT, a_neighbour
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.rules import Role
from vungxanh.audit.models import AuditEvent
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions.refusals import CodeRevokedError
from vungxanh.people.models import Person, PrintedCard
from vungxanh.people.queries.looks import looks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
PURPOSE = {"purpose": "tracing"}
NAME = "Người Mẫu Một"


@pytest.fixture(autouse=True)
def morning(db: None) -> Iterator[None]:
    """Nine o'clock, with the purposes that the package brings."""
    with frozen_at(AT):
        accounts.load_purposes(by=SYSTEM, at=AT)
        yield


def cards(person: Person) -> str:
    return f"/nguoi/{person.pk}/the/"


def sent(by: Colleague, path: str, /, **said: object) -> Answer:
    return cast("Answer", by.client.post(path, {**PURPOSE, **said}))


def newest() -> PrintedCard:
    return PrintedCard.objects.order_by("printed_at", "id").last() or pytest.fail("no card")


def made(by: Colleague, person: Person, former: object = "") -> str:
    """The page after a card was made."""
    answer = sent(by, cards(person), act="print", former=former)
    assert answer.status_code == 200
    return answer.content.decode()


def fetched(by: Colleague, person: Person) -> bytes:
    """The PDF of the newest card."""
    answer = sent(by, f"{cards(person)}{newest().pk}.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer.content


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(document[0].get_textpage().get_text_bounded().split())
    finally:
        document.close()


def events(name: str) -> list[tuple[str, str]]:
    rows = AuditEvent.objects.filter(event=name).order_by("sequence")
    return [(row.subject, row.purpose) for row in rows]


def test_a_card_is_made_fetched_and_read_at_a_door(officer: Colleague) -> None:
    person = a_neighbour(NAME)
    assert "In thẻ giấy" in sent(officer, f"/nguoi/{person.pk}/").content.decode()
    assert "Thẻ đã sẵn để tải và in." in made(officer, person)
    text = text_in(fetched(officer, person))
    assert actions.read_code(text=text, by=SYSTEM, at=AT).person == person.pk


def test_the_paper_says_whose_it_is_until_when_and_nothing_else_of_them(officer: Colleague) -> None:
    person = a_neighbour(NAME, birth="20/3/1985", papers=(("", "052185000001"),))
    made(officer, person)
    said = words_of(fetched(officer, person))
    assert NAME in said
    assert "Dùng đến 02/3/2027" in said
    assert "1985" not in said
    assert "000001" not in said


def test_each_step_is_recorded_with_the_purpose_and_told_to_the_person(officer: Colleague) -> None:
    person = a_neighbour(NAME)
    made(officer, person)
    fetched(officer, person)
    subject = (f"person:{person.pk}", "tracing")
    assert events("people.card_printed") == [subject]
    assert events("accounts.person_seen") == [subject, subject]
    assert len(looks(person.pk)) == 2


def test_a_new_card_ends_the_former_and_says_so_on_page_and_paper(officer: Colleague) -> None:
    person = a_neighbour(NAME)
    made(officer, person)
    former = newest()
    first = text_in(fetched(officer, person))
    page = made(officer, person, former.pk)
    assert "Thẻ trước đã hết dùng" in page
    assert page.count("đã hủy") == 1
    assert "Thẻ in trước của người này đã hết dùng" in words_of(fetched(officer, person))
    with pytest.raises(CodeRevokedError):
        actions.read_code(text=first, by=SYSTEM, at=AT)
    assert sent(officer, f"{cards(person)}{former.pk}.pdf").status_code == 404


def test_a_form_that_is_sent_twice_makes_one_card(officer: Colleague) -> None:
    person = a_neighbour(NAME)
    made(officer, person)
    made(officer, person)
    assert PrintedCard.objects.count() == 1


def test_a_card_is_revoked_at_once(officer: Colleague) -> None:
    person = a_neighbour(NAME)
    made(officer, person)
    text = text_in(fetched(officer, person))
    page = sent(officer, cards(person), act="revoke", card=newest().pk).content.decode()
    assert "Chưa có thẻ nào đang dùng" in page
    assert events("people.card_revoked") == [(f"person:{person.pk}", "tracing")]
    with pytest.raises(CodeRevokedError):
        actions.read_code(text=text, by=SYSTEM, at=AT)


def test_without_a_purpose_nothing_is_made(officer: Colleague) -> None:
    person = a_neighbour(NAME)
    answer = officer.client.post(cards(person), {"act": "print", "former": ""})
    assert answer.status_code in {403, 422}
    assert not PrintedCard.objects.exists()


def test_whoever_lives_elsewhere_gets_no_card(officer: Colleague, other_officer: Colleague) -> None:
    person = a_neighbour(NAME)
    made(officer, person)
    for path in (cards(person), f"{cards(person)}{newest().pk}.pdf"):
        assert sent(other_officer, path, act="print", former=newest().pk).status_code == 404
    assert PrintedCard.objects.count() == 1


def test_a_card_of_somebody_else_is_not_fetched_under_a_person(officer: Colleague) -> None:
    person, other = a_neighbour(NAME), a_neighbour("Công Dân Thử")
    made(officer, person)
    assert sent(officer, f"{cards(other)}{newest().pk}.pdf").status_code == 404


def test_a_keeper_of_a_point_prints_nothing() -> None:
    keeper = employed("keeper", Role("point_keeper"), QUY_NHON)
    assert sent(keeper, cards(a_neighbour(NAME)), act="print", former="").status_code == 403
    assert not PrintedCard.objects.exists()
