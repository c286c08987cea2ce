"""Names as people write them: worked cases, disguises of every unit, the slow twin."""

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vungxanh.engines.names import Found, Kind, NameIndex, Place, Why, fold, without_type
from vungxanh.engines.names.readings import LEVELS
from vungxanh.engines.names.reference import find
from vungxanh.engines.names.types import DuplicateKeyError
from vungxanh.locations.rules import own_name
from vungxanh.locations.values import Level, Unit, units_2021

BINH_DINH = "vn-2021:52"
CAN_THO = "vn-2021:92"


@lru_cache(maxsize=1)
def places_by_parent() -> dict[str, tuple[Place, ...]]:
    """Children of every unit as places."""
    found: dict[str, list[Place]] = {}
    for unit in units_2021():
        found.setdefault(str(unit.parent_id), []).append(place(unit))
    return {parent: tuple(places) for parent, places in found.items()}


@lru_cache(maxsize=64)
def index_of(parent: str) -> NameIndex:
    return NameIndex(places_by_parent()[parent])


def place(unit: Unit) -> Place:
    return Place(unit.id, own_name(unit.name, unit.type_word), unit.type_word, unit.level)


def below_binh_dinh() -> list[Place]:
    districts = places_by_parent()[BINH_DINH]
    communes = [one for district in districts for one in places_by_parent()[district.key]]
    return [*districts, *communes]


@pytest.fixture(scope="module")
def binh_dinh() -> NameIndex:
    """All districts and communes of Bình Định."""
    return NameIndex(below_binh_dinh())


@pytest.mark.parametrize(
    ("text", "kind", "why", "keys"),
    [
        ("Quy Nhơn", Kind.EXACT, Why.SAME, {"vn-2021:540"}),
        ("TP. Quy Nhơn", Kind.EXACT, Why.SAME, {"vn-2021:540"}),
        ("T.P Quy  Nhơn", Kind.EXACT, Why.SAME, {"vn-2021:540"}),
        ("Quy Nhơn (thành phố)", Kind.EXACT, Why.SAME, {"vn-2021:540"}),
        ("quy nhon", Kind.FOLDED, Why.LESS_MARKED, {"vn-2021:540"}),
        ("Qui Nhơn", Kind.FOLDED, Why.VARIANT, {"vn-2021:540"}),
        ("THỊ XÃ HOÀI NHƠN", Kind.EXACT, Why.SAME, {"vn-2021:543"}),
        ("Huyện Hoài Nhơn", Kind.EXACT, Why.TYPE_DIFFERS, {"vn-2021:543"}),
        ("H. An Lão", Kind.EXACT, Why.SAME, {"vn-2021:542"}),
        ("An Lão", Kind.CANDIDATES, Why.SEVERAL, {"vn-2021:542", "vn-2021:21609"}),
        ("an lao", Kind.CANDIDATES, Why.SEVERAL, {"vn-2021:542", "vn-2021:21609"}),
        ("Phú Mỹ", Kind.CANDIDATES, Why.MARKS_DIFFER, {"vn-2021:545", "vn-2021:21730"}),
        ("xã Hoài Ân", Kind.CANDIDATES, Why.LEVEL_DIFFERS, {"vn-2021:544"}),
        ("Sa Pa", Kind.NONE, Why.UNKNOWN, set()),
        (" . ", Kind.NONE, Why.EMPTY, set()),
    ],
)
def test_a_written_name_means(
    binh_dinh: NameIndex, text: str, kind: Kind, why: Why, keys: set[str]
) -> None:
    found = binh_dinh.find(text)
    assert (found.kind, found.why, set(found.keys)) == (kind, why, keys)


def test_the_same_name_is_another_place_under_another_parent() -> None:
    under = {parent: index_of(parent).find("Vĩnh Thạnh").keys for parent in (BINH_DINH, CAN_THO)}
    assert under == {BINH_DINH: ("vn-2021:546",), CAN_THO: ("vn-2021:924",)}


def test_an_unmarked_text_does_not_choose_between_names_that_differ_in_accents_only() -> None:
    index = NameIndex(
        [Place("a", "An Hoa", "xã", "commune"), Place("b", "An Hòa", "xã", "commune")]
    )
    assert index.find("an hoa") == Found(Kind.CANDIDATES, ("a", "b"), Why.SEVERAL)
    assert index.find("xã An Hoa") == Found(Kind.EXACT, ("a",), Why.SAME)


def test_a_name_that_begins_like_a_type_word_stays_a_name() -> None:
    index = NameIndex(
        [Place("a", "Xà Phiên", "xã", "commune"), Place("b", "Phiên", "xã", "commune")]
    )
    assert index.find("Xà Phiên").keys == ("a",)
    assert index.find("Xã Xà Phiên").keys == ("a",)
    assert index.find("xã Phiên").keys == ("b",)


def test_numbers_lose_leading_zeros_and_may_touch_their_type_word() -> None:
    index = NameIndex([Place("a", "1", "phường", "commune"), Place("b", "12", "phường", "commune")])
    assert [index.find(text).keys for text in ("P1", "Phường 01", "p. 12")] == [
        ("a",),
        ("a",),
        ("b",),
    ]


def test_an_alias_is_a_name() -> None:
    index = NameIndex([Place("79", "Hồ Chí Minh", "thành phố", "province", ("HCM", "TPHCM"))])
    texts = ("TP.HCM", "TPHCM", "tp hcm", "TP. Hồ Chí Minh")
    assert {index.find(text).keys for text in texts} == {("79",)}


def test_two_places_with_one_key_are_refused() -> None:
    twice = [Place("a", "An Lão", "huyện", "district")] * 2
    with pytest.raises(DuplicateKeyError):
        NameIndex(twice)


