"""The room of health declarations."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig

from vungxanh.core.subjects import HeldLine, Rows, Subject

if TYPE_CHECKING:
    from vungxanh.messaging.values.templates import Template
    from vungxanh.people.values.own_day import DayLine


class DeclarationsConfig(AppConfig):
    """Registers the room with Django."""

    name = "vungxanh.declarations"
    label = "declarations"
    duty_pages: ClassVar[dict[str, str]] = {
        "declarations.ill": "declarations-care_of_duty",
        "declarations.ill_raised": "declarations-care_of_duty",
        "declarations.contest": "declarations-contest_of_duty",
    }

    def own_day(self, person_id: int, at: datetime) -> "tuple[DayLine, ...]":
        """What somebody declared today, for the first page of their phone."""
        from vungxanh.declarations.queries.own_day import own_day

        return own_day(person_id, at)

    def held(self, subject: Subject, at: datetime) -> Iterable[HeldLine]:
        """What somebody declared, their care, their contests."""
        from vungxanh.declarations.queries.of_person import held

        return held(subject)

    def export(self, subject: Subject) -> Rows:
        """The same, whole."""
        from vungxanh.declarations.queries.of_person import export

        return export(subject)

    def erase(self, subject: Subject, at: datetime) -> Mapping[str, int]:
        """Take it out; counts stay."""
        from vungxanh.declarations.actions.erasing import erase

        return erase(subject=subject, at=at)

    def absorb(self, absorbed: int, kept: int, at: datetime) -> int:
        """Give somebody's declarations to the person who they turned out to be."""
        from vungxanh.declarations.actions.erasing import absorb

        return absorb(absorbed=absorbed, kept=kept, at=at)

    def left(self, subject: Subject) -> Mapping[str, int]:
        """What is still found of somebody."""
        from vungxanh.declarations.queries.of_person import left

        return left(subject)

    def purge(self, at: datetime) -> int:
        """Let go of declarations with their day, of care, contests, links and drafts."""
        from vungxanh.declarations.actions.purging import purge

        return purge(at=at)

    def overdue(self, at: datetime) -> Mapping[str, int]:
        """How much is past its time, by table."""
        from vungxanh.declarations.queries.purging import overdue

        return overdue(at)

    def message_templates(self) -> "tuple[Template, ...]":
        """What this room tells people, health stations and the units above by message."""
        from vungxanh.declarations.queries.care_messages import message_templates

        return message_templates()
