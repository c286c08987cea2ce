"""Questionnaires as programs fetch them."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from fhir.resources.R4B.questionnaire import Questionnaire as R4Questionnaire

from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.form_versions import load_forms
from vungxanh.declarations.queries import forms
from vungxanh.engines.forms import read_questionnaire
from vungxanh.engines.forms.fhir import from_fhir

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
HERE = "/api/v1/questionnaires"


@pytest.fixture(autouse=True)
def shipped() -> None:
    load_forms(by=SYSTEM, at=AT)


def test_anybody_fetches_the_version_in_use_and_reads_the_same_form() -> None:
    reply = Client().get(f"{HERE}/general")
    assert read_questionnaire(reply.json()) == forms.published("general")
    assert reply["Content-Location"] == f"{HERE}/general@2"
    assert reply["Cache-Control"] == "public, max-age=60"


def test_a_version_is_fetched_by_its_number_even_when_retired() -> None:
    reply = Client().get(f"{HERE}/general@1")
    assert (reply.json()["version"], reply.json()["lookback_days"]) == (1, 14)
    assert reply["Cache-Control"] == "public, max-age=3600"


def test_in_fhir_a_second_reader_takes_it_and_ours_reads_the_same() -> None:
    reply = Client().get(f"{HERE}/entry?format=fhir")
    assert reply["Content-Type"] == "application/fhir+json"
    resource = json.loads(reply.content)
    assert R4Questionnaire.model_validate(resource).status == "active"
    assert from_fhir(resource) == forms.published("entry")


def test_a_retired_version_says_so_in_fhir() -> None:
    assert Client().get(f"{HERE}/general@1?format=fhir").json()["status"] == "retired"


@pytest.mark.parametrize("query", ["", "?format=fhir"])
def test_whoever_holds_it_is_told_so_without_its_bytes(query: str) -> None:
    etag = Client().get(f"{HERE}/general{query}")["ETag"]
    reply = Client().get(f"{HERE}/general{query}", headers={"If-None-Match": etag})
    assert (reply.status_code, reply.content) == (304, b"")


@pytest.mark.parametrize("name", ["nothing", "general@9", "general@x", "%00", "a" * 300])
def test_what_is_not_there_is_missing(name: str) -> None:
    reply = Client().get(f"{HERE}/{name}")
    assert (reply.status_code, reply.json()["code"]) == (404, "core.missing")


def test_another_way_of_writing_is_refused() -> None:
    assert Client().get(f"{HERE}/general?format=xml").status_code == 422
