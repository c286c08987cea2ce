"""How push messages leave: VUNGXANH_PUSH and what belongs to it."""

import os
import re
from dataclasses import dataclass

from vungxanh.config.variables import VariableError, one_of
from vungxanh.refusals import Words

# Of Chrome and Android, Firefox, Edge and Windows, Safari and iOS.
KNOWN_HOSTS = (
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.notify.windows.com",
    "*.push.apple.com",
)
HOST = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?")
CONTACT = re.compile(r"mailto:[^@\s]+@[^@\s]+|https://\S+")


@dataclass(frozen=True, slots=True)
class Push:
    """The way out: `form` is "web", "file" or "none"; `hosts` that a subscription may name."""

    form: str
    contact: str = ""
    hosts: tuple[str, ...] = KNOWN_HOSTS
    folder: str = ""


def push() -> Push:
    """What the environment says; an incomplete answer is refused at the start."""
    form = one_of("VUNGXANH_PUSH", ("NONE", "WEB", "FILE"), "NONE").lower()
    if form == "none":
        return Push(form)
    if form == "file":
        return Push(form, folder=_needed("VUNGXANH_PUSH_FOLDER"))
    return Push(form, contact=_contact(), hosts=_hosts() or KNOWN_HOSTS)


def _hosts() -> tuple[str, ...]:
    said = os.environ.get("VUNGXANH_PUSH_HOSTS", "").lower().split(",")
    hosts = tuple(host.strip() for host in said if host.strip())
    if not all(HOST.fullmatch(host) for host in hosts):
        wanted = Words(
            "các tên máy chủ như fcm.googleapis.com, *.push.apple.com, cách nhau bằng dấu phẩy",
            "names of hosts as fcm.googleapis.com, *.push.apple.com, by comma",
        )
        raise VariableError("VUNGXANH_PUSH_HOSTS", wanted)
    return hosts


def _contact() -> str:
    said = _needed("VUNGXANH_PUSH_CONTACT")
    if not CONTACT.fullmatch(said):
        wanted = Words("địa chỉ dạng mailto:… hoặc https://…", "an address mailto:… or https://…")
        raise VariableError("VUNGXANH_PUSH_CONTACT", wanted)
    return said


def _needed(name: str) -> str:
    said = os.environ.get(name, "").strip()
    if not said:
        raise VariableError(
            name, Words("có giá trị khi gửi thông báo đẩy", "set when push messages are to be sent")
        )
    return said
