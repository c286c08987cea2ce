"""Doors and refusals: what strangers, colleagues and machines are told."""

import json
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import path
from ninja import NinjaAPI

from vungxanh.core import access, errors
from vungxanh.core.access import OPEN, SIGNED_IN, api, page
from vungxanh.core.viewer import CAPABILITIES, PUBLIC, SYSTEM, ForbiddenError, Viewer
from vungxanh.refusals import RefusalError, Words

OFFICER = Viewer(id="staff:1", name="Lan (mẫu)", capabilities=frozenset({"uptake.view"}))


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


def door(needs: str) -> Callable[..., HttpResponseBase]:
    return page("x/", plain, name="x", needs=needs).callback


def seen_as(viewer: Viewer, method: str, address: str) -> HttpRequest:
    """A request that went through the middleware."""
    request = RequestFactory().generic(method, address)
    vars(request).update(viewer=viewer)
    return request


def knock(needs: str, viewer: Viewer, method: str = "GET") -> HttpResponse:
    answer = door(needs)(seen_as(viewer, method, "/x/?a=1"))
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize(
    ("needs", "viewer"),
    [(OPEN, PUBLIC), (SIGNED_IN, OFFICER), ("uptake.view", OFFICER), ("audit.view", SYSTEM)],
)
def test_door_opens_to_who_has_what_it_needs(needs: str, viewer: Viewer) -> None:
    assert knock(needs, viewer).content == b"inside"


@pytest.mark.parametrize("needs", [SIGNED_IN, "uptake.view"])
def test_stranger_is_led_to_sign_in_and_back(needs: str) -> None:
    assert knock(needs, PUBLIC)["Location"] == "/dang-nhap/?next=%2Fx%2F%3Fa%3D1"


def test_stranger_is_not_led_back_to_a_change() -> None:
    assert knock(SIGNED_IN, PUBLIC, "POST")["Location"] == "/dang-nhap/"


def test_colleague_without_the_capability_is_refused() -> None:
    with pytest.raises(ForbiddenError) as refusal:
        knock("audit.view", OFFICER)
    assert refusal.value.capability == "audit.view"


def test_request_that_passed_no_middleware_is_a_strangers() -> None:
    assert access.viewer_of(RequestFactory().get("/")) == PUBLIC


def test_door_with_an_unknown_capability_is_not_built() -> None:
    with pytest.raises(ValueError, match="no capability"):
        page("x/", plain, name="x", needs="uptake.invented")
    with pytest.raises(ValueError, match="no capability"):
        api("uptake.invented")


def test_door_keeps_what_it_needs() -> None:
    assert vars(door("uptake.view"))["needs"] == "uptake.view"


def test_public_may_do_nothing_and_the_system_everything() -> None:
    assert PUBLIC.capabilities == frozenset()
    assert SYSTEM.capabilities == set(CAPABILITIES)


def test_table_finds_calls_of_the_api_and_forgetful_views() -> None:
    calls = NinjaAPI(urls_namespace="doors", docs_url=None, openapi_url=None)
    calls.get("/open", **api(OPEN))(lambda request: {})
    calls.post("/closed", **api("uptake.import"))(lambda request: {})
    calls.get("/forgotten")(lambda request: {})
    found = access._entries("/", [path("api/", calls.urls), path("bare/", plain)])
    needs = {(entry.methods, entry.path): entry.needs for entry in found}
    assert needs == {
        ("*", "/api/"): OPEN,
        ("GET", "/api/open"): OPEN,
        ("POST", "/api/closed"): "uptake.import",
        ("GET", "/api/forgotten"): None,
        ("*", "/bare/"): None,
    }


def call(viewer: Viewer, method: str = "GET", *, checked: bool = False) -> Viewer:
    request = seen_as(viewer, method, "/api/v1/x")
    vars(request).update(_dont_enforce_csrf_checks=not checked)
    return access.ApiDoor("uptake.view")(request)


def test_api_door_gives_the_viewer() -> None:
    assert call(OFFICER) == OFFICER


def test_api_door_refuses_strangers_and_the_incapable() -> None:
    with pytest.raises(access.SignInNeededError):
        call(PUBLIC)
    with pytest.raises(ForbiddenError):
        call(Viewer(id="staff:2", name="Minh (mẫu)"))


def test_api_door_refuses_a_change_forged_by_another_site() -> None:
    with pytest.raises(access.StaleFormError):
        call(OFFICER, "POST", checked=True)


class SampleError(RefusalError):
    """A refusal of this test."""

    def __init__(self) -> None:
        words = Words(vi="Dòng 4 âm. Sửa rồi nộp lại.", en="Row 4 is negative. Mend and resubmit.")
        super().__init__("core.sample", words, field="installs", where="row 4")


def answered(address: str, error: RefusalError, **headers: str) -> HttpResponse:
    request = RequestFactory().get(address, headers=headers)
    middleware = errors.RefusalMiddleware(lambda request: HttpResponse())
    answer = middleware.process_exception(request, error)
    assert answer is not None
    return answer


def test_machine_gets_code_message_and_field() -> None:
    reply = answered("/api/v1/x", SampleError())
    assert reply.status_code == 422
    assert json.loads(reply.content) == {
        "code": "core.sample",
        "message": "Dòng 4 âm. Sửa rồi nộp lại.",
        "field": "installs",
        "where": "row 4",
    }


def test_person_gets_a_page_that_no_cache_keeps() -> None:
    reply = answered("/x/", SampleError(), accept="text/html")
    assert "Dòng 4 âm. Sửa rồi nộp lại." in reply.content.decode()
    assert reply["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SampleError(), 422),
        (ForbiddenError("audit.view"), 403),
        (errors.MissingError(), 404),
        (access.SignInNeededError(), 401),
    ],
)
def test_refusal_has_its_status(error: RefusalError, status: int) -> None:
    assert answered("/api/v1/x", error).status_code == status


def test_the_unexpected_is_not_dressed_up() -> None:
    middleware = errors.RefusalMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), KeyError("x")) is None


def test_message_follows_the_language_asked_for_by_a_machine(client: Client) -> None:
    reply = client.get("/api/v1/no-such-call", headers={"accept-language": "en"})
    assert reply.status_code == 404
    assert reply.json()["message"].startswith("This page or item was not found")
    assert "Accept-Language" in reply["Vary"]


def test_message_is_vietnamese_otherwise(client: Client) -> None:
    reply = client.get("/api/v1/no-such-call")
    assert reply.json()["message"].startswith("Không tìm thấy")
    assert reply["Content-Language"] == "vi"
