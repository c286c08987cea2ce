"""Environment variables that must have a certain form, read once at the start."""

import os
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from vungxanh.refusals import RefusalError, Words


class VariableError(RefusalError):
    """An environment variable that cannot be understood."""

    def __init__(self, name: str, wanted: Words) -> None:
        words = Words(
            vi=f"Biến {name} phải là {wanted.vi}. Sửa lại rồi chạy lại.",
            en=f"The variable {name} must be {wanted.en}. Correct it and start again.",
        )
        super().__init__("config.bad_variable", words, field=name)


def whole_number(name: str, default: int) -> int:
    """A whole number of at least 1, or the default where nothing is set."""
    text = os.environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise VariableError(name, Words("một số nguyên từ 1 trở lên", "a whole number from 1"))
    return int(text)


def one_of(name: str, allowed: Sequence[str], default: str) -> str:
    """One of some words, in any case."""
    text = (os.environ.get(name) or default).upper()
    if text not in allowed:
        listed = ", ".join(allowed)
        raise VariableError(name, Words(f"một trong {listed}", f"one of {listed}"))
    return text


def secret(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """A secret from the file that `<name>_FILE` names, else from the variable; empty without both.

    A file keeps it from what lists processes and their environment, and from shell histories.
    """
    file = environment.get(f"{name}_FILE", "")
    if not file:
        return environment.get(name, "")
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as unreadable:
        wanted = Words("đường dẫn tới một tệp đọc được", "the path of a file that can be read")
        raise VariableError(f"{name}_FILE", wanted) from unreadable


def url(name: str) -> str:
    """An address of a service: HTTPS, or plain HTTP on this machine; never a name and password."""
    text = os.environ.get(name, "").strip()
    try:
        found = urlsplit(text)
        host, _ = found.hostname or "", found.port
    except ValueError:
        found, host = urlsplit(""), ""
    is_safe = found.scheme == "https" or (found.scheme == "http" and _is_loopback(host))
    if not (host and is_safe) or "@" in found.netloc or not text.isascii() or " " in text:
        wanted = Words(
            "một địa chỉ https:// (http:// chỉ dùng được ngay trên máy này)",
            "an address https:// (http:// on this machine alone)",
        )
        raise VariableError(name, wanted)
    return text


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
