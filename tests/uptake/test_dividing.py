"""Figures of the other era divided by the people of the parts: by whose count, and what follows."""

from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pypdfium2
import pytest

from tests.factories.figures import BINH_DINH, QUY_NHON, recorded
from tests.factories.people import Person
from vungxanh.core import clock
from vungxanh.core.viewer import PUBLIC, SYSTEM
from vungxanh.documents import pdf
from vungxanh.documents.content import Letter
from vungxanh.documents.formats import Format
from vungxanh.locations import queries as locations
from vungxanh.reports.values import ReportKind
from vungxanh.uptake import exports, queries, rules
from vungxanh.uptake.actions import population as actions
from vungxanh.uptake.imports import population as imports
from vungxanh.uptake.models import PopulationTable
from vungxanh.uptake.overview import Look, see
from vungxanh.uptake.rules import People

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("places_of_both_eras"),
]

DAY = date(2021, 5, 26)
AT = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
GIA_LAI = "vn-2025:52"
COMMUNES = ("21553", "21583", "21589", "21592", "21601", "21607")  # of Quy Nhơn, and of no other
SOURCE = "Cục Thống kê"


def populations(rows: list[tuple[str, int, str, int]]) -> PopulationTable:
    lines = [f"{unit}\t{year}\t{kind}\t{value}\t{SOURCE}" for unit, year, kind, value in rows]
    text = "\n".join(("mã\tnăm\tloại\tdân số\tnguồn", *lines))
    table = imports.bring_in(content=text.encode(), name="", source="", by=SYSTEM, at=AT)
    actions.record_table(table_id=table.id, by=SYSTEM, at=AT)
    return table


def of_communes(year: int = 2025, kind: str = "average") -> list[tuple[str, int, str, int]]:
    sizes = enumerate(COMMUNES, start=1)
    return [(f"vn-2025:{code}", year, kind, n * 10_000) for n, code in sizes]


def node(unit_id: str, day: date = DAY) -> rules.Node:
    return queries.tree(
        PUBLIC, locations.unit(unit_id), queries.moment_of(clock.day_end(day), None)
    )


def figure(unit_id: str, element: str = "scans", day: date = DAY) -> rules.Figure:
    return rules.figure(node(unit_id, day), element)


def test_district_is_divided_by_the_people_of_its_communes_and_nobody_is_lost() -> None:
    recorded([(QUY_NHON, "scans", 2100, DAY)])
    populations(of_communes())
    found = [figure(f"vn-2025:{code}") for code in COMMUNES]
    assert [one.value for one in found] == [100, 200, 300, 400, 500, 600]
    assert {one.weighed_by for one in found} == {(People(2025, SOURCE),)}
    assert {one.uncertain_from for one in found} == {(QUY_NHON,)}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        of_communes()[1:],
        of_communes(kind="registered"),
        [*of_communes(2024)[:3], *of_communes(2025)[3:]],
    ],
)
def test_without_people_of_one_year_for_all_parts_nothing_is_divided(
    rows: list[tuple[str, int, str, int]],
) -> None:
    recorded([(QUY_NHON, "scans", 2100, DAY)])
    populations([(BINH_DINH, 2019, "census", 1_486_918), *rows])
    found = node("vn-2025:21583")
    assert rules.figure(found, "scans").value is None
    assert [one.undivided for one in found.carried] == [frozenset({"scans"})]


def test_newest_year_that_all_parts_have_divides_and_the_census_before_an_estimate() -> None:
    recorded([(QUY_NHON, "scans", 2100, DAY)])
    equal = [(unit, 2024, "estimate", 7) for unit, *_rest in of_communes()]
    populations([*of_communes(2024, "census"), *equal, *of_communes(2025)[1:]])
    assert figure("vn-2025:21553").value == 100
    assert figure("vn-2025:21553").weighed_by == (People(2024, SOURCE),)


def test_merged_province_is_divided_backward_by_the_people_of_the_old_ones() -> None:
    recorded([(GIA_LAI, "scans", 300, date(2025, 9, 1))])
    populations([(BINH_DINH, 2019, "census", 200), ("vn-2021:64", 2019, "census", 100)])
    found = figure(BINH_DINH, day=date(2025, 9, 2))
    assert (found.value, found.is_estimated) == (200, True)
    assert found.weighed_by == (People(2019, SOURCE),)


def test_page_forgets_a_population_that_is_taken_back(outsider: Person) -> None:
    recorded([(QUY_NHON, "bluezone_with_phone", 2100, DAY)])
    table = populations(of_communes())
    address = f"/dia-ban/{GIA_LAI}/"
    assert "chia theo dân số: 2025 (Cục Thống kê)" in outsider.client.get(address).content.decode()
    actions.withdraw_table(table_id=table.id, by=SYSTEM, at=AT)
    assert "chia theo dân số" not in outsider.client.get(address).content.decode()


