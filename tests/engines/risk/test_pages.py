"""What the pages say of errors and rules is what the engine holds."""

import re
from pathlib import Path

import numpy as np
import pytest

from tests.engines.risk.measurements import packets, rows
from vungxanh.engines.risk import DEPLOYED, BodyPosition, roc
from vungxanh.engines.risk.measured import AUCS, BODY_POSITION_WORDS, RATES
from vungxanh.engines.risk.roc import Estimate, Packets

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "huong-dan-rui-ro-phoi-nhiem.md").read_text("utf-8")
ROOM = (ROOT / "vungxanh" / "engines" / "risk" / "README.md").read_text("utf-8")


def percent(estimate: Estimate) -> str:
    """As the guide prints it."""
    value, low, high = (int(100 * share + 0.5) for share in estimate)
    return f"{value} % ({low} đến {high} %)"


def test_the_guide_prints_every_area_as_kept() -> None:
    lines = [f"| {BODY_POSITION_WORDS[row.position].vi} | {percent(row.auc)} |" for row in AUCS]
    assert [line for line in lines if line not in GUIDE] == []


def test_the_guide_prints_sensitivity_and_specificity_of_all_positions_as_kept() -> None:
    lines = [
        f"| {row.bound_db} dB | {percent(row.sensitivity)} | {percent(row.specificity)} |"
        for row in RATES
        if row.position is None
    ]
    assert [line for line in lines if line not in GUIDE] == []


def test_the_guide_names_every_rule_in_use() -> None:
    rules = {f"| {rule.name.vi} |" for rule in DEPLOYED.values()}
    assert {line for line in rules if line not in GUIDE} == set()
    told = re.findall(r"(?:cao|thấp): từ (\d+) phút", GUIDE)
    minutes = [str(m) for r in DEPLOYED.values() for m in (r.high_minutes, r.low_minutes)]
    assert set(told) == set(minutes)


@pytest.mark.slow
def test_pocket_and_backpack_are_worse_than_chance_for_each_receiver_alone() -> None:
    together = packets(BodyPosition.POCKET_BACKPACK)
    receivers = [row["receiver"] for row in rows() if row["positions"] == "PB"]
    assert set(receivers) == {"N8", "ASUS_Z00AD"}
    names = ("ASUS_Z00AD", "N8")
    values = [_area_of(together, [one == name for one in receivers]) for name in names]
    assert [f"{value:.2f}" for value in values] == ["0.43", "0.48"]
    assert "each receiver alone 0.43 and 0.48" in ROOM


def _area_of(together: Packets, is_kept: list[bool]) -> float:
    """The area alone: each packet as a stand, as one phone has too few far stands for intervals."""
    chosen = np.array(is_kept)
    each = np.arange(chosen.sum())
    return roc.auc(Packets(together.rssi_dbm[chosen], each, together.is_near[chosen])).value
