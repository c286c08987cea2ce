"""Whoever holds the name of a file that a run replaced meanwhile asks again."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from pytest_django import Settings

from tests.checkins.days.planting import NOW, TODAY, Planted, make_days, named, plant, said_by_all
from tests.factories.points import a_point
from vungxanh.checkins.actions.days import folder, pack, stale_days
from vungxanh.checkins.actions.visit_store import StoredVisits, read_visits, stored_visits
from vungxanh.checkins.gateways.day_files import ASKED_AT_MOST, DayFolder

pytestmark = pytest.mark.django_db(transaction=True)
DAY = 1440


@pytest.fixture
def point(settings: Settings, tmp_path: Path, places_of_both_eras: None) -> int:
    """Where two people were, five days ago and six; both days are in files."""
    settings.HOME = tmp_path
    make_days()
    point = a_point().pk
    plant([Planted(7, point, 5 * DAY), Planted(8, point, 6 * DAY)])
    pack(at=NOW)
    return point


def replace_a_day(point: int) -> None:
    """Something comes late, and a run writes its day again."""
    plant([Planted(9, point, 5 * DAY)])
    assert len(pack(at=NOW).written) > 0


def test_a_file_replaced_between_the_question_and_the_reading_is_asked_for_anew(
    point: int,
) -> None:
    asked: list[StoredVisits] = []

    def read(stored: StoredVisits) -> pa.Table:
        asked.append(stored)
        if len(asked) == 1:
            replace_a_day(point)
        return stored.whole()

    found = read_visits(read=read, at=NOW)
    assert len(asked) == 2
    assert not all(path.exists() for path in asked[0].files)
    assert named(found) == said_by_all()
    assert {row[0] for row in named(found)} == {7, 8, 9}


@pytest.fixture
def replaced(point: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were gone when the question itself opened them."""
    manifest, whole, met = folder().manifest(), DayFolder.whole, list[str]()
    assert manifest is not None
    entry = manifest.entry(TODAY - timedelta(days=5))
    assert entry is not None

    def slow(self: DayFolder, name: str) -> NDArray[np.int64]:
        if name == entry.file and not met:
            met.append(name)
            replace_a_day(point)
        return whole(self, name)

    monkeypatch.setattr(DayFolder, "whole", slow)
    return met


def test_a_file_replaced_in_the_middle_of_the_question_is_asked_for_anew(
    replaced: list[str],
) -> None:
    assert named(stored_visits(at=NOW).whole()) == said_by_all()
    assert [(folder().path / name).exists() for name in replaced] == [False]


def test_a_file_replaced_while_stale_days_are_told_hinders_nobody(replaced: list[str]) -> None:
    assert stale_days(at=NOW) == []
    assert [(folder().path / name).exists() for name in replaced] == [False]


def test_a_file_that_is_gone_every_time_is_not_asked_for_without_end(point: int) -> None:
    asked: list[StoredVisits] = []

    def read(stored: StoredVisits) -> pa.Table:
        asked.append(stored)
        return folder().visits(["visits-20310101-00000000.parquet"])

    with pytest.raises(FileNotFoundError):
        read_visits(read=read, at=NOW)
    assert len(asked) == ASKED_AT_MOST
