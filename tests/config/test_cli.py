"""The command line: pure verbs stay pure, refusals are one sentence, wrong usage is code 2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def vungxanh(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-W", "error", "-m", "vungxanh.config.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


PURE = """
import sys
from click.testing import CliRunner
from vungxanh.config.cli import root
ended = CliRunner().invoke(root, sys.argv[1:])
assert ended.exit_code == 0, ended.output
heavy = {"django", "psycopg", "ninja", "procrastinate"} | {"vungxanh.config.settings"}
print(sorted(heavy & set(sys.modules)))
"""


@pytest.mark.parametrize(
    "arguments", [["--help"], ["uptake", "--help"], ["uptake", "check", "--help"]]
)
def test_pure_verbs_import_neither_django_nor_settings(arguments: list[str]) -> None:
    command = [sys.executable, "-c", PURE, *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_list_of_commands_is_in_the_reader_s_language() -> None:
    assert "Run background jobs" in vungxanh("--help", LC_ALL="en_US.UTF-8").stdout
    assert "Chạy việc nền" in vungxanh("--help", LC_ALL="C.UTF-8").stdout


def test_unknown_command_is_wrong_usage() -> None:
    ended = vungxanh("khong-co")
    assert ended.returncode == 2
    assert ended.stdout == ""


def test_refusal_is_one_sentence_on_standard_error_without_traceback() -> None:
    ended = vungxanh("serve", PORT="cao", VUNGXANH_LANG="en")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == "PORT must be a number from 1 to 65535, not “cao”.\n"


@pytest.mark.parametrize(
    "verb",
    [
        ("tracing", "build", "--visits", "{}", "--store", "{}-kho"),
        ("uptake", "check", "{}"),
        ("letters", "check", "{}"),
    ],
)
def test_a_refusal_speaks_the_language_that_was_asked_for(
    tmp_path: Path, verb: tuple[str, ...]
) -> None:
    file = tmp_path / "so-lieu.zip"
    file.write_bytes(b"PK\x03\x04")
    words = [word.format(file) for word in verb]
    asked = vungxanh(*words, "--lang", "en", VUNGXANH_LANG="vi")
    set_so = vungxanh(*words, VUNGXANH_LANG="vi")
    assert (asked.returncode, asked.stdout) == (set_so.returncode, set_so.stdout) == (1, "")
    assert asked.stderr.replace(str(file), "").isascii()
    assert not set_so.stderr.replace(str(file), "").isascii()


def test_demo_refuses_a_database_that_is_not_its_own() -> None:
    ended = vungxanh("demo", DATABASE_URL="postgresql://vx@db.example/real", VUNGXANH_LANG="vi")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Bản chạy thử chỉ dùng PostgreSQL đi kèm")


def test_without_a_demo_there_is_no_token_to_try_it_with(tmp_path: Path) -> None:
    ended = vungxanh("demo", "token", VUNGXANH_HOME=str(tmp_path), VUNGXANH_LANG="en")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("No demo answers on port")
    assert list(tmp_path.iterdir()) == []


def test_committed_api_document_is_confirmed_by_the_command() -> None:
    assert vungxanh("openapi", "--check").returncode == 0
