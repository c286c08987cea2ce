"""Finished content of the three papers, in the layout of Decree 30/2020/NĐ-CP."""

from vungxanh.config.processing.papers.breach import breach_paper, message_draft
from vungxanh.config.processing.papers.dossier import dossier_paper
from vungxanh.config.processing.papers.parts import Cover, summed_up
from vungxanh.config.processing.papers.register import register_paper

__all__ = [
    "Cover",
    "breach_paper",
    "dossier_paper",
    "message_draft",
    "register_paper",
    "summed_up",
]
