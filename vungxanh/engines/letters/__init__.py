"""Official letters: read into facts, tasks and deadlines, each with its place in the text."""

from vungxanh.engines.letters.reading import read
from vungxanh.engines.letters.types import LetterError, Places, Reading, Unit

__all__ = ["LetterError", "Places", "Reading", "Unit", "read"]
