"""What somebody asks to have printed, and how its files are named in the ZIP."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import msgspec

from vungxanh.documents.posters import Form, Language
from vungxanh.refusals import Words

PRINT: Final = "points.manage"
MOST_POSTERS: Final = 20_000
KEPT_DAYS: Final = 7


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


OPEN_STATES: Final = (JobState.WAITING, JobState.RUNNING)
STATE_WORDS: Final = {
    JobState.WAITING: Words("Chờ in", "Waiting"),
    JobState.RUNNING: Words("Đang in", "Printing"),
    JobState.DONE: Words("Đã xong", "Done"),
    JobState.CANCELLED: Words("Đã hủy", "Cancelled"),
    JobState.FAILED: Words("Chưa in được", "Not printed"),
}
FORM_WORDS: Final = {
    Form.A4: Words("Tờ A4 treo tường", "A4 sheet"),
    Form.A5: Words("Tờ A5", "A5 sheet"),
    Form.TENT: Words("Bảng để bàn (gấp từ A4)", "Table stand (folded A4)"),
    Form.DISC: Words("Tem tròn 12 cm dán cửa xe", "Round sticker, 12 cm, for vehicle doors"),
    Form.SQUARE: Words("Tem vuông 12 cm dán cửa xe", "Square sticker, 12 cm, for vehicle doors"),
}
LANGUAGE_WORDS: Final = {
    Language.BOTH: Words("Tiếng Việt và tiếng Anh", "Vietnamese and English"),
    Language.VI: Words("Tiếng Việt", "Vietnamese"),
    Language.EN: Words("Tiếng Anh", "English"),
}


class PosterAsk(msgspec.Struct, frozen=True):
    """What a job prints: which issues of codes, on sheets that lead to `site`.

    `filter` says in words what was chosen, for whoever looks at the job later.
    """

    site: str
    issues: tuple[int, ...]
    copies: int = 1
    filter: str = ""


@dataclass(frozen=True, slots=True)
class PosterLook:
    """How posters are printed: size, language, copies of each, and the site they lead to."""

    form: Form
    language: Language
    copies: int
    site: str


class Named(msgspec.Struct, frozen=True):
    """What the name of a poster's file is made of."""

    commune: str
    name: str
    code: str
    entrance: int = 0


_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_MOST_BYTES: Final = 120


def file_name(named: Named) -> str:
    """`<commune>/<name> <code>.pdf`, safe on every system; the number of an entrance behind it.

    >>> file_name(Named("Quy Nhơn", "Chợ A/B: ", "7K3M-Q9XD-C", 2))
    'Quy Nhơn/Chợ A B 7K3M-Q9XD-C (2).pdf'
    """
    door = f" ({named.entrance})" if named.entrance else ""
    return f"{_folded(named.commune)}/{_folded(named.name)} {named.code}{door}.pdf"


def _folded(text: str) -> str:
    """One part of a path: no sign that a system forbids, not too long, never empty."""
    plain = _UNSAFE.sub(" ", unicodedata.normalize("NFC", text))
    kept = "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C")
    cut = " ".join(kept.split()).encode()[:_MOST_BYTES].decode(errors="ignore").strip(". ")
    return f"_{cut}" if not cut or _RESERVED.match(cut) else cut
