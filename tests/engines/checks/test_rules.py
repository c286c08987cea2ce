"""Each rule finds its fault, says where, and is silent where there is none."""

from datetime import date
from decimal import Decimal

import pytest

from tests.engines.checks import annex, codes, only, table
from vungxanh.engines.checks import (
    RULES,
    CheckError,
    Claim,
    Figure,
    KnownUnit,
    check_claims,
    check_table,
    claims_of,
)

KNOWN = (
    KnownUnit("vn-2021:52", "Tỉnh Bình Định"),
    KnownUnit("vn-2021:540", "Thành phố Quy Nhơn", "vn-2021:52"),
    KnownUnit("vn-2021:543", "Thị xã Hoài Nhơn", "vn-2021:52"),
    KnownUnit("vn-2021:549", "Thị xã An Nhơn", "vn-2021:52"),
)
FOUR = "Địa phương|bluezone_with_phone|population\nA|{}|100\nB|20|100\nC|30|100\nD|40|100"


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("name|bluezone_with_phone|population\nA|7|5", "bound.numerator_over_base", "cột B"),
        ("name|installs|smartphones\nA|7|5", "bound.numerator_over_base", "cột B"),
        ("name|adults|population\nA|7|5", "bound.adults_over_population", "cột B"),
        ("name|installs|bluezone_with_phone\nA|5|7", "bound.with_phone_over_installs", "cột C"),
        ("name|points_active|points_registered\nA|7|5", "bound.active_over_registered", "cột B"),
        ("name|scans|people_scanned\nA|69080|360864", "bound.fewer_scans_than_people", "cột C"),
        ("name|scans|points_active\nA|5|7", "bound.fewer_scans_than_points", "cột C"),
        ("name|population\nA|-5", "number.negative", "cột B"),
        ("name|population\nA|999999999", "number.absurd", "cột B"),
        ("name|printed_share_of_population\nA|126.14", "share.out_of_range", "cột B"),
    ],
)
def test_an_impossible_number_is_an_error_with_its_place(text: str, code: str, where: str) -> None:
    found = only(check_table(table(text)), code)
    assert (found.severity, found.where) == ("error", f"dòng 2, {where}")


@pytest.mark.parametrize(
    "text",
    [
        "name|bluezone_with_phone|population\nA|5|5",
        "name|scans|people_scanned\nA|7|7",
        "name|population\nA|0",
        "name|adults|population\nA|5|7\n",
    ],
)
def test_bounds_include_their_ends(text: str) -> None:
    assert codes(check_table(table(text))) == []


def test_a_total_that_is_not_the_sum_is_an_error_with_both_numbers() -> None:
    found = only(
        check_table(table("name|population\nA|5\nB|7\nTổng cộng|13")), "total.differs_from_parts"
    )
    assert (found.claim, found.expected, found.where) == ("13", "12", "dòng 4, cột B")


def test_a_total_with_an_unknown_part_is_not_judged() -> None:
    findings = check_table(table("name|population\nA|5\nB|…\nTổng cộng|13"))
    assert "total.differs_from_parts" not in codes(findings)


def test_a_total_rate_that_is_the_mean_of_rates_is_told_so() -> None:
    text = (
        "name|bluezone_with_phone|population|printed_share_of_population\n"
        "A|10|100|10\nB|300|1000|30\nTổng cộng|310|1100|20"
    )
    found = only(check_table(table(text)), "share.differs_from_counts")
    assert "trung bình cộng" in found.message.vi
    assert found.expected == "28,18\xa0%"


def test_a_rate_of_yesterdays_numerator_is_told_so() -> None:
    text = (
        "unit|bluezone_with_phone|population|printed_share_of_population\n"
        "vn-2021:01|3458309|8053663|42.81"
    )
    before = Figure("vn-2021:01", "bluezone_with_phone", 3_447_452, date(2021, 9, 26))
    found = only(check_table(table(text), history=[before]), "share.differs_from_counts")
    assert found.expected == "42,94\xa0%"
    assert "26/9/2021" in found.message.vi


