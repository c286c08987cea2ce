"""The verbs of tracing as programs: what they import, how they end when stopped or killed."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.checkins import nasty

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "vungxanh.config.cli", "tracing"]
N_MANY = 4_000_000
WAIT_S = 120  # more than any of these takes on a busy machine

pytestmark = pytest.mark.slow


def ended(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [*PROGRAM, *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={"VUNGXANH_LANG": "en"},
        cwd=ROOT,
        timeout=WAIT_S,
    )


def begun(*command: str | Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        list(map(str, command)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"VUNGXANH_LANG": "en"},
        cwd=ROOT,
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return nasty.many_visits(tmp_path_factory.mktemp("nhieu") / "luot.parquet", N_MANY)


def building(many: Path, store: Path, *, before: set[Path]) -> "subprocess.Popen[str]":
    """A build in the midst of its work."""
    program = begun(*PROGRAM, "build", "--visits", many, "--store", store)
    while not set(store.glob("layout-*")) - before:
        assert program.poll() is None, program.communicate(timeout=WAIT_S)
        time.sleep(0.01)
    return program


@pytest.mark.parametrize("engine", ["kernel", "sql", "reference"])
def test_the_command_line_needs_no_framework_and_no_settings(tmp_path: Path, engine: str) -> None:
    visits = nasty.as_csv(tmp_path / "luot.csv", nasty.visits())
    cases = nasty.cases(tmp_path / "ca.csv")
    program = (
        "import sys; from vungxanh.config import cli\n"
        "try: cli.main()\n"
        "finally: print(any(m.startswith(('django', 'psycopg')) for m in sys.modules),"
        " file=sys.stderr)"
    )
    asked = ("--visits", visits, "--cases", cases, "--out", tmp_path / "o.csv")
    done = begun(sys.executable, "-c", program, "tracing", "contacts", *asked, "--engine", engine)
    stdout, stderr = done.communicate(timeout=WAIT_S)
    assert (done.returncode, stdout, stderr.splitlines()[-1]) == (0, "", "False")


def test_a_refusal_is_one_sentence_on_standard_error(tmp_path: Path) -> None:
    cases = nasty.cases(tmp_path / "ca.csv", "1,5,4\n")
    visits = nasty.as_csv(tmp_path / "luot.csv", nasty.visits())
    done = ended("contacts", "--visits", visits, "--cases", cases, "--out", tmp_path / "o.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "ca.csv, row 1 (line 2 of the file): the window ends (infectious_until) before it begins;"
        " mend this row and try again.\n"
    )


def test_ctrl_c_ends_a_build_and_leaves_nothing(tmp_path: Path, many: Path) -> None:
    store = tmp_path / "kho"
    program = building(many, store, before=set())
    program.send_signal(signal.SIGINT)
    stdout, stderr = program.communicate(timeout=WAIT_S)
    assert (program.returncode, stdout) == (130, "")
    assert stderr.splitlines()[-1] == "Stopped as asked; nothing was written."
    assert "Traceback" not in stderr
    assert not store.exists()


def test_ctrl_c_leaves_the_store_that_was_there(tmp_path: Path, many: Path) -> None:
    store, before, cases = old_store(tmp_path)
    program = building(many, store, before=before)
    program.send_signal(signal.SIGINT)
    program.communicate(timeout=WAIT_S)
    assert set(store.glob("layout-*")) == before
    done = ended("contacts", "--store", store, "--cases", cases, "--out", tmp_path / "o.csv")
    assert done.returncode == 0, done.stderr


def test_a_build_that_is_refused_takes_nothing_from_the_one_at_work(
    tmp_path: Path, many: Path
) -> None:
    store = tmp_path / "kho"
    small = nasty.as_csv(tmp_path / "luot.csv", nasty.visits())
    program = building(many, store, before=set())
    filled = set(store.glob("layout-*"))
    program.send_signal(signal.SIGSTOP)
    refused = ended("build", "--visits", small, "--store", store)
    assert (refused.returncode, set(store.glob("layout-*"))) == (1, filled)
    program.send_signal(signal.SIGCONT)
    _, stderr = program.communicate(timeout=WAIT_S)
    assert (program.returncode, set(store.glob("layout-*"))) == (0, filled), stderr


def test_a_killed_build_leaves_the_store_that_was_there(tmp_path: Path, many: Path) -> None:
    store, before, cases = old_store(tmp_path)
    program = building(many, store, before=before)
    program.kill()
    program.communicate(timeout=WAIT_S)
    done = ended("contacts", "--store", store, "--cases", cases, "--out", tmp_path / "o.csv")
    assert done.returncode == 0, done.stderr
    small = nasty.as_csv(tmp_path / "luot.csv", nasty.visits())
    assert ended("build", "--visits", small, "--store", store).returncode == 0
    assert len(set(store.glob("layout-*"))) == 1


def test_a_killed_first_build_is_called_half_built(tmp_path: Path, many: Path) -> None:
    store, cases = tmp_path / "kho", nasty.cases(tmp_path / "ca.csv")
    program = building(many, store, before=set())
    program.kill()
    program.communicate(timeout=WAIT_S)
    done = ended("contacts", "--store", store, "--cases", cases, "--out", tmp_path / "o.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert "half built" in done.stderr


def old_store(folder: Path) -> tuple[Path, set[Path], Path]:
    """A small store that is whole, its folders, and a file of cases."""
    visits = nasty.as_csv(folder / "luot.csv", nasty.visits())
    store = folder / "kho"
    assert ended("build", "--visits", visits, "--store", store).returncode == 0
    return store, set(store.glob("layout-*")), nasty.cases(folder / "ca.csv")


LISTENING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever began it
import sys, time
from vungxanh.checkins.commands.running import run
from vungxanh.refusals import Words
def work(watch):
    progress = watch.step(Words("Đếm", "Counting"))
    while True:
        progress(1, 2)
        print("ready", flush=True)
        time.sleep(0.01)
run(work, "en")
"""
DEAF = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever began it
import sys, time
from pathlib import Path
from vungxanh.checkins.commands.running import run
draft = Path(sys.argv[1])
def work(watch):
    with watch.undoing(draft.unlink):
        draft.touch()
        print("ready", flush=True)
        time.sleep(3600)
run(work, "en")
"""


@pytest.mark.parametrize("text", [LISTENING, DEAF], ids=["listening", "deaf"])
def test_ctrl_c_ends_work_whether_it_listens_or_not(tmp_path: Path, text: str) -> None:
    draft = tmp_path / "draft"
    program = begun(sys.executable, "-c", text, draft)
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    program.send_signal(signal.SIGINT)
    _, stderr = program.communicate(timeout=WAIT_S)
    assert (program.returncode, stderr) == (130, "Stopped as asked; nothing was written.\n")
    assert not draft.exists()
