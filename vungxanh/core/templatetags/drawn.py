"""Drawings: the geometry comes from `core.drawings`, the words from the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vungxanh.core.drawings import cells, compare, hours, lines
from vungxanh.core.templatetags import figures

THOUSAND = 1000
CHART_HEIGHT = 120
# The right end keeps room for two lines of label.
WIDE = lines.Frame(left=36, top=18, right=350, bottom=96)
NARROW = lines.Frame(left=32, top=18, right=186, bottom=96)
LABEL_ROOM = 114
BAR_WIDTH = 60
COMPARE_BAR = 230
LONG_KEY = 63  # a country's provinces are read at a glance, the communes of a province are not

Context = dict[str, Any]


def spark(points: Sequence[int]) -> SafeString | str:
    """A trend in a table row; the figures stand beside it, so it is decoration for a reader."""
    drawn = lines.spark(points)
    if drawn is None:
        return ""
    return format_html(
        '<svg class="vx-spark" width="58" height="18" viewBox="0 0 58 18" aria-hidden="true">'
        '<path d="{}"/><circle cx="{}" cy="{}" r="2.5"/></svg>',
        drawn.d,
        drawn.x,
        drawn.y,
    )


def cell_bar(value: Decimal | None, scale: Decimal, tick: Decimal | None = None) -> SafeString:
    """A bar inside a cell on the table's common scale, with the total's tick."""
    mark: SafeString | str = ""
    if tick is not None:
        at = compare.part_of(tick, scale, BAR_WIDTH)
        mark = format_html('<path class="vx-tick" d="M{} 0V12"/>', at)
    return format_html(
        '<svg class="vx-cell-bar" width="60" height="12" viewBox="0 0 60 12" aria-hidden="true">'
        '<rect class="vx-track" width="60" height="12" rx="2"/>'
        '<rect class="vx-bar" width="{}" height="12" rx="2"/>{}</svg>',
        compare.part_of(value, scale, BAR_WIDTH),
        mark,
    )


def cells_map(sheet: cells.Sheet, missing_word: str = "") -> Context:
    """A schematic map: a link on every area, hatch where a figure is missing."""
    return {"sheet": sheet, "missing_word": missing_word or _("chưa có số")}


def places_map(sheet: cells.Sheet) -> Context:
    """A schematic map that shows where units lie and says no figures."""
    return {"sheet": sheet, "missing_word": ""}


def map_key(sheet: cells.Sheet, *, with_shares: bool = True) -> Context:
    """What the numbers of a map mean, with the figures unless the map has none.

    A long key waits behind its heading; on paper it is open.
    """
    key = sheet.key
    return {"lines": key, "has_shares": with_shares, "is_long": len(key) > LONG_KEY}


def legend(
    bands: tuple[cells.Band, ...], n_missing: int = 0, missing_word: str = "", *, width: int = 376
) -> Context:
    """The bands of a map with their words and how many units each holds."""
    fields = cells.swatches(bands, width=width, with_missing=n_missing > 0)
    return {
        "fields": [(field, band_words(field.band)) for field in fields],
        "n_missing": n_missing,
        "missing_word": missing_word or _("chưa có số"),
        "width": width,
    }


def band_words(band: cells.Band | None) -> str:
    """A band in words: below 9 %, 9–10 %, from 20 %; empty for the missing one."""
    if band is None:
        return ""
    if band.lower is None:
        return _("dưới %(upper)s %%") % {"upper": figures.edge(band.upper or Decimal(0))}
    if band.upper is None:
        return _("từ %(lower)s %%") % {"lower": figures.edge(band.lower)}
    edges = {"lower": figures.edge(band.lower), "upper": figures.edge(band.upper)}
    return _("%(lower)s–%(upper)s %%") % edges


def compare_bars(bars: tuple[compare.Bar, ...], sentence: str) -> Context:
    """A claim beside what was counted, on one scale from zero."""
    return {"bars": compare.measured_bars(bars, width=COMPARE_BAR), "sentence": sentence}


def hours_chart(by_hour: Mapping[int, tuple[int, int]], sentence: str) -> Context:
    """A day by the hour, who came beside who left; the sentence says what is seen."""
    return {"drawn": hours.day_drawing(by_hour), "sentence": sentence}


def target_chart(
    history: Sequence[tuple[date, int]],
    *,
    due_on: date,
    wanted: int,
    wanted_words: str,
    pace_ends_at: int | None = None,
    pace_words: str = "",
) -> Context:
    """The way from today's figure to the target, and where the present pace would end."""
    charts = [
        lines.course(history, frame=frame, due_on=due_on, wanted=wanted, pace_ends_at=pace_ends_at)
        for frame in (WIDE, NARROW)
    ]
    words = {
        "now": figures.count(history[-1][1]),
        "wanted": figures.count(wanted),
        "due": figures.date_vi(due_on),
        "pace": figures.count(pace_ends_at),
    }
    sentence = _("Đường cần đạt: từ %(now)s lên %(wanted)s vào %(due)s") % words
    if pace_ends_at is not None:
        sentence = _("%(needed)s; theo nhịp hiện nay chỉ đến %(pace)s") % {
            "needed": sentence,
            "pace": words["pace"],
        }
    return _charts(charts, history, sentence) | {
        "wanted": wanted,
        "wanted_words": wanted_words,
        "pace_ends_at": pace_ends_at,
        "pace_words": pace_words,
    }