def test_shares_that_fit_another_base_are_one_finding() -> None:
    text = (
        "name|bluezone_with_phone|population|smartphones|printed_share_of_smartphones\n"
        "A|75878|290229|284098|26.14\nB|25809|208121|130804|12.40\nC|20638|175816|106992|11.74"
    )
    findings = check_table(table(text))
    found = only(findings, "share.base_mislabelled")
    assert (found.claim, found.found) == ("số điện thoại thông minh", "dân số")
    assert "share.differs_from_counts" not in codes(findings)


def test_a_share_column_without_a_base_is_said_which_base_it_fits() -> None:
    text = "name|bluezone_with_phone|population|Tỷ lệ\nA|75878|290229|26.14\nB|25809|208121|12.40"
    found = only(check_table(table(text)), "share.unnamed_base")
    assert (found.severity, found.found) == ("info", "dân số")


def test_shares_alone_are_noted_as_unverifiable() -> None:
    text = "name|printed_share_of_population\nA|26.14\nB|12.40"
    assert codes(check_table(table(text))) == ["share.without_count"]


def test_two_shares_that_imply_more_phones_than_people_are_doubted() -> None:
    text = (
        "unit|bluezone_with_phone|printed_share_of_population|printed_share_of_smartphones\n"
        "vn-2021:27|610578|44.61|44.35"
    )
    found = only(check_table(table(text)), "base.implausible")
    assert (found.severity, found.found) == ("warning", "100,59")


@pytest.mark.parametrize(
    "text",
    [
        "name|smartphones|population\nA|7|5",
        "name|subscriptions|population\nA|174229|174229",
        "name|subscriptions|population\nA|10|100",
        "name|subscriptions|population\nA|400|100",
    ],
)
def test_bases_that_cannot_be_what_they_are_called_are_doubted(text: str) -> None:
    assert codes(check_table(table(text))) == ["base.implausible"]


def test_formats_mixed_inside_a_table_are_a_warning_that_shows_them() -> None:
    findings = check_table(table("name|population\nA|75,878\nB|20.638"))
    found = only(findings, "number.mixed_formats")
    assert (found.severity, found.claim) == ("warning", "75,878; 20.638")
    assert [row.counts["population"] for row in table("name|population\nA|75,878\nB|20.638").rows]


@pytest.mark.parametrize(
    "text",
    [
        "name|population|printed_share_of_population\nA|75.878|26,14",
        "name|population|printed_share_of_population\nA|75,878|26.14",
        "name|population|printed_share_of_population\nA|75878|26.14",
    ],
)
def test_one_format_throughout_is_no_finding(text: str) -> None:
    assert "number.mixed_formats" not in codes(check_table(table(text)))


def test_days_mixed_between_lines_are_a_warning() -> None:
    findings = check_table(table("name|population|as_of\nA|5|26/5/2021\nB|7|27/5/2021"))
    assert only(findings, "as_of.mixed").claim == "26/5/2021; 27/5/2021"


def test_a_running_total_that_falls_is_a_warning_with_both_days() -> None:
    before = Figure("vn-2021:540", "bluezone_with_phone", 75_879, date(2021, 5, 25))
    older = Figure("vn-2021:540", "bluezone_with_phone", 1, date(2021, 5, 1))
    found = only(
        check_table(annex(), claims=[day_of_annex()], history=[before, older]), "counter.falling"
    )
    assert (found.severity, found.unit, found.found) == ("warning", "vn-2021:540", "75.879")
    assert "25/5/2021" in found.message.vi


def test_later_history_does_not_count_as_earlier() -> None:
    later = Figure("vn-2021:540", "bluezone_with_phone", 99_999, date(2021, 5, 27))
    findings = check_table(annex(), claims=[day_of_annex()], history=[later])
    assert "counter.falling" not in codes(findings)


