"""`letters read` and `letters check` as their users call them: result, messages, exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vungxanh.directives.commands import letters
from vungxanh.refusals import RefusalError

ROOT = Path(__file__).resolve().parents[2]
LETTERS = ROOT / "tests" / "data" / "letters"
BINH_DINH = str(LETTERS / "000_b33c053614f58b3c.txt")
BINH_PHUOC = str(LETTERS / "001_e1f555be9fe08a6a.txt")
BAC_GIANG = str(LETTERS / "003_f83cc81e840756ce.txt")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(letters, arguments, env={"VUNGXANH_LANG": "vi"})


def test_read_prints_one_json_document_of_the_schema() -> None:
    result = run("read", BINH_DINH, "--json")
    wire = json.loads(result.stdout)
    assert result.exit_code == 0
    assert wire["schema"] == "letter/1"
    assert wire["document"]["province_gso_2021"] == "52"
    start, end = wire["citations"][0]["span"]
    assert "3024/UBND-VX" in wire["text"][start:end]


def test_read_without_json_says_head_orders_and_deadlines() -> None:
    said = run("read", BINH_PHUOC).stdout
    assert said.startswith("công văn · …/STTTT-TTBCXB · Sở Thông tin và Truyền thông")
    assert "hạn: trước 17:00 ngày 28/8/2020" in said
    assert "hạn: trước ngày 01/9/2020" in said
    assert "hạn: hằng ngày, nhiều lần" in said
    assert "chỉ tiêu: ít nhất 2 lần/ngày" in said
    assert "hạn: hằng ngày, trước 16:00" in said
    assert "biểu mẫu để điền" in said


def test_read_speaks_english_when_asked() -> None:
    said = run("read", BAC_GIANG, "--lang", "en").stdout
    assert "Goals\n  60.00% · thuê bao · by 31 Aug 2021" in said
    assert "82,930 thuê bao" in said


def test_trace_says_which_rule_read_what() -> None:
    plain, traced = run("read", BAC_GIANG).stdout, run("read", BAC_GIANG, "--trace").stdout
    assert traced.startswith(plain)
    assert "09/CT-UBND" in traced.removeprefix(plain)


def test_check_prints_one_json_list_of_findings() -> None:
    result = run("check", BINH_DINH, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert set(found[0]) == {
        *("code", "severity", "where", "claim", "found", "expected", "message", "span"),
    }
    assert (found[0]["claim"], found[0]["found"]) == ("973.075", "202.379")


def test_check_without_json_is_readable_in_both_languages() -> None:
    vietnamese, english = run("check", BAC_GIANG), run("check", BAC_GIANG, "--lang", "en")
    assert "lưu ý  share.truncated" in vietnamese.stdout
    assert "47,60\xa0%" in vietnamese.stdout
    assert "82,930 over 174,229 rounds to 47.60%" in english.stdout


def test_a_letter_without_fault_prints_nothing_and_says_so_aside() -> None:
    result = run("check", BINH_PHUOC)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Không thấy chỗ nào sai" in result.stderr


def test_history_of_one_s_own_is_looked_at(tmp_path: Path) -> None:
    history = tmp_path / "truoc.csv"
    history.write_text(
        "unit,element,value,as_of,source\nvn-2021:213,installs,82000,2021-08-01,Bản tin mẫu\n",
        encoding="utf-8",
    )
    assert "Bản tin mẫu" in run("check", BAC_GIANG, "--history", str(history)).stdout


@pytest.mark.parametrize("verb", ["read", "check"])
@pytest.mark.parametrize(
    ("name", "content"),
    [("trong.txt", b""), ("anh.txt", bytes(range(256))), ("a.exe", b"MZ" + bytes(range(256)))],
)
def test_what_is_no_letter_is_refused_in_one_sentence(
    tmp_path: Path, verb: str, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = run(verb, str(path))
    assert isinstance(result.exception, RefusalError)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.exception.code.startswith("letters.")


@pytest.mark.parametrize(
    "arguments", [("read", "/không/có"), ("check",), ("check", str(LETTERS)), ("nope",)]
)
def test_wrong_usage_exits_with_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["read", "check"])
def test_the_command_line_needs_no_framework_and_no_settings(verb: str) -> None:
    program = (
        "import sys; from vungxanh.config import cli\n"
        "try: cli.main()\n"
        "finally: print(any(m.startswith(('django', 'psycopg')) for m in sys.modules),"
        " file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "letters", verb, BAC_GIANG, "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={"VUNGXANH_LANG": "en"},
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "False")
    assert json.loads(done.stdout)


@pytest.mark.slow
def test_the_command_line_refuses_with_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "trong.txt"
    path.write_bytes(b"")
    done = subprocess.run(
        [sys.executable, "-m", "vungxanh.config.cli", "letters", "read", str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={"VUNGXANH_LANG": "en"},
        cwd=ROOT,
    )
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
