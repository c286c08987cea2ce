"""The forms that are shipped: whole in their languages, with short pages and the words of rules."""

import json
from collections import Counter

import pytest

from tests.engines.forms.shipped import NAMES, data_of, form
from vungxanh.engines.forms import completeness, missing, read_questionnaire, said, to_data
from vungxanh.engines.forms.languages import DAYS
from vungxanh.engines.forms.types import MOST_SHOWN, texts_of

SIGNS = ("fever", "cough", "breathless", "pneumonia", "sore_throat", "fatigue")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_kept_as_it_is_written(name: str) -> None:
    read = form(name)
    assert json.loads(json.dumps(to_data(read))) == data_of(name)
    assert f"{read.id}-{read.version}" == name


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_there_in_every_language_of_the_form(name: str) -> None:
    read = form(name)
    counts = completeness(read)
    assert {"vi", "en"} <= counts.keys()
    assert [language for language in counts if missing(read, language)] == []
    assert all(there == needed > 40 for there, needed in counts.values())


def test_entry_is_whole_in_chinese() -> None:
    there, needed = completeness(form("entry-1"))["zh"]
    assert there == needed


@pytest.mark.parametrize("name", NAMES)
def test_no_page_has_more_than_ten_questions(name: str) -> None:
    assert max(len(page.questions) for page in form(name).pages) <= MOST_SHOWN


@pytest.mark.parametrize("name", NAMES)
def test_signs_are_the_ministrys_and_none_stands_alone(name: str) -> None:
    signs = form(name).questions["signs"]
    ids = [option.id for option in signs.options]
    assert ids[:6] == list(SIGNS)
    assert [option.id for option in signs.options if option.is_exclusive] == ["none"]
    assert signs.is_required
    assert not signs.carries


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_sent_without_consent(name: str) -> None:
    assert form(name).consents == ("declarations",)


def test_the_look_back_is_a_setting_of_the_version() -> None:
    first, second = form("general-1"), form("general-2")
    text = first.questions["been"].text
    assert text == second.questions["been"].text
    assert "14 ngày" in said(first, text, "vi")
    assert "21 days" in said(second, text, "en")
    assert DAYS not in "".join(said(second, one, "vi") for _, one in texts_of(second))


def test_a_language_that_is_missing_falls_back() -> None:
    read = form("entry-1")
    assert said(read, read.title, "zh-TW") == read.title["zh"]
    assert said(read, read.title, "ko") == read.title["vi"]


def test_what_is_missing_is_told_with_what_to_translate() -> None:
    data = data_of("general-2")
    data["languages"].append("lo")
    data["title"]["lo"] = "ການແຈ້ງສຸຂະພາບ"
    read = read_questionnaire(data)
    there, needed = completeness(read)["lo"]
    assert (there, len(missing(read, "lo"))) == (1, needed - 1)
    assert ("name.text", "Họ và tên") in missing(read, "lo")


def test_movement_asks_means_number_seat_places_and_day() -> None:
    trip = next(page for page in form("domestic-1").pages if page.id == "trip")
    assert trip.questions == (
        "vehicle",
        "vehicle_number",
        "seat",
        "departs_on",
        "from_unit",
        "from_place",
        "to_unit",
        "to_place",
    )


def test_places_of_texts_are_told_once() -> None:
    places = Counter(place for place, _ in texts_of(form("entry-1")))
    assert max(places.values()) == 1
