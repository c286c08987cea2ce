"""What a request says of the phone that it comes from."""

from django.http import HttpRequest

from vungxanh.core.access import NETWORK
from vungxanh.people.models import Device


def device_of(request: HttpRequest) -> Device:
    """The device behind a request that came through the door for citizens' own phones."""
    device = getattr(request, "device", None)
    if not isinstance(device, Device):
        message = "this address is not behind the door for citizens' own phones"
        raise TypeError(message)
    return device


def network_of(request: HttpRequest) -> str:
    """The address that codes are counted by; empty for this machine itself."""
    return str(request.META.get(NETWORK, ""))
