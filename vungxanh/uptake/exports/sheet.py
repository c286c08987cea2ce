"""The table that a reader sees, as a spreadsheet: the same order, columns, as-of and filter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vungxanh.core import clock
from vungxanh.documents import vietnamese
from vungxanh.documents.content import (
    Align,
    Annex,
    AsOf,
    Cell,
    Column,
    Count,
    Points,
    Share,
    Table,
    Text,
)
from vungxanh.documents.formats import Format, made_file
from vungxanh.documents.made import MadeFile
from vungxanh.uptake import rules
from vungxanh.uptake.overview import goal, lacking, ranking
from vungxanh.uptake.overview.look import Scene
from vungxanh.uptake.overview.ranking import Standing
from vungxanh.uptake.pages import RankRow, RankTable, RankTotal
from vungxanh.uptake.values import ELEMENTS


@dataclass(frozen=True, slots=True)
class _Field:
    """One column: its head, and its cell in a row and in the total."""

    column: Column
    cell: Callable[[RankRow], Cell]
    total: Callable[[RankTotal], Cell]


def table_file(scene: Scene, form: Format) -> MadeFile:
    """The table as the page shows it, as a sheet."""
    day = scene.moment.as_of.astimezone(clock.TZ).date()
    unit = scene.unit.id.replace(":", "-")
    annex = table_export(scene, standing_of(scene))
    return made_file(annex, form, f"{unit}-{day.isoformat()}")


def standing_of(scene: Scene) -> Standing:
    """Both rankings and what the target asks, as on the unit page."""
    return ranking.standing(scene, *goal.asked_of_parts(scene, goal.targets(scene)))


def table_export(scene: Scene, found: Standing) -> Annex:
    """Exactly what is on the page, in the reader's language, without a letterhead."""
    shown = lacking.told(scene, ranking.table(scene, found, ()))
    counts = [rules.figure(part, scene.look.indicator.numerator) for part in scene.node.parts]
    counted = [count.as_of for count in counts if count.as_of is not None]
    as_of = max(counted, default=scene.moment.as_of)
    return Annex(
        label="",
        title=(shown.caption,),
        as_of=AsOf(as_of.astimezone(clock.TZ).date()),
        units=_units(scene),
        sorted_by=_order(scene, shown),
        selection=_selection(scene),
        tables=(_table(shown),),
        notes=shown.foot,
        source="; ".join(dict.fromkeys(s for count in counts for s in count.sources)),
        landscape=True,
        language=scene.look.lang,
    )


def _table(shown: RankTable) -> Table:
    fields = tuple(_fields(shown))
    return Table(
        columns=tuple(field.column for field in fields),
        rows=tuple(tuple(field.cell(row) for field in fields) for row in shown.rows),
        total=None if shown.total is None else tuple(field.total(shown.total) for field in fields),
        numbered=False,
    )


def _fields(shown: RankTable) -> Iterator[_Field]:
    nothing = Text("")
    yield _Field(
        Column(_("Hạng"), Align.CENTER), lambda row: Count(row.rank), lambda total: nothing
    )
    yield _Field(
        Column(_("Mã đơn vị"), Align.LEFT), lambda row: Text(row.unit_id), lambda total: nothing
    )
    yield _Field(
        Column(_("Đơn vị"), Align.LEFT),
        lambda row: Text(row.unit.label),
        lambda total: Text(total.label),
    )
    yield _Field(
        Column(shown.numerator_label),
        lambda row: Count(row.numerator),
        lambda total: Count(total.numerator),
    )
    yield from _ratios(shown)
    yield from _extras(shown, nothing)


def _ratios(shown: RankTable) -> Iterator[_Field]:
    yield _Field(
        Column(shown.base_label), lambda row: Count(row.base), lambda total: Count(total.base)
    )
    yield _Field(
        Column(shown.share_label), lambda row: Share(row.share), lambda total: Share(total.share)
    )
    if shown.other_base_label:
        yield _Field(
            Column(shown.other_base_label),
            lambda row: Count(row.other_base),
            lambda total: Count(total.other_base),
        )
        yield _Field(
            Column(shown.other_share_label),
            lambda row: Share(row.other_share),
            lambda total: Share(total.other_share),
        )


def _extras(shown: RankTable, nothing: Text) -> Iterator[_Field]:
    if shown.other_rank_label:
        yield _Field(
            Column(shown.other_rank_label, Align.CENTER),
            lambda row: Count(row.other_rank),
            lambda total: nothing,
        )
    if shown.change_label:
        yield _Field(
            Column(shown.change_label),
            lambda row: Points(row.change),
            lambda total: Points(total.change),
        )
    if shown.needed_label:
        yield _Field(
            Column(shown.needed_label),
            lambda row: Count(row.needed_per_day),
            lambda total: Count(total.needed_per_day),
        )
    if shown.rebased_label:
        yield _Field(
            Column(shown.rebased_label, Align.LEFT),
            lambda row: Text(row.rebased),
            lambda total: Text(total.rebased),
        )


def _units(scene: Scene) -> str:
    lang, look = scene.look.lang, scene.look
    elements = (look.indicator.numerator, look.indicator.denominator, look.other.denominator)
    measures = dict.fromkeys(ELEMENTS[element].measure.in_language(lang) for element in elements)
    return f"{', '.join(measures)}; %"


def _order(scene: Scene, shown: RankTable) -> str:
    labels = {
        "numerator": shown.numerator_label,
        "base": shown.base_label,
        "other_base": shown.other_base_label,
        "other_share": shown.other_share_label,
        "other_rank": shown.other_rank_label,
        "change": shown.change_label,
        "needed": shown.needed_label,
    }
    return labels.get(scene.look.sort, shown.share_label)


def _selection(scene: Scene) -> str:
    """Which unit, by which ratio, compared with what, as known when."""
    look, lang = scene.look, scene.look.lang
    by = look.indicator.label.in_language(lang)
    parts = [f"{scene.unit.name} ({scene.unit.id})", by]
    if scene.before_on is not None:
        parts.append(_("so với %(day)s") % {"day": vietnamese.date(scene.before_on, lang)})
    moment = vietnamese.moment(scene.moment.known_at, lang)
    parts.append(_("như đã biết lúc %(moment)s") % {"moment": moment})
    return "; ".join(parts)
