"""What is wrong in a letter: its figures, tables, goals and days against each other."""

from vungxanh.engines.letters.findings.core import RULES, check

__all__ = ["RULES", "check"]
