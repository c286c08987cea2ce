"""Shared words of the tests of checks: the real annex and small tables typed as text."""

import json
from collections.abc import Sequence
from pathlib import Path

from vungxanh.documents.grids import grid_of_text, read_grid
from vungxanh.engines.checks import Claim, Finding, Table, claims_of, recognise

DATA = Path(__file__).resolve().parents[2] / "data"
ANNEX = DATA / "uptake" / "binh-dinh-2021-05-26.csv"


def annex() -> Table:
    """The annex of Bình Định of 26 May 2021."""
    return recognise(read_grid(ANNEX.read_bytes(), name=ANNEX.name))


def annex_claims() -> tuple[Claim, ...]:
    """What the letter above the annex states."""
    path = DATA / "uptake" / "binh-dinh-2021-05-26.claims.json"
    return claims_of(json.loads(path.read_text("utf-8")))


def table(text: str) -> Table:
    """A table typed with `|` between cells."""
    lines = (line.strip().replace("|", "\t") for line in text.strip().splitlines())
    return recognise(grid_of_text("\n".join(lines)))


def codes(findings: Sequence[Finding], severity: str | None = None) -> list[str]:
    """The codes of findings, of one severity if asked."""
    return [f.code for f in findings if severity is None or f.severity == severity]


def only(findings: Sequence[Finding], code: str) -> Finding:
    """The single finding of a code."""
    (found,) = [finding for finding in findings if finding.code == code]
    return found
