"""Corrections by officers: texts, papers and residence together, or nothing."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from vungxanh.core.viewer import Viewer
from vungxanh.people.actions.persons import change_person, forget_document
from vungxanh.people.actions.residence import change_residence
from vungxanh.people.models import Person
from vungxanh.people.values import Residence
from vungxanh.people.values.entries import PersonChange


@dataclass(frozen=True, slots=True, repr=False)
class Correction:
    """What is corrected: texts and new papers, where they live, papers that are not theirs.

    `moving` are dependants who move along with them.
    """

    change: PersonChange = field(default_factory=PersonChange)
    residence: Residence | None = None
    forgotten: tuple[int, ...] = ()
    moving: tuple[int, ...] = ()


def correct(*, person: Person, correction: Correction, by: Viewer, at: datetime) -> None:
    """Carry a correction out in one transaction.

    Records people.person_changed, people.residence_changed, people.document_forgotten, each where
    it happens.
    """
    with transaction.atomic():
        if correction.change != PersonChange():
            change_person(person_id=person.pk, change=correction.change, by=by, at=at)
        if correction.residence is not None:
            change_residence(
                person=person,
                residence=correction.residence,
                by=by,
                at=at,
                moving=correction.moving,
            )
        for document in correction.forgotten:
            forget_document(person_id=person.pk, document_id=document, by=by, at=at)
