"""The law that a campaign rests on: named by two, in force on its days, told, asked at doors."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from tests.factories.people import PROVINCE, Colleague, Person, employed
from tests.factories.register import a_device, sent_code
from vungxanh.accounts.actions import ForbiddenPurposeError
from vungxanh.accounts.rules import Role
from vungxanh.accounts.values.purposes import CampaignBasis, Decision, LegalBasis
from vungxanh.config.processing.reading import configured
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import ForbiddenError, Viewer
from vungxanh.people import actions
from vungxanh.people.actions.refusals import (
    BadBasisError,
    BasisDecidedError,
    ConsentNeededError,
    OwnBasisError,
)
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Consent, ProcessingBasis
from vungxanh.people.queries.bases import bases, told_on
from vungxanh.people.values.consents import Consenting
from vungxanh.people.values.rights import NewBasis
from vungxanh.refusals import Words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)
SAID = CampaignBasis(
    campaign="Xét nghiệm diện rộng (mẫu)",
    words=Words(vi="Ghi số điện thoại người đến xét nghiệm", en="Numbers of whoever is tested"),
    basis=LegalBasis("Luật Phòng bệnh số 114/2025/QH15", "Điều 1 (mẫu)", date(2025, 12, 10)),
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=14),
)
BASIS = NewBasis(SAID, covers=Consenting.APP)
NUMBER = "+84912000088"
QUY_NHON = "vn-2025:21583"


def keeper(number: int) -> Viewer:
    return Viewer(
        id=f"staff:018f0000-0000-7000-8000-00000000000{number}",
        name="",
        capabilities=frozenset({"purposes.manage"}),
    )


ONE, OTHER = keeper(1), keeper(2)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen_at(NOON):
        yield


def proposed(basis: NewBasis = BASIS) -> ProcessingBasis:
    found = actions.propose_basis(basis=basis, by=ONE, at=NOON)
    return ProcessingBasis.objects.get(pk=found)


def approved(basis: NewBasis = BASIS) -> ProcessingBasis:
    row = proposed(basis)
    actions.decide_basis(basis_id=row.pk, approve=True, by=OTHER, at=NOON)
    row.refresh_from_db()
    return row


def test_what_is_only_proposed_is_in_force_for_nobody() -> None:
    proposed()
    assert told_on(TODAY) == ()


def test_what_another_approved_is_in_force_from_its_first_to_its_last_day() -> None:
    approved()
    days = [TODAY - timedelta(days=1), TODAY, SAID.ends_on, SAID.ends_on + timedelta(days=1)]
    assert [bool(told_on(day)) for day in days] == [False, True, True, False]
    assert told_on(TODAY) == (SAID,)


def test_who_proposed_does_not_decide() -> None:
    row = proposed()
    with pytest.raises(OwnBasisError):
        actions.decide_basis(basis_id=row.pk, approve=True, by=ONE, at=NOON)
    assert told_on(TODAY) == ()


def test_a_decision_is_taken_once() -> None:
    row = approved()
    with pytest.raises(BasisDecidedError):
        actions.decide_basis(basis_id=row.pk, approve=False, by=OTHER, at=NOON)


def test_what_was_taken_back_or_refused_never_holds() -> None:
    actions.withdraw_basis(basis_id=proposed().pk, by=ONE, at=NOON)
    actions.decide_basis(basis_id=proposed().pk, approve=False, by=OTHER, at=NOON)
    assert told_on(TODAY) == ()
    assert {one.decision for one in bases(ONE)} == {Decision.WITHDRAWN, Decision.REFUSED}


def test_who_may_not_manage_purposes_does_none_of_it() -> None:
    outsider = replace(ONE, capabilities=frozenset())
    with pytest.raises(ForbiddenError):
        actions.propose_basis(basis=BASIS, by=outsider, at=NOON)
    with pytest.raises(ForbiddenError):
        bases(outsider)


@pytest.mark.parametrize(
    "said",
    [
        replace(SAID, campaign=" "),
        replace(SAID, words=Words(vi="", en="x")),
        replace(SAID, starts_on=TODAY - timedelta(days=1)),
        replace(SAID, ends_on=TODAY - timedelta(days=1)),
    ],
    ids=["no_campaign", "no_words", "in_the_past", "ends_before_it_starts"],
)
def test_what_lacks_a_word_or_whose_days_do_not_fit_is_refused(said: CampaignBasis) -> None:
    with pytest.raises(BadBasisError):
        actions.propose_basis(basis=NewBasis(said), by=ONE, at=NOON)
    assert ProcessingBasis.objects.count() == 0


def test_no_campaign_serves_police_or_debts() -> None:
    said = replace(SAID, words=Words(vi="Cung cấp cho công an", en="For them"))
    with pytest.raises(ForbiddenPurposeError):
        actions.propose_basis(basis=NewBasis(said), by=ONE, at=NOON)


def test_one_administrator_shortens_and_nobody_prolongs() -> None:
    row = approved()
    with pytest.raises(BadBasisError):
        actions.end_basis(basis_id=row.pk, ends_on=date(2027, 1, 1), by=ONE, at=NOON)
    actions.end_basis(basis_id=row.pk, ends_on=TODAY, by=ONE, at=NOON)
    assert told_on(TODAY + timedelta(days=1)) == ()


def test_what_waits_cannot_be_ended_into_force() -> None:
    with pytest.raises(BasisDecidedError):
        actions.end_basis(basis_id=proposed().pk, ends_on=TODAY, by=OTHER, at=NOON)


def test_data_is_taken_with_consent_or_with_a_basis_in_force_and_else_not() -> None:
    device, _ = a_device(NOON)
    with pytest.raises(ConsentNeededError):
        actions.must_have_ground(device=device, purpose=Consenting.APP, at=NOON)
    row = approved()
    actions.must_have_ground(device=device, purpose=Consenting.APP, at=NOON)
    with pytest.raises(ConsentNeededError):
        actions.must_have_ground(device=device, purpose=Consenting.RESIDENCE, at=NOON)
    after = datetime(2026, 12, 7, 5, tzinfo=UTC)
    with pytest.raises(ConsentNeededError):
        actions.must_have_ground(device=device, purpose=Consenting.APP, at=after)
    actions.give_consent(
        device=device, purpose=Consenting.APP, version=1, language="vi", by=ONE, at=after
    )
    actions.must_have_ground(device=device, purpose=Consenting.APP, at=after)
    assert row.decision == Decision.APPROVED


@pytest.fixture
def other_administrator(db: None) -> Colleague:
    return employed("other-administrator", Role("admin"), PROVINCE)


@pytest.fixture
def phone() -> Client:
    _, token = a_device(NOON)
    client = Client()
    client.cookies[COOKIE] = token
    return client


def test_the_phone_page_shows_the_text_with_a_box_that_is_not_ticked(phone: Client) -> None:
    page = phone.get("/toi/dien-thoai/").content.decode()
    assert 'name="agree-app" value="1"' in page
    assert "Tôi đồng ý để cơ quan y tế của tỉnh giữ số điện thoại" in page
    assert "checked" not in page


def test_without_the_tick_no_number_is_taken_and_nothing_is_sent(phone: Client) -> None:
    reply = phone.post("/toi/dien-thoai/", {"phone": NUMBER})
    assert reply.status_code == 422
    assert "Cần bạn đồng ý" in reply.content.decode()
    assert Consent.objects.count() == 0


def test_the_tick_is_kept_with_version_language_and_time(phone: Client) -> None:
    reply = phone.post("/toi/dien-thoai/", {"phone": NUMBER, "agree-app": "1"})
    row = Consent.objects.get()
    assert reply.headers["Location"] == "/toi/dien-thoai/ma/"
    assert (row.purpose, row.version, row.language, row.given_at) == ("app", 1, "vi", NOON)


def test_while_a_basis_is_in_force_nobody_is_asked(phone: Client) -> None:
    approved()
    assert "agree-app" not in phone.get("/toi/dien-thoai/").content.decode()
    reply = phone.post("/toi/dien-thoai/", {"phone": NUMBER})
    assert reply.headers["Location"] == "/toi/dien-thoai/ma/"
    assert Consent.objects.count() == 0


def test_an_address_is_kept_only_with_its_own_consent(phone: Client) -> None:
    phone.post("/toi/dien-thoai/", {"phone": NUMBER, "agree-app": "1"})
    said = {"code": sent_code(), "residence": QUY_NHON, "address": "Tổ 1 (mẫu)"}
    refused = phone.post("/toi/dien-thoai/ma/", said)
    assert refused.status_code == 422
    agreed = phone.post("/toi/dien-thoai/ma/", {**said, "agree-residence": "1"})
    assert agreed.headers["Location"] == "/toi/dien-thoai/xong/"
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"app", "residence"}


def test_a_program_sends_the_version_that_its_holder_agreed_to(phone: Client) -> None:
    asked = "/api/v1/devices/me/phone"
    shown = {one["purpose"]: one for one in phone.get("/api/v1/devices/consents").json()}
    without = phone.post(asked, {"phone": NUMBER}, content_type="application/json")
    assert (without.status_code, without.json()["code"]) == (409, "people.consent_needed")
    said = {"phone": NUMBER, "consent": shown["app"]["version"], "language": "en"}
    assert phone.post(asked, said, content_type="application/json").status_code == 200
    assert Consent.objects.get().language == "en"


def test_it_stands_on_the_public_page_and_in_the_register_of_processing(outsider: Person) -> None:
    assert "không có chiến dịch nào như thế" in outsider.client.get("/minh-bach/").content.decode()
    approved()
    assert SAID.campaign in outsider.client.get("/minh-bach/").content.decode()
    assert configured(TODAY).bases == (SAID,)


def test_a_person_reads_it_beside_what_is_kept(phone: Client) -> None:
    approved()
    page = phone.get("/toi/luu-giu/").content.decode()
    assert SAID.campaign in page
    assert "Luật Phòng bệnh số 114/2025/QH15" in page


def test_administrators_propose_approve_and_shorten_on_their_page(
    administrator: Colleague, other_administrator: Colleague
) -> None:
    typed = {
        "campaign": SAID.campaign,
        "vi": SAID.words.vi,
        "en": SAID.words.en,
        "covers": "app",
        "law": SAID.basis.law,
        "article": SAID.basis.article,
        "law_on": "10/12/2025",
        "starts_on": "22/11/2026",
        "ends_on": "6/12/2026",
    }
    assert administrator.client.post("/can-cu-xu-ly/", typed).status_code == 302
    row = ProcessingBasis.objects.get()
    address = f"/can-cu-xu-ly/{row.pk}/"
    assert administrator.client.post(address, {"act": "approve"}).status_code == 409
    assert "Duyệt" in other_administrator.client.get("/can-cu-xu-ly/").content.decode()
    other_administrator.client.post(address, {"act": "approve"})
    assert told_on(TODAY) == (SAID,)
    late = administrator.client.post(address, {"act": "end", "last_on": "1/1/2027"})
    assert late.status_code == 422
    administrator.client.post(address, {"act": "end", "last_on": "22/11/2026"})
    assert told_on(TODAY + timedelta(days=1)) == ()


def test_what_is_not_understood_stays_typed(administrator: Colleague) -> None:
    reply = administrator.client.post("/can-cu-xu-ly/", {"campaign": "Chiến dịch mẫu"})
    assert reply.status_code == 422
    assert 'value="Chiến dịch mẫu"' in reply.content.decode()
