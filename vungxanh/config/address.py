"""The address under which phones reach the installation: VUNGXANH_ADDRESS, printed in codes."""

import os
import re
from ipaddress import ip_address

from vungxanh.config.variables import VariableError
from vungxanh.refusals import Words

VARIABLE = "VUNGXANH_ADDRESS"
WANTED = Words(
    "địa chỉ gốc dạng https://tên-miền, không có phần nào phía sau (http:// chỉ dùng được trong "
    "mạng nội bộ)",
    "an address https://name without anything behind (http:// in a private network alone)",
)
_LABEL = r"(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(
    rf"(?P<scheme>https?)://(?P<host>{_LABEL}(?:\.{_LABEL})*)(?::[1-9][0-9]{{0,4}})?"
)


def public_address(name: str = VARIABLE) -> str:
    """What the environment says, as codes on paper begin; empty where it says nothing."""
    text = os.environ.get(name, "").strip().rstrip("/")
    if not text:
        return ""
    found = _ORIGIN.fullmatch(text.lower())
    if found is None or (found["scheme"] == "http" and not is_nearby(found["host"])):
        raise VariableError(name, WANTED)
    return text.lower()


def is_nearby(host: str) -> bool:
    """Whether a host is this machine or in a private network."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return is_this_machine(host)


def is_this_machine(host: str) -> bool:
    """Whether a host means, on every phone, the phone itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
