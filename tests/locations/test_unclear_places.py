"""Places that are unknown, ambiguous, contradictory or of another day: the search page, the API and
the command line each say why and what may be meant, in both languages."""

import json
import re
from datetime import date
from html import unescape

import pytest
from click.testing import CliRunner
from django.test import Client

from vungxanh.config.cli import root
from vungxanh.locations.values import find_address

pytestmark = [
    pytest.mark.slow,  # the first look-up reads both trees
    pytest.mark.usefixtures("places_of_both_eras"),
]
CITY = "thành phố Quy Nhơn, tỉnh Bình Định"
# What is written, the day asked about, what the sentence says, and candidates that must stand.
NOBODY: list[str] = []
UNKNOWN = ("Xã Không Đâu Có", "", {"vi": "Không có", "en": "There is no"}, NOBODY)
AMBIGUOUS = (
    "Huyện An Lão",
    "2021-05-26",
    {"vi": "có thể là", "en": "may be"},
    ["vn-2021:313", "vn-2021:542"],
)
CONTRADICTORY = (
    "Xã Nhơn Hội, huyện An Lão, Bình Định",
    "2021-05-26",
    {"vi": "không khớp nhau", "en": "do not agree"},
    ["vn-2021:542"],
)
CONTRADICTORY_TODAY = (
    "Xã Nhơn Hội, huyện An Lão, tỉnh Bình Định",
    "2026-01-01",
    {"vi": "không khớp nhau", "en": "do not agree"},
    ["vn-2021:542"],
)
CONTRADICTORY_BUT_FOR_A_PAST_CITY = (
    "Xã An Lão, thành phố Quy Nhơn, tỉnh Bình Định",
    "2026-01-01",
    {"vi": "không khớp nhau", "en": "do not agree"},
    ["vn-2021:540"],
)
NOT_THEN = (
    "Phường Quy Nhơn",
    "2021-05-26",
    {"vi": "Ngày đó không có", "en": "on that day"},
    ["vn-2025:21583"],
)
CASES = pytest.mark.parametrize(
    ("text", "on", "sentences", "candidates"),
    [
        UNKNOWN,
        AMBIGUOUS,
        CONTRADICTORY,
        CONTRADICTORY_TODAY,
        CONTRADICTORY_BUT_FOR_A_PAST_CITY,
        NOT_THEN,
    ],
    ids=["unknown", "ambiguous", "contradictory", "today", "a past city", "not then"],
)
BOTH = pytest.mark.parametrize("lang", ["vi", "en"])
Sentences = dict[str, str]


@CASES
@BOTH
def test_the_api_says_why(
    client: Client, text: str, on: str, sentences: Sentences, candidates: list[str], lang: str
) -> None:
    asked = {"text": text} | ({"on": on} if on else {})
    told = client.get("/api/v1/address", asked, headers={"Accept-Language": lang}).json()
    assert told["unit"] is None
    assert sentences[lang] in told["reason"]
    assert set(candidates) <= {one["unit"] for one in told["candidates"]}


@CASES
@BOTH
def test_the_command_line_says_why(
    text: str, on: str, sentences: Sentences, candidates: list[str], lang: str
) -> None:
    words = ["places", "search", text, "--lang", lang, *(["--on", on] if on else [])]
    told = CliRunner().invoke(root, words)
    assert told.exit_code == (0 if candidates else 1)
    assert sentences[lang] in told.stderr
    assert all(f"[{one}]" in told.stdout for one in candidates)


@CASES
def test_the_command_line_says_why_in_one_document(
    text: str, on: str, sentences: Sentences, candidates: list[str]
) -> None:
    words = ["places", "search", text, "--json", *(["--on", on] if on else [])]
    told = json.loads(CliRunner().invoke(root, words).stdout)
    assert told["unit"] is None
    assert all(sentences[lang] in told["reason"][lang] for lang in sentences)


