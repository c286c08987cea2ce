"""The pages of duties: what they show to whom, and what their forms do."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.duties.conftest import DAILY, DUE, MORNING, only
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Colleague, employed
from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import Role
from vungxanh.core.clock import frozen_at
from vungxanh.duties import actions
from vungxanh.duties.models import CalendarFeed, Duty, Occurrence

pytestmark = pytest.mark.django_db
Owed = Callable[..., UUID]
LATE = DUE + timedelta(hours=3)
ASKED = {
    "title": "Gửi danh sách điểm kiểm soát",
    "holder_kind": "unit",
    "holder": "Quy Nhơn, Bình Định",
    "chosen": QUY_NHON,
    "owed_to": f"Tỉnh Bình Định [{PROVINCE}]",
    "repeat": "weekly",
    "weekdays": ["MO", "TH"],
    "month_day": "1",
    "due_time": "16h00",
    "starts_on": "28/8/2020",
    "source_kind": "letter",
    "source": "Công văn mẫu 01, mục 5",
    "pace": "days",
}


def seen(one: Colleague, path: str) -> str:
    """What a page shows somebody."""
    answer = one.client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_work_of_today_is_done_with_a_note_and_taken_back(owed: Owed, district: Colleague) -> None:
    row = only(owed())
    with frozen_at(DUE):
        assert "1 việc còn chờ" in seen(district, "/viec/")
        done = {"note": "Đã gửi công văn", "tu": "viec"}
        assert district.client.post(f"/viec/{row.id}/xong/", done)["Location"] == "/viec/"
        page = seen(district, "/viec/")
        assert "Đã gửi công văn" in page
        assert "Đúng hạn" in page
        district.client.post(f"/viec/{row.id}/lay-lai/")
    row.refresh_from_db()
    assert row.state == "open"


def test_nothing_to_do_is_said(district: Colleague) -> None:
    assert "Hôm nay chưa có việc nào" in seen(district, "/viec/")


def test_page_of_one_offers_what_the_viewer_may(
    owed: Owed, district: Colleague, province: Colleague
) -> None:
    path = f"/viec/{only(owed()).id}/"
    with frozen_at(LATE):
        own, ordered = seen(district, path), seen(province, path)
    assert ("mien-huy/" in own, "xong/" in own) == (False, True)
    assert "mien-huy/" in ordered
    assert "trễ 1 giờ 0 phút" not in own
    assert "trễ 2 giờ 0 phút" in own


@pytest.mark.parametrize(
    ("act", "sent", "sentence"),
    [
        ("xong", {"note": ""}, "Ghi vài chữ đã làm gì."),
        ("mien-huy", {"state": "waived", "reason": "ok"}, "Ghi lý do (ít nhất 5 chữ cái)."),
        ("mien-huy", {"state": "done", "reason": "Nghỉ lễ cả tỉnh"}, "Chọn miễn hoặc hủy."),
        ("mo-lai", {}, "vừa được người khác cập nhật"),
        ("tra-loi", {"way": "raise", "answer": "Chậm quá"}, "vừa được người khác cập nhật"),
    ],
    ids=["no note", "no reason", "no decision", "not settled", "not proposed"],
)
def test_refusals_stand_on_the_page(
    owed: Owed, province: Colleague, act: str, sent: dict[str, str], sentence: str
) -> None:
    answer = province.client.post(f"/viec/{only(owed()).id}/{act}/", sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_waived_with_a_reason_and_opened_again(
    owed: Owed, province: Colleague, district: Colleague
) -> None:
    row = only(owed())
    sent = {"state": "waived", "reason": "Mất điện cả huyện"}
    assert province.client.post(f"/viec/{row.id}/mien-huy/", sent).status_code == 302
    assert "Mất điện cả huyện" in seen(district, f"/viec/{row.id}/")
    assert province.client.post(f"/viec/{row.id}/mo-lai/").status_code == 302
    row.refresh_from_db()
    assert row.state == "open"


def test_proposal_waits_on_the_page_and_is_answered(owed: Owed, province: Colleague) -> None:
    row = only(owed())
    actions.remind(at=LATE)
    with frozen_at(LATE):
        page = seen(province, "/viec/")
        assert "Chờ bạn trả lời" in page
        assert "1 việc chờ bạn trả lời" in page
        assert "không còn việc nào chờ" not in page
        sent = {"way": "leave", "answer": "Huyện đã hẹn sáng mai"}
        assert province.client.post(f"/viec/{row.id}/tra-loi/", sent).status_code == 302
        assert "Chờ bạn trả lời" not in seen(province, "/viec/")
        assert "quyết định chưa báo" in seen(province, f"/viec/{row.id}/")


def test_wall_shows_who_is_missing_and_asks_anew(
    owed: Owed, province: Colleague, district: Colleague
) -> None:
    owed(DAILY)
    owed(DAILY, AN_NHON)
    row = Occurrence.objects.filter(duty__unit_id=QUY_NHON).earliest("due_at")
    actions.meet(occurrence_id=row.id, evidence="note:x", by=district.viewer, at=MORNING)
    with frozen_at(LATE):
        answer = province.client.get("/viec/bang/")
        page = answer.content.decode()
        held = province.client.get("/viec/bang/?dung=1&ngay=2020-08-28&loai=duties.task")
    assert answer["Refresh"] == "60"
    assert page.index("Thị xã An Nhơn") < page.index("Thành phố Quy Nhơn")
    assert ">1/2<" in page
    assert "Refresh" not in held
    assert ">1/2<" in held.content.decode()


@pytest.mark.parametrize("query", ["ngay=x", "ngay=0001-01-01", "loai=%00", "ngay=9999-12-31"])
def test_wall_takes_any_address(province: Colleague, query: str) -> None:
    assert "không đơn vị nào phải nộp" in seen(province, f"/viec/bang/?{query}")


def test_duty_is_written_down_from_the_form_listed_and_ended(province: Colleague) -> None:
    with frozen_at(MORNING):
        address = province.client.post("/nghia-vu/them/", ASKED)["Location"]
        assert "Thứ Hai, Thứ Năm, lúc 16:00" in seen(province, address)
        assert str(ASKED["title"]) in seen(province, "/nghia-vu/")
        assert "chưa đến hạn bị hủy" in seen(province, f"{address}ket-thuc/")
        short = province.client.post(f"{address}ket-thuc/", {"reason": "ok"})
        assert short.status_code == 422
        province.client.post(f"{address}ket-thuc/", {"reason": "Văn bản hết hiệu lực"})
    duty = Duty.objects.get()
    assert (duty.recurrence, duty.unit_id) == ("FREQ=WEEKLY;BYDAY=MO,TH", QUY_NHON)
    assert duty.ended_reason == "Văn bản hết hiệu lực"
    assert duty.ended_reason in seen(province, "/nghia-vu/?xem=da-ket-thuc")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"chosen": "", "holder": "An Lão"}, "Có nhiều nơi khớp. Chọn một nơi."),
        ({"chosen": "", "holder": "Xứ Không Tên"}, "Không tìm thấy nơi nào như vậy."),
        ({"chosen": "", "holder_kind": "organisation"}, "Không tìm thấy nơi nào như vậy."),
        ({"chosen": "vn-2021:01"}, "Chọn một nơi trong danh sách."),
        ({"owed_to": "Hà Nội"}, "trong địa bàn của bạn"),
        ({"owed_to": "vn-2021:01"}, "Nơi nhận không thuộc địa bàn của bạn"),
        ({"weekdays": []}, "Chọn ít nhất một thứ."),
        ({"starts_on": "28/8/1920"}, "Ngày đầu phải trong 31 ngày trước"),
        ({"ends_on": "2020-08-01"}, "Ngày cuối phải sau ngày đầu."),
        ({"due_time": "chiều"}, "Ghi giờ như 16:00."),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_form_says_what_is_wrong(
    province: Colleague, change: dict[str, object], sentence: str
) -> None:
    with frozen_at(MORNING):
        answer = province.client.post("/nghia-vu/them/", {**ASKED, **change})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Duty.objects.exists()


def test_calendar_address_is_shown_once_opens_the_own_duties_and_is_removed(
    owed: Owed, district: Colleague
) -> None:
    owed()
    with frozen_at(MORNING):
        page = district.client.post("/viec/lich/moi/").content.decode()
        path = "/lich/" + page.split("testserver/lich/")[1].split("<")[0]
        feed = Client().get(path)
        assert "BEGIN:VEVENT" in feed.content.decode()
        assert feed["Content-Type"] == "text/calendar; charset=utf-8"
        assert "no-store" in feed["Cache-Control"]
        assert path not in seen(district, "/viec/lich/")
        district.client.post("/viec/lich/bo/")
        assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"ends_at": MORNING}, {"roles": ["point_keeper"]}], ids=str
)
def test_calendar_of_an_account_that_may_no_longer_is_not_there(
    district: Colleague, change: dict[str, object]
) -> None:
    secret = actions.make_feed(by=district.viewer, at=MORNING)
    with frozen_at(MORNING):
        assert Client().get(f"/lich/{secret}.ics").status_code == 200
        Staff.objects.filter(pk=district.staff.pk).update(**change)
        assert Client().get(f"/lich/{secret}.ics").status_code == 404
    assert CalendarFeed.objects.count() == 1


def test_another_district_does_not_know_of_it(owed: Owed) -> None:
    other = employed("other", Role("district_officer"), AN_NHON)
    duty_id = owed()
    row = only(duty_id)
    paths = (f"/viec/{row.id}/", f"/nghia-vu/{duty_id}/")
    assert [other.client.get(path).status_code for path in paths] == [404, 404]
    assert other.client.post(f"/viec/{row.id}/xong/", {"note": "Đã làm"}).status_code == 404
