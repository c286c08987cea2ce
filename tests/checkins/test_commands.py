"""`tracing build`, `contacts`, `clusters` as their users call them: files, messages, exit codes."""

import json
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from tests.checkins import nasty
from vungxanh.checkins.commands import tracing
from vungxanh.engines.tracing import COLUMNS
from vungxanh.refusals import RefusalError

HEAD = ",".join(COLUMNS) + "\n"


def run(*arguments: str | Path, lang: str = "vi") -> Result:
    words = [str(argument) for argument in arguments]
    return CliRunner().invoke(tracing, words, env={"VUNGXANH_LANG": lang})


def refusal(*arguments: str | Path) -> RefusalError:
    """Why a call is turned away: with exit code 1, one sentence, nothing on standard output."""
    ended = run(*arguments)
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert isinstance(ended.exception, RefusalError), ended.exception
    assert ended.exception.words.vi.count("\n") == 0
    return ended.exception


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    return nasty.as_parquet(tmp_path / "luot.parquet", nasty.visits())


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    return nasty.cases(tmp_path / "ca.csv")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "tiep-xuc.csv"


@pytest.fixture
def store(tmp_path: Path, visits: Path) -> Path:
    folder = tmp_path / "kho"
    assert run("build", "--visits", visits, "--store", folder).exit_code == 0
    return folder


CONTACTS = ("--visits", "a", "--cases", "b", "--out", "c.csv")
ASKED = (
    ("--crowd", "30"),
    (),
    ("--generations", "3", "--latency", "600"),
    ("--generations", "2", "--latency", "0", "--as-of", "20000", "--default-stay", "10800"),
    ("--min-overlap", "0", "--linger", "0", "--as-of", "1970-01-01T09:00:00+07:00"),
)


@pytest.mark.slow
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_every_engine_writes_the_same_bytes(
    tmp_path: Path, visits: Path, cases: Path, store: Path, asked: tuple[str, ...]
) -> None:
    answers = set()
    for engine in ("reference", "sql", "kernel"):
        for source in (("--visits", visits), ("--store", store)):
            path = tmp_path / f"{engine}{source[0]}.csv"
            ended = run(
                "contacts", *source, "--cases", cases, "--out", path, "--engine", engine, *asked
            )
            assert ended.exit_code == 0, ended.output
            answers.add(path.read_bytes())
    (answer,) = answers
    assert answer.startswith(HEAD.encode())
    assert answer.count(b"\n") > 1


@pytest.mark.slow
def test_store_and_delta_equal_all_together(tmp_path: Path, visits: Path, cases: Path) -> None:
    rows = nasty.visits()
    early = nasty.as_parquet(tmp_path / "truoc.parquet", rows[:100])
    late = nasty.as_csv(tmp_path / "sau.csv", rows[100:])
    store = tmp_path / "kho"
    assert run("build", "--visits", early, "--store", store, "--shards", "3").exit_code == 0
    asked = ("--cases", cases, "--generations", "2", "--latency", "600", "--out")
    whole, parts = tmp_path / "mot.csv", tmp_path / "hai.csv"
    assert run("contacts", "--visits", visits, *asked, whole).exit_code == 0
    assert run("contacts", "--store", store, "--visits", early, late, *asked, parts).exit_code == 0
    assert parts.read_bytes() == whole.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("spelt", [["--visits", "a", "b"], ["--visits", "a", "--visits", "b"]])
def test_several_files_follow_one_option_or_each_its_own(
    tmp_path: Path, cases: Path, out: Path, spelt: list[str]
) -> None:
    rows = nasty.visits()
    files = {
        "a": nasty.as_parquet(tmp_path / "a.parquet", rows[::2]),
        "b": nasty.as_csv(tmp_path / "b.csv", rows[1::2]),
    }
    words = [files.get(word, word) for word in spelt]
    expected = tmp_path / "tat-ca.csv"
    all_visits = nasty.as_csv(tmp_path / "c.csv", rows)
    asked = ("--engine", "reference", "--cases", cases, "--out")
    assert run("contacts", *words, *asked, out).exit_code == 0
    assert run("contacts", "--visits", all_visits, *asked, expected).exit_code == 0
    assert out.read_bytes() == expected.read_bytes()


