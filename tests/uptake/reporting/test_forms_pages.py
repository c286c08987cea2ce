"""Pages of report forms through a browser's eyes: made without code, named, renewed, ended."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import reporting as made
from tests.factories.people import PROVINCE, QUY_NHON, Colleague, employed
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.models import Reporter, ReportForm
from vungxanh.uptake.rules.columns import columns_of, elements_of
from vungxanh.uptake.values.reporting import NewForm

PLACE = "/so-lieu/bieu-mau/"
COLUMNS = [("order", "", "Stt"), ("name", "", "Huyện"), ("count:installs", "", "Số máy")]
Typed = dict[str, str]


@pytest.fixture
def form(places: None) -> ReportForm:
    """Form 1."""
    return made.form_1()


def typed(*columns: tuple[str, str, str], act: str) -> Typed:
    """What a browser sends of a form in the making."""
    sent = {
        "title": "Số máy đã cài trên địa bàn …",
        "heading": "TÊN DOANH NGHIỆP",
        "number": "",
        "attached_to": "",
        "level": "district",
        "due_time": "16:00",
        "table_time": "17:00",
        "lam": act,
    }
    for place, column in enumerate(columns):
        parts = zip(("holds", "base", "vi", "en"), (*column, ""), strict=True)
        sent |= {f"cot-{place}-{name}": text for name, text in parts}
    return sent


def named(**changed: str) -> Typed:
    """What a browser sends to name a reporter."""
    sent = {
        "holder_kind": "organisation",
        "holder": "nhà mạng",
        "area": f"[{PROVINCE}]",
        "repeat": "daily",
        "starts_on": clock.today().isoformat(),
        "due_time": "16:00",
        "source_kind": "letter",
        "source": "Công văn mẫu 01, mục 5",
    }
    return sent | changed


def shown(client: Client, address: str) -> str:
    """A page that opens."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize(
    ("act", "heads"),
    [
        ("xem", ["Stt", "Huyện", "Số máy"]),
        ("them", ["Stt", "Huyện", "Số máy", ""]),
        ("len-2", ["Stt", "Số máy", "Huyện"]),
        ("xuong-0", ["Huyện", "Stt", "Số máy"]),
        ("bo-0", ["Huyện", "Số máy"]),
        ("bo-99", ["Stt", "Huyện", "Số máy"]),
        ("len-²", ["Stt", "Huyện", "Số máy"]),
    ],
    ids=["look", "add", "up", "down", "away", "beyond", "no-number"],
)
def test_columns_are_arranged_without_scripts(
    administrator: Colleague, act: str, heads: list[str]
) -> None:
    answer = administrator.client.post(f"{PLACE}lap/", typed(*COLUMNS, act=act))
    columns = answer.context["columns"]
    assert [one["vi"].value() for one in columns] == heads
    assert not ReportForm.objects.exists()


def test_an_administrator_makes_a_form_without_code(places: None, administrator: Colleague) -> None:
    columns = (*COLUMNS, ("share:installs", "smartphones", "Tỷ lệ"))
    answer = administrator.client.post(f"{PLACE}lap/", typed(*columns, act="luu"))
    form = ReportForm.objects.get()
    assert answer["Location"] == f"{PLACE}{form.id}/"
    assert elements_of(columns_of(form.columns)) == ("installs",)
    page = shown(administrator.client, f"{PLACE}{form.id}/")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
    assert "TÊN DOANH NGHIỆP: ………" in page


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (COLUMNS[:2], "ít nhất một cột số đếm"),
        ([*COLUMNS, ("share:installs", "", "Tỷ lệ")], "Chọn mẫu số của tỷ lệ."),
        ([*COLUMNS, ("note", "", "")], "Điền ô này."),
        ([*COLUMNS, ("note", "", "Stt")], "Hai cột có cùng tên"),
        ([*COLUMNS, ("count:phones", "", "Máy")], "Chọn trong danh sách."),
    ],
    ids=["no-count", "no-base", "no-head", "twice", "unknown"],
)
def test_a_form_that_is_none_says_what_is_wrong(
    administrator: Colleague, columns: list[tuple[str, str, str]], sentence: str
) -> None:
    answer = administrator.client.post(f"{PLACE}lap/", typed(*columns, act="luu"))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_form_1_of_the_house_is_taken_over(administrator: Colleague) -> None:
    assert "bieu-mau-1" in shown(administrator.client, PLACE)
    answer = administrator.client.get(f"{PLACE}lap/?tu=bieu-mau-1")
    assert [one["vi"].value() for one in answer.context["columns"]] == [
        "Stt",
        "Tên huyện/thị/thành phố",
        "Số lượng điện thoại thông minh cài đặt",
        "Tỷ lệ",
        "Thời điểm báo cáo",
        "Ghi chú",
    ]


