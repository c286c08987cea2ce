"""Officers' pages of persons: purpose first, the own area alone, nothing stored by halves."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories.people import AN_NHON, QUY_NHON, Answer, Colleague, employed
from tests.factories.register import AT, NHON_BINH, NUMBER, TRAN_PHU, a_citizen, a_neighbour
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.queries.exports import person_list
from vungxanh.accounts.rules import Role
from vungxanh.accounts.values.glass import Breaking
from vungxanh.audit.models import AuditEvent
from vungxanh.core.clock import frozen_at
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations.values import registry
from vungxanh.people import actions
from vungxanh.people.models import Device, Person
from vungxanh.people.values.standing import Class, NewStanding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
PURPOSE = {"purpose": "tracing"}
NAME = "Người Mẫu Một"
PHONE = "0912 000 003"
PAPER = "052185000001"
NEW = {
    **PURPOSE,
    "origin": "door",
    "name": "Công Dân Thử",
    "birth": "20/3/1985",
    "commune": f"Phường Trần Phú [{TRAN_PHU}]",
}
REASON = "Ca bệnh ở Quy Nhơn đã đến chợ An Nhơn, cần xem ngay"


@pytest.fixture(autouse=True)
def morning(db: None) -> Iterator[None]:
    """Nine o'clock, with the purposes that the package brings."""
    with frozen_at(AT):
        accounts.load_purposes(by=SYSTEM, at=AT)
        yield


def sent(by: Colleague, path: str, status: int = 200, /, **said: object) -> str:
    """What a page answers to what it is sent."""
    answer: Answer = by.client.post(path, said)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def seen(by: Colleague, path: str) -> str:
    """What a page shows."""
    answer = by.client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def found(by: Colleague, way: str, text: str, **more: str) -> str:
    return sent(by, "/nguoi/", way=way, text=text, **PURPOSE, **more)


def one(person: Person, end: str = "") -> str:
    return f"/nguoi/{person.pk}/{end}"


def events(name: str) -> list[tuple[str, str]]:
    rows = AuditEvent.objects.filter(event=name).order_by("sequence")
    return [(row.subject, row.purpose) for row in rows]


def quarantined(person: Person, cls: Class = Class.QUARANTINED, source: str = "case:1") -> Person:
    until = AT + timedelta(days=14)
    standing = NewStanding(person.pk, cls, AT - timedelta(days=1), until, source)
    actions.write_standing(standing=standing, by=SYSTEM, at=AT)
    return person


def test_the_search_begins_with_no_purpose_chosen(officer: Colleague) -> None:
    page = seen(officer, "/nguoi/")
    assert '<option value="" selected>Chọn mục đích</option>' in page
    assert "Mỗi giờ được tra cứu 60 lượt." in page


def test_a_search_without_a_purpose_is_refused(officer: Colleague) -> None:
    a_neighbour(phone=PHONE)
    page = sent(officer, "/nguoi/", 422, way="phone", text=PHONE)
    assert "Chọn mục đích." in page
    assert events("people.looked_up") == []


def test_an_answer_shows_number_initials_and_commune_and_no_name(officer: Colleague) -> None:
    person = a_neighbour(NAME, birth="1985", phone=PHONE)
    page = found(officer, "phone", "+84 912 000 003")
    assert "N. M. M." in page
    assert "Phường Trần Phú, TP. Quy Nhơn" in page
    assert f'action="{one(person)}"' in page
    assert NAME not in page


def test_the_next_search_begins_with_no_purpose_chosen(officer: Colleague) -> None:
    page = found(officer, "phone", PHONE)
    assert '<option value="" selected>Chọn mục đích</option>' in page
    assert f'value="{PHONE}"' in page


def test_a_name_is_answered_with_likeness_and_reasons(officer: Colleague) -> None:
    a_neighbour(NAME, birth="1985")
    page = found(officer, "name", NAME, birth_year="1985", commune="Phường Trần Phú, Quy Nhơn")
    assert "rất giống" in page
    assert "đúng họ tên, đúng năm sinh, cùng xã" in page


def test_whoever_lives_elsewhere_is_answered_as_whoever_is_not_known(
    other_officer: Colleague,
) -> None:
    a_neighbour(phone=PHONE)
    known = found(other_officer, "phone", PHONE)
    unknown = found(other_officer, "phone", "0912 000 009")
    assert "Không có ai trong địa bàn khớp" in known
    assert told(known).replace(PHONE, "") == told(unknown).replace("0912 000 009", "")


