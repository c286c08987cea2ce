"""Every worked example of tests/data/letters/checks.json comes out; the control raises nothing."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.engines.checks import DATA, annex, annex_claims, codes, only, table
from vungxanh.engines.checks import Claim, Figure, Finding, check_claims, check_table

POPULATION_2019 = Figure("vn-2021:52", "population", 1_487_817, date(2019, 4, 1))


@pytest.fixture(scope="module")
def found() -> tuple[Finding, ...]:
    return check_table(annex(), claims=annex_claims(), history=[POPULATION_2019])


def test_every_case_of_the_file_has_its_test() -> None:
    cases = json.loads((DATA / "letters" / "checks.json").read_text("utf-8"))["cases"]
    tested = {name.split("_")[2] for name in globals() if name.startswith("test_dq_")}
    assert {case["id"].removeprefix("DQ-").lower() for case in cases} == tested


def test_dq_01_the_headline_is_not_the_sum_of_its_annex(found: tuple[Finding, ...]) -> None:
    finding = only(found, "claim.differs_from_table")
    assert (finding.severity, finding.claim, finding.found) == ("error", "973.075", "202.379")
    assert "4,81 lần" in finding.message.vi
    assert "không có dòng tổng" in finding.message.vi
    assert "4.81 times" in finding.message.en


def test_dq_02_more_users_than_smartphones(found: tuple[Finding, ...]) -> None:
    finding = only(found, "claim.over_base")
    assert (finding.severity, finding.claim, finding.found) == ("error", "973.075", "967.412")
    assert "100,59\xa0%" in finding.message.vi
    assert "giả thuyết" in finding.message.vi


def test_dq_03_count_and_rate_cannot_both_be_right(found: tuple[Finding, ...]) -> None:
    finding = only(found, "claim.rate_differs_from_count")
    assert finding.severity == "error"
    for figure in ("65,40\xa0%", "100,59\xa0%", "7.123.536"):
        assert figure in finding.message.vi


def test_dq_04_the_rate_has_the_wrong_label_and_is_off(found: tuple[Finding, ...]) -> None:
    finding = only(found, "claim.rate_mislabelled")
    assert finding.severity == "error"
    for figure in ("13,60\xa0%", "20,92\xa0%", "+0,06\xa0điểm", "203.236", "857"):
        assert figure in finding.message.vi


def test_dq_05_number_formats_are_mixed(found: tuple[Finding, ...]) -> None:
    finding = only(found, "number.mixed_formats")
    assert (finding.severity, finding.claim) == ("warning", "973.075; 13.66%")


def test_dq_06_the_order_names_no_key(found: tuple[Finding, ...]) -> None:
    ordered, stated = [f for f in found if f.code == "rank.names_no_key"]
    assert (ordered.severity, stated.severity, stated.claim) == ("info", "info", "43/63")
    for move in ("Vĩnh Thạnh 4 → 2", "Hoài Nhơn 2 → 3", "An Nhơn 3 → 4", "Phù Cát 8 → 7"):
        assert move in ordered.message.vi
    for move in ("Vân Canh 7 → 8", "Hoài Ân 11 → 10", "An Lão 10 → 11"):
        assert move in ordered.message.vi


def test_dq_07_one_base_stands_apart_and_another_is_of_another_year(
    found: tuple[Finding, ...],
) -> None:
    outlier, base = only(found, "base.outlier"), only(found, "base.older_than_count")
    assert (outlier.severity, base.severity) == ("warning", "warning")
    assert (outlier.unit, outlier.where) == ("vn-2021:540", "dòng 2, cột F")
    assert (outlier.claim, outlier.found) == ("97,89\xa0%", "52,00\xa0%–62,85\xa0%")
    assert "01/4/2019" in base.message.vi
    assert "26/5/2021" in base.message.vi


def test_dq_07b_the_control_raises_nothing() -> None:
    findings = check_table(annex())
    assert not any(code.startswith("share.") for code in codes(findings))
    assert codes(findings, "error") == []
    assert codes(findings, "warning") == ["base.outlier"]


@pytest.mark.parametrize("is_claim", [True, False])
def test_dq_08_a_truncated_share_is_told_apart(is_claim: bool) -> None:
    claim = Claim(
        "đoạn 2",
        "bluezone_with_phone",
        quote="82.930/174.229 thuê bao cài đặt Bluzone, đạt 47,59%",
        unit="vn-2021:213",
        value=82_930,
        share_percent=Decimal("47.59"),
        base="subscriptions",
        base_value=174_229,
    )
    printed = table(
        "unit|bluezone_with_phone|subscriptions|printed_share_of_subscriptions\n"
        "vn-2021:213|82.930|174.229|47,59"
    )
    findings = check_claims([claim]) if is_claim else check_table(printed)
    finding = only(findings, "share.truncated")
    assert codes(findings) == ["share.truncated"]
    assert (finding.severity, finding.expected) == ("info", "47,60\xa0%")


def test_dq_14_rates_without_counts_cannot_be_recomputed() -> None:
    rates = [("10.98", "population"), ("18.78", "smartphones")]
    findings = check_claims(
        Claim(
            "đoạn 4",
            "bluezone_with_phone",
            unit="vn-2021:54",
            share_percent=Decimal(percent),
            base=base,
        )
        for percent, base in rates
    )
    assert codes(findings) == ["share.without_count"] * 2
    assert {f.severity for f in findings} == {"info"}
    assert "58,47" in findings[0].message.vi
