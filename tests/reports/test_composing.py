"""From a unit's figures to a frozen report: the form, its preview, freezing and correcting."""

import re
from datetime import date

import pytest

from tests.factories.figures import BINH_DINH, QUY_NHON, recorded
from tests.factories.people import Person
from vungxanh.reports.models import Report
from vungxanh.uptake.models import Submission

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = date(2021, 5, 26)
PAGE = f"/dia-ban/{BINH_DINH}/phu-luc/"
ASKED = f"{PAGE}?den=2021-05-26"
DRAFT = f"{PAGE}nhap.pdf?den=2021-05-26"


@pytest.fixture(autouse=True)
def figures(places: None) -> Submission:
    """Two districts of Bình Định."""
    return recorded(
        [
            (QUY_NHON, "bluezone_with_phone", 75878, DAY),
            (QUY_NHON, "population", 290229, date(2019, 4, 1)),
            ("vn-2021:549", "bluezone_with_phone", 20638, DAY),
            ("vn-2021:549", "population", 175816, date(2019, 4, 1)),
        ]
    )


def proposed(person: Person) -> dict[str, str]:
    """The fields of the page as the browser would send them back."""
    page = person.client.get(ASKED).content.decode()
    fields = dict(re.findall(r'<input type="(?:text|hidden)" name="(\w+)" value="([^"]*)"', page))
    areas = re.findall(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page)
    fields.pop("csrfmiddlewaretoken", "")
    return {"kind": "annex", "authority": "", **fields, **dict(areas)}


def test_page_shows_what_would_be_frozen(province_officer: Person) -> None:
    page = province_officer.client.get(ASKED).content.decode()
    for words in ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "75.878", "26,14", "Chốt bản số 1"):
        assert words in page
    assert "Mới đủ số liệu của 2/11 đơn vị (Thành phố Quy Nhơn, Thị xã An Nhơn)" in page
    assert Report.objects.count() == 0


def test_officer_of_a_district_may_not_compose_for_the_province(officer: Person) -> None:
    refused = officer.client.get(ASKED)
    assert refused.status_code == 403
    assert "Địa bàn này không thuộc đơn vị của bạn" in refused.content.decode()
    assert officer.client.post(ASKED, {"do": "freeze"}).status_code == 403
    assert officer.client.get(DRAFT).status_code == 403
    assert Report.objects.count() == 0


def test_stranger_is_led_to_sign_in(outsider: Person) -> None:
    assert outsider.client.get(ASKED).status_code == 302


def test_day_without_figures_says_so(province_officer: Person) -> None:
    page = province_officer.client.get(f"{PAGE}?den=2020-01-01").content.decode()
    assert "Chưa có số liệu để lập báo cáo" in page


def test_preview_follows_the_form_and_keeps_nothing(province_officer: Person) -> None:
    said = proposed(province_officer) | {"agency": "Sở thử", "title": "Một dòng\n\nHai dòng"}
    page = province_officer.client.post(ASKED, said).content.decode()
    assert "SỞ THỬ" in page
    assert "Phụ lục Một dòng Hai dòng" in page
    assert Report.objects.count() == 0


def test_letter_is_previewed_with_its_annex(province_officer: Person) -> None:
    said = proposed(province_officer) | {"kind": "letter"}
    page = province_officer.client.post(ASKED, said).content.decode()
    assert "Kết quả chung" in page
    assert "75.878" in page


def test_faults_stand_at_their_fields_and_typed_words_stay(province_officer: Person) -> None:
    said = proposed(province_officer) | {"agency": "", "dated": "ngày mai", "title": "a\n" * 5}
    response = province_officer.client.post(ASKED, said | {"do": "freeze"})
    page = response.content.decode()
    assert response.status_code == 422
    for words in ("Ô này cần có chữ.", "Viết ngày như 27/5/2021.", "Nhiều nhất 4 dòng"):
        assert words in page
    assert "ngày mai" in page
    assert Report.objects.count() == 0


def test_draft_is_a_marked_pdf_and_not_kept(province_officer: Person) -> None:
    for response in (
        province_officer.client.get(DRAFT),
        province_officer.client.post(DRAFT, proposed(province_officer)),
    ):
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
    assert Report.objects.count() == 0


@pytest.mark.slow
def test_freezing_leads_to_the_report(province_officer: Person) -> None:
    said = proposed(province_officer) | {"do": "freeze"}
    response = province_officer.client.post(ASKED, said, follow=True)
    assert response.status_code == 200
    report = Report.objects.get()
    assert (report.edition, report.unit_id) == (1, BINH_DINH)
    assert report.subject == "uptake:annex:vn-2021:52:2021-05-26:population"
    assert "Đã chốt bản số 1." in response.content.decode()


@pytest.mark.slow
def test_second_click_freezes_nothing_more(province_officer: Person) -> None:
    said = proposed(province_officer) | {"do": "freeze"}
    first = province_officer.client.post(ASKED, said)
    assert (
        province_officer.client.post(ASKED, said).headers["Location"] == (first.headers["Location"])
    )
    assert Report.objects.count() == 1


def test_figures_that_changed_meanwhile_are_shown_before_freezing(
    province_officer: Person,
) -> None:
    said = proposed(province_officer) | {"do": "freeze"}
    recorded([(QUY_NHON, "bluezone_with_phone", 80000, DAY)], source="Bảng sau")
    response = province_officer.client.post(ASKED, said)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Số liệu vừa đổi sau khi bạn mở trang" in page
    assert "80.000" in page
    assert Report.objects.count() == 0


@pytest.mark.slow
def test_correction_says_what_differs_and_asks_why(province_officer: Person) -> None:
    client = province_officer.client
    client.post(ASKED, proposed(province_officer) | {"do": "freeze"})
    assert "Nội dung giống hệt" in client.get(ASKED).content.decode()
    recorded([(QUY_NHON, "bluezone_with_phone", 80000, DAY)], source="Bảng sau")
    page = client.get(ASKED).content.decode()
    assert re.search(r"Thành phố Quy Nhơn</b>, Có số điện thoại: <s[^>]*>75\.878</s>", page)
    said = proposed(province_officer) | {"do": "freeze"}
    refused = client.post(ASKED, said)
    assert refused.status_code == 422
    assert "Ghi lý do đính chính" in refused.content.decode()
    assert client.post(ASKED, said | {"reason": "Quy Nhơn báo lại"}).status_code == 302
    assert list(Report.objects.order_by("edition").values_list("edition", "correction_reason")) == [
        (1, ""),
        (2, "Quy Nhơn báo lại"),
    ]


@pytest.mark.slow
def test_correcting_an_edition_that_was_corrected_meanwhile_is_refused(
    province_officer: Person,
) -> None:
    client = province_officer.client
    client.post(ASKED, proposed(province_officer) | {"do": "freeze"})
    said = proposed(province_officer) | {"do": "freeze", "reason": "sửa"}
    client.post(ASKED, said | {"notes": "Ghi chú của người trước."})
    late = client.post(ASKED, said | {"notes": "Ghi chú của người sau."})
    assert late.status_code == 422
    assert "không còn hiệu lực: đã có bản số 2" in late.content.decode()
    assert Report.objects.count() == 2
