"""The log's form: one event, one line, and nothing in it that a request held."""

import logging
import sys
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import RequestFactory

from vungxanh.core.errors import MissingError
from vungxanh.core.logs import OneLine

FORM = OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s")
PHONE = "0912345678"


def record(message: str, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("vungxanh", logging.ERROR, "x.py", 1, message, None, None)
    made.created = 1622016723.5
    for name, value in more.items():
        setattr(made, name, value)
    return made


def line_of(failing: Callable[[], object]) -> str:
    """What is logged of a function that fails."""
    try:
        failing()
    except Exception:
        return FORM.format(record("failed", exc_info=sys.exc_info()))
    raise AssertionError


def test_time_is_vietnam_s_to_the_second() -> None:
    line = FORM.format(record("ready"))
    assert line == "2021-05-26T15:12:03+07:00 ERROR vungxanh: ready"


def test_lines_of_a_message_become_one() -> None:
    assert FORM.format(record("a\n\n  b")).endswith(": a |   b")


def test_exception_and_its_cause_stand_in_the_same_line_innermost_frame_first() -> None:
    def fail() -> None:
        try:
            int(PHONE + "x")
        except ValueError as cause:
            raise KeyError("unit") from cause

    line = line_of(fail)
    assert line.count("\n") == 0
    first, second = line.split(" | ")[1:]
    assert first.startswith("KeyError: 'unit' at tests/core/test_logs.py:")
    assert second.startswith("ValueError at tests/core/test_logs.py:")


def unreadable_number() -> object:
    return int(f"{PHONE}x")


def missing_key() -> object:
    nobody: dict[str, str] = {}
    return nobody[PHONE]


def told_by_a_programmer() -> object:
    raise RuntimeError(f"cannot call {PHONE}")


def several_words() -> object:
    raise ValueError("no such person", PHONE)


def missing_file() -> object:
    with open(f"/nowhere/{PHONE}") as stream:  # noqa: PTH123 (what libraries do)
        return stream


@pytest.mark.parametrize(
    "failing",
    [unreadable_number, missing_key, told_by_a_programmer, several_words, missing_file],
    ids=lambda failing: failing.__name__,
)
def test_values_in_the_text_of_an_exception_are_not_told(failing: Callable[[], object]) -> None:
    line = line_of(failing)
    assert PHONE not in line
    assert f"{failing.__name__}" in line


def test_reason_of_the_system_is_told_without_the_path() -> None:
    assert "FileNotFoundError: No such file or directory at " in line_of(missing_file)


def test_words_that_stand_in_the_code_are_told() -> None:
    def fail() -> None:
        raise RuntimeError("the clock stopped")

    assert "RuntimeError: the clock stopped at " in line_of(fail)


def test_refusal_is_told_by_its_code() -> None:
    def fail() -> None:
        raise MissingError

    assert "MissingError: core.missing at " in line_of(fail)


def test_names_of_code_are_told() -> None:
    assert "AttributeError: 'NoneType' object has no attribute 'x'" in line_of(
        lambda: None.x  # type: ignore[attr-defined]
    )


def test_database_s_error_names_the_constraint(db: None) -> None:
    def fail() -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE seen (phone text CONSTRAINT once UNIQUE)")
            cursor.execute("INSERT INTO seen VALUES (%s), (%s)", [PHONE, PHONE])

    line = line_of(fail)
    assert "UniqueViolation: 23505 seen once at " in line
    assert PHONE not in line


def test_failed_request_is_told_by_its_route_never_by_its_path() -> None:
    request = RequestFactory().get(f"/nguoi/{PHONE}/?q={PHONE}")
    line = FORM.format(record(f"Error: {request.path}", request=request, status_code=500))
    assert line.endswith("ERROR vungxanh: 500 GET no route")
