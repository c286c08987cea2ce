"""Pages of targets, campaigns and movements through a browser's eyes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.figures import AT, BINH_DINH, QUY_NHON, recorded
from tests.factories.people import AN_NHON, Person
from vungxanh.core.viewer import PUBLIC, SYSTEM
from vungxanh.engines.coverage import Moved
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.uptake import actions, queries
from vungxanh.uptake.models import Campaign, Target
from vungxanh.uptake.overview import Look, see
from vungxanh.uptake.overview import movements as moved
from vungxanh.uptake.values.targets import Goal, NewCampaign, letter_reference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

DAY = date(2021, 5, 26)
DUE = date(2021, 8, 31)
AT_LETTER = UUID(int=7)
HOAI_NHON, TUY_PHUOC = UnitId("vn-2021:543"), UnitId("vn-2021:550")
TARGETS = f"/dia-ban/{BINH_DINH}/chi-tieu/"
UNITS = (QUY_NHON, UnitId(AN_NHON), HOAI_NHON)


def text(client: Client, address: str, *, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def goal(**changes: Any) -> Goal:
    said = {
        "numerator": "bluezone_with_phone",
        "due_on": DUE,
        "origin": "Công văn thử",
        "share_percent": Decimal(60),
        "denominator": "smartphones",
    }
    return Goal(**{**said, **changes})


def campaign(**changes: Any) -> Campaign:
    asked = NewCampaign(BINH_DINH, "Cao điểm", UNITS, date(2021, 5, 1), goal(**changes))
    return actions.set_campaign(asked=asked, by=SYSTEM, at=AT)


def address_of(found: Campaign) -> str:
    return f"/dia-ban/{BINH_DINH}/chien-dich/{found.id}/"


@pytest.fixture
def counted(places: None) -> None:
    """Counts of three days; Hoài Nhơn brings its first on the last one."""
    base = [(unit, "smartphones", 10_000, date(2021, 5, 1)) for unit in UNITS]
    days = [
        (unit, "bluezone_with_phone", count, day)
        for day, counts in (
            (DAY - timedelta(7), (1000, 900)),
            (DAY - timedelta(1), (1100, 1150)),
            (DAY, (1200, 1180)),
        )
        for unit, count in zip(UNITS[:2], counts, strict=True)
    ]
    recorded([*base, *days, (HOAI_NHON, "bluezone_with_phone", 5000, DAY)])


def posted(client: Client, **changes: str) -> Any:
    said = {
        "whom": "don-vi",
        "numerator": "bluezone_with_phone",
        "share_percent": "60",
        "denominator": "smartphones",
        "due_on": "31/8/2021",
        "origin": "Công văn thử",
    }
    return client.post(TARGETS, {**said, **changes})


def test_officer_sets_ends_and_reopens_a_target(province_officer: Person) -> None:
    client = province_officer.client
    assert posted(client)["Location"] == TARGETS
    target = Target.objects.get()
    page = text(client, TARGETS)
    assert "60% số điện thoại thông minh" in page or "số smartphone" in page or "60" in page
    client.post(f"{TARGETS}{target.id}/ket-thuc/")
    assert "Mở lại" in text(client, TARGETS)
    client.post(f"{TARGETS}{target.id}/mo-lai/")
    target.refresh_from_db()
    assert target.ended_at is None


def test_officer_gives_each_district_its_target_at_once(province_officer: Person) -> None:
    answer = posted(
        province_officer.client, whom="tung-don-vi", name="Cao điểm tháng 8", starts_on="1/8/2021"
    )
    found = Campaign.objects.get()
    assert answer["Location"] == address_of(found)
    below = locations.children(BINH_DINH)
    assert {one.unit_id for one in queries.targets_in(found)} == {unit.id for unit in below}
    assert "Cao điểm tháng 8" in text(province_officer.client, TARGETS)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"denominator": ""}, "trên mẫu số nào"),
        ({"share_percent": ""}, "đúng một trong hai"),
        ({"n_asked": "500"}, "đúng một trong hai"),
        ({"due_on": "31/8"}, "Chưa hiểu ngày này"),
        ({"whom": "tung-don-vi", "starts_on": "1/8/2021"}, "Đặt tên cho chiến dịch"),
        ({"whom": "tung-don-vi", "name": "x", "starts_on": "1/9/2021"}, "trước ngày bắt đầu"),
    ],
    ids=["base", "nothing", "both", "year", "name", "days"],
)
def test_what_is_wrong_is_said_in_the_form(
    province_officer: Person, changes: dict[str, str], sentence: str
) -> None:
    answer = posted(province_officer.client, **changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Target.objects.count() == 0


def test_number_is_set_and_shown_as_one(province_officer: Person) -> None:
    posted(province_officer.client, share_percent="", denominator="", n_asked="500")
    assert Target.objects.get().n_asked == 500
    assert "500 bluezoner" in text(province_officer.client, TARGETS).lower()


def test_second_of_two_open_forms_is_told_of_the_first(province_officer: Person) -> None:
    posted(province_officer.client, seen="")
    again = posted(province_officer.client, seen="", share_percent="70")
    assert "có người vừa đặt chỉ tiêu khác" in again.content.decode()
    assert Target.objects.get().share_percent == 60


@pytest.mark.usefixtures("counted")
def test_campaign_shows_every_unit_with_the_widest_gap_first(province_officer: Person) -> None:
    page = text(province_officer.client, address_of(campaign()))
    order = [page.index(name) for name in ("TX. An Nhơn", "TP. Quy Nhơn", "TX. Hoài Nhơn")]
    assert order == sorted(order)
    for shown in ("4.820", "4.800", "1.000", "18.000", "7.380", "Công văn thử"):
        assert shown in page, shown


@pytest.mark.usefixtures("counted")
def test_campaign_page_asks_no_more_for_more_units(
    province_officer: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found = campaign()
    text(province_officer.client, address_of(found))
    with django_assert_max_num_queries(24):
        text(province_officer.client, address_of(found))


def test_campaign_of_another_area_is_not_there(province_officer: Person) -> None:
    address = address_of(campaign()).replace(BINH_DINH, "vn-2021:77")
    text(province_officer.client, address, status=404)


def test_campaign_without_any_figure_says_what_is_missing(province_officer: Person) -> None:
    page = text(province_officer.client, address_of(campaign()))
    assert "chưa có mẫu số" in page


def test_officer_ends_a_campaign_and_takes_that_back(province_officer: Person) -> None:
    found = campaign()
    province_officer.client.post(f"{address_of(found)}ket-thuc/")
    assert "Chiến dịch đã kết thúc" in text(province_officer.client, address_of(found))
    province_officer.client.post(f"{address_of(found)}mo-lai/")
    assert Target.objects.filter(ended_at=None).count() == len(UNITS)


def test_district_officer_sees_a_campaign_and_cannot_end_it(officer: Person) -> None:
    found = campaign()
    assert "Kết thúc chiến dịch" not in text(officer.client, address_of(found))
    assert officer.client.post(f"{address_of(found)}ket-thuc/").status_code == 403


@pytest.mark.usefixtures("counted")
def test_letter_of_a_target_is_linked_for_those_who_read_letters(
    province_officer: Person, outsider: Person
) -> None:
    reference = letter_reference(AT_LETTER, "target-1")
    actions.set_target(
        unit_id=QUY_NHON,
        numerator="bluezone_with_phone",
        denominator="smartphones",
        share_percent=Decimal(60),
        due_on=DUE,
        origin="Công văn thử",
        letter=reference,
        by=SYSTEM,
        at=AT,
    )
    link = f"/van-ban/{AT_LETTER}/#target-1"
    assert link in text(province_officer.client, f"/dia-ban/{QUY_NHON}/")
    assert link not in text(outsider.client, f"/dia-ban/{QUY_NHON}/")


@pytest.mark.usefixtures("counted")
def test_unit_that_reports_for_the_first_time_is_no_riser(outsider: Person) -> None:
    scene = see(PUBLIC, locations.unit(BINH_DINH), Look(by="smartphones"))
    found = {one.key: (one.kind, one.places_up) for one in moved.movements(scene)}
    assert found[QUY_NHON] == (Moved.ROSE, 1)
    assert found[AN_NHON] == (Moved.FELL, -1)
    assert found[HOAI_NHON] == (Moved.NEW, None)
    page = text(outsider.client, f"/dia-ban/{BINH_DINH}/?theo=smartphones")
    assert (
        "So với 25/5/2021: tăng nhiều nhất: TP. Quy Nhơn (+1,00\N{NO-BREAK SPACE}điểm, lên 1 bậc)"
        in page
    )


@pytest.mark.usefixtures("counted")
def test_movements_since_the_day_before_and_since_a_week_ago(outsider: Person) -> None:
    page = text(outsider.client, f"/dia-ban/{BINH_DINH}/tang-giam/?theo=smartphones")
    for shown in ("So với 25/5/2021", "So với 19/5/2021 (7 ngày trước)", "Mới có số lần đầu"):
        assert shown in page, shown
    week = moved.movements_since(
        PUBLIC, locations.unit(BINH_DINH), Look(by="smartphones"), week=True
    )
    assert week is not None
    assert [(one.unit_id, one.points) for one in week.compared] == [
        (AN_NHON, "+2,80\N{NO-BREAK SPACE}điểm"),
        (QUY_NHON, "+2,00\N{NO-BREAK SPACE}điểm"),
    ]


def test_movements_without_an_earlier_day_say_so(outsider: Person) -> None:
    recorded([(QUY_NHON, "bluezone_with_phone", 5, DAY)])
    page = text(outsider.client, f"/dia-ban/{BINH_DINH}/tang-giam/")
    assert "Chưa so được với ngày nào trước đó" in page


@pytest.mark.usefixtures("counted")
def test_own_target_of_a_district_stands_before_that_of_the_province(outsider: Person) -> None:
    campaign(share_percent=Decimal(50))
    page = text(outsider.client, f"/dia-ban/{BINH_DINH}/?theo=smartphones")
    assert "Cần thêm / ngày" in page
