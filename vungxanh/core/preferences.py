"""What a reader chose on this device: language, theme and row height, each in a cookie."""

from collections.abc import Callable
from typing import Literal, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

Language = Literal["vi", "en"]

A_YEAR_SECONDS = 365 * 24 * 60 * 60
LANGUAGE = settings.LANGUAGE_COOKIE_NAME
THEME = "vx_theme"
DENSITY = "vx_density"
CHOICES = {
    LANGUAGE: ("vi", "en"),
    THEME: ("light", "dark", "auto"),
    DENSITY: ("compact", "roomy"),
}
# The page's own script changes these at once; without scripts the forms of the account page do.
SET_BY_SCRIPT = {THEME, DENSITY}

Response = TypeVar("Response", bound=HttpResponse)


def keep(request: HttpRequest, response: Response, *, name: str, choice: str) -> Response:
    """Remember a choice for a year; anything that is not offered changes nothing."""
    if choice in CHOICES[name]:
        response.set_cookie(
            name,
            choice,
            max_age=A_YEAR_SECONDS,
            secure=request.is_secure(),
            httponly=name not in SET_BY_SCRIPT,
            samesite="Lax",
        )
    return response


def kept(request: HttpRequest, name: str) -> str:
    """The remembered choice, or an empty text."""
    choice = request.COOKIES.get(name, "")
    return choice if choice in CHOICES[name] else ""


def reader_language() -> Language:
    """The language of the page that is made, Vietnamese where none is active."""
    return "en" if (translation.get_language() or "").startswith("en") else "vi"


class LanguageMiddleware:
    """Pages are Vietnamese until the reader chooses; an API call names its language itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the request's language."""
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if request.path.startswith("/api/"):
            patch_vary_headers(response, ("Accept-Language",))
        return response


def language_of(request: HttpRequest) -> str:
    """The cookie's language, for the API else the one that is asked for, else Vietnamese."""
    chosen = kept(request, LANGUAGE)
    if chosen:
        return chosen
    if not request.path.startswith("/api/"):
        return settings.LANGUAGE_CODE
    asked = request.headers.get("Accept-Language", "")
    return "en" if asked.strip().lower().startswith("en") else settings.LANGUAGE_CODE
