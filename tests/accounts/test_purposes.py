"""Purposes of looking at persons: a closed list, changed by two administrators, named each time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tests.factories.people import PROVINCE, Colleague, Person, employed
from vungxanh.accounts import actions
from vungxanh.accounts.models import Purpose, PurposeProposal
from vungxanh.accounts.queries import purposes as queries
from vungxanh.accounts.rules import Role
from vungxanh.accounts.rules.purposes import forbidden_word
from vungxanh.accounts.values.purposes import Change, Decision, LegalBasis, PurposeSpec, listed
from vungxanh.audit.models import AuditEvent
from vungxanh.core.clock import frozen_at
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, ForbiddenError
from vungxanh.refusals import Words

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)
SPEC = PurposeSpec(
    code="food_help",
    words=Words("Giao lương thực cho người cách ly", "Bring food to people in quarantine"),
    basis=LegalBasis("Luật 91/2025/QH15", "Điều 19 khoản 1 điểm a", date(2025, 6, 26)),
    starts_on=TODAY,
    ends_on=date(2027, 6, 30),
)


@pytest.fixture(autouse=True)
def purposes(db: None) -> Iterator[None]:
    """The list of purposes that the package brings, on a day on which they hold."""
    with frozen_at(NOON):
        actions.load_purposes(by=SYSTEM, at=NOON)
        yield


@pytest.fixture
def second(db: None) -> Colleague:
    """Another administrator."""
    return employed("second", Role("admin"), PROVINCE)


def propose(by: Person, spec: PurposeSpec = SPEC) -> UUID:
    """Propose a purpose."""
    return actions.propose_purpose(spec=spec, by=by.viewer, at=NOON)


def decide(proposal_id: UUID, by: Person, *, approve: bool = True, at: datetime = NOON) -> None:
    """Decide a proposal."""
    actions.decide_proposal(proposal_id=proposal_id, approve=approve, by=by.viewer, at=at)


def events(name: str) -> list[AuditEvent]:
    """Recorded events of one kind, in order."""
    return list(AuditEvent.objects.filter(event=f"accounts.{name}").order_by("sequence"))


def test_the_list_begins_with_what_the_package_brings_once() -> None:
    assert {spec.code for spec in queries.purposes()} == {spec.code for spec in listed()}
    assert actions.load_purposes(by=SYSTEM, at=NOON) == 0
    assert len(events("purposes_loaded")) == 1


@pytest.mark.parametrize("spec", listed(), ids=lambda spec: spec.code)
def test_every_purpose_has_words_a_law_and_an_end(spec: PurposeSpec) -> None:
    assert spec.words.vi
    assert spec.words.en
    assert spec.basis.article
    assert spec.basis.law_on == date(2025, 6, 26)
    assert spec.ends_on is not None
    assert not forbidden_word(spec.words.vi, spec.words.en, spec.basis.law)


@pytest.mark.parametrize(
    "text",
    [
        "Hỗ trợ Công an điều tra",
        "Phối hợp cảnh sát khu vực",
        "ho tro cong an",
        "Support the police",
        "Policing of quarantine",
        "prosecution of offences",
        "Xử phạt vi phạm hành chính",
        "Truy tố người làm lây lan dịch",
        "Kiểm tra xuất nhập cảnh",
        "Immigration checks",
        "Thu nợ bảo hiểm",
        "Collect debts",
        "Quản lý thuế",
        "công\u200b an",
        "CÔNG  AN",
        "Gửi tòa án",
        "Gửi toà án",
        "Marketing",
    ],
)
def test_what_speaks_of_policing_and_the_like_is_refused_and_said_so(
    administrator: Colleague, text: str
) -> None:
    with pytest.raises(actions.ForbiddenPurposeError) as refused:
        propose(administrator, replace(SPEC, words=Words(text, SPEC.words.en)))
    assert "không được đưa vào danh sách" in refused.value.words.vi
    assert not PurposeProposal.objects.exists()


@pytest.mark.parametrize("field", ["code", "law", "en"])
def test_no_part_of_a_proposal_may_speak_of_it(administrator: Colleague, field: str) -> None:
    spec = {
        "code": replace(SPEC, code="police_help"),
        "law": replace(SPEC, basis=replace(SPEC.basis, law="Bộ luật Tố tụng hình sự")),
        "en": replace(SPEC, words=Words(SPEC.words.vi, "Law enforcement")),
    }[field]
    with pytest.raises(actions.ForbiddenPurposeError):
        propose(administrator, spec)


@pytest.mark.parametrize(
    "text",
    [
        "Giao thuốc tận nhà",
        "An toàn thực phẩm",
        "Fine-tune care of contacts",
        "Không nỡ để ai thiếu",
    ],
)
def test_other_words_are_not_mistaken_for_it(text: str) -> None:
    assert forbidden_word(text) in {"", "fine"}


def test_what_one_proposes_holds_when_another_approves(
    administrator: Colleague, second: Colleague
) -> None:
    proposal = propose(administrator)
    assert not Purpose.objects.filter(code=SPEC.code).exists()
    decide(proposal, second)
    assert queries.purpose_in_force(SPEC.code, NOON) == SPEC
    (proposed,), (approved,) = events("purpose_proposed"), events("purpose_approved")
    assert (proposed.by, approved.by) == (administrator.viewer.id, second.viewer.id)
    assert approved.detail == {"change": "add", "purpose": SPEC.code}


def test_nobody_approves_the_own_proposal(administrator: Colleague) -> None:
    proposal = propose(administrator)
    with pytest.raises(actions.OwnProposalError):
        decide(proposal, administrator)
    assert not Purpose.objects.filter(code=SPEC.code).exists()


def test_the_database_refuses_it_too(administrator: Colleague) -> None:
    rows = PurposeProposal.objects.filter(id=propose(administrator))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decision=Decision.APPROVED, decided_by=administrator.viewer.id, decided_at=NOON)


def test_only_administrators_propose_and_decide(
    administrator: Colleague, officer: Colleague, auditor: Colleague
) -> None:
    proposal = propose(administrator)
    with pytest.raises(ForbiddenError):
        propose(officer)
    with pytest.raises(ForbiddenError):
        decide(proposal, auditor)


def test_a_refused_or_decided_proposal_changes_nothing(
    administrator: Colleague, second: Colleague
) -> None:
    proposal = propose(administrator)
    decide(proposal, second, approve=False)
    with pytest.raises(actions.ProposalDecidedError):
        decide(proposal, second)
    assert not Purpose.objects.filter(code=SPEC.code).exists()
    assert len(events("purpose_refused")) == 1


def test_who_proposed_may_take_it_back_and_nobody_else(
    administrator: Colleague, second: Colleague
) -> None:
    proposal = propose(administrator)
    with pytest.raises(MissingError):
        actions.withdraw_proposal(proposal_id=proposal, by=second.viewer, at=NOON)
    actions.withdraw_proposal(proposal_id=proposal, by=administrator.viewer, at=NOON)
    with pytest.raises(actions.ProposalDecidedError):
        decide(proposal, second)


def test_a_code_stands_once(administrator: Colleague, second: Colleague) -> None:
    with pytest.raises(actions.PurposeTakenError):
        propose(administrator, replace(SPEC, code="tracing"))
    propose(administrator)
    with pytest.raises(actions.PurposeTakenError):
        propose(second)


def test_ending_a_purpose_takes_two_as_well(administrator: Colleague, second: Colleague) -> None:
    by = administrator.viewer
    proposal = actions.propose_end(code="tracing", ends_on=TODAY, by=by, at=NOON)
    with pytest.raises(actions.OwnProposalError):
        decide(proposal, administrator)
    decide(proposal, second)
    assert queries.purpose_in_force("tracing", NOON) is not None
    assert queries.purpose_in_force("tracing", datetime(2026, 11, 23, tzinfo=UTC)) is None


def test_a_proposal_that_waited_past_its_last_day_changes_nothing(
    administrator: Colleague, second: Colleague
) -> None:
    proposal = actions.propose_end(code="tracing", ends_on=TODAY, by=administrator.viewer, at=NOON)
    with pytest.raises(actions.ProposalDecidedError):
        decide(proposal, second, at=datetime(2026, 11, 24, tzinfo=UTC))
    assert PurposeProposal.objects.get().decision == Decision.WAITING


@pytest.mark.parametrize(
    ("field", "spec"),
    [
        ("code", replace(SPEC, code="Food help")),
        ("vi", replace(SPEC, words=Words(" ", "x"))),
        ("law", replace(SPEC, basis=replace(SPEC.basis, law=""))),
        ("starts_on", replace(SPEC, starts_on=date(2026, 11, 21))),
        ("ends_on", replace(SPEC, ends_on=date(2026, 11, 21))),
        ("ends_on", replace(SPEC, ends_on=None)),
    ],
    ids=["code", "words", "law", "past", "ends before", "without end"],
)
def test_an_incomplete_proposal_says_where(
    administrator: Colleague, field: str, spec: PurposeSpec
) -> None:
    with pytest.raises(actions.BadPurposeError) as refused:
        propose(administrator, spec)
    assert refused.value.field == field


def look(by: Person, purpose: str = "tracing", at: datetime = NOON) -> str:
    """Look at one person; the purpose of the viewer that comes back."""
    looking = actions.look(
        viewer=by.viewer, purpose=purpose, resource="contacts", subject="person:1", at=at
    )
    return looking.purpose


def test_looking_is_recorded_with_its_purpose_and_an_opaque_subject(officer: Colleague) -> None:
    assert look(officer) == "tracing"
    (event,) = events("person_seen")
    assert (event.purpose, event.subject, event.by) == ("tracing", "person:1", officer.viewer.id)
    assert event.detail == {"resource": "contacts"}


@pytest.mark.parametrize("purpose", ["", "duty", "police", "food_help"])
def test_nobody_looks_without_a_purpose_in_force(officer: Colleague, purpose: str) -> None:
    with pytest.raises(actions.PurposeNeededError):
        look(officer, purpose)
    assert not events("person_seen")


def test_nobody_looks_for_a_purpose_that_has_ended(officer: Colleague) -> None:
    with pytest.raises(actions.PurposeNeededError):
        look(officer, at=datetime(2028, 1, 1, tzinfo=UTC))


def test_nobody_looks_without_the_right(auditor: Colleague, outsider: Person) -> None:
    for somebody in (auditor, outsider):
        with pytest.raises(ForbiddenError):
            look(somebody)


@pytest.mark.parametrize("subject", ["Nguyễn Văn A", "0900000000", "person:Nguyễn", ""])
def test_a_subject_that_is_not_opaque_is_a_mistake_of_the_room(
    officer: Colleague, subject: str
) -> None:
    with pytest.raises(ValueError, match="opaque"):
        actions.look(
            viewer=officer.viewer, purpose="tracing", resource="x", subject=subject, at=NOON
        )


def test_the_page_takes_a_proposal_and_another_administrators_approval(
    administrator: Colleague, second: Colleague
) -> None:
    said = {
        "vi": SPEC.words.vi,
        "en": SPEC.words.en,
        "code": SPEC.code,
        "law": SPEC.basis.law,
        "article": SPEC.basis.article,
        "law_on": "26/6/2025",
        "starts_on": "22/11/2026",
        "ends_on": "30/6/2027",
    }
    with frozen_at(NOON):
        assert administrator.client.post("/muc-dich/", said).status_code == 302
        proposal = PurposeProposal.objects.get()
        address = f"/muc-dich/{proposal.id}/"
        assert administrator.client.post(address, {"act": "approve"}).status_code == 409
        assert "Duyệt" in second.client.get("/muc-dich/").content.decode()
        assert second.client.post(address, {"act": "approve"}).status_code == 302
        assert SPEC.words.vi in second.client.get("/minh-bach/").content.decode()


def test_the_page_says_why_a_purpose_is_refused(administrator: Colleague) -> None:
    with frozen_at(NOON):
        reply = administrator.client.post(
            "/muc-dich/",
            {
                "vi": "Giúp công an",
                "en": "Help",
                "code": "help_them",
                "law": "x",
                "article": "y",
                "law_on": "26/6/2025",
                "starts_on": "22/11/2026",
                "ends_on": "30/6/2027",
            },
        )
    assert reply.status_code == 422
    assert "“công an” không được đưa vào danh sách" in reply.content.decode()


@pytest.mark.parametrize(("day", "status"), [("31/12/2026", 302), ("1/1/2020", 422), ("x", 422)])
def test_the_page_takes_another_last_day(administrator: Colleague, day: str, status: int) -> None:
    with frozen_at(NOON):
        said = {"code": "tracing", "last_on": day}
        assert administrator.client.post("/muc-dich/ngay-cuoi/", said).status_code == status
    n_proposed = PurposeProposal.objects.filter(change=Change.END).count()
    assert n_proposed == (status == 302)
