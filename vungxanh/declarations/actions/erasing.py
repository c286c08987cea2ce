"""Taking somebody out of this room, and giving one person's declarations to who they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from vungxanh.core.envelope import Envelope
from vungxanh.core.enveloped import EnvelopedField, opened, sealed
from vungxanh.core.subjects import Subject
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.models import CareCall, Declaration
from vungxanh.declarations.queries.of_person import person_models, rows_of
from vungxanh.people.queries.reaching import reached


def erase(*, subject: Subject, at: datetime) -> dict[str, int]:
    """Delete what this room has of somebody, inside the caller's transaction; rows by table.

    Counts by day stay: they name nobody.
    """
    return {one._meta.db_table: rows_of(one, subject).delete()[0] for one in person_models()}


def absorb(*, absorbed: int, kept: int, at: datetime) -> int:
    """Give what is kept of one person to another, sealed anew; how many rows.

    Inside the caller's transaction. What cannot stand twice (care that is open, a draft) stays
    with the other's.
    """
    if absorbed == kept:
        return 0
    keys = reached([absorbed, kept], viewer=SYSTEM)
    if absorbed not in keys or kept not in keys:
        return 0
    pair = (keys[absorbed].envelope, keys[kept].envelope)
    n_moved = 0
    for model in person_models():
        rows = list(model._default_manager.filter(person_id=absorbed))
        n_moved += _again(rows, kept, pair) if model is Declaration else _moved(rows, kept, pair)
    return n_moved


def _again(rows: Sequence[Any], kept: int, pair: tuple[Envelope, Envelope]) -> int:
    """Declarations never change: they are taken out and written down again."""
    for row in rows:
        _seal_anew(row, pair)
        row.person_id = kept
    Declaration.objects.filter(pk__in=[one.pk for one in rows]).delete()
    return len(Declaration.objects.bulk_create(rows))


def _moved(rows: Sequence[Any], kept: int, pair: tuple[Envelope, Envelope]) -> int:
    n_moved = 0
    for row in rows:
        calls = list(CareCall.objects.filter(care_id=row.pk)) if hasattr(row, "calls") else []
        for one in (row, *calls):
            _seal_anew(one, pair)
        row.person_id = kept
        try:
            with transaction.atomic():
                row.save()
                CareCall.objects.bulk_update(calls, ["note"])
        except IntegrityError:
            type(row)._default_manager.filter(pk=row.pk).delete()
        else:
            n_moved += 1
    return n_moved


def _seal_anew(row: Model, pair: tuple[Envelope, Envelope]) -> None:
    before, after = pair
    for field in row._meta.concrete_fields:
        if isinstance(field, EnvelopedField):
            text = opened(before, row, field.name)
            for name, content in sealed(after, type(row), **{field.name: text}).items():
                setattr(row, name, content)
