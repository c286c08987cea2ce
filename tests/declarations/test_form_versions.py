"""Versions of forms: what the package brings, which one is in use, what is still taken."""

import doctest
from datetime import UTC, datetime, timedelta

import pytest

from vungxanh.audit.models import AuditEvent
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.form_versions import load_forms
from vungxanh.declarations.models import Questionnaire
from vungxanh.declarations.queries import forms
from vungxanh.declarations.values import forms as values
from vungxanh.declarations.values.forms import STILL_TAKEN, is_taken
from vungxanh.declarations.values.states import FormState

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_examples_in_docstrings_hold() -> None:
    results = doctest.testmod(values)
    assert (results.failed, results.attempted) == (0, 1)


@pytest.mark.django_db
def test_the_packages_forms_are_loaded_once_and_the_newest_of_each_is_in_use() -> None:
    assert load_forms(by=SYSTEM, at=AT) == 5
    assert load_forms(by=SYSTEM, at=AT) == 0
    in_use = [form.name for form in forms.published_forms()]
    assert in_use == ["daily@1", "domestic@1", "entry@1", "general@2"]
    assert forms.public_version("general@1").state is FormState.RETIRED
    assert AuditEvent.objects.filter(event="declarations.forms_loaded").count() == 1


@pytest.mark.django_db
def test_a_later_version_of_a_known_form_comes_as_a_draft() -> None:
    load_forms(by=SYSTEM, at=AT)
    Questionnaire.objects.filter(code="general", version=2).delete()
    assert load_forms(by=SYSTEM, at=AT) == 1
    assert Questionnaire.objects.get(code="general", version=2).state == FormState.DRAFT
    with pytest.raises(MissingError):
        forms.public_version("general@2")


@pytest.mark.django_db
def test_forms_are_found_by_name_and_number() -> None:
    load_forms(by=SYSTEM, at=AT)
    number = forms.form_number("general@2")
    assert forms.form_of(number) == forms.published("general")
    assert forms.published("general").lookback_days == 21
    assert set(forms.versions_named(["general@1", "entry@1", "entry@7", "x"])) == {
        "general@1",
        "entry@1",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nothing", "general@9", "general@", "general@x", "@1", "", "@"])
def test_a_name_of_no_form_is_missing(name: str) -> None:
    load_forms(by=SYSTEM, at=AT)
    with pytest.raises(MissingError):
        forms.public_version(name)


def test_a_retired_version_is_taken_for_two_weeks_of_what_was_made_before() -> None:
    def taken(state: FormState, made_at: datetime, at: datetime) -> bool:
        retired_at = AT if state is FormState.RETIRED else None
        return is_taken(state, retired_at, made_at=made_at, at=at)

    assert taken(FormState.PUBLISHED, AT, AT)
    assert not taken(FormState.DRAFT, AT, AT)
    assert taken(FormState.RETIRED, AT - SECOND, AT + STILL_TAKEN - SECOND)
    assert not taken(FormState.RETIRED, AT - SECOND, AT + STILL_TAKEN)
    assert not taken(FormState.RETIRED, AT, AT + SECOND)