@pytest.mark.slow
def test_contacts_stand_in_the_order_of_work(store: Path, cases: Path, out: Path) -> None:
    run("contacts", "--store", store, "--cases", cases, "--out", out, "--generations", "3")
    lines = out.read_text(encoding="utf-8").splitlines()[1:]
    rows = [dict(zip(COLUMNS, map(int, line.split(",")), strict=True)) for line in lines]
    keys = [
        (r["generation"], -r["overlap_s"], -r["n_places"], -r["last_at"], r["person_id"])
        for r in rows
    ]
    assert keys == sorted(keys)
    assert len({row["person_id"] for row in rows}) == len(rows)


@pytest.mark.slow
def test_parquet_holds_int64_in_the_order_of_columns(
    tmp_path: Path, store: Path, cases: Path, out: Path
) -> None:
    other = tmp_path / "tiep-xuc.parquet"
    run("contacts", "--store", store, "--cases", cases, "--out", out)
    run("contacts", "--store", store, "--cases", cases, "--out", other)
    table = parquet.read_table(other)
    assert table.schema.names == list(COLUMNS)
    assert set(table.schema.types) == {pa.int64()}
    lines = out.read_text(encoding="utf-8").splitlines()[1:]
    assert [",".join(map(str, row.values())) for row in table.to_pylist()] == lines


@pytest.mark.slow
def test_answers_are_readable_by_the_owner_alone(store: Path, cases: Path, out: Path) -> None:
    run("contacts", "--store", store, "--cases", cases, "--out", out)
    assert out.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["kernel", "sql", "reference"])
def test_no_cases_give_a_head_and_no_rows(
    tmp_path: Path, visits: Path, out: Path, engine: str
) -> None:
    nobody = nasty.cases(tmp_path / "khong-ai.csv", "")
    ended = run("contacts", "--visits", visits, "--cases", nobody, "--out", out, "--engine", engine)
    assert (ended.exit_code, out.read_text(encoding="utf-8")) == (0, HEAD)
    assert "Không ai đã gặp" in ended.stderr


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["kernel", "sql", "reference"])
def test_no_visits_give_no_contacts(tmp_path: Path, cases: Path, out: Path, engine: str) -> None:
    nothing = nasty.as_csv(tmp_path / "trong.csv", [])
    ended = run("contacts", "--visits", nothing, "--cases", cases, "--out", out, "--engine", engine)
    assert (ended.exit_code, out.read_text(encoding="utf-8")) == (0, HEAD)


@pytest.mark.slow
def test_json_is_one_document_about_the_answer(store: Path, cases: Path, out: Path) -> None:
    ended = run(
        "contacts", "--store", store, "--cases", cases, "--out", out, "--generations", "2", "--json"
    )
    told = json.loads(ended.stdout)
    n_rows = out.read_text(encoding="utf-8").count("\n") - 1
    assert told["contacts"] == sum(row["contacts"] for row in told["generations"]) == n_rows
    assert (told["engine"], told["out"], told["as_of"]) == ("kernel", str(out), 59 * 900)
    assert told["seconds"] >= 0
    assert all(set(warning) == {"vi", "en"} for warning in told["warnings"])


@pytest.mark.slow
def test_caps_warn_on_standard_error_and_in_the_document(
    store: Path, cases: Path, out: Path
) -> None:
    asked = ("--cases", cases, "--out", out, "--crowd", "30", "--cap", "1", "--generations", "2")
    ended = run("contacts", "--store", store, *asked, "--json")
    warnings = json.loads(ended.stdout)["warnings"]
    assert len(warnings) >= 1
    assert all(warning["vi"] in ended.stderr for warning in warnings)