def test_folding_keeps_letters_and_parts_words_by_one_space() -> None:
    assert fold("  Ea H'leo,  Đắk Lắk ") == "ea h leo dak lak"
    assert without_type("Thành phố Quy Nhơn") == "quy nhơn"


# Disguises that must not change what a name means.
_OTHER_PLACE = {"oà": "òa", "oá": "óa", "uý": "úy", "uỳ": "ùy", "oè": "òe", "uỷ": "ủy"}
_SHORT = {"thành phố": "TP.", "thị xã": "TX.", "huyện": "H.", "quận": "Q.", "phường": "P."}
_SHORT |= {"xã": "X.", "thị trấn": "TT.", "tỉnh": "T."}


def moved_tone(text: str) -> str:
    for old, new in _OTHER_PLACE.items():
        text = text.replace(old, new) if old in text else text.replace(new, old)
    return text


# Sa Pa and Sa Pả, Nga Thanh and Nga Thành, Ia Bang and Ia Băng are neighbours: "P. Sa Pa" bears no
# accent at all, so it may be either.
UNMARKED_TWINS = {"vn-2021:03001", "vn-2021:16123", "vn-2021:23924"}

DISGUISES: dict[str, Callable[[Unit], str]] = {
    "as it is": lambda unit: unit.name,
    "decomposed": lambda unit: unicodedata.normalize("NFD", unit.name),
    "capitals": lambda unit: unit.name.upper(),
    "double spaces": lambda unit: f" {unit.name.replace(' ', '  ')} ",
    "tone on the other letter": lambda unit: moved_tone(unit.name),
    "short type": lambda unit: f"{_SHORT[unit.type_word]} {own_name(unit.name, unit.type_word)}",
    "glued short type": lambda unit: (
        f"{_SHORT[unit.type_word]}{own_name(unit.name, unit.type_word)}"
    ),
    "type behind": lambda unit: f"{own_name(unit.name, unit.type_word)}, {unit.type_word}",
    "other apostrophe": lambda unit: unit.name.replace("'", "’ "),
}


@pytest.mark.slow
@pytest.mark.parametrize("disguise", DISGUISES)
def test_every_unit_is_found_in_its_parent_under(disguise: str) -> None:
    below = [unit for unit in units_2021() if unit.parent_id]
    found = {unit.id: look_up(unit, DISGUISES[disguise](unit)) for unit in below}
    assert all(key in answer.keys for key, answer in found.items())
    assert {key for key, answer in found.items() if len(answer.keys) > 1} <= UNMARKED_TWINS


@pytest.mark.slow
def test_every_unit_typed_without_accents_is_found_or_among_the_candidates() -> None:
    below = [unit for unit in units_2021() if unit.parent_id]
    found = {unit.id: look_up(unit, fold(unit.name)) for unit in below}
    assert all(key in answer.keys for key, answer in found.items())
    unsure = [key for key, answer in found.items() if answer.kind is Kind.CANDIDATES]
    assert len(unsure) < len(below) / 100


def look_up(unit: Unit, text: str) -> Found:
    return index_of(str(unit.parent_id)).find(text)


SYLLABLES = st.sampled_from(
    [
        "an",
        "ân",
        "hoa",
        "hòa",
        "hoà",
        "hoá",
        "mỹ",
        "mĩ",
        "my",
        "đak",
        "đắk",
        "đắc",
        "dac",
        "lão",
        "lao",
        "h",
        "1",
        "01",
        "12",
    ]
)
TYPES = st.sampled_from(
    [
        "tp. thành phố",
        "thanh pho",
        "huyện",
        "huyen",
        "h.",
        "xã",
        "xà",
        "x",
        "tt",
        "thị trấn",
        "tx",
        "q",
    ]
)
NAMES = st.lists(SYLLABLES, min_size=1, max_size=3).map(" ".join)
TEXTS = st.one_of(
    NAMES,
    st.builds("{} {}".format, TYPES, NAMES),
    st.builds("{} ({})".format, NAMES, TYPES),
    st.text(max_size=12),
)
PLACES = st.lists(
    st.tuples(
        NAMES,
        st.sampled_from(
            [("thành phố", "district"), ("huyện", "district"), ("xã", "commune"), ("", "other")]
        ),
        st.lists(NAMES, max_size=1),
    ),
    max_size=8,
)


def made(rows: Sequence[tuple[str, tuple[str, str], list[str]]]) -> list[Place]:
    return [
        Place(str(key), name, type_word, level, tuple(aliases))
        for key, (name, (type_word, level), aliases) in enumerate(rows)
    ]


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(PLACES, TEXTS)
def test_the_index_agrees_with_the_letter_by_letter_form(
    rows: list[tuple[str, tuple[str, str], list[str]]], text: str
) -> None:
    places = made(rows)
    assert NameIndex(places).find(text) == find(places, text)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.sampled_from(below_binh_dinh()), st.sampled_from(sorted(DISGUISES)))
def test_the_forms_agree_on_real_names(real: Place, disguise: str) -> None:
    unit = next(one for one in units_2021() if one.id == real.key)
    text, places = DISGUISES[disguise](unit), below_binh_dinh()
    assert NameIndex(places).find(text) == find(places, text)


@given(st.text(max_size=30), st.permutations(range(5)))
def test_the_order_of_places_does_not_matter(text: str, order: list[int]) -> None:
    places = below_binh_dinh()[:5]
    assert NameIndex(places).find(text) == NameIndex([places[i] for i in order]).find(text)


def test_the_matcher_speaks_of_the_levels_of_the_tree() -> None:
    assert {level for levels in LEVELS.values() for level in levels} == {
        level.value for level in Level if level is not Level.COUNTRY
    }
