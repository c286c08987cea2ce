"""What this room keeps of somebody: in words, whole, and what is left of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Max, Model, Q, QuerySet

from vungxanh.core.clock import TZ
from vungxanh.core.envelope import Envelope
from vungxanh.core.enveloped import opened
from vungxanh.core.subjects import HeldLine, Rows, Subject
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.models import (
    Care,
    Contest,
    Declaration,
    DeclarationLink,
    Draft,
    EnteredSheet,
)
from vungxanh.declarations.models.asking import DRAFT_KEPT, LINK_KEPT
from vungxanh.declarations.queries.forms import form_of
from vungxanh.declarations.rules.paper import shown_number
from vungxanh.declarations.values.states import (
    CARE_KEPT_DAYS,
    DECLARATIONS_KEPT_DAYS,
    ColourNumber,
)
from vungxanh.people.queries.reaching import reached
from vungxanh.refusals import Words


@dataclass(frozen=True, slots=True)
class _Sort:
    """One sort of thing that is kept: until so many days after its `moment`, and why."""

    model: type[Model]
    table: str
    what: Words
    moment: str
    days: int
    why: Words


_CARE_WHY: Final = Words(vi="90 ngày sau khi khép việc.", en="90 days after it was closed.")
_SORTS: Final = (
    _Sort(
        Declaration,
        "declarations",
        Words(vi="Tờ khai y tế", en="Health declarations"),
        "at",
        DECLARATIONS_KEPT_DAYS,
        Words(vi="30 ngày sau ngày khai báo.", en="30 days after the declaration."),
    ),
    _Sort(
        Care,
        "care",
        Words(vi="Trạm y tế gọi, theo dõi", en="Care by a health station"),
        "opened_at",
        CARE_KEPT_DAYS,
        _CARE_WHY,
    ),
    _Sort(
        Contest,
        "contests",
        Words(vi="Đề nghị xem lại kết quả", en="Outcomes that were contested"),
        "asked_at",
        CARE_KEPT_DAYS,
        _CARE_WHY,
    ),
    _Sort(
        EnteredSheet,
        "sheets",
        Words(vi="Tờ khai giấy đã nhập", en="Declarations entered from paper"),
        "at",
        DECLARATIONS_KEPT_DAYS,
        Words(vi="30 ngày sau khi nhập.", en="30 days after it was entered."),
    ),
    _Sort(
        DeclarationLink,
        "links",
        Words(vi="Liên kết khai báo gửi qua tin nhắn", en="Links to declare, sent by SMS"),
        "until",
        LINK_KEPT.days or 0,
        Words(vi="30 ngày sau khi liên kết hết hạn.", en="30 days after the link ran out."),
    ),
    _Sort(
        Draft,
        "drafts",
        Words(vi="Tờ khai đang ghi dở", en="Declarations begun and not sent"),
        "at",
        DRAFT_KEPT.days or 0,
        Words(vi="7 ngày sau lần ghi cuối.", en="7 days after it was last written."),
    ),
)


def person_models() -> list[type[Model]]:
    """The tables of this room that name a person by number."""
    found = []
    for model in apps.get_app_config("declarations").get_models():
        try:
            model._meta.get_field("person_id")
        except FieldDoesNotExist:
            continue
        found.append(model)
    return found


def rows_of(model: type[Model], subject: Subject) -> "QuerySet[Any]":
    """What a table has of somebody; drafts are of their devices too."""
    wanted = Q(pk__in=[])
    if subject.id is not None:
        wanted |= Q(person_id=subject.id)
    if model is Draft and subject.devices:
        wanted |= Q(device_id__in=subject.devices)
    return model._default_manager.filter(wanted)


def left(subject: Subject) -> dict[str, int]:
    """What is still found of somebody, by table."""
    return {one._meta.db_table: rows_of(one, subject).count() for one in person_models()}


def held(subject: Subject) -> Iterator[HeldLine]:
    """In words."""
    for one in _SORTS:
        rows = rows_of(one.model, subject)
        newest = rows.aggregate(at=Max(one.moment))["at"]
        until = (newest + timedelta(days=one.days)).date() if newest else None
        yield HeldLine("declarations", one.what, rows.count(), until, one.why, table=one.table)


def export(subject: Subject) -> Rows:
    """The same, whole and opened."""
    drafts = rows_of(Draft, subject).order_by("at", "id")
    written = {"drafts": [_draft(row) for row in drafts]}
    found = reached([subject.id], viewer=SYSTEM) if subject.id is not None else {}
    if subject.id is None or subject.id not in found:
        return written
    envelope = found[subject.id].envelope
    declared = rows_of(Declaration, subject).order_by("at", "id")
    cared = rows_of(Care, subject).order_by("opened_at", "id").prefetch_related("calls")
    contests = rows_of(Contest, subject).order_by("asked_at", "id").select_related("decision")
    sheets = rows_of(EnteredSheet, subject).order_by("at", "id").select_related("pile")
    links = rows_of(DeclarationLink, subject).order_by("at", "id")
    return {
        "declarations": [_declaration(row, envelope) for row in declared],
        "care": [_care(row, envelope) for row in cared],
        "contests": [_contest(row, envelope) for row in contests],
        "sheets": [_sheet(row) for row in sheets],
        "links": [_link(row) for row in links],
        **written,
    }


def _declaration(row: Declaration, envelope: Envelope) -> dict[str, Any]:
    return {
        "form": _form_name(row.questionnaire_id),
        "at": _told(row.at),
        "way": row.way,
        "colour": ColourNumber(row.colour).colour.value,
        "until": _told(row.until),
        "answers": json.loads(opened(envelope, row, "answers") or "{}"),
        "outcome": json.loads(opened(envelope, row, "outcome") or "{}"),
    }


def _care(row: Care, envelope: Envelope) -> dict[str, Any]:
    return {
        "opened_at": _told(row.opened_at),
        "state": row.state,
        "result": row.result,
        "calls": [
            {
                "at": _told(one.at),
                "result": one.result,
                "note": opened(envelope, one, "note"),
                "is_undone": one.undone_at is not None,
            }
            for one in row.calls.all()
        ],
    }


def _contest(row: Contest, envelope: Envelope) -> dict[str, Any]:
    decision = getattr(row, "decision", None)
    return {
        "asked_at": _told(row.asked_at),
        "state": row.state,
        "colour": row.colour,
        "words": opened(envelope, row, "words"),
        "reason": opened(envelope, row, "reason"),
        "before": decision.before if decision else "",
        "stood_on": json.loads(opened(envelope, decision, "inputs") or "{}") if decision else {},
    }


def _sheet(row: EnteredSheet) -> dict[str, Any]:
    return {
        "number": shown_number(row.number),
        "signed_on": row.signed_on.isoformat(),
        "entered_at": _told(row.at),
        "lies_at": row.pile.lies_at,
        "is_undone": row.undone_at is not None,
    }


def _link(row: DeclarationLink) -> dict[str, Any]:
    return {
        "form": row.form,
        "sent_at": _told(row.at),
        "until": _told(row.until),
        "used_at": _told(row.used_at) if row.used_at else "",
    }


def _draft(row: Draft) -> dict[str, Any]:
    return {
        "form": _form_name(row.questionnaire_id),
        "at": _told(row.at),
        "answers": json.loads(row.answers or "{}"),
    }


def _form_name(version_id: int) -> str:
    return form_of(version_id).name


def _told(at: datetime) -> str:
    return at.astimezone(TZ).isoformat(timespec="seconds")
