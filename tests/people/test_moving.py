"""A family moves together only where it is said so, and both communes count right at once."""

from collections.abc import Iterator
from typing import cast

import pytest
from django.test import Client

from tests.factories.people import Answer, Colleague
from tests.factories.register import AT, NHON_BINH, TRAN_PHU, a_citizen, a_device, a_neighbour
from vungxanh.accounts import actions as accounts
from vungxanh.audit.models import AuditEvent
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions, queries
from vungxanh.people.actions.dependants import add_dependant
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device, Person
from vungxanh.people.queries.citizens import own_particulars
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.citizens import Said
from vungxanh.people.values.counts import Element
from vungxanh.people.values.entries import NewPerson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
PURPOSE = {"purpose": "tracing"}
ELSEWHERE = "vn-2021:21907"  # a commune of An Nhơn
AGREED = {"agree-app": "1", "agree-residence": "1"}
TODAY = "vn-2025:21592"  # the ward of today that a citizen may choose
NEW_HOME = {"residence": TODAY, "address": "Tổ 5", **AGREED}


@pytest.fixture(autouse=True)
def morning(db: None) -> Iterator[None]:
    """Nine o'clock, with the purposes that the package brings."""
    with frozen_at(AT):
        accounts.load_purposes(by=SYSTEM, at=AT)
        yield


@pytest.fixture
def guardian() -> Person:
    """A citizen of Trần Phú with two children."""
    person = a_citizen()
    for name in ("Bé Mẫu Một", "Bé Mẫu Hai"):
        add_dependant(guardian=person, said=Said(name, "2019"), by=SYSTEM, at=AT)
    return person


def children() -> list[Person]:
    return list(Person.objects.filter(origin=Origin.DEPENDANT).order_by("id"))


def homes() -> list[str | None]:
    """Where the guardian and the children live, in the order in which they were written."""
    return list(Person.objects.order_by("id").values_list("residence", flat=True))


def with_phone(unit: str) -> int:
    return queries.total([unit], Element.WITH_PHONE)


def move(person: Person, moving: list[int]) -> None:
    home = Residence(NHON_BINH, "Tổ 5")
    actions.change_residence(person=person, residence=home, by=SYSTEM, at=AT, moving=moving)


def test_whoever_is_named_moves_to_the_same_address_and_the_others_stay(guardian: Person) -> None:
    first, second = children()
    move(guardian, [second.pk])
    assert homes() == [NHON_BINH, TRAN_PHU, NHON_BINH]
    second.refresh_from_db()
    assert own_particulars(second).address == "Tổ 5"
    assert own_particulars(first).address == ""


def test_nobody_moves_silently(guardian: Person) -> None:
    move(guardian, [])
    assert homes() == [NHON_BINH, TRAN_PHU, TRAN_PHU]


def test_both_communes_count_right_after_a_family_moved(guardian: Person) -> None:
    child = children()[0]
    device, _ = a_device(AT)
    Device.objects.filter(pk=device.pk).update(
        person=child, residence=TRAN_PHU, second_day_on=AT.date()
    )
    before = queries.total([TRAN_PHU], Element.DEVICES)
    move(guardian, [child.pk])
    assert (with_phone(TRAN_PHU), with_phone(NHON_BINH)) == (0, 1)
    assert queries.total([NHON_BINH], Element.DEVICES) == 1
    assert queries.total([TRAN_PHU], Element.DEVICES) == before - 1


def test_each_move_is_recorded_of_whoever_moved(guardian: Person) -> None:
    move(guardian, [children()[0].pk])
    rows = AuditEvent.objects.filter(event="people.residence_changed").order_by("sequence")
    moved = [f"person:{guardian.pk}", f"person:{children()[0].pk}"]
    assert [row.subject for row in rows] == moved


def test_somebody_else_s_child_never_moves_along(guardian: Person) -> None:
    stranger = a_neighbour("Người Mẫu Ba")
    move(guardian, [stranger.pk])
    stranger.refresh_from_db()
    assert stranger.residence_id == TRAN_PHU


