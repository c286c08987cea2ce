"""Pages of the register: what anyone reads, and what an administrator writes."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.people import Colleague, Person, employed
from tests.locations.organisations import NHON_HOI, added
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.locations.models.organisations import Organisation
from vungxanh.locations.values.hours import ALWAYS
from vungxanh.locations.values.points import GeoPoint

pytestmark = pytest.mark.usefixtures("places")
NOW = datetime(2021, 8, 20, 2, 0, tzinfo=UTC)
FIELDS = {
    "name": "Trạm Y tế xã Nhơn Hội",
    "kind": "commune_station",
    "unit": NHON_HOI,
    "telephone": "0256 3822 000",
    "source": "Sở Y tế",
    "as_of": "1/8/2021",
}


@pytest.fixture
def admin(db: None) -> Colleague:
    return employed("admin", Role("admin"), "vn-2021:52")


@pytest.fixture(autouse=True)
def _summer() -> Any:
    with clock.frozen_at(NOW):
        yield


def text_of(
    client: Client, address: str, status: int = 200, *, said: dict[str, str] | None = None
) -> str:
    answer = client.get(address, said or {})
    assert answer.status_code == status
    return answer.content.decode()


def test_an_empty_register_says_what_to_do(client: Client) -> None:
    assert "Chưa có tổ chức nào" in text_of(client, "/to-chuc/")


@pytest.mark.parametrize(
    ("said", "is_there"),
    [
        ({}, True),
        ({"tim": "trung tam y te"}, True),
        ({"tim": "benh vien"}, False),
        ({"nhom": "health"}, True),
        ({"nhom": "office"}, False),
        ({"loai": "health_centre"}, True),
        ({"loai": "clinic"}, False),
        ({"dia-ban": "vn-2021:52"}, True),
        ({"dia-ban": "vn-2021:549"}, False),
        ({"ngay": "31/12/2019"}, False),
        ({"ngay": "1/1/2020"}, True),
        ({"trang": "99"}, True),
    ],
)
def test_the_register_is_narrowed(client: Client, said: dict[str, str], is_there: bool) -> None:
    added(valid_from=date(2020, 1, 1))
    assert ("Trung tâm Y tế Quy Nhơn" in text_of(client, "/to-chuc/", said=said)) is is_there


def test_a_filter_that_is_not_understood_says_why(client: Client) -> None:
    assert "Chưa hiểu ngày" in text_of(client, "/to-chuc/", said={"ngay": "hôm qua"})
    assert "Không có “Xứ Nào”" in text_of(client, "/to-chuc/", said={"dia-ban": "Xứ Nào"})


@pytest.mark.slow
def test_the_list_costs_the_same_queries_for_one_row_and_for_many(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        added(f"Trạm số {number}")
    with django_assert_max_num_queries(3):
        client.get("/to-chuc/")


def test_a_facility_says_when_it_is_open_and_how_to_call(client: Client) -> None:
    one = added(telephone="02563822000", hours=ALWAYS)
    text = text_of(client, f"/to-chuc/{one}/")
    assert 'href="tel:+842563822000"' in text
    assert "0256 3822 000" in text
    assert "mở cả ngày đêm" in text


def test_what_is_invented_says_so_on_every_page(client: Client) -> None:
    one = added(is_invented=True, at=GeoPoint(13.77, 109.22))
    assert "ví dụ, không có thật" in text_of(client, "/to-chuc/")
    assert "ví dụ, không có thật" in text_of(client, f"/to-chuc/{one}/")
    assert "ví dụ, không có thật" in text_of(
        client, "/to-chuc/gan/", said={"lat": "13,7", "lon": "109,2"}
    )


def test_the_nearest_are_said_with_what_has_no_point(client: Client) -> None:
    added("Trạm gần", at=GeoPoint(13.77, 109.22))
    added("Trạm xa", at=GeoPoint(14.5, 109.0))
    added("Trạm không tọa độ")
    text = text_of(client, "/to-chuc/gan/", said={"lat": "13.77", "lon": "109.23"})
    assert text.index("Trạm gần") < text.index("Trạm xa")
    assert "1,1 km" in text
    assert "Chưa tính 1 cơ sở" in text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"lat": "0", "lon": "0"}, "không nằm trong Việt Nam"),
        ({"lat": "13,7"}, "mới có một nửa"),
        ({"unit": "Xứ Nào"}, "Không có “Xứ Nào”"),
        ({"unit": "vn-2021:99999"}, "Không có địa bàn nào mang mã"),
    ],
)
def test_a_place_that_cannot_be_is_said_at_its_field(
    client: Client, said: dict[str, str], sentence: str
) -> None:
    assert sentence in text_of(client, "/to-chuc/gan/", 422, said=said)


def test_facilities_near_a_commune_are_found(client: Client) -> None:
    added("Trạm gần", at=GeoPoint(13.77, 109.22))
    text = text_of(client, "/to-chuc/gan/", said={"unit": NHON_HOI})
    assert "Gần Xã Nhơn Hội" in text
    assert "Trạm gần" in text


def test_an_administrator_adds_changes_closes_and_takes_back(admin: Colleague) -> None:
    answer = admin.client.post("/to-chuc/them/", FIELDS)
    assert answer.status_code == 302
    one = Organisation.objects.get()
    address = f"/to-chuc/{one.id}/"
    changed = FIELDS | {"address": "Thôn Hội Tân", "n_changes": "1"}
    assert admin.client.post(f"{address}sua/", changed).status_code == 302
    assert admin.client.post(f"{address}dong/", {"on": "1/8/2021"}).status_code == 302
    text = text_of(admin.client, address)
    assert "Thôi hoạt động từ 01/8/2021" in text
    assert "Thôn Hội Tân" in text
    admin.client.post(f"{address}hoan-tac/", {"n_changes": "3"})
    one.refresh_from_db()
    assert one.valid_to is None


def test_wrong_texts_are_said_at_their_fields_and_kept(admin: Colleague) -> None:
    wrong = FIELDS | {"telephone": "12", "lat": "0", "lon": "0", "unit": NHON_HOI}
    answer = admin.client.post("/to-chuc/them/", wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_telephone_error"' in text
    assert 'id="id_lat_error"' in text
    assert 'value="Trạm Y tế xã Nhơn Hội"' in text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"unit": "Xứ Nào"}, "unit"),
        ({"parent": "Sở Nào"}, "parent"),
        ({"as_of": "1/8/2031"}, "as_of"),
        ({"unit": "vn-2021:213"}, "unit"),
    ],
)
def test_a_refusal_stands_at_its_field(admin: Colleague, said: dict[str, str], field: str) -> None:
    answer = admin.client.post("/to-chuc/them/", FIELDS | said)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_a_merger_is_written_by_names(admin: Colleague) -> None:
    added("Trạm A"), added("Trạm B"), added("Trạm C")
    said = {"organisations": "Trạm A\ntram b", "into": "Trạm C", "on": "1/8/2021"}
    assert admin.client.post("/to-chuc/sap-nhap/", said).status_code == 302
    closed = Organisation.objects.exclude(valid_to=None).values_list("name", flat=True)
    assert set(closed) == {"Trạm A", "Trạm B"}


@pytest.mark.parametrize("page", ["them/", "sap-nhap/", "nhap/"])
def test_pages_that_write_are_the_administrator_s(
    page: str, officer: Colleague, outsider: Person
) -> None:
    assert officer.client.get(f"/to-chuc/{page}").status_code == 403
    assert outsider.client.get(f"/to-chuc/{page}").status_code == 302


def brought(admin: Colleague, text: str) -> str:
    file = SimpleUploadedFile("danh-sach.csv", text.encode())
    said = {"unit": "vn-2021:52", "file": file, "source": "Sở Y tế", "as_of": "1/8/2021"}
    answer = admin.client.post("/to-chuc/nhap/", said)
    assert answer.status_code == 302
    return str(answer["Location"])


@pytest.mark.slow
def test_a_list_is_looked_at_taken_in_and_taken_back(admin: Colleague) -> None:
    address = brought(admin, "Tên;Loại;Xã\nTrạm A;TYT;Xã Nhơn Hội")
    assert "thêm mới" in text_of(admin.client, address)
    assert admin.client.post(f"{address}nhan/").status_code == 302
    assert Organisation.objects.filter(removed_at=None).count() == 1
    assert "Hoàn tác cả danh sách" in text_of(admin.client, address)
    admin.client.post(f"{address}hoan-tac/")
    assert Organisation.objects.filter(removed_at=None).count() == 0


def test_a_preview_names_row_and_column_of_each_fault(admin: Colleague) -> None:
    address = brought(admin, "Tên;Loại;Xã\nTrạm A;TYT;Xã Không Có")
    text = text_of(admin.client, address)
    assert "Cột C" in text
    assert "Nhận cả danh sách" not in text


def test_a_suspected_duplicate_is_asked_about_and_the_choice_kept(admin: Colleague) -> None:
    there = added("Trạm Y tế xã Nhơn Hội", kind="commune_station", unit_id=NHON_HOI)
    address = brought(admin, "Tên;Loại;Xã\nTYT Nhơn Hội;TYT;Xã Nhơn Hội")
    assert 'name="dong-2"' in text_of(admin.client, address)
    assert admin.client.post(f"{address}nhan/").status_code == 422
    assert admin.client.post(f"{address}nhan/", {"dong-2": str(there)}).status_code == 302
    assert Organisation.objects.get().name == "TYT Nhơn Hội"


def test_another_area_s_administrator_does_not_see_a_list(admin: Colleague) -> None:
    address = brought(admin, "Tên;Loại;Xã\nTrạm A;TYT;Xã Nhơn Hội")
    other = employed("other-admin", Role("admin"), "vn-2021:24")
    assert other.client.get(address).status_code == 404


@pytest.mark.slow
def test_the_file_of_the_list_read_again_changes_nothing(admin: Colleague) -> None:
    added("=1+1 Trạm", telephone="02563822000", at=GeoPoint(13.77, 109.22), hours=ALWAYS)
    added("Sở A", kind="agency", is_invented=True)
    content = admin.client.get("/to-chuc/danh-sach.csv").content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert ["'=1+1 Trạm"] in [row[:1] for row in rows]
    assert "ví dụ, không có thật" in rows[-1]
    file = SimpleUploadedFile("to-chuc.csv", content)
    said = {"unit": "vn-2021:52", "file": file, "source": "x", "as_of": "20/8/2021"}
    address = admin.client.post("/to-chuc/nhap/", said)["Location"]
    assert "Không có gì mới" in text_of(admin.client, address)


@pytest.mark.slow
def test_the_workbook_holds_words_not_formulas(client: Client) -> None:
    added("=1+1 Trạm")
    content = client.get("/to-chuc/danh-sach.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1 Trạm"]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize("address", ["/to-chuc/danh-sach.pdf", f"/to-chuc/{UUID(int=0)}/"])
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_names_are_escaped(client: Client) -> None:
    added("<b>Trạm</b>")
    assert "<b>Trạm" not in text_of(client, "/to-chuc/")
