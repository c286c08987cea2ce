"""Declaring: the door of pages, through the same writer as device intake."""

from datetime import datetime

from django.db import transaction

from vungxanh.declarations.actions.queueing import ask_to_apply
from vungxanh.declarations.gateways.declaration_table import write_now
from vungxanh.declarations.values.declared import Made, Told


def declare(*, made: tuple[Made, ...], at: datetime) -> tuple[Told, ...]:
    """Judge and keep declarations; what became of each, durable with the caller's transaction.

    Cards, identity and care follow by a job after the commit. Nothing is logged beside them: they
    say who declared what, when, by whom and on which way.
    """
    told = tuple(write_now(made, at=at))
    if any(one.is_kept for one in told):
        transaction.on_commit(ask_to_apply)
    return told
