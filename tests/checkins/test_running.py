"""Long work: what it says of itself, and the limits of the machine as sentences."""

import errno
from collections.abc import Callable

import click
import numpy as np
import pytest

from vungxanh.checkins.commands import memory
from vungxanh.checkins.commands.options import Size
from vungxanh.checkins.commands.running import Watch, run, run_here
from vungxanh.core import progress
from vungxanh.core.options import Moment
from vungxanh.engines.tracing import TracingError
from vungxanh.refusals import Words

COUNTING = Words("Đếm", "Counting")


def count_to_ten(watch: Watch) -> int:
    progress = watch.step(COUNTING)
    for done in range(1, 11):
        progress(done, 10)
    return 10


def fill_the_disk(watch: Watch) -> None:
    raise OSError(errno.ENOSPC, "no space")


def fill_the_memory(watch: Watch) -> None:
    np.empty(2**55, np.int64)


def test_short_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(count_to_ten, "vi") == 10
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("lang", "line"), [("vi", "Đếm 30 %"), ("en", "Counting 30%")])
def test_long_work_says_how_far_it_is(
    lang: str, line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_QUIET_S", 0.0)
    monkeypatch.setattr(progress, "_LINE_S", 0.0)
    run(count_to_ten, lang)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[2] == line


def test_a_terminal_has_one_line_that_goes_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_QUIET_S", 0.0)
    monkeypatch.setattr(progress, "_REWRITE_S", 0.0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    run(count_to_ten, "vi")
    said = capsys.readouterr().err
    assert "\n" not in said
    assert said.endswith("\r" + " " * len("Đếm 100 %") + "\r")


@pytest.mark.parametrize("runner", [run, run_here])
@pytest.mark.parametrize(
    ("work", "code"),
    [(fill_the_disk, "tracing.disk_full"), (fill_the_memory, "tracing.memory_short")],
)
def test_limits_of_the_machine_are_sentences(
    runner: Callable[[Callable[[Watch], None], str], None],
    work: Callable[[Watch], None],
    code: str,
) -> None:
    with pytest.raises(TracingError) as caught:
        runner(work, "vi")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("needed", "allowed", "vi", "en"),
    [
        (3 * 10**9, 1_500_000_000, "(cần khoảng 3,0 GB, được 1,5 GB)", "about 3.0 GB of 1.5 GB"),
        (601 * 10**6, 4 * 2**20, "(cần khoảng 601 MB, được 4 MB)", "about 601 MB of 4 MB"),
        (10**9, 999_000_000, "(cần khoảng 1,0 GB, được 999 MB)", "about 1.0 GB of 999 MB"),
    ],
)
def test_too_little_memory_is_said_with_both_figures(
    needed: int, allowed: int, vi: str, en: str
) -> None:
    with pytest.raises(TracingError) as caught:
        memory.check(needed, allowed)
    assert vi in caught.value.words.vi
    assert en in caught.value.words.en


def test_work_that_fits_is_let_pass() -> None:
    memory.check(10, 10)
    free = memory.free()
    assert free is None or free > 0


@pytest.mark.parametrize(
    ("text", "n_bytes"),
    [("4G", 4 * 2**30), ("512m", 2**29), ("1.5K", 1536), ("8000", 8000), ("2GiB", 2**31)],
)
def test_sizes_are_bytes(text: str, n_bytes: int) -> None:
    assert Size().convert(text, None, None) == n_bytes


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1622023200", 1_622_023_200),
        ("-5", -5),
        ("2021-05-26T17:00:00+07:00", 1_622_023_200),
        ("2021-05-26t10:00:00.9z", 1_622_023_200),
        ("1969-12-31T23:59:59.5Z", -1),
    ],
)
def test_moments_are_unix_seconds(text: str, seconds: int) -> None:
    assert Moment().convert(text, None, None) == seconds


@pytest.mark.parametrize(
    "text",
    ["2021-05-26", "2021-05-26T17:00:00", "2021-13-26T17:00:00Z", "1622023200000", "٣", "", "nay"],
)
def test_what_is_no_moment_is_wrong_usage(text: str) -> None:
    with pytest.raises(click.BadParameter):
        Moment().convert(text, None, None)
