"""Officers' pages of forms: versions, what is missing, bringing, putting into use, taking out."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.people import Colleague, employed
from vungxanh.accounts.rules import Role
from vungxanh.audit.models import AuditEvent
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import PUBLIC, SYSTEM, ForbiddenError
from vungxanh.declarations.actions import form_versions as actions
from vungxanh.declarations.actions.form_refusals import FormStateError, FormVersionError
from vungxanh.declarations.queries import forms
from vungxanh.declarations.values.forms import FormVersion
from vungxanh.declarations.values.states import FormState
from vungxanh.engines.forms import FormError, read_questionnaire, to_data
from vungxanh.engines.forms.fhir import from_fhir, to_fhir

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATER = AT + timedelta(days=1)
LIST = "/to-khai/bieu-mau/"
PROVINCE = "vn-2025:52"


@pytest.fixture(autouse=True)
def shipped() -> None:
    actions.load_forms(by=SYSTEM, at=AT)


@pytest.fixture
def officer() -> Colleague:
    return employed("forms", Role("province_officer"), PROVINCE)


def third(**more: object) -> dict[str, Any]:
    """A third version of the general form, with one question less."""
    data: dict[str, Any] = json.loads(json.dumps(to_data(forms.published("general"))))
    data["pages"][3]["questions"].pop()
    return {**data, "version": 3, **more}


def state(name: str) -> FormState:
    found: dict[str, FormVersion] = {one.name: one for one in forms.versions()}
    return found[name].state


def sent(client: Client, data: object) -> Any:
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    upload = SimpleUploadedFile("form.json", body, content_type="application/json")
    return client.post(f"{LIST}nop/", {"file": upload})


def test_a_version_is_brought_looked_at_and_put_into_use(officer: Colleague) -> None:
    data = third()
    answer = sent(officer.client, data)
    page = officer.client.get(answer["Location"])
    assert "bản nháp" in page.content.decode()
    assert "bỏ câu hỏi" in page.content.decode()
    assert forms.published("general").version == 2
    officer.client.post(answer["Location"], {"act": "publish"})
    assert forms.published("general") == read_questionnaire(data)
    assert state("general@2") is FormState.RETIRED
    assert AuditEvent.objects.filter(event="declarations.form_published").count() == 1


def test_fhir_is_brought_like_our_own(officer: Colleague) -> None:
    form = read_questionnaire(third())
    answer = sent(officer.client, to_fhir(form))
    assert forms.form_of(int(answer["Location"].split("/")[-2])) == form


def test_the_list_tells_each_version_its_state_and_what_is_missing(officer: Colleague) -> None:
    data = third(languages=["vi", "en", "zh"])
    sent(officer.client, data)
    page = officer.client.get(LIST).content.decode()
    assert page.count("đang dùng") == 4
    assert "đã ngừng dùng" in page
    assert "0/" in page


def test_what_is_missing_in_a_language_is_listed_with_its_vietnamese(officer: Colleague) -> None:
    answer = sent(officer.client, third(languages=["vi", "en", "zh"]))
    page = officer.client.get(answer["Location"]).content.decode()
    assert "Xem chỗ còn thiếu" in page
    assert "name.text" in page


def test_the_preview_speaks_the_languages_of_the_form(officer: Colleague) -> None:
    entry = forms.form_number("entry@1")
    page = officer.client.get(f"{LIST}{entry}/?ngon-ngu=zh").content.decode()
    assert "过去14天内" in page
    assert "Trong 14 ngày qua" in officer.client.get(f"{LIST}{entry}/").content.decode()


def test_any_two_versions_are_compared(officer: Colleague) -> None:
    first, second = forms.form_number("general@1"), forms.form_number("general@2")
    page = officer.client.get(f"{LIST}{second}/?so-voi={first}").content.decode()
    assert "số ngày nhìn lại" in page
    assert "thêm câu hỏi" in page


@pytest.mark.parametrize(("query", "read"), [("", read_questionnaire), ("?dang=fhir", from_fhir)])
def test_a_version_is_downloaded_and_reads_the_same(
    officer: Colleague, query: str, read: Any
) -> None:
    number = forms.form_number("general@1")
    answer = officer.client.get(f"{LIST}{number}/tai-ve/{query}")
    assert read(json.loads(answer.content)) == forms.form_of(number)
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"\xff\xfe", "không phải JSON"),
        (b"[" * 100_000, "không phải JSON"),
        (b"{}", "languages"),
        (b'{"resourceType": "Patient"}', "FHIR"),
        (b" " * (1024 * 1024 + 1), "1 MB"),
    ],
)
def test_a_file_that_is_no_form_is_refused_and_nothing_is_kept(
    officer: Colleague, body: bytes, words: str
) -> None:
    answer = sent(officer.client, body)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert len(forms.versions()) == 5


@pytest.mark.parametrize(
    "data",
    [{"version": 2}, {"version": 1}, {"id": "a" * 25, "version": 1}, {"kind": "k" * 17}],
)
def test_a_version_that_is_there_or_a_name_too_long_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(FormVersionError):
        actions.add_form(data=third(**data), by=SYSTEM, at=AT)


def test_a_form_with_a_fault_is_refused_by_its_place() -> None:
    with pytest.raises(FormError) as refused:
        actions.add_form(data=third(lookback_days=-1), by=SYSTEM, at=AT)
    assert refused.value.where == "lookback_days"


def test_what_was_published_is_changed_by_nothing_and_published_once() -> None:
    number = actions.add_form(data=third(), by=SYSTEM, at=AT)
    actions.publish_form(version_id=number, by=SYSTEM, at=LATER)
    for act in (actions.publish_form, actions.discard_form):
        with pytest.raises(FormStateError):
            act(version_id=number, by=SYSTEM, at=LATER)
    assert forms.version_of(number).state is FormState.PUBLISHED


def test_a_retired_form_is_nobodys_to_fill_in_but_can_be_read() -> None:
    number = forms.form_number("daily@1")
    actions.retire_form(version_id=number, by=SYSTEM, at=LATER)
    with pytest.raises(MissingError):
        forms.published("daily")
    assert forms.version_of(number).retired_at == LATER
    assert forms.public_version("daily@1").form.id == "daily"


def test_a_draft_is_thrown_away_and_its_number_is_free(officer: Colleague) -> None:
    answer = sent(officer.client, third())
    assert officer.client.post(answer["Location"], {"act": "discard"})["Location"] == LIST
    assert sent(officer.client, third()).status_code == 302


def test_a_page_that_is_old_says_so_and_does_nothing(officer: Colleague) -> None:
    number = forms.form_number("general@2")
    answer = officer.client.post(f"{LIST}{number}/", {"act": "discard"})
    assert answer.status_code == 409
    assert "Tải lại trang" in answer.content.decode()
    assert state("general@2") is FormState.PUBLISHED


@pytest.mark.parametrize("path", ["999999999999/", "99/", "99/tai-ve/"])
def test_a_version_that_is_not_there_is_missing(officer: Colleague, path: str) -> None:
    assert officer.client.get(f"{LIST}{path}").status_code == 404


def test_only_who_may_sees_and_changes_forms() -> None:
    other = employed("commune", Role("commune_officer"), "vn-2025:21583")
    assert other.client.get(LIST).status_code == 403
    with pytest.raises(ForbiddenError):
        actions.add_form(data=third(), by=PUBLIC, at=AT)


def test_the_list_asks_the_database_a_fixed_number_of_times(
    officer: Colleague, django_assert_max_num_queries: Any
) -> None:
    officer.client.get(LIST)
    with django_assert_max_num_queries(12):
        officer.client.get(LIST)
