"""What this house counts this second, on the pages of units: how many, for whom, of which era."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories.figures import BINH_DINH, QUY_NHON, recorded
from tests.factories.people import Colleague, Person
from tests.factories.register import AT, NHON_BINH, TRAN_PHU, a_citizen
from vungxanh.core.clock import frozen_at
from vungxanh.locations import queries as locations
from vungxanh.locations.values import Level, UnitId, registry, units_2021
from vungxanh.people import actions as people
from vungxanh.people.actions.counting import move
from vungxanh.people.values import Residence
from vungxanh.people.values.counts import Element
from vungxanh.uptake.queries.placing import Placed, communes_for, placed
from vungxanh.uptake.sources import COUNTED, INSTALLS, LIVE, WITH_PHONE, count_in
from vungxanh.uptake.values import ELEMENTS, REPORTED

COUNTRY = "vn-2021:vn"
TODAY = "vn-2025:21583"  # the ward that Trần Phú and others became, and its province
TODAYS_PROVINCE = "vn-2025:52"
COMMUNES = [one.id for one in units_2021() if one.level is Level.COMMUNE]
PARTED = next(one for one in COMMUNES if len(registry().successors(one)) > 1)


def page_of(person: Person, unit: str = TRAN_PHU) -> str:
    answer = person.client.get(f"/dia-ban/{unit}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("places")
def test_a_proved_number_raises_the_page_of_its_commune_at_once(officer: Colleague) -> None:
    assert "0 người có số điện thoại" in page_of(officer)
    a_citizen()
    assert "<b>1 người có số điện thoại</b> · <b>0 máy cài đặt</b>" in page_of(officer)


@pytest.mark.usefixtures("places")
def test_whoever_moves_is_counted_where_they_live_now(officer: Colleague) -> None:
    citizen, there = a_citizen(), Residence(NHON_BINH)
    people.change_residence(person=citizen, residence=there, by=officer.viewer, at=AT)
    assert "0 người có số điện thoại" in page_of(officer)
    assert "1 người có số điện thoại" in page_of(officer, NHON_BINH)


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("unit", [QUY_NHON, BINH_DINH, COUNTRY])
def test_the_units_above_count_those_below(province_officer: Colleague, unit: str) -> None:
    move({(TRAN_PHU, Element.WITH_PHONE): 7, (NHON_BINH, Element.WITH_PHONE): 5})
    assert "12 người có số điện thoại" in page_of(province_officer, unit)


@pytest.mark.usefixtures("places")
def test_the_page_says_the_second_and_the_fragment_tells_it_anew(officer: Colleague) -> None:
    with frozen_at(AT):
        assert ">09:00:00</time>" in page_of(officer)
        a_citizen()
        answer = officer.client.get(f"/dia-ban/{TRAN_PHU}/dang-dem/")
    assert "1 người có số điện thoại" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(("n", "shown"), [(0, "dưới 5"), (4, "dưới 5"), (5, "5")])
def test_the_public_is_not_told_small_numbers(outsider: Person, n: int, shown: str) -> None:
    move({(TRAN_PHU, Element.WITH_PHONE): n, (TRAN_PHU, Element.DEVICES): n})
    assert f"<b>{shown} người có số điện thoại</b> · <b>{shown} máy" in page_of(outsider)


@pytest.mark.usefixtures("places")
def test_small_numbers_are_for_the_officers_of_the_area_alone(
    officer: Colleague, other_officer: Colleague
) -> None:
    a_citizen()
    assert "1 người có số điện thoại" in page_of(officer)
    assert "dưới 5 người có số điện thoại" in page_of(other_officer)


@pytest.mark.usefixtures("places")
def test_phones_without_a_commune_are_told_for_the_country(outsider: Person) -> None:
    move({("", Element.DEVICES): 9, (TRAN_PHU, Element.DEVICES): 6})
    country = page_of(outsider, COUNTRY)
    assert "15 máy cài đặt" in country
    assert "Trong đó 9 máy chưa rõ ở xã nào." in country
    assert "chưa rõ ở xã nào" not in page_of(outsider, BINH_DINH)


@pytest.mark.usefixtures("places")
def test_own_counts_never_take_the_place_of_a_published_figure(outsider: Person) -> None:
    recorded([(TRAN_PHU, WITH_PHONE, 4321, AT.date())], at=AT)
    move({(TRAN_PHU, Element.WITH_PHONE): 77})
    page = page_of(outsider)
    assert "77 người có số điện thoại" in page
    assert "4.321" in page


@pytest.mark.usefixtures("places")
def test_a_page_as_it_was_known_earlier_tells_nothing_of_this_second(outsider: Person) -> None:
    page = outsider.client.get(f"/dia-ban/{TRAN_PHU}/?biet=2026-01-01T00:00").content.decode()
    assert "đang đếm" not in page


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize("unit", [TRAN_PHU, QUY_NHON, BINH_DINH, COUNTRY])
def test_the_counts_of_a_unit_take_one_query_a_source(
    django_assert_num_queries: DjangoAssertNumQueries, unit: str
) -> None:
    found = locations.unit(unit)
    with django_assert_num_queries(len(LIVE)):
        count_in(found)


def test_what_is_counted_are_elements_that_stand_beside_reports() -> None:
    assert set(COUNTED) <= set(ELEMENTS)
    assert set(COUNTED) == set(REPORTED)


@pytest.mark.usefixtures("places_of_both_eras")
@pytest.mark.parametrize("unit", [TODAY, TODAYS_PROVINCE, "vn-2025:vn"])
def test_whoever_gave_a_commune_of_the_past_counts_in_what_it_became(unit: str) -> None:
    move({(TRAN_PHU, Element.WITH_PHONE): 3})
    assert count_in(locations.unit(unit))[WITH_PHONE] == Placed(3)


def test_a_commune_of_today_counts_in_what_all_its_parts_lay_in() -> None:
    found = placed({(TODAY, WITH_PHONE): 6})
    assert found[UnitId(QUY_NHON), WITH_PHONE].n == 6
    assert found[UnitId(TRAN_PHU), WITH_PHONE] == Placed(0, 6, is_whole=False)


def test_every_person_is_in_both_countries_once_whatever_became_of_the_commune() -> None:
    today = [one.id for one in registry().units("vn-2025") if one.level is Level.COMMUNE]
    said = {(unit, INSTALLS): 1 for unit in ("", *COMMUNES, *today)}
    found = placed(said)
    assert found[UnitId(COUNTRY), INSTALLS] == Placed(len(said), n_unknown=1)
    assert found[UnitId("vn-2025:vn"), INSTALLS] == Placed(len(said), n_unknown=1)


def test_a_parted_commune_counts_in_none_of_its_parts() -> None:
    found = placed({(PARTED, WITH_PHONE): 2})
    parts = [one.new for one in registry().successors(PARTED)]
    assert {found[part, WITH_PHONE] for part in parts} == {Placed(0, 2, is_whole=False)}


def test_a_unit_asks_for_all_communes_whose_people_may_be_in_it() -> None:
    province = communes_for(registry().unit(TODAYS_PROVINCE)) or frozenset()
    assert {TRAN_PHU, TODAY} <= province
    assert communes_for(registry().unit(COUNTRY)) is None


@pytest.mark.usefixtures("places_of_both_eras")
def test_who_gave_a_parted_commune_is_said_to_be_unplaced(province_officer: Colleague) -> None:
    parted = next(
        one
        for one in COMMUNES
        if registry().unit(one).path.startswith("vn/52/") and len(registry().successors(one)) > 1
    )
    part = registry().successors(parted)[0].new
    move({(parted, Element.WITH_PHONE): 8})
    assert "Chưa xếp được 8 người" in page_of(province_officer, part)