def test_figures_are_divided_by_what_was_known_then() -> None:
    recorded([(QUY_NHON, "scans", 2100, DAY)])
    populations(of_communes())
    earlier = queries.moment_of(clock.day_end(DAY), datetime(2026, 10, 1, tzinfo=UTC))
    found = queries.tree(PUBLIC, locations.unit("vn-2025:21553"), earlier)
    assert rules.figure(found, "scans").value is None


def test_divided_units_have_a_share_and_no_rank_and_the_reason(outsider: Person) -> None:
    counts = [(QUY_NHON, name, n, DAY) for name, n in (("bluezone_with_phone", 2100),)]
    recorded([*counts, (QUY_NHON, "population", 21_000, DAY)])
    populations(of_communes())
    answer = outsider.client.get(f"/api/v1/uptake/table?unit={GIA_LAI}&as_of=2021-05-26").json()
    ward = next(row for row in answer["rows"] if row["unit"] == "vn-2025:21583")
    ratio = next(one for one in ward["ratios"] if one["indicator"] == "population")
    assert ratio["share_percent"] == 10.0
    assert "rank" not in ratio
    assert ratio["unranked"]["en"].startswith("Divided from a unit of the other era")
    assert ratio["rebased"]["uncertain"] == 1
    assert ratio["rebased"]["weighed_by"] == [{"year": 2025, "source": SOURCE}]


@pytest.mark.parametrize(
    ("with_figures", "ranked"),
    [(("21550", "21598", "21601"), True), (("21550", "21598"), False), (("21550",), False)],
)
def test_a_unit_is_ranked_only_with_more_than_half_of_its_parts(
    with_figures: tuple[str, ...], ranked: bool
) -> None:
    names = ("bluezone_with_phone", "population")
    recorded([(f"vn-2021:{code}", name, 10, DAY) for code in with_figures for name in names])
    row = rules.row_to_rank(node("vn-2025:21601"), *names)
    assert (row.withheld is None) is ranked


def daily(counts: dict[str, dict[date, int]], element: str = "bluezone_with_phone") -> None:
    for unit, by_day in counts.items():
        recorded([(unit, element, value, day) for day, value in by_day.items()])


def trend(unit_id: str, day: date) -> list[int]:
    scene = see(PUBLIC, locations.unit(unit_id), Look(as_of=day))
    return [value for _moment, value in scene.series_of(scene.node, "bluezone_with_phone")]


EVE = date(2021, 5, 25)


def test_line_of_days_is_rebased_as_the_figure_is() -> None:
    daily({BINH_DINH: {EVE: 5, DAY: 7}, "vn-2021:64": {EVE: 10, DAY: 20}})
    assert trend(GIA_LAI, DAY) == [15, 27]


def test_day_that_lacks_a_part_of_the_figure_is_no_point_of_the_line() -> None:
    daily({BINH_DINH: {EVE: 5, DAY: 7}, "vn-2021:64": {DAY: 20}})
    assert trend(GIA_LAI, DAY) == [27]


def test_line_of_a_figure_that_lacks_a_part_is_over_the_same_parts() -> None:
    daily({BINH_DINH: {EVE: 5, DAY: 7}})
    assert trend(GIA_LAI, DAY) == [5, 7]


def test_line_of_a_divided_unit_is_divided_too() -> None:
    populations(of_communes())
    daily({QUY_NHON: {EVE: 1050, DAY: 2100}})
    assert trend("vn-2025:21583", DAY) == [100, 200]


@pytest.mark.parametrize(
    ("before", "change"),
    [({BINH_DINH: 5, "vn-2021:64": 10}, 12), ({BINH_DINH: 5}, None), ({"vn-2021:64": 10}, None)],
)
def test_change_since_the_day_before_is_told_only_of_the_same_parts(
    before: dict[str, int], change: int | None
) -> None:
    daily({unit: {EVE: value} for unit, value in before.items()})
    daily({BINH_DINH: {DAY: 7}, "vn-2021:64": {DAY: 20}})
    now, then = figure(GIA_LAI, "bluezone_with_phone"), figure(GIA_LAI, "bluezone_with_phone", EVE)
    told = (now.value or 0) - (then.value or 0) if rules.compares(now, then) else None
    assert told == change


def test_page_of_two_days_does_not_subtract_one_part_from_the_whole(outsider: Person) -> None:
    names = ("bluezone_with_phone", "population")
    for day, units in ((EVE, [BINH_DINH]), (DAY, [BINH_DINH, "vn-2021:64"])):
        recorded([(unit, name, 9, day) for unit in units for name in names])
    address = "/dia-ban/vn-2025:vn/so-sanh/?so=2021-05-25&den=2021-05-26"
    assert "khác phần hợp thành" in outsider.client.get(address).content.decode()


@pytest.fixture
def material(places_of_both_eras: None) -> exports.Material:
    """Bluezone and population of Quy Nhơn, divided among the communes of today's Gia Lai."""
    recorded([(QUY_NHON, "bluezone_with_phone", 2100, DAY), (QUY_NHON, "population", 21_000, DAY)])
    recorded([("vn-2021:542", "bluezone_with_phone", 50, DAY)])
    populations(of_communes())
    return exports.gather(SYSTEM, locations.unit(GIA_LAI), Look(as_of=DAY))


