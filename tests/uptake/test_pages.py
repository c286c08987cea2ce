"""Pages of the room through a browser's eyes: who sees what, in how many queries."""

from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.figures import BINH_DINH, QUY_NHON, recorded
from tests.factories.people import Person
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations import queries as locations
from vungxanh.uptake import actions, exports
from vungxanh.uptake.demo import load_published
from vungxanh.uptake.exports.sheet import standing_of
from vungxanh.uptake.models import FindingRecord, Submission
from vungxanh.uptake.overview import Look, see

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

DAY = date(2021, 5, 26)
PAGE = f"/dia-ban/{BINH_DINH}/"


@pytest.fixture
def published(places: None) -> None:
    load_published(by=SYSTEM, at=clock.now())


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.usefixtures("published")
def test_anyone_sees_the_published_table_ranked_with_its_faults(outsider: Person) -> None:
    page = text(outsider.client, PAGE)
    for shown in ("202.379", "13,60", "20,92", "973.075", "26,14", "TP. Quy Nhơn", "97,89"):
        assert shown in page, shown


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        f"{PAGE}?theo=smartphones",
        f"{PAGE}?xep=base",
        f"{PAGE}?den=2020-01-01",
        f"{PAGE}?den=khong-phai-ngay&so=x&biet=y&theo=z&xep=w",
        f"{PAGE}so-sanh/",
        f"{PAGE}bang/",
        f"{PAGE}sai-lech/",
        f"{PAGE}nguon/bluezone_with_phone/",
        f"/dia-ban/{QUY_NHON}/nguon/smartphones/?den=2021-05-26",
        f"/dia-ban/{QUY_NHON}/",
        "/dia-ban/vn-2021:vn/",
        "/dia-ban/vn-2021:01/",
        "/dia-ban/vn-2021:213/",
        "/dia-ban/vn-2021:54/",
        "/dia-ban/vn-2021:31/",
    ],
)
def test_every_page_answers_in_both_languages(outsider: Person, address: str) -> None:
    assert 'lang="vi"' in text(outsider.client, address)
    outsider.client.cookies["django_language"] = "en"
    assert text(outsider.client, address)


