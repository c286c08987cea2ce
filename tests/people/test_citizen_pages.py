"""A citizen's own pages: what is refused stays typed, what is sent twice happens once."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.factories.people import Answer
from tests.factories.register import sent_code
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging.models import Message
from vungxanh.people import actions, queries
from vungxanh.people.actions.refusals import StillFollowedError
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device, Document, Person
from vungxanh.people.queries import citizens
from vungxanh.people.values import Origin
from vungxanh.people.values.counts import Element
from vungxanh.people.values.standing import Class, Colour, NewCard, NewStanding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]

QUY_NHON = "vn-2025:21583"  # the ward of today
QUY_NHON_NAM = "vn-2025:21592"
TRAN_PHU = "vn-2021:21586"  # a ward of the past, now of Quy Nhơn
NUMBER = "0912 000 001"  # an invented person's
AGREED = {"agree-app": "1", "agree-residence": "1"}
PAGES = [
    "/toi/",
    "/toi/dien-thoai/",
    "/toi/noi-o/",
    "/toi/thong-tin/",
    "/toi/thong-tin/sua/",
    "/toi/thong-tin/giay-to/",
    "/toi/gia-dinh/",
    "/toi/gia-dinh/them/",
    "/toi/roi-di/",
]


def words(reply: Answer) -> str:
    """What a reader meets, spaces folded."""
    text = re.sub(r"<[^>]+>", " ", reply.content.decode())
    return re.sub(r"\s+", " ", unescape(text))


@pytest.fixture
def phone() -> Client:
    """A browser that has begun."""
    client = Client()
    client.post("/toi/bat-dau/")
    return client


@pytest.fixture
def citizen(phone: Client) -> Client:
    """A browser whose holder proved a number and lives in Quy Nhơn."""
    phone.post("/toi/dien-thoai/", {"phone": NUMBER, **AGREED})
    phone.post("/toi/dien-thoai/ma/", {"code": sent_code(), "residence": QUY_NHON})
    return phone


def holder() -> Person:
    return Person.objects.get(origin=Origin.APP)


def with_phone(unit: str) -> int:
    return queries.total([unit], Element.WITH_PHONE)


def family() -> list[str]:
    return [one.name for one in citizens.dependants(holder())]


def test_beginning_lets_a_browser_in_once_and_hides_its_token() -> None:
    client = Client()
    assert "Chưa cần số điện thoại" in words(client.get("/toi/bat-dau/"))
    reply = client.post("/toi/bat-dau/")
    assert reply["Location"] == "/toi/"
    assert reply.cookies[COOKIE]["httponly"]
    assert client.post("/toi/bat-dau/")["Location"] == "/toi/"
    assert Device.objects.count() == 1


def test_beginning_needs_the_token_of_its_page() -> None:
    assert Client(enforce_csrf_checks=True).post("/toi/bat-dau/").status_code == 403
    assert not Device.objects.exists()


@pytest.mark.parametrize("path", PAGES)
def test_whoever_has_not_begun_is_led_to_the_beginning(path: str) -> None:
    assert Client().get(path)["Location"] == "/toi/bat-dau/"


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_a_citizen_are_kept_by_no_cache(citizen: Client, path: str) -> None:
    reply = citizen.get(path)
    assert reply.status_code == 200
    assert "no-store" in reply["Cache-Control"]


def test_home_shows_an_anonymous_phone_the_way_to_a_number(phone: Client) -> None:
    text = words(phone.get("/toi/"))
    assert "chưa xác thực số" in text
    assert "Xác thực số điện thoại" in text
    assert "Đổi nơi ở" not in words(phone.get("/toi/cua-toi/"))


def test_the_own_page_masks_the_number_and_names_the_commune(citizen: Client) -> None:
    assert "Phường Quy Nhơn" in words(citizen.get("/toi/"))
    text = words(citizen.get("/toi/cua-toi/"))
    assert "091•••001" in text
    assert "Phường Quy Nhơn" in text
    assert "000 001" not in text


def test_home_of_a_phone_of_nobody_shows_no_code(phone: Client) -> None:
    assert "/toi/ma/anh/" not in phone.get("/toi/").content.decode()
    assert phone.get("/toi/ma/anh/").status_code == 404


def test_the_code_on_the_first_page_is_the_holder_s_and_another_at_each_call(
    citizen: Client,
) -> None:
    assert 'data-vx-masked="/toi/ma/anh/"' in citizen.get("/toi/").content.decode()
    first, second = citizen.get("/toi/ma/anh/"), citizen.get("/toi/ma/anh/")
    assert first["Content-Type"] == "image/svg+xml"
    assert "no-store" in first["Cache-Control"]
    assert first.content != second.content


def test_everything_of_the_holder_is_reached_from_the_own_page(citizen: Client) -> None:
    shown = citizen.get("/toi/cua-toi/").content.decode()
    ways = ["ma", "diem", "gia-dinh", "thong-tin", "noi-o", "dien-thoai", "roi-di"]
    assert [one for one in ways if f'href="/toi/{one}/"' not in shown] == []
    assert 'href="/toi/cua-toi/"' in citizen.get("/toi/").content.decode()


def test_home_names_the_colour_of_the_card_and_no_standing(citizen: Client) -> None:
    at = clock.now()
    until = at + timedelta(days=1)
    case = NewStanding(holder().pk, Class.CONTACT, at, until, "case:1")
    actions.write_standing(standing=case, by=SYSTEM, at=at)
    card = NewCard(holder().pk, Colour.YELLOW, at, until, "declaration:1")
    actions.write_card(card=card, by=SYSTEM, at=at)
    text = words(citizen.get("/toi/"))
    assert "Thẻ vàng Cần theo dõi sức khỏe" in text
    assert "F1" not in text
    assert "Tiếp xúc" not in text


def test_a_number_that_is_refused_stays_typed_beside_the_sentence(phone: Client) -> None:
    reply = phone.post("/toi/dien-thoai/", {"phone": "0257 382 1982", **AGREED})
    assert reply.status_code == 422
    assert 'value="0257 382 1982"' in reply.content.decode()
    assert "Số này không nhận được tin nhắn" in words(reply)
    assert 'aria-invalid="true"' in reply.content.decode()


@pytest.mark.parametrize("typed", ["0912000001", "+84 912.000.001", "84912000001"])
def test_a_number_may_be_typed_in_any_form(phone: Client, typed: str) -> None:
    assert (
        phone.post("/toi/dien-thoai/", {"phone": typed, **AGREED})["Location"]
        == "/toi/dien-thoai/ma/"
    )
    assert "091•••001" in words(phone.get("/toi/dien-thoai/ma/"))


def test_a_number_that_is_sent_twice_is_sent_one_code(phone: Client) -> None:
    phone.post("/toi/dien-thoai/", {"phone": NUMBER, **AGREED})
    again = phone.post("/toi/dien-thoai/", {"phone": "0912000001", **AGREED})
    assert again["Location"] == "/toi/dien-thoai/ma/"
    assert Message.objects.count() == 1


def test_another_number_waits_until_a_time_of_the_clock(phone: Client) -> None:
    phone.post("/toi/dien-thoai/", {"phone": NUMBER, **AGREED})
    reply = phone.post("/toi/dien-thoai/", {"phone": "0912 000 002", **AGREED})
    assert reply.status_code == 429
    assert re.search(r"Xin mã khác từ \d\d:\d\d:\d\d", words(reply))
    assert 'value="0912 000 002"' in reply.content.decode()


def test_another_code_is_refused_at_its_button_and_sent_after_the_wait(phone: Client) -> None:
    phone.post("/toi/dien-thoai/", {"phone": NUMBER, **AGREED})
    early = phone.post("/toi/dien-thoai/gui-lai/")
    assert early.status_code == 429
    assert "Xin mã khác từ" in words(early)
    with clock.frozen_at(clock.now() + timedelta(seconds=61)):
        assert phone.post("/toi/dien-thoai/gui-lai/")["Location"] == "/toi/dien-thoai/ma/"
    assert Message.objects.count() == 2


def test_only_a_demo_shows_the_message_that_it_does_not_send(
    phone: Client, settings: LazySettings
) -> None:
    phone.post("/toi/dien-thoai/", {"phone": NUMBER, **AGREED})
    code = sent_code()
    assert code not in words(phone.get("/toi/dien-thoai/ma/"))
    settings.DEMO = True
    assert code in words(phone.get("/toi/dien-thoai/ma/"))


def test_without_a_code_asked_for_the_page_of_the_code_leads_to_the_number(phone: Client) -> None:
    assert phone.get("/toi/dien-thoai/ma/")["Location"] == "/toi/dien-thoai/"
    assert phone.post("/toi/dien-thoai/gui-lai/")["Location"] == "/toi/dien-thoai/"


def test_a_right_code_counts_in_the_commune_at_once_however_often_it_is_sent(phone: Client) -> None:
    phone.post("/toi/dien-thoai/", {"phone": NUMBER, **AGREED})
    said = {"code": sent_code(), "residence": QUY_NHON, "address": "Thôn Mẫu", **AGREED}
    first = phone.post("/toi/dien-thoai/ma/", said)
    again = phone.post("/toi/dien-thoai/ma/", said)
    assert first["Location"] == again["Location"] == "/toi/dien-thoai/xong/"
    assert "Phường Quy Nhơn" in words(phone.get("/toi/dien-thoai/xong/"))
    assert with_phone(QUY_NHON) == 1


def test_a_wrong_code_stays_typed_with_the_place_and_the_address(phone: Client) -> None:
    phone.post("/toi/dien-thoai/", {"phone": NUMBER, **AGREED})
    wrong = f"{(int(sent_code()) + 1) % 10**6:06d}"
    said = {"code": wrong, "residence": QUY_NHON, "address": "Thôn Mẫu", **AGREED}
    reply = phone.post("/toi/dien-thoai/ma/", said)
    html = reply.content.decode()
    assert reply.status_code == 422
    assert "Mã chưa đúng hoặc đã hết hạn" in words(reply)
    assert f'value="{wrong}"' in html
    assert f'value="{QUY_NHON}"' in html
    assert 'value="Thôn Mẫu"' in html
    assert with_phone(QUY_NHON) == 0


def test_without_a_commune_the_code_is_not_spent(phone: Client) -> None:
    phone.post("/toi/dien-thoai/", {"phone": NUMBER, **AGREED})
    code = sent_code()
    assert phone.post("/toi/dien-thoai/ma/", {"code": code}).status_code == 422
    phone.post("/toi/dien-thoai/ma/", {"code": code, "residence": QUY_NHON})
    assert with_phone(QUY_NHON) == 1


def test_an_over_code_says_so_and_offers_another(phone: Client) -> None:
    phone.post("/toi/dien-thoai/", {"phone": NUMBER, **AGREED})
    with clock.frozen_at(clock.now() + timedelta(minutes=6)):
        text = words(phone.get("/toi/dien-thoai/ma/"))
    assert "Mã đã hết hạn" in text
    assert "Xin mã mới được từ" not in text


def test_a_commune_is_found_by_its_name_without_marks(citizen: Client) -> None:
    html = citizen.get("/toi/noi-o/", {"q": "quy nhon nam"}).content.decode()
    assert f'name="o" value="{QUY_NHON_NAM}"' in html


def test_a_name_of_before_the_reform_leads_to_the_commune_of_today(citizen: Client) -> None:
    reply = citizen.get("/toi/noi-o/", {"q": "phường Trần Phú, Quy Nhơn"})
    assert f'name="o" value="{QUY_NHON}"' in reply.content.decode()
    assert "trước là Phường Trần Phú" in words(reply)
    assert TRAN_PHU not in reply.content.decode()


def test_only_a_demo_offers_units_of_the_past(citizen: Client, settings: LazySettings) -> None:
    today = citizen.get("/toi/noi-o/", {"o": TRAN_PHU})
    assert "Đơn vị này đã đổi" in words(today)
    settings.DEMO = True
    assert f'value="{TRAN_PHU}"' in citizen.get("/toi/noi-o/", {"o": TRAN_PHU}).content.decode()
    district = citizen.get("/toi/noi-o/", {"o": "vn-2021:540"})
    assert f'<option value="{TRAN_PHU}">' in district.content.decode()


def test_a_commune_is_reached_step_by_step_from_its_province(citizen: Client) -> None:
    first = citizen.get("/toi/noi-o/").content.decode()
    assert '<option value="vn-2025:52">' in first
    second = citizen.get("/toi/noi-o/", {"o": "vn-2025:52"}).content.decode()
    assert f'<option value="{QUY_NHON_NAM}">' in second
    third = citizen.get("/toi/noi-o/", {"o": QUY_NHON_NAM}).content.decode()
    assert f'name="residence" value="{QUY_NHON_NAM}"' in third


@pytest.mark.parametrize("asked", ["x", "vn-2025:99999", "vn-1999:52"])
def test_an_address_without_a_unit_begins_anew_with_a_sentence(citizen: Client, asked: str) -> None:
    reply = citizen.get("/toi/noi-o/", {"o": asked})
    assert reply.status_code == 200
    assert 'role="alert"' in reply.content.decode()
    assert '<option value="vn-2025:52">' in reply.content.decode()


def test_nothing_found_is_said_and_the_name_stays(citizen: Client) -> None:
    reply = citizen.get("/toi/noi-o/", {"q": "Thung Lũng Sao"})
    assert "Chưa thấy nơi nào tên “Thung Lũng Sao”" in words(reply)
    assert 'value="Thung Lũng Sao"' in reply.content.decode()


def test_a_changed_residence_moves_the_count(citizen: Client) -> None:
    said = {"residence": QUY_NHON_NAM, "address": "Tổ 1", **AGREED}
    assert citizen.post("/toi/noi-o/", said)["Location"] == "/toi/"
    assert (with_phone(QUY_NHON), with_phone(QUY_NHON_NAM)) == (0, 1)
    assert citizens.own_particulars(holder()).address == "Tổ 1"


def test_a_residence_that_is_none_is_refused_and_the_address_stays(citizen: Client) -> None:
    reply = citizen.post("/toi/noi-o/", {"residence": "vn-2025:52", "address": "Tổ 1", **AGREED})
    assert reply.status_code == 422
    assert with_phone(QUY_NHON) == 1


def test_particulars_are_masked_beside_what_is_shown_on_touch(citizen: Client) -> None:
    said = {"name": "Người Mẫu Một", "birth": "20/3/1985", "sex": "female"}
    assert citizen.post("/toi/thong-tin/sua/", said)["Location"] == "/toi/thong-tin/"
    html = citizen.get("/toi/thong-tin/").content.decode()
    assert "<summary>Người M. M. " in html
    assert "<summary>••/••/••85 " in html
    assert "<b>Người Mẫu Một</b></details>" in html
    again = citizen.get("/toi/thong-tin/sua/").content.decode()
    assert 'value="20/3/1985"' in again


def test_a_birth_that_cannot_be_is_refused_and_nothing_is_stored(citizen: Client) -> None:
    reply = citizen.post("/toi/thong-tin/sua/", {"name": "Người Mẫu Một", "birth": "30/2/1985"})
    assert reply.status_code == 422
    assert "Năm sinh chưa đúng" in words(reply)
    assert 'value="30/2/1985"' in reply.content.decode()
    assert citizens.own_particulars(holder()).name == ""


def test_a_name_that_stands_is_not_emptied(citizen: Client) -> None:
    citizen.post("/toi/thong-tin/sua/", {"name": "Người Mẫu Một"})
    reply = citizen.post("/toi/thong-tin/sua/", {"name": ""})
    assert reply.status_code == 422
    assert citizens.own_particulars(holder()).name == "Người Mẫu Một"


def test_papers_are_written_down_once_masked_and_forgotten(citizen: Client) -> None:
    said = {"kind": "", "number": "052 185 000001"}
    citizen.post("/toi/thong-tin/giay-to/", said)
    citizen.post("/toi/thong-tin/giay-to/", said)
    paper = Document.objects.get()
    assert "******000001" in words(citizen.get("/toi/thong-tin/"))
    forget = f"/toi/thong-tin/giay-to/{paper.pk}/bo/"
    assert "******000001" in words(citizen.get(forget))
    assert citizen.post(forget)["Location"] == "/toi/thong-tin/"
    assert citizen.post(forget)["Location"] == "/toi/thong-tin/"
    assert not Document.objects.exists()


def test_a_paper_that_is_none_is_refused_at_its_field(citizen: Client) -> None:
    reply = citizen.post("/toi/thong-tin/giay-to/", {"kind": "cccd", "number": "12"})
    assert reply.status_code == 422
    assert 'id="id_number_error"' in reply.content.decode()
    assert 'value="12"' in reply.content.decode()


def test_an_anonymous_phone_has_no_particulars_and_no_family(phone: Client) -> None:
    assert "Chưa lưu gì về bạn" in words(phone.get("/toi/thong-tin/"))
    assert phone.get("/toi/thong-tin/sua/").status_code == 404
    assert "Cần số điện thoại trước" in words(phone.get("/toi/gia-dinh/"))
    assert phone.get("/toi/gia-dinh/them/")["Location"] == "/toi/gia-dinh/"
    assert phone.get("/toi/noi-o/")["Location"] == "/toi/dien-thoai/"


def test_a_dependant_sent_twice_stands_once_and_lives_with_the_guardian(citizen: Client) -> None:
    said = {"name": "Bé Mẫu", "birth": "2019", "sex": ""}
    citizen.post("/toi/gia-dinh/them/", said)
    citizen.post("/toi/gia-dinh/them/", said)
    assert family() == ["Bé Mẫu"]
    child = Person.objects.get(origin=Origin.DEPENDANT)
    assert child.residence_id == QUY_NHON
    assert with_phone(QUY_NHON) == 1


def test_a_dependant_without_a_name_is_refused_and_the_birth_stays(citizen: Client) -> None:
    reply = citizen.post("/toi/gia-dinh/them/", {"name": "", "birth": "2019"})
    assert reply.status_code == 422
    assert "Nhập họ và tên." in words(reply)
    assert 'value="2019"' in reply.content.decode()
    assert family() == []


def test_a_dependant_is_corrected_and_removed_after_a_page_that_names_them(citizen: Client) -> None:
    citizen.post("/toi/gia-dinh/them/", {"name": "Bé Mẫu", "birth": "2019"})
    child = Person.objects.get(origin=Origin.DEPENDANT)
    citizen.post(f"/toi/gia-dinh/{child.pk}/", {"name": "Bé Mẫu Hai", "birth": "2018", "sex": ""})
    assert family() == ["Bé Mẫu Hai"]
    assert "Bé Mẫu Hai" in words(citizen.get(f"/toi/gia-dinh/{child.pk}/bo/"))
    assert citizen.post(f"/toi/gia-dinh/{child.pk}/bo/")["Location"] == "/toi/gia-dinh/"
    assert citizen.post(f"/toi/gia-dinh/{child.pk}/bo/")["Location"] == "/toi/gia-dinh/"
    assert family() == []


def test_a_dependant_whom_the_health_service_follows_is_not_removed(citizen: Client) -> None:
    citizen.post("/toi/gia-dinh/them/", {"name": "Bé Mẫu"})
    child = Person.objects.get(origin=Origin.DEPENDANT)
    case = NewStanding(child.pk, Class.QUARANTINED, clock.now(), None, "case:1")
    actions.write_standing(standing=case, by=SYSTEM, at=clock.now())
    reply = citizen.post(f"/toi/gia-dinh/{child.pk}/bo/")
    assert reply.status_code == 409
    assert StillFollowedError().words.vi in words(reply)
    assert family() == ["Bé Mẫu"]


def test_a_family_has_twenty_dependants_at_most(citizen: Client) -> None:
    for number in range(20):
        citizen.post("/toi/gia-dinh/them/", {"name": f"Bé Mẫu {number}"})
    reply = citizen.post("/toi/gia-dinh/them/", {"name": "Bé Mẫu Nữa"})
    assert reply.status_code == 422
    assert len(family()) == 20


def test_somebody_else_s_dependant_does_not_exist_here(citizen: Client) -> None:
    citizen.post("/toi/gia-dinh/them/", {"name": "Bé Mẫu"})
    child = Person.objects.get(origin=Origin.DEPENDANT)
    other = Client()
    other.post("/toi/bat-dau/")
    other.post("/toi/dien-thoai/", {"phone": "0912 000 002", **AGREED})
    other.post("/toi/dien-thoai/ma/", {"code": sent_code(), "residence": QUY_NHON})
    for path in ("", "bo/"):
        assert other.get(f"/toi/gia-dinh/{child.pk}/{path}").status_code == 404
    other.post(f"/toi/gia-dinh/{child.pk}/bo/")
    assert Person.objects.filter(pk=child.pk).exists()


def test_a_phone_that_leaves_opens_nothing_and_its_holder_stays(citizen: Client) -> None:
    assert "091•••001" in words(citizen.get("/toi/roi-di/"))
    token = citizen.cookies[COOKIE].value
    assert citizen.post("/toi/roi-di/")["Location"] == "/toi/bat-dau/"
    assert "đã rời đi" in words(citizen.get("/toi/bat-dau/"))
    citizen.cookies[COOKIE] = token
    assert citizen.get("/toi/")["Location"] == "/toi/bat-dau/"
    assert with_phone(QUY_NHON) == 1


@pytest.mark.parametrize("path", ["/toi/", "/toi/gia-dinh/", "/toi/thong-tin/"])
def test_english_pages_speak_english(citizen: Client, path: str) -> None:
    citizen.cookies["vx_language"] = "en"
    assert '<html lang="en"' in citizen.get(path).content.decode()
