"""Areas and their intervals, against pairs one by one and against simulated truth."""

from itertools import chain, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.risk.worlds import int64s
from vungxanh.engines.risk import RiskError, roc
from vungxanh.engines.risk.roc import Packets

Stand = tuple[bool, list[int]]
readings = st.lists(st.integers(-100, -60), min_size=1, max_size=6)
sides = st.tuples(
    st.lists(readings, min_size=2, max_size=5), st.lists(readings, min_size=2, max_size=5)
)


def packets_of(near: list[list[int]], far: list[list[int]]) -> Packets:
    """Packets of stands."""
    stands = [(True, one) for one in near] + [(False, one) for one in far]
    rows = [(dbm, k, is_near) for k, (is_near, one) in enumerate(stands) for dbm in one]
    rssi, stand, is_near = (list(column) for column in zip(*rows, strict=True))
    return Packets(int64s(rssi), int64s(stand), np.array(is_near, np.bool_))


@pytest.mark.slow
@given(sides)
def test_area_is_the_share_of_pairs_in_which_near_is_stronger(
    stands: tuple[list[list[int]], list[list[int]]],
) -> None:
    near, far = (list(chain.from_iterable(one)) for one in stands)
    wins = sum((a > b) + (a == b) / 2 for a, b in product(near, far))
    assert roc.auc(packets_of(*stands)).value == pytest.approx(wins / len(near) / len(far))


@pytest.mark.slow
@given(sides)
def test_area_of_sides_swapped_is_what_is_left_of_one(
    stands: tuple[list[list[int]], list[list[int]]],
) -> None:
    one, other = roc.auc(packets_of(*stands)), roc.auc(packets_of(stands[1], stands[0]))
    assert other.value == pytest.approx(1 - one.value)
    assert (other.low, other.high) == pytest.approx((1 - one.high, 1 - one.low))


@pytest.mark.slow
@given(sides, st.integers(-30, 30))
def test_another_tx_power_changes_no_area(
    stands: tuple[list[list[int]], list[list[int]]], more: int
) -> None:
    packets = packets_of(*stands)
    moved = Packets(packets.rssi_dbm + more, packets.stand, packets.is_near)
    assert roc.auc(moved) == roc.auc(packets)


@pytest.mark.slow
@given(sides)
def test_intervals_hold_their_value_and_stay_within_bounds(
    stands: tuple[list[list[int]], list[list[int]]],
) -> None:
    packets = packets_of(*stands)
    rates = roc.rates(packets, -80)
    for one in (roc.auc(packets), *rates):
        assert 0 <= one.low <= one.high <= 1
    area = roc.auc(packets)
    assert area.low - 1e-9 <= area.value <= area.high + 1e-9


def test_packets_that_repeat_a_stand_tell_nothing_new() -> None:
    near, far = [[-60, -70], [-80], [-75]], [[-85], [-72, -90]]
    once = roc.auc(packets_of(near, far))
    tenfold = roc.auc(packets_of([one * 10 for one in near], [one * 10 for one in far]))
    assert tenfold == pytest.approx(once)


def test_one_packet_a_stand_gives_the_variance_of_delong() -> None:
    # Near -60, -70, -80; far -75, -90. Shares of far below: 1, 1, 1/2; area 5/6. Shares of near
    # above: 2/3, 1. Variances: (1/36 + 1/36 + 1/9) / 2 / 3 = 1/36; (1/36 + 1/36) / 1 / 2 = 1/36.
    # Degrees: (2/36)^2 / ((1/36)^2 / 2 + (1/36)^2 / 1) = 8/3; logit of 5/6 = ln 5 = 1.6094;
    # t(8/3) = 3.4195; half width 3.4195 * sqrt(1/18) / (5/36) = 5.8031.
    area = roc.auc(packets_of([[-60], [-70], [-80]], [[-75], [-90]]))
    assert area.value == pytest.approx(5 / 6)
    width = np.log(area.high / (1 - area.high)) - np.log(5)
    assert width == pytest.approx(roc.student_quantile(8 / 3) * np.sqrt(1 / 18) / (5 / 36))


