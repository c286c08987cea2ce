"""Bringing wordings into force, and making texts from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from time import monotonic

from django.conf import settings
from django.db import IntegrityError, transaction

from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.messaging.actions.refusals import (
    TooLongError,
    UnknownTemplateError,
    ValueMissingError,
)
from vungxanh.messaging.models import TemplateText
from vungxanh.messaging.queries import CAPABILITY, published, sms_form, versions
from vungxanh.messaging.rules import Channel, Grade
from vungxanh.messaging.rules.segments import MOST_PARTS
from vungxanh.messaging.rules.wording import filled, missing
from vungxanh.messaging.values import NewMessage, Template, Version, Wordings
from vungxanh.messaging.values.templates import must_fit
from vungxanh.refusals import RefusalError, Words


class StaleTemplateError(RefusalError):
    """Somebody else wrote a new version while this one was being written."""

    status = 409

    def __init__(self) -> None:
        words = Words(
            vi="Mẫu tin vừa có phiên bản mới của người khác. Tải lại trang, xem rồi viết lại.",
            en="Somebody else just wrote a new version. Reload the page, read it, write again.",
        )
        super().__init__("messaging.template_stale", words)


@dataclass(frozen=True, slots=True)
class Worded:
    """The words of one message, and what one sending costs; `version` is None without template."""

    text: str = field(repr=False)
    subject: str = field(repr=False)
    version: int | None
    grade: Grade
    n_parts: int
    n_dong: int


def write_version(
    *, code: str, wordings: Wordings, follows: int, by: Viewer, at: datetime
) -> Version:
    """Bring another wording of a template into force, whose latest version must be `follows`.

    What was posted before keeps its own. Records messaging.template_written.
    """
    by.require(CAPABILITY)
    template = published().get(code)
    if template is None:
        raise MissingError
    must_fit(wordings, template.examples)
    if set(wordings) != set(template.wordings):
        raise StaleTemplateError
    with transaction.atomic():
        number = _in_force(code, at).number
        if number != follows:
            raise StaleTemplateError
        rows = _rows(template, wordings, number + 1)
        for row in rows:
            row.starts_at, row.made_by = at, by.id
        _stored(rows)
        detail: dict[str, str | int] = {"template": code, "version": number + 1}
        subject = f"template:{code}"
        record(event="messaging.template_written", by=by, at=at, subject=subject, detail=detail)
    _read.pop(code, None)
    return versions(code)[0]


def in_force(*, code: str, at: datetime) -> Version:
    """The version that messages are made from, as this process read it some seconds ago at most.

    A code that is asked for hundreds of times a second need not read its words each time.
    """
    read_at, version = _read.get(code, (-inf, None))
    if version is None or monotonic() - read_at > settings.TEMPLATE_SECONDS:
        version = _in_force(code, at)
        _read[code] = (monotonic(), version)
    return version


_read: dict[str, tuple[float, Version]] = {}


def _in_force(code: str, at: datetime) -> Version:
    """The version in force now; one that a room published anew is registered.

    What somebody here wrote stays in force until somebody here writes another.
    """
    template = published().get(code)
    if template is None:
        raise UnknownTemplateError(code, "code")
    known = versions(code)
    is_own = bool(known) and known[0].published is None
    if is_own or any(one.published == template.version for one in known):
        return known[0]
    rows = _rows(template, template.wordings, known[0].number + 1 if known else 1)
    for row in rows:
        row.starts_at, row.made_by, row.published = at, SYSTEM.id, template.version
    TemplateText.objects.bulk_create(rows, ignore_conflicts=True)
    return versions(code)[0]


def worded(*, message: NewMessage, at: datetime) -> Worded:
    """The words of a message; its other way's are looked at too, so that nothing fails later."""
    if not message.template:
        grade = Grade.ESSENTIAL if message.channel is Channel.MAIL else Grade.ORDINARY
        return made(message.channel, message.text, _plain(message, message.grade or grade))
    version = in_force(code=message.template, at=at)
    if message.instead:
        worded_by(version, message.instead.channel, _said(message))
    return worded_by(version, message.channel, _said(message))


@dataclass(frozen=True, slots=True)
class Said:
    """What a room said to a template."""

    language: str
    values: Mapping[str, str] = field(repr=False)
    grade: Grade | None = None


def worded_by(version: Version, channel: Channel, said: Said) -> Worded:
    """A version's words for one channel with the values in their places."""
    wording = version.wordings.get((channel, said.language))
    if wording is None:
        raise UnknownTemplateError(version.code, f"{channel}.{said.language}")
    absent = missing(f"{wording.subject}\n{wording.text}", said.values)
    if absent:
        raise ValueMissingError(version.code, absent[0])
    start = Worded(
        text="",
        subject=filled(wording.subject, said.values),
        version=version.number,
        grade=said.grade or version.grade,
        n_parts=1,
        n_dong=0,
    )
    return made(channel, filled(wording.text, said.values), start)


def made(channel: Channel, text: str, start: Worded) -> Worded:
    """The words in the form in which they leave; an SMS is counted in parts."""
    if not text.strip():
        raise ValueMissingError("–", "text")
    form = sms_form(text) if channel is Channel.SMS else None
    n_parts = form.segments.n_parts if form else 1
    if n_parts > MOST_PARTS:
        raise TooLongError(n_parts)
    return Worded(
        text=form.text if form else text,
        subject=start.subject,
        version=start.version,
        grade=start.grade,
        n_parts=n_parts,
        n_dong=n_parts * settings.OUTGOING.part_dong if form else 0,
    )


def _plain(message: NewMessage, grade: Grade) -> Worded:
    return Worded(text="", subject=message.subject, version=None, grade=grade, n_parts=1, n_dong=0)


def _said(message: NewMessage) -> Said:
    return Said(message.language, message.values, message.grade)


def _rows(template: Template, wordings: Wordings, number: int) -> list[TemplateText]:
    return [
        TemplateText(
            code=template.code,
            version=number,
            language=language,
            channel=channel,
            grade=template.grade,
            subject=wording.subject,
            text=wording.text,
        )
        for (channel, language), wording in wordings.items()
    ]


def _stored(rows: list[TemplateText]) -> None:
    try:
        with transaction.atomic():
            TemplateText.objects.bulk_create(rows)
    except IntegrityError as other:
        raise StaleTemplateError from other
