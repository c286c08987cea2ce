"""Points are found by words, beginnings, codes, units of both eras, kinds and states."""

from dataclasses import replace

import pytest
from django.db import connection

from tests.factories.points import QUY_NHON, a_point
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries import search
from vungxanh.checkins.queries.search import found_points, walked
from vungxanh.checkins.values.asked import STRETCH, Asked, passed_into, sought
from vungxanh.checkins.values.kinds import Kind, State
from vungxanh.checkins.values.words import same_key
from vungxanh.core.viewer import Viewer
from vungxanh.engines.names import fold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]

TAY = "vn-2025:21589"  # Phường Quy Nhơn Tây
HIGHLANDS = "vn-2025:23575"  # Phường Pleiku, in today's Gia Lai
BAC_NINH = "vn-2025:07210"


def held(*units: str) -> Viewer:
    return Viewer(id="staff:1", name="", units=frozenset(units))


COUNTRY, PROVINCE = held("vn-2025:vn"), held("vn-2025:52")


def names(viewer: Viewer, asked: Asked) -> list[str]:
    return [one.name for one in found_points(viewer, asked)]


def far_apart(n: int) -> None:
    """The next point gets a number in another stretch of the index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('checkins_point', 'id'), %s)", [n * STRETCH]
        )


@pytest.mark.parametrize(
    "text",
    ["Chợ Đầm", "cho dam", "DAM", "chợ đ", "lê lợi", "12 le", "cho le loi", "dầm ch", "Cho-Dam,"],
)
def test_words_and_beginnings_are_found_with_accents_or_without(text: str) -> None:
    """In any order, of the name and the address; the last word may be begun only."""
    a_point("Chợ Đầm", address="12 Lê Lợi")
    a_point("Trường mẫu", address="5 Trần Phú")
    assert names(COUNTRY, Asked(text)) == ["Chợ Đầm"]


@pytest.mark.parametrize("text", ["chợ đầm lớn", "ho", "cho x", "dam cho 13"])
def test_a_word_that_a_point_lacks_finds_nothing(text: str) -> None:
    a_point("Chợ Đầm", address="12 Lê Lợi")
    assert names(COUNTRY, Asked(text)) == []


@pytest.mark.parametrize(("text", "n"), [("superm", 2), ("supermar", 1), ("supermask", 1)])
def test_a_long_beginning_is_compared_whole(text: str, n: int) -> None:
    a_point("Supermarket mẫu")
    a_point("Supermask mẫu")
    assert len(names(COUNTRY, Asked(text))) == n


def test_a_code_is_found_as_it_is_typed() -> None:
    """In small letters, with hyphens, whole or begun; a code of elsewhere is not there."""
    point = a_point("Chợ Đầm")
    Point.objects.filter(pk=point.pk).update(code="7K3MQ9XDC")
    for text in ("7k3m-q9xd-c", "7K3MQ9XDC", "7k3m", "7k3m-q9"):
        assert names(PROVINCE, Asked(text)) == ["Chợ Đầm"]
    assert names(held(BAC_NINH), Asked("7K3MQ9XDC")) == []
    assert names(PROVINCE, Asked("7k3n")) == []


def test_units_of_both_eras_and_the_area_bound_a_list() -> None:
    """A viewer of 2021 sees what lies wholly in the area; nobody sees another's by asking."""
    a_point("Ở Quy Nhơn", unit="vn-2025:21583")
    a_point("Ở Quy Nhơn Tây", unit=TAY)
    a_point("Ở Pleiku", unit=HIGHLANDS)
    assert names(COUNTRY, Asked()) == ["Ở Pleiku", "Ở Quy Nhơn Tây", "Ở Quy Nhơn"]
    assert names(PROVINCE, Asked()) == ["Ở Pleiku", "Ở Quy Nhơn Tây", "Ở Quy Nhơn"]
    assert names(held("vn-2021:52"), Asked()) == ["Ở Quy Nhơn Tây", "Ở Quy Nhơn"]
    assert names(held("vn-2021:540"), Asked()) == ["Ở Quy Nhơn Tây", "Ở Quy Nhơn"]
    assert names(held(TAY), Asked(unit="vn-2025:21583")) == []
    assert names(PROVINCE, Asked(unit=TAY)) == ["Ở Quy Nhơn Tây"]
    assert names(PROVINCE, Asked(unit="vn-2021:21583")) == ["Ở Quy Nhơn"]
    assert names(held(), Asked()) == []


