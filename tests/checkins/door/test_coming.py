"""Checking in at once on a point's page: once, whatever is pressed; leaving and deleting."""

import re
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from tests.factories.people import Answer
from tests.factories.points import a_point, code_of
from vungxanh.checkins.actions.merging import merge_points
from vungxanh.checkins.models import Entrance, Point, PointCode, Scan, StaleDay
from vungxanh.checkins.values.kinds import State
from vungxanh.checkins.values.scans import Direction
from vungxanh.core import clock
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.models import Device, Person
from vungxanh.protocol.places import payloads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
LATER = timedelta(minutes=11)


def come(client: Client, point: Point, **said: object) -> Answer:
    """Open the page as a camera does and press its button."""
    form = said.pop("form", None) or form_of(client, point)
    return client.post(f"/c/{point.code}/vao/", {"form": form, **said})


def form_of(client: Client, point: Point) -> str:
    page = client.get(f"/c/{point.code}").content.decode()
    found = re.search(r'name="form" value="([0-9a-f-]{36})"', page)
    assert found is not None
    return found[1]


def words(reply: Answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", reply.content.decode()).split())


def scans(way: Direction = Direction.IN) -> int:
    return Scan.objects.filter(direction=way).count()


def receipt_of(point: Point) -> str:
    return f"/c/{point.code}/bien-nhan/"


def receipt(client: Client, point: Point) -> Answer:
    return client.get(receipt_of(point))


def test_one_press_lets_an_unknown_browser_in_and_keeps_its_visit() -> None:
    point, client = a_point("Chợ mẫu"), Client()
    reply = come(client, point)
    assert reply["Location"] == f"/c/{point.code}/bien-nhan/"
    cookie = client.cookies["vx_phone"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    scan = Scan.objects.get()
    assert (scan.point_id, scan.direction, scan.entrance) == (point.pk, Direction.IN, 0)
    assert scan.device_id == Device.objects.get().pk
    shown = words(receipt(client, point))
    assert f"vào lúc {scan.at.astimezone(clock.TZ):%H:%M}" in shown
    assert "Chợ mẫu" in shown
    assert "Giờ ra sẽ ước là sau 30 phút" in shown


def test_a_form_sent_twice_is_one_visit_of_one_browser() -> None:
    """Also where the first answer, with its cookie, never reached the browser."""
    point, first, second = a_point(), Client(), Client()
    form = form_of(first, point)
    second.cookies.load({name: one.value for name, one in first.cookies.items()})
    for client in (first, second):
        assert come(client, point, form=form).status_code == 302
    assert (scans(), Device.objects.count(), Person.objects.count()) == (1, 1, 1)
    assert first.cookies["vx_phone"].value == second.cookies["vx_phone"].value
    assert receipt(second, point).status_code == 200


def test_two_browsers_that_were_given_one_page_are_two_visits() -> None:
    """As by a proxy that keeps what it should not."""
    point, first, second = a_point(), Client(), Client()
    form = form_of(first, point)
    form_of(second, point)
    for client in (first, second):
        assert come(client, point, form=form).status_code == 302
        assert receipt(client, point).status_code == 200
    assert scans() == 2


def test_a_page_that_lay_open_for_long_still_tells_one_visit() -> None:
    point, client = a_point(), Client()
    form = form_of(client, point)
    with clock.frozen_at(clock.now() + timedelta(hours=3)):
        for _press in range(2):
            assert come(client, point, form=form).status_code == 302
        assert receipt(client, point).status_code == 200
    assert scans() == 1


@pytest.mark.parametrize(
    "form", ["x", "00000000-0000-4000-8000-000000000000", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"]
)
def test_a_form_that_no_page_made_tells_a_visit_or_shows_the_page_again(form: str) -> None:
    point, client = a_point(), Client()
    assert come(client, point, form=form).status_code in {302, 422}
    assert scans() <= 1


def test_the_next_page_tells_another_visit_of_the_same_phone() -> None:
    point, client = a_point(), Client()
    for _visit in range(2):
        come(client, point)
    assert (scans(), Device.objects.count(), Person.objects.count()) == (2, 1, 1)


def test_those_who_come_along_are_kept_and_leave_together() -> None:
    point, client = a_point(), Client()
    come(client, point, companions="3")
    assert scans() == 4
    assert Scan.objects.values("person_id").distinct().count() == 4
    assert "3 người không có điện thoại" in words(receipt(client, point))
    client.post(f"/c/{point.code}/ra/")
    assert scans(Direction.OUT) == 4
    assert Scan.objects.values("person_id").distinct().count() == 4


@pytest.mark.parametrize("many", ["21", "-1", "hai"])
def test_a_number_of_companions_out_of_bounds_is_told_at_its_field(many: str) -> None:
    point = a_point()
    reply = come(Client(), point, companions=many)
    assert reply.status_code == 422
    assert "Nhập một số từ 0 đến 20." in words(reply)
    assert scans() == 0


def test_the_entrance_is_that_of_the_signed_code() -> None:
    point = a_point(at=clock.now())
    Entrance.objects.create(point=point, number=2, label="Cổng sau")
    code = code_of(point)
    place = payloads.read(code.payload, {})
    assert place is not None
    PointCode.objects.filter(pk=code.pk).update(entrance=2)
    come(Client(), point, ma=f"#{code.payload}")
    assert Scan.objects.get().entrance == 2


def test_only_a_receipt_of_a_genuine_code_says_so() -> None:
    point, client = a_point(at=clock.now()), Client()
    address = come(client, point, ma=code_of(point).payload)["Location"]
    assert "mã thật, đã ký" in words(client.get(address))
    assert "mã thật, đã ký" not in words(receipt(client, point))
    assert "mã thật, đã ký" not in words(client.get(f"{receipt_of(point)}?ma=bịa"))


def test_a_forged_code_keeps_nothing_and_says_what_to_do() -> None:
    point, client = a_point(at=clock.now()), Client()
    forged = payloads.write(payloads.read(code_of(point).payload, {}), Ed25519PrivateKey.generate())
    reply = come(client, point, ma=forged)
    assert reply.status_code == 422
    assert "Mã giả hoặc bị sửa" in words(reply)
    assert "Ghi nhận tôi đến đây" not in words(reply)
    assert (scans(), Device.objects.count()) == (0, 0)


def test_a_revoked_code_keeps_nothing_and_a_replaced_one_does() -> None:
    """An old poster that still hangs is at its place; a revoked one was pasted or copied."""
    point, client = a_point(at=clock.now()), Client()
    payload, codes = code_of(point).payload, PointCode.objects.filter(point=point)
    codes.update(revoked_at=clock.now(), revoked_by="staff:x")
    assert come(client, point, ma=payload).status_code == 422
    codes.update(revoked_reason="replaced")
    assert come(client, point, ma=payload).status_code == 302
    assert scans() == 1


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CLOSED])
def test_a_point_that_does_not_live_offers_no_button_and_keeps_nothing(state: State) -> None:
    point, client = a_point(state=state), Client()
    assert "Ghi nhận tôi đến đây" not in words(client.get(f"/c/{point.code}"))
    reply = come(client, point, form=str(new_id()))
    assert reply.status_code == 422
    assert "hỏi người trực" in words(reply) or "báo người trực" in words(reply)
    assert scans() == 0


def test_the_page_says_what_is_kept_how_long_and_who_looked() -> None:
    shown = words(Client().get(f"/c/{a_point().code}"))
    assert "Giữ gì" in shown
    assert "30 ngày rồi tự xóa" in shown
    assert "Ai đã xem" in shown


def test_whoever_leaves_is_told_from_when_until_when() -> None:
    point, client = a_point(), Client()
    come(client, point)
    with clock.frozen_at(clock.now() + timedelta(minutes=20)):
        left = f"{clock.now().astimezone(clock.TZ):%H:%M}"
        assert client.post(f"/c/{point.code}/ra/")["Location"] == f"/c/{point.code}/bien-nhan/"
        shown = words(receipt(client, point))
    assert f"ra {left} · bạn ghi giờ ra" in shown
    assert "Tôi rời đi" not in shown


def test_leaving_said_twice_is_one_leaving() -> None:
    point, client = a_point(), Client()
    come(client, point)
    for _press in range(2):
        client.post(f"/c/{point.code}/ra/", {"form": str(new_id())})
    assert scans(Direction.OUT) == 1


def test_a_visit_is_deleted_by_its_phone_within_ten_minutes_with_those_along() -> None:
    point, client = a_point(), Client()
    come(client, point, companions="1")
    assert "Không phải nơi này? Xóa" in words(receipt(client, point))
    reply = client.post(f"/c/{point.code}/xoa/")
    assert reply["Location"] == f"/c/{point.code}"
    assert Scan.objects.count() == 0
    assert StaleDay.objects.exists()
    assert "Đã xóa lượt này" in words(client.get(reply["Location"]))


def test_after_ten_minutes_the_page_says_what_else_can_be_done() -> None:
    point, client = a_point(), Client()
    come(client, point)
    with clock.frozen_at(clock.now() + LATER):
        shown = words(receipt(client, point))
        assert "Không phải nơi này? Xóa" not in shown
        assert "xin xóa hoặc sửa thông tin của mình" in shown
        client.post(f"/c/{point.code}/xoa/")
    assert Scan.objects.count() == 1


def test_another_browser_sees_deletes_and_ends_nothing_of_it() -> None:
    point, mine, other = a_point(), Client(), Client()
    come(mine, point)
    other.post("/toi/bat-dau/")
    assert receipt(other, point)["Location"] == f"/c/{point.code}"
    for act in ("xoa", "ra"):
        assert other.post(f"/c/{point.code}/{act}/")["Location"] == f"/c/{point.code}"
    assert (scans(), scans(Direction.OUT)) == (1, 0)


def test_a_browser_without_a_phone_is_led_to_the_beginning() -> None:
    point = a_point()
    assert receipt(Client(), point)["Location"] == "/toi/bat-dau/"


def test_the_page_of_a_point_where_one_is_says_so() -> None:
    point, client = a_point(), Client()
    come(client, point)
    assert "Bạn đã ghi nhận vào lúc" in words(client.get(f"/c/{point.code}"))
    assert "Bạn đã ghi nhận vào lúc" not in words(Client().get(f"/c/{point.code}"))


def test_the_old_poster_of_a_merged_point_checks_in_at_the_one_that_was_kept() -> None:
    kept, gone, client = a_point("Chợ Đầm"), a_point("Chợ Cũ"), Client()
    merge_points(kept=kept, merged=gone, reason="Một chợ", by=SYSTEM, at=clock.now())
    come(client, gone)
    assert "Chợ Đầm" in words(receipt(client, gone))
    assert "Chợ Đầm" in words(receipt(client, kept))


def test_the_first_page_lists_the_visit_and_takes_the_leaving() -> None:
    point, client = a_point("Chợ mẫu"), Client()
    come(client, point)
    shown = client.get("/toi/").content.decode()
    assert "Chợ mẫu" in shown
    assert f'action="/c/{point.code}/ra/"' in shown
    client.post(f"/c/{point.code}/ra/")
    assert "bạn quét ra" in words(client.get("/toi/"))


def test_a_page_of_elsewhere_cannot_check_anybody_in() -> None:
    point = a_point()
    client = Client(enforce_csrf_checks=True)
    assert come(client, point).status_code == 403
    assert scans() == 0
