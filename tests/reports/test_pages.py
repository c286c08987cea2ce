"""The list, one report, its files, its number, and the check of a paper copy."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.people import AN_NHON, PROVINCE, Person
from tests.reports.documents import AT, annex, issued, letter
from vungxanh.audit.models import AuditEvent
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.documents.formats import Format
from vungxanh.reports import queries
from vungxanh.reports.models import Report
from vungxanh.reports.values import FrozenReport

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
LIST = "/bao-cao/"


def address(report: FrozenReport, ending: str = "") -> str:
    if ending:
        return reverse("reports-download", args=[report.id, ending])
    return reverse("reports-report", args=[report.id])


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def n_queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries_made:
        assert client.get(url).status_code == 200
    return len(queries_made)


@pytest.mark.slow
def test_list_shows_own_area_and_below_only(officer: Person, province_officer: Person) -> None:
    issued(annex(title="Của Quy Nhơn"))
    issued(annex(title="Của An Nhơn"), subject="test:an-nhon", unit_id=AN_NHON)
    own = text(officer.client, LIST)
    assert ("Của Quy Nhơn" in own, "Của An Nhơn" in own) == (True, False)
    both = text(province_officer.client, LIST)
    assert ("Của Quy Nhơn" in both, "Của An Nhơn" in both) == (True, True)


def test_list_is_filtered_by_unit(province_officer: Person) -> None:
    issued(annex(title="Của Quy Nhơn"))
    issued(annex(title="Của An Nhơn"), subject="test:an-nhon", unit_id=AN_NHON)
    chosen = text(province_officer.client, f"{LIST}?dia-ban={AN_NHON}")
    assert ("Của Quy Nhơn" in chosen, "Của An Nhơn" in chosen) == (False, True)
    assert "Của Quy Nhơn" in text(province_officer.client, f"{LIST}?dia-ban=vn-2021:zz")


def test_list_without_reports_says_who_fills_it(officer: Person) -> None:
    assert "Chưa có báo cáo nào" in text(officer.client, LIST)


def test_stranger_is_led_to_sign_in(outsider: Person) -> None:
    report = issued()
    for url in (LIST, address(report), address(report, "pdf")):
        response = outsider.client.get(url)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/dang-nhap/")


@pytest.mark.slow
def test_list_takes_the_same_queries_for_one_report_and_for_many(province_officer: Person) -> None:
    issued()
    few = n_queries(province_officer.client, LIST)
    for place in range(6):
        first = issued(annex(count=place), subject=f"test:{place}")
        issued(annex(count=place + 1), subject=f"test:{place}", corrects=first, reason="sai số")
    assert n_queries(province_officer.client, LIST) == few


@pytest.mark.slow
def test_report_page_takes_the_same_queries_for_one_edition_and_for_many(officer: Person) -> None:
    last = issued()
    few = n_queries(officer.client, address(last))
    for count in range(4):
        last = issued(annex(count=count), corrects=last, reason="sai số")
    assert n_queries(officer.client, address(last)) == few


def test_report_shows_figures_editions_digest_and_software(officer: Person) -> None:
    report = issued(by=officer.viewer)
    page = text(officer.client, address(report))
    for words in ("75.878", "Bản chốt số 1", report.digest, report.software, report.check_code):
        assert words in page
    assert officer.viewer.name in page


def test_corrected_report_leads_to_the_one_that_stands(officer: Person) -> None:
    first = issued()
    second = issued(annex(count=2), corrects=first, reason="Quy Nhơn báo lại")
    old, new = text(officer.client, address(first)), text(officer.client, address(second))
    assert "Bản này đã được đính chính: dùng bản số 2" in old
    assert address(second) in old
    assert "Quy Nhơn báo lại" in new
    assert "Bản này đã được đính chính" not in new


def test_letter_is_shown_with_its_sentences(officer: Person) -> None:
    page = text(officer.client, address(issued(letter(), subject="test:letter")))
    assert "Công văn này chỉ để thử./." in page
    assert address(issued(letter(), subject="test:letter"), "xlsx") not in page


def test_report_of_another_district_is_not_found(officer: Person, other_officer: Person) -> None:
    report = issued()
    assert officer.client.get(address(report)).status_code == 200
    for url in (address(report), address(report, "pdf")):
        assert other_officer.client.get(url).status_code == 404


def test_download_has_its_type_and_a_name_in_vietnamese(officer: Person) -> None:
    report = issued()
    types = {}
    for ending in Format:
        response = officer.client.get(address(report, ending))
        types[ending.value] = response["Content-Type"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"].startswith(
            f"attachment; filename=phu-luc-bang-thu-2021-05-26-ban-1.{ending.value}; "
            "filename*=UTF-8''Ph%E1%BB%A5%20l%E1%BB%A5c"
        )
    assert types["pdf"] == "application/pdf"
    assert types["csv"] == "text/csv; charset=utf-8"
    assert types["xlsx"].endswith("spreadsheetml.sheet")
    assert types["docx"].endswith("wordprocessingml.document")


@pytest.mark.slow
def test_unknown_format_is_not_found(officer: Person) -> None:
    report = issued(letter(), subject="test:letter")
    for ending in ("exe", "xlsx"):
        assert officer.client.get(address(report, ending)).status_code == 404


def test_number_is_noted_from_the_page(officer: Person) -> None:
    report = issued()
    url = reverse("reports-number", args=[report.id])
    with clock.frozen_at(AT + timedelta(days=1)):
        refused = officer.client.post(url, {"number": "15/PVHTT", "dated": "29/5/2021"})
        assert refused.status_code == 422
        assert "Ngày văn bản không thể sau hôm nay" in refused.content.decode()
        empty = officer.client.post(url, {"number": "", "dated": "hôm qua"})
        assert empty.status_code == 422
        noted = officer.client.post(url, {"number": "15/PVHTT", "dated": "27/5/2021"})
    assert (noted.status_code, noted["Location"]) == (302, address(report))
    assert Report.objects.get().number == "15/PVHTT"
    assert "15/PVHTT" in text(officer.client, address(report))


def test_who_may_only_read_gets_no_number_form(auditor: Person) -> None:
    report = issued()
    assert "Văn thư chưa ghi số." in text(auditor.client, address(report))
    url = reverse("reports-number", args=[report.id])
    answer = auditor.client.post(url, {"number": "15/PVHTT", "dated": "27/5/2021"})
    assert answer.status_code == 403
    assert Report.objects.get().number == ""


def test_anyone_with_the_paper_can_check_its_code(outsider: Person) -> None:
    report = issued(by=SYSTEM)
    page = text(outsider.client, f"/doi-chieu/?ma={report.check_code.lower()}")
    for words in ("Bảng thử", "26/5/2021", "bản số 1", "09:30 ngày 27/5/2021"):
        assert words in page
    for secret in (report.digest, str(report.id), "75.878", "Quy Nhơn", "vn-2021", report.subject):
        assert secret not in page


def test_check_of_a_corrected_paper_says_so(outsider: Person) -> None:
    first = issued()
    issued(annex(count=2), corrects=first, reason="lý do nội bộ", at=AT + timedelta(hours=1))
    page = text(outsider.client, f"/doi-chieu/?ma={first.check_code}")
    assert "Đã được đính chính bởi bản số 2, lúc 10:30 ngày 27/5/2021" in page
    assert "lý do nội bộ" not in page


def test_unknown_and_unreadable_codes_are_told_apart(outsider: Person) -> None:
    assert "không có bản nào mang mã 0000-0000" in text(outsider.client, "/doi-chieu/?ma=00000000")
    for typed in ("7F3A", "<script>", ""):
        response = outsider.client.get("/doi-chieu/", {"ma": typed})
        assert response.status_code == 422
        assert "<script>alert" not in response.content.decode()
    assert AuditEvent.objects.filter(event__startswith="reports.").count() == 0


def test_unit_names_are_listed_once_for_the_filter(province_officer: Person) -> None:
    issued()
    issued(annex(count=2), subject="test:2")
    issued(subject="test:3", unit_id=PROVINCE)
    assert queries.units(province_officer.viewer) == (
        (PROVINCE, "Tỉnh Bình Định"),
        ("vn-2021:540", "Thành phố Quy Nhơn"),
    )
