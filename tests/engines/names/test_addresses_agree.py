"""The fast form of addresses against the slow one, over small invented countries."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vungxanh.engines.names import AddressIndex, Place
from vungxanh.engines.names.addresses import reference
from vungxanh.engines.names.addresses.gazetteer import Gazetteer
from vungxanh.engines.names.addresses.index import Asked

REFORM = date(2025, 7, 1)
DAYS = st.sampled_from([None, date(2021, 8, 1), date(2026, 8, 1)])
NAMES = st.sampled_from(
    ["An Hoa", "An Hòa", "An Hoà", "Hòa", "Quy Mỹ", "Qui Mĩ", "Trà Vân", "Xã Đàn", "Ea Kbang", "1"]
)
SIGNS = st.sampled_from([", ", " ", " - ", "/", "-", ".", " (", ") ", " nay là ", ""])
WORDS = st.sampled_from(
    ["xã", "xa", "P.", "H", "TP.", "tỉnh", "t", "số 12", "đường", "tổ 3", "12", "cũ", "Lê Lợi"]
)


def country(names: list[str]) -> list[Place]:
    """Two provinces, a district and two communes in each; after the reform one of two communes."""
    rows: list[Place] = []
    for at, province in enumerate("AB"):
        first, second, third, fourth = names[4 * at : 4 * at + 4]
        rows += [
            Place(province, first, "tỉnh", "province", (), None, None, REFORM),
            Place(f"{province}1", second, "huyện", "district", (), province, None, REFORM),
            Place(f"{province}11", third, "xã", "commune", (), f"{province}1", None, REFORM),
            Place(f"{province}12", fourth, "phường", "commune", (), f"{province}1", None, REFORM),
        ]
    rows.append(Place("N", names[8], "tỉnh", "province", (), None, REFORM))
    rows.append(Place("N1", names[9], "xã", "commune", (), "N", REFORM))
    return rows


COUNTRIES = st.lists(NAMES, min_size=10, max_size=10).map(country)
FOLLOWS = st.sampled_from([(), (("A11", "N1"), ("A12", "N1"), ("A", "N"))])
PARTS = st.one_of(
    NAMES,
    st.builds("{} {}".format, WORDS, NAMES),
    st.builds("{}{}".format, st.sampled_from(["xa", "p", "tp", "h"]), st.just("anhoa")),
    WORDS,
)
TEXTS = st.lists(st.builds("{}{}".format, PARTS, SIGNS), min_size=1, max_size=5).map("".join)


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@example(country(["An Hoa"] * 9 + ["An Hòa"]), (), "An Hoa, " * 4 + "An Hòa, ", None, None)
@example(country(["An Hoa"] * 9 + ["An Hòa"]), (), "xã An Hòa, An Hoa " * 5, None, None)
@given(COUNTRIES, FOLLOWS, TEXTS, DAYS, st.sampled_from([None, "A", "A1", "N"]))
def test_the_fast_form_agrees_with_every_place_tried_everywhere(
    places: list[Place],
    follows: tuple[tuple[str, str], ...],
    text: str,
    on: date | None,
    within: str | None,
) -> None:
    fast = AddressIndex(places, follows).find(text, within=within, on=on)
    slow = reference.find(Gazetteer(places, follows), text, Asked(within=within, on=on))
    assert fast == slow


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(COUNTRIES, st.text(max_size=40), st.sampled_from(["province", "district", "commune"]))
def test_any_text_at_all_is_answered_alike(places: list[Place], text: str, level: str) -> None:
    fast = AddressIndex(places).find(text, level=level)
    assert fast == reference.find(Gazetteer(places), text, Asked(level=level))


@given(COUNTRIES, FOLLOWS, TEXTS)
def test_one_reading_answers_for_a_day_and_without_one(
    places: list[Place], follows: tuple[tuple[str, str], ...], text: str
) -> None:
    index, day = AddressIndex(places, follows), date(2026, 8, 1)
    assert index.find_then_and_ever(text, on=day) == (index.find(text, on=day), index.find(text))


@given(COUNTRIES, TEXTS)
def test_the_order_of_places_does_not_matter(places: list[Place], text: str) -> None:
    shuffled = sorted(places, key=lambda place: place.key[::-1], reverse=True)
    assert AddressIndex(places).find(text) == AddressIndex(shuffled).find(text)
