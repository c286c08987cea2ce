"""Geometry of drawings: zero is on the axis, widths are parts of one whole."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.core.drawings import cells, compare, lines

FRAME = lines.Frame(left=36, top=18, right=350, bottom=96)
DAYS = st.dates(date(2020, 1, 1), date(2025, 12, 31))
SHARES = st.decimals(0, 100, places=2)


@given(st.lists(st.integers(0, 10**8), min_size=2, max_size=60))
def test_spark_stays_inside_its_box(points: list[int]) -> None:
    drawn = lines.spark(points)
    assert drawn is not None
    pairs = [pair.split() for pair in drawn.d.removeprefix("M").split("L")]
    assert all(0 <= float(x) <= 58 and 0 <= float(y) <= 18 for x, y in pairs)


def test_one_point_draws_no_trend() -> None:
    assert lines.spark([202379]) is None


def test_rising_figures_rise_on_the_drawing() -> None:
    drawn = lines.spark([1, 2, 3])
    assert drawn is not None
    assert drawn.d == "M2 15L28 9L54 3"


@given(st.integers(1, 10**12))
def test_axis_holds_its_greatest_value_in_few_round_steps(greatest: int) -> None:
    top, step = lines.axis_top(greatest)
    assert top >= greatest > top - step
    assert top // step <= lines.MOST_STEPS
    assert str(step).rstrip("0") in {"1", "2", "5"}


@given(DAYS, st.integers(0, 800))
def test_day_ticks_are_ordered_and_hold_both_ends(first: date, n_days: int) -> None:
    last = first + timedelta(days=n_days)
    ticks = lines.ticks_between(first, last)
    assert ticks[0] == first
    assert ticks[-1] == last
    assert list(ticks) == sorted(set(ticks))
    assert len(ticks) <= 5


def test_target_line_runs_from_today_to_the_due_day() -> None:
    drawn = lines.course(
        [(date(2021, 5, 26), 202379)],
        frame=FRAME,
        due_on=date(2021, 8, 31),
        wanted=580448,
        pace_ends_at=260773,
    )
    assert drawn.now == (36.0, 69.7)
    assert drawn.needed == "M36 69.7L350 20.5"
    assert [tick.value for tick in drawn.values] == [0, 200000, 400000, 600000]
    assert drawn.values[0].y == FRAME.bottom


def test_labels_at_the_end_of_two_lines_keep_apart() -> None:
    drawn = lines.course(
        [(date(2021, 5, 26), 100)],
        frame=FRAME,
        due_on=date(2021, 6, 26),
        wanted=1000,
        pace_ends_at=990,
    )
    assert abs(drawn.pace_y - drawn.wanted_y) >= lines.LABEL_HEIGHT


def test_trend_without_target_draws_neither_needed_nor_pace() -> None:
    history = [(date(2021, 5, 19), 198163), (date(2021, 5, 26), 202379)]
    drawn = lines.course(history, frame=FRAME)
    assert (drawn.needed, drawn.pace) == ("", "")
    assert drawn.history.startswith("M36 ")


@given(st.lists(st.one_of(st.none(), SHARES), max_size=80))
def test_every_known_share_is_in_exactly_one_band(shares: list[Decimal | None]) -> None:
    edges = (Decimal(9), Decimal(10), Decimal(12), Decimal(20))
    bands = cells.bands_between(edges, tuple(shares))
    known = [share for share in shares if share is not None]
    assert sum(band.n_units for band in bands) == len(known)


@given(SHARES)
def test_a_share_lies_between_the_edges_of_its_band(share: Decimal) -> None:
    bands = cells.bands_between((Decimal(9), Decimal(20)), ())
    band = bands[cells.band_of(share, bands) - 1]
    assert band.lower is None or share >= band.lower
    assert band.upper is None or share < band.upper


def test_unknown_share_has_no_band() -> None:
    bands = cells.bands_between((Decimal(9),), ())
    assert cells.band_of(None, bands) == 0


@pytest.mark.parametrize(("with_missing", "n_fields"), [(True, 6), (False, 5)])
def test_legend_fills_its_width(with_missing: bool, n_fields: int) -> None:
    bands = cells.bands_between((Decimal(9), Decimal(10), Decimal(12), Decimal(20)), ())
    fields = cells.swatches(bands, width=376, with_missing=with_missing)
    assert len(fields) == n_fields
    assert fields[-1].x + fields[-1].width == pytest.approx(374, abs=0.2)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6))
def test_bars_are_parts_of_the_greatest(values: list[int]) -> None:
    bars = tuple(compare.Bar(str(value), value) for value in values)
    widths = [measured.width for measured in compare.measured_bars(bars, width=230)]
    assert max(widths) == (230.0 if max(values) else 0.0)
    assert sorted(widths) == [
        measured.width
        for measured in compare.measured_bars(
            tuple(sorted(bars, key=lambda bar: bar.value)), width=230
        )
    ]


@given(SHARES, st.decimals(1, 100, places=2))
def test_a_cell_bar_never_leaves_its_track(value: Decimal, scale: Decimal) -> None:
    assert 0 <= compare.part_of(value, scale, 60) <= 60


def test_an_unknown_value_has_no_bar() -> None:
    assert compare.part_of(None, Decimal(30), 60) == 0.0
