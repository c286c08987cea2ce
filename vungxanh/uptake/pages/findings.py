"""What is wrong with the figures."""

from dataclasses import dataclass
from typing import Literal

from vungxanh.core.drawings.compare import Bar
from vungxanh.core.shown import Link, Mark
from vungxanh.uptake.pages.parts import Action

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding: its sentence, where it stands and what became of it."""

    severity: Severity
    message: str
    where: str = ""
    anchor: str = ""
    url: str = ""
    state: Mark | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong, first: the head finding in words and bars, then the next ones.

    `rest` are the other findings, for paper alone. `decision` says which figure is used meanwhile.
    `n_errors` and `n_warnings` count all findings, also those behind `all_url`. No findings at all:
    leave `head` None and `lines` empty, and put in `checked` what was checked ("11 đơn vị, 22 tỷ lệ
    in sẵn"), or, with `is_checked` False, that no table of these figures was. `origins` lead to
    the units of the other era of which some findings speak.
    """

    n_errors: int
    n_warnings: int
    lines: tuple[FindingLine, ...] = ()
    rest: tuple[FindingLine, ...] = ()
    head: FindingLine | None = None
    bars: tuple[Bar, ...] = ()
    bars_sentence: str = ""
    decision: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    all_url: str = ""
    checked: str = ""
    is_checked: bool = True
    origins: tuple[Link, ...] = ()
