"""What every answer carries, and what is answered where there is no page."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import DjangoAssertNumQueries, Settings

from vungxanh.config import answers, health
from vungxanh.config.api import PUBLISHED
from vungxanh.core.bridge import TOO_LARGE
from vungxanh.refusals import RefusalError, Words

pytestmark = pytest.mark.django_db


@pytest.fixture
def calm(client: Client) -> Client:
    """A client that gets the answer of a broken view instead of its exception."""
    client.raise_request_exception = False
    return client


def meta(name: str, value: str | int) -> dict[str, Any]:
    """One entry of a request's environment."""
    return {name: value}


def test_no_inline_script_or_style_is_allowed(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "unsafe" not in policy
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"


def test_every_answer_forbids_framing_sniffing_and_referring(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_strict_transport_is_not_demanded_over_plain_http(client: Client) -> None:
    assert "Strict-Transport-Security" not in client.get("/healthz", secure=True)


def test_cookies_are_closed_to_scripts_and_other_sites(client: Client) -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert {settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE} == {"Lax"}


@pytest.mark.parametrize(("language", "word"), [("vi", "Không tìm thấy"), ("en", "not found")])
def test_missing_api_address_answers_json_in_the_asked_language(
    client: Client, language: str, word: str
) -> None:
    answer = client.get("/api/v1/khong-co", headers={"Accept-Language": language})
    assert answer.status_code == 404
    assert answer.json()["code"] == "core.missing"
    assert word in answer.json()["message"]


def test_missing_page_is_a_kind_page_without_its_number(client: Client) -> None:
    answer = client.get("/khong-co")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")
    assert "404" not in answer.content.decode().partition("<body")[2]


def test_wrong_method_on_the_api_is_told_in_json_with_the_right_ones(client: Client) -> None:
    request = RequestFactory().post("/api/v1/x")
    middleware = answers.PlainAnswersMiddleware(
        lambda _: HttpResponse(status=405, headers={"Allow": "GET"})
    )
    answer = middleware(request)
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert json.loads(answer.content)["code"] == "core.wrong_method"


def test_body_that_the_bridge_threw_away_is_refused_before_any_view(client: Client) -> None:
    answer = client.post("/api/v1/khong-co", **meta(TOO_LARGE, 20 * 1024 * 1024))
    assert answer.status_code == 413
    assert answer.json()["code"] == "core.too_large"
    assert "20 MB" in answer.json()["message"]


def test_page_for_a_body_that_is_too_large_is_html(client: Client) -> None:
    answer = client.post("/khong-co", **meta(TOO_LARGE, 1024 * 1024))
    assert answer.status_code == 413
    assert "1 MB" in answer.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_call_to_the_api_is_told_of_no_page_and_no_file(client: Client, language: str) -> None:
    """Whoever sends a call sees no page to reload and chose no file to split."""
    said = {"Accept-Language": language}
    broken = client.post("/api/v1/devices", "{", content_type="application/json", headers=said)
    large = client.post("/api/v1/devices", headers=said, **meta(TOO_LARGE, 20 * 1024 * 1024))
    assert (broken.status_code, broken.json()["code"]) == (400, "core.bad_request")
    assert (large.status_code, large.json()["code"]) == (413, "core.too_large")
    words = f"{broken.json()['message']} {large.json()['message']}".casefold()
    assert "json" in words
    assert "20 mb" in words
    named = {"trang", "tệp", "page", "reload", "file"} & set(words.replace(".", " ").split())
    assert not named


def break_down(request: HttpRequest) -> HttpResponse:
    msg = "0912345678"
    raise RuntimeError(msg)


def refuse(request: HttpRequest) -> HttpResponse:
    raise RefusalError("core.example", Words(vi="Chưa được.", en="Not yet."), field="unit")


urlpatterns = [path("api/v1/broken", break_down), path("api/v1/refused", refuse)]
handler500 = "vungxanh.config.answers.broken"


@pytest.mark.urls("tests.config.test_answers")
def test_fault_of_the_server_tells_no_detail(calm: Client) -> None:
    answer = calm.get("/api/v1/broken", headers={"Accept-Language": "en"})
    assert answer.status_code == 500
    assert answer.json()["code"] == "core.broken"
    assert "0912345678" not in answer.content.decode()


@pytest.mark.urls("tests.config.test_answers")
def test_refusal_has_code_message_and_field(calm: Client) -> None:
    answer = calm.get("/api/v1/refused", headers={"Accept-Language": "en"})
    assert answer.json() == {"code": "core.example", "message": "Not yet.", "field": "unit"}


def test_ready_when_the_database_answers_and_is_up_to_date(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "migrations": "ok"}


def test_not_ready_while_a_migration_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "pending_migrations", lambda: ["core.0001_roles"])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] == "pending"


def test_alive_without_asking_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_metrics_count_requests_by_route_and_not_by_path(client: Client) -> None:
    client.get("/healthz?phone=0912345678")
    text = client.get("/metrics").content.decode()
    assert 'vungxanh_requests_total{method="GET",route="healthz",status="200"}' in text
    assert "vungxanh_request_seconds_bucket" in text
    assert 'vungxanh_database_connections{state="active"}' in text
    assert "vungxanh_worker_heartbeat_age_seconds -1.0" in text
    assert "0912345678" not in text


@pytest.mark.parametrize(
    "request_meta",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"REMOTE_ADDR": "::1", "HTTP_FORWARDED": "for=127.0.0.1"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_metrics_are_hidden_from_other_machines_and_behind_a_proxy(
    client: Client, request_meta: dict[str, Any]
) -> None:
    assert client.get("/metrics", **request_meta).status_code == 404


def test_metrics_with_a_token_need_the_token_and_nothing_else(
    client: Client, settings: Settings
) -> None:
    settings.METRICS_TOKEN = "s3cret"
    elsewhere = meta("REMOTE_ADDR", "192.0.2.7")
    shown = client.get("/metrics", headers={"Authorization": "Bearer s3cret"}, **elsewhere)
    wrong = client.get("/metrics", headers={"Authorization": "Bearer other"}, **elsewhere)
    assert (shown.status_code, wrong.status_code) == (200, 404)
    assert client.get("/metrics").status_code == 404


def test_certificate_of_the_own_authority_is_given_when_there_is_one(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    assert client.get("/ca.crt").status_code == 404
    (tmp_path / "tls").mkdir()
    (tmp_path / "tls" / "ca.crt").write_text("PEM")
    assert client.get("/ca.crt").content == b"PEM"


def test_committed_api_document_is_the_one_served(client: Client) -> None:
    served = client.get("/api/v1/openapi.json").content.decode()
    assert served == PUBLISHED.read_text(encoding="utf-8")


def test_api_document_marks_the_open_calls(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert paths["/api/v1/uptake/table"]["get"]["security"] == []


def test_calls_of_enrolled_devices_name_the_bearer_scheme(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    own = document["paths"]["/api/v1/staff-devices/me"]["get"]["security"]
    closed = [
        scheme
        for calls in document["paths"].values()
        for call in calls.values()
        for one in call["security"]
        for scheme in one
    ]
    assert document["components"]["securitySchemes"]["device"]["scheme"] == "bearer"
    assert {"device": []} in own
    assert set(closed) <= set(document["components"]["securitySchemes"])