def test_a_unit_of_2021_leads_to_the_communes_that_hold_some_of_it() -> None:
    assert passed_into("vn-2021:21583") == {"vn-2025:21583"}
    assert "vn-2025:21583" in passed_into("vn-2021:540")


def test_kind_and_state_are_found_alone_and_together() -> None:
    a_point("Chợ", kind=Kind.MARKET)
    a_point("Trường", kind=Kind.SCHOOL)
    a_point("Chợ chờ", kind=Kind.MARKET, state=State.REGISTERED)
    assert names(COUNTRY, Asked(kind=Kind.SCHOOL)) == ["Trường"]
    assert names(COUNTRY, Asked(kind=Kind.MARKET, state=State.REGISTERED)) == ["Chợ chờ"]
    assert names(COUNTRY, Asked("cho", state=State.APPROVED)) == ["Chợ"]


def test_the_list_follows_a_change_of_state_at_once() -> None:
    point = a_point("Chợ", state=State.APPROVED)
    Point.objects.filter(pk=point.pk).update(state=State.CLOSED)
    assert names(COUNTRY, Asked(state=State.APPROVED)) == []
    assert names(COUNTRY, Asked(state=State.CLOSED)) == ["Chợ"]


@pytest.mark.parametrize("most", [0, 5_000], ids=["by stretches", "the rest at once"])
@pytest.mark.parametrize("asked", [Asked(), Asked("cho"), Asked("c"), Asked(unit="vn-2025:52")])
def test_pages_cut_by_number_hold_every_point_once_across_stretches(
    asked: Asked, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten points in ten far stretches, read four at a time, are those in the plain order."""
    monkeypatch.setattr(search, "MOST_AT_ONCE", most)
    for n in range(10):
        far_apart(n * 7 + 1)
        a_point(f"Chợ c {n}")
    read: list[str] = []
    before = None
    for _page in range(3):
        page = found_points(PROVINCE, asked, before=before, size=4)
        read += [one.name for one in page]
        before = page.next_before
    assert (read, before) == ([f"Chợ c {n}" for n in reversed(range(10))], None)
    assert len(list(walked(PROVINCE, asked, most=7))) == 7


def test_the_index_finds_what_reading_every_point_finds() -> None:
    """A slow reading of names beside the search, for every pair of a word and a beginning."""
    made = ["Chợ Lớn", "Chợ Lộc", "Quán Chú Lợi", "Nhà trọ Lộc Phát", "Lớp học Chợ"]
    for name in made:
        a_point(name)
    for word in ("cho", "loc", "quan", "lop"):
        for begun in ("l", "lo", "ch", "p", "ph"):
            slow = {
                name
                for name in made
                if word in fold(name).split()
                and any(one.startswith(begun) for one in fold(name).split())
            }
            assert set(names(COUNTRY, Asked(f"{word} {begun}"))) == slow


def test_what_opened_glass_shows_is_gathered_for_the_log() -> None:
    point = a_point("Chợ", unit=HIGHLANDS)
    viewer = replace(held(TAY), opened=frozenset({HIGHLANDS}), through_glass={})
    assert names(viewer, Asked()) == ["Chợ"]
    assert viewer.through_glass == {"list:points": HIGHLANDS}
    assert point.unit_id == HIGHLANDS


def test_a_few_communes_are_read_at_once_and_more_by_stretches() -> None:
    few = sought(Asked(), frozenset({TAY, QUY_NHON}))
    many = sought(Asked(), frozenset({"vn-2025:52"}))
    assert (few and few.is_narrow, many and many.is_narrow) == (True, False)


def test_the_same_place_written_otherwise_has_the_same_key() -> None:
    assert same_key("Chợ phường Trần Phú") == same_key("CHO TRAN PHU")
    assert same_key("Chợ Trần Phú") != same_key("Chợ Trần Quang Khải")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", set()),
        ("a @vn-2025.52", {"@vn-2025.52", "a", "^a"}),
        ("cho cholon", {"cho", "cholon", "^c", "^ch", "^cho", "^chol", "^cholo", "^cholon"}),
        ("sieuthi1", {"sieuthi1", "^s", "^si", "^sie", "^sieu", "^sieut", "^sieuth"}),
    ],
)
def test_a_point_is_found_by_its_words_and_six_letters_of_their_beginnings(
    words: str, found: set[str]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT checkins_point_tokens(%s::tsvector, 'market', 'closed', 'vn-2025:21583', %s)",
            [words, 2**15],
        )
        ((told,),) = cursor.fetchall()
    assert set(told) == found | {"@vn-2025.21583", "=market", "=closed", "#1"}
