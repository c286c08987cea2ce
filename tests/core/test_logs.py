"""The log's form: one event, one line."""

import logging
import sys

from vungxanh.core.logs import OneLine

FORM = OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s")


def record(message: str, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("vungxanh", logging.ERROR, "x.py", 1, message, None, None)
    made.created = 1622016723.5
    for name, value in more.items():
        setattr(made, name, value)
    return made


def test_time_is_vietnam_s_to_the_second() -> None:
    line = FORM.format(record("ready"))
    assert line == "2021-05-26T15:12:03+07:00 ERROR vungxanh: ready"


def test_lines_of_a_message_become_one() -> None:
    assert FORM.format(record("a\n\n  b")).endswith(": a |   b")


def test_exception_and_its_cause_stand_in_the_same_line_innermost_frame_first() -> None:
    try:
        try:
            int("x")
        except ValueError as cause:
            raise KeyError("unit") from cause
    except KeyError:
        line = FORM.format(record("failed", exc_info=sys.exc_info()))
    assert line.count("\n") == 0
    first, second = line.split(" | ")[1:]
    assert first.startswith("KeyError: 'unit' at tests/core/test_logs.py:")
    assert second.startswith("ValueError: invalid literal")
