"""The door of every URL: each says which capability it needs, or that it is open to anyone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, path
from ninja.openapi.views import default_home
from ninja.operation import Operation, PathView
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from vungxanh.core.viewer import CAPABILITIES, PUBLIC, ForbiddenError, Viewer
from vungxanh.refusals import RefusalError, Words

OPEN = "open"
SIGNED_IN = "signed-in"
SELF = "self"  # a citizen's own phone: what is kept about its holder, and nothing else
SIGN_IN_PATH = "/dang-nhap/"
CITIZEN_START = "/toi/bat-dau/"
# Where a request keeps the token that its answer gives a browser to keep.
PHONE_GIVEN = "vx.phone_token"
# The same for a device that was enrolled at once: what it was granted.
ENROLLED = "vx.enrolled"
# Where a request keeps the address that calls are counted by; no header can name it.
NETWORK = "vx.network"

View = Callable[..., HttpResponseBase]


class SignInNeededError(RefusalError):
    """A stranger knocked at a door of the API that is not open to anyone."""

    status = 401

    def __init__(self) -> None:
        words = Words(vi="Cần đăng nhập để gọi chức năng này.", en="Sign in to make this call.")
        super().__init__("core.sign_in_needed", words)


class PhoneNeededError(RefusalError):
    """A call that only a citizen's own phone makes came without its token."""

    status = 401

    def __init__(self) -> None:
        words = Words(
            vi="Điện thoại này chưa được đăng ký, hoặc đã bị xóa. Mở lại ứng dụng để đăng ký.",
            en="This phone is not registered, or was deleted. Open the app again to register.",
        )
        super().__init__("core.phone_needed", words)


class StaleFormError(RefusalError):
    """A call that changes something came without the token of the page it should come from."""

    status = 403

    def __init__(self) -> None:
        words = Words(
            vi="Trang đã cũ. Tải lại trang rồi làm lại.", en="The page is stale. Reload and retry."
        )
        super().__init__("core.stale_form", words)


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer that the accounts middleware found; the public where it did not run."""
    viewer = getattr(request, "viewer", PUBLIC)
    return viewer if isinstance(viewer, Viewer) else PUBLIC


def citizen_of(request: HttpRequest) -> Viewer:
    """The citizen whose phone the request shows; the public where it shows none.

    It stands beside `request.viewer`: staff who try the app with their own browser are two people.
    """
    citizen = getattr(request, "citizen", PUBLIC)
    return citizen if isinstance(citizen, Viewer) else PUBLIC


def is_met(needs: str, viewer: Viewer) -> bool:
    """Whether the viewer has what a door needs."""
    if needs == OPEN:
        return True
    return viewer.is_signed_in if needs == SIGNED_IN else viewer.may(needs)


def page(route: str, view: View, *, name: str, needs: str) -> URLPattern:
    """A URL of a page behind its door; `needs` is a capability, SIGNED_IN or OPEN."""
    return path(route, guarded(view, needs), name=name)


def guarded(view: View, needs: str) -> View:
    """The view behind its door; strangers are led to sign-in, others are told what is missing."""
    _must_be_known(needs)
    if needs == SELF:
        return _own(view)

    @wraps(view)
    def through_the_door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        viewer = viewer_of(request)
        if is_met(needs, viewer):
            return view(request, *args, **kwargs)
        if viewer.is_signed_in:
            raise ForbiddenError(needs)
        return HttpResponseRedirect(sign_in_url(request))

    through_the_door.needs = needs  # type: ignore[attr-defined]
    return through_the_door


def _own(view: View) -> View:
    """The view for a citizen's own phone; whoever comes without one begins at the beginning."""

    @wraps(view)
    def through_the_door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if citizen_of(request).is_citizen:
            return view(request, *args, **kwargs)
        return HttpResponseRedirect(CITIZEN_START)

    through_the_door.needs = SELF  # type: ignore[attr-defined]
    return through_the_door


def sign_in_url(request: HttpRequest) -> str:
    """Sign-in, and back to where the visitor wanted to go when that was a plain read."""
    if request.method != "GET":
        return SIGN_IN_PATH
    return f"{SIGN_IN_PATH}?{urlencode({'next': request.get_full_path()})}"


class ApiDoor(AuthBase):
    """The door of an API call: the session's or token's viewer must hold the capability."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "vx_session"

    def __init__(self, needs: str) -> None:
        super().__init__()
        self.needs = needs

    def __call__(self, request: HttpRequest) -> Viewer:
        """The viewer who may go on; the API's views leave the forgery check to their door."""
        viewer = viewer_of(request)
        if not viewer.is_signed_in:
            raise SignInNeededError
        if not is_met(self.needs, viewer):
            raise ForbiddenError(self.needs)
        if check_csrf(request):
            raise StaleFormError
        return viewer


class SelfDoor(ApiDoor):
    """The door of calls that a citizen's own phone makes."""

    openapi_name = "phone"

    def __call__(self, request: HttpRequest) -> Viewer:
        """The citizen; a call by cookie also shows the token of the page it came from."""
        citizen = citizen_of(request)
        if not citizen.is_citizen:
            raise PhoneNeededError
        if check_csrf(request):
            raise StaleFormError
        return citizen


def api(needs: str) -> dict[str, Any]:
    """Keyword arguments of a django-ninja operation: `@router.get("/table", **api(needs=OPEN))`."""
    _must_be_known(needs)
    if needs == OPEN:
        return {"auth": None, "openapi_extra": {"security": []}}
    return {"auth": SelfDoor(SELF) if needs == SELF else ApiDoor(needs)}


def _must_be_known(needs: str) -> None:
    if needs not in {OPEN, SIGNED_IN, SELF, *CAPABILITIES}:
        message = f"{needs!r} is no capability"
        raise ValueError(message)


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One row of the URL table: a path, its methods ("*" for a page) and what it needs."""

    path: str
    methods: str
    needs: str | None


def table(urlconf: str | None = None) -> tuple[Entry, ...]:
    """Every URL of the installation with what it needs; None where a view forgot to say."""
    return tuple(sorted(set(_entries("/", get_resolver(urlconf).url_patterns)), key=str))


def _entries(prefix: str, patterns: Sequence[URLPattern | URLResolver]) -> Iterator[Entry]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _entries(route, pattern.url_patterns)
        else:
            yield from _doors(route, pattern.callback)


def _doors(route: str, view: Callable[..., Any]) -> Iterator[Entry]:
    calls = _calls_behind(view)
    if calls is None:
        yield Entry(route, "*", OPEN if _is_api_root(view) else getattr(view, "needs", None))
        return
    for operation in calls.operations:
        yield Entry(route, ",".join(sorted(operation.methods)), _needs_of(operation))


def _calls_behind(view: Callable[..., Any]) -> PathView | None:
    """The API's calls at one path: django-ninja keeps them in the closure of its view."""
    cells = getattr(view, "__closure__", None) or ()
    found = [cell.cell_contents for cell in cells if isinstance(cell.cell_contents, PathView)]
    return found[0] if found else None


def _needs_of(operation: Operation) -> str | None:
    doors = [door for door in operation.auth_callbacks if isinstance(door, ApiDoor)]
    if doors:
        return doors[0].needs
    return OPEN if (operation.openapi_extra or {}).get("security") == [] else None


def _is_api_root(view: Callable[..., Any]) -> bool:
    """The API's own address, which django-ninja keeps for reversing; it answers 404."""
    return isinstance(view, partial) and view.func is default_home
