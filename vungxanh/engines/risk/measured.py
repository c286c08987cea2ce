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
    RatesRow(None, 50, Estimate(0.064, 0.033, 0.099), Estimate(0.989, 0.974, 0.997)),
    RatesRow(None, 55, Estimate(0.129, 0.080, 0.184), Estimate(0.947, 0.875, 0.988)),
    RatesRow(None, 63, Estimate(0.314, 0.230, 0.404), Estimate(0.892, 0.762, 0.967)),
    RatesRow(None, 73, Estimate(0.582, 0.485, 0.686), Estimate(0.723, 0.497, 0.856)),
    RatesRow(None, 79, Estimate(0.771, 0.704, 0.843), Estimate(0.544, 0.305, 0.703)),
    RatesRow(_HH, 50, Estimate(0.142, 0.007, 0.348), Estimate(0.998, 0.997, 1.000)),
    RatesRow(_HH, 55, Estimate(0.202, 0.061, 0.433), Estimate(0.993, 0.990, 0.997)),
    RatesRow(_HH, 63, Estimate(0.523, 0.337, 0.749), Estimate(0.979, 0.949, 0.989)),
    RatesRow(_HH, 73, Estimate(0.893, 0.749, 0.993), Estimate(0.551, 0.064, 0.720)),
    RatesRow(_HH, 79, Estimate(0.981, 0.962, 0.999), Estimate(0.176, 0.005, 0.340)),
    RatesRow(_HP, 50, Estimate(0.029, 0.007, 0.077), Estimate(1.000, 1.000, 1.000)),
    RatesRow(_HP, 55, Estimate(0.096, 0.012, 0.228), Estimate(0.999, 0.998, 1.000)),
    RatesRow(_HP, 63, Estimate(0.414, 0.237, 0.589), Estimate(0.996, 0.993, 1.000)),
    RatesRow(_HP, 73, Estimate(0.797, 0.714, 0.897), Estimate(0.745, 0.536, 1.000)),
    RatesRow(_HP, 79, Estimate(0.929, 0.883, 0.974), Estimate(0.345, 0.095, 0.842)),
    RatesRow(_BB, 50, Estimate(0.002, 0.001, 0.003), Estimate(1.000, 1.000, 1.000)),
    RatesRow(_BB, 55, Estimate(0.005, 0.003, 0.006), Estimate(1.000, 1.000, 1.000)),
    RatesRow(_BB, 63, Estimate(0.018, 0.013, 0.024), Estimate(0.995, 0.992, 0.999)),
    RatesRow(_BB, 73, Estimate(0.260, 0.173, 0.362), Estimate(0.979, 0.972, 0.983)),
    RatesRow(_BB, 79, Estimate(0.572, 0.466, 0.688), Estimate(0.842, 0.789, 0.884)),
    RatesRow(_PP, 50, Estimate(0.002, 0.001, 0.003), Estimate(1.000, 1.000, 1.000)),
    RatesRow(_PP, 55, Estimate(0.004, 0.002, 0.007), Estimate(0.999, 0.997, 1.000)),
    RatesRow(_PP, 63, Estimate(0.015, 0.010, 0.022), Estimate(0.995, 0.993, 0.996)),
    RatesRow(_PP, 73, Estimate(0.163, 0.083, 0.246), Estimate(0.974, 0.969, 0.984)),
    RatesRow(_PP, 79, Estimate(0.466, 0.357, 0.559), Estimate(0.881, 0.870, 0.923)),
    RatesRow(_HB, 50, Estimate(0.228, 0.164, 0.287), Estimate(0.934, 0.900, 0.975)),
    RatesRow(_HB, 55, Estimate(0.378, 0.318, 0.438), Estimate(0.817, 0.732, 0.964)),
    RatesRow(_HB, 63, Estimate(0.683, 0.592, 0.764), Estimate(0.577, 0.462, 0.772)),
    RatesRow(_HB, 73, Estimate(0.953, 0.935, 0.969), Estimate(0.144, 0.086, 0.194)),
    RatesRow(_HB, 79, Estimate(0.988, 0.983, 0.993), Estimate(0.042, 0.022, 0.063)),
    RatesRow(_PB, 50, Estimate(0.101, 0.042, 0.173), Estimate(0.945, 0.921, 0.958)),
    RatesRow(_PB, 55, Estimate(0.294, 0.188, 0.409), Estimate(0.625, 0.500, 0.752)),
    RatesRow(_PB, 63, Estimate(0.636, 0.576, 0.696), Estimate(0.321, 0.122, 0.482)),
    RatesRow(_PB, 73, Estimate(0.887, 0.847, 0.926), Estimate(0.059, 0.009, 0.102)),
    RatesRow(_PB, 79, Estimate(0.976, 0.966, 0.986), Estimate(0.015, 0.000, 0.029)),
)
