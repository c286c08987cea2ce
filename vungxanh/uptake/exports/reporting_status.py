"""Who reported when, as a spreadsheet: the matrix with its rates, or the areas below."""

from django.utils.translation import gettext as _

from vungxanh.documents import vietnamese
from vungxanh.documents.content import (
    Align,
    Annex,
    AsOf,
    Cell,
    Column,
    Count,
    Share,
    Table,
    Text,
)
from vungxanh.documents.formats import Format, made_file
from vungxanh.documents.made import MadeFile
from vungxanh.uptake.overview.reporting_look import (
    AreaRow,
    Rate,
    ReporterRow,
    StandingLook,
    StandingPage,
)


def standing_file(page: StandingPage, look: StandingLook, form: Format) -> MadeFile:
    """The page's tables as a sheet; a CSV holds the first of them."""
    tables = [_matrix(page)] if page.rows.n_rows else []
    if page.below:
        tables.append(_areas(page))
    annex = Annex(
        label="",
        title=(_("Tình hình nộp báo cáo"), page.form),
        as_of=AsOf(look.last),
        selection=_selection(page, look),
        tables=tuple(tables),
        landscape=True,
        language=look.lang,
    )
    return made_file(annex, form, f"tinh-hinh-{look.last.isoformat()}")


def _selection(page: StandingPage, look: StandingLook) -> str:
    first, last = (vietnamese.date(day, look.lang) for day in (look.first, look.last))
    days = _("từ %(first)s đến %(last)s") % {"first": first, "last": last}
    return f"{page.area}; {days}"


def _matrix(page: StandingPage) -> Table:
    days = [Column(day.isoformat(), Align.LEFT) for day in page.days]
    reporter = Column(_("Nơi báo cáo"), Align.LEFT)
    repeated = Column(_("Trễ hoặc thiếu nhiều lần"), Align.LEFT)
    return Table(
        columns=(reporter, *days, *_rate_heads(7), *_rate_heads(30), repeated),
        rows=tuple(_row(row) for row in page.rows),
        caption=_("Theo nơi báo cáo và ngày"),
        numbered=False,
    )


def _row(row: ReporterRow) -> tuple[Cell, ...]:
    said = (", ".join(chip.words for chip in cell.chips) for cell in row.cells)
    days = tuple(Text(words) for words in said)
    offended = ", ".join(day.isoformat() for day in row.offended)
    return (Text(row.name), *days, *_rate(row.week), *_rate(row.month), Text(offended))


def _rate_heads(n_days: int) -> tuple[Column, ...]:
    told = {"n": n_days}
    return (
        Column(_("Phải nộp, %(n)s ngày") % told),
        Column(_("Đã nộp, %(n)s ngày") % told),
        Column(_("Đúng hạn, %(n)s ngày") % told),
        Column(_("Tỷ lệ nộp, %(n)s ngày") % told),
        Column(_("Tỷ lệ đúng hạn, %(n)s ngày") % told),
    )


def _rate(rate: Rate) -> tuple[Cell, ...]:
    tally = rate.tally
    counts = (tally.n_expected, tally.n_came, tally.n_on_time)
    return (*(Count(one) for one in counts), Share(rate.came), Share(rate.on_time))


def _areas(page: StandingPage) -> Table:
    heads = (
        Column(_("Địa bàn"), Align.LEFT),
        Column(_("Nơi báo cáo")),
        Column(_("Còn thiếu trong ngày")),
    )
    return Table(
        columns=(*heads, *_rate_heads(1), *_rate_heads(7), *_rate_heads(30)),
        rows=tuple(_area(row) for row in page.below),
        total=_area(page.total) if page.total else None,
        caption=_("Theo địa bàn cấp dưới"),
        numbered=False,
    )


def _area(row: AreaRow) -> tuple[Cell, ...]:
    counts = (Count(row.n_reporters), Count(row.n_missing))
    return (Text(row.name), *counts, *_rate(row.day), *_rate(row.week), *_rate(row.month))
