"""Premises without a point, as an annex table after Decree 30 or as a spreadsheet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from vungxanh.checkins.models import Premises
from vungxanh.checkins.queries.premises import Tally
from vungxanh.checkins.values.kinds import KINDS, Kind
from vungxanh.core import clock
from vungxanh.documents.content import Align, Annex, AsOf, Column, Count, Table, Text
from vungxanh.documents.formats import Format, made_file
from vungxanh.documents.made import MadeFile
from vungxanh.locations.values import Unit

MOST: Final = 20_000


def lacking_file(
    rows: Sequence[Premises],
    form: Format,
    *,
    unit: Unit,
    total: Tally,
    is_counted: bool,
    at: datetime,
) -> MadeFile:
    """The premises in their order; always in Vietnamese, as what it goes with is."""
    moment = at.astimezone(clock.TZ)
    annex = Annex(
        title=("Danh sách cơ sở phải có điểm kiểm soát nhưng chưa có", unit.name),
        as_of=AsOf(moment.date(), moment.time().replace(second=0, microsecond=0, tzinfo=None)),
        tables=(_table(rows),),
        notes=(_summed(total, is_counted=is_counted),),
        source="Danh sách do cơ quan, trường học, doanh nghiệp gửi; sổ đăng ký điểm kiểm soát",
        landscape=True,
    )
    stem = f"chua-co-diem-{unit.id.replace(':', '-')}-{moment.date().isoformat()}"
    return made_file(annex, form, stem)


def _summed(total: Tally, *, is_counted: bool) -> str:
    return (
        f"Phải có điểm: {total.n_obliged} cơ sở. Đã có điểm đăng ký: {total.n_registered}. "
        f"Có lượt quét trong 7 ngày: {total.n_active if is_counted else '–'}. "
        f"Chưa có: {total.n_lacking}. Được miễn: {total.n_exempt}."
    )


def _table(rows: Sequence[Premises]) -> Table:
    return Table(
        columns=(
            Column("STT", Align.CENTER, width_mm=12),
            Column("Tên cơ sở", Align.LEFT),
            Column("Loại", Align.LEFT, width_mm=36),
            Column("Địa chỉ", Align.LEFT, width_mm=50),
            Column("Xã, phường", Align.LEFT, width_mm=36),
            Column("Số người", width_mm=18),
            Column("Theo danh sách", Align.LEFT, width_mm=44),
        ),
        rows=tuple(_row(number, one) for number, one in enumerate(rows, start=1)),
    )


def _row(number: int, one: Premises) -> tuple[Text | Count, ...]:
    return (
        Count(number),
        Text(one.name),
        Text(KINDS[Kind(one.kind)].words.vi),
        Text(one.address),
        Text(one.unit.name),
        Count(one.n_staff),
        Text(one.list.title),
    )