def day_of_annex() -> Claim:
    return Claim("tiêu đề", "bluezone_with_phone", as_of=date(2021, 5, 26))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quy Nhơn", "QUY NHƠN"),
        ("Quy Nhơn", "TP. Quy Nhơn"),
        ("Thành phố Quy Nhơn", "Qui Nhơn"),
        ("TX An Nhơn", "Thị xã An Nhơn"),
    ],
)
def test_a_unit_on_two_lines_is_an_error_that_names_both(one: str, other: str) -> None:
    found = only(
        check_table(table(f"name|population\n{one}|5\nAn Lão|1\n{other}|7")), "unit.duplicate"
    )
    assert (found.severity, found.where) == ("error", "dòng 4")
    assert "dòng 2" in found.message.vi


def test_a_city_and_a_district_of_one_name_are_two_units() -> None:
    findings = check_table(table("name|population\nTP. Cao Lãnh|5\nHuyện Cao Lãnh|7"))
    assert "unit.duplicate" not in codes(findings)


@pytest.mark.parametrize("key", ["vn-2021:999", "999", "Hà Tiên"])
def test_an_unknown_unit_is_an_error(key: str) -> None:
    text = f"unit|name|population\n|Quy Nhơn|5\n{key if key[-1].isdigit() else ''}|{key}|7"
    found = only(check_table(table(text), known=KNOWN), "unit.unknown")
    assert (found.severity, found.claim, found.where) == ("error", key, "dòng 3")


@pytest.mark.parametrize("name", ["TP. Quy Nhơn", "thành phố qui nhơn", "Quy Nhon", "Quy Nhơn"])
def test_a_unit_is_known_by_any_common_spelling(name: str) -> None:
    findings = check_table(table(f"unit|name|population\nvn-2021:540|{name}|5"), known=KNOWN)
    assert codes(findings) == []


def test_a_code_with_another_units_name_is_a_warning() -> None:
    findings = check_table(table("unit|name|population\nvn-2021:540|An Nhơn|5"), known=KNOWN)
    found = only(findings, "unit.name_differs")
    assert (found.claim, found.found) == ("An Nhơn", "Thành phố Quy Nhơn")


def test_a_sibling_left_out_of_a_nearly_full_table_is_missed() -> None:
    text = "unit|population\nvn-2021:540|5\nvn-2021:543|7"
    found = only(check_table(table(text), known=KNOWN), "unit.missing_reporter")
    assert "Thị xã An Nhơn" in found.message.vi
    assert (found.found, found.expected) == ("2", "3")


def test_a_selection_of_few_units_misses_nobody() -> None:
    findings = check_table(table("unit|population\nvn-2021:540|5"), known=KNOWN)
    assert "unit.missing_reporter" not in codes(findings)


def test_expected_units_are_missed_by_code_and_by_name() -> None:
    findings = check_table(table("name|population\nTX. An Nhơn|5"), expected=KNOWN[1:])
    message = only(findings, "unit.missing_reporter").message
    assert "Thành phố Quy Nhơn, Thị xã Hoài Nhơn" in message.vi


def test_a_blank_among_figures_is_unknown_not_zero() -> None:
    findings = check_table(table("name|bluezone_with_phone|population\nA|5|9\nB||9"))
    found = only(findings, "count.missing")
    assert (found.where, found.element) == ("dòng 3, cột B", "bluezone_with_phone")


def test_ranks_that_follow_their_column_only_lack_the_name_of_their_key() -> None:
    text = "name|bluezone_with_phone|population|Xếp hạng\nA|10|100|3\nB|20|100|2\nC|30|100|1"
    found = only(check_table(table(text)), "rank.names_no_key")
    assert (found.severity, found.where) == ("info", "cột “Xếp hạng”")


