"""Pages of the room through a browser's eyes: who sees what, in how many queries."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.figures import BINH_DINH, QUY_NHON, facts, recorded
from tests.factories.people import Person, employed
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.uptake import actions, exports
from vungxanh.uptake.actions import Draft, Origin
from vungxanh.uptake.demo import load_published
from vungxanh.uptake.exports.sheet import standing_of
from vungxanh.uptake.models import FindingRecord, Submission
from vungxanh.uptake.overview import Look, goal, see

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

DAY = date(2021, 5, 26)
FRONTEND = Path(__file__).parents[2] / "frontend"
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
@pytest.mark.parametrize("chosen", ["nen=90000", "theo=smartphones&xep=base&nen=90000"])
def test_file_is_of_exactly_what_the_page_shows(outsider: Person, chosen: str) -> None:
    page = unescape(text(outsider.client, f"{PAGE}?{chosen}"))
    (query,) = set(re.findall(r'bang\.csv\?([^"]*)"', page))
    assert set(chosen.split("&")) <= set(query.split("&"))
    lines = outsider.client.get(f"{PAGE}bang.csv?{query}").content.decode("utf-8-sig")
    whole = outsider.client.get(f"{PAGE}bang.csv?den={DAY}").content.decode("utf-8-sig")
    assert "90.000" in lines
    assert lines != whole


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
    outsider.client.cookies["vx_language"] = "en"
    assert 'lang="en"' in text(outsider.client, address)


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


def test_page_of_a_table_lights_the_section_of_its_crumbs(
    officer: Person, outsider: Person
) -> None:
    submission = recorded([(QUY_NHON, "scans", 4321, DAY)], scope=QUY_NHON)
    for person in (officer, outsider):
        page = text(person.client, f"/so-lieu/{submission.id}/")
        lit = re.findall(r'<a[^>]* href="([^"]+)" aria-current="page">', page.split("</nav>")[0])
        assert lit == ["/dia-ban/"]


def test_stranger_is_led_to_sign_in_for_what_needs_it(outsider: Person) -> None:
    answer = outsider.client.get("/so-lieu/nop/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/?next=")


@pytest.mark.parametrize(
    ("units", "landing"),
    [
        (("vn-2021:540", "vn-2025:52"), "vn-2025:52"),
        (("vn-2021:540",), "vn-2021:540"),
        (("vn-2025:52",), "vn-2025:52"),
    ],
)
def test_officer_lands_on_the_unit_of_today(units: tuple[str, ...], landing: str) -> None:
    one = employed("both", Role("tracer"), units[0])
    one.staff.units = list(units)
    one.staff.save()
    assert one.client.get("/dia-ban/")["Location"] == f"/dia-ban/{landing}/"


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
def test_target_counts_what_it_was_set_for_on_the_page_of_another_ratio(outsider: Person) -> None:
    points = [(QUY_NHON, "points_registered", 90, DAY), (QUY_NHON, "points_active", 40, DAY)]
    recorded(points, scope=QUY_NHON)
    scene = see(outsider.viewer, locations.unit(BINH_DINH), Look(by="points"))
    target = goal.target_of(scene)
    assert target is not None
    assert goal.progress_of(scene, target).count == 202_379
    assert standing_of(scene).needs == {}


@pytest.mark.usefixtures("published")
def test_lineage_is_told_as_known_when_the_page_is(outsider: Person) -> None:
    moment = (clock.now() + timedelta(minutes=1)).isoformat()
    asked = urlencode({"den": DAY, "biet": moment})
    lineage = f"{PAGE}nguon/bluezone_with_phone/?{asked}"
    page = unescape(text(outsider.client, f"{PAGE}?{asked}"))
    assert lineage in page
    assert "202.379" in text(outsider.client, lineage)
    assert "biet" not in text(outsider.client, PAGE).split("/nguon/", 1)[1].split('"')[0]


@pytest.mark.usefixtures("published")
def test_paper_lists_every_finding_of_the_day(outsider: Person) -> None:
    listed = text(outsider.client, PAGE).split('id="vx-findings"')[1].split("</section>")[0]
    shown, paper = listed.split('<ul class="vx-findings vx-print-only">')
    anchors = [f"phat-hien-{finding.id}" for finding in _findings_of_the_day()]
    assert [f'id="{one}"' in shown or f'id="{one}"' in paper for one in anchors] == [True] * len(
        anchors
    )
    assert len(re.findall(r'id="phat-hien-\d+"', listed)) == len(anchors) > 4


def _findings_of_the_day() -> list[FindingRecord]:
    return list(FindingRecord.objects.filter(submission__scope_id=BINH_DINH))


@pytest.mark.usefixtures("published")
def test_foot_of_the_target_has_no_loose_dot_on_paper(province_officer: Person) -> None:
    page = text(province_officer.client, PAGE)
    foot = page.split('aria-labelledby="vx-target-title"')[1].split("vx-card-foot")[1]
    on_paper = re.sub(r'<span class="vx-no-print">.*?</span>', "", foot.split("</div>")[0])
    assert "·" in foot.split("</div>")[0]
    assert "·" not in on_paper


def test_mark_of_a_doubted_figure_is_printed() -> None:
    rules = (FRONTEND / "styles/print.css").read_text(encoding="utf-8")
    hidden = re.findall(r"([^{}]+)\{[^{}]*display: none", rules)
    assert hidden
    assert [names for names in hidden if "vx-doubt" in names] == []


def test_share_over_few_of_many_units_is_not_shown_as_that_of_the_whole(outsider: Person) -> None:
    few = [(QUY_NHON, "bluezone_with_phone", 75_878, DAY), (QUY_NHON, "population", 290_229, DAY)]
    recorded(few)
    page = text(outsider.client, PAGE)
    assert "Chưa tính được cho cả địa bàn: chỉ tính trên 1 / 11 đơn vị" in page
    assert "26,14 %" not in page.split("vx-ranking-title")[0]


def _draft() -> Submission:
    said = Origin("Bảng thử", "entry")
    draft = Draft(BINH_DINH, clock.now(), said, facts([(QUY_NHON, "scans", 10, DAY)]))
    return actions.save_draft(draft=draft, by=SYSTEM, at=clock.now())


ACTS = ("ghi", "bo", "cong-bo", "rut")


def _offered(page: str) -> set[str]:
    return {act for act in ACTS if f'/{act}/"' in page}


@pytest.mark.parametrize(
    ("role", "of_draft", "of_recorded", "of_published"),
    [
        (Role("province_officer"), {"ghi", "bo"}, {"cong-bo", "rut"}, {"rut"}),
        (Role("district_officer"), {"ghi", "bo"}, {"rut"}, set()),
        (Role("operator"), set(), set(), set()),
        (Role("tracer"), set(), set(), set()),
        (Role("auditor"), set(), set(), set()),
    ],
)
def test_only_acts_that_are_allowed_have_buttons(
    role: Role, of_draft: set[str], of_recorded: set[str], of_published: set[str]
) -> None:
    client = employed("somebody", role, BINH_DINH).client
    draft = _draft()
    recorded_only = recorded([(QUY_NHON, "scans", 11, DAY)], published=False)
    published = recorded([(QUY_NHON, "scans", 12, DAY)])
    seen = [_offered(text(client, f"/so-lieu/{t.id}/")) for t in (draft, recorded_only, published)]
    assert seen == [of_draft, of_recorded, of_published]


def test_operator_has_buttons_for_a_draft_of_its_own() -> None:
    operator = employed("operator", Role("operator"), BINH_DINH)
    own = Draft(
        BINH_DINH, clock.now(), Origin("Bảng", "entry"), facts([(QUY_NHON, "scans", 1, DAY)])
    )
    draft = actions.save_draft(draft=own, by=operator.viewer, at=clock.now())
    assert _offered(text(operator.client, f"/so-lieu/{draft.id}/")) == {"ghi", "bo"}


def test_tables_and_targets_offer_no_act_outside_the_own_area(
    officer: Person, other_officer: Person, province_officer: Person
) -> None:
    address = f"/dia-ban/{QUY_NHON}/bang/"
    assert "Nộp bảng số liệu" in text(officer.client, address)
    assert "Nộp bảng số liệu" not in text(other_officer.client, address)
    phu_yen = UnitId("vn-2021:54")
    recorded([(QUY_NHON, "scans", 1, DAY)], scope=QUY_NHON)
    recorded([(phu_yen, "scans", 1, DAY)], scope=phu_yen)
    assert "/chi-tieu/" in text(province_officer.client, f"/dia-ban/{QUY_NHON}/")
    assert "/chi-tieu/" not in text(province_officer.client, f"/dia-ban/{phu_yen}/")


def test_list_of_tables_is_in_pages_that_say_how_many_there_are(outsider: Person) -> None:
    source = recorded([(QUY_NHON, "scans", 1, DAY)]).source
    Submission.objects.bulk_create(
        Submission(
            scope_id=BINH_DINH,
            as_of=clock.day_start(DAY),
            source=source,
            elements=[],
            content={},
            created_at=clock.now(),
            created_by="system:worker",
            state="recorded",
            recorded_at=clock.now(),
            published_at=clock.now(),
        )
        for _ in range(230)
    )
    address = f"{PAGE}bang/"
    first, last = text(outsider.client, address), text(outsider.client, f"{address}?trang=5")
    assert "231 bảng" in first
    assert "1–50 / 231" in first
    assert last.count("<tr>") == 32


def _finding(submission: Submission, severity: str, *, state: str = "open") -> FindingRecord:
    return FindingRecord(
        submission=submission,
        code="base.outlier",
        severity=severity,
        place="dòng 2",
        message_vi="Câu",
        message_en="Sentence",
        state=state,
        decided_at=None if state == "open" else clock.now(),
    )


def test_open_and_serious_findings_come_first_though_hundreds_are_settled(outsider: Person) -> None:
    old = recorded([(QUY_NHON, "scans", 1, DAY - timedelta(days=30))])
    new = recorded([(QUY_NHON, "scans", 2, DAY)])
    settled = [_finding(new, "error", state="accepted") for _ in range(205)]
    FindingRecord.objects.bulk_create(
        [*settled, _finding(new, "warning"), _finding(old, "error"), _finding(new, "info")]
    )
    page = text(outsider.client, f"{PAGE}sai-lech/")
    order = [int(n) for n in re.findall(r'<li id="phat-hien-(\d+)"', page)]
    found = [FindingRecord.objects.get(id=n) for n in order[:4]]
    assert [(f.state, f.severity) for f in found] == [
        ("open", "error"),
        ("open", "warning"),
        ("open", "info"),
        ("accepted", "error"),
    ]
    assert "208 phát hiện" in page
    assert "1–50 / 208" in page
