"""The page that any camera opens: names the point, checks the code, tells walkers nothing."""

import gzip
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client, override_settings

from tests.factories.points import a_point, code_of
from vungxanh.checkins.actions.codes import rotate_codes
from vungxanh.checkins.actions.merging import merge_points
from vungxanh.checkins.actions.points import decide_point
from vungxanh.checkins.models import Entrance, Point, PointCode
from vungxanh.checkins.queries.door import code_typed
from vungxanh.checkins.values.door import MISS_COSTS
from vungxanh.checkins.values.kinds import State
from vungxanh.core import clock, limits
from vungxanh.core.limits.listed import GUESSES
from vungxanh.core.viewer import SYSTEM
from vungxanh.protocol.places import payloads, short_codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
SITE = "http://testserver"
NETWORK = "203.0.113.9"


def here(point: Point) -> str:
    return f"/c/{point.code}"


def page(path: str) -> str:
    reply = Client().get(path)
    assert reply.status_code == 200
    return reply.content.decode()


def said(point: Point, text: str) -> str:
    """What the page says of the signed part of an address."""
    reply = Client().post(f"{here(point)}/kiem-tra/", {"ma": text})
    assert reply.status_code == 200
    return reply.content.decode()


def an_unused_code() -> str:
    return short_codes.written(123_456_789)


def test_the_page_names_the_point_and_where_it_is() -> None:
    point = a_point("Chợ Đầm mẫu")
    shown = page(here(point))
    assert "Chợ Đầm mẫu" in shown
    assert "Phường Quy Nhơn" in shown
    assert short_codes.shown(point.code) in shown
    assert "testserver/c/" in shown


def test_the_old_poster_of_a_merged_point_is_told_apart_by_its_former_name() -> None:
    """The door says what the poster reads and which point it is now; the kept one says nothing."""
    kept, gone = a_point("Chợ Đầm"), a_point("Chợ Cũ")
    merge_points(kept=kept, merged=gone, reason="Một chợ", by=SYSTEM, at=clock.now())
    shown = " ".join(page(here(gone)).split())
    now = f"nay là “Chợ Đầm”, mã điểm {short_codes.shown(kept.code)}"
    assert f"Mã này trước ghi “Chợ Cũ”, {now}." in shown
    assert f"Bảng cũ phải ghi “Chợ Cũ” và mã điểm {short_codes.shown(gone.code)}." in shown
    assert "trước ghi" not in page(here(kept))


def test_the_page_alone_says_nothing_of_genuine() -> None:
    assert "Mã thật" not in page(here(a_point()))


def test_a_genuine_code_is_said_to_be_genuine_with_its_entrance() -> None:
    point = a_point(at=clock.now())
    Entrance.objects.filter(point=point, number=0).update(label="Cổng chính")
    shown = said(point, code_of(point).payload)
    assert "Mã thật" in shown
    assert "Cổng chính" in shown


def test_a_forged_code_is_said_to_be_forged() -> None:
    point = a_point(at=clock.now())
    found = payloads.read(code_of(point).payload, {})
    forged = payloads.write(found, Ed25519PrivateKey.generate())
    assert "Mã giả hoặc bị sửa" in said(point, forged)


def test_the_code_of_another_point_is_said_to_be_that() -> None:
    point, other = a_point(at=clock.now()), a_point("Chợ khác", at=clock.now())
    assert "Mã của điểm khác" in said(point, code_of(other).payload)


def test_a_revoked_code_is_said_to_be_revoked_and_when() -> None:
    point, at = a_point(at=clock.now()), clock.now()
    PointCode.objects.filter(point=point).update(revoked_at=at, revoked_by="staff:x")
    shown = said(point, code_of(point).payload)
    assert "Mã đã thu hồi" in shown
    assert "Thu hồi lúc" in shown


@pytest.mark.parametrize("days", [0, -1])
def test_a_replaced_code_is_said_to_be_replaced(days: int) -> None:
    point = a_point(at=clock.now())
    old = code_of(point)
    rotate_codes(point=point, until=clock.today(), by=SYSTEM, at=clock.now())
    PointCode.objects.filter(pk=old.pk, revoked_at=None).update(
        ends_at=clock.now() + timedelta(days=days)
    )
    assert "Mã đã được thay" in said(point, old.payload)
    assert "Mã thật" in said(point, code_of(point).payload)


def test_a_code_of_tomorrow_is_said_to_be_early() -> None:
    point = a_point(at=clock.now() + timedelta(days=2))
    shown = said(point, code_of(point).payload)
    assert "Mã chưa đến ngày dùng" in shown
    assert "Dùng được từ" in shown


def test_a_signed_code_that_the_register_does_not_hold_is_not_genuine() -> None:
    point = a_point(at=clock.now())
    text = code_of(point).payload
    PointCode.objects.filter(point=point).delete()
    assert "Mã đã thu hồi" in said(point, text)


@pytest.mark.parametrize("text", ["", "x", "#", "A" * 110, "\u202e" * 110, "z" * 100_000])
def test_nonsense_behind_the_sign_is_said_to_be_no_code(text: str) -> None:
    assert "Mã thật" not in said(a_point(at=clock.now()), text)


