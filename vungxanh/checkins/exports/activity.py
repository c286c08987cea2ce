"""How points are used, by commune and kind, as CSV or XLSX."""

from typing import Final

from vungxanh.checkins.rules.activity import DaySum, Use
from vungxanh.checkins.values.activity import Activity
from vungxanh.checkins.values.kinds import KINDS, Kind
from vungxanh.core.clock import TZ
from vungxanh.documents.content import Align, Annex, AsOf, Column, Count, Table, Text
from vungxanh.documents.formats import Format, made_file
from vungxanh.documents.made import MadeFile
from vungxanh.documents.vietnamese import moment
from vungxanh.locations.values import Unit, registry
from vungxanh.refusals import Words

_TITLE: Final = Words("Điểm được dùng", "Use of control points")
_COUNTED: Final = Words("Đếm lúc", "Counted at")
_TEXTS: Final = (
    Words("Mã địa bàn", "Unit id"),
    Words("Xã, phường", "Commune"),
    Words("Loại", "Kind"),
)
_COUNTS: Final = (
    Words("Điểm đang đăng ký", "Registered points"),
    Words("Có lượt quét trong 7 ngày", "With a scan in 7 days"),
    Words("Chưa từng có lượt quét", "Never scanned"),
    Words("Điểm có lượt quét trong ngày", "With a scan on the day"),
    Words("Lượt quét", "Scans"),
    Words("Lượt vào", "In"),
    Words("Lượt ra", "Out"),
    Words("Người", "People"),
    Words("Lượt do người trực ghi", "By keepers"),
)


def activity_file(found: Activity, form: Format, *, unit: Unit, lang: str) -> MadeFile:
    """A row for each commune and kind of which anything is known."""
    cells = sorted(found.cells.items())
    columns = [Column(head.in_language(lang), Align.LEFT) for head in _TEXTS]
    columns += [Column(head.in_language(lang)) for head in _COUNTS]
    table = Table(
        columns=tuple(columns),
        rows=tuple(_row(key, *cell, lang=lang) for key, cell in cells),
        numbered=False,
    )
    counted = moment(found.at.astimezone(TZ), lang)
    annex = Annex(
        label="",
        title=(_TITLE.in_language(lang), unit.name),
        as_of=AsOf(found.day),
        tables=(table,),
        notes=(f"{_COUNTED.in_language(lang)} {counted}",),
        landscape=True,
        language=lang,
    )
    stem = f"diem-duoc-dung-{unit.id.replace(':', '-')}-{found.day.isoformat()}"
    return made_file(annex, form, stem)


def _row(key: tuple[str, str], sums: DaySum, use: Use, *, lang: str) -> tuple[Text | Count, ...]:
    unit, kind = key
    texts = (unit, registry().unit(unit).name, KINDS[Kind(kind)].words.in_language(lang))
    counts = (
        *(use.n_points, use.n_active, use.n_never, sums.n_points, sums.n_scans),
        *(sums.n_in, sums.n_out, sums.n_people, sums.n_by_keeper),
    )
    return (*(Text(one) for one in texts), *(Count(one) for one in counts))