@pytest.fixture
def phone(guardian: Person) -> Client:
    """The guardian's browser."""
    device, token = a_device(AT)
    Device.objects.filter(pk=device.pk).update(person=guardian)
    client = Client()
    client.cookies[COOKIE] = token
    return client


def sent(client: Client, path: str, said: dict[str, object]) -> Answer:
    return cast("Answer", client.post(path, said))


def test_a_citizen_is_asked_for_each_and_nobody_is_ticked(phone: Client) -> None:
    page = phone.get("/toi/noi-o/", {"o": TODAY}).content.decode()
    assert "Ai chuyển cùng bạn?" in page
    assert "Bé Mẫu Một (đang ghi ở Phường Trần Phú" in page
    assert page.count('name="moving"') == 3
    assert "checked" not in page


def test_a_citizen_who_does_not_answer_moves_nobody_and_nothing(phone: Client) -> None:
    answer = sent(phone, "/toi/noi-o/", {**NEW_HOME})
    assert answer.status_code == 422
    assert "Chọn người chuyển cùng, hoặc chọn “Không ai chuyển”." in answer.content.decode()
    assert homes() == [TRAN_PHU] * 3


def test_a_citizen_cannot_choose_somebody_and_nobody(phone: Client) -> None:
    moving = [str(children()[0].pk), "nobody"]
    assert sent(phone, "/toi/noi-o/", {**NEW_HOME, "moving": moving}).status_code == 422
    assert homes() == [TRAN_PHU] * 3


def test_a_citizen_takes_one_child_along(phone: Client) -> None:
    answer = sent(phone, "/toi/noi-o/", {**NEW_HOME, "moving": [str(children()[0].pk)]})
    assert answer.status_code == 302
    assert homes() == [TODAY, TODAY, TRAN_PHU]


def test_whoever_stays_is_shown_with_the_way_to_bring_them(phone: Client) -> None:
    sent(phone, "/toi/noi-o/", {**NEW_HOME, "moving": ["nobody"]})
    page = phone.get("/toi/gia-dinh/").content.decode()
    assert "Bé Mẫu Một: Phường Trần Phú" in page
    way = f"/toi/noi-o/?o={TODAY.replace(':', '%3A')}"
    assert way in page
    assert phone.get(way).content.decode().count('name="moving"') == 3


def test_without_a_family_nothing_is_asked(phone: Client) -> None:
    Person.objects.filter(origin=Origin.DEPENDANT).delete()
    assert "Ai chuyển cùng" not in phone.get("/toi/noi-o/", {"o": TODAY}).content.decode()
    assert sent(phone, "/toi/noi-o/", {**NEW_HOME}).status_code == 302


def corrected(by: Colleague, person: Person, **said: object) -> Answer:
    typed = {"commune": f"[{NHON_BINH}]", "name": "Người Mẫu", **PURPOSE}
    return sent(by.client, f"/nguoi/{person.pk}/sua/", {**typed, **said})


def test_an_officer_is_asked_before_anything_is_stored(
    officer: Colleague, guardian: Person
) -> None:
    page = corrected(officer, guardian, step="check").content.decode()
    assert "Ai chuyển cùng người này?" in page
    assert f"Số {children()[0].pk}, B. M. M. 2019 (đang ghi ở Phường Trần Phú" in page
    assert "checked" not in page
    assert corrected(officer, guardian, step="save").status_code == 422
    assert homes() == [TRAN_PHU] * 3


def test_an_officer_moves_a_family(officer: Colleague, guardian: Person) -> None:
    moving = [str(one.pk) for one in children()]
    assert corrected(officer, guardian, step="save", moving=moving).status_code == 302
    assert homes() == [NHON_BINH] * 3


def test_an_officer_is_not_asked_of_whoever_lives_outside_the_area(
    officer: Colleague, guardian: Person
) -> None:
    away = NewPerson(
        Origin.DEPENDANT, "Bé Mẫu Ba", residence=Residence(ELSEWHERE), guardian=guardian.pk
    )
    child = actions.add_person(person=away, by=SYSTEM, at=AT)
    page = corrected(officer, guardian, step="check").content.decode()
    assert page.count('name="moving"') == 3
    moving = [str(child.pk)]
    assert corrected(officer, guardian, step="save", moving=moving).status_code == 422