@pytest.mark.parametrize(
    ("state", "words"),
    [(State.SUSPENDED, "Điểm đang tạm dừng"), (State.CLOSED, "Điểm đã đóng")],
)
def test_a_point_that_does_not_live_says_so(state: State, words: str) -> None:
    assert words in page(here(a_point(state=state)))


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CLOSED])
def test_nobody_is_sent_to_a_new_poster_of_a_point_that_has_none(state: State) -> None:
    """While it lives, the new poster is what a revoked code leads to."""
    point = a_point(at=clock.now())
    text = code_of(point).payload
    decide_point(point=point, state=state, reason="Thử", by=SYSTEM, at=clock.now())
    shown = said(point, text)
    assert "Mã đã thu hồi" in shown
    assert "không có mã nào khác" in shown
    assert "Quét bảng mới" not in shown


@pytest.mark.parametrize("change", [str.lower, short_codes.shown])
def test_a_code_typed_in_another_way_leads_to_the_one_address(
    change: Callable[[str], str],
) -> None:
    point = a_point()
    reply = Client().get(f"/c/{change(point.code).replace('0', 'O')}")
    assert (reply.status_code, reply["Location"]) == (302, here(point))


def test_typing_the_code_leads_to_the_point() -> None:
    point = a_point()
    reply = Client().post("/c/", {"ma": f" {short_codes.shown(point.code).lower()} "})
    assert (reply.status_code, reply["Location"]) == (302, here(point))


def test_pasting_the_whole_address_checks_it() -> None:
    point = a_point(at=clock.now())
    link = f"{SITE}{here(point)}#{code_of(point).payload}"
    shown = Client().post("/c/", {"ma": link}).content.decode()
    assert "Mã thật" in shown
    assert point.name in shown


@pytest.mark.parametrize(
    "link", ["https://evil.example/c/x", "http://evil.example", "HTTPS://EVIL.EXAMPLE/c/#a"]
)
def test_another_site_s_address_is_refused_and_never_becomes_a_link(link: str) -> None:
    reply = Client().post("/c/", {"ma": link})
    shown = reply.content.decode()
    assert reply.status_code == 422
    assert "Mã của trang khác" in shown
    assert not re.search(r'(href|src|action)="[^"]*evil', shown, re.IGNORECASE)


def test_a_poster_of_a_former_address_still_proves_by_what_stands_behind_the_sign() -> None:
    """As an old name that redirects leads a browser here; the old address whole is another's."""
    code = code_of(a_point())
    with override_settings(PUBLIC_ADDRESS="https://ten-moi.example.vn"):
        assert "Mã thật" in said(code.point, f"#{code.payload}")
        pasted = Client().post("/c/", {"ma": f"{SITE}/c/{code.point.code}#{code.payload}"})
    assert "Mã của trang khác" in pasted.content.decode()


def test_an_unknown_code_and_a_wrong_one_get_the_same_page() -> None:
    unknown, wrong = an_unused_code(), "ABCDEFGHJ"
    assert code_typed(wrong) is None
    first, second = Client().get(f"/c/{unknown}"), Client().get(f"/c/{wrong}")
    assert (first.status_code, second.status_code) == (404, 404)
    shapes = [
        re.sub(r'value="[^"]*"', "", reply.content.decode().replace(code, ""))
        for reply, code in ((first, unknown), (second, wrong))
    ]
    assert shapes[0] == shapes[1]


def test_whoever_tries_codes_is_soon_refused_also_where_one_is_right() -> None:
    limits.start_anew()
    point, client = a_point(), Client(REMOTE_ADDR=NETWORK)
    n_misses = GUESSES.of_address // MISS_COSTS + GUESSES.of_address // 8
    codes = [short_codes.written(number) for number in range(n_misses)]
    answers = [client.get(f"/c/{code}").status_code for code in codes]
    assert 429 in answers
    assert answers.index(429) <= GUESSES.of_address * 9 // 8 // MISS_COSTS + 1
    assert client.get(here(point)).status_code == 429


def test_a_gate_s_shift_scans_without_being_refused() -> None:
    limits.start_anew()
    point, client = a_point(), Client(REMOTE_ADDR=NETWORK)
    assert {client.get(here(point)).status_code for _ in range(150)} == {200}


def test_the_page_is_light() -> None:
    content = Client().get(here(a_point("Trường Tiểu học và Trung học cơ sở Mẫu " * 2))).content
    assert len(gzip.compress(content, 9)) <= 5_000


def test_the_address_s_signed_part_is_never_asked_for_in_an_address() -> None:
    shown = page(here(a_point()))
    form = re.search(r"<form[^>]*data-vx-door[^>]*>", shown)
    assert form is not None
    assert 'method="post"' in form[0]


def test_a_phone_sends_the_check_with_the_token_of_the_page_only() -> None:
    point = a_point()
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"{here(point)}/kiem-tra/", {"ma": "x"}).status_code == 403


def test_address_with_a_slash_behind_it_leads_to_the_point() -> None:
    point = a_point("Chợ mẫu")
    reply = Client().get(f"{here(point)}/")
    assert (reply.status_code, reply["Location"]) == (302, here(point))
