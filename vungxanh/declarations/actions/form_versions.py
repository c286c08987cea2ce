"""Versions of forms: brought by the package, added by officers, published, retired."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from vungxanh.audit.actions import record
from vungxanh.core import clock
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.actions import form_refusals as refuse
from vungxanh.declarations.models import Questionnaire as Row
from vungxanh.declarations.values.forms import MANAGE, shipped_forms
from vungxanh.declarations.values.states import FormState
from vungxanh.engines.forms import Questionnaire, read_questionnaire, to_data
from vungxanh.engines.forms.fhir import from_fhir

_LONGEST_CODE = 24
_LONGEST_KIND = 16


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


def add_form(*, data: object, by: Viewer, at: datetime) -> int:
    """Add a version, in our JSON or in FHIR R4, as a draft; its number.

    A form that is known needs a later version than it has. Records declarations.form_added.
    """
    by.require(MANAGE)
    is_fhir = isinstance(data, dict) and "resourceType" in data
    form = from_fhir(data) if is_fhir else read_questionnaire(data)
    for key, name, most in (("id", form.id, _LONGEST_CODE), ("kind", form.kind, _LONGEST_KIND)):
        if len(name) > most:
            raise refuse.name_too_long(key)
    newest = Row.objects.filter(code=form.id).aggregate(n=Max("version"))["n"]
    if newest is not None and form.version <= newest:
        raise refuse.version_taken(form.name, newest + 1)
    row = _row(form, FormState.DRAFT, by=by, at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(event="declarations.form_added", by=by, at=at, subject=_subject(row))
    except IntegrityError:
        raise refuse.version_taken(form.name, form.version + 1) from None
    return row.pk


def publish_form(*, version_id: int, by: Viewer, at: datetime) -> None:
    """Put a draft into use; the version in use until now is retired at the same moment.

    Records declarations.form_published.
    """
    by.require(MANAGE)
    with transaction.atomic():
        row = _locked(version_id, FormState.DRAFT)
        before = Row.objects.filter(code=row.code, state=FormState.PUBLISHED)
        former = before.order_by("-version").first()
        before.update(state=FormState.RETIRED, retired_at=at)
        row.state, row.valid_from = FormState.PUBLISHED, at.astimezone(clock.TZ).date()
        # The moment tells readers which remember a draft that this is another row.
        row.at, row.by = at, by.id
        row.save(update_fields=["state", "valid_from", "at", "by"])
        detail = {"before": former.version if former else 0}
        subject = _subject(row)
        record(event="declarations.form_published", by=by, at=at, subject=subject, detail=detail)


def retire_form(*, version_id: int, by: Viewer, at: datetime) -> None:
    """Take a form out of use; nobody can declare on it any more. Records declarations.form_retired.

    What phones without a network answered before is taken for two weeks.
    """
    by.require(MANAGE)
    with transaction.atomic():
        row = _locked(version_id, FormState.PUBLISHED)
        row.state, row.retired_at = FormState.RETIRED, at
        row.save(update_fields=["state", "retired_at"])
        record(event="declarations.form_retired", by=by, at=at, subject=_subject(row))


def discard_form(*, version_id: int, by: Viewer, at: datetime) -> None:
    """Throw a draft away. Records declarations.form_discarded."""
    by.require(MANAGE)
    with transaction.atomic():
        row = _locked(version_id, FormState.DRAFT)
        record(event="declarations.form_discarded", by=by, at=at, subject=_subject(row))
        row.delete()


def _locked(version_id: int, state: FormState) -> Row:
    """The version, held until the transaction ends, if it is still in this state."""
    row = Row.objects.select_for_update().filter(pk=version_id).first()
    if row is None:
        raise MissingError
    if row.state != state:
        raise refuse.state_changed()
    return row


def _subject(row: Row) -> str:
    return f"form:{row.code}-{row.version}"


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
