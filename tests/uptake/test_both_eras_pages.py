"""Pages of units of one era whose figures come from the other: ways across, doubts, paper."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.figures import BINH_DINH, QUY_NHON, recorded
from tests.factories.people import Colleague, Person, employed
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.core.viewer import PUBLIC, SYSTEM
from vungxanh.documents.content import Annex, Count, Letter, Text
from vungxanh.locations import queries as locations
from vungxanh.locations.values import UnitId
from vungxanh.reports import actions as reports
from vungxanh.reports.values import ReportKind
from vungxanh.uptake import exports, queries, rules
from vungxanh.uptake.demo import load_populations, load_published
from vungxanh.uptake.models import Submission
from vungxanh.uptake.overview.look import Look

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
    return employed("gialai", Role("province_officer"), GIA_LAI)


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


def test_many_units_without_figures_are_named_below_the_table(outsider: Person) -> None:
    recorded([(f"vn-2021:{code}", "bluezone_with_phone", 5, DAY) for code in WARDS])
    page = outsider.client.get(f"/dia-ban/{GIA_LAI}/").content.decode()
    table, below = page[page.index("<tbody") :].split("</table>", 1)
    assert table.count('<th scope="row">') == 2  # the ward, and the total
    assert "134 đơn vị chưa có số" in below


def loaded() -> None:
    """The figures of Bình Định as published, with what its letter claims, and its target."""
    load_published(by=SYSTEM, at=clock.now())


def gathered() -> exports.Material:
    return exports.gather(SYSTEM, locations.unit(GIA_LAI), Look(as_of=DAY))


@pytest.mark.parametrize(
    "said",
    [
        "Ở số nguồn của Bình Định (cũ): Văn bản nêu 973.075",
        f'<a class="vx-link" href="/dia-ban/{BINH_DINH}/sai-lech/">Bình Định (cũ)</a>',
        "973.075 ghi là “tranh chấp”.",
        "Chỉ tiêu của đơn vị thời kỳ khác",
        "số điện thoại thông minh đến hết 31/8/2021",
        "Chưa có chỉ tiêu",
    ],
)
def test_page_says_what_is_disputed_at_the_origin_and_whose_target_it_is(
    outsider: Person, said: str
) -> None:
    loaded()
    assert said in outsider.client.get(f"/dia-ban/{GIA_LAI}/").content.decode()


def test_unpublished_doubts_of_the_origin_stay_there(outsider: Person) -> None:
    loaded()
    Submission.objects.update(published_at=None)
    page = outsider.client.get(f"/dia-ban/{GIA_LAI}/").content.decode()
    assert "973.075" not in page


def test_remark_on_a_district_comes_along_to_its_wards(outsider: Person) -> None:
    loaded()
    load_populations(by=SYSTEM, at=clock.now())
    page = outsider.client.get(f"/dia-ban/{WARD}/").content.decode()
    assert "Ở số nguồn của TP. Quy Nhơn (cũ): Thành phố Quy Nhơn: " in page
    assert "973.075" not in page


def test_sum_is_disputed_where_its_source_is(outsider: Person) -> None:
    recorded([(BINH_DINH, "scans", 9, DAY), (QUY_NHON, "scans", 7, DAY)])
    lower = [u for u in locations.children(BINH_DINH) if u.id != QUY_NHON]
    recorded([(unit.id, "scans", 1, DAY) for unit in lower])
    recorded([("vn-2021:64", "scans", 1, DAY)], scope=UnitId("vn-2021:64"))
    moment = queries.moment_of(clock.day_end(DAY), None)
    found = rules.figure(queries.tree(PUBLIC, locations.unit(GIA_LAI), moment), "scans")
    assert (found.value, found.state) == (10, rules.FigureState.DISPUTED)


@pytest.mark.parametrize("with_people", [False, True])
def test_page_annex_letter_and_api_say_the_same_figure(outsider: Person, with_people: bool) -> None:
    loaded()
    populations = {True: load_populations, False: load_published}[with_people]
    populations(by=SYSTEM, at=clock.now())
    found = gathered()
    annex, letter = (
        exports.document_of(found, kind, exports.options_of(found, None)) for kind in ReportKind
    )
    assert isinstance(annex, Annex)
    assert isinstance(letter, Letter)
    assert annex.tables[0].total is not None
    assert annex.tables[0].total[1:3] == (Text("Cộng 1/2 đơn vị cũ"), Count(202_379))
    body = " ".join(paragraph.text for paragraph in letter.body)
    assert "(quy đổi từ 1/2 đơn vị cũ) có 202.379 Bluezoner" in body
    assert "Ở số nguồn của Bình Định (cũ): Văn bản nêu 973.075" in body
    told = outsider.client.get(f"/api/v1/uptake/table?unit={GIA_LAI}&as_of={DAY}").json()
    assert told["unit"]["figures"]["bluezone_with_phone"]["value"] == 202_379
    page = outsider.client.get(f"/dia-ban/{GIA_LAI}/").content.decode()
    assert "<span>202.379</span>" in page


def test_annex_in_which_nobody_is_ranked_is_frozen_and_says_why(officer: Colleague) -> None:
    loaded()
    found = gathered()
    annex = exports.document_of(found, ReportKind.ANNEX, exports.options_of(found, None))
    assert isinstance(annex, Annex)
    assert annex.sorted_by == "tên đơn vị, không xếp hạng"
    frozen = reports.freeze_report(
        unit_id=UnitId(GIA_LAI),
        kind=ReportKind.ANNEX,
        subject=found.subject(ReportKind.ANNEX),
        document=annex,
        as_of=found.as_of,
        by=officer.viewer,
        at=clock.now(),
    )
    assert frozen.edition == 1
    assert any(note.startswith("Không xếp hạng: chưa đơn vị nào trong 135") for note in annex.notes)


def test_asking_whom_an_officer_may_see_takes_few_queries(officer: Colleague) -> None:
    loaded()
    address = f"/dia-ban/{GIA_LAI}/phu-luc/?den={DAY}"
    with CaptureQueriesContext(connection) as asked:
        assert officer.client.get(address).status_code == 200
    assert len(asked) < 120


def test_list_of_findings_leads_to_those_of_the_units_it_was_made_of(outsider: Person) -> None:
    loaded()
    page = outsider.client.get(f"/dia-ban/{GIA_LAI}/sai-lech/").content.decode()
    assert f'href="/dia-ban/{BINH_DINH}/sai-lech/">Bình Định (cũ)</a>' in page
