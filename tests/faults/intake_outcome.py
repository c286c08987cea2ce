"""What must hold after any fault, and the line of the table that tells it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.faults.intake_phones import Phones
from tests.faults.intake_site import connect

OUTCOME = "outcome"
Record = Callable[[str, object], None]


def stored(home: Path) -> list[str]:
    """The identifier of every scan that there is."""
    with connect(home) as connection:
        return [str(one) for (one,) in connection.execute("SELECT id FROM checkins_scan")]


def nothing_was_lost(home: Path, phones: Phones, before: list[str]) -> None:
    """What was acknowledged is there once, nothing else is, and nobody met an error."""
    ids = stored(home)
    assert phones.faults == []
    assert len(ids) == len(set(ids))
    assert set(ids) - set(before) == phones.acknowledged
    assert phones.n_stored >= 100


def told(name: str, phones: Phones, seconds: Sequence[float]) -> str:
    """A line of the table."""
    answered = ", ".join(f"{status}: {n}" for status, n in sorted(phones.statuses.items()))
    again = f"back in {min(seconds):.1f} to {max(seconds):.1f} s"
    return (
        f"{name}: {len(seconds)} rounds, {again}; {len(phones.acknowledged)} scans acknowledged, "
        f"0 missing, 0 doubled; answers {answered}; {phones.n_lost} connections lost"
    )
