"""Where a visitor comes from and wants to go, and how a form is given back with a refusal."""

from typing import TypeVar

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from vungxanh.accounts.models import Staff
from vungxanh.accounts.rules import first_page
from vungxanh.core.access import SignInNeededError
from vungxanh.core.preferences import reader_language
from vungxanh.refusals import RefusalError

Form = TypeVar("Form", bound=forms.Form)


def wanted(request: HttpRequest) -> str:
    """Where the visitor wanted to go; the first page of the role where nothing was said."""
    return asked(request) or home_of(request)


def asked(request: HttpRequest) -> str:
    """The path of this installation asked for in `next`; empty for none and for any other."""
    said = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = said.startswith("/") and url_has_allowed_host_and_scheme(said, allowed_hosts=None)
    return said if is_ours else ""


def home_of(request: HttpRequest) -> str:
    """Where somebody begins: the first page of the first role held, else the front page."""
    user = request.user
    return reverse(first_page(user.roles)) if isinstance(user, Staff) else reverse("uptake-home")


def own_staff(request: HttpRequest) -> Staff:
    """The signed-in account; the door has let nobody else through."""
    if not isinstance(request.user, Staff):
        raise SignInNeededError
    return request.user


def address(request: HttpRequest) -> str:
    """From which network address a request came."""
    return str(request.META.get("REMOTE_ADDR", ""))


def with_refusal(form: Form, refusal: RefusalError, field: str | None = None) -> Form:
    """The form with the refusal's sentence at its field, or above the form."""
    place = field or refusal.field
    sentence = refusal.words.in_language(reader_language())
    form.add_error(place if place in form.fields else None, sentence)
    return form
