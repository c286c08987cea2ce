"""Laws of addresses: parents, order, case and accents."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.names.worlds import IN_2021, IN_2026, both_eras, country, is_one
from vungxanh.engines.names import Found, Place, fold

UNITS = st.sampled_from([place for place in both_eras() if place.parent is not None])
SIGNS = st.sampled_from([", ", ",", " , ", "; ", " - "])
DETAILS = st.sampled_from(["", "số 12 Lê Lợi, ", "tổ 3, ", "thôn Đông, ", "235 Quang Trung, "])

pytestmark = pytest.mark.slow


def chain(place: Place) -> list[Place]:
    by_key = {one.key: one for one in both_eras()}
    found = [place]
    while found[-1].parent is not None:
        found.append(by_key[found[-1].parent])
    return found


def written(places: list[Place], *, with_types: bool) -> list[str]:
    """The names with their type words or, but for numbers, without."""
    return [
        f"{place.type_word} {place.name}" if with_types or place.name.isdigit() else place.name
        for place in places
    ]


def look_up(text: str, place: Place) -> Found:
    return country().find(text, on=IN_2021 if place.valid_to else IN_2026)


@settings(max_examples=300, deadline=None)
@given(UNITS, DETAILS, SIGNS, st.booleans())
def test_a_correct_parent_never_turns_a_unit_into_another(
    place: Place, detail: str, sign: str, with_types: bool
) -> None:
    names = written(chain(place), with_types=with_types)
    texts = [detail + sign.join(names[: at + 1]) for at in range(len(names))]
    answers = {key for text in texts for key in one_key(look_up(text, place))}
    assert answers <= {place.key}


def one_key(found: Found) -> tuple[str, ...]:
    return found.keys if is_one(found) else ()


@settings(max_examples=300, deadline=None)
@given(UNITS, SIGNS, st.booleans(), st.permutations(range(5)))
def test_the_order_of_parts_changes_nothing(
    place: Place, sign: str, with_types: bool, order: list[int]
) -> None:
    parts = ["số 12 Lê Lợi", *written(chain(place), with_types=with_types), "Việt Nam"]
    mixed = [parts[at] for at in order if at < len(parts)]
    assert look_up(sign.join(mixed), place) == look_up(sign.join(parts), place)


@settings(max_examples=300, deadline=None)
@given(UNITS, SIGNS, st.booleans())
def test_case_and_the_form_of_unicode_change_nothing(
    place: Place, sign: str, with_types: bool
) -> None:
    text = sign.join(written(chain(place), with_types=with_types))
    others = (text.upper(), text.lower(), unicodedata.normalize("NFD", text))
    assert {look_up(other, place) for other in others} == {look_up(text, place)}


@settings(max_examples=300, deadline=None)
@given(UNITS, st.booleans())
def test_leaving_out_accents_only_widens(place: Place, with_types: bool) -> None:
    text = ", ".join(written(chain(place), with_types=with_types))
    full, plain = look_up(text, place), look_up(", ".join(map(fold, text.split(", "))), place)
    assert set(full.keys) <= set(plain.keys)


@settings(max_examples=300, deadline=None)
@given(UNITS)
def test_a_whole_official_address_is_never_another_unit(place: Place) -> None:
    found = look_up(", ".join(written(chain(place), with_types=True)), place)
    assert place.key in found.keys


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(both_eras()), min_size=1, max_size=4), st.text(max_size=20))
def test_any_heap_of_names_is_answered(places: list[Place], noise: str) -> None:
    found = country().find(f"{noise} {' '.join(place.name for place in places)}")
    assert len(found.keys) == 1 or not is_one(found)
