"""Officers' pages of who is to be called, and of contests; the own phone's page of a contest."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.declarations.care_scene import BEGAN, a_care, a_declaration, a_station, nurse
from tests.factories.people import QUY_NHON, Colleague, employed
from tests.factories.register import NHON_BINH, a_citizen, a_neighbour
from vungxanh.accounts.actions.purposes import load_purposes
from vungxanh.accounts.rules import Role
from vungxanh.audit.models import AuditEvent
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.caring import raise_overdue
from vungxanh.declarations.actions.contesting import contest
from vungxanh.declarations.models import Care, Contest, Decision
from vungxanh.duties.models import Occurrence
from vungxanh.people.models import Card, Device, Person
from vungxanh.people.queries.devices import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
AT = BEGAN + timedelta(minutes=10)
LIST = "/to-khai/"
CALL = {"act": "call", "note": "Đã dặn ở nhà", "n_seen": "0", "again": "30"}


@pytest.fixture(autouse=True)
def ten_minutes_later() -> object:
    """Everybody looks ten minutes after the declaration came."""
    load_purposes(by=SYSTEM, at=BEGAN)
    with frozen_at(AT):
        yield


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def of(row: Care) -> str:
    return f"{LIST}{row.pk}/"


def seen() -> list[tuple[str, str]]:
    found = AuditEvent.objects.filter(event="accounts.person_seen").order_by("id")
    return [(one.subject, one.purpose) for one in found]


def test_the_list_says_whom_to_call_why_and_how_long_is_left() -> None:
    a_care()
    page = text(nurse().client, LIST)
    for words in ("Người Mẫu Một", "Ho, sốt", "01/3/2026", "tel:+84912000001", "còn 1 giờ 50 phút"):
        assert words in page


def test_each_person_of_the_list_is_a_look_for_the_purpose_of_care() -> None:
    one, other = a_care(), a_care(a_neighbour("Người Mẫu Hai"))
    text(nurse().client, LIST)
    people = sorted((one.person_id, other.person_id))
    assert seen() == [(f"person:{person}", "care") for person in people]


def test_who_waits_for_nobody_is_told_so() -> None:
    page = text(nurse().client, LIST)
    assert "Không có ai cần gọi" in page
    assert seen() == []


def test_the_soonest_due_is_the_first() -> None:
    a_care(minutes=240)
    a_care(a_neighbour("Người Mẫu Hai"), minutes=30)
    page = text(nurse().client, LIST)
    assert page.index("Người Mẫu Hai") < page.index("Người Mẫu Một")


def test_another_commune_sees_nobody_and_finds_nothing() -> None:
    row, stranger = a_care(), nurse("stranger", NHON_BINH)
    assert "Người Mẫu" not in text(stranger.client, LIST)
    assert [stranger.client.get(of(row)).status_code, claimed(stranger, row)] == [404, 404]
    assert seen() == []


def claimed(who: Colleague, row: Care) -> int:
    return who.client.post(of(row), {"act": "claim"}).status_code


def test_a_call_from_the_list_to_its_result_and_back() -> None:
    who, row = nurse(), a_care()
    assert claimed(who, row) == 302
    assert "Bạn đang gọi" in text(who.client, of(row))
    said = {**CALL, "result": "home_watch", "follow_on": "2026-03-03"}
    assert who.client.post(of(row), said).status_code == 302
    page = text(who.client, of(row))
    assert "Đã dặn ở nhà" in page
    assert "Hoàn tác lần ghi cuối" in page
    assert "Người số" in text(who.client, f"{LIST}?xem=da-goi")
    assert Occurrence.objects.get().state == "done"
    who.client.post(of(row), {"act": "undo"})
    assert Occurrence.objects.get().state == "open"
    assert "(đã hoàn tác)" in text(who.client, of(row))


def test_a_colleague_sees_who_calls_and_cannot_call_too() -> None:
    row = a_care()
    claimed(nurse(), row)
    other = nurse("other")
    assert "nurse (mẫu) đang gọi." in text(other.client, of(row))
    assert claimed(other, row) == 409


def test_a_result_without_a_day_keeps_what_was_typed() -> None:
    who, row = nurse(), a_care()
    answer = who.client.post(of(row), {**CALL, "result": "test", "follow_on": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chọn ngày gọi lại theo dõi" in page
    assert "Đã dặn ở nhà" in page


def test_an_act_that_is_none_is_not_found() -> None:
    who, row = nurse(), a_care()
    assert who.client.post(of(row), {"act": "delete"}).status_code == 404


def test_who_is_followed_is_on_the_list_of_that_day() -> None:
    who, row = nurse(), a_care()
    said = {**CALL, "result": "home_watch", "follow_on": "2026-03-03"}
    who.client.post(of(row), said)
    assert "Người Mẫu Một" not in text(who.client, LIST)
    with frozen_at(BEGAN + timedelta(days=1)):
        assert "Hôm nay gọi lại theo dõi" in text(nurse("morning").client, LIST)


def test_the_unit_above_has_what_is_overdue_and_both_see_who_has_it() -> None:
    district, row = employed("district", Role("district_officer"), QUY_NHON), a_care()
    assert "Người Mẫu Một" not in text(district.client, LIST)
    assert "Người Mẫu Một" in text(district.client, f"{LIST}?xem=dia-ban")
    raise_overdue(at=BEGAN + timedelta(minutes=121))
    with frozen_at(BEGAN + timedelta(minutes=130)):
        late = employed("late", Role("district_officer"), QUY_NHON)
        assert "Người Mẫu Một" in text(late.client, LIST)
        assert "Đã chuyển lên Thành phố Quy Nhơn" in text(nurse().client, of(row)) + text(
            nurse("two").client, LIST
        )


def test_the_work_of_today_leads_to_the_call() -> None:
    who, row = nurse(), a_care()
    occurrence = Occurrence.objects.get().pk
    answer = who.client.get(f"{LIST}viec/{occurrence}/")
    assert answer["Location"] == of(row)
    assert f"{LIST}viec/{occurrence}/" in text(who.client, "/viec/")


def test_lists_ask_a_fixed_number_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    who = nurse()
    for number in range(4):
        a_care(a_neighbour(f"Người Mẫu {number}"))
    with django_assert_max_num_queries(30):
        text(who.client, LIST)


def a_contest(*, person: Person | None = None) -> tuple[Contest, Device]:
    who = person or a_citizen()
    device = Device.objects.get(person=who)
    made = a_declaration(who)
    by = viewer_of(device)
    contest(declaration_id=made, words="Tôi ho do dị ứng, đã khám", by=by, at=BEGAN)
    return Contest.objects.get(), device


def test_a_contest_is_listed_with_its_figures_and_opened_with_its_words() -> None:
    row, _device = a_contest()
    who = nurse()
    page = text(who.client, f"{LIST}khieu-nai/")
    assert "30 ngày qua: 1 khiếu nại, 0 đã sửa, 0 giữ kết quả, 1 chờ trả lời." in page
    page = text(who.client, f"{LIST}khieu-nai/{row.pk}/")
    assert "Tôi ho do dị ứng" in page
    assert "thẻ cam" in page


def test_a_correction_writes_the_card_and_what_it_stood_on() -> None:
    row, _device = a_contest()
    who = nurse()
    said = {"act": "correct", "colour": "green", "words": "Đã xem giấy khám"}
    assert who.client.post(f"{LIST}khieu-nai/{row.pk}/", said).status_code == 302
    made = Decision.objects.get()
    assert (made.before, made.after, made.rules_id, made.by) == (
        "orange",
        "green",
        1,
        who.viewer.id,
    )
    assert Card.objects.get().colour == "green"
    assert Occurrence.objects.get().state == "done"


def test_what_is_kept_leaves_the_card_alone() -> None:
    row, _device = a_contest()
    said = {"act": "keep", "colour": "", "words": "Dấu hiệu còn, cần theo dõi"}
    nurse().client.post(f"{LIST}khieu-nai/{row.pk}/", said)
    row.refresh_from_db()
    assert (row.state, Card.objects.count()) == ("kept", 0)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"act": "correct", "colour": "orange", "words": "Đã xem giấy khám"}, 422),
        ({"act": "correct", "colour": "", "words": "Đã xem giấy khám"}, 422),
        ({"act": "keep", "colour": "", "words": "ok"}, 422),
    ],
)
def test_a_decision_that_says_nothing_changes_nothing(said: dict[str, str], status: int) -> None:
    row, _device = a_contest()
    assert nurse().client.post(f"{LIST}khieu-nai/{row.pk}/", said).status_code == status
    row.refresh_from_db()
    assert (row.state, Decision.objects.count()) == ("open", 0)


def test_a_contest_is_decided_once_and_by_its_own_commune() -> None:
    row, _device = a_contest()
    said = {"act": "keep", "colour": "", "words": "Dấu hiệu còn, cần theo dõi"}
    stranger = nurse("stranger", NHON_BINH)
    assert stranger.client.post(f"{LIST}khieu-nai/{row.pk}/", said).status_code == 404
    who = nurse()
    who.client.post(f"{LIST}khieu-nai/{row.pk}/", said)
    assert who.client.post(f"{LIST}khieu-nai/{row.pk}/", said).status_code == 409


def test_a_later_declaration_keeps_its_card_when_an_earlier_one_is_corrected() -> None:
    row, device = a_contest()
    assert device.person is not None
    a_declaration(device.person, when=BEGAN + timedelta(minutes=5))
    said = {"act": "correct", "colour": "green", "words": "Đã xem giấy khám"}
    nurse().client.post(f"{LIST}khieu-nai/{row.pk}/", said)
    assert Card.objects.count() == 0


_ = a_station
