"""Codes inside the numbers of papers."""

from typing import Final

# Circular 07/2016/TT-BCA of 1/2/2016, appendix 1 (three digits, "0" and these): the codes of the
# statistics office for the 63 provinces until 30/6/2025; no number changed with the 34 since.
_CODES: Final = (
    "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 "
    "48 49 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 "
    "96"
)
PROVINCES: Final = frozenset(_CODES.split())
"""Provinces of tree `vn-2021` by their codes of two digits."""

FIRST_COUNTRY: Final = 100
"""From here on the three digits are a country: the birth was registered abroad."""

BENEFITS: Final = frozenset("12345")
"""Levels of benefit on a health insurance card (Decision 1351/QĐ-BHXH of 16/11/2015)."""
