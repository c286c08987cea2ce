"""A report as it arrives: each rule finds its fault and is silent where there is none."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from tests.engines.checks import codes, only, table
from vungxanh.documents.vietnamese import VIETNAM
from vungxanh.engines.checks import (
    REPORT_RULES,
    EarlierReport,
    Figure,
    Finding,
    KnownUnit,
    check_report,
)
from vungxanh.engines.checks.rules.identities import bare, type_of
from vungxanh.engines.names import fold, without_type
from vungxanh.engines.names.readings import readings

DAY = date(2020, 8, 28)
YESTERDAY = DAY - timedelta(days=1)
AT = datetime(2020, 8, 28, 16, 30, tzinfo=VIETNAM)
MINE = (
    KnownUnit("vn-2019:689", "Thành phố Đồng Xoài"),
    KnownUnit("vn-2019:690", "Thị xã Bình Long"),
)
OTHERS = (KnownUnit("vn-2019:696", "Huyện Bù Đăng"), KnownUnit("vn-2019:1", "Huyện Bình Long"))
ROWS = "Địa phương|installs|Thời điểm báo cáo\nTP Đồng Xoài|{}|{}\nThị xã Bình Long|{}|{}"
SAME = EarlierReport(YESTERDAY, {("vn-2019:689", "installs"): 5, ("vn-2019:690", "installs"): 7})


def check(
    text: str, before: Sequence[EarlierReport] = (), earlier: Sequence[Figure] = ()
) -> tuple[Finding, ...]:
    return check_report(
        table(text),
        covered=MINE,
        others=OTHERS,
        day=DAY,
        arrived_at=AT,
        earlier=earlier,
        before=before,
    )


def rows(first: str = "5", second: str = "7", as_of: str = "28/8/2020") -> str:
    return ROWS.format(first, as_of, second, as_of)


def test_a_report_as_it_should_be_raises_nothing() -> None:
    assert codes(check(rows())) == ["total.missing"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [(rows(as_of="27/8/2020"), "error"), (rows(), "warning"), (rows(as_of=""), "warning")],
)
def test_yesterdays_figures_again_are_an_error_where_the_file_is_yesterdays(
    text: str, severity: str
) -> None:
    found = only(check(text, [SAME]), "report.same_as_before")
    assert (found.severity, found.claim) == (severity, "27/8/2020")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        (rows(first="6"), SAME),
        (rows(first="-"), SAME),
        (rows(), EarlierReport(YESTERDAY, {("vn-2019:689", "installs"): 5})),
        (rows(), EarlierReport(DAY, SAME.counts)),
        (rows(first="-", second="-"), EarlierReport(YESTERDAY, {})),
    ],
    ids=["changed", "now missing", "was missing", "this very day", "nothing before"],
)
def test_other_figures_or_the_same_day_are_not_the_same_again(
    text: str, before: EarlierReport
) -> None:
    assert "report.same_as_before" not in codes(check(text, [before]))


def test_a_unit_of_another_reporter_is_an_error_that_names_it_and_what_is_covered() -> None:
    found = only(check(rows() + "\nHuyện Bù Đăng|3|"), "report.foreign_unit")
    assert (found.severity, found.where, found.unit) == ("error", "dòng 4", "vn-2019:696")
    assert "Huyện Bù Đăng" in found.message.vi
    assert "Thành phố Đồng Xoài, Thị xã Bình Long" in found.message.vi


@pytest.mark.parametrize("name", ["Huyện Bù Đốp", "Phường Đồng Xoài"])
def test_a_line_that_is_no_unit_is_told_once(name: str) -> None:
    assert only(check(f"{rows()}\n{name}|3|"), "unit.unknown").where == "dòng 4"


@pytest.mark.parametrize(
    ("as_of", "says"),
    [
        ("27/8/2020", "27/8/2020"),
        ("29/8/2020", "29/8/2020"),
        ("28/8/2020 17:00", "sau lúc nhận báo cáo"),
    ],
)
def test_another_day_and_a_time_to_come_are_errors(as_of: str, says: str) -> None:
    found = only(check(rows(as_of=as_of)), "report.wrong_day")
    assert (found.severity, found.where) == ("error", "dòng 2")
    assert says in found.message.vi
    assert "row 2 and 1 more rows" in found.message.en


def test_the_day_above_the_table_counts_only_where_no_line_bears_one() -> None:
    title = "Số liệu đến ngày 27/8/2020\n"
    assert "report.wrong_day" not in codes(check(title + rows()))
    found = only(check(title + rows(as_of="")), "report.wrong_day")
    assert found.where == "phần đầu bảng"


def test_covered_units_without_a_line_are_named_and_not_taken_for_zero() -> None:
    findings = check("Địa phương|installs\nĐồng Xoài|5")
    found = only(findings, "report.missing_rows")
    assert (found.severity, found.found, found.expected) == ("warning", "1", "2")
    assert "Thị xã Bình Long" in found.message.vi
    assert "unit.missing_reporter" not in codes(findings)


@pytest.mark.parametrize(
    ("first", "second", "expected"), [("0", "0", 1), ("0", "-", 1), ("0", "1", 0), ("-", "-", 0)]
)
def test_nothing_but_zeros_is_remarked(first: str, second: str, expected: int) -> None:
    assert codes(check(rows(first, second)), "info").count("report.all_zero") == expected


def test_a_running_total_below_an_earlier_one_is_told_of_lines_with_names_alone() -> None:
    earlier = Figure("vn-2019:689", "installs", 6, YESTERDAY)
    assert only(check(rows(), earlier=[earlier]), "counter.falling").unit == "vn-2019:689"


def test_every_finding_of_arrival_names_its_rule() -> None:
    text = rows("5", "7", "27/8/2020").replace("Thị xã Bình Long", "Huyện Bù Đăng")
    found = {f.rule for f in check(text, [SAME]) if f.code.startswith("report.")}
    assert found == {"foreign_unit", "wrong_day", "missing_rows"}
    assert found <= {rule.__name__ for rule in REPORT_RULES}


@pytest.mark.parametrize(
    "name",
    [
        *("TP. Quy Nhơn", "Quy Nhơn (TP)", "tx", "Thị xã", "P12", "Phường 01", "Xà Phiên", ""),
        *("Thị trấn", "Xã Thị", "Tân Phú H", "1 Q", "H. Cao Lãnh", "Cao Lãnh thị xã", "T.P Hue"),
    ],
)
def test_names_are_parted_as_the_engine_of_names_does(name: str) -> None:
    words = (reading.type_word for reading in readings(name) if reading.type_word)
    assert bare(name) == fold(without_type(name)).replace("y", "i")
    assert type_of(name) == next(words, None)
