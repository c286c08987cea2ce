"""What verbs write is there whole or not at all: all files of an answer, also after Ctrl-C."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from vungxanh.core.answer_files import write_all
from vungxanh.core.progress import StoppedError, Watch


def one(stream: BinaryIO) -> None:
    stream.write(b"1")


def fails(stream: BinaryIO) -> None:
    stream.write(b"2")
    raise ValueError


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_all_files_of_an_answer_are_written_with_their_mode(tmp_path: Path) -> None:
    write_all({tmp_path / "a": one, tmp_path / "b": one}, Watch("vi"), mode=0o644)
    assert names(tmp_path) == {"a", "b"}
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644


def stopped(watch: Watch) -> Callable[[BinaryIO], None]:
    """What is interrupted while it writes."""
    return lambda stream: watch.stopped.set()


@pytest.mark.parametrize(
    ("second", "error"),
    [(lambda watch: fails, ValueError), (stopped, StoppedError)],
    ids=["fault", "ctrl-c"],
)
def test_of_an_answer_that_ends_halfway_nothing_is_written(
    tmp_path: Path, second: Callable[[Watch], Callable[[BinaryIO], None]], error: type[Exception]
) -> None:
    (tmp_path / "a").write_text("before")
    watch = Watch("vi")
    with pytest.raises(error):
        write_all({tmp_path / "a": one, tmp_path / "b": second(watch)}, watch)
    assert names(tmp_path) == {"a"}
    assert (tmp_path / "a").read_text() == "before"


def test_who_does_not_wait_for_the_writing_takes_back_its_drafts(tmp_path: Path) -> None:
    watch, seen = Watch("vi"), []

    def deaf(stream: BinaryIO) -> None:
        seen.append(len(names(tmp_path)))
        watch.stopped.set()
        watch.undo()
        seen.append(len(names(tmp_path)))

    with pytest.raises(StoppedError):
        write_all({tmp_path / "a": one, tmp_path / "b": deaf}, watch)
    assert seen == [2, 0]
