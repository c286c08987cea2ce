"""Annex and table: the figures of the unit page on paper, with every doubt beside them."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

import openpyxl
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.figures import ANNEX, AT, BINH_DINH, QUY_NHON, recorded
from tests.reports.scenes import (
    DAY,
    HOAI_AN,
    TODAY,
    annex,
    finding,
    letter,
    material,
    published,
    recorded_with,
    remarks,
    without,
)
from vungxanh.core.viewer import PUBLIC, SYSTEM
from vungxanh.documents import delimited, docx, pdf, xlsx
from vungxanh.documents.annexes import printed_annex
from vungxanh.documents.content import Count, Share, Text
from vungxanh.documents.formats import Format
from vungxanh.engines import checks
from vungxanh.locations import queries as locations
from vungxanh.locations.models import AdminUnit
from vungxanh.reports.values import ReportKind
from vungxanh.uptake import actions, exports
from vungxanh.uptake.actions import UptakeError
from vungxanh.uptake.exports.agencies import agency_of, issuer_of
from vungxanh.uptake.models import Fact
from vungxanh.uptake.overview.look import Look
from vungxanh.uptake.rules import FindingState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_annex_stands_as_the_province_printed_it() -> None:
    recorded(published())
    printed = printed_annex(annex())
    assert printed.head is not None
    assert (printed.head.parent, printed.head.agency) == (
        "UBND TỈNH BÌNH ĐỊNH",
        "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
    )
    assert printed.title == ("BLUEZONER CÓ SỐ ĐIỆN THOẠI", "THEO HUYỆN, THỊ XÃ, THÀNH PHỐ")
    assert printed.attached[0].endswith("năm 2021")
    assert [fact.line for fact in printed.facts] == [
        "Thời điểm số liệu: ngày 26/5/2021.",
        "Đơn vị tính: người, máy; tỷ lệ %.",
        "Xếp theo: tỷ lệ trên dân số.",
    ]
    heads = [(column.head, column.number) for column in printed.tables[0].columns]
    assert heads == [
        ("TT", "(1)"),
        ("Đơn vị", "(2)"),
        ("Có số điện thoại", "(3)"),
        ("Dân số (2019)", "(4)"),
        ("Trên dân số (%)", "(5)=(3)/(4)"),
        ("Số máy thông minh", "(6)"),
        ("Trên số máy (%)", "(7)=(3)/(6)"),
    ]


def test_rows_stand_by_rank_and_the_total_is_sum_over_sum() -> None:
    recorded(published())
    table = printed_annex(annex()).tables[0]
    quy_nhon = ("1", "Thành phố Quy Nhơn", "75.878", "290.229", "26,14", "284.098", "26,71")
    assert table.rows[0] == quy_nhon
    assert [row[0] for row in table.rows] == [str(place) for place in range(1, 12)]
    assert table.rows[-1][1] == "Huyện Hoài Ân"
    whole = ("", "Toàn tỉnh", "202.379", "1.487.817", "13,60", "967.412", "20,92")
    assert table.total == whole


def test_printed_shares_are_those_that_the_province_printed() -> None:
    recorded(published())
    rows = csv.DictReader(ANNEX.read_text(encoding="utf-8").splitlines())
    printed = {
        row["name"]: (row["printed_share_of_population"], row["printed_share_of_smartphones"])
        for row in rows
    }
    made = printed_annex(annex()).tables[0].rows
    assert {row[1]: (row[4].replace(",", "."), row[6].replace(",", ".")) for row in made} == printed


def test_ranking_by_smartphones_swaps_the_bases() -> None:
    recorded(published())
    made = annex(replace(TODAY, by="smartphones"))
    assert [column.head for column in made.tables[0].columns[3:]] == [
        "Số máy thông minh",
        "Trên số máy (%)",
        "Dân số (2019)",
        "Trên dân số (%)",
    ]
    assert made.sorted_by == "tỷ lệ trên số máy thông minh"
    assert made.tables[0].rows[1][1] == Text("Huyện Vĩnh Thạnh")


def test_unit_without_figures_is_named_and_never_zero() -> None:
    recorded(without(published(), HOAI_AN))
    made = annex()
    last = made.tables[0].rows[-1]
    assert last[:3] == (Count(None), Text("Huyện Hoài Ân"), Count(None))
    assert (
        "Chưa đủ số liệu của 1/11 đơn vị, chưa xếp hạng và không tính vào dòng "
        "“Cộng 10/11 đơn vị”: Huyện Hoài Ân."
    ) in made.notes
    assert made.tables[0].total is not None
    assert made.tables[0].total[2] == Count(202379 - 7436)


def test_few_units_with_figures_are_named_and_the_letter_claims_no_more() -> None:
    recorded([count for count in published() if count[0] == QUY_NHON])
    assert (
        "Mới đủ số liệu của 1/11 đơn vị (Thành phố Quy Nhơn); 10 đơn vị còn lại chưa xếp hạng, "
        "không tính vào dòng cộng."
    ) in annex().notes
    text = "\n".join(part.text for part in letter().body)
    assert "1/11 đơn vị có đủ số liệu có 75.878 Bluezoner" in text
    assert "toàn tỉnh có" not in text


def test_doubts_about_an_earlier_table_come_along_with_its_figures() -> None:
    recorded_with(published(), finding(QUY_NHON))
    later = annex(Look(as_of=DAY + timedelta(days=20)))
    assert later.as_of is not None
    assert later.as_of.on == DAY
    assert later.footnotes == annex().footnotes != ()


def test_total_says_whom_it_leaves_out() -> None:
    recorded(without(published(), HOAI_AN, "smartphones"))
    made = annex()
    (note,) = [n for n in made.notes if n.startswith("Tổng và tỷ lệ")]
    assert note == (
        "Tổng và tỷ lệ trên số máy thông minh của dòng “Toàn tỉnh” không gồm: H. Hoài Ân."
    )
    assert made.tables[0].total is not None
    share = Decimal(202379 - 7436) * 100 / (967412 - 44593)
    assert made.tables[0].total[6] == Share(share.quantize(Decimal("0.01")))


def test_base_that_nobody_knows_gets_no_column() -> None:
    recorded([c for c in published() if c[1] != "smartphones"])
    made = annex()
    assert len(made.tables[0].columns) == 5
    assert made.units == "người; tỷ lệ %"


def test_older_counts_are_named_with_their_day() -> None:
    earlier = (HOAI_AN, "bluezone_with_phone", 7000, date(2021, 5, 20))
    recorded([*without(published(), HOAI_AN, "bluezone_with_phone"), earlier])
    assert "Số đếm cũ hơn ngày 26/5/2021: Huyện Hoài Ân (đến ngày 20/5/2021)." in annex().notes


def test_time_of_day_is_printed_where_all_counts_say_it() -> None:
    recorded_with(published(), counted_at=datetime(2021, 5, 26, 9, 0, tzinfo=UTC))
    made = annex()
    assert made.as_of is not None
    assert (made.as_of.on, made.as_of.at) == (DAY, time(16, 0))


def test_doubted_unit_gets_a_mark_and_a_footnote() -> None:
    recorded_with(published(), finding(QUY_NHON))
    made = annex()
    assert made.tables[0].rows[0][1] == Text("Thành phố Quy Nhơn", mark="a")
    assert "(a) Quy Nhơn: 97,89 % dân số; đang xác minh." in remarks(made)


def test_what_became_of_a_doubt_is_said() -> None:
    recorded_with(published(), finding(QUY_NHON))
    (standing,) = material().scene.findings
    decide = partial(actions.decide_finding, finding_id=standing.id, by=SYSTEM, at=AT)
    decide(state=FindingState.ASKED, note="")
    assert annex().footnotes[0].text.endswith("; đã hỏi nơi gửi, đang xác minh.")
    decide(state=FindingState.ACCEPTED, note="đúng theo nhà mạng.")
    assert annex().footnotes[0].text.endswith("; đã xem xét: đúng theo nhà mạng.")


def test_remarks_of_other_columns_and_plain_information_get_no_footnote() -> None:
    recorded_with(
        published(),
        finding(QUY_NHON, "scans"),
        finding(QUY_NHON, severity="info"),
        finding(BINH_DINH),
    )
    assert annex().footnotes == ()


def test_disputed_claim_is_listed_and_never_used() -> None:
    claim = checks.Claim(
        where="đoạn mở đầu", element="bluezone_with_phone", unit=BINH_DINH, value=973075
    )
    recorded_with(published(), claims=(claim,))
    made = annex()
    assert (
        "Số nêu tại đoạn mở đầu (Phụ lục thử): 973.075 Bluezoner có số điện thoại; "
        "cộng các đơn vị là 202.379; đang tranh chấp."
    ) in made.notes
    assert "973.075" not in str(printed_annex(made).tables)


def test_claim_that_agrees_is_no_dispute() -> None:
    claim = checks.Claim(
        where="đoạn mở đầu", element="bluezone_with_phone", unit=BINH_DINH, value=202379
    )
    recorded_with(published(), claims=(claim,))
    assert len(annex().notes) == 1


def test_own_figure_of_the_whole_that_differs_is_a_dispute() -> None:
    recorded(published())
    recorded([(BINH_DINH, "bluezone_with_phone", 203236, DAY)], source="Bản tin")
    made = annex()
    assert made.tables[0].total is not None
    assert made.tables[0].total[2] == Count(202379)
    assert (
        "Số chung do Bản tin nêu: 203.236; cộng các đơn vị là 202.379; đang tranh chấp."
    ) in made.notes


def test_nothing_to_report_is_refused_in_words() -> None:
    with pytest.raises(UptakeError) as refused:
        material()
    assert refused.value.code == "uptake.nothing_to_report"


def test_stranger_prints_no_unpublished_figure() -> None:
    recorded(published(), published=False)
    with pytest.raises(UptakeError):
        exports.gather(PUBLIC, locations.unit(BINH_DINH), Look(as_of=DAY))


def test_past_is_printed_as_it_was_known() -> None:
    recorded(published())
    later = AT + timedelta(days=1)
    recorded([(QUY_NHON, "bluezone_with_phone", 80000, DAY)], at=later, source="Đính chính")
    assert annex().tables[0].rows[0][2] == Count(80000)
    then = annex(replace(TODAY, known_at=AT))
    assert then.tables[0].rows[0][2] == Count(75878)
    assert then.selection == "số liệu như đã biết lúc 09:00 ngày 27/5/2021"


@pytest.mark.parametrize(
    ("day", "agency"),
    [
        (date(2021, 5, 26), "Sở Thông tin và Truyền thông"),
        (date(2025, 2, 28), "Sở Thông tin và Truyền thông"),
        (date(2025, 3, 1), "Sở Khoa học và Công nghệ"),
    ],
)
def test_agency_is_that_of_the_day(day: date, agency: str) -> None:
    assert agency_of(locations.unit(BINH_DINH), day).name == agency


@pytest.mark.parametrize("unit", ["vn-2021:vn", "vn-2021:52", "vn-2021:540", "vn-2021:21586"])
def test_every_level_has_one_agency_on_every_day(unit: str) -> None:
    found = locations.unit(unit)
    days = (date(2020, 3, 1), date(2022, 10, 19), date(2024, 1, 1), date(2025, 3, 1))
    assert all(agency_of(found, day).name for day in days)


@pytest.mark.usefixtures("places_of_both_eras")
@pytest.mark.parametrize(
    ("unit", "day", "issuer", "agency"),
    [
        ("vn-2021:540", date(2025, 6, 30), "vn-2021:540", "Phòng Văn hóa, Khoa học và Thông tin"),
        ("vn-2021:540", date(2025, 7, 1), "vn-2025:52", "Sở Khoa học và Công nghệ"),
        ("vn-2021:52", date(2025, 7, 1), "vn-2025:52", "Sở Khoa học và Công nghệ"),
        ("vn-2025:52", date(2021, 5, 26), "vn-2025:52", "Sở Khoa học và Công nghệ"),
        ("vn-2021:vn", date(2026, 1, 1), "vn-2025:vn", "Cục Chuyển đổi số quốc gia"),
        ("vn-2025:21583", date(2026, 1, 1), "vn-2025:21583", "UBND {unit}"),
    ],
)
def test_figures_of_a_unit_that_ended_are_issued_by_what_succeeded_it(
    unit: str, day: date, issuer: str, agency: str
) -> None:
    found = issuer_of(locations.unit(unit), day)
    assert (found.id, agency_of(found, day).name) == (issuer, agency)


def test_head_of_the_last_edition_is_proposed_again() -> None:
    recorded(published())
    found = material()
    usual = exports.options_of(found, None)
    kept = exports.document_of(found, ReportKind.LETTER, usual)
    assert exports.options_of(found, kept) == usual


def test_pdf_docx_and_xlsx_print_the_figures_of_the_database() -> None:
    recorded(published())
    made = annex()
    stored = {
        (fact.unit_id, fact.element): fact.value
        for fact in Fact.objects.filter(unit__level="district")
    }
    names = dict(AdminUnit.objects.values_list("name", "id"))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(xlsx.write(made))).worksheets
    cells = [row for row in sheet.iter_rows(values_only=True) if row[1] in names]
    assert len(cells) == 11
    for row in cells:
        unit = names[row[1]]
        elements = ("bluezone_with_phone", "population", "smartphones")
        assert (row[2], row[3], row[5]) == tuple(stored[unit, one] for one in elements)
    printed = printed_annex(made).tables[0]
    text = _pdf_text(pdf.write(made))
    for line in (*printed.rows, printed.total or ()):
        assert " ".join(part for part in line if part) in text
    assert docx.write(made)[:2] == b"PK"


def _pdf_text(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as paper:
        pages = [page.get_textpage().get_text_range() for page in paper]
    return " ".join(" ".join(pages).split())


def test_names_that_look_like_formulas_stay_words() -> None:
    recorded(published())
    AdminUnit.objects.filter(id=QUY_NHON).update(name="=1+1", short_name="=1+1")
    (sheet,) = openpyxl.load_workbook(io.BytesIO(xlsx.write(annex()))).worksheets
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [(cell.data_type, cell.quotePrefix) for cell in found] == [("s", True)]
    made = exports.table_file(material().scene, Format.CSV).content.decode("utf-8-sig")
    assert ";'=1+1;" in made
    assert ";=1+1;" not in made


def test_table_file_says_as_of_source_and_filter_first() -> None:
    recorded(published())
    found = material(replace(TODAY, sort="numerator"))
    made = exports.table_file(found.scene, Format.CSV)
    lines = made.content.decode("utf-8-sig").splitlines()
    opening = lines[: lines.index("")]
    assert any("26/5/2021" in line for line in opening)
    assert any(line.startswith("Nguồn: Bảng thử") for line in opening)
    assert any("Tỉnh Bình Định (vn-2021:52)" in line for line in opening)
    assert made.name == "vn-2021-52-2021-05-26.csv"


def test_table_file_keeps_the_order_and_the_columns_of_the_page() -> None:
    recorded(published())
    made = exports.table_file(material(replace(TODAY, sort="numerator")).scene, Format.CSV).content
    rows = list(csv.reader(made.decode("utf-8-sig").splitlines(), delimiter=";"))
    head = next(at for at, row in enumerate(rows) if row[:1] == ["Hạng"])
    assert rows[head][:6] == [
        "Hạng",
        "Mã đơn vị",
        "Đơn vị",
        "Có số điện thoại",
        "Dân số 2019",
        "% dân số",
    ]
    counts = [int(row[3]) for row in rows[head + 1 : head + 12]]
    assert counts == sorted(counts, reverse=True)
    assert rows[head + 1][1:4] == ["vn-2021:540", "TP. Quy Nhơn", "75878"]


def test_table_in_english_has_english_words() -> None:
    recorded(published())
    scene = material(replace(TODAY, lang="en")).scene
    made = exports.table_export(scene, exports.standing_of(scene))
    heads = [column.head for column in made.tables[0].columns]
    assert "% of population" in heads
    assert delimited.write(made, separator=",").decode("utf-8-sig").count("26.14") == 1


def test_gathering_takes_a_fixed_number_of_queries() -> None:
    recorded(without(published(), HOAI_AN))
    with CaptureQueriesContext(
        connection,
    ) as few:
        material()
    recorded([c for c in published() if c[0] == HOAI_AN], source="Bảng sau")
    with CaptureQueriesContext(connection) as more:
        material()
    assert len(more) == len(few)


def test_digest_of_the_figures_ignores_the_head() -> None:
    recorded(published())
    found = material()
    usual = exports.options_of(found, None)
    one = exports.document_of(found, ReportKind.ANNEX, usual)
    other = exports.document_of(found, ReportKind.LETTER, usual)
    assert exports.figures_digest(one) == exports.figures_digest(other)
    recorded([(QUY_NHON, "bluezone_with_phone", 1, DAY)], source="Bảng sau")
    changed = exports.document_of(material(), ReportKind.ANNEX, usual)
    assert exports.figures_digest(one) != exports.figures_digest(changed)
