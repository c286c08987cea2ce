"""The measured packets, by body position, and the tables that the product keeps of them."""

import csv
import gzip
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from vungxanh.engines.risk import roc
from vungxanh.engines.risk.deployed import DEPLOYED
from vungxanh.engines.risk.measured import TX_POWER_DBM, AucRow, BodyPosition, RatesRow
from vungxanh.engines.risk.roc import Estimate, Packets

MEASURED: Final = Path(__file__).parents[2] / "data" / "rssi" / "pcng_body_pairs.csv.gz"
NEAR_CM: Final = 200
BOUNDS_DB: Final = sorted({bound for rule in DEPLOYED.values() for bound in rule.bounds_db})


@cache
def rows() -> list[dict[str, str]]:
    """Every packet."""
    with gzip.open(MEASURED, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@cache
def packets(position: BodyPosition | None) -> Packets:
    """Packets of a position, of all where None; a stand is a position and a distance."""
    kept = [row for row in rows() if position in {None, row["positions"]}]
    stands = [f"{row['positions']} {row['distance_cm']}" for row in kept]
    _, which = np.unique(stands, return_inverse=True)
    return Packets(
        np.array([row["rssi_dbm"] for row in kept], np.int64),
        which.astype(np.int64),
        np.array([int(row["distance_cm"]) <= NEAR_CM for row in kept]),
    )


def auc_row(position: BodyPosition | None) -> AucRow:
    """The row of a position, recomputed."""
    measured = packets(position)
    n_near = len(np.unique(measured.stand[measured.is_near]))
    n_far = len(np.unique(measured.stand[~measured.is_near]))
    return AucRow(position, len(measured), n_near, n_far, rounded(roc.auc(measured)))


def rates_row(position: BodyPosition | None, bound_db: int) -> RatesRow:
    """The row of a position and a bound, recomputed."""
    least_dbm = TX_POWER_DBM - bound_db + 1  # an attenuation under the bound
    rates = roc.rates(packets(position), least_dbm)
    return RatesRow(position, bound_db, rounded(rates.sensitivity), rounded(rates.specificity))


def rounded(estimate: Estimate) -> Estimate:
    """To a thousandth."""
    return Estimate(*(round(value, 3) for value in estimate))
