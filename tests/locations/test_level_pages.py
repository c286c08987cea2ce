"""Pages of levels: what stands on a day, on the map too, and what stood before."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from tests.factories.people import employed
from tests.locations.organisations import AT
from vungxanh.accounts.rules import Role
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations import demo
from vungxanh.locations.actions import area_levels as actions
from vungxanh.locations.models.area_levels import AreaLevel
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.area_levels import Decision

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("places_of_both_eras")]
WARD, OLD_WARD = UnitId("vn-2025:21583"), UnitId("vn-2021:21550")
DECISION = Decision("Ủy ban nhân dân tỉnh (ví dụ)", "VD-01/QĐ-UBND")


def decide(unit_id: UnitId, level: int, on: date) -> None:
    actions.decide_level(
        unit_id=unit_id, on=on, level=level, decision=DECISION, is_invented=True, by=SYSTEM, at=AT
    )


def text_of(client: Client, path: str, lang: str = "vi", **asked: str) -> str:
    client.cookies["vx_language"] = lang
    answer = client.get(path, asked)
    assert answer.status_code == 200
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))


def test_the_demo_s_levels_are_of_both_eras_and_say_that_they_are_invented() -> None:
    demo.load_levels(by=SYSTEM, at=AT)
    demo.load_levels(by=SYSTEM, at=AT)
    rows = AreaLevel.objects.all()
    assert all(row.is_invented for row in rows)
    assert {row.unit_id[:7] for row in rows} == {"vn-2021", "vn-2025"}
    assert {row.level for row in rows} == {1, 2, 3, 4}
    assert {row.way for row in rows} == {"computed", "decided"}
    assert len({row.criteria_id for row in rows}) == 2
    told = rows.filter(way="computed")
    assert all(row.inputs["population_source"] == demo.POPULATION_SOURCE for row in told)


def test_the_map_says_each_level_in_words(client: Client) -> None:
    decide(WARD, 3, date(2026, 9, 1))
    page = client.get("/don-vi/vn-2025:52/cap-do-cac-xa/", {"ngay": "2026-09-02"}).content.decode()
    assert "<title>Quy Nhơn: Cấp 3 – nguy cơ cao (cam)</title>" in page
    assert page.count(": chưa có cấp độ</title>") == 134
    assert 'class="vx-area vx-band-3"' in page


def test_units_without_a_level_wait_behind_their_heading(client: Client) -> None:
    decide(WARD, 3, date(2026, 9, 1))
    page = client.get("/don-vi/vn-2025:52/cap-do-cac-xa/", {"ngay": "2026-09-02"}).content.decode()
    assert '<details class="vx-folded"><summary>Chưa có cấp độ: 134 đơn vị</summary>' in page
    assert page.count('<td data-label="Cấp độ">') == 1


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("vi", "không còn từ 01/7/2025"), ("en", "is no more since 1 Jul 2025")],
)
def test_no_level_of_a_past_unit_stands_today(client: Client, lang: str, sentence: str) -> None:
    decide(OLD_WARD, 2, date(2021, 11, 1))
    listed = "/don-vi/vn-2021:540/cap-do-cac-xa/"
    assert sentence in text_of(client, listed, lang, ngay="2026-09-02")
    assert sentence in text_of(client, f"/don-vi/{OLD_WARD}/cap-do/", lang)
    assert "Cấp 2" not in text_of(client, f"/don-vi/{OLD_WARD}/", ngay="2026-09-02")
    assert "Cấp 2" in text_of(client, f"/don-vi/{OLD_WARD}/", ngay="2021-12-01")


def test_one_level_of_a_history_is_in_force(client: Client) -> None:
    decide(WARD, 3, date(2025, 9, 1))
    decide(WARD, 2, date(2025, 10, 1))
    decide(WARD, 1, date(2090, 10, 1))
    text = text_of(client, f"/don-vi/{WARD}/cap-do/")
    states = ("chưa đến ngày", "đang áp dụng", "đã có lần ghi sau")
    assert [text.count(one) for one in states] == [1, 1, 1]
    assert sorted(states, key=text.index) == list(states)


@pytest.mark.parametrize(
    ("area", "unit", "is_offered"),
    [
        ("vn-2021:52", OLD_WARD, True),
        ("vn-2025:52", OLD_WARD, True),
        ("vn-2025:52", WARD, True),
        ("vn-2021:52", WARD, True),
        ("vn-2021:52", UnitId("vn-2025:52"), False),
        ("vn-2021:24", OLD_WARD, False),
        ("vn-2021:24", WARD, False),
        ("vn-2025:24", OLD_WARD, False),
        ("vn-2025:24", WARD, False),
    ],
)
def test_forms_are_offered_to_who_may_set_levels_of_the_whole_unit(
    area: str, unit: UnitId, is_offered: bool
) -> None:
    decide(unit, 3, date(2021, 9, 1))
    client = employed("leader", Role("province_officer"), area).client
    page = client.get(f"/don-vi/{unit}/cap-do/").content.decode()
    assert ('id="vx-set"' in page, "/rut/" in page) == (is_offered, is_offered)


def test_leader_of_another_province_is_refused_before_the_rule_is_asked() -> None:
    client = employed("leader", Role("province_officer"), "vn-2025:24").client
    answer = client.post(f"/don-vi/{WARD}/cap-do/", {"act": "look"})
    assert answer.status_code == 422
    assert "không thuộc đơn vị của bạn" in answer.content.decode()


def test_criteria_are_called_by_their_title(client: Client) -> None:
    demo.load_levels(by=SYSTEM, at=AT)
    text = text_of(client, f"/don-vi/{OLD_WARD}/cap-do/")
    assert "tính theo tiêu chí: Quyết định 4800/QĐ-BYT ngày 12/10/2021" in text
    assert "theo quyết định VD-01/QĐ-UBND" in text
    assert "đã tiêm" in text
