"""Posters of control points: finished content to sheets that people print and hang."""

from vungxanh.documents.posters.content import MOST_COPIES, Form, Language, Poster
from vungxanh.documents.posters.printing import write_poster

__all__ = ["MOST_COPIES", "Form", "Language", "Poster", "write_poster"]
