"""The rules about a letter's own days, goals, figures and annexes, each way."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.letters.findings_letters import ANNEX, codes, found_in, path_of, sample
from vungxanh.directives.values import known_places
from vungxanh.engines.checks import Figure
from vungxanh.engines.letters import findings, read
from vungxanh.engines.letters.findings import check
from vungxanh.engines.letters.types import Reading

ORDER = "1. UBND các huyện, thị xã, thành phố "
NOW = "Tính đến ngày 18/8/2021, toàn tỉnh có 202.379 người cài đặt ứng dụng Bluezone"
PAGE = (Path(findings.__file__).parent / "README.md").read_text("utf-8")

WRONG = [
    (f"{ORDER}báo cáo kết quả về Sở trước ngày 15/8/2021.", "letters.deadline_passed", "14/8/2021"),
    (
        (
            "Thực hiện Công văn số 100/UBND-VX ngày 25/8/2021 của UBND tỉnh, Sở đề nghị:\n\n"
            f"{ORDER}báo cáo kết quả về Sở trước ngày 30/8/2021."
        ),
        "letters.cites_later_document",
        "100/UBND-VX",
    ),
    (f"{NOW.replace('18/8', '22/8')}.", "letters.figure_after_letter", "22/8/2021"),
    (
        f"{ORDER}tổ chức chiến dịch từ ngày 25/8/2021 đến ngày 22/8/2021.",
        "letters.ends_before_start",
        "22/8/2021",
    ),
    (
        (
            f"{ORDER}báo cáo kết quả cài đặt về Sở trước ngày 25/8/2021.\n\n"
            "2. UBND các huyện, thị xã, thành phố gửi báo cáo kết quả cài đặt về Sở trước ngày"
            " 28/8/2021."
        ),
        "letters.two_deadlines",
        "28/8/2021",
    ),
    (f"{ORDER}báo cáo về Sở trước 25h00 ngày 30/8/2021.", "letters.no_such_day", "25h00"),
    (f"{ORDER}báo cáo về Sở trước ngày 31/9/2021.", "letters.no_such_day", "31/9/2021"),
    (f"{ORDER}báo cáo về Sở trước ngày 29/02/2022.", "letters.no_such_day", "29/02/2022"),
    (
        f"{ORDER}báo cáo về Sở trước 17h00 thứ Năm, ngày 27/8/2021.",
        "letters.weekday_differs",
        "thứ Sáu",
    ),
    (f"{ORDER}thành lập 05 (sáu) tổ hỗ trợ.", "letters.number_words_differ", "sáu"),
    (
        "Phấn đấu đến ngày 31/8/2021 đạt chỉ tiêu 60% cài đặt Bluezone trên địa bàn tỉnh.",
        "letters.target_without_base",
        "60\xa0%",
    ),
    (
        "Phấn đấu đến ngày 31/8/2021 đạt 160% dân số cài đặt Bluezone trên địa bàn tỉnh.",
        "letters.target_impossible",
        "160\xa0%",
    ),
    (
        (
            f"{NOW}, đạt 13,60% dân số. Phấn đấu đến ngày 31/8/2021 đạt 60% dân số (500.000 người)"
            " cài đặt Bluezone."
        ),
        "letters.target_figures_disagree",
        "833.",
    ),
    (
        f"{NOW}, đạt 13,60% dân số. Phấn đấu đến ngày 31/8/2021 đạt 10% dân số cài đặt Bluezone.",
        "letters.target_reached",
        "13,60\xa0%",
    ),
    (
        (
            f"Tính đến ngày 01/8/2021, toàn tỉnh có 190.000 người cài đặt ứng dụng Bluezone. {NOW}."
            " Phấn đấu đến ngày 31/8/2021 đạt 300.000 người cài đặt Bluezone."
        ),
        "letters.target_pace",
        "97.621",
    ),
    (
        f"{ORDER}báo cáo về Sở trước ngày 25/8/2021 (theo biểu mẫu đính kèm).",
        "letters.annex_missing",
        "biểu mẫu đính kèm",
    ),
    (
        (
            f"{ORDER}tổ chức đợt cao điểm cài đặt từ nay đến hết ngày 31/8/2021.\n\n"
            "2. UBND các xã hoàn thành cài đặt cho cán bộ trước ngày 15/9/2021."
        ),
        "letters.deadline_after_campaign",
        "31/8/2021",
    ),
    (
        f"{NOW}. Như vậy đến ngày 18/8/2021, toàn tỉnh có 202.739 người cài đặt ứng dụng Bluezone.",
        "letters.figures_disagree",
        "202.739",
    ),
    (
        f"{NOW.replace('202.379', '202.379/1.487.817')}, đạt 13,70%.",
        "claim.rate_differs_from_count",
        "13,60\xa0%",
    ),
]

RIGHT = [
    f"{ORDER}báo cáo kết quả về Sở trước ngày 21/8/2021.",
    f"{ORDER}báo cáo kết quả về Sở trước 17h00 ngày 20/8/2021.",
    (
        "Thực hiện Công văn số 100/UBND-VX ngày 20/8/2021 của UBND tỉnh, Sở đề nghị:\n\n"
        f"{ORDER}báo cáo kết quả về Sở trước 24h00 ngày 30/8/2021."
    ),
    f"{ORDER}tổ chức chiến dịch từ ngày 25/12 đến ngày 05/01/2022.",
    f"{ORDER}báo cáo về Sở trước 17h00 thứ Sáu, ngày 27/8/2021; họp lần thứ hai ngày 30/8/2021.",
    f"{ORDER}báo cáo số điểm về Sở trước ngày 25/8/2021; báo cáo số khai báo trước ngày 28/8/2021.",
    f"{ORDER}thành lập 05 (năm) tổ, 02 (hai) đoàn; trong 10 (mười) ngày; 21 (hai mươi mốt) xã.",
    f"{ORDER}thực hiện Kế hoạch năm 2021 (năm bản lề) theo Nghị định 30/2020/NĐ-CP.",
    (
        f"{ORDER}tổ chức đợt cao điểm cài đặt từ nay đến hết ngày 31/8/2021.\n\n"
        "2. Báo cáo kết quả thực hiện về Sở trước ngày 05/9/2021."
    ),
    f"{NOW.replace('202.379', '202.379/1.487.817')}, đạt 13,60%.",
    f"{NOW}, trong đó 2.379 người cài đặt ứng dụng Bluezone tại khu công nghiệp.",
    (
        f"Tính đến ngày 01/8/2021, toàn tỉnh có 190.000 người cài đặt ứng dụng Bluezone. {NOW}."
        " Phấn đấu đến ngày 31/8/2021 đạt 210.000 người cài đặt Bluezone."
    ),
    f"{ORDER}theo dõi, khi có biểu hiện ho, sốt thì kèm theo dõi tại nhà 24/24h trong 72 giờ.",
]


@pytest.mark.parametrize(("body", "code", "figure"), WRONG)
def test_a_wrong_letter_is_told_so(body: str, code: str, figure: str) -> None:
    named = [finding for finding in found_in(sample(body)) if finding.code == code]
    assert len(named) == 1
    assert figure in f"{named[0].message.vi} {named[0].claim}"


@pytest.mark.parametrize(("body", "code", "figure"), WRONG)
def test_a_wrong_letter_is_told_nothing_graver(body: str, code: str, figure: str) -> None:
    others = [f for f in found_in(sample(body)) if f.code != code and f.severity != "info"]
    assert [(figure, other.code) for other in others] == []


@pytest.mark.parametrize("body", RIGHT)
def test_a_right_letter_raises_nothing(body: str) -> None:
    assert codes(found_in(sample(body))) == []


def test_without_a_day_of_its_own_a_letter_is_held_to_what_it_cites() -> None:
    body = (
        "Thực hiện Công văn số 100/UBND-VX ngày 18/8/2021 của UBND tỉnh, Sở đề nghị:\n\n"
        f"{ORDER}báo cáo kết quả về Sở trước ngày 15/8/2021."
    )
    found = found_in(sample(body, day="ngày    tháng    năm 2021"))
    assert codes(found) == ["letters.deadline_passed"]
    assert "công văn 100/UBND-VX" in found[0].message.vi


def test_a_right_annex_beside_its_text_raises_nothing() -> None:
    text = f"{NOW.replace('202.379', '115.731')}, đạt 17,91% dân số (theo phụ lục đính kèm)."
    assert codes(found_in(sample(text, annex=ANNEX.format(day="18/8/2021", total="115.731")))) == []


def test_a_wrong_annex_beside_its_text_is_told_in_every_way() -> None:
    text = f"{NOW.replace('202.379', '215.713')} (theo phụ lục đính kèm)."
    annex = ANNEX.format(day="17/8/2021", total="115.781").replace("26,14", "26,41")
    found = found_in(sample(text, annex=annex))
    assert set(codes(found)) == {
        "claim.differs_from_table",
        "total.differs_from_parts",
        "share.differs_from_counts",
        "letters.table_day_differs",
    }


def test_a_blurred_count_that_the_annex_bears_out_is_no_fault() -> None:
    text = f"{NOW.replace('202.379', 'hơn 115.000')} (theo phụ lục đính kèm)."
    assert codes(found_in(sample(text, annex=ANNEX.format(day="18/8/2021", total="115.731")))) == []


def test_a_count_of_another_day_than_its_annex_may_have_grown_a_little() -> None:
    text = f"{NOW.replace('202.379', '115.913')} (theo phụ lục đính kèm)."
    found = found_in(sample(text, annex=ANNEX.format(day="17/8/2021", total="115.731")))
    assert codes(found) == ["letters.table_day_differs"]


@pytest.mark.parametrize(
    ("count", "expected"), [("202.379", []), ("102.379", ["claim.differs_from_table"])]
)
def test_an_annex_of_some_units_is_not_the_whole(count: str, expected: list[str]) -> None:
    text = f"{NOW.replace('202.379', count)} (theo phụ lục đính kèm)."
    annex = ANNEX.format(day="18/8/2021", total="").partition("\tTổng cộng")[0]
    found = [f for f in found_in(sample(text, annex=annex)) if f.severity == "error"]
    assert codes(tuple(found)) == expected


def test_a_unit_that_is_missing_among_nearly_all_is_named() -> None:
    text = path_of("000").read_text("utf-8")
    shorter = re.sub(r"9  Huyện Phù Mỹ.*?17.16", "", text, flags=re.DOTALL)
    (missing,) = [f for f in found_in(shorter) if f.code == "unit.missing_reporter"]
    assert "Phù Mỹ" in missing.message.vi
    assert missing.severity == "info"


def test_earlier_published_figures_set_the_pace() -> None:
    body = f"{NOW}. Phấn đấu đến ngày 31/8/2021 đạt 300.000 người cài đặt Bluezone."
    reading = read(sample(body), places=known_places("vn-2021"))
    history = [Figure("vn-2021:52", "installs", 190_000, date(2021, 8, 1), "Bản tin mẫu")]
    (found,) = [f for f in check(reading, history=history) if f.code == "letters.target_pace"]
    assert "Bản tin mẫu" in found.message.en
    assert check(reading) == ()


def test_findings_come_gravest_first() -> None:
    grave = [finding.severity for finding in found_in(path_of("000").read_text("utf-8"))]
    assert grave == sorted(grave, key=["error", "warning", "info"].index)


def test_a_reading_of_nothing_has_no_findings() -> None:
    assert check(read("Kính gửi:")) == ()


@given(st.text(max_size=300), st.sampled_from(WRONG))
def test_no_text_stops_the_rules(noise: str, wrong: tuple[str, str, str]) -> None:
    reading: Reading = read(f"{noise}\n{wrong[0]}\n{noise}")
    assert all(f.span is None or f.span[1] <= len(reading.text) for f in check(reading))


def test_every_rule_and_code_is_in_the_page_of_the_findings() -> None:
    sources = "".join(
        path.read_text("utf-8") for path in Path(findings.__file__).parent.glob("*.py")
    )
    assert set(re.findall(r"`(letters\.[a-z_]+)`", PAGE)) == set(
        re.findall(r'"(letters\.[a-z_]+)"', sources)
    )
    assert {rule.__name__ for rule in findings.RULES} <= set(re.findall(r"`([a-z_]+)`", PAGE))
