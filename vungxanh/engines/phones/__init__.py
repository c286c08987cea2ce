"""Telephone numbers: which line does a written number mean, and how is it shown?"""

from vungxanh.engines.phones.core import display, masked, read_phone
from vungxanh.engines.phones.types import BadPhoneError, Issuer, Kind, Phone, Reason

__all__ = [
    "BadPhoneError",
    "Issuer",
    "Kind",
    "Phone",
    "Reason",
    "display",
    "masked",
    "read_phone",
]