@pytest.mark.parametrize(
    ("text", "on", "sentences", "candidates"),
    [
        AMBIGUOUS,
        CONTRADICTORY,
        CONTRADICTORY_TODAY,
        CONTRADICTORY_BUT_FOR_A_PAST_CITY,
        NOT_THEN,
    ],
    ids=["ambiguous", "contradictory", "today", "a past city", "not then"],
)
@BOTH
def test_the_search_page_says_why(
    client: Client, text: str, on: str, sentences: Sentences, candidates: list[str], lang: str
) -> None:
    here = [one for one in candidates if one != "vn-2021:313"]  # of which these tests hold no row
    page = search_page(client, lang, q=text, ngay=on)
    assert sentences[lang] in page
    assert all(one in page for one in here)


@pytest.mark.parametrize(("lang", "sentence"), [("vi", "Chưa thấy"), ("en", "No place")])
def test_the_search_page_says_that_nothing_is_named_so(
    client: Client, lang: str, sentence: str
) -> None:
    assert sentence in search_page(client, lang, q="Xã Không Đâu Có")


@pytest.mark.parametrize(
    ("lang", "sentence"), [("vi", "không phải một ngày"), ("en", "is not a day")]
)
def test_the_search_page_says_what_is_no_day(client: Client, lang: str, sentence: str) -> None:
    assert sentence in search_page(client, lang, q="Quy Nhơn", ngay="hôm qua")


def test_the_search_page_reads_a_whole_address(client: Client) -> None:
    page = search_page(client, "vi", q="12 Nguyễn Huệ, P. Quy Nhơn, Gia Lai")
    assert "Phường Quy Nhơn" in page


def test_a_day_narrows_the_search_to_its_era(client: Client) -> None:
    page = search_page(client, "vi", q="Quy Nhơn", ngay="2021-05-26")
    assert "vn-2021:540" in page
    assert "vn-2025:21583" not in page


def test_the_list_of_organisations_offers_the_places_that_a_name_may_mean(client: Client) -> None:
    answer = client.get("/to-chuc/", {"dia-ban": "Huyện An Lão", "ngay": "2021-05-26"})
    text = answer.content.decode()
    assert "?dia-ban=vn-2021%3A542&amp;ngay=2021-05-26" in text
    assert "Huyện An Lão, Bình Định" in text
    assert "<table" not in text


def test_the_nearest_facilities_offer_the_places_that_a_name_may_mean(client: Client) -> None:
    answer = client.get("/to-chuc/gan/", {"unit": "An Lão"})
    assert answer.status_code == 422
    assert 'href="?unit=vn-2025:21609"' in answer.content.decode()


@pytest.mark.parametrize("address", [CONTRADICTORY_TODAY[0], CONTRADICTORY_BUT_FOR_A_PAST_CITY[0]])
@pytest.mark.parametrize(("path", "field"), [("/to-chuc/gan/", "unit"), ("/to-chuc/", "dia-ban")])
def test_pages_that_ask_for_a_place_of_today_say_that_an_address_contradicts_itself(
    client: Client, path: str, field: str, address: str
) -> None:
    answer = client.get(path, {field: address}).content.decode()
    assert "không khớp nhau" in answer
    assert "Ngày đó không có" not in answer
    assert "<table" not in answer


@pytest.mark.parametrize(
    ("address", "unit"),
    [
        (f"phường Trần Phú, {CITY} (nay là phường Quy Nhơn, tỉnh Gia Lai)", "vn-2025:21583"),
        ("phường Quy Nhơn, tỉnh Bình Định", "vn-2025:21583"),
        ("xã An Lão, huyện An Lão, Gia Lai", "vn-2025:21609"),
        (f"phường Quy Nhơn, {CITY}", "vn-2025:21583"),
    ],
)
def test_what_a_place_was_called_does_not_contradict_its_name_of_today(
    address: str, unit: str
) -> None:
    found = find_address(address, on=date(2026, 1, 1))
    assert found.unit is not None
    assert found.unit.id == unit


def search_page(client: Client, lang: str, **asked: str) -> str:
    client.cookies["vx_language"] = lang
    answer = client.get("/tim/", asked)
    assert answer.status_code == 200
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))
