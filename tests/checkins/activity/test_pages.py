"""What owners and officers see of a point's day: counts, nobody; and what is worth a look."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.checkins.activity.plain import NIGHT_AFTER, NOON, Planted, plant
from tests.checkins.points.test_pages import proved, registered, words
from tests.checkins.premises.test_premises_lists import HEAD, SCHOOL, taken_in
from tests.factories.people import Colleague, Person
from tests.factories.points import QUY_NHON, a_point
from tests.factories.register import AT
from vungxanh.checkins.actions.activity import count_activity
from vungxanh.checkins.models import DayActivity, Inspection, Point, Premises
from vungxanh.checkins.queries.premises import Tally, tallies, total_of
from vungxanh.checkins.queries.search import found_points
from vungxanh.checkins.queries.today import Today, today_at
from vungxanh.checkins.values.activity import Used
from vungxanh.checkins.values.asked import Asked
from vungxanh.checkins.values.kinds import Kind, State
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
FAR = "vn-2025:07210"  # a commune of Bắc Ninh
OF_ALL = Viewer(id="staff:1", name="", units=frozenset({"vn-2025:vn"}))
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
    assert "Lượt quét gần nhất 12:00 ngày 20/3/2031" in page
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


def test_points_never_scanned_and_points_worth_a_look_are_found_in_the_list(
    officer: Colleague,
) -> None:
    used, odd, never = a_point("Chợ Dùng"), a_point("Chợ Lạ"), a_point("Chợ Vắng")
    a_point("Chợ Đóng", state=State.CLOSED)
    plant([Planted(1, used.pk), *(Planted(n, odd.pk, minutes=n / 30) for n in range(22))])
    count_activity(at=NIGHT_AFTER)
    found = {key: officer.client.get(f"/diem/?dung={key}") for key in ("never", "odd")}
    shown = {key: [one.row.pk for one in page.context["rows"]] for key, page in found.items()}
    assert shown == {"never": [never.pk], "odd": [odd.pk]}
    assert "Một máy ghi 22 lượt vào trong một phút" in words(found["odd"])
    narrow = officer.client.get("/diem/?dung=never&tim=dung&loai=market&trang-thai=approved")
    assert "Không có điểm nào khớp" in words(narrow)
    file = officer.client.get("/diem/danh-sach.csv?dung=never").content.decode()
    assert ("Chợ Vắng" in file, "Chợ Dùng" in file) == (True, False)
    assert "20/3/2031" in officer.client.get("/diem/danh-sach.csv?tim=dung").content.decode()


def test_the_list_is_cut_into_pages_whatever_use_is_asked_for() -> None:
    made = [a_point(f"Chợ {n}") for n in range(5)]
    plant([Planted(1, made[2].pk)])
    count_activity(at=NIGHT_AFTER)
    asked = Asked(used=Used.NEVER)
    first = found_points(OF_ALL, asked, size=3)
    rest = found_points(OF_ALL, asked, before=first.next_before, size=3)
    ids = [one.pk for one in (*first.rows, *rest.rows)]
    assert ids == [made[n].pk for n in (4, 3, 1, 0)]
    assert rest.next_before is None


def test_the_use_of_points_is_told_by_place_and_kind(officer: Colleague) -> None:
    point = a_point()
    a_point("Trường vắng", kind=Kind.SCHOOL)
    plant([Planted(1, point.pk), Planted(1, point.pk, minutes=5, is_out=True, is_kept=True)])
    before = words(officer.client.get("/diem/su-dung/"))
    assert "Chưa đếm ngày nào" in before
    count_activity(at=NIGHT_AFTER)
    page = words(officer.client.get("/diem/su-dung/"))
    assert "Có lượt quét trong 7 ngày 1 trong 2 điểm đang đăng ký" in page
    assert "Lượt quét 2 vào 1, ra 1" in page
    assert "Chợ, siêu thị, cửa hàng 1 1 (100,00 %) 0 2 1 1 1 1 (50,00 %)" in page
    assert "cả ngày 20/3/2031" in page
    file = officer.client.get("/diem/su-dung.csv").content.decode()
    assert f"{QUY_NHON};Phường Quy Nhơn;Trường học;1;0;1;0;0;0;0;0;0" in file


def test_counts_that_cannot_be_are_shown_as_a_fault(officer: Colleague, outsider: Person) -> None:
    plant([Planted(1, a_point().pk)])
    count_activity(at=NIGHT_AFTER)
    DayActivity.objects.update(n_people=360_864)
    assert "lượt quét ít hơn số người" in words(officer.client.get("/diem/su-dung/"))
    page = words(outsider.client.get(f"/dia-ban/{QUY_NHON}/"))
    assert "Số này không thể đúng: lượt quét ít hơn số người" in page


def test_an_officer_sees_the_use_of_the_own_area_alone(officer: Colleague) -> None:
    plant([Planted(1, a_point("Chợ xa", unit=FAR).pk)])
    count_activity(at=NIGHT_AFTER)
    page = words(officer.client.get("/diem/su-dung/?dia-ban=vn-2025:vn"))
    assert "Chưa có điểm nào ở đây" in page
    file = officer.client.get(f"/diem/su-dung.csv?dia-ban={FAR}").content.decode()
    assert ("Mã địa bàn" in file, FAR in file) == (True, False)


def test_premises_that_use_their_point_are_told(officer: Colleague) -> None:
    taken_in(HEAD + SCHOOL, officer)
    school = Premises.objects.get()
    point = a_point("Trường mẫu", kind=Kind.SCHOOL)
    Point.objects.filter(pk=point.pk).update(premises=school)
    assert "Chưa đếm ngày nào" in words(officer.client.get("/diem/co-so/"))
    plant([Planted(1, point.pk)])
    count_activity(at=NIGHT_AFTER)
    page = words(officer.client.get("/diem/co-so/"))
    assert "Có lượt quét 1 trong 7 ngày đến 20/3/2031" in page
    assert total_of(tallies(None)) == Tally(1, 0, 1, 1)


def test_the_public_is_told_use_of_points_without_small_numbers(
    officer: Colleague, outsider: Person
) -> None:
    point = a_point()
    plant(Planted(n, point.pk) for n in range(3))
    plant(Planted(n, point.pk, minutes=9, is_out=True) for n in range(3))
    count_activity(at=NIGHT_AFTER)
    said = "1 trong 1 điểm có lượt quét trong 7 ngày đến 20/3/2031; ngày 20/3/2031 có 6 lượt quét"
    public = words(outsider.client.get(f"/dia-ban/{QUY_NHON}/"))
    assert f"{said} của dưới 5 người" in public
    assert "/diem/su-dung/" not in outsider.client.get(f"/dia-ban/{QUY_NHON}/").content.decode()
    own = words(officer.client.get(f"/dia-ban/{QUY_NHON}/"))
    assert f"{said} của 3 người" in own
