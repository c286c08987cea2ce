"""What waits for somebody, as a room tells it for the first page."""

from dataclasses import dataclass

from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class StartLine:
    """One sentence, and the name of the page that it leads to; `is_late` where it cannot wait."""

    words: Words
    page: str
    is_late: bool = False
