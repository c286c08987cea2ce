"""Reports as operators send them: Form 1 by file or pasted, faulty and good."""

from datetime import timedelta

import pytest

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, QUY_NHON
from vungxanh.core.viewer import SYSTEM
from vungxanh.engines.checks import Meaning
from vungxanh.uptake.actions import UptakeError, reporting
from vungxanh.uptake.imports.figure_reports import Brought, bring_report
from vungxanh.uptake.models import FigureReport, Reporter
from vungxanh.uptake.rules.reporting import Channel

HEADS = "Stt\tTên huyện/thị/thành phố\tSố lượng điện thoại thông minh cài đặt\tTỷ lệ\tGhi chú\n"
GOOD = f"{HEADS}1\tThành phố Quy Nhơn\t12.345\t\t\n2\tThị xã An Nhơn\t0\t\t\n"


@pytest.fixture
def viettel(places: None) -> Reporter:
    """An operator that reports on two districts."""
    organisation = made.operator("Nhà mạng thử")
    return made.reporter(made.form_1(), organisation, covers=(QUY_NHON, AN_NHON))


def bring(one: Reporter, text: str, **more: object) -> FigureReport:
    """What was pasted for the day."""
    asked = {"channel": Channel.PASTE, "day": made.DAY, **more}
    at = asked.pop("at", made.NOON)
    brought = Brought(reporter=one.id, content=text.encode(), **asked)  # type: ignore[arg-type]
    return bring_report(brought=brought, by=SYSTEM, at=at)  # type: ignore[arg-type]


def codes(report: FigureReport, severity: str = "error") -> set[str]:
    """What was found of a severity."""
    return {one["code"] for one in report.findings if one["severity"] == severity}


def test_a_good_form_1_is_read_whole(viettel: Reporter) -> None:
    report = bring(viettel, GOOD)
    assert report.content["figures"] == [
        [QUY_NHON, "installs", 12345],
        [AN_NHON, "installs", 0],
    ]
    assert not codes(report)


def test_a_blank_is_missing_and_told(viettel: Reporter) -> None:
    report = bring(viettel, GOOD.replace("\t0\t", "\t\t"))
    assert report.n_figures == 1
    assert codes(report, "warning")


def test_another_operators_district_is_an_error(viettel: Reporter) -> None:
    report = bring(viettel, f"{GOOD}3\tHuyện Tuy Phước\t7\t\t\n")
    assert codes(report) == {"report.foreign_unit"}
    with pytest.raises(UptakeError):
        reporting.accept_report(report_id=report.id, by=SYSTEM, at=made.NOON)


def test_a_report_that_says_tomorrow_is_an_error(viettel: Reporter) -> None:
    assert codes(bring(viettel, f"Số liệu đến ngày 29/8/2020\n{GOOD}")) == {"report.wrong_day"}


def test_yesterdays_file_is_not_taken_again(viettel: Reporter) -> None:
    first = bring(viettel, GOOD, channel=Channel.UPLOAD, name="bao-cao.tsv")
    reporting.accept_report(report_id=first.id, by=SYSTEM, at=made.NOON)
    again = bring(
        viettel,
        GOOD,
        channel=Channel.UPLOAD,
        name="bao-cao.tsv",
        day=made.DAY + timedelta(days=1),
        at=made.NOON + timedelta(days=1),
    )
    assert codes(again) == {"report.same_file"}


def test_a_fall_below_yesterday_is_told(viettel: Reporter) -> None:
    first = bring(viettel, GOOD)
    reporting.accept_report(report_id=first.id, by=SYSTEM, at=made.NOON)
    day = {"day": made.DAY + timedelta(days=1), "at": made.NOON + timedelta(days=1)}
    fallen = bring(viettel, GOOD.replace("12.345", "9.000"), **day)
    assert codes(fallen) | codes(fallen, "warning")


def test_unknown_heads_are_asked_for_once(viettel: Reporter) -> None:
    strange = "Nơi\tA\nThành phố Quy Nhơn\t5\nThị xã An Nhơn\t6\n"
    with pytest.raises(UptakeError) as refused:
        bring(viettel, strange)
    assert refused.value.code == "uptake.columns_unknown"
    meanings = {"noi": Meaning("name"), "a": Meaning("count", "installs")}
    bring(viettel, strange, meanings=meanings)
    assert bring(viettel, strange.replace("5", "8")).n_figures == 2
