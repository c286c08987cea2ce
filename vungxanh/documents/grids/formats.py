"""Number formats of a workbook: which numbers are shown as percent, with how many decimals.

Source: ECMA-376 Part 1 (2016), 18.8.30 numFmt (format codes).
"""

import re
from dataclasses import dataclass
from typing import Final

_LITERALS: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DECIMALS: Final = re.compile(r"\.([0#?]+)")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a sheet shows a number; `decimals` is None where it shows as many as there are."""

    percent: bool = False
    decimals: int | None = None


def number_format(code: str) -> NumberFormat:
    """What a format code says.

    >>> number_format("0.00%"), number_format("General")
    (NumberFormat(percent=True, decimals=2), NumberFormat(percent=False, decimals=None))
    """
    shown = _LITERALS.sub("", code).split(";")[0]
    decimals = _DECIMALS.search(shown)
    n_decimals = len(decimals.group(1)) if decimals else 0
    return NumberFormat(percent="%" in shown, decimals=n_decimals if "0" in shown else None)
