"""The search page and the API of units."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.usefixtures("places")


def test_the_search_page_finds_a_unit_typed_without_accents(client: Client) -> None:
    page = client.get("/tim/", {"q": "quy nhon"})
    assert page.status_code == 200
    assert 'href="/dia-ban/vn-2021:540/"' in page.content.decode()


def test_the_search_page_shows_what_lies_above_each_namesake(client: Client) -> None:
    text = client.get("/tim/", {"q": "An Lão"}).content.decode()
    assert "TP. Hải Phòng" in text
    assert "H. An Lão, Bình Định" in text


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


def test_searching_costs_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        client.get("/tim/", {"q": "an"})


def test_the_api_lists_districts_in_order(client: Client) -> None:
    answer = client.get("/api/v1/units", {"within": "vn-2021:52", "level": "district"}).json()
    assert answer["total"] == 11
    assert [unit["unit"] for unit in answer["units"]][:2] == ["vn-2021:542", "vn-2021:549"]
    assert answer["units"][0] == {
        "unit": "vn-2021:542",
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


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"within": "vn-2021:98"}, 404, "locations.unknown_unit"),
        ({"within": "52"}, 422, "locations.bad_unit_id"),
        ({"level": "village"}, 422, "core.invalid_field"),
        ({"limit": "0"}, 422, "core.invalid_field"),
    ],
)
def test_the_api_refuses(client: Client, asked: dict[str, str], status: int, code: str) -> None:
    answer = client.get("/api/v1/units", asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
