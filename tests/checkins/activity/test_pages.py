"""What owners and officers see of a point's day: counts, nobody; and what is worth a look."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.checkins.activity.plain import NIGHT_AFTER, NOON, Planted, plant
from tests.checkins.points.test_pages import proved, registered, words
from tests.factories.people import Colleague
from tests.factories.points import a_point
from tests.factories.register import AT
from vungxanh.checkins.actions.activity import count_activity
from vungxanh.checkins.models import Inspection, Point
from vungxanh.checkins.queries.today import Today, today_at
from vungxanh.checkins.values.kinds import State
from vungxanh.core.clock import frozen_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
EVENING = NOON + timedelta(hours=6)


@pytest.fixture(autouse=True)
def now() -> Iterator[datetime]:
    """Six in the evening of the day."""
    with frozen_at(EVENING):
        yield EVENING


@pytest.fixture
def owner() -> Client:
    """A browser whose holder proved a number."""
    client = Client()
    client.post("/toi/bat-dau/")
    return proved(client, "0912 000 001")


def of(point: Point) -> str:
    """The address of an owner's page of a point."""
    return f"/toi/diem/{point.code}/"


def test_the_day_so_far_is_told_by_the_hour_of_vietnam() -> None:
    point = a_point()
    plant(
        [
            Planted(1, point.pk, minutes=-13 * 60),
            Planted(1, point.pk, minutes=5),
            Planted(2, point.pk, minutes=10, is_kept=True),
            Planted(2, point.pk, minutes=70, is_out=True),
            Planted(3, point.pk, minutes=7 * 60),
        ]
    )
    today = today_at(point, EVENING)
    assert today == Today({12: (2, 0), 13: (0, 1)}, 1, NOON + timedelta(minutes=70))
    assert (today.n_in, today.n_out, today.busiest) == (2, 1, 12)


def test_scans_at_a_point_that_was_merged_are_of_the_one_that_was_kept() -> None:
    kept, merged = a_point(), a_point("Chợ mẫu cũ")
    Point.objects.filter(pk=merged.pk).update(merged_into=kept, state=State.CLOSED)
    plant([Planted(1, merged.pk)])
    assert today_at(kept, EVENING).n_in == 1


def test_an_owner_sees_counts_of_today_and_who_is_inside_as_a_number(owner: Client) -> None:
    point = registered(owner)
    Point.objects.filter(pk=point.pk).update(capacity=2, usual_stay_minutes=600)
    plant(
        [
            Planted(91_001, point.pk),
            Planted(91_002, point.pk, minutes=65),
            Planted(91_003, point.pk, minutes=70),
            Planted(91_001, point.pk, minutes=80, is_out=True),
        ]
    )
    page = words(owner.get(of(point)))
    assert "3 lượt vào, 1 lượt ra. Vào nhiều nhất từ 13 đến 14 giờ." in page
    assert "Đang ở trong: 2 trên sức chứa 2 người" in page
    assert "Đã đủ sức chứa" in page
    assert "13 giờ: vào 2, ra 1" in page
    assert "9100" not in owner.get(of(point)).content.decode()


def test_a_day_without_scans_says_so_and_what_helps(owner: Client) -> None:
    page = words(owner.get(of(registered(owner))))
    assert "Hôm nay chưa có lượt quét nào." in page
    assert "nhắc khách quét" in page


@pytest.mark.parametrize("state", [State.SUSPENDED, State.CLOSED])
def test_a_point_that_lives_no_longer_tells_its_day_only_where_there_was_one(
    owner: Client, state: State
) -> None:
    point = registered(owner)
    Point.objects.filter(pk=point.pk).update(
        state=state, state_reason="x", decided_at=AT, decided_by="staff:1"
    )
    assert 'id="vx-today"' not in owner.get(of(point)).content.decode()
    plant([Planted(1, point.pk)])
    page = words(owner.get(of(point)))
    assert "1 lượt vào, 0 lượt ra." in page
    assert "Đang ở trong" not in page


def test_what_officers_found_waits_for_the_owners_answer_in_sight(owner: Client) -> None:
    point = registered(owner)
    row = Inspection.objects.create(point=point, result="no_poster", at=AT, by="staff:1")
    page = words(owner.get(of(point)))
    assert "Chưa treo bảng mã: chờ bạn trả lời Đọc và trả lời" in page
    owner.post(f"{of(point)}kiem-tra/", {"lan": str(row.pk), "words": "Đã treo lại ở cửa."})
    page = words(owner.get(of(point)))
    assert "Chưa treo bảng mã: đã trả lời, chờ cán bộ xem" in page
    assert "Đọc và trả lời" not in page


def test_an_officer_sees_the_day_the_last_scan_and_what_is_worth_a_look(
    officer: Colleague,
) -> None:
    point = a_point()
    plant(Planted(one, point.pk, minutes=one / 30) for one in range(22))
    count_activity(at=NIGHT_AFTER)
    page = words(officer.client.get(f"/diem/{point.pk}/"))
    assert "22 lượt vào, 0 lượt ra." in page
    assert "Lượt quét gần nhất 20/3/2031" in page
    assert "Một máy ghi 22 lượt vào trong một phút" in page
    assert "không phải kết luận" in page


def test_what_was_not_counted_yet_is_not_said_to_be_nothing(officer: Colleague) -> None:
    point = a_point()
    assert "Chưa có lượt quét" not in words(officer.client.get(f"/diem/{point.pk}/"))
    count_activity(at=NIGHT_AFTER)
    assert "Chưa có lượt quét" in words(officer.client.get(f"/diem/{point.pk}/"))


def test_the_day_is_told_in_english_too(owner: Client) -> None:
    point = registered(owner)
    plant([Planted(1, point.pk)])
    owner.cookies["vx_language"] = "en"
    page = words(owner.get(of(point), headers={"accept-language": "en"}))
    assert "1 scans in, 0 out. Most came in between 12 and 13 o'clock." in page
