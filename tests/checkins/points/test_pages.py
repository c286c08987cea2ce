"""A citizen's own points, from the first question to closing."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client

from tests.factories.people import Answer
from tests.factories.points import QUY_NHON, a_point
from tests.factories.register import sent_code
from vungxanh.checkins.models import Point, PointCode, PointDraft
from vungxanh.checkins.values.kinds import Kind, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
AGREED = {"agree-app": "1", "agree-residence": "1"}
NEW = "/toi/diem/moi/"
ANSWERS = {
    "loai": {"kind": "restaurant"},
    "ten": {"name": "Quán Mẫu Bến Sông"},
    "cho": {"unit": QUY_NHON, "address": "12 đường Mẫu"},
    "cua": {"doors": "Cổng trước\nCổng sau", "rooms": "Phòng lạnh"},
    "gio": {"hours": "24/7", "stay": "60", "capacity": "40"},
    "lien-he": {"contact_name": "Người Mẫu", "contact_phone": "0912 000 001"},
}


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
def owner(phone: Client) -> Client:
    """A browser whose holder proved a number."""
    return proved(phone, "0912 000 001")


def proved(client: Client, number: str) -> Client:
    """The same, with that number proved in Quy Nhơn."""
    client.post("/toi/dien-thoai/", {"phone": number, **AGREED})
    client.post("/toi/dien-thoai/ma/", {"code": sent_code(), "residence": QUY_NHON})
    return client


def registered(client: Client) -> Point:
    """A point through every step."""
    for step, said in ANSWERS.items():
        client.post(f"{NEW}{step}/", said)
    reply = client.post(f"{NEW}xem-lai/")
    return Point.objects.get(code=reply["Location"].split("/")[3])


def test_a_point_is_registered_a_question_at_a_time(owner: Client) -> None:
    at = owner.get(NEW)["Location"]
    for step, said in ANSWERS.items():
        assert at == f"{NEW}{step}/"
        assert owner.get(at).status_code == 200
        at = owner.post(at, said)["Location"]
    assert at == f"{NEW}xem-lai/"
    review = words(owner.get(at))
    for told in ("Quán Mẫu Bến Sông", "12 đường Mẫu", "Cổng sau", "Phòng lạnh", "24/7", "40"):
        assert told in review
    page = owner.post(at)["Location"]
    point = Point.objects.get()
    assert page == f"/toi/diem/{point.code}/"
    assert (point.state, point.contact_phone) == (State.REGISTERED, "+84912000001")
    assert PointCode.objects.filter(point=point).count() == 4
    assert not PointDraft.objects.exists()
    assert "Chờ duyệt" in words(owner.get(page))


def test_the_same_press_twice_registers_one_point(owner: Client) -> None:
    for step, said in ANSWERS.items():
        owner.post(f"{NEW}{step}/", said)
    draft = PointDraft.objects.get()
    first = owner.post(f"{NEW}xem-lai/")
    PointDraft(owner_id=draft.owner_id, content=draft.content, at=draft.at).save(force_insert=True)
    again = owner.post(f"{NEW}xem-lai/", {"is_another": "1"})
    assert first["Location"] == again["Location"]
    assert Point.objects.count() == 1


def test_what_is_refused_stays_typed_and_is_kept(owner: Client) -> None:
    reply = owner.post(f"{NEW}ten/", {"name": "12345"})
    assert reply.status_code == 422
    assert 'value="12345"' in reply.content.decode()
    assert "chỉ có số" in words(reply)
    assert 'value="12345"' in owner.get(f"{NEW}ten/").content.decode()


def test_a_draft_goes_on_where_it_was_left_and_can_be_dropped(owner: Client) -> None:
    owner.post(f"{NEW}loai/", ANSWERS["loai"])
    assert "Làm tiếp bản nháp" in words(owner.get("/toi/diem/"))
    assert owner.get(NEW)["Location"] == f"{NEW}ten/"
    owner.post(f"{NEW}bo/")
    assert not PointDraft.objects.exists()
    assert owner.get(NEW)["Location"] == f"{NEW}loai/"


def test_what_is_missing_at_the_end_is_asked_for(owner: Client) -> None:
    owner.post(f"{NEW}loai/", ANSWERS["loai"])
    assert owner.get(f"{NEW}xem-lai/")["Location"] == f"{NEW}ten/"
    owner.post(f"{NEW}ten/", ANSWERS["ten"])
    assert owner.post(f"{NEW}xem-lai/")["Location"] == f"{NEW}cho/"
    assert not Point.objects.exists()


def test_a_commune_is_found_by_its_former_name(owner: Client) -> None:
    page = words(owner.get(f"{NEW}cho/?q={quote('tran phu quy nhon')}"))
    assert "Phường Quy Nhơn" in page
    chosen = owner.get(f"{NEW}cho/?o={QUY_NHON}").content.decode()
    assert f'name="unit" value="{QUY_NHON}"' in chosen


@pytest.mark.parametrize("unit", ["", "vn-2021:21586", "vn-2025:52", "x" * 9000])
def test_a_place_that_is_no_commune_of_today_is_asked_for_again(owner: Client, unit: str) -> None:
    reply = owner.post(f"{NEW}cho/", {"unit": unit, "address": "12 đường Mẫu"})
    assert reply.status_code == 422
    assert "Điểm ở xã, phường nào?" in words(reply)


def test_the_usual_stay_of_the_kind_and_the_own_number_are_preset(owner: Client) -> None:
    owner.post(f"{NEW}loai/", {"kind": "school"})
    assert 'value="240"' in owner.get(f"{NEW}gio/").content.decode()
    assert 'value="0912 000 001"' in owner.get(f"{NEW}lien-he/").content.decode()


def test_points_that_it_may_be_are_shown_before_it_is_stored(owner: Client) -> None:
    there = a_point("QUÁN MẪU bến sông", kind=Kind.RESTAURANT)
    for step, said in ANSWERS.items():
        owner.post(f"{NEW}{step}/", said)
    page = owner.get(f"{NEW}xem-lai/")
    assert "Có phải điểm này không?" in words(page)
    assert f"/c/{there.code}" in page.content.decode()
    assert owner.post(f"{NEW}xem-lai/").status_code == 409
    assert Point.objects.count() == 1
    owner.post(f"{NEW}xem-lai/", {"is_another": "1"})
    assert Point.objects.count() == 2


def test_without_a_proved_number_the_way_to_one_is_shown(phone: Client) -> None:
    assert "Cần số điện thoại trước" in words(phone.get("/toi/diem/"))
    assert phone.get(NEW)["Location"] == "/toi/diem/"
    assert phone.post(f"{NEW}loai/", ANSWERS["loai"])["Location"] == "/toi/diem/"
    assert not PointDraft.objects.exists()


def test_a_point_shows_its_codes_and_typed_codes_lead_to_it(owner: Client) -> None:
    point = registered(owner)
    page = owner.get(f"/toi/diem/{point.code}/")
    assert "<svg" in page.content.decode()
    assert "Phòng lạnh" in words(page)
    assert f"/toi/diem/{point.code}/bang-ma.pdf?co=tent" in page.content.decode()
    assert owner.get(f"/toi/diem/{point.code.lower()}/").status_code == 200
    assert "Cổng sau" in words(owner.get(f"/toi/diem/{point.code}/ma/2/"))
    assert owner.get(f"/toi/diem/{point.code}/ma/9/").status_code == 404


PARTS = ["", "sua/", "cho/", "doi-ma/", "dong/", "ma/0/"]


@pytest.mark.parametrize("part", PARTS)
def test_a_point_of_another_is_not_there(owner: Client, part: str) -> None:
    point = registered(owner)
    stranger = proved(Client(), "0912 000 009")
    stranger.post("/toi/bat-dau/")
    stranger = proved(stranger, "0912 000 009")
    there = stranger.get(f"/toi/diem/{point.code}/{part}")
    assert there.status_code == 404
    assert stranger.get(f"/toi/diem/ZZZZZZZZ3/{part}").status_code == 404
    assert point.name not in words(there)


def test_a_point_is_changed_with_its_doors(owner: Client) -> None:
    point = registered(owner)
    said = {
        **ANSWERS["gio"],
        **ANSWERS["lien-he"],
        "kind": "restaurant",
        "name": "Quán Mẫu Bến Sông 2",
        "door_1": "Cổng chính",
        "door_2": "",
        "door_3": "Phòng lạnh",
        "doors": "",
        "rooms": "Phòng VIP",
    }
    reply = owner.post(f"/toi/diem/{point.code}/sua/", said)
    assert reply.status_code == 302
    page = words(owner.get(f"/toi/diem/{point.code}/"))
    assert "Quán Mẫu Bến Sông 2" in page
    assert "Cổng chính" in page
    assert "Cổng sau" not in page
    assert "Phòng VIP" in page


def test_doors_of_one_name_are_refused_with_what_was_typed(owner: Client) -> None:
    point = registered(owner)
    said = {"kind": "restaurant", "name": point.name, "door_1": "Cổng", "door_2": "cổng"}
    reply = owner.post(f"/toi/diem/{point.code}/sua/", said)
    assert reply.status_code == 422
    assert "cùng tên" in words(reply)
    assert 'value="cổng"' in reply.content.decode()


def test_the_place_of_a_point_is_changed(owner: Client) -> None:
    point = registered(owner)
    said = {"unit": "vn-2025:21592", "address": "34 đường Mẫu"}
    assert owner.post(f"/toi/diem/{point.code}/cho/", said).status_code == 302
    point.refresh_from_db()
    assert (point.unit_id, point.address) == ("vn-2025:21592", "34 đường Mẫu")


def test_codes_are_rotated_from_the_page(owner: Client) -> None:
    point = registered(owner)
    owner.get(f"/toi/diem/{point.code}/doi-ma/")
    owner.post(f"/toi/diem/{point.code}/doi-ma/", {"until": ""})
    assert PointCode.objects.filter(point=point, ends_at=None).count() == 4
    assert "Mã cũ còn dùng đến hết" in words(owner.get(f"/toi/diem/{point.code}/"))
    owner.post(f"/toi/diem/{point.code}/doi-ma/", {"at_once": "1"})
    assert PointCode.objects.filter(point=point, revoked_at=None).count() == 4
    reply = owner.post(f"/toi/diem/{point.code}/doi-ma/", {"until": "2020-01-01"})
    assert reply.status_code == 422


def test_a_closed_point_is_opened_again_at_once(owner: Client) -> None:
    point = registered(owner)
    at = f"/toi/diem/{point.code}/"
    owner.post(f"{at}dong/", {"reason": "Nghỉ bán"})
    page = words(owner.get(at))
    assert "Điểm đã đóng" in page
    assert "Hoàn tác, mở lại điểm" in page
    assert "Đổi mã" not in page
    owner.post(f"{at}mo-lai/")
    again = owner.get(at)
    assert "<svg" in again.content.decode()
    assert "dùng được như trước" in words(again)


def test_pages_speak_english_where_it_is_chosen(owner: Client) -> None:
    point = registered(owner)
    owner.cookies["vx_language"] = "en"
    page = words(owner.get(f"/toi/diem/{point.code}/", headers={"accept-language": "en"}))
    assert "Restaurant or café" in page