SAID = (
    "Quy đổi theo đơn vị hành chính mới (từ 1/7/2025): 1 đơn vị cũ, 0 chắc chắn, 1 ước tính",
    "chia theo dân số: 2025 (Cục Thống kê)",
    "không quy đổi được: H. An Lão (cũ)",
    "hạng không so được với hạng của thời kỳ kia",
)


def text_of_pdf(content: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
    return " ".join(" ".join(pages).split())


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("kind", list(ReportKind))
def test_paper_says_that_its_numbers_were_rebased_and_how_surely(
    material: exports.Material, kind: ReportKind, said: str
) -> None:
    document = exports.document_of(material, kind, exports.options_of(material, None))
    assert said in text_of_pdf(pdf.write(document))


@pytest.mark.parametrize("said", [*SAID, "Quy đổi;", "0 chắc chắn, 1 ước tính"])
def test_csv_says_it_in_a_column_and_under_the_table(material: exports.Material, said: str) -> None:
    text = exports.table_file(material.scene, Format.CSV).content.decode("utf-8-sig")
    assert said in f"{text};".replace("\r\n", ";\n")


@pytest.mark.parametrize("said", SAID)
def test_spreadsheet_says_it_too(material: exports.Material, said: str) -> None:
    book = openpyxl.load_workbook(BytesIO(exports.table_file(material.scene, Format.XLSX).content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(said in cell for cell in cells)


def test_letter_body_says_it_before_the_annex(material: exports.Material) -> None:
    made = exports.document_of(material, ReportKind.LETTER, exports.options_of(material, None))
    assert isinstance(made, Letter)
    assert any(SAID[0] in paragraph.text for paragraph in made.body)


def test_figures_of_ones_own_era_say_nothing_of_rebasing(outsider: Person) -> None:
    recorded([(QUY_NHON, "bluezone_with_phone", 2100, DAY), (QUY_NHON, "population", 21_000, DAY)])
    for address in (f"/dia-ban/{BINH_DINH}/", f"/dia-ban/{BINH_DINH}/bang.csv"):
        assert "Quy đổi" not in outsider.client.get(address).content.decode()


def test_page_lists_divided_units_without_a_rank_and_says_why(outsider: Person) -> None:
    recorded([(QUY_NHON, "bluezone_with_phone", 2100, DAY), (QUY_NHON, "population", 21_000, DAY)])
    populations(of_communes())
    page = outsider.client.get(f"/dia-ban/{GIA_LAI}/").content.decode()
    assert "135 đơn vị, không xếp hạng" in page
    assert "6 đơn vị không xếp hạng: số chia từ đơn vị của thời kỳ khác" in page


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (f"/dia-ban/{GIA_LAI}/", f"/dia-ban/{GIA_LAI}/dan-so/"),
        (f"/dia-ban/{GIA_LAI}/", f"/don-vi/{GIA_LAI}/cap-do-cac-xa/"),
        (f"/dia-ban/{GIA_LAI}/", f"/don-vi/{GIA_LAI}/"),
        ("/dia-ban/vn-2025:21583/", "/don-vi/vn-2025:21583/cap-do/"),
        (f"/dia-ban/{GIA_LAI}/dan-so/", f"/dia-ban/{BINH_DINH}/dan-so/"),
        (f"/dia-ban/{GIA_LAI}/dan-so/", f"/dia-ban/{GIA_LAI}/"),
        (f"/dia-ban/{BINH_DINH}/dan-so/", f"/dia-ban/{GIA_LAI}/dan-so/"),
        (f"/dia-ban/{GIA_LAI}/nguon/scans/", f"/dia-ban/{BINH_DINH}/nguon/scans/?den="),
        (f"/dia-ban/{BINH_DINH}/so-sanh/", f"/dia-ban/{GIA_LAI}/so-sanh/?den="),
    ],
)
def test_pages_of_a_unit_lead_to_its_others_and_to_the_same_page_of_the_other_era(
    outsider: Person, address: str, shown: str
) -> None:
    assert f'href="{shown}' in outsider.client.get(address).content.decode()


def test_page_of_populations_lists_the_newest_of_each_unit_below(outsider: Person) -> None:
    populations([*of_communes(2024), *of_communes(2025), *of_communes(2026, "registered")])
    page = outsider.client.get(f"/dia-ban/{GIA_LAI}/dan-so/").content.decode()
    assert 'data-label="Năm">2025</td>' in page
    assert 'data-label="Năm">2024</td>' not in page
    assert 'data-label="Năm">2026</td>' not in page


def test_lineage_names_the_population_that_divided(outsider: Person) -> None:
    recorded([(QUY_NHON, "scans", 2100, DAY)])
    populations(of_communes())
    page = outsider.client.get("/dia-ban/vn-2025:21583/nguon/scans/").content.decode()
    assert "chia theo dân số: 2025 (Cục Thống kê)" in page
