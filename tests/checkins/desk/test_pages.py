"""Officers' pages of points: the own area alone, nothing decided without a word why."""

import csv
import io
from collections.abc import Iterator

import pytest

from tests.factories.people import Answer, Colleague
from tests.factories.points import QUY_NHON, a_point, code_of
from tests.factories.register import AT
from vungxanh.accounts import actions as accounts
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.models import Entrance, Point, PointCode
from vungxanh.checkins.values.kinds import Kind, State
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]

AN_NHON = "vn-2025:21907"  # Phường Bình Định, of the former An Nhơn
FORM = {
    "name": "Chợ Đầm mới",
    "kind": "market",
    "address": "12 Lê Lợi",
    "commune": f"Phường Quy Nhơn [{QUY_NHON}]",
    "doors": "Cổng Bắc\nPhòng họp",
    "hours": "",
    "stay": "45",
    "capacity": "1.200",
}


@pytest.fixture(autouse=True)
def morning(db: None) -> Iterator[None]:
    """Nine o'clock, with the purposes that the package brings."""
    with frozen_at(AT):
        accounts.load_purposes(by=SYSTEM, at=AT)
        yield


def sent(by: Colleague, path: str, status: int = 302, /, **said: object) -> str:
    answer: Answer = by.client.post(path, said)
    assert answer.status_code == status, answer.content.decode()[-2500:]
    return answer["Location"] if status == 302 else answer.content.decode()


def seen(by: Colleague, path: str, status: int = 200) -> str:
    answer: Answer = by.client.get(path)
    assert answer.status_code == status, answer.content.decode()[-2500:]
    return answer.content.decode()


def state_of(point: Point) -> str:
    return str(Point.objects.values_list("state", flat=True).get(pk=point.pk))


def test_the_list_shows_points_of_the_own_area_with_code_and_state(officer: Colleague) -> None:
    a_point("Chợ Đầm", address="12 Lê Lợi", state=State.REGISTERED)
    a_point("Chợ An Nhơn", unit=AN_NHON)
    page = seen(officer, "/diem/")
    assert "Chợ Đầm" in page
    assert "Chờ duyệt" in page
    assert "Chợ An Nhơn" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tim=cho+dam", True),
        ("tim=truong", False),
        ("loai=market&trang-thai=registered", True),
        ("trang-thai=closed", False),
        ("dia-ban=vn-2021:540", True),
        ("loai=nothing&trang-thai=nothing", True),
        ("tim=%00", True),
    ],
)
def test_the_filter_of_the_address_narrows_the_list(
    officer: Colleague, query: str, found: bool
) -> None:
    a_point("Chợ Đầm", state=State.REGISTERED)
    page = seen(officer, f"/diem/?{query}")
    assert ("Chợ Đầm" in page) is found


def test_a_unit_that_nobody_knows_is_said(officer: Colleague) -> None:
    page = seen(officer, "/diem/?dia-ban=Atlantis", 422)
    assert "Atlantis" in page
    assert 'role="alert"' in page


def test_pages_of_the_list_follow_by_number(officer: Colleague) -> None:
    points = [a_point(f"Điểm {n}") for n in range(52)]
    first = seen(officer, "/diem/")
    assert f"?truoc={points[2].pk}" in first
    later = seen(officer, f"/diem/?truoc={points[2].pk}")
    assert "Điểm 1<" in later
    assert "Điểm 2<" not in later


def test_several_points_are_approved_at_once_and_taken_back(officer: Colleague) -> None:
    one, other = (a_point(f"Chợ {n}", state=State.REGISTERED) for n in "ab")
    path = sent(officer, "/diem/duyet/", diem=[one.pk, other.pk], tim="cho")
    assert (state_of(one), state_of(other)) == (State.APPROVED, State.APPROVED)
    page = seen(officer, path)
    assert "Đã duyệt 2 điểm" in page
    sent(officer, "/diem/duyet/hoan-tac/", luc=AT.isoformat())
    assert (state_of(one), state_of(other)) == (State.REGISTERED, State.REGISTERED)


def test_points_of_elsewhere_are_not_approved_and_nothing_else_is(officer: Colleague) -> None:
    own = a_point("Chợ", state=State.REGISTERED)
    far = a_point("Chợ", unit=AN_NHON, state=State.REGISTERED)
    sent(officer, "/diem/duyet/", 404, diem=[own.pk, far.pk])
    assert (state_of(own), state_of(far)) == (State.REGISTERED, State.REGISTERED)


def test_approving_nothing_says_so(officer: Colleague) -> None:
    sent(officer, "/diem/duyet/")
    assert "Chưa chọn điểm nào" in seen(officer, "/diem/")


