"""Versions of forms: brought by the package, added by officers, published, retired."""

from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core import clock
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.models import Questionnaire as Row
from vungxanh.declarations.values.forms import shipped_forms
from vungxanh.declarations.values.states import FormState
from vungxanh.engines.forms import Questionnaire, to_data


def load_forms(*, by: Viewer, at: datetime) -> int:
    """Put the package's forms into the table; repeating it changes nothing. How many were added.

    Of a form that is new here the newest version is published and older ones are retired; a later
    version of a form that is known comes as a draft. Records declarations.forms_loaded.
    """
    known = set(Row.objects.values_list("code", "version"))
    codes = {code for code, _ in known}
    forms = shipped_forms()
    newest = {one.id: one.version for one in forms}
    missing = [one for one in forms if (one.id, one.version) not in known]
    if not missing:
        return 0
    rows = [_row(one, _state(one, codes, newest[one.id]), by=by, at=at) for one in missing]
    with transaction.atomic():
        Row.objects.bulk_create(rows)
        detail = {"forms": len(missing)}
        record(event="declarations.forms_loaded", by=by, at=at, subject="forms", detail=detail)
    return len(rows)


def _state(form: Questionnaire, codes: set[str], newest: int) -> FormState:
    if form.id in codes:
        return FormState.DRAFT
    return FormState.PUBLISHED if form.version == newest else FormState.RETIRED


def _row(form: Questionnaire, state: FormState, *, by: Viewer, at: datetime) -> Row:
    is_draft, is_retired = state is FormState.DRAFT, state is FormState.RETIRED
    return Row(
        code=form.id,
        version=form.version,
        kind=form.kind,
        content=to_data(form),
        languages=list(form.languages),
        state=state,
        valid_from=None if is_draft else at.astimezone(clock.TZ).date(),
        retired_at=at if is_retired else None,
        at=at,
        by=by.id,
    )