def told(page: str) -> str:
    """A page without the forms' one-time tokens."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"way": "phone", "text": "12"}, "Số điện thoại thiếu chữ số."),
        ({"way": "paper", "text": "12"}, "Số giấy tờ thừa hoặc thiếu ký tự."),
        ({"way": "name", "text": "N. V."}, "Họ tên này chưa đủ để tìm."),
        ({"way": "name", "text": NAME, "birth_year": "20"}, "Ghi năm sinh bốn chữ số"),
        ({"way": "name", "text": NAME, "commune": "Sao Hỏa"}, "Không có “Sao Hỏa”"),
    ],
    ids=["phone", "paper", "name", "year", "commune"],
)
def test_a_search_that_cannot_be_says_what_to_do(
    officer: Colleague, typed: dict[str, str], sentence: str
) -> None:
    assert sentence in sent(officer, "/nguoi/", 422, **PURPOSE, **typed)
    assert events("people.looked_up") == []


def test_the_last_look_up_of_the_hour_says_when_the_next_is(
    officer: Colleague, settings: Settings
) -> None:
    settings.LOOKUPS_OFFICER = 1
    found(officer, "phone", PHONE)
    answer = officer.client.post("/nguoi/", {"way": "phone", "text": PHONE, **PURPOSE})
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert "Lượt tiếp theo từ 10:00:00" in answer.content.decode()


def test_a_person_opens_for_a_purpose_and_the_look_is_recorded(officer: Colleague) -> None:
    person = a_neighbour(NAME, birth="20/3/1985", phone=PHONE, papers=(("", PAPER),))
    asked = seen(officer, one(person))
    assert NAME not in asked
    assert events("accounts.person_seen") == []
    page = sent(officer, one(person), **PURPOSE)
    assert NAME in page
    assert "20/3/1985" in page
    assert "0912 000 003" in page
    assert "nghe nói, chưa xác thực" in page
    assert "Đầu số VinaPhone, có thể đã chuyển mạng" in page
    assert events("accounts.person_seen") == [(f"person:{person.pk}", "tracing")]


def test_a_person_does_not_open_without_a_purpose(officer: Colleague) -> None:
    person = a_neighbour(NAME)
    assert NAME not in sent(officer, one(person), 422, purpose="curiosity")
    assert events("accounts.person_seen") == []


def test_a_paper_is_masked_until_it_is_asked_for(officer: Colleague) -> None:
    person = a_neighbour(papers=(("", PAPER),))
    page = sent(officer, one(person), **PURPOSE)
    assert "******000001" in page
    assert PAPER not in page
    shown = sent(officer, one(person), paper=person.documents.get().pk, **PURPOSE)
    assert PAPER in shown
    seen_rows = AuditEvent.objects.filter(event="accounts.person_seen").order_by("sequence")
    assert [row.detail["resource"] for row in seen_rows] == ["person", "document"]


def test_an_opened_citizen_shows_proof_phone_and_what_it_says_of_itself(
    officer: Colleague,
) -> None:
    person = quarantined(a_citizen())
    device = Device.objects.get(person=person)
    actions.note_bluetooth(device_id=device.pk, is_on=True, at=AT)
    page = sent(officer, one(person), **PURPOSE)
    for words in (
        "đã xác thực bằng mã",
        "Điện thoại Android",
        "Bluetooth bật, máy tự báo",
        "Đang cách ly",
        "Chính người này, trên ứng dụng",
        "mới thấy một ngày",
    ):
        assert words in page
    assert "case:1" not in page


ENDS = pytest.mark.parametrize("end", ["", "sua/"])
METHODS = pytest.mark.parametrize("method", ["get", "post"])


@ENDS
@METHODS
def test_a_person_of_another_district_is_answered_byte_for_byte_as_nobody(
    other_officer: Colleague, end: str, method: str
) -> None:
    person = a_neighbour(NAME)
    ask = getattr(other_officer.client, method)
    hidden, nobody = ask(one(person, end), PURPOSE), ask(f"/nguoi/987654321/{end}", PURPOSE)
    assert (hidden.status_code, nobody.status_code) == (404, 404)
    here, there = one(person, end), f"/nguoi/987654321/{end}"
    assert told(hidden.content.decode()).replace(here, "") == told(nobody.content.decode()).replace(
        there, ""
    )


def test_broken_glass_lets_read_and_never_write(
    other_officer: Colleague, province_officer: Colleague
) -> None:
    person = a_neighbour(NAME, phone=PHONE)
    breaking = Breaking(unit=QUY_NHON, reason=REASON, purpose="tracing", minutes=15)
    accounts.break_glass(breaking=breaking, by=other_officer.viewer, at=AT)
    assert "N. M. M." in found(other_officer, "phone", PHONE)
    page = sent(other_officer, one(person), **PURPOSE)
    assert NAME in page
    assert "sua/" not in page
    sent(other_officer, one(person, "sua/"), 404, step="save", name="Khác", **PURPOSE)
    sent(other_officer, "/nguoi/moi/", 422, **NEW)
    assert Person.objects.count() == 1
    assert AuditEvent.objects.filter(
        subject=f"person:{person.pk}", event__contains="glass"
    ).exists()


def test_a_correction_is_shown_before_it_is_made(officer: Colleague) -> None:
    person = a_neighbour(NAME, birth="1985", papers=(("", PAPER),))
    form = sent(officer, one(person, "sua/"), **PURPOSE)
    assert f'value="{NAME}"' in form
    typed = {
        "name": "Người Mẫu Hai",
        "birth": "1985",
        "commune": f"[{NHON_BINH}]",
        "address": "Tổ 1",
        "forgotten": [str(person.documents.get().pk)],
    }
    check = sent(officer, one(person, "sua/"), step="check", **typed, **PURPOSE)
    assert "Người Mẫu Hai" in check
    assert f"Tổ 1, {registry().unit(NHON_BINH).name}" in check
    assert events("people.person_changed") == []
    sent(officer, one(person, "sua/"), 302, step="save", **typed, **PURPOSE)
    page = sent(officer, one(person), **PURPOSE)
    assert "Người Mẫu Hai" in page
    assert "Chưa có giấy tờ nào." in page
    assert events("people.person_changed") == [(f"person:{person.pk}", "tracing")]
    assert events("people.residence_changed") == [(f"person:{person.pk}", "tracing")]


def test_a_bad_correction_changes_nothing(officer: Colleague) -> None:
    person = a_neighbour(NAME, birth="1985")
    typed = {"name": "Người Mẫu Hai", "birth": "30/2/1985", "commune": f"[{TRAN_PHU}]"}
    page = sent(officer, one(person, "sua/"), 422, step="save", **typed, **PURPOSE)
    assert "Năm sinh chưa đúng." in page
    assert NAME in sent(officer, one(person), **PURPOSE)


def test_whoever_moves_out_of_the_area_is_no_longer_opened(officer: Colleague) -> None:
    person = a_neighbour(NAME)
    away = "vn-2021:21907"  # a commune of An Nhơn
    answer = officer.client.post(
        one(person, "sua/"),
        {"step": "save", "name": NAME, "commune": f"[{away}]", **PURPOSE},
    )
    assert answer["Location"] == "/nguoi/"
    sent(officer, one(person), 404, **PURPOSE)


def test_somebody_new_is_written_down_and_the_next_begins_in_the_same_commune(
    officer: Colleague,
) -> None:
    answer = officer.client.post("/nguoi/moi/", {**NEW, "phone": PHONE, "paper": PAPER})
    person = Person.objects.get()
    assert (person.residence_id, person.created_by) == (TRAN_PHU, officer.viewer.id)
    assert not person.has_phone
    page = seen(officer, answer["Location"])
    assert f"[{TRAN_PHU}]" in page
    assert '<option value="" selected>Chọn mục đích</option>' in page


def test_whoever_may_be_the_same_is_shown_before_anything_is_stored(officer: Colleague) -> None:
    person = a_neighbour(NAME, phone=PHONE)
    page = sent(officer, "/nguoi/moi/", **NEW, phone=PHONE)
    assert "Đây là người này" in page
    assert "cùng số điện thoại" in page
    assert f'action="{one(person)}"' in page
    assert NAME not in page
    assert Person.objects.count() == 1
    sent(officer, "/nguoi/moi/", 302, **NEW, phone=PHONE, anyway="1")
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Điền ô này."),
        ({"birth": "30/2/1985"}, "Năm sinh chưa đúng."),
        ({"phone": "12"}, "Số điện thoại thiếu chữ số."),
        ({"paper": "12"}, "Số giấy tờ thừa hoặc thiếu ký tự."),
        ({"commune": f"[{AN_NHON}]"}, "Chưa tìm thấy xã, phường này."),
        ({"commune": "[vn-2021:21907]"}, "ngoài địa bàn của bạn"),
        ({"purpose": ""}, "Chọn mục đích."),
        ({"origin": "app"}, "Ghi từ đâu"),
    ],
    ids=["name", "birth", "phone", "paper", "no commune", "elsewhere", "purpose", "origin"],
)
def test_bad_particulars_are_said_and_nothing_is_stored(
    officer: Colleague, typed: dict[str, str], sentence: str
) -> None:
    assert sentence in sent(officer, "/nguoi/moi/", 422, **{**NEW, **typed})
    assert not Person.objects.exists()


def a_register() -> tuple[Person, Person, Person]:
    """A citizen in quarantine whose phone says Bluetooth, one without a phone, one to be tested."""
    citizen = quarantined(a_citizen(number=NUMBER))
    device = Device.objects.get(person=citizen)
    actions.note_bluetooth(device_id=device.pk, is_on=True, at=AT)
    alone = quarantined(a_neighbour(NAME, unit=NHON_BINH))
    tested = quarantined(a_neighbour("Công Dân Thử", phone=PHONE), Class.TO_BE_TESTED)
    quarantined(alone, Class.TO_BE_TESTED, source="case:2")
    return citizen, alone, tested


def total_row(page: str) -> list[str]:
    return re.findall(r">(\d+)</td>", page.split("<tfoot>")[1].split("</tfoot>")[0])


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ("tat-ca", ["3", "1", "1", "1", "1"]),
        ("cach-ly", ["2", "1", "1", "1", "1"]),
        ("xet-nghiem", ["2", "0", "0", "0", "1"]),
    ],
)
def test_letter_002_is_answered_in_numbers(
    officer: Colleague, chosen: str, numbers: list[str]
) -> None:
    a_register()
    page = seen(officer, f"/nguoi/theo-doi/?dien={chosen}")
    assert total_row(page) == numbers
    assert "máy tự báo" in page


def test_a_phone_silent_for_a_day_is_not_seen_and_its_bluetooth_not_told(
    officer: Colleague,
) -> None:
    a_register()
    Device.objects.update(last_seen_at=AT - timedelta(hours=25))
    assert total_row(seen(officer, "/nguoi/theo-doi/?dien=cach-ly")) == ["2", "1", "0", "0", "1"]


def test_the_numbers_of_the_area_are_of_the_area_alone(other_officer: Colleague) -> None:
    a_register()
    assert "Không có ai" in seen(other_officer, "/nguoi/theo-doi/")


def test_the_list_is_shown_for_a_purpose_by_commune_time_number(officer: Colleague) -> None:
    citizen, alone, tested = a_register()
    assert "Danh sách" not in seen(officer, "/nguoi/theo-doi/").split("<main")[1].split("<h2")[1]
    page = seen(officer, "/nguoi/theo-doi/?dien=tat-ca&muc-dich=tracing")
    listed = [int(n) for n in re.findall(r'<th scope="row" class="vx-num">(\d+)</th>', page)]
    assert listed == [alone.pk, citizen.pk, tested.pk]
    assert NAME not in page
    assert events("accounts.person_seen") == [("list:tat-ca", "tracing")]


def test_the_list_costs_the_same_for_one_and_for_many(
    officer: Colleague, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(12):
        quarantined(a_neighbour(f"Người Mẫu {n}"))
    with django_assert_max_num_queries(22):
        seen(officer, "/nguoi/theo-doi/?muc-dich=tracing")


def test_the_list_is_exported_from_the_own_area_alone(
    officer: Colleague, other_officer: Colleague
) -> None:
    citizen, alone, _tested = a_register()
    listed = person_list("people_followed")
    rows = list(listed.rows(officer.viewer, "cach-ly"))
    assert [row["number"] for row in rows] == [str(alone.pk), str(citizen.pk)]
    assert [row["name"] for row in rows] == [NAME, ""]
    assert [row["bluetooth"] for row in rows] == ["", "x"]
    assert listed.count(officer.viewer, "cach-ly") == 2
    assert listed.units(officer.viewer, "cach-ly") == {TRAN_PHU, NHON_BINH}
    assert listed.count(other_officer.viewer, "cach-ly") == 0
    with pytest.raises(MissingError):
        listed.count(officer.viewer, "khac")


def test_whoever_may_not_see_persons_is_turned_away() -> None:
    keeper = employed("keeper", Role("point_keeper"), QUY_NHON)
    for path in ("/nguoi/", "/nguoi/moi/", "/nguoi/theo-doi/"):
        assert keeper.client.get(path).status_code == 403
