"""Official letters: read into facts, tasks and deadlines, and asked what is wrong in them."""

from vungxanh.engines.letters.findings import check
from vungxanh.engines.letters.reading import printed_day, read
from vungxanh.engines.letters.types import LetterError, Places, Reading, Unit

__all__ = ["LetterError", "Places", "Reading", "Unit", "check", "printed_day", "read"]
