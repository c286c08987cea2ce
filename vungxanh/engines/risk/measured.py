"""Errors measured on real phones: what a single reading tells of distance, by body position.

41,242 packets of 78 stands, near up to 2 m (20 to 200 cm), far 3 to 5 m. Source of the packets: Ng,
Spachos, Plataniotis, IEEE Systems Journal 2021; pc-ng/rss_smartphone. Method: `roc`. Sensitivity
and specificity are of "attenuation under the bound", taken from signal strength with a TX power
that the measurements do not give: -15 dBm, Android's "low", at which its phones advertise. Another
TX power moves every bound by as much. `python -m tools.measure_rssi` makes both tables again.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vungxanh.engines.risk.roc import Estimate
from vungxanh.refusals import Words

TX_POWER_DBM: Final = -15


class BodyPosition(StrEnum):
    """Where the two people carry their phones."""

    HAND_HAND = "HH"
    HAND_POCKET = "HP"
    BACKPACK_BACKPACK = "BB"
    POCKET_POCKET = "PP"
    HAND_BACKPACK = "HB"
    POCKET_BACKPACK = "PB"


BODY_POSITION_WORDS: Final = {
    None: Words("không rõ để máy ở đâu", "wherever phones are carried"),
    BodyPosition.HAND_HAND: Words("hai máy cầm tay", "both phones in the hand"),
    BodyPosition.HAND_POCKET: Words(
        "một máy cầm tay, một máy trong túi", "one phone in the hand and one in a pocket"
    ),
    BodyPosition.BACKPACK_BACKPACK: Words("hai máy trong ba lô", "both phones in backpacks"),
    BodyPosition.POCKET_POCKET: Words("hai máy trong túi", "both phones in pockets"),
    BodyPosition.HAND_BACKPACK: Words(
        "một máy cầm tay, một máy trong ba lô", "one phone in the hand and one in a backpack"
    ),
    BodyPosition.POCKET_BACKPACK: Words(
        "một máy trong túi, một máy trong ba lô", "one phone in a pocket and one in a backpack"
    ),
}


@dataclass(frozen=True, slots=True)
class AucRow:
    """Area under the curve of one body position, of all where None; packets, stands."""

    position: BodyPosition | None
    n_packets: int
    n_near_stands: int
    n_far_stands: int
    auc: Estimate


@dataclass(frozen=True, slots=True)
class RatesRow:
    """Share of near readings under a bound, and of far ones not under it."""

    position: BodyPosition | None
    bound_db: int
    sensitivity: Estimate
    specificity: Estimate


_HH, _HP = BodyPosition.HAND_HAND, BodyPosition.HAND_POCKET
_BB, _PP = BodyPosition.BACKPACK_BACKPACK, BodyPosition.POCKET_POCKET
_HB, _PB = BodyPosition.HAND_BACKPACK, BodyPosition.POCKET_BACKPACK

AUCS: Final = (
    AucRow(None, 41242, 60, 18, Estimate(0.710, 0.567, 0.822)),
    AucRow(_HH, 6635, 10, 3, Estimate(0.872, 0.626, 0.965)),
    AucRow(_HP, 5361, 10, 3, Estimate(0.864, 0.658, 0.954)),
    AucRow(_BB, 11364, 10, 3, Estimate(0.765, 0.665, 0.842)),
    AucRow(_PP, 8051, 10, 3, Estimate(0.741, 0.665, 0.805)),
    AucRow(_HB, 3444, 10, 3, Estimate(0.680, 0.463, 0.839)),
    AucRow(_PB, 6387, 10, 3, Estimate(0.449, 0.244, 0.673)),
)

RATES: Final = (
    RatesRow(None, 50, Estimate(0.064, 0.037, 0.108), Estimate(0.989, 0.967, 0.996)),
    RatesRow(None, 55, Estimate(0.129, 0.084, 0.193), Estimate(0.947, 0.851, 0.982)),
    RatesRow(None, 63, Estimate(0.314, 0.231, 0.409), Estimate(0.892, 0.738, 0.960)),
    RatesRow(None, 73, Estimate(0.582, 0.477, 0.681), Estimate(0.723, 0.511, 0.867)),
    RatesRow(None, 79, Estimate(0.771, 0.689, 0.837), Estimate(0.544, 0.338, 0.735)),
    RatesRow(_HH, 50, Estimate(0.142, 0.034, 0.436), Estimate(0.998, 0.986, 1.000)),
    RatesRow(_HH, 55, Estimate(0.202, 0.063, 0.489), Estimate(0.993, 0.984, 0.997)),
    RatesRow(_HH, 63, Estimate(0.523, 0.306, 0.731), Estimate(0.979, 0.854, 0.997)),
    RatesRow(_HH, 73, Estimate(0.893, 0.646, 0.975), Estimate(0.551, 0.079, 0.946)),
    RatesRow(_HH, 79, Estimate(0.981, 0.941, 0.994), Estimate(0.176, 0.005, 0.897)),
    RatesRow(_HP, 50, Estimate(0.029, 0.006, 0.137), Estimate(1.000, 0.292, 1.000)),
    RatesRow(_HP, 55, Estimate(0.096, 0.022, 0.329), Estimate(0.999, 0.980, 1.000)),
    RatesRow(_HP, 63, Estimate(0.414, 0.230, 0.625), Estimate(0.996, 0.923, 1.000)),
    RatesRow(_HP, 73, Estimate(0.797, 0.668, 0.885), Estimate(0.745, 0.114, 0.985)),
    RatesRow(_HP, 79, Estimate(0.929, 0.853, 0.967), Estimate(0.345, 0.024, 0.920)),
    RatesRow(_BB, 50, Estimate(0.002, 0.001, 0.003), Estimate(1.000, 0.292, 1.000)),
    RatesRow(_BB, 55, Estimate(0.005, 0.003, 0.007), Estimate(1.000, 0.292, 1.000)),
    RatesRow(_BB, 63, Estimate(0.018, 0.013, 0.027), Estimate(0.995, 0.959, 0.999)),
    RatesRow(_BB, 73, Estimate(0.260, 0.159, 0.395), Estimate(0.979, 0.951, 0.991)),
    RatesRow(_BB, 79, Estimate(0.572, 0.431, 0.703), Estimate(0.842, 0.644, 0.940)),
    RatesRow(_PP, 50, Estimate(0.002, 0.001, 0.003), Estimate(1.000, 0.292, 1.000)),
    RatesRow(_PP, 55, Estimate(0.004, 0.002, 0.008), Estimate(0.999, 0.950, 1.000)),
    RatesRow(_PP, 63, Estimate(0.015, 0.009, 0.025), Estimate(0.995, 0.991, 0.997)),
    RatesRow(_PP, 73, Estimate(0.163, 0.086, 0.289), Estimate(0.974, 0.942, 0.989)),
    RatesRow(_PP, 79, Estimate(0.466, 0.351, 0.586), Estimate(0.881, 0.816, 0.925)),
    RatesRow(_HB, 50, Estimate(0.228, 0.160, 0.314), Estimate(0.934, 0.729, 0.987)),
    RatesRow(_HB, 55, Estimate(0.378, 0.307, 0.454), Estimate(0.817, 0.406, 0.967)),
    RatesRow(_HB, 63, Estimate(0.683, 0.568, 0.779), Estimate(0.577, 0.226, 0.864)),
    RatesRow(_HB, 73, Estimate(0.953, 0.925, 0.971), Estimate(0.144, 0.040, 0.404)),
    RatesRow(_HB, 79, Estimate(0.988, 0.980, 0.993), Estimate(0.042, 0.009, 0.171)),
    RatesRow(_PB, 50, Estimate(0.101, 0.043, 0.218), Estimate(0.945, 0.854, 0.981)),
    RatesRow(_PB, 55, Estimate(0.294, 0.175, 0.451), Estimate(0.625, 0.347, 0.839)),
    RatesRow(_PB, 63, Estimate(0.636, 0.560, 0.706), Estimate(0.321, 0.032, 0.872)),
    RatesRow(_PB, 73, Estimate(0.887, 0.829, 0.926), Estimate(0.059, 0.004, 0.485)),
    RatesRow(_PB, 79, Estimate(0.976, 0.960, 0.986), Estimate(0.015, 0.001, 0.264)),
)
