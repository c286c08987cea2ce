"""Declared for somebody who is there or on the telephone: by an officer."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from vungxanh.accounts.actions import look
from vungxanh.audit.actions import record
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.actions.entering import kept
from vungxanh.declarations.values.declared import Made, Told
from vungxanh.declarations.values.paper import ENTER
from vungxanh.declarations.values.states import Way
from vungxanh.people.queries.officers_person import person_for
from vungxanh.people.values import person_ref


def declare_for(
    *, person_id: int, name: str, answers: Mapping[str, object], by: Viewer, at: datetime
) -> Told:
    """Keep what somebody of the own area told an officer, who says that they agreed.

    `by` is looking for a purpose, `name` is `general@2`. Records declarations.said_for and the look
    at the person. Raises AnswersError where the form does not take the answers.
    """
    by.require(ENTER)
    row = person_for(by, person_id, acting=True)
    who = person_ref(row.pk)
    made = Made(
        id=new_id(),
        questionnaire=name,
        answers=answers,
        person_id=row.pk,
        way=Way.OFFICER,
        lang="vi",
        device_id=None,
        by=by.id,
        point=None,
        at=at,
    )
    with transaction.atomic():
        looking = look(viewer=by, purpose=by.purpose, resource="declared_for", subject=who, at=at)
        told = kept(declare(made=(made,), at=at)[0])
        form = name.partition("@")[0]
        detail = {"form": form, "way": str(Way.OFFICER), "consent": "spoken"}
        record(event="declarations.said_for", by=looking, at=at, subject=who, detail=detail)
    return told