@pytest.mark.usefixtures("published")
def test_number_of_queries_does_not_grow_with_the_figures(
    outsider: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(30):
        outsider.client.get(PAGE)
    for day in range(1, 13):
        counts = [
            (f"vn-2021:{n}", "bluezone_with_phone", n + day, date(2021, 4, day)) for n in (540, 543)
        ]
        recorded(counts)
    with django_assert_max_num_queries(30):
        outsider.client.get(PAGE)


def test_unpublished_table_is_hidden_from_strangers_and_other_districts(
    officer: Person, other_officer: Person, outsider: Person
) -> None:
    submission = recorded([(QUY_NHON, "scans", 4321, DAY)], scope=QUY_NHON, published=False)
    address = f"/so-lieu/{submission.id}/"
    assert officer.client.get(address).status_code == 200
    assert other_officer.client.get(address).status_code == 404
    assert outsider.client.get(address).status_code == 404


def test_stranger_is_led_to_sign_in_for_what_needs_it(outsider: Person) -> None:
    answer = outsider.client.get("/so-lieu/nop/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/?next=")


def test_unknown_unit_is_said_kindly(outsider: Person) -> None:
    answer = outsider.client.get("/dia-ban/vn-2021:99/")
    assert answer.status_code in {404, 422}
    assert "vn-2021:99" in answer.content.decode()


def test_officer_chooses_among_own_units_by_name(province_officer: Person) -> None:
    page = text(province_officer.client, "/so-lieu/nop/?dia-ban=vn-2021:540")
    assert '<option value="vn-2021:52">Tỉnh Bình Định</option>' in page
    assert '<option value="vn-2021:540" selected>Thành phố Quy Nhơn</option>' in page


def test_officer_pastes_looks_records_publishes_and_takes_back(province_officer: Person) -> None:
    said = {
        "unit": BINH_DINH,
        "pasted": "Đơn vị\tSố Bluezoner có số điện thoại\tDân số\nTP. Quy Nhơn\t100\t1.000\n"
        "TX. Hoài Nhơn\t90\t1.000\n",
        "source_title": "Nhập thử",
        "source_kind": "entry",
        "as_of": "27/5/2021",
    }
    client = province_officer.client
    draft = client.post("/so-lieu/nop/", said)
    assert draft.status_code == 302
    address = draft["Location"]
    assert "Thành phố Quy Nhơn" in text(client, address)
    assert client.post(f"{address}ghi/").status_code == 302
    assert client.post(f"{address}cong-bo/").status_code == 302
    assert "10,00" in text(Client(), f"{PAGE}?den=2021-05-27")
    assert client.post(f"{address}rut/", {"reason": ""}).status_code == 302
    assert Submission.objects.get().state == "withdrawn"


@pytest.mark.usefixtures("published")
def test_officer_marks_a_finding_as_asked(province_officer: Person) -> None:
    finding = FindingRecord.objects.filter(severity="error").first()
    assert finding is not None
    answer = province_officer.client.post(
        f"/sai-lech/{finding.id}/", {"state": "asked", "note": ""}
    )
    assert answer.status_code == 302
    finding.refresh_from_db()
    assert (finding.state, finding.decided_by) == ("asked", province_officer.viewer.id)
    assert "đã hỏi nơi gửi" in text(province_officer.client, PAGE)


@pytest.mark.usefixtures("published")
def test_target_without_a_base_asks_on_the_page(province_officer: Person) -> None:
    said = {"share_percent": "60", "denominator": "", "due_on": "31/8/2021", "origin": "Công văn"}
    answer = province_officer.client.post(f"{PAGE}chi-tieu/", said)
    assert answer.status_code == 422
    assert "mẫu số nào" in answer.content.decode()


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_export_downloads_under_a_plain_name(outsider: Person, name: str) -> None:
    answer = outsider.client.get(f"{PAGE}bang.{name}?theo=smartphones&xep=base")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{name}"')
    assert len(answer.content) > 300


@pytest.mark.usefixtures("published")
def test_units_under_the_least_base_are_listed_without_a_rank(outsider: Person) -> None:
    page = text(outsider.client, f"{PAGE}?nen=100.000")
    assert "Mẫu số quá nhỏ để xếp hạng" in page
    assert "H. Vĩnh Thạnh" in page


@pytest.mark.usefixtures("published")
def test_changed_base_is_flagged_beside_the_change(outsider: Person) -> None:
    later = date(2021, 6, 26)
    recorded(
        [(QUY_NHON, "bluezone_with_phone", 80_000, later), (QUY_NHON, "population", 300_000, later)]
    )
    assert "mẫu số đổi" in text(outsider.client, PAGE)


@pytest.mark.usefixtures("published")
def test_page_as_it_was_known_before_anything_was_received_is_empty(outsider: Person) -> None:
    assert "202.379" not in text(outsider.client, f"{PAGE}?den=2021-05-26&biet=2021-05-27T08:00")


@pytest.mark.usefixtures("published")
def test_new_target_shows_at_once_on_page_table_and_report(outsider: Person) -> None:
    found = locations.unit(BINH_DINH)
    assert "Công văn thử" not in text(outsider.client, PAGE)
    before = standing_of(see(outsider.viewer, found, Look())).total_need
    target = actions.set_target(
        unit_id=BINH_DINH,
        numerator="bluezone_with_phone",
        denominator="smartphones",
        share_percent=Decimal(70),
        due_on=date(2021, 8, 31),
        origin="Công văn thử",
        by=SYSTEM,
        at=clock.now(),
    )
    assert "Công văn thử" in text(outsider.client, PAGE)
    material = exports.gather(outsider.viewer, found, Look())
    assert material.target == target
    assert standing_of(material.scene).total_need == material.found.total_need != before


@pytest.mark.usefixtures("published")
def test_lineage_is_told_as_known_when_the_page_is(outsider: Person) -> None:
    moment = (clock.now() + timedelta(minutes=1)).isoformat()
    asked = urlencode({"den": DAY, "biet": moment})
    lineage = f"{PAGE}nguon/bluezone_with_phone/?{asked}"
    page = unescape(text(outsider.client, f"{PAGE}?{asked}"))
    assert lineage in page
    assert "202.379" in text(outsider.client, lineage)
    assert "biet" not in text(outsider.client, PAGE).split("/nguon/", 1)[1].split('"')[0]


def test_share_over_few_of_many_units_is_not_shown_as_that_of_the_whole(outsider: Person) -> None:
    few = [(QUY_NHON, "bluezone_with_phone", 75_878, DAY), (QUY_NHON, "population", 290_229, DAY)]
    recorded(few)
    page = text(outsider.client, PAGE)
    assert "Chưa tính được cho cả địa bàn: chỉ tính trên 1 / 11 đơn vị" in page
    assert "26,14 %" not in page.split("vx-ranking-title")[0]
