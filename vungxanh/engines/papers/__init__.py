"""Identity papers: what does a number say, does it fit the person, and how is it shown?"""

from vungxanh.engines.papers.core import masked, read_paper, same_paper
from vungxanh.engines.papers.types import BadPaperError, Finding, Kind, Paper, Reason
from vungxanh.protocol.personal.values import Sex

__all__ = [
    "BadPaperError",
    "Finding",
    "Kind",
    "Paper",
    "Reason",
    "Sex",
    "masked",
    "read_paper",
    "same_paper",
]
