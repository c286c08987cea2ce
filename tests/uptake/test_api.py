"""The published table as machines read it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories.figures import QUY_NHON, recorded
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.uptake.demo import load_published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

TABLE = "/api/v1/uptake/table"


@pytest.fixture
def published(places: None) -> None:
    load_published(by=SYSTEM, at=clock.now())


def get(**asked: str) -> dict[str, Any]:
    answer = Client().get(TABLE, asked)
    assert answer.status_code == 200, answer.content
    table: dict[str, Any] = answer.json()
    return table


@pytest.mark.usefixtures("published")
def test_districts_of_binh_dinh_with_ratios_and_ranks() -> None:
    table = get(unit="vn-2021:52", level="district", as_of="2021-05-26")
    rows = {row["unit"]: row for row in table["rows"]}
    assert len(rows) == 11
    quy_nhon = rows["vn-2021:540"]
    ratio = next(r for r in quy_nhon["ratios"] if r["indicator"] == "population")
    assert (ratio["numerator"], ratio["denominator"]) == (75_878, 290_229)
    assert (ratio["share_percent"], ratio["rank"], ratio["ranked"]) == (26.14, 1, 11)
    assert quy_nhon["figures"]["population"]["as_of"].startswith("2019-0")
    assert quy_nhon["figures"]["bluezone_with_phone"]["sources"]


@pytest.mark.usefixtures("published")
def test_whole_is_sum_over_sum_and_says_of_how_many_parts() -> None:
    whole = get(unit="vn-2021:52", level="district", as_of="2021-05-26")["unit"]
    shares = {r["indicator"]: r["share_percent"] for r in whole["ratios"]}
    assert (shares["population"], shares["smartphones"]) == (13.6, 20.92)
    assert whole["figures"]["bluezone_with_phone"]["parts"] == 11


@pytest.mark.usefixtures("published")
def test_figure_later_than_the_as_of_is_not_shown() -> None:
    rows = get(unit="vn-2021:52", level="district", as_of="2021-05-25")["rows"]
    assert all("bluezone_with_phone" not in row["figures"] for row in rows)


@pytest.mark.usefixtures("published")
def test_as_of_with_a_time_is_exact() -> None:
    before = get(unit="vn-2021:30", level="province", as_of="2021-06-19T16:59:59+07:00")
    after = get(unit="vn-2021:30", level="province", as_of="2021-06-19T17:00:00+07:00")
    assert "bluezone_with_phone" not in before["unit"]["figures"]
    assert after["unit"]["figures"]["bluezone_with_phone"]["value"] == 688_900


@pytest.mark.usefixtures("published")
def test_nothing_was_known_before_it_was_received() -> None:
    table = get(unit="vn-2021:52", as_of="2021-05-26", known_at="2021-05-26")
    assert table["unit"]["figures"] == {}


def test_share_that_the_page_refuses_is_not_served_but_its_counts_are() -> None:
    day = date(2021, 5, 26)
    recorded(
        [(QUY_NHON, "bluezone_with_phone", 75_878, day), (QUY_NHON, "population", 290_229, day)]
    )
    table = get(unit="vn-2021:52", level="district", as_of="2021-05-26")
    (whole,) = table["unit"]["ratios"]
    assert (whole["numerator"], whole["denominator"]) == (75_878, 290_229)
    assert len(whole["missing"]) == 10
    assert "share_percent" not in whole
    (own,) = next(row["ratios"] for row in table["rows"] if row["unit"] == QUY_NHON)
    assert (own["share_percent"], own["rank"], own["ranked"]) == (26.14, 1, 1)


def test_unit_without_a_share_of_its_whole_has_no_rank() -> None:
    day = date(2021, 5, 26)
    recorded(
        [(QUY_NHON, "bluezone_with_phone", 75_878, day), (QUY_NHON, "population", 290_229, day)]
    )
    rows = get(unit="vn-2021:vn", level="province", as_of="2021-05-26")["rows"]
    (ratio,) = next(row["ratios"] for row in rows if row["unit"] == "vn-2021:52")
    assert ratio["numerator"] == 75_878
    assert {"share_percent", "rank", "ranked"}.isdisjoint(ratio)


def test_unpublished_figures_are_not_in_the_open_table() -> None:
    recorded([(QUY_NHON, "scans", 5, date(2021, 5, 26))], published=False)
    assert get(unit="vn-2021:52", as_of="2021-05-26")["unit"]["figures"] == {}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"unit": "vn-2021:99"}, "locations.unknown_unit"),
        ({"unit": "52"}, "locations.bad_unit_id"),
        ({"unit": "vn-2021:52", "level": "country"}, "uptake.bad_level"),
        ({"unit": "vn-2021:52", "level": "xyz"}, "uptake.bad_level"),
        ({"unit": "vn-2021:52", "as_of": "26/5"}, "uptake.bad_time"),
        ({"unit": "vn-2021:52", "as_of": "2021-05-26T10:00:00"}, "uptake.bad_time"),
        ({}, "core.invalid_field"),
    ],
)
def test_bad_question_gets_a_code_and_a_sentence(asked: dict[str, str], code: str) -> None:
    answer = Client().get(TABLE, asked)
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"] == code
    assert answer.json()["message"]


def test_message_is_in_the_asked_language() -> None:
    vi = Client().get(TABLE, {"unit": "52"}, headers={"accept-language": "vi"}).json()["message"]
    en = Client().get(TABLE, {"unit": "52"}, headers={"accept-language": "en"}).json()["message"]
    assert vi != en
    assert "unit id" in en
