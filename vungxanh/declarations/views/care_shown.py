"""Cares as pages show them: words, tones and how long is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark, Tone
from vungxanh.declarations.queries.cares import CallLine, CareLine
from vungxanh.declarations.queries.declared import Declared
from vungxanh.declarations.values.care import MOST_UNREACHED, RESULT_WORDS, STATE_WORDS, Clock
from vungxanh.declarations.values.states import CareState
from vungxanh.engines import phones
from vungxanh.people.queries.reaching import Reached
from vungxanh.people.values.standing import COLOUR_WORDS, Colour
from vungxanh.refusals import RefusalError, Words

_HOUR, _DAY = 60, 24 * 60
_CLOCKS: dict[Clock, Tone] = {Clock.IN_TIME: "ok", Clock.AT_RISK: "warn", Clock.OVER: "bad"}
COLOUR_TONES: dict[Colour, Tone] = {
    Colour.GREEN: "ok",
    Colour.YELLOW: "warn",
    Colour.ORANGE: "warn",
    Colour.RED: "bad",
}


@dataclass(frozen=True, slots=True, repr=False)
class Called:
    """A number as it is shown and dialled."""

    shown: str
    url: str


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A care with its words; the person's only where they were opened."""

    line: CareLine
    clock: Mark
    state: Mark
    who: str = ""
    year: int | None = None
    address: str = ""
    numbers: tuple[Called, ...] = ()
    is_guardians: bool = False
    signs: str = ""
    said: Declared | None = None
    is_for_visit: bool = False


def shown(
    line: CareLine,
    at: datetime,
    *,
    of: Reached | None = None,
    told: Declared | None = None,
) -> Shown:
    """One care, in the reader's language."""
    return Shown(
        line=line,
        clock=clock_mark(line, at),
        state=_state(line),
        who=of.name if of else "",
        year=of.birth_year if of else None,
        address=of.address if of else "",
        numbers=tuple(_called(one) for one in of.numbers) if of else (),
        is_guardians=of.is_guardians if of else False,
        signs=", ".join(map(said, told.signs)) if told else "",
        said=told,
        is_for_visit=line.state is CareState.OPEN and line.n_calls >= MOST_UNREACHED,
    )


def all_shown(
    lines: Iterable[CareLine],
    at: datetime,
    *,
    persons: Mapping[int, Reached],
    told: Mapping[UUID, Declared],
) -> list[Shown]:
    """Cares with whom they are about."""
    return [
        shown(one, at, of=persons.get(one.person_id), told=told.get(one.declaration_id))
        for one in lines
    ]


def clock_mark(line: CareLine, at: datetime) -> Mark:
    """How the time to call stands, in words."""
    tone = _CLOCKS[line.clock]
    if line.clock is Clock.OVER:
        return Mark(tone, _("quá %(span)s") % {"span": span(at - line.due_at)})
    if line.raised_at is not None:
        return Mark("bad", _("trạm quá hạn, còn %(span)s") % {"span": span(line.due_at - at)})
    words = _("còn %(span)s") % {"span": span(line.due_at - at)}
    return Mark(tone, words, icon="clock" if line.clock is Clock.IN_TIME else "")


def call_row(one: CallLine, names: Mapping[str, str]) -> dict[str, object]:
    """One call with its words, and by whom."""
    return {
        "line": one,
        "result": said(RESULT_WORDS[one.result]),
        "by": names.get(one.by, ""),
    }


def colour_mark(colour: Colour) -> Mark:
    """A colour of a card."""
    words = said(COLOUR_WORDS[colour]).lower()
    return Mark(COLOUR_TONES[colour], _("thẻ %(colour)s") % {"colour": words})


def span(time: timedelta) -> str:
    """How long, in the two largest parts that people say."""
    minutes = int(time.total_seconds()) // 60
    if minutes >= _DAY:
        return _("%(n)s ngày") % {"n": minutes // _DAY}
    if minutes >= _HOUR:
        return _("%(h)s giờ %(m)s phút") % {"h": minutes // _HOUR, "m": minutes % _HOUR}
    return _("%(n)s phút") % {"n": max(minutes, 1)}


def said(words: Words) -> str:
    """Words in the reader's language."""
    return words.in_language(reader_language())


def _state(line: CareLine) -> Mark:
    if line.result and line.state not in {CareState.OPEN, CareState.CALLING}:
        return Mark("ok", said(RESULT_WORDS[line.result]))
    if line.state is CareState.CALLING and line.is_held:
        return Mark("info", said(STATE_WORDS[CareState.CALLING]), icon="phone")
    return Mark("none", said(STATE_WORDS[CareState.OPEN]), icon="clock")


def _called(number: str) -> Called:
    try:
        return Called(phones.display(phones.read_phone(number)), f"tel:{number}")
    except RefusalError:
        return Called(number, f"tel:{number}")