def test_of_several_enterprises_one_is_chosen(form: ReportForm, administrator: Colleague) -> None:
    chosen = made.operator("Nhà mạng A")
    made.operator("Nhà mạng B")
    address = f"{PLACE}{form.id}/dau-moi/"
    asked = administrator.client.post(address, named())
    assert (asked.status_code, len(asked.context["form"].fields["chosen"].choices)) == (422, 2)
    done = administrator.client.post(
        address, named(chosen=str(chosen), covers="Quy Nhơn", repeat="once", due_time="17:00")
    )
    assert done.status_code == 302
    one = Reporter.objects.get()
    assert (one.organisation_id, one.covers) == (chosen, [QUY_NHON])
    page = shown(administrator.client, f"{PLACE}{form.id}/")
    assert "Nhà mạng A" in page


def test_every_commune_of_a_district_is_named_at_once(
    form: ReportForm, administrator: Colleague
) -> None:
    communes = reporting.make_form(
        form=NewForm(title="Số máy theo xã", heading="UBND", level="commune", columns=made.COLUMNS),
        by=SYSTEM,
        at=made.BEFORE,
    )
    said = named(holder_kind="below", holder=QUY_NHON, below_level="commune", area=f"[{QUY_NHON}]")
    said["holder"] = "Quy Nhơn, Bình Định"
    said["chosen"] = QUY_NHON
    answer = administrator.client.post(f"{PLACE}{communes.id}/dau-moi/", said)
    assert answer.status_code == 302
    units = Reporter.objects.values_list("unit__path", "covers")
    assert len(units) == 21
    assert all(path.startswith("vn/52/540/") and not covers for path, covers in units)


def test_a_form_is_renewed_and_its_reporter_shown_under_the_new_one(
    form: ReportForm, administrator: Colleague
) -> None:
    made.reporter(form, made.operator("Nhà mạng A"))
    with clock.frozen_at(made.NOON):
        page = shown(administrator.client, f"{PLACE}{form.id}/ban-moi/")
        assert "2020-08-29" in page
        said = typed(*COLUMNS, act="luu")
        said["starts_on"] = (made.DAY + timedelta(days=1)).isoformat()
        answer = administrator.client.post(f"{PLACE}{form.id}/ban-moi/", said)
        assert answer.status_code == 302
        assert "Nhà mạng A" in shown(administrator.client, answer["Location"])
        assert "rồi thay bằng bản mới" in shown(administrator.client, f"{PLACE}{form.id}/")


def test_a_reporter_is_ended_then_the_form(form: ReportForm, administrator: Colleague) -> None:
    one = made.reporter(form, made.operator("Nhà mạng A"))
    refused = administrator.client.post(f"{PLACE}{form.id}/ngung/")
    assert refused.status_code == 422
    administrator.client.post(f"{PLACE}dau-moi/{one.id}/ngung/", {"reason": "Hết đợt báo cáo"})
    administrator.client.post(f"{PLACE}{form.id}/ngung/")
    form.refresh_from_db()
    assert form.ended_at is not None
    assert "Nhà mạng A" in shown(administrator.client, f"{PLACE}{form.id}/?xem=da-ngung")


def test_operators_see_and_download_their_own_alone(form: ReportForm) -> None:
    own = made.reporter(form, made.operator("Nhà mạng A"))
    other = made.reporter(form, made.operator("Nhà mạng B"))
    contact = employed("a", Role("operator"), PROVINCE, organisation=own.organisation_id).client
    page = shown(contact, f"{PLACE}{form.id}/")
    assert ("Nhà mạng A" in page, "Nhà mạng B" in page) == (True, False)
    assert contact.get(f"{PLACE}dau-moi/{own.id}/tep/?ngay=2020-08-28").status_code == 200
    assert contact.get(f"{PLACE}dau-moi/{other.id}/tep/").status_code == 404
    assert contact.get(f"{PLACE}dau-moi/{own.id}/tep/?dang=exe").status_code == 404
    assert contact.get(f"{PLACE}lap/").status_code == 403


def test_a_form_nobody_of_mine_reports_on_is_not_there(
    form: ReportForm, other_officer: Colleague
) -> None:
    assert other_officer.client.get(f"{PLACE}{form.id}/").status_code == 404


def test_the_list_of_reporters_takes_the_same_queries_for_many(
    form: ReportForm, administrator: Colleague
) -> None:
    address = f"{PLACE}{form.id}/"
    made.reporter(form, made.operator("Nhà mạng 0"))
    few = queries_of(administrator.client, address)
    for place in range(1, 4):
        made.reporter(form, made.operator(f"Nhà mạng {place}"), covers=(QUY_NHON,))
    assert queries_of(administrator.client, address) <= few + 1


def queries_of(client: Client, address: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as taken:
        shown(client, address)
    return len(taken)
