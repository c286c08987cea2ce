"""The pass on the first page of a citizen's phone: what it says in each of its states."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from vungxanh.core.clock import TZ
from vungxanh.core.preferences import reader_language
from vungxanh.documents import vietnamese
from vungxanh.people.values.own_cards import OwnColour
from vungxanh.people.values.standing import COLOUR_SAYS, COLOUR_WORDS, Colour

ICONS: Final = {
    Colour.GREEN: "shield-check",
    Colour.YELLOW: "alert-triangle",
    Colour.ORANGE: "alert-octagon",
    Colour.RED: "hand-stop",
}
"""A shape for each colour; colour never speaks alone."""


def shown_pass(last: OwnColour | None, at: datetime) -> dict[str, object]:
    """The card in force, the one that is over, or none; whether its holder declared today."""
    language = reader_language()
    card = last if last and last.until > at else None
    declared = bool(last) and last is not None and _day(last.since) == _day(at)
    shown: dict[str, object] = {"has_declared": declared, "card": None, "over_at": ""}
    if last is None:
        return shown
    if card is None:
        return shown | {"over_at": day_words(last.until, at)}
    return shown | {
        "card": card.colour,
        "icon": ICONS[card.colour],
        "colour": COLOUR_WORDS[card.colour].in_language(language).lower(),
        "says": COLOUR_SAYS[card.colour].in_language(language),
        "since": day_words(card.since, at),
        "until": day_words(card.until, at),
    }


def day_words(moment: datetime, at: datetime) -> str:
    """A moment as people say it on that day: "07:42 hôm nay", "07:42 ngày mai"."""
    language = reader_language()
    clock = vietnamese.clock(moment, language)
    days = (_day(moment) - _day(at)) // timedelta(days=1)
    if days == 0:
        return _("%(clock)s hôm nay") % {"clock": clock}
    if days == 1:
        return _("%(clock)s ngày mai") % {"clock": clock}
    if days == -1:
        return _("%(clock)s hôm qua") % {"clock": clock}
    return vietnamese.moment(moment, language)


def _day(moment: datetime) -> datetime:
    return moment.astimezone(TZ).replace(hour=0, minute=0, second=0, microsecond=0)
