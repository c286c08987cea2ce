"""Persons as officers' pages show them: words for units, classes, likeness, papers, purposes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from vungxanh.accounts.queries import units_of_text
from vungxanh.accounts.queries.purposes import purposes_on
from vungxanh.core import clock
from vungxanh.core.shown import Mark, Tone
from vungxanh.engines.papers import Kind
from vungxanh.locations.values import BadUnitIdError, UnknownUnitError, registry
from vungxanh.people.actions.residence import known_residence
from vungxanh.people.forms.officers import said
from vungxanh.people.values import Platform
from vungxanh.people.values.looking import (
    LIKELY,
    ORIGIN_WORDS,
    REASON_WORDS,
    VERY_LIKELY,
    Line,
    likeness_words,
)
from vungxanh.refusals import RefusalError, Words

PAPER_WORDS = {
    Kind.CCCD: Words(vi="Căn cước công dân", en="Citizen's identity card"),
    Kind.CMND: Words(vi="Chứng minh nhân dân", en="Old identity card"),
    Kind.PASSPORT: Words(vi="Hộ chiếu", en="Passport"),
    Kind.BHYT: Words(vi="Thẻ bảo hiểm y tế", en="Health insurance card"),
}
PLATFORM_WORDS = {
    Platform.ANDROID: Words(vi="Điện thoại Android", en="Android phone"),
    Platform.IOS: Words(vi="iPhone", en="iPhone"),
    Platform.WEB: Words(vi="Trình duyệt", en="Browser"),
    Platform.OTHER: Words(vi="Thiết bị khác", en="Another device"),
}
SEX_WORDS = {
    "female": Words(vi="Nữ", en="Female"),
    "male": Words(vi="Nam", en="Male"),
}


@dataclass(frozen=True, slots=True, repr=False)
class ShownLine:
    """A line of an answer with its words."""

    line: Line
    unit: str
    origin: str
    mark: Mark | None
    reasons: str


def purpose_choices() -> list[tuple[str, str]]:
    """The purposes in force; one query."""
    return [(one.code, said(one.words)) for one in purposes_on(clock.today())]


def unit_name(unit_id: str) -> str:
    """A commune with what lies directly above it; its id where the package does not know it."""
    try:
        unit = registry().unit(unit_id)
    except (BadUnitIdError, UnknownUnitError):
        return unit_id
    above = registry().above(unit)
    return f"{unit.name}, {above[0].short_name}" if above else unit.name


def shown(lines: Iterable[Line]) -> list[ShownLine]:
    """The lines of an answer."""
    return [_shown(line) for line in lines]


COUNTRY = frozenset({"vn-2021:vn"})


def commune_of(form: forms.Form, held: frozenset[str]) -> str:
    """The one commune below these units that the form names; empty with the error said."""
    text = str(form.cleaned_data.get("commune", "")).strip()
    if not text:
        return ""
    try:
        return known_residence(units_of_text(text, held=held)[0])
    except RefusalError as refusal:
        form.add_error("commune", said(refusal.words))
        return ""


def kept_fields(request: HttpRequest, form: forms.Form) -> list[tuple[str, str]]:
    """What was typed, for a page that asks once more before it is done."""
    return [(name, value) for name in form.fields for value in request.POST.getlist(name)]


def refuse(form: forms.Form, refusal: RefusalError, **fields: str) -> None:
    """Say a refusal beside the field that it is about, under its name in this form."""
    field = fields.get(refusal.field or "", refusal.field or "")
    form.add_error(field if field in form.fields else None, said(refusal.words))


def birth_words(birth: str) -> str:
    """A year as it is, a day the way round people write it.

    >>> birth_words("1985"), birth_words("1985-03-20")
    ('1985', '20/3/1985')
    """
    if len(birth) < len("1985-03-20"):
        return birth
    year, month, day = birth.split("-")
    return f"{int(day)}/{int(month)}/{year}"


def ago(at: datetime, now: datetime) -> str:
    """How long ago, as coarsely as phones are noted."""
    hours = int((now - at).total_seconds() // 3600)
    if hours < 1:
        return _("trong giờ qua")
    if hours < 24:
        return _("%(n)s giờ trước") % {"n": hours}
    return _("%(n)s ngày trước") % {"n": hours // 24}


def _shown(line: Line) -> ShownLine:
    unit, origin = unit_name(line.unit), said(ORIGIN_WORDS[line.origin])
    if line.likeness is None:
        return ShownLine(line, unit, origin, None, "")
    reasons = ", ".join(said(REASON_WORDS[one]) for one in line.likeness.reasons)
    words = likeness_words(line.likeness)
    return ShownLine(line, unit, origin, Mark(_tone(line), said(words)), reasons)


def _tone(line: Line) -> Tone:
    score = line.likeness.score if line.likeness else 0.0
    return "ok" if score >= VERY_LIKELY else "info" if score >= LIKELY else "none"
