"""`uptake check` and `uptake rank` as their users call them: result, messages, exit code."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.factories.workbooks import workbook
from vungxanh.refusals import RefusalError
from vungxanh.uptake.commands import asked_unit, uptake

DATA = Path(__file__).resolve().parents[1] / "data" / "uptake"
ANNEX = str(DATA / "binh-dinh-2021-05-26.csv")
CLAIMS = str(DATA / "binh-dinh-2021-05-26.claims.json")
PUBLISHED = str(DATA / "published.csv")
Write = Callable[[str | bytes], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(content: str | bytes) -> str:
        path = tmp_path / "bang.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return written


def run(*arguments: str) -> Result:
    return CliRunner().invoke(uptake, arguments, env={"VUNGXANH_LANG": "vi"})


def codes(*arguments: str) -> list[str]:
    result = run("check", *arguments, "--json")
    assert result.exit_code == 0, result.output
    return [finding["code"] for finding in json.loads(result.stdout)]


def test_check_prints_one_json_list_of_findings() -> None:
    result = run("check", ANNEX, "--claims", CLAIMS, "--json")
    findings = json.loads(result.stdout)
    assert result.exit_code == 0
    assert set(findings[0]) == {
        *("code", "severity", "where", "claim", "found", "expected", "message"),
    }
    assert findings[0]["claim"] == "973.075"
    assert findings[0]["found"] == "202.379"
    assert set(findings[0]["message"]) == {"vi", "en"}


def test_the_annex_alone_has_no_error_and_its_outlier() -> None:
    assert codes(ANNEX) == ["base.outlier", "rank.names_no_key", "total.missing"]


def test_history_shows_a_base_of_another_year() -> None:
    assert "base.older_than_count" in codes(ANNEX, "--claims", CLAIMS, "--history", PUBLISHED)


def test_check_without_json_is_readable_in_both_languages() -> None:
    vietnamese = run("check", ANNEX)
    english = run("check", ANNEX, "--lang", "en")
    assert "cảnh báo  dòng 2, cột F" in vietnamese.stdout
    assert "97,89\xa0%" in vietnamese.stdout
    assert "97.89%" in english.stdout


def test_a_clean_table_prints_nothing_and_says_so_aside(write: Write) -> None:
    result = run("check", write("name,population\nQuy Nhơn,290229\n"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Không thấy lỗi" in result.stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("unit,population\nvn-2021:999,5\n", "unit.unknown"),
        ("name,population\nHuyện Không Có,5\n", "unit.unknown"),
        ("unit,name,population\nvn-2021:540,An Nhơn,5\n", "unit.name_differs"),
        ("name,population\nQuy Nhơn,5\nTP. Quy Nhơn,5\n", "unit.duplicate"),
        ("name,population\nQuy Nhơn,-5\n", "number.negative"),
        ("name,population\nQuy Nhơn,999999999999\n", "number.absurd"),
    ],
)
def test_bad_lines_are_found(write: Write, text: str, code: str) -> None:
    assert codes(write(text))[0] == code


def test_units_of_another_era_are_not_called_unknown(write: Write) -> None:
    assert codes(write("unit,population\nvn-2025:52,5\n")) == []


def test_rank_recomputes_shares_and_ranks_by_them() -> None:
    result = run("rank", ANNEX, "--json")
    ranked = json.loads(result.stdout)
    assert ranked[0] == {
        "rank": 1,
        "unit": "vn-2021:540",
        "name": "Thành phố Quy Nhơn",
        "numerator": 75878,
        "denominator": 290229,
        "share_percent": 26.14,
    }
    assert [entry["rank"] for entry in ranked] == list(range(1, 12))


def test_rank_takes_the_named_columns() -> None:
    result = run("rank", ANNEX, "--denominator", "smartphones", "--json")
    assert [entry["name"] for entry in json.loads(result.stdout)][:3] == [
        *("Thành phố Quy Nhơn", "Huyện Vĩnh Thạnh", "Thị xã Hoài Nhơn"),
    ]


def test_ties_share_a_rank_and_missing_counts_have_none(write: Write) -> None:
    text = "name,scans,points_active\nA,1,4\nB,2,4\nC,1,2\nD,,9\nE,1,0\nTổng cộng,5,19\n"
    ranked = json.loads(run("rank", write(text), "--json").stdout)
    assert [(entry["name"], entry["rank"]) for entry in ranked] == [
        *(("B", 1), ("C", 1), ("A", 3), ("D", None), ("E", None)),
    ]
    assert ranked[3]["numerator"] is None
    assert ranked[4]["share_percent"] is None


def test_rank_reads_a_workbook_and_names_unread_sheets_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bang.xlsx"
    path.write_bytes(workbook([["name", "scans", "points_active"], ["A", 3, 1]], [["khác"]]))
    result = run("rank", str(path), "--json")
    assert json.loads(result.stdout)[0]["share_percent"] == 300.0
    assert "“Trang 2”" in result.stderr


def test_rank_without_json_is_an_aligned_table() -> None:
    lines = run("rank", ANNEX).stdout.splitlines()
    assert lines[1].split() == [
        *("1", "vn-2021:540", "Thành", "phố", "Quy", "Nhơn", "75.878", "290.229", "26,14", "%"),
    ]
    assert len({line.index("vn-2021") for line in lines[1:]}) == 1


@pytest.mark.parametrize(
    ("verb", "text", "code"),
    [
        ("check", "", "grids.empty"),
        ("check", "a,b\n1,2\n", "checks.no_head"),
        ("rank", "name,population\nA,5\n", "uptake.one_column"),
        ("rank", "name,installs,population\nA,1.2.3,5\n", "uptake.unreadable_number"),
        ("rank", "name,installs,population\nA,-1,5\n", "coverage.negative_count"),
        ("rank", "name,installs,population\nA,1,5\nA,1,5\n", "coverage.duplicate_unit"),
    ],
)
def test_what_cannot_be_read_is_refused(write: Write, verb: str, text: str, code: str) -> None:
    result = run(verb, write(text))
    assert isinstance(result.exception, RefusalError)
    assert (result.exit_code, result.exception.code) == (1, code)
    assert result.stdout == ""


def test_a_column_that_the_table_lacks_is_refused() -> None:
    result = run("rank", ANNEX, "--numerator", "scans")
    assert isinstance(result.exception, RefusalError)
    assert result.exception.code == "uptake.no_column"


def test_claims_that_are_no_json_are_refused(write: Write) -> None:
    result = run("check", ANNEX, "--claims", write("{"))
    assert isinstance(result.exception, RefusalError)
    assert result.exception.code == "uptake.bad_json"


def test_history_without_its_columns_is_refused(write: Write) -> None:
    result = run("check", ANNEX, "--history", write("unit,value\nx,1\n"))
    assert isinstance(result.exception, RefusalError)
    assert result.exception.code == "checks.bad_history"


@pytest.mark.parametrize(
    "arguments",
    [
        ("rank", "/không/có"),
        ("rank", ANNEX, "--numerator", "x"),
        ("check",),
        ("check", str(DATA)),
        ("nope",),
    ],
)
def test_wrong_usage_exits_with_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.slow
def test_the_command_line_prints_one_sentence_and_needs_no_framework(write: Write) -> None:
    program = (
        "import sys; from vungxanh.config import cli\n"
        "try: cli.main()\n"
        "finally: print(any(m.startswith('django') for m in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "uptake", "check", write("")],
        capture_output=True,
        text=True,
        check=False,
        env={"VUNGXANH_LANG": "en"},
        cwd=Path(__file__).resolve().parents[2],
    )
    said = done.stderr.splitlines()
    assert (done.returncode, done.stdout, said[1:]) == (1, "", ["False"])
    assert said[0].startswith("The file is empty")


@pytest.mark.parametrize(
    ("text", "codes_found"),
    [
        ("name,population\nPhường Quy Nhơn Đông,5\n", []),
        ("name,population\nThành phố Quy Nhơn,5\n", []),
        ("unit,population\nvn-2025:21583,5\n", []),
        ("unit,population\nvn-2025:540,5\n", ["unit.unknown"]),
        ("unit,population\nvn-2030:540,5\n", []),
        ("Số liệu đến ngày 1/9/2025\nname,population\nHuyện Pác Nặm,5\n", ["unit.unknown"]),
        ("Số liệu đến ngày 26/5/2021\nname,population\nHuyện Pác Nặm,5\n", []),
        ("Số liệu đến ngày 26/5/2021\nname,population\nX. Ia Khươl,5\n", []),
    ],
)
def test_units_of_either_era_are_known_and_those_of_the_day_where_one_is_written(
    write: Write, text: str, codes_found: list[str]
) -> None:
    found = [code for code in codes(write(text)) if code.startswith("unit.")]
    assert found == codes_found


@pytest.mark.parametrize(
    ("text", "on", "unit"),
    [
        ("vn-2021:540", None, "vn-2021:540"),
        ("vn-2025:52", date(2021, 1, 1), "vn-2025:52"),
        ("Thành phố Quy Nhơn", None, "vn-2021:540"),
        ("Thành phố Quy Nhơn", date(2026, 1, 1), "vn-2021:540"),
        ("Phường Quy Nhơn", None, "vn-2025:21583"),
        ("Tỉnh Gia Lai", date(2026, 1, 1), "vn-2025:52"),
        ("Tỉnh Gia Lai", date(2021, 5, 26), "vn-2021:64"),
    ],
)
def test_unit_is_asked_by_id_or_by_its_name_in_either_era(
    text: str, on: date | None, unit: str
) -> None:
    assert asked_unit(text, on) == unit


@pytest.mark.parametrize("text", ["Tỉnh Gia Lai", "Không Có Nơi Này", "vn-2025:99999"])
def test_name_that_means_several_units_or_none_is_refused(text: str) -> None:
    with pytest.raises(RefusalError) as caught:
        asked_unit(text)
    assert caught.value.code in {"locations.unknown_name", "locations.unknown_unit"}
