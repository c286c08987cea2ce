"""Attacks by what is sent: words in every field, names of files, addresses, too many fields."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.security.attacks import SHORT_PAYLOAD, holes_in, sent, text_of
from tests.security.counting import Tries, together
from tests.security.doors import Door
from tests.security.markup import HOLE, Form
from tests.security.scene import GROUND, rolled_back

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
FILE_NAMES = {
    "path parts": "../../../../tmp/vx-out.csv",
    "path parts of Windows": "..\\..\\vx-out.csv",
    "NUL": "bảng\0.csv",
    "override": f"bảng{OVERRIDE}vsc.exe",
    "very long": "x" * 3000 + ".csv",
    "markup": f"<{HOLE}>.csv",
}
CONTENT = "mã;lượt quét\n540;12\n".encode()
FETCHED = "http://127.0.0.1:9/vx-fetched"
MANY = "&".join(f"f{n}=x" for n in range(5001))
URLENCODED = "application/x-www-form-urlencoded"
TOKEN = "x" * 32


def keeps_markup(door: Door, client: Client, form: Form) -> Tries:
    """Whether words written in a field run where they are shown: in the answer, then on pages."""
    return together(_keeps_markup(door, client, form, name) for name in sorted(form.texts))


def _keeps_markup(door: Door, client: Client, form: Form, name: str) -> Tries:
    address = form.action or door.real
    with rolled_back():
        answer = sent(client, "POST", address, form.with_one(name, SHORT_PAYLOAD))
        shown = [answer, *(sent(client, "GET", one) for one in _shown_at(door, answer))]
    told = [one for page in shown for one in holes_in(page)]
    broken = ["500"] if any(page.status_code == 500 for page in shown) else []
    return Tries(1, [f"{door.entry.path} {address} {name}: {one}" for one in told + broken])


def _shown_at(door: Door, answer: HttpResponse) -> list[str]:
    """Where the words may stand if they were kept: the next page and this one."""
    to = answer.get("Location", "")
    return [one for one in (to, door.real) if to and not urlsplit(one).netloc]


def takes_names(door: Door, client: Client, form: Form) -> Tries:
    """Whether the name of a file breaks, leads elsewhere or is shown as anything but its words."""
    return together(
        _takes_name(door, client, form, kind) for kind in FILE_NAMES for _ in [0] if form.files
    )


def _takes_name(door: Door, client: Client, form: Form, kind: str) -> Tries:
    named = {one: SimpleUploadedFile("x.csv", CONTENT) for one in form.files}
    for one in named.values():
        vars(one)["_name"] = FILE_NAMES[kind]  # what a program that is no browser would send
    with rolled_back():
        address = form.action or door.real
        answer = sent(client, "POST", address, {**form.filled("x"), **named})
        shown = [answer, *(sent(client, "GET", one) for one in _shown_at(door, answer))]
    return Tries(1, [f"{door.entry.path}: a name with {kind} {one}" for one in _named(shown)])


def _named(shown: list[HttpResponse]) -> Iterator[str]:
    for page in shown:
        text = text_of(page)
        yield from holes_in(page)
        if page.status_code == 500:
            yield "breaks the page"
        if OVERRIDE in text or "\0" in text:
            yield "turns the words around it"
        if "../" in text or "..\\" in text:
            yield "keeps its way"


def fetches(door: Door, client: Client, form: Form) -> Tries:
    """Whether an address written in a field is asked for anything."""
    address = form.action or door.real
    said = form.filled(FETCHED) | dict.fromkeys(form.texts, FETCHED)
    with rolled_back(), calling_out() as called:
        sent(client, "POST", address, said)
    return Tries(1, [f"{door.entry.path} {address}: asks {one}" for one in called])


@contextmanager
def calling_out() -> Iterator[list[str]]:
    """The connections that are tried meanwhile; none is made."""
    called: list[str] = []

    def refuse(self: socket.socket, address: object) -> None:
        called.append(str(address))
        raise ConnectionRefusedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        yield called


def takes_thousands(door: Door, client: Client) -> Tries:
    """Whether thousands of fields are read; `client` checks the tokens of pages."""
    if "POST" not in door.methods or door.entry.path.startswith("/api/"):
        return Tries()
    client.cookies["vx_csrf"] = TOKEN
    with rolled_back():
        answer = sent(client, "POST", door.real, MANY, content_type=URLENCODED)
        written = GROUND.changed()
    refused = answer.status_code in {400, 413} and b"vx-" in answer.content
    found = [] if refused else [str(answer.status_code)]
    return Tries(1, [f"POST {door.entry.path}: {one}" for one in found + written])