@pytest.mark.parametrize(("near", "far"), [([[-60]], [[-80], [-81]]), ([[-60], [-61]], [[-80]])])
def test_one_stand_on_a_side_gives_no_interval(near: list[list[int]], far: list[list[int]]) -> None:
    packets = packets_of(near, far)
    with pytest.raises(RiskError, match="too_few_stands"):
        roc.auc(packets)
    with pytest.raises(RiskError, match="too_few_stands"):
        roc.rates(packets, -70)


def test_nothing_afar_gives_no_area() -> None:
    packets = Packets(int64s([-60]), int64s([0]), np.array([True]))
    with pytest.raises(RiskError, match="too_few_stands"):
        roc.auc(packets)


def test_perfect_separation_says_nothing_is_known_of_the_interval() -> None:
    assert roc.auc(packets_of([[-60], [-61]], [[-80], [-81]])) == (1.0, 0.0, 1.0)


def test_rates_count_what_is_at_least_as_strong() -> None:
    packets = packets_of([[-60, -70], [-71]], [[-70], [-71, -72, -73]])
    found, cleared = roc.rates(packets, -70)
    assert found.value == pytest.approx(2 / 3)
    assert cleared.value == pytest.approx(3 / 4)
    assert found.low < 0.01
    assert found.high > 0.99


def test_shares_of_all_and_of_none_count_stands_as_trials() -> None:
    # Three stands, all right: 0.025 to the power 1/3 is 0.292; two, none right: 1 - 0.158.
    found, cleared = roc.rates(packets_of([[-60] * 9, [-61], [-62]], [[-60], [-61]]), -70)
    assert found == pytest.approx((1.0, 0.025 ** (1 / 3), 1.0))
    assert cleared == pytest.approx((0.0, 0.0, 1 - 0.025 ** (1 / 2)))


def test_the_interval_of_a_share_follows_from_its_stands() -> None:
    # Of stands 1, 1 and 0 of one packet each: 2/3. Deviations 1/3, 1/3, -2/3, squared 6/9; times
    # 3/2, over 9: 1/9. Two degrees: t = 4.3027; half width 4.3027 * (1/3) / (2/9) = 6.4540.
    found = roc.rates(packets_of([[-60], [-61], [-80]], [[-60], [-61]]), -70).sensitivity
    width = np.log(found.high / (1 - found.high)) - np.log(2)
    assert found.value == pytest.approx(2 / 3)
    assert width == pytest.approx(6.4540, abs=1e-3)


@pytest.mark.slow
def test_intervals_hold_the_truth_where_stands_differ() -> None:
    """Ten near and three far stands, as measured: 95 % intervals, so at least 90 % of 400 hold.

    A stand's mean varies by 6 dB and its 100 packets by 5 dB; near is 8 dB stronger. The truth is
    the normal distribution's: 8 over the root of twice 61 is 0.724, area 0.766.
    """
    rng = np.random.default_rng(2021)
    held = [area.low <= 0.766 <= area.high for area in (_simulated(rng) for _ in range(400))]
    assert np.mean(held) >= 0.90


@pytest.mark.slow
def test_intervals_of_shares_hold_the_truth_where_stands_differ() -> None:
    """As above; at -76 dBm the truth is 0.797 of near and 0.576 of far packets."""
    rng = np.random.default_rng(2022)
    both = [roc.rates(_simulated_packets(rng), -76) for _ in range(400)]
    assert np.mean([one.low <= 0.797 <= one.high for one, _ in both]) >= 0.90
    assert np.mean([one.low <= 0.576 <= one.high for _, one in both]) >= 0.90


def _simulated(rng: np.random.Generator) -> roc.Estimate:
    return roc.auc(_simulated_packets(rng))


def _simulated_packets(rng: np.random.Generator) -> Packets:
    means = np.append(rng.normal(-70, 6, 10), rng.normal(-78, 6, 3))
    dbm = np.rint(rng.normal(means[:, None], 5, (13, 100))).astype(np.int64).ravel()
    stands = np.repeat(np.arange(13), 100)
    return Packets(dbm, stands, stands < 10)
