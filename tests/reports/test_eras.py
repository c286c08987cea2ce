"""Reports across the reform of July 2025."""

import pytest

from tests.factories.people import PROVINCE, QUY_NHON, Colleague, employed
from tests.reports.documents import annex, issued
from vungxanh.accounts.rules import Role
from vungxanh.core.errors import MissingError
from vungxanh.reports import queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
GIA_LAI = "vn-2025:52"
PARTED = "vn-2021:21634"
LIST = "/bao-cao/"


@pytest.fixture
def gia_lai() -> Colleague:
    """The officer of today's Gia Lai."""
    return employed("gia-lai", Role("province_officer"), GIA_LAI)


def test_todays_province_reads_and_continues_reports_of_what_it_was_made_from(
    gia_lai: Colleague,
) -> None:
    report = issued(annex(title="Của Quy Nhơn"), unit_id=QUY_NHON)
    page = gia_lai.client.get(LIST).content.decode()
    assert "Thành phố Quy Nhơn (đến 30/6/2025)" in page
    assert not queries.get(report.id, viewer=gia_lai.viewer).line.is_part
    assert queries.may_issue_for(gia_lai.viewer, QUY_NHON)


def test_a_commune_reads_a_report_of_one_it_is_a_part_of_and_issues_none() -> None:
    an_hoa = employed("an-hoa", Role("district_officer"), "vn-2025:21628")
    report = issued(annex(title="Của An Nghĩa"), unit_id=PARTED)
    assert queries.get(report.id, viewer=an_hoa.viewer).line.is_part
    assert not queries.may_issue_for(an_hoa.viewer, PARTED)
    for url in (LIST, f"{LIST}{report.id}/"):
        assert "chỉ một phần thuộc địa bàn" in an_hoa.client.get(url).content.decode()


def test_a_report_of_the_unit_above_is_not_there_in_the_other_era_either(
    province_officer: Colleague,
) -> None:
    report = issued(annex(title="Của Gia Lai"), unit_id=GIA_LAI)
    with pytest.raises(MissingError):
        queries.get(report.id, viewer=province_officer.viewer)


def test_narrowing_to_a_unit_keeps_what_it_was_made_from(gia_lai: Colleague) -> None:
    issued(annex(title="Của Gia Lai"), unit_id=GIA_LAI)
    issued(annex(title="Của Bình Định"), subject="test:binh-dinh", unit_id=PROVINCE)
    both = queries.listed(gia_lai.viewer, unit_id=GIA_LAI)
    old = queries.listed(gia_lai.viewer, unit_id=PROVINCE)
    assert (both.n_rows, old.n_rows) == (2, 1)


def test_a_province_of_another_place_finds_nothing() -> None:
    report = issued(annex(title="Của Quy Nhơn"), unit_id=QUY_NHON)
    other = employed("bac-ninh", Role("province_officer"), "vn-2025:24")
    with pytest.raises(MissingError):
        queries.get(report.id, viewer=other.viewer)