@pytest.mark.slow
def test_messages_follow_the_language(store: Path, cases: Path, out: Path) -> None:
    asked = ("contacts", "--store", store, "--cases", cases, "--out", out)
    assert f"Đã ghi {out}" in run(*asked).stderr
    assert f"Written to {out}" in run(*asked, "--lang", "en").stderr


@pytest.mark.slow
def test_clusters_and_the_people_there_are_written(
    tmp_path: Path, store: Path, cases: Path, out: Path
) -> None:
    people = tmp_path / "nguoi.parquet"
    asked = ("--cases", cases, "--out", out, "--people", people, "--min-cases", "2")
    ended = run("clusters", "--store", store, *asked, "--slot", "3600", "--json")
    told = json.loads(ended.stdout)
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "place_id,slot_from,slot_until,n_cases,n_present"
    assert told["clusters"] == len(lines) - 1 > 0
    table = parquet.read_table(people)
    assert table.schema.names == ["place_id", "slot_from", "person_id", "is_case"]
    assert set(table.schema.types) == {pa.int64()}
    n_present = sum(int(line.split(",")[4]) for line in lines[1:])
    assert table.num_rows == told["people_rows"] == n_present


@pytest.mark.slow
def test_clusters_of_files_equal_those_of_the_store(
    tmp_path: Path, visits: Path, store: Path, cases: Path, out: Path
) -> None:
    other = tmp_path / "khac.csv"
    asked = ("--cases", cases, "--min-cases", "1", "--as-of", "1970-01-01T12:00:00Z", "--out")
    assert run("clusters", "--store", store, *asked, out).exit_code == 0
    assert run("clusters", "--visits", visits, *asked, other).exit_code == 0
    assert out.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ("contacts", "--cases", "a.csv", "--out", "b.csv"),
        ("contacts", "--visits", "a.csv", "--out", "b.csv"),
        ("contacts", "--visits", "a.csv", "--cases", "a.csv"),
        ("contacts", "--visits", "--cases", "a.csv", "--out", "b.csv"),
        ("build", "--store", "kho"),
        ("build", "--visits", "a.csv"),
        ("build", "--visits", "a.csv", "--store", "kho", "--memory", "nhiều"),
        ("build", "--visits", "a.csv", "--store", "kho", "--shards", "0"),
        ("clusters", "--cases", "a.csv", "--out", "b.csv"),
        ("contacts", *CONTACTS, "--engine", "magic"),
        ("contacts", *CONTACTS, "--generations", "0"),
        ("contacts", *CONTACTS, "--as-of", "hôm qua"),
        ("contacts", *CONTACTS, "--as-of", "2021-05-26"),
        ("contacts", *CONTACTS, "--linger", "2e3"),
        ("contacts", *CONTACTS, "--spark-master", "spark://10.0.0.1:7077"),
        ("contacts", *CONTACTS, "--engine", "spark", "--threads", "2"),
        ("contacts", *CONTACTS, "--engine", "spark", "--memory", "4G"),
        ("nope",),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_two(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("--min-overlap", "-1"), "tracing.bad_parameter"),
        (("--engine", "spark"), "tracing.spark_needs_store"),
        (("--engine", "sql", "--cap", "9"), "tracing.no_cap"),
        (("--engine", "reference", "--cap", "9"), "tracing.no_cap"),
        (("--memory", "1K"), "tracing.memory_short"),
        (("--memory", "1K", "--engine", "sql"), "tracing.memory_short"),
        (("--memory", "1K", "--engine", "reference"), "tracing.memory_short"),
    ],
    ids=str,
)
def test_questions_that_cannot_be_answered_are_refused(
    visits: Path, cases: Path, out: Path, asked: tuple[str, ...], code: str
) -> None:
    refused = refusal("contacts", "--visits", visits, "--cases", cases, "--out", out, *asked)
    assert refused.code == code
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("tiep-xuc.xlsx", "tracing.out_kind"),
        ("tiep-xuc", "tracing.out_kind"),
        ("khong-co/tiep-xuc.csv", "tracing.out_folder"),
        ("ca.csv", "tracing.out_is_input"),
        ("luot.parquet", "tracing.out_is_input"),
    ],
)
def test_answers_that_cannot_be_written_are_refused_at_once(
    tmp_path: Path, visits: Path, cases: Path, name: str, code: str
) -> None:
    before = (visits.read_bytes(), cases.read_bytes())
    asked = ("--visits", visits, "--cases", cases, "--out", tmp_path / name)
    assert refusal("contacts", *asked).code == code
    assert refusal("clusters", *asked).code == code
    assert (visits.read_bytes(), cases.read_bytes()) == before


