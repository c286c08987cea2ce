"""What no visits can be made of is refused by column and row."""

from dataclasses import replace

import numpy as np
import pytest

from tests.engines.stays.worlds import HOUR, MIDNIGHT, corrections_of, points_of, scans_of
from vungxanh.engines.stays import Corrections, Parameters, Points, Scans, StaysError, visits_of

POINTS = points_of([HOUR], [(21.0, 105.8)])
SCANS = scans_of([(1, 0, MIDNIGHT, 0, 0), (1, 0, MIDNIGHT + 60, 1, 0)])


def refused(
    scans: Scans = SCANS, points: Points = POINTS, corrections: Corrections | None = None
) -> tuple[str, str | None, str | None]:
    """Code, column and row of the refusal."""
    said = corrections_of([]) if corrections is None else corrections
    with pytest.raises(StaysError) as refusal:
        visits_of(scans, points, corrections=said)
    return refusal.value.code, refusal.value.field, refusal.value.where


@pytest.mark.parametrize(
    ("column", "value"),
    [("point", 1), ("point", -1), ("direction", 2), ("entrance", -1), ("at", 2**40 + 1)],
)
def test_a_scan_out_of_bounds_names_its_row(column: str, value: int) -> None:
    values = getattr(SCANS, column).copy()
    values[1] = value
    assert refused(replace(SCANS, **{column: values})) == ("stays.bad_value", column, "2")


@pytest.mark.parametrize("column", ["person_id", "point", "direction", "entrance"])
def test_a_column_that_is_shorter_names_its_end(column: str) -> None:
    short = replace(SCANS, **{column: getattr(SCANS, column)[:1]})
    assert refused(short) == ("stays.bad_value", column, "2")


def test_points_out_of_bounds_name_their_row() -> None:
    assert refused(points=points_of([-1]))[1:] == ("usual_s", "1")
    assert refused(points=points_of([HOUR], [(90.1, 0)]))[1:] == ("latitude", "1")
    assert refused(points=points_of([HOUR], [(0, -180.1)]))[1:] == ("longitude", "1")
    assert refused(points=replace(POINTS, latitude=np.empty(0)))[1:] == ("latitude", "1")


def test_corrections_that_cannot_be_name_their_row() -> None:
    assert refused(corrections=corrections_of([(2, 0, 1)]))[1:] == ("scan", "1")
    assert refused(corrections=corrections_of([(0, 0, 1), (0, 5, 4)]))[1:] == ("t_out", "2")
    assert refused(corrections=corrections_of([(0, 0, 2**41)]))[1:] == ("t_out", "1")


def test_parameters_below_zero_are_refused() -> None:
    with pytest.raises(StaysError) as refusal:
        Parameters(same_s=-1)
    assert (refusal.value.field, refusal.value.where) == ("same_s", None)
    assert "same_s" in refusal.value.words.vi