def test_a_point_shows_its_facts_codes_and_history_and_no_contact(officer: Colleague) -> None:
    point = a_point("Chợ Đầm", address="12 Lê Lợi")
    Point.objects.filter(pk=point.pk).update(contact_name="Người Mẫu", contact_phone="+84912000003")
    Entrance.objects.create(point=point, number=1, label="Cổng sau")
    page = seen(officer, f"/diem/{point.pk}/")
    assert "12 Lê Lợi" in page
    assert f">{code_of(point).pk}<" in page
    assert "Người Mẫu" not in page
    assert "912000003" not in page


def test_a_point_of_elsewhere_is_not_there(officer: Colleague) -> None:
    point = a_point("Chợ", unit=AN_NHON)
    for path in ("", "sua/"):
        seen(officer, f"/diem/{point.pk}/{path}", 404)
    sent(officer, f"/diem/{point.pk}/quyet-dinh/", 404, viec="dong", **{"ly-do": "Vì"})
    assert state_of(point) == State.APPROVED


def test_a_point_is_suspended_with_a_reason_and_that_is_undone(officer: Colleague) -> None:
    point = a_point("Chợ")
    path = f"/diem/{point.pk}/"
    page = sent(officer, f"{path}quyet-dinh/", 422, viec="tam-dung")
    assert "Chưa ghi lý do" in page
    sent(officer, f"{path}quyet-dinh/", viec="tam-dung", **{"ly-do": "Mã dán sai chỗ"})
    assert (state_of(point), code_of(point).revoked_at) == (State.SUSPENDED, AT)
    assert "Mã dán sai chỗ" in seen(officer, path)
    sent(officer, f"{path}hoan-tac/")
    assert (state_of(point), code_of(point).revoked_at) == (State.APPROVED, None)


def test_a_correction_needs_a_reason_and_stays_in_the_history(officer: Colleague) -> None:
    point = a_point("Chợ Đầm")
    path = f"/diem/{point.pk}/sua/"
    assert "Điền ô này" in sent(officer, path, 422, **FORM)
    sent(officer, path, reason="Sai tên", **FORM)
    point.refresh_from_db()
    assert (point.name, point.capacity, point.contact_phone) == ("Chợ Đầm mới", 1200, "")
    doors = Entrance.objects.filter(point=point, number__gt=0).values_list("label", "kind")
    assert list(doors) == [("Cổng Bắc", "door"), ("Phòng họp", "room")]
    assert "Chợ Đầm → Chợ Đầm mới" in seen(officer, f"/diem/{point.pk}/")


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("name", "123456", "chỉ có số"),
        ("name", "Ch\u202eợ", "ký tự"),
        ("commune", "Atlantis", "Atlantis"),
        ("stay", "9999", "2.880"),
    ],
)
def test_a_bad_correction_is_said_at_its_field_and_changes_nothing(
    officer: Colleague, field: str, text: str, words: str
) -> None:
    point = a_point("Chợ Đầm")
    page = sent(officer, f"/diem/{point.pk}/sua/", 422, **{**FORM, "reason": "Sai", field: text})
    assert words in page
    point.refresh_from_db()
    assert point.name == "Chợ Đầm"


def test_the_contact_is_opened_for_a_purpose_and_written_down(officer: Colleague) -> None:
    point = a_point("Chợ")
    point.contact_name, point.contact_phone = "Người Mẫu", "+84912000003"
    point.save()
    path = f"/diem/{point.pk}/lien-he/"
    assert "Người Mẫu" not in seen(officer, path)
    assert "Người Mẫu" not in sent(officer, path, 422, purpose="nothing")
    assert AuditEvent.objects.filter(event="accounts.person_seen").count() == 0
    assert "Người Mẫu" in sent(officer, path, 200, purpose="tracing")
    event = AuditEvent.objects.get(event="accounts.person_seen")
    assert (event.subject, event.purpose) == (f"point:{point.pk}", "tracing")


def test_the_contact_is_corrected_where_it_was_opened(officer: Colleague) -> None:
    point = a_point("Chợ")
    said = {"purpose": "tracing", "viec": "luu", "contact_name": "Người Mẫu"}
    path = f"/diem/{point.pk}/lien-he/"
    sent(officer, path, 422, **said, contact_phone="12")
    sent(officer, path, **said, contact_phone="0912 000 003")
    point.refresh_from_db()
    assert (point.contact_name, point.contact_phone) == ("Người Mẫu", "+84912000003")
    assert point.name == "Chợ"


def test_a_new_point_of_an_officer_stands_approved_with_a_code_for_each_door(
    officer: Colleague,
) -> None:
    path = sent(officer, "/diem/moi/", **FORM)
    point = Point.objects.get()
    assert path == f"/diem/{point.pk}/"
    assert (point.state, point.kind) == (State.APPROVED, Kind.MARKET)
    assert PointCode.objects.filter(point=point, revoked_at=None).count() == 3


