"""Prints the errors that `vungxanh/engines/risk/measured.py` keeps, computed again."""

from itertools import product

from tests.engines.risk.measurements import BOUNDS_DB, auc_row, rates_row
from vungxanh.engines.risk.measured import BodyPosition
from vungxanh.engines.risk.roc import Estimate

POSITIONS = (None, *BodyPosition)


def name_of(position: BodyPosition | None) -> str:
    """Its short name in that file."""
    return "None" if position is None else f"_{position.value}"


def written(estimate: Estimate) -> str:
    """As it stands in code."""
    return "Estimate({:.3f}, {:.3f}, {:.3f})".format(*estimate)


def main() -> None:
    """Both tables as Python."""
    for position in POSITIONS:
        row = auc_row(position)
        sizes = f"{row.n_packets}, {row.n_near_stands}, {row.n_far_stands}"
        print(f"AucRow({name_of(position)}, {sizes}, {written(row.auc)}),")
    for position, bound in product(POSITIONS, BOUNDS_DB):
        rates = rates_row(position, bound)
        shares = f"{written(rates.sensitivity)}, {written(rates.specificity)}"
        print(f"RatesRow({name_of(position)}, {bound}, {shares}),")


if __name__ == "__main__":
    main()
