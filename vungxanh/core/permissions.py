"""What a page may ask the browser for; everything else is refused before anybody is asked."""

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER: Final = "Permissions-Policy"
# A page finds where it is for "units near me" and makes passkeys; scanning pages use the camera.
_OWN: Final = ("geolocation", "publickey-credentials-create", "publickey-credentials-get")
_CAMERA: Final = "camera"
_NEVER: Final = (
    "accelerometer",
    "browsing-topics",
    "display-capture",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
View = Callable[..., HttpResponseBase]


def _policy(*, camera: str) -> str:
    own, never = (f"{name}=(self)" for name in _OWN), (f"{name}=()" for name in _NEVER)
    return ", ".join([*own, f"{_CAMERA}={camera}", *never])


POLICY: Final = _policy(camera="()")
"""What pages say that do not scan."""


def uses_camera(view: View) -> View:
    """A page that scans: it alone may ask for the camera."""

    @wraps(view)
    def with_camera(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers[HEADER] = _policy(camera="(self)")
        return response

    return with_camera