def test_a_new_point_like_one_that_is_there_is_asked_about_first(officer: Colleague) -> None:
    there = a_point("CHO DAM MOI")
    page = sent(officer, "/diem/moi/", 422, **FORM)
    assert f"/diem/{there.pk}/" in page
    sent(officer, "/diem/moi/", **FORM, is_another="on")
    assert Point.objects.count() == 2


@pytest.mark.parametrize(
    ("doors", "told"),
    [
        ("Cổng Bắc", (False, False)),
        ("Cổng Bắc\nCổng Nam", (True, False)),
        ("Cổng Nam", (True, True)),
        ("", (False, True)),
    ],
)
def test_after_a_correction_codes_are_spoken_of_only_where_entrances_changed(
    officer: Colleague, doors: str, told: tuple[bool, bool]
) -> None:
    sent(officer, "/diem/moi/", **{**FORM, "doors": "Cổng Bắc"})
    path = f"/diem/{Point.objects.get().pk}/"
    seen(officer, path)
    sent(officer, f"{path}sua/", **FORM | {"doors": doors, "stay": "50", "reason": "Đo lại"})
    page = seen(officer, path)
    assert "Đã sửa." in page
    given, gone = "Mã của lối vào mới đã được cấp" in page, "lối vào đã bỏ" in page
    assert (given, gone) == told


def test_codes_are_rotated_and_one_is_revoked(officer: Colleague) -> None:
    point = a_point("Chợ")
    former = code_of(point)
    sent(officer, f"/diem/{point.pk}/doi-ma/", khi="ngay")
    former.refresh_from_db()
    newest = code_of(point)
    assert (former.revoked_at, newest.revoked_at) == (AT, None)
    path = f"/diem/{point.pk}/ma/{newest.pk}/thu-hoi/"
    sent(officer, path, 422)
    sent(officer, path, **{"ly-do": "Bị dán đè"})
    newest.refresh_from_db()
    assert newest.revoked_reason == "Bị dán đè"


def test_a_code_of_another_point_is_not_revoked_and_none_is_said_to_be(officer: Colleague) -> None:
    point, other = a_point("Chợ"), a_point("Trường")
    for issue in (code_of(other).pk, 999_999_999):
        path = f"/diem/{point.pk}/ma/{issue}/thu-hoi/"
        assert "Không thu hồi được" in sent(officer, path, 409, **{"ly-do": "Vì"})
    assert code_of(other).revoked_at is None


def test_a_code_that_ended_before_is_not_said_to_be_revoked_now(officer: Colleague) -> None:
    point = a_point("Chợ")
    path = f"/diem/{point.pk}/ma/{code_of(point).pk}/thu-hoi/"
    sent(officer, path, **{"ly-do": "Bị dán đè"})
    assert "đã thôi dùng từ trước" in sent(officer, path, 409, **{"ly-do": "Bị dán đè"})
    assert AuditEvent.objects.filter(event="checkins.code_revoked").count() == 1


def test_suspected_pairs_are_compared_and_merged_or_said_to_be_two(officer: Colleague) -> None:
    one, other = a_point("Chợ Đầm"), a_point("CHO DAM")
    path = f"/diem/trung/{one.pk}/{other.pk}/"
    assert path in seen(officer, "/diem/trung/")
    assert "Chợ Đầm" in seen(officer, path)
    sent(officer, path, viec="khac")
    assert path not in seen(officer, "/diem/trung/")
    sent(officer, path, viec="xem-lai")
    assert "Chưa ghi lý do" in sent(officer, path, 422, viec=f"giu-{one.pk}")
    sent(officer, path, viec=f"giu-{one.pk}", **{"ly-do": "Một chợ"})
    other.refresh_from_db()
    assert (other.merged_into_id, other.state) == (one.pk, State.CLOSED)
    assert "Đã gộp vào điểm khác" in seen(officer, f"/diem/{other.pk}/")
    sent(officer, f"/diem/{other.pk}/hoan-tac/")
    other.refresh_from_db()
    assert (other.merged_into_id, other.state) == (None, State.APPROVED)


def test_the_export_holds_what_is_filtered_without_formulas(officer: Colleague) -> None:
    a_point("=HYPERLINK(1)")
    a_point("Trường mẫu", kind=Kind.SCHOOL)
    a_point("Chợ An Nhơn", unit=AN_NHON)
    answer = officer.client.get("/diem/danh-sach.csv?loai=market")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    cells = [cell for row in rows for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not {"Trường mẫu", "Chợ An Nhơn", "=HYPERLINK(1)"} & set(cells)
    assert officer.client.get("/diem/danh-sach.xlsx").content[:2] == b"PK"
    assert officer.client.get("/diem/danh-sach.pdf").status_code == 404
    assert AuditEvent.objects.filter(event="checkins.points_exported").count() == 2
