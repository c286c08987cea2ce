"""Pages of units of one era whose figures come from the other: ways across, doubts, paper."""

from datetime import date

import pytest

from tests.factories.figures import BINH_DINH, recorded
from tests.factories.people import Colleague, Person, employed
from vungxanh.accounts.rules import Role

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("places_of_both_eras"),
]

DAY = date(2021, 5, 26)
GIA_LAI = "vn-2025:52"
WARD = "vn-2025:21583"  # of eight wards of Quy Nhơn
WARDS = ("21556", "21562", "21571", "21583", "21580", "21568", "21574", "21586")


@pytest.fixture
def officer(db: None) -> Colleague:
    """The officer of today's Gia Lai."""
    return employed("gialai", Role.PROVINCE_OFFICER, GIA_LAI)


PAGES = ("", "so-sanh/", "nguon/scans/", "dan-so/", "bang/", "sai-lech/", "chi-tieu/", "phu-luc/")


@pytest.mark.parametrize("kind", PAGES)
def test_each_page_leads_to_the_same_page_of_the_one_counterpart(
    officer: Colleague, kind: str
) -> None:
    page = officer.client.get(f"/dia-ban/{BINH_DINH}/{kind}").content.decode()
    assert f'href="/dia-ban/{GIA_LAI}/{kind}' in page
    assert page.count('aria-current="true">Đơn vị đến 30/6/2025</a>') == 1
    assert ">Đơn vị từ 1/7/2025</a>" in page


@pytest.mark.parametrize("kind", PAGES)
def test_each_page_lists_the_same_page_of_several_counterparts_and_no_button_to_itself(
    officer: Colleague, kind: str
) -> None:
    page = officer.client.get(f"/dia-ban/{GIA_LAI}/{kind}").content.decode()
    assert f'href="/dia-ban/{BINH_DINH}/{kind}' in page
    assert f'href="/dia-ban/vn-2021:64/{kind}' in page
    assert 'href="#vx-eras"' not in page
    assert ">Đơn vị đến 30/6/2025</a>" not in page


def test_page_of_reports_leads_only_where_the_officer_may_issue(
    province_officer: Colleague,
) -> None:
    page = province_officer.client.get(f"/dia-ban/{BINH_DINH}/phu-luc/").content.decode()
    assert f'href="/dia-ban/{GIA_LAI}/phu-luc/' not in page


@pytest.mark.parametrize(("lang", "more"), [("vi", "và 2 đơn vị nữa."), ("en", "and 2 more.")])
def test_note_says_how_many_units_it_does_not_name(outsider: Person, lang: str, more: str) -> None:
    recorded([(f"vn-2021:{code}", "bluezone_with_phone", 5, DAY) for code in WARDS])
    outsider.client.cookies["vx_language"] = lang
    assert more in outsider.client.get(f"/dia-ban/{WARD}/").content.decode()
