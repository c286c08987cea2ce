"""What persons ask for under the law is answered in its days, each step as a duty."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.factories.people import Colleague
from tests.factories.register import AT, NHON_BINH, a_citizen, a_device, lying_in
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, ForbiddenError, Viewer
from vungxanh.duties.queries import for_duty
from vungxanh.duties.values import State
from vungxanh.messaging.models import Message
from vungxanh.people import actions
from vungxanh.people.actions.refusals import (
    AskedAlreadyError,
    ExtendedAlreadyError,
    NoPersonYetError,
    NoWordsError,
    RequestEndedError,
    TooLateToExtendError,
)
from vungxanh.people.models import Device, ErasureProof, Person, PersonRequest
from vungxanh.people.queries import requests as queries
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values.rights import Kind, NewRequest, Outcome

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
WORDS = "Tên tôi sai dấu, xin sửa giúp"
LATER = AT + timedelta(days=1)
OFFICER = Viewer(
    id="staff:018f0000-0000-7000-8000-000000000001",
    name="",
    roles=frozenset({"commune_officer"}),
    units=frozenset({"vn-2021:21586"}),
    capabilities=frozenset({"persons.requests", "persons.view"}),
)
ELSEWHERE = Viewer(
    id="staff:018f0000-0000-7000-8000-000000000002",
    name="",
    units=frozenset({NHON_BINH}),
    capabilities=frozenset({"persons.requests"}),
)


def a_phone() -> Device:
    return Device.objects.get(person=a_citizen())


def asked(device: Device, kind: Kind = Kind.CORRECT) -> UUID:
    return actions.ask(device=device, request=NewRequest(kind, WORDS), by=viewer_of(device), at=AT)


def states(duty: str) -> list[State]:
    return [one.state for one in for_duty(UUID(duty), viewer=SYSTEM, at=LATER)]


def row() -> PersonRequest:
    return PersonRequest.objects.get()


def test_a_request_has_two_working_days_for_its_answer_and_its_own_term_to_be_done() -> None:
    asked(a_phone())
    assert (row().answer_due_on, row().act_due_on) == (date(2026, 3, 4), date(2026, 3, 12))
    assert states(row().duty) == states(row().act_duty) == [State.OPEN]


@pytest.mark.parametrize(
    ("kind", "day"),
    [(Kind.SEE, 12), (Kind.CORRECT, 12), (Kind.OBJECT, 17), (Kind.WITHDRAW, 17), (Kind.DELETE, 17)],
)
def test_each_kind_of_request_has_the_shortest_term_that_the_law_names(
    kind: Kind, day: int
) -> None:
    asked(a_phone(), kind)
    assert row().act_due_on == date(2026, 3, day)


def test_words_of_a_person_lie_sealed() -> None:
    asked(a_phone())
    assert row().words == WORDS
    assert "sửa giúp".encode().hex() not in lying_in(PersonRequest)


def test_an_anonymous_phone_asks_for_nothing() -> None:
    device, _ = a_device()
    with pytest.raises(NoPersonYetError):
        asked(device)


def test_a_request_without_words_is_refused_but_for_deletion() -> None:
    device = a_phone()
    with pytest.raises(NoWordsError):
        actions.ask(device=device, request=NewRequest(Kind.OBJECT), by=SYSTEM, at=AT)
    actions.ask(device=device, request=NewRequest(Kind.DELETE), by=SYSTEM, at=AT)
    assert row().kind == Kind.DELETE


def test_the_same_is_asked_once_at_a_time() -> None:
    device = a_phone()
    asked(device)
    with pytest.raises(AskedAlreadyError):
        asked(device)


def test_an_answer_meets_the_first_duty_and_the_person_is_told() -> None:
    asked(a_phone())
    n_before = Message.objects.count()
    actions.answer_request(request_id=row().pk, words="Chúng tôi sẽ sửa", by=OFFICER, at=LATER)
    assert states(row().duty) == [State.DONE]
    assert states(row().act_duty) == [State.OPEN]
    told = Message.objects.order_by("-created_at", "-id")[0]
    assert (Message.objects.count() - n_before, told.kind) == (1, "people.request")
    assert "sửa" not in (told.text or "")


def test_the_person_reads_the_answer() -> None:
    device = a_phone()
    asked(device)
    actions.answer_request(request_id=row().pk, words="Sẽ sửa", by=OFFICER, at=LATER)
    (line,) = queries.own_requests(device)
    assert (line.words, line.answer) == (WORDS, "Sẽ sửa")


def test_what_is_carried_out_meets_both_duties() -> None:
    asked(a_phone())
    actions.carry_out(request_id=row().pk, words="Đã sửa", by=OFFICER, at=LATER)
    assert states(row().duty) == states(row().act_duty) == [State.DONE]
    assert row().outcome == Outcome.DONE


def test_a_refusal_has_a_reason_and_ends_the_request() -> None:
    asked(a_phone())
    with pytest.raises(NoWordsError):
        actions.refuse_request(request_id=row().pk, why=" ", by=OFFICER, at=LATER)
    actions.refuse_request(request_id=row().pk, why="Đang cách ly", by=OFFICER, at=LATER)
    assert (row().outcome, row().answer) == (Outcome.REFUSED, "Đang cách ly")


def test_one_extension_as_long_as_the_term_with_its_reason() -> None:
    asked(a_phone())
    until = actions.extend_request(request_id=row().pk, why="Chờ xác minh", by=OFFICER, at=LATER)
    assert until == date(2026, 3, 22) == row().act_due_on
    assert states(row().act_duty) == [State.OPEN]
    with pytest.raises(ExtendedAlreadyError):
        actions.extend_request(request_id=row().pk, why="Nữa", by=OFFICER, at=LATER)


def test_after_its_day_a_request_is_not_extended() -> None:
    asked(a_phone())
    with pytest.raises(TooLateToExtendError):
        actions.extend_request(
            request_id=row().pk, why="Chậm", by=OFFICER, at=AT + timedelta(days=16)
        )


def test_a_request_to_delete_that_is_carried_out_erases_and_proves_it() -> None:
    asked(a_phone(), Kind.DELETE)
    proof = actions.carry_out(request_id=row().pk, words="Đã xóa", by=OFFICER, at=LATER)
    assert ErasureProof.objects.get().pk == proof
    assert (Person.objects.count(), row().person_id, row().words) == (0, None, "")


def test_what_has_ended_is_not_decided_again() -> None:
    asked(a_phone())
    actions.carry_out(request_id=row().pk, words="Đã sửa", by=OFFICER, at=LATER)
    with pytest.raises(RequestEndedError):
        actions.refuse_request(request_id=row().pk, why="Không", by=OFFICER, at=LATER)


def test_a_person_takes_a_request_back() -> None:
    device = a_phone()
    request_id = asked(device)
    actions.drop_request(device=device, request_id=request_id, by=SYSTEM, at=LATER)
    assert row().outcome == Outcome.DROPPED


def test_nobody_takes_back_what_another_asked_for() -> None:
    request_id = asked(a_phone())
    stranger, _ = a_device()
    with pytest.raises(MissingError):
        actions.drop_request(device=stranger, request_id=request_id, by=SYSTEM, at=LATER)


def test_an_officer_of_another_commune_finds_no_request() -> None:
    asked(a_phone())
    assert queries.requests(ELSEWHERE).rows == ()
    with pytest.raises(MissingError):
        queries.request_for(row().pk, viewer=ELSEWHERE)
    with pytest.raises(MissingError):
        actions.answer_request(request_id=row().pk, words="x", by=ELSEWHERE, at=LATER)


def test_the_list_of_the_area_tells_no_words(officer: Colleague) -> None:
    asked(a_phone())
    (line,) = queries.requests(OFFICER).rows
    assert (line.words, line.kind) == ("", Kind.CORRECT)


def test_without_the_capability_there_is_no_list() -> None:
    with pytest.raises(ForbiddenError):
        queries.requests(Viewer(id="staff:x", name=""))
