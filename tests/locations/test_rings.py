"""Outlines: what is mended, what is refused, and that common borders stay common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.locations.values import rings
from vungxanh.locations.values.rings import Ring

SQUARE: Ring = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
CORNERS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda at: (float(at[0]), float(at[1]))),
    min_size=4,
    max_size=12,
    unique=True,
)


def crosses_by_pairs(ring: Ring) -> bool:
    """The plain form: every edge against every other."""
    found = rings.edges(ring)
    return any(
        proper(one, other) for place, one in enumerate(found) for other in found[place + 1 :]
    )


def proper(one: tuple[rings.Spot, rings.Spot], other: tuple[rings.Spot, rings.Spot]) -> bool:
    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def side(a: rings.Spot, b: rings.Spot, c: rings.Spot) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


@given(CORNERS)
def test_a_crossing_is_found_where_one_is(corners: list[rings.Spot]) -> None:
    ring = tuple(corners)
    assert (rings.crossing([ring]) is not None) == crosses_by_pairs(ring)


def test_a_small_loop_is_cut_off_and_counted() -> None:
    looped = (*SQUARE[:2], (10.0, 5.0), (10.02, 5.05), (10.02, 5.0), (10.0, 5.05), *SQUARE[2:])
    whole, n_cut, still = rings.mended(looped)
    assert (n_cut, still) == (1, None)
    assert rings.signed_area(whole) == pytest.approx(100, rel=0.001)


def test_a_bow_tie_is_not_mended() -> None:
    _, _, still = rings.mended((SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]))
    assert still == pytest.approx((5.0, 5.0))


def test_a_common_border_stays_common_when_simplified() -> None:
    border = [(10.0, y / 4) if y % 2 else (10.2, y / 4) for y in range(41)]
    left = ((0.0, 0.0), *border, (0.0, 10.0))
    right = ((20.0, 10.0), *reversed(border), (20.0, 0.0))
    drawn = rings.simplified({"left": (left,), "right": (right,)}, 0.5)
    assert set(drawn["left"][0]) & set(drawn["right"][0]) == {(10.2, 0.0), (10.2, 10.0)}
    assert len(drawn["left"][0]) == 4


@given(CORNERS, st.floats(0.1, 5))
def test_simplified_corners_are_corners_of_the_ring(corners: list[rings.Spot], off: float) -> None:
    drawn = rings.simplified({"": (tuple(corners),)}, off)
    assert {corner for ring in drawn[""] for corner in ring} <= set(corners)


def test_a_window_cuts_a_ring_at_its_edges() -> None:
    part = rings.clipped(SQUARE, (5, 5, 20, 20))
    assert abs(rings.signed_area(part)) == 25
    assert rings.clipped(SQUARE, (11, 11, 20, 20)) == ()


def test_spikes_and_repeated_corners_go() -> None:
    assert rings.cleaned([*SQUARE[:2], (14.0, 0.0), *SQUARE[1:], SQUARE[0]]) == SQUARE