def test_people_may_not_replace_the_clusters(visits: Path, cases: Path, out: Path) -> None:
    asked = ("--visits", visits, "--cases", cases, "--out", out, "--people", out)
    assert refusal("clusters", *asked).code == "tracing.out_is_input"


def test_a_store_that_is_none_is_refused(tmp_path: Path, cases: Path, out: Path) -> None:
    asked = ("--store", tmp_path / "khong-co", "--cases", cases, "--out", out)
    assert refusal("contacts", *asked).code == "tracing.not_a_store"


@pytest.mark.parametrize("verb", ["contacts", "clusters"])
def test_bad_files_leave_no_answer(tmp_path: Path, cases: Path, out: Path, verb: str) -> None:
    visits = tmp_path / "luot.csv"
    visits.write_text(nasty.VISITS + "1,7,10,20\n1,7,21,20\n", encoding="utf-8")
    refused = refusal(verb, "--visits", visits, "--cases", cases, "--out", out)
    assert (refused.code, refused.where) == ("tracing.out_before_in", "2")
    assert not out.exists()


def test_a_build_of_bad_files_leaves_no_store(tmp_path: Path) -> None:
    visits = tmp_path / "luot.csv"
    visits.write_text(nasty.VISITS + "1,7,10,20\n1,7,21,20\n", encoding="utf-8")
    folder = tmp_path / "kho"
    assert refusal("build", "--visits", visits, "--store", folder).code == "tracing.out_before_in"
    assert not list(folder.glob("layout-*"))


def test_a_build_beyond_the_memory_is_refused(tmp_path: Path, visits: Path) -> None:
    asked = ("build", "--visits", visits, "--store", tmp_path / "kho", "--memory", "1M")
    assert refusal(*asked).code == "tracing.memory_short"


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["kernel", "sql", "reference"])
@pytest.mark.parametrize("source", ["--visits", "--store"])
@pytest.mark.parametrize(
    ("strangers", "lang", "said"),
    [
        ("99999,0,9\n", "vi", "1 ca không có lượt vào nào: kiểm tra lại mã."),
        ("99999,0,9\n", "en", "1 case has no visit at all: check its id."),
        (
            "77777,0,9\n77777,20,30\n99999,0,9\n",
            "en",
            "2 cases have no visit at all: check their ids.",
        ),
    ],
)
def test_cases_that_were_nowhere_are_told(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    engine: str,
    source: str,
    strangers: str,
    lang: str,
    said: str,
) -> None:
    where = request.getfixturevalue(source.removeprefix("--"))
    cases = nasty.cases(tmp_path / "la.csv", "1,0,90000\n" + strangers)
    asked = (source, where, "--cases", cases, "--out", tmp_path / "o.csv", "--engine", engine)
    ended = run("contacts", *asked, "--json", lang=lang)
    assert ended.exit_code == 0, ended.output
    assert said in ended.stderr.splitlines()
    assert said in [warning[lang] for warning in json.loads(ended.stdout)["warnings"]]
