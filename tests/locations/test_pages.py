"""The search page, the page of a unit and the API of units."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.locations.organisations import NHON_HOI, added
from vungxanh.locations import queries

pytestmark = pytest.mark.usefixtures("places")


QUY_NHON = "/don-vi/vn-2021:540/"


def text_of(client: Client, path: str, **asked: str) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == 200
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))


def test_the_search_page_finds_a_unit_typed_without_accents(client: Client) -> None:
    page = client.get("/tim/", {"q": "quy nhon"})
    assert page.status_code == 200
    assert f'href="{QUY_NHON}"' in page.content.decode()
    assert 'href="/dia-ban/vn-2021:540/"' in page.content.decode()


def test_the_search_page_shows_what_lies_above_each_namesake(client: Client) -> None:
    text = client.get("/tim/", {"q": "An Lão"}).content.decode()
    assert "TP. Hải Phòng" in text
    assert "H. An Lão, Bình Định" in text


@pytest.mark.usefixtures("places_of_both_eras")
def test_the_search_page_says_what_quy_nhon_became(client: Client) -> None:
    text = text_of(client, "/tim/", q="Quy Nhơn")
    assert "5 phường và 1 xã : X. Nhơn Châu , P. Quy Nhơn , P. Quy Nhơn Bắc" in text
    assert "đến hết 30/6/2025" in text
    assert "từ 01/7/2025" in text


def test_a_script_gets_only_the_list(client: Client) -> None:
    part = client.get("/tim/", {"q": "quy"}, headers={"HX-Request": "true"}).content.decode()
    assert "<table" in part
    assert "<html" not in part


def test_nothing_found_says_what_to_do_and_shows_the_text_escaped(client: Client) -> None:
    text = client.get("/tim/", {"q": "<b>xyz"}).content.decode()
    assert "Chưa thấy địa bàn nào tên" in text
    assert "<b>xyz" not in text


def test_an_empty_search_shows_the_form_alone(client: Client) -> None:
    text = client.get("/tim/").content.decode()
    assert 'name="q"' in text
    assert "<table" not in text


def test_searching_costs_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        client.get("/tim/", {"q": "an"})


def test_the_api_lists_districts_in_order(client: Client) -> None:
    answer = client.get("/api/v1/units", {"within": "vn-2021:52", "level": "district"}).json()
    assert answer["total"] == 11
    assert [unit["unit"] for unit in answer["units"]][:2] == ["vn-2021:542", "vn-2021:549"]
    assert answer["units"][0] == {
        "unit": "vn-2021:542",
        "tree": "vn-2021",
        "parent": "vn-2021:52",
        "level": "district",
        "name": "Huyện An Lão",
        "short_name": "H. An Lão",
        "type": "huyện",
        "sort_key": answer["units"][0]["sort_key"],
        "valid_from": None,
        "valid_to": "2025-07-01",
    }


def test_the_api_searches_inside_a_unit_in_stretches(client: Client) -> None:
    asked = {"within": "vn-2021:52", "q": "nhon", "limit": "2", "offset": "1"}
    answer = client.get("/api/v1/units", asked).json()
    assert (len(answer["units"]), answer["total"] > 10) == (2, True)


@pytest.mark.usefixtures("places_of_both_eras")
def test_a_past_unit_says_since_when_it_is_no_more_and_what_lies_above_today(
    client: Client,
) -> None:
    text = text_of(client, QUY_NHON, ngay="2026-11-22")
    assert "Ngày 22/11/2026 không còn Thành phố Quy Nhơn." in text
    assert "Cấp trên ngày 22/11/2026 Tỉnh Gia Lai" in text
    assert "Thành phố Quy Nhơn → 5 phường và 1 xã" in text
    assert "Quy Nhơn City" in text


@pytest.mark.usefixtures("places_of_both_eras")
def test_a_past_unit_on_a_day_of_its_own_has_its_own_parent(client: Client) -> None:
    text = text_of(client, QUY_NHON, ngay="2021-05-26")
    assert "Cấp trên ngày 26/5/2021 Tỉnh Bình Định" in text
    assert "không còn" not in text


@pytest.mark.usefixtures("places_of_both_eras")
def test_a_unit_of_today_says_what_it_was_made_from(client: Client) -> None:
    text = text_of(client, "/don-vi/vn-2025:21607/")
    assert "1 xã → Xã Nhơn Châu" in text
    assert "toàn bộ chắc chắn nguyên xã chuyển sang" in text


@pytest.mark.usefixtures("places_of_both_eras")
def test_a_unit_that_did_not_exist_yet_says_so(client: Client) -> None:
    text = text_of(client, "/don-vi/vn-2025:52/", ngay="2021-05-26")
    assert "Ngày 26/5/2021 chưa có Tỉnh Gia Lai." in text
    assert "Cấp trên ngày 26/5/2021 Việt Nam" in text


@pytest.mark.usefixtures("places_of_both_eras")
def test_a_unit_that_changed_its_type_names_the_act(client: Client) -> None:
    text = text_of(client, "/don-vi/vn-2025:24/")
    assert "Tỉnh Bắc Ninh; nghị quyết 39/2026/QH16 ngày 24/8/2026" in text


@pytest.mark.usefixtures("places_of_both_eras")
def test_the_page_of_a_unit_speaks_english(client: Client) -> None:
    client.cookies["vx_language"] = "en"
    answer = client.get(QUY_NHON, headers={"Accept-Language": "en"})
    assert "5 wards and 1 commune" in answer.content.decode()


@pytest.mark.usefixtures("places_of_both_eras")
@pytest.mark.parametrize("unit", ["vn-2021:540", "vn-2021:52", "vn-2025:52", "vn-2025:21583"])
def test_the_page_of_a_unit_costs_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, unit: str
) -> None:
    with django_assert_max_num_queries(15):
        client.get(f"/don-vi/{unit}/")


def test_a_province_of_2021_shows_its_sketch_with_links(client: Client) -> None:
    text = client.get("/don-vi/vn-2021:52/").content.decode()
    assert '<a href="/don-vi/vn-2021:540/"><title>Quy Nhơn</title><path' in text
    assert "không phải ranh giới chính thức" in text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/don-vi/vn-2021:98/", 404),
        ("/don-vi/Quy Nhơn/", 422),
        ("/don-vi/vn-2021:52/?ngay=hôm qua", 422),
    ],
)
def test_the_page_of_a_unit_refuses(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.usefixtures("places_of_both_eras")
@pytest.mark.parametrize(
    ("asked", "n_provinces"),
    [({"tree": "vn-2021"}, 9), ({"on": "2025-06-30"}, 9), ({"on": "2025-07-01"}, 2), ({}, 11)],
)
def test_the_api_lists_the_tree_of_a_day(
    client: Client, asked: dict[str, str], n_provinces: int
) -> None:
    answer = client.get("/api/v1/units", {"level": "province", **asked}).json()
    assert answer["total"] == n_provinces


@pytest.mark.usefixtures("places_of_both_eras")
def test_the_api_tells_what_a_unit_became() -> None:
    answer = Client().get("/api/v1/units/vn-2021:21586/successors").json()
    assert answer == {
        "unit": "vn-2021:21586",
        "successions": [
            {
                "old": "vn-2021:21586",
                "new": "vn-2025:21583",
                "share": 1.0,
                "is_default": True,
                "certainty": "sure",
                "source": "name",
            }
        ],
    }
    earlier = Client().get("/api/v1/units/vn-2025:21607/predecessors").json()
    assert [one["old"] for one in earlier["successions"]] == ["vn-2021:21607", "vn-2021:540"]


@pytest.mark.usefixtures("places_of_both_eras")
def test_the_api_refuses_a_unit_on_a_day_without_it_and_names_what_stands_there() -> None:
    answer = Client().get("/api/v1/units/vn-2021:540", {"on": "2026-01-01"})
    assert (answer.status_code, answer.json()["code"]) == (422, "locations.not_valid_on")
    assert "Phường Quy Nhơn Bắc" in answer.json()["message"]
    own = Client().get("/api/v1/units/vn-2021:540", {"on": "2021-05-26"}).json()
    assert (own["above"], own["next_up"]) == (["vn-2021:vn", "vn-2021:52"], "vn-2021:52")
    assert Client().get("/api/v1/units/vn-2021:540").json()["next_up"] == "vn-2025:52"


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"within": "vn-2021:98"}, 404, "locations.unknown_unit"),
        ({"within": "52"}, 422, "locations.bad_unit_id"),
        ({"level": "village"}, 422, "core.invalid_field"),
        ({"tree": "vn-1999"}, 422, "locations.unknown_tree"),
        ({"tree": "vn-2021", "on": "2026-01-01"}, 422, "locations.other_tree"),
        ({"tree": "vn-2025", "within": "vn-2021:52"}, 422, "locations.other_tree"),
        ({"limit": "0"}, 422, "core.invalid_field"),
    ],
)
def test_the_api_refuses(client: Client, asked: dict[str, str], status: int, code: str) -> None:
    answer = client.get("/api/v1/units", asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.slow
def test_the_api_reads_an_address_of_a_day() -> None:
    asked = {"text": "xã Nhơn Hội, Quy Nhơn", "on": "2021-05-26"}
    answer = Client().get("/api/v1/address", asked).json()
    assert (answer["kind"], answer["unit"]) == ("exact", "vn-2021:21601")


@pytest.mark.slow
def test_the_api_answers_an_ambiguous_address_with_candidates_and_the_reason() -> None:
    asked = {"text": "An Lão", "on": "2026-01-01"}
    answer = Client().get("/api/v1/address", asked).json()
    assert (answer["kind"], answer["unit"]) == ("candidates", None)
    found = [one["unit"] for one in answer["candidates"]]
    assert found == ["vn-2025:11629", "vn-2025:21609"]
    assert "có thể là" in answer["reason"]


def test_a_unit_merged_before_its_tree_ended_says_that_the_day_is_not_known(
    client: Client, places_of_both_eras: None
) -> None:
    text = text_of(client, "/don-vi/vn-2021:21586/")
    assert "Hiệu lực đến khi sáp nhập, trước 7/2025 (không rõ ngày)" in text


@pytest.mark.usefixtures("places_of_both_eras")
def test_the_country_is_never_said_to_be_no_more(client: Client) -> None:
    text = text_of(client, "/don-vi/vn-2021:vn/", ngay="2026-11-22")
    assert "Ngày 22/11/2026 cả nước chia theo cách khác" in text
    assert "không còn" not in text
    page = client.get("/don-vi/vn-2021:vn/", {"ngay": "2026-11-22"}).content.decode()
    assert 'href="/don-vi/vn-2025:vn/"' in page


def test_the_list_of_units_below_bears_the_numbers_of_the_map(client: Client) -> None:
    page = client.get("/don-vi/vn-2021:vn/").content.decode()
    listed = re.findall(
        r'vx-place-number vx-num">(\d+)</span><span><a href="/don-vi/([^/]+)/', page
    )
    wanted = queries.sheet("vn-2021:vn")
    assert wanted is not None
    assert {unit: int(number) for number, unit in listed}.items() <= wanted.numbers.items()
    assert listed


@pytest.mark.parametrize(
    ("unit", "levels"),
    [
        ("vn-2021:52", "cap-do-cac-xa"),
        ("vn-2021:540", "cap-do-cac-xa"),
        ("vn-2021:21601", "cap-do"),
    ],
)
def test_a_unit_leads_to_its_figures_population_levels_and_facilities(
    client: Client, unit: str, levels: str
) -> None:
    page = client.get(f"/don-vi/{unit}/").content.decode()
    ways = (
        f"/dia-ban/{unit}/",
        f"/dia-ban/{unit}/dan-so/",
        f"/don-vi/{unit}/{levels}/",
        f"/to-chuc/gan/?unit={unit.replace(':', '%3A')}",
    )
    assert [way for way in ways if f'href="{way}"' not in page] == []


def test_a_unit_counts_its_organisations_and_leads_to_the_same_list(client: Client) -> None:
    added("Trung tâm Y tế Quy Nhơn")
    added("Trạm Y tế Nhơn Hội", kind="commune_station", unit_id=NHON_HOI)
    added("Trạm Y tế cũ", kind="commune_station", unit_id=NHON_HOI, valid_to=date(2021, 1, 1))
    text = text_of(client, QUY_NHON, ngay="2021-08-20")
    assert "Tổ chức, cơ sở y tế 2" in text
    assert "Trạm y tế xã 1 Trung tâm y tế 1" in text
    address = "/to-chuc/?dia-ban=vn-2021%3A540&amp;ngay=2021-08-20&amp;loai=commune_station"
    assert f'href="{address}"' in client.get(QUY_NHON, {"ngay": "2021-08-20"}).content.decode()
    assert "1 tổ chức · Thành phố Quy Nhơn" in text_of(client, unescape(address))


def test_a_unit_without_organisations_says_so(client: Client) -> None:
    assert "Chưa ghi tổ chức hay cơ sở y tế nào" in text_of(client, QUY_NHON)


@pytest.mark.slow
@pytest.mark.usefixtures("places_of_both_eras")
def test_many_units_below_wait_behind_their_heading(client: Client) -> None:
    page = client.get("/don-vi/vn-2025:52/").content.decode()
    assert '<details class="vx-folded"><summary>' in page
    assert page.count("vx-place-number") == 135