def trend_chart(history: Sequence[tuple[date, int]]) -> Context:
    """The figures so far, on an axis from zero."""
    words = {
        "first": figures.count(history[0][1]),
        "first_on": figures.date_vi(history[0][0]),
        "now": figures.count(history[-1][1]),
        "now_on": figures.date_vi(history[-1][0]),
    }
    sentence = _("Từ %(first)s ngày %(first_on)s đến %(now)s ngày %(now_on)s") % words
    charts = [lines.course(history, frame=frame) for frame in (WIDE, NARROW)]
    return _charts(charts, history, sentence)


def _charts(
    courses: Sequence[lines.Course], history: Sequence[tuple[date, int]], sentence: str
) -> Context:
    """The same course for a wide page and for a phone; the style sheet shows one of them."""
    wide, narrow = courses
    in_thousands = wide.values[-1].value >= 10 * THOUSAND
    return {
        "charts": [
            _chart(wide, "wide", in_thousands=in_thousands),
            _chart(narrow, "narrow", in_thousands=in_thousands),
        ],
        "in_thousands": in_thousands,
        "now": history[-1][1],
        "sentence": sentence,
        "height": CHART_HEIGHT,
    }


def _chart(course: lines.Course, name: str, *, in_thousands: bool) -> Context:
    unit = THOUSAND if in_thousands else 1
    return {
        "name": name,
        "width": int(course.frame.right) + LABEL_ROOM,
        "course": course,
        "ticks": [(tick.y, figures.count(tick.value // unit)) for tick in course.values],
        "days": [(tick.x, figures.short_day(tick.day)) for tick in course.days],
    }


def add_to(register: template.Library) -> None:
    """Register every drawing."""
    register.simple_tag(spark)
    register.simple_tag(cell_bar)
    register.inclusion_tag("core/svg/cells.html")(cells_map)
    register.inclusion_tag("core/svg/cells.html")(places_map)
    register.inclusion_tag("core/svg/key.html")(map_key)
    register.inclusion_tag("core/svg/legend.html")(legend)
    register.inclusion_tag("core/svg/compare.html")(compare_bars)
    register.inclusion_tag("core/svg/hours.html")(hours_chart)
    register.inclusion_tag("core/svg/course.html")(target_chart)
    register.inclusion_tag("core/svg/course.html")(trend_chart)
