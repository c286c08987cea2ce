"""Entering: the steps of a sign-in, kept by django-allauth between the pages."""

from allauth.account.internal.flows.login import (
    clear_authentication_records,
    perform_login,
    perform_password_login,
    record_authentication,
)
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import FACTOR, PROVED_AT


def begin(request: HttpRequest, staff: Staff, to: str) -> HttpResponse:
    """After the right password: enter, or go to the page of the second step."""
    _forget(request)
    login = Login(user=staff, redirect_url=to or None)
    answer: HttpResponse = perform_password_login(request, {}, login)
    return answer


def waiting(request: HttpRequest) -> Staff | None:
    """Whose sign-in waits for the second step in this session, if any; not longer than a while."""
    step = LoginStageController.enter(request, AuthenticateStage.key)
    return step.login.user if step else None


def go_on(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Enter after the second step; the session gets a new key."""
    step = LoginStageController.enter(request, AuthenticateStage.key)
    record_authentication(request, staff, "mfa")
    answer: HttpResponse = step.exit()
    return answer


def enter_alone(request: HttpRequest, staff: Staff, to: str) -> HttpResponse:
    """Enter by a passkey alone, which is two factors: the device, and what unlocks it."""
    _forget(request)
    record_authentication(request, staff, "mfa", type="webauthn", passwordless=True)
    answer: HttpResponse = perform_login(request, Login(user=staff, redirect_url=to or None))
    return answer


def _forget(request: HttpRequest) -> None:
    """Whoever was signed in leaves; what they have shown does not count for the next."""
    if request.user.is_authenticated:
        logout(request)
    clear_authentication_records(request)
    request.session.pop(FACTOR, None)
    request.session.pop(PROVED_AT, None)
