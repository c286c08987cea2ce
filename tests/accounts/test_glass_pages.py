"""Pages of broken glass: choosing a unit, closing, reviewing."""

import pytest

from tests.accounts.test_glass import NOON, NOTE, REASON, break_it, purposes
from tests.factories.people import AN_NHON, QUY_NHON, Colleague
from vungxanh.accounts.models import BrokenGlass
from vungxanh.accounts.queries import opening_of
from vungxanh.accounts.values.glass import Verdict
from vungxanh.core.clock import frozen_at

__all__ = ["purposes"]


def test_the_page_finds_units_outside_the_own_area(
    officer: Colleague, province_officer: Colleague, places_of_both_eras: None
) -> None:
    page = officer.client.get("/mo-khan-cap/", {"tim": "Nhơn"}).content.decode()
    assert 'value="vn-2021:549"' in page
    assert 'value="vn-2021:540"' not in page
    assert "Không tìm thấy địa bàn nào" in officer.client.get(
        "/mo-khan-cap/", {"tim": "Quy Nhon thanh pho"}
    ).content.decode().replace("\n", "")


def post(officer: Colleague, **changes: object) -> object:
    """Send the form."""
    said = {"tim": "An Nhơn", "unit": AN_NHON, "reason": REASON, "purpose": "tracing"}
    return officer.client.post("/mo-khan-cap/", said | {"minutes": "15"} | changes)


@pytest.mark.usefixtures("places")
def test_the_form_opens_the_page_shows_it_and_closes_it(
    officer: Colleague, province_officer: Colleague
) -> None:
    with frozen_at(NOON):
        assert post(officer).status_code == 302  # type: ignore[attr-defined]
        page = officer.client.get("/mo-khan-cap/").content.decode()
        assert "Còn 15 phút" in page
        assert REASON in page
        officer.client.post("/mo-khan-cap/dong/")
        assert opening_of(officer.viewer.id, NOON) is None


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": "cần xem"}, "Viết một câu thật"),
        ({"unit": ""}, "Tìm và chọn một địa bàn."),
        ({"unit": QUY_NHON}, "chọn một địa bàn trong danh sách"),
        ({"purpose": "police"}, "police"),
    ],
    ids=["reason", "no unit", "own unit", "purpose"],
)
def test_the_form_says_what_is_wrong(
    officer: Colleague, province_officer: Colleague, change: dict[str, object], sentence: str
) -> None:
    with frozen_at(NOON):
        reply = post(officer, **change)
    assert reply.status_code == 422  # type: ignore[attr-defined]
    assert sentence in reply.content.decode()  # type: ignore[attr-defined]


def test_the_review_page_shows_it_and_takes_the_verdict(
    officer: Colleague, province_officer: Colleague
) -> None:
    with frozen_at(NOON):
        glass_id = break_it(officer.viewer)
        page = province_officer.client.get("/mo-khan-cap/xem-lai/").content.decode()
        assert REASON in page
        assert officer.staff.name in page
        address = f"/mo-khan-cap/xem-lai/{glass_id}/"
        said = {"verdict": "justified", "note": "ok"}
        assert province_officer.client.post(address, said).status_code == 422
        reply = province_officer.client.post(address, said | {"note": NOTE})
        assert reply.status_code == 302
        assert BrokenGlass.objects.get().verdict == Verdict.JUSTIFIED


def test_an_empty_review_page_says_so(other_officer: Colleague) -> None:
    page = other_officer.client.get("/mo-khan-cap/xem-lai/").content.decode()
    assert "Chưa có lần mở nào" in page


def test_another_area_does_not_learn_of_an_opening(
    officer: Colleague, province_officer: Colleague, other_officer: Colleague
) -> None:
    glass_id = break_it(officer.viewer)
    assert REASON not in other_officer.client.get("/mo-khan-cap/xem-lai/").content.decode()
    said = {"verdict": "justified", "note": NOTE}
    reply = other_officer.client.post(f"/mo-khan-cap/xem-lai/{glass_id}/", said)
    assert reply.status_code == 404
