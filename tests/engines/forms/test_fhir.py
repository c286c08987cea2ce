"""FHIR R4: there and back is exact, and a second reader finds it valid."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire as R4Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse as R4Response
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.engines.forms.shipped import GENERAL, IDENTITY, NAMES, ON, data_of, form
from tests.engines.forms.strategies import mostly_good
from vungxanh.engines.forms import FormError, read_answers, read_questionnaire
from vungxanh.engines.forms.fhir import from_fhir, response_from_fhir, response_to_fhir, to_fhir
from vungxanh.engines.forms.reference import plain_answers

FORM = form("general-2")
AT = datetime(2021, 6, 15, 2, 3, 4, tzinfo=UTC)


def over_the_wire(resource: Any) -> Any:
    return json.loads(json.dumps(resource))


@pytest.mark.parametrize("name", NAMES)
def test_each_shipped_form_goes_out_and_comes_back_the_same(name: str) -> None:
    assert from_fhir(over_the_wire(to_fhir(form(name)))) == form(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_second_reader_takes_each_form_and_gives_it_back_unharmed(name: str) -> None:
    read = R4Questionnaire.model_validate(over_the_wire(to_fhir(form(name))))
    assert from_fhir(json.loads(read.model_dump_json())) == form(name)


@pytest.mark.slow
@given(
    st.sampled_from(NAMES).flatmap(lambda name: st.tuples(st.just(name), mostly_good(form(name))))
)
def test_answers_go_out_and_come_back_the_same(case: tuple[str, dict[str, Any]]) -> None:
    name, answers = case
    _, faults = plain_answers(data_of(name), answers, on=ON, known=form(name).questions)
    faulty = {question for question, _ in faults}
    right = {key: one for key, one in answers.items() if key not in faulty}
    kept: Any
    kept, still = plain_answers(data_of(name), right, on=ON, known=form(name).questions)
    assume(not {code for _, code in still} - {"required"})
    resource = over_the_wire(response_to_fhir(form(name), kept, authored=AT))
    R4Response.model_validate(resource)
    assert response_from_fhir(form(name), resource) == kept


def test_conditions_texts_and_days_are_said_in_r4s_own_words() -> None:
    resource: Any = to_fhir(form("entry-1"))
    signs = next(
        one for page in resource["item"] for one in page["item"] if one["linkId"] == "signs"
    )
    since = next(
        one for page in resource["item"] for one in page["item"] if one["linkId"] == "signs_since"
    )
    assert signs["text"] == "Trong 14 ngày qua, bạn có dấu hiệu nào?"
    assert signs["_text"]["extension"][1]["extension"][1]["valueString"].startswith("过去14天内")
    assert (signs["type"], signs["repeats"], signs["required"]) == ("choice", True, True)
    assert since["enableWhen"][0] == {
        "question": "signs",
        "operator": "=",
        "answerCoding": {"system": "urn:vungxanh:form:entry:signs", "code": "fever"},
    }
    assert since["enableBehavior"] == "any"


def test_a_response_names_its_form_and_version() -> None:
    answers = read_answers(FORM, GENERAL, on=ON)
    resource = response_to_fhir(FORM, answers, authored=AT, language="en")
    assert resource["questionnaire"] == "urn:vungxanh:form:general|2"
    assert resource["authored"] == "2021-06-15T02:03:04+00:00"
    assert "In the last 21 days" in json.dumps(resource)
    assert response_from_fhir(FORM, resource) == answers


def test_answers_to_another_version_are_refused() -> None:
    resource = response_to_fhir(FORM, read_answers(FORM, GENERAL, on=ON))
    with pytest.raises(FormError) as refused:
        response_from_fhir(form("general-1"), resource)
    assert (refused.value.code, refused.value.where) == ("forms.not_fhir", "questionnaire")


def test_nobodys_answers_are_a_valid_response() -> None:
    resource = over_the_wire(response_to_fhir(FORM, {}))
    R4Response.model_validate(resource)
    assert response_from_fhir(FORM, resource) == {}


STRANGE: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "name": "Screening",
    "version": "3",
    "status": "active",
    "title": "Sàng lọc",
    "description": "Ba câu",
    "publisher": "Bệnh viện mẫu",
    "item": [
        {
            "linkId": "fever",
            "type": "boolean",
            "text": "Có sốt không?",
            "_text": {
                "extension": [
                    {
                        "url": "http://hl7.org/fhir/StructureDefinition/translation",
                        "extension": [
                            {"url": "lang", "valueCode": "en"},
                            {"url": "content", "valueString": "Fever?"},
                        ],
                    }
                ]
            },
        },
        {"linkId": "note", "type": "string", "text": "Nói thêm", "maxLength": 50},
    ],
}


def test_a_form_of_others_is_read_with_its_languages() -> None:
    read = from_fhir(STRANGE)
    assert (read.name, read.languages, read.source) == (
        "screening@3",
        ("vi", "en"),
        "Bệnh viện mẫu",
    )
    assert read.questions["fever"].text == {"vi": "Có sốt không?", "en": "Fever?"}
    assert read.questions["note"].most == 50
    assert from_fhir(to_fhir(read)) == read


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"resourceType": "Patient"}, "resourceType"),
        ({"version": "1.0"}, "version"),
        ({"item": [{"linkId": "x", "type": "attachment", "text": "x"}]}, "x.type"),
        ({"item": "x"}, "item"),
        ({"item": [{"linkId": "x", "type": "string", "text": "x", "item": [{}]}]}, "x.item"),
    ],
)
def test_what_cannot_be_asked_here_is_refused_by_its_place(
    change: dict[str, Any], where: str
) -> None:
    with pytest.raises(FormError) as refused:
        from_fhir(STRANGE | change)
    assert (refused.value.code, refused.value.where) == ("forms.not_fhir", where)


def test_conditions_that_a_form_here_does_not_have_are_refused() -> None:
    asked = {"question": "fever", "operator": "!=", "answerBoolean": True}
    item = {"linkId": "x", "type": "string", "text": "x", "enableWhen": [asked]}
    with pytest.raises(FormError) as refused:
        from_fhir(STRANGE | {"item": [*STRANGE["item"], item]})
    assert refused.value.where == "x.enableWhen"


def test_every_feature_of_a_form_survives() -> None:
    data = data_of("general-2")
    data["pages"][0]["questions"] = [
        {"id": "n", "kind": "integer", "text": {"vi": "n"}, "most": 7},
        {"id": "c", "kind": "choices", "text": {"vi": "c"}, "most": 1, "options": [
            {"id": "a", "text": {"vi": "a"}}, {"id": "b", "text": {"vi": "b"}}]},
        {"id": "e", "kind": "email", "text": {"vi": "e"}, "most": 40, "when": {
            "all": [{"question": "n", "answered": True}, {"question": "c", "is": "a"}]}},
    ]  # fmt: skip
    read = read_questionnaire(data)
    assert from_fhir(over_the_wire(to_fhir(read, status="draft"))) == read
    assert IDENTITY.keys().isdisjoint(read.questions)
