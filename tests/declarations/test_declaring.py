"""What is declared is judged and kept in one transaction, sealed, once."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.architecture.sources import ROOT
from tests.declarations.declare_scene import ILL, NOON, WELL, a_holder, forms, made
from tests.factories.register import AT
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.gateways.judging import ANSWERS_PLACE, OUTCOME_PLACE
from vungxanh.declarations.models import Declaration, DeclarationCount, Pending, Questionnaire
from vungxanh.declarations.values.declared import Made, Refusal, Told
from vungxanh.declarations.values.form_words import form_words
from vungxanh.declarations.values.states import Way
from vungxanh.people.actions.standing import write_standing
from vungxanh.people.models import Person
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.values.standing import Class, NewStanding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forms(places_of_both_eras: None) -> None:
    forms()


def told_of(one: Made) -> Told:
    """What becomes of one declaration."""
    (told,) = declare(made=(one,), at=NOON)
    return told


def test_declaration_is_kept_with_outcome_queue_and_count() -> None:
    told = told_of(made(a_holder()))
    row = Declaration.objects.get()
    assert (told.outcome, told.colour, told.is_ill) == ("stored", "green", False)
    assert told.until == row.until
    assert row.until > NOON
    assert list(Pending.objects.values_list("declaration_id", flat=True)) == [row.pk]
    count = DeclarationCount.objects.get()
    assert (count.unit, count.form, count.way) == ("vn-2021:21586", "general", "self")
    assert (count.n, count.n_ill, count.n_first) == (1, 0, 1)


def test_signs_make_somebody_ill_and_name_work() -> None:
    told = told_of(made(a_holder(), ILL))
    assert told.is_ill
    assert told.colour != "green"
    assert "station_calls" in told.advice
    assert Pending.objects.get().work["work"]
    assert DeclarationCount.objects.get().n_ill == 1


def test_answers_and_outcome_open_by_the_person_s_key_alone() -> None:
    device = a_holder()
    told_of(made(device))
    row = Declaration.objects.get()
    envelope = envelope_of(Person.objects.get(pk=device.person_id or 0))
    answers = json.loads(envelope.open(bytes(row.answers or b""), ANSWERS_PLACE))
    outcome = json.loads(envelope.open(bytes(row.outcome or b""), OUTCOME_PLACE))
    assert answers["name"] == WELL["name"]
    assert outcome["facts"]["form"] == "general"
    assert str(WELL["name"]).encode() not in bytes(row.answers or b"")


def test_same_declaration_again_is_one() -> None:
    one = made(a_holder())
    told_of(one)
    assert told_of(one).outcome == "duplicate"
    assert Declaration.objects.count() == Pending.objects.count() == 1
    assert DeclarationCount.objects.get().n == 1


def test_other_answers_under_a_taken_identifier_are_refused() -> None:
    one = made(a_holder())
    told_of(one)
    assert told_of(replace(one, answers=ILL)).outcome == "id_reused"
    assert not Declaration.objects.get().is_ill


def test_twice_in_one_body_is_kept_once() -> None:
    one = made(a_holder())
    told = declare(made=(one, one, replace(one, answers=ILL)), at=NOON)
    assert [each.outcome for each in told] == ["stored", "duplicate", "id_reused"]
    assert DeclarationCount.objects.get().n == 1


def test_second_declaration_of_a_day_counts_no_second_person() -> None:
    device = a_holder()
    told_of(made(device))
    told_of(made(device))
    count = DeclarationCount.objects.get()
    assert (count.n, count.n_first) == (2, 1)


def test_standing_is_read_fresh_with_each_declaration() -> None:
    device = a_holder()
    assert told_of(made(device)).colour == "green"
    assert device.person_id is not None
    standing = NewStanding(device.person_id, Class.CASE, AT, None, "case:1")
    write_standing(standing=standing, by=SYSTEM, at=AT)
    assert told_of(made(device)).colour == "red"


def test_every_fault_of_answers_is_told_by_question() -> None:
    told = told_of(made(a_holder(), {**WELL, "signs": ["none", "fever"], "been_": True}))
    assert told.outcome == "answers"
    assert set(told.faults) == {("signs", "exclusive"), ("been_", "not_asked")}
    assert not Declaration.objects.exists()


def test_retired_version_is_refused_for_new_declarations() -> None:
    told = told_of(replace(made(a_holder()), questionnaire="general@1"))
    assert (told.outcome, told.in_use) == ("form_retired", 2)


def test_refusal_of_a_form_that_is_in_use_no_more_names_no_version() -> None:
    Questionnaire.objects.filter(code="general", version=2).update(state="retired", retired_at=NOON)
    told = told_of(replace(made(a_holder()), questionnaire="general@1"))
    assert (told.outcome, told.in_use) == ("form_retired", None)


def test_refusal_for_another_reason_names_no_version() -> None:
    assert told_of(made(a_holder(agrees=False))).in_use is None


def test_every_refusal_is_explained_to_who_writes_apps() -> None:
    told = (ROOT / "docs/errors.md").read_text("utf-8")
    table = told.partition("/api/v1/declarations` does not")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, flags=re.M) == sorted(Refusal)


def test_words_for_who_declared_are_those_of_refusals() -> None:
    assert set(form_words()["refused"]) - {"other"} <= set(Refusal)


@pytest.mark.parametrize("name", ["general@9", "general", "nothing@1", "@", "general@2@2"])
def test_unknown_form_is_refused(name: str) -> None:
    assert told_of(replace(made(a_holder()), questionnaire=name)).outcome == "form_unknown"


def test_nothing_is_kept_without_consent() -> None:
    assert told_of(made(a_holder(agrees=False))).outcome == "consent_needed"
    assert not Declaration.objects.exists()


def test_paper_needs_no_consent_on_a_phone() -> None:
    one = replace(made(a_holder(agrees=False)), way=Way.PAPER, device_id=None, by="staff:1")
    assert told_of(one).outcome == "stored"


def test_person_who_is_not_there_is_refused() -> None:
    assert told_of(replace(made(a_holder()), person_id=987_654_321)).outcome == "subject_unknown"


def test_one_bad_declaration_does_not_keep_others_out() -> None:
    device = a_holder()
    bad, good = made(device, {"signs": 7}), made(device)
    told = declare(made=(bad, good), at=NOON)
    assert [each.outcome for each in told] == ["answers", "stored"]


def test_what_the_register_knows_need_not_be_answered() -> None:
    device = a_holder()
    Person.objects.filter(pk=device.person_id or 0).update(residence_id="vn-2021:21553")
    answers = {name: said for name, said in WELL.items() if name != "unit"}
    assert told_of(made(device, answers)).outcome == "stored"
    assert Declaration.objects.get().unit_id == "vn-2021:21553"


def test_identifier_of_another_s_declaration_tells_nothing_of_it() -> None:
    one = made(a_holder())
    told_of(one)
    other = a_holder()
    told = told_of(replace(one, person_id=other.person_id or 0, device_id=other.pk))
    assert (told.outcome, told.colour, told.advice) == ("id_reused", "", ())


def test_declaration_of_a_day_without_partition_is_kept() -> None:
    old = NOON - timedelta(days=60)
    answers = {**WELL, "last_dose": "2025-11-05"}
    told_of(replace(made(a_holder(), answers), at=old))
    assert Declaration.objects.get().day == old.date()


def test_version_that_is_retired_meanwhile_is_refused_at_once() -> None:
    device = a_holder()
    told_of(made(device))
    Questionnaire.objects.filter(code="general", version=2).update(state="retired", retired_at=NOON)
    assert told_of(made(device)).outcome == "form_retired"
