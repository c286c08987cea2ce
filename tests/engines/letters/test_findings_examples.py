"""Each known fault of the real letters is found from their text, and nothing that is right."""

import json
import re
from collections import Counter
from dataclasses import dataclass

import pytest

from tests.engines.letters.findings_letters import LETTERS, codes, findings_of, reading_of
from vungxanh.engines.checks import Finding

CASES = {
    case["id"]: case for case in json.loads((LETTERS / "checks.json").read_text("utf-8"))["cases"]
}


@dataclass(frozen=True)
class Expected:
    """Which findings answer a case; `elsewhere` are figures that no letter or table holds."""

    codes: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()


# Figures of a case that come from other letters, later yearbooks, or are means nobody may take.
ANSWERS = {
    "DQ-01": Expected(("claim.differs_from_table", "base.older_than_count"), ("4,808",)),
    "DQ-02": Expected(("claim.over_base",)),
    "DQ-03": Expected(("claim.rate_differs_from_count",)),
    "DQ-04": Expected(
        ("claim.rate_mislabelled", "total.missing", "claim.differs_from_table"),
        ("11,71 %", "19,08 %"),
    ),
    "DQ-05": Expected(("number.mixed_formats",), ("26.14", "47,59%", "10,98%")),
    "DQ-06": Expected(("rank.names_no_key",)),
    "DQ-07": Expected(("base.outlier", "base.older_than_count"), ("52,00", "62,85", "1.508.322")),
    "DQ-08": Expected(("share.truncated",), ("47,5983 %",)),
    "DQ-14": Expected(("share.without_count",), ("65,02",)),
}
FIGURE = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+[.,]\d+ ?%?")


def said(finding: Finding) -> str:
    """Everything that a finding prints, no-break spaces as blanks."""
    parts = (finding.message.vi, finding.claim, finding.found, finding.expected)
    return " ".join(part for part in parts if part).replace("\xa0", " ")


def test_every_case_is_answered_or_is_the_control() -> None:
    assert CASES.keys() - ANSWERS.keys() == {"DQ-07b"}


def figures_of(case: dict[str, str]) -> set[str]:
    """The figures of a case that only the letter itself can show."""
    written = {plain(text) for text in FIGURE.findall(f"{case['claim']} {case['check']}")}
    return written - {plain(text) for text in ANSWERS[case["id"]].elsewhere}


def plain(text: str) -> str:
    """Figures without the blank before the percent sign, decimals after a comma."""
    return re.sub(r"(?<=\d)\.(?=\d\d(?!\d))", ",", text.replace(" %", "%")).strip()


@pytest.mark.parametrize("case_id", ANSWERS)
def test_a_known_fault_is_found_with_its_figures(case_id: str) -> None:
    case, answer = CASES[case_id], ANSWERS[case_id]
    found = [f for f in findings_of(case["seed"]) if f.code in answer.codes]
    text = plain(" ".join(map(said, found)))
    assert answer.codes[0] in codes(tuple(found))
    assert {figure for figure in figures_of(case) if figure not in text} == set()


@pytest.mark.parametrize("case_id", ANSWERS)
def test_a_known_fault_is_as_grave_as_it_was_judged(case_id: str) -> None:
    case, answer = CASES[case_id], ANSWERS[case_id]
    main = [f for f in findings_of(case["seed"]) if f.code == answer.codes[0]]
    assert {f.severity for f in main} == {case["severity"]}


def test_the_printed_ratios_of_the_annex_raise_nothing() -> None:
    found = findings_of(CASES["DQ-07b"]["seed"])
    assert not any(finding.code.startswith(("share.", "number.unreadable")) for finding in found)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (
            "000",
            {
                "claim.differs_from_table": 1,
                "claim.over_base": 1,
                "claim.rate_differs_from_count": 1,
                "claim.rate_mislabelled": 1,
                "number.mixed_formats": 1,
                "base.older_than_count": 1,
                "base.outlier": 1,
                "rank.names_no_key": 2,
                "total.missing": 1,
            },
        ),
        ("001", {}),
        # 34 million in 8 days.
        ("002", {"letters.target_pace": 1}),
        # Cut off by 0.01; 772 a day where the country's best month had a fifth of that share.
        ("003", {"share.truncated": 1, "letters.target_pace": 1}),
        # A rank without its key, an annex that was not published, two shares without counts.
        ("004", {"rank.names_no_key": 1, "letters.annex_missing": 1, "share.without_count": 2}),
    ],
)
def test_the_real_letters_raise_this_and_nothing_else(
    number: str, expected: dict[str, int]
) -> None:
    assert Counter(codes(findings_of(number))) == expected


@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_every_finding_points_into_the_letter(number: str) -> None:
    text = reading_of(number).text
    spans = [finding.span for finding in findings_of(number)]
    assert all(span and 0 <= span[0] < span[1] <= len(text) for span in spans)


def test_a_cell_is_pointed_at_where_it_stands() -> None:
    (outlier,) = [f for f in findings_of("000") if f.code == "base.outlier"]
    start, end = outlier.span or (0, 0)
    assert reading_of("000").text[start:end] == "284,098"
    assert "dòng “Thành phố Quy Nhơn”" in outlier.where


def test_two_implied_bases_that_agree_raise_nothing() -> None:
    assert "letters.target_figures_disagree" not in codes(findings_of("002"))