def test_ranks_with_a_named_key_that_they_follow_are_no_finding() -> None:
    text = (
        "name|bluezone_with_phone|population|Xếp hạng theo dân số\n"
        "A|10|100|3\nB|20|100|1\nC|20|100|1"
    )
    assert not any(code.startswith("rank.") for code in codes(check_table(table(text))))


def test_ranks_that_follow_nothing_are_a_warning_with_the_right_ones() -> None:
    text = "name|bluezone_with_phone|population|Xếp hạng\nA|10|100|3\nB|20|100|1\nC|30|100|2"
    found = only(check_table(table(text)), "rank.differs_from_column")
    assert (found.claim, found.expected) == ("1, 2", "2, 1")
    assert "B 1 → 2" in found.message.vi


def test_a_claim_about_one_line_is_held_against_that_line() -> None:
    claim = Claim("đoạn 1", "bluezone_with_phone", unit="vn-2021:540", value=75_877)
    found = only(check_claims([claim], table=annex()), "claim.differs_from_table")
    assert found.found == "75.878"


def test_right_claims_are_no_finding() -> None:
    claims = claims_of(
        [
            {
                "where": "đoạn 1",
                "element": "bluezone_with_phone",
                "unit": "vn-2021:52",
                "value": 202379,
                "share_percent": 13.60,
                "base_as_written": "dân số",
            }
        ]
    )
    assert codes(check_claims(claims, table=annex())) == []


@pytest.mark.parametrize("value", [None, 12])
def test_a_rate_of_a_base_that_the_table_lacks_is_not_compared(value: int | None) -> None:
    beside = table("name|installs|population\nA|5|50\nB|7|70")
    claim = Claim(
        "đoạn 1",
        "installs",
        value=value,
        share_percent=Decimal("40.00"),
        base="subscriptions",
        base_as_written="thuê bao",
    )
    assert codes(check_claims([claim], table=beside)) == []


def test_a_count_near_its_annex_is_told_by_the_difference() -> None:
    beside = table("name|installs\nA|500\nB|700")
    finding = only(
        check_claims([Claim("đoạn 1", "installs", value=1_250)], table=beside),
        "claim.differs_from_table",
    )
    assert "(lệch +50)" in finding.message.vi
    assert "(+50 apart)" in finding.message.en


def test_people_and_times_of_one_element_are_no_repeated_column() -> None:
    both = table("name|Số người khai báo|Số lượt khai báo\nA|5|9")
    twice = table("name|Số tờ khai|Số lượt khai báo\nA|9|9")
    assert codes(check_table(both)) == []
    assert codes(check_table(twice)) == ["column.repeated"]


def test_an_impossible_rank_is_an_error() -> None:
    assert codes(check_claims([Claim("đoạn 1", "rank", rank=64, of=63)])) == ["rank.impossible"]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "claims"),
        ("x", "claims"),
        ([1], "{}"),
        ([{"where": "x"}], "element"),
        ([{"element": "scans", "value": "5"}], "value"),
        ([{"element": "scans", "value": True}], "value"),
        ([{"element": "scans", "share_percent": "NaN"}], "share_percent"),
        ([{"element": "scans", "span": [1]}], "span"),
        ([{"element": 5}], "element"),
    ],
)
def test_malformed_claims_are_refused_by_field(content: object, field: str) -> None:
    with pytest.raises(CheckError) as caught:
        claims_of(content)
    assert (caught.value.code, caught.value.field) == ("checks.bad_claims", field)


def test_the_wire_form_is_the_stable_one() -> None:
    claim = Claim("đoạn 1", "rank", rank=64, of=63, span=(3, 9))
    (wire,) = (finding.as_dict() for finding in check_claims([claim]))
    assert list(wire) == [
        *("code", "severity", "where", "claim", "found", "expected", "message", "span")
    ]
    assert wire["span"] == [3, 9]


def test_every_rule_has_a_name_of_its_own_and_says_what_it_finds() -> None:
    names = [rule.__name__ for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(rule.__doc__ for rule in RULES)
