"""What this room keeps of somebody: in words, whole, and what is left of it."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Max, Model, Q, QuerySet

from vungxanh.core.clock import TZ
from vungxanh.core.enveloped import opened
from vungxanh.core.subjects import HeldLine, Rows, Subject
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.models import Care, Contest, Declaration, Draft, Questionnaire
from vungxanh.declarations.values.states import (
    CARE_KEPT_DAYS,
    DECLARATIONS_KEPT_DAYS,
    ColourNumber,
)
from vungxanh.people.queries.reaching import reached
from vungxanh.refusals import Words

_DECLARED_WHY = Words(vi="30 ngày sau ngày khai báo.", en="30 days after the declaration.")
_CARE_WHY = Words(vi="90 ngày sau khi khép việc.", en="90 days after it was closed.")


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
    lines: tuple[tuple[type[Model], str, str, Words, tuple[Words, int]], ...] = (
        (
            Declaration,
            "declarations",
            "at",
            Words(vi="Tờ khai y tế", en="Health declarations"),
            (_DECLARED_WHY, DECLARATIONS_KEPT_DAYS),
        ),
        (
            Care,
            "care",
            "opened_at",
            Words(vi="Trạm y tế gọi, theo dõi", en="Care by a health station"),
            (_CARE_WHY, CARE_KEPT_DAYS),
        ),
        (
            Contest,
            "contests",
            "asked_at",
            Words(vi="Đề nghị xem lại kết quả", en="Outcomes that were contested"),
            (_CARE_WHY, CARE_KEPT_DAYS),
        ),
    )
    for model, table, moment, what, (why, days) in lines:
        rows = rows_of(model, subject)
        newest = rows.aggregate(at=Max(moment))["at"]
        until = (newest + timedelta(days=days)).date() if newest else None
        yield HeldLine("declarations", what, rows.count(), until, why, table=table)


def export(subject: Subject) -> Rows:
    """The same, whole and opened."""
    found = reached([subject.id], viewer=SYSTEM) if subject.id is not None else {}
    if subject.id is None or subject.id not in found:
        return {}
    envelope = found[subject.id].envelope
    names = {
        one.pk: f"{one.code}@{one.version}" for one in Questionnaire.objects.only("code", "version")
    }
    return {
        "declarations": [
            {
                "form": names.get(row.questionnaire_id, ""),
                "at": _told(row.at),
                "way": row.way,
                "colour": ColourNumber(row.colour).colour.value,
                "until": _told(row.until),
                "answers": json.loads(opened(envelope, row, "answers") or "{}"),
                "outcome": json.loads(opened(envelope, row, "outcome") or "{}"),
            }
            for row in rows_of(Declaration, subject).order_by("at", "id")
        ],
        "care": [
            {
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
            for row in rows_of(Care, subject).order_by("opened_at", "id").prefetch_related("calls")
        ],
        "contests": [
            {
                "asked_at": _told(row.asked_at),
                "state": row.state,
                "colour": row.colour,
                "words": opened(envelope, row, "words"),
                "reason": opened(envelope, row, "reason"),
            }
            for row in rows_of(Contest, subject).order_by("asked_at", "id")
        ],
    }


def _told(at: datetime) -> str:
    return at.astimezone(TZ).isoformat(timespec="seconds")
