"""The list of points as somebody filtered it, as CSV or XLSX; never with a contact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vungxanh.checkins.models import Point
from vungxanh.checkins.values.kinds import KINDS, STATE_WORDS, Kind, State
from vungxanh.core.clock import TZ
from vungxanh.documents.content import Align, Annex, AsOf, Column, Table, Text
from vungxanh.documents.formats import Format, made_file
from vungxanh.documents.made import MadeFile
from vungxanh.documents.vietnamese import date as written_date
from vungxanh.documents.vietnamese import moment
from vungxanh.protocol.places import short_codes
from vungxanh.refusals import Words

MOST: Final = 20_000
_TITLE: Final = Words("Điểm kiểm soát", "Control points")
_INVENTED: Final = Words("Mẫu, không có thật", "Invented")
_HEADS: Final = (
    Words("Số", "Number"),
    Words("Mã điểm", "Code"),
    Words("Tên điểm", "Name"),
    Words("Loại", "Kind"),
    Words("Địa chỉ", "Address"),
    Words("Mã địa bàn", "Unit id"),
    Words("Xã, phường", "Commune"),
    Words("Trạng thái", "State"),
    Words("Lý do", "Reason"),
    Words("Đăng ký lúc", "Registered"),
    Words("Sức chứa", "Capacity"),
    Words("Ở lại thường (phút)", "Usual stay (minutes)"),
    Words("Lượt quét gần nhất", "Last scan"),
    Words("Ghi chú", "Note"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a list says of itself: how it was filtered, of which day it is, in which language."""

    selection: str
    on: date
    lang: str


def list_file(
    points: Iterable[Point], form: Format, said: Said, *, scanned: Mapping[int, date]
) -> MadeFile:
    """The points as a sheet, in their order, with the last day that each was scanned on.

    What is invented says so in its row.
    """
    lang = said.lang
    rows = tuple(_cells(point, lang, scanned.get(point.pk)) for point in points)
    table = Table(
        columns=tuple(Column(head.in_language(lang), Align.LEFT) for head in _HEADS),
        rows=rows,
        numbered=False,
    )
    annex = Annex(
        label="",
        title=(_TITLE.in_language(lang),),
        as_of=AsOf(said.on),
        selection=said.selection,
        tables=(table,),
        landscape=True,
        language=lang,
    )
    return made_file(annex, form, f"diem-kiem-soat-{said.on.isoformat()}")


def _cells(point: Point, lang: str, scanned_on: date | None) -> tuple[Text, ...]:
    texts = (
        str(point.pk),
        short_codes.shown(point.code),
        point.name,
        KINDS[Kind(point.kind)].words.in_language(lang),
        point.address,
        point.unit_id,
        point.unit.name,
        STATE_WORDS[State(point.state)].in_language(lang),
        point.state_reason,
        moment(point.registered_at.astimezone(TZ), lang),
        "" if point.capacity is None else str(point.capacity),
        str(point.usual_stay_minutes),
        written_date(scanned_on, lang) if scanned_on else "",
        _INVENTED.in_language(lang) if point.is_invented else "",
    )
    return tuple(Text(one) for one in texts)
