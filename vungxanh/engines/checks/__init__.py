"""Data quality of published figures: a grid becomes a table, a table and its claims findings."""

from vungxanh.engines.checks.claims_json import claims_of
from vungxanh.engines.checks.core import RULES, check_claims, check_table
from vungxanh.engines.checks.guesses import HeadGuess, heads_of
from vungxanh.engines.checks.heads import Meaning
from vungxanh.engines.checks.history import history_of
from vungxanh.engines.checks.numerals import Numeral, read_number
from vungxanh.engines.checks.reports import REPORT_RULES, check_report
from vungxanh.engines.checks.rules.arrivals import EarlierReport
from vungxanh.engines.checks.rules.jumps import Running, gain_of, jump
from vungxanh.engines.checks.rules.units import unclear_unit
from vungxanh.engines.checks.tables import recognise
from vungxanh.engines.checks.types import (
    BASES,
    ELEMENTS,
    CheckError,
    Claim,
    Column,
    Figure,
    Finding,
    KnownUnit,
    PrintedShare,
    Row,
    Table,
)

__all__ = [
    "BASES",
    "ELEMENTS",
    "REPORT_RULES",
    "RULES",
    "CheckError",
    "Claim",
    "Column",
    "EarlierReport",
    "Figure",
    "Finding",
    "HeadGuess",
    "KnownUnit",
    "Meaning",
    "Numeral",
    "PrintedShare",
    "Row",
    "Running",
    "Table",
    "check_claims",
    "check_report",
    "check_table",
    "claims_of",
    "gain_of",
    "heads_of",
    "history_of",
    "jump",
    "read_number",
    "recognise",
    "unclear_unit",
]
