"""The attacks: each takes a door and whoever knocks, and tells what it found, in sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from importlib import import_module
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.factories.people import PASSWORD
from tests.security.doors import Door
from tests.security.markup import HOLE, Form, forms_of, holes_of_page, holes_of_table
from tests.security.scene import digest, holds, rolled_back

# A test's browser answers with what the server would send; an error inside becomes its 500.
REDIRECTS = ("next", "url", "back", "return", "redirect", "continue", "ve", "tiep", "quay-lai")
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
    "https:evil.example",
)
TRAVERSALS = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "....//etc/passwd",
    "/etc/passwd",
)
MASS = "mass-4711"
EXTRA: Mapping[str, str] = {
    "id": MASS,
    "pk": MASS,
    "state": MASS,
    "is_demo": "true",
    "roles": MASS,
    "units": MASS,
    "scope_id": MASS,
    "created_by": MASS,
    "by": MASS,
    "set_by": MASS,
    "frozen_by": MASS,
    "original_id": MASS,
    "published_at": "2001-01-01T00:00:00Z",
    "password": MASS,
}
# What forms of decisions ask for: with it a call goes as far as whoever sends it may go.
SAID: Mapping[str, str] = {
    "act": "approve",
    "verdict": "unjustified",
    "note": "Không có lý do gì để mở, đã gọi lại hỏi",
    "name": "Tên khác",
    "password": PASSWORD,
}
PAYLOAD = (
    f'"\'><{HOLE}><svg onload={HOLE}()><a href="javascript:{HOLE}">Trạm</a>'
    f'" {HOLE}="1" {{{{ 6|add:"1" }}}}{{% now "Y" %}}'
)
SHORT_PAYLOAD = f"\"'><{HOLE} {HOLE}=1>"
FORMULA = f"=cmd|'{HOLE}'"
CHANGING = re.compile(r'(?:csrfmiddlewaretoken" value|nonce)="[^"]*"|\d{1,2}:\d{2}(?::\d{2})?')


def sent(
    client: Client, method: str, address: str, said: Mapping[str, Any] | None = None, **more: Any
) -> HttpResponse:
    """What the server answers, an error inside as its 500; the browser keeps none of its cookies.

    Else what one attack was told, as a message for the next page, would stand in another's answer.
    """
    before = deepcopy(client.cookies)
    answer = carried(client, method, address, said, **more)
    client.cookies = before
    return answer


def carried(
    client: Client, method: str, address: str, said: Mapping[str, Any] | None = None, **more: Any
) -> HttpResponse:
    """The same, with cookies kept as a browser keeps them."""
    client.raise_request_exception = False
    answer: Any
    if method == "GET":
        answer = client.get(address, said or {}, **more)
    elif method == "POST":
        answer = client.post(address, said or {}, **more)
    else:
        answer = client.generic(method, address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return HttpResponse(content, status=answer.status_code, headers=dict(answer.items()))


def normalised(answer: HttpResponse, address: str) -> tuple[int, str, str]:
    """Status, target and body of an answer without the address that was asked and its tokens."""
    where, text = answer.get("Location", ""), answer.content.decode("utf-8", "replace")
    return answer.status_code, _plain(where, address), _plain(text, address)


def _plain(text: str, address: str) -> str:
    for form in (address, quote(address, safe=""), quote(address)):
        text = text.replace(form, "ADDRESS")
    for part in (one for one in address.split("/") if len(one) > 16):
        text = text.replace(part, "PART")
    return CHANGING.sub("", text)


def reveals(door: Door, client: Client) -> Iterator[str]:
    """Whether somebody of another area can tell a thing that is there from one that is not."""
    for method in door.methods:
        with rolled_back():
            real = normalised(sent(client, method, door.real, SAID), door.real)
        with rolled_back():
            absent = normalised(sent(client, method, door.absent, SAID), door.absent)
        if real != absent:
            seen = [a or b for a, b in zip(real, absent, strict=True) if a != b]
            what = _first_difference(real[2], absent[2]) if len(seen) == 1 else str(seen[0])
            yield f"{method} {door.entry.path}: told apart by {what}"


def _first_difference(one: str, other: str) -> str:
    pairs = enumerate(zip(one, other, strict=False))
    place = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    return repr((one[max(place - 60, 0) : place + 40], other[place : place + 40]))


def changes(door: Door, client: Client, said: Mapping[str, str] | None = None) -> Iterator[str]:
    """Whether somebody without the right changes anything."""
    before = digest()
    for method in door.methods:
        with rolled_back():
            answer = sent(client, method, door.real, {**SAID, **(said or {})})
            if digest() != before:
                yield f"{method} {door.entry.path}: something changed"
            if answer.status_code == 500:
                yield f"{method} {door.entry.path}: 500"


def lets_in(door: Door, client: Client) -> Iterator[str]:
    """Whether a closed door gives anything but a refusal or the way to sign-in."""
    if door.is_open:
        return
    for method in door.methods:
        with rolled_back():
            answer = sent(client, method, door.real)
        to_sign_in = answer.get("Location", "").startswith("/dang-nhap/")
        if answer.status_code not in {401, 403, 404, 405} and not to_sign_in:
            yield f"{method} {door.entry.path}: {answer.status_code}"


def forgets_forgery(door: Door, client: Client) -> Iterator[str]:
    """Whether a call without the page's token changes something; `client` checks tokens."""
    yield from (one for one in changes(door, client) if one.startswith("POST"))


def writes_on_get(door: Door, client: Client) -> Iterator[str]:
    """Whether reading changes something beside the log and the session."""
    if "GET" in door.methods:
        with rolled_back():
            before = digest()
            sent(client, "GET", door.real)
            if digest() != before:
                yield f"GET {door.entry.path}: something changed"


def leads_away(door: Door, client: Client) -> Iterator[str]:
    """Whether a parameter leads the browser to another site."""
    for target in ELSEWHERE:
        said = dict.fromkeys(REDIRECTS, target)
        for method in door.methods:
            with rolled_back():
                answer = sent(client, method, door.real, said, HTTP_REFERER=target)
            where = answer.get("Location", "").replace("\\", "/")
            if urlsplit(where).netloc or where.startswith(("//", "javascript:", "https:")):
                yield f"{method} {door.entry.path}: leads to {where}"


def walks_out(door: Door, client: Client) -> Iterator[str]:
    """Whether a part of the address or a file's name opens a file of the machine."""
    parts = [part for part in door.real.split("/") if part]
    for path in TRAVERSALS:
        address = f"{door.real.rsplit(parts[-1], 1)[0]}{path}" if parts else f"/{path}"
        for asked in (
            address,
            f"{door.real}?{'&'.join(f'{n}={path}' for n in ('name', 'file', 'tep'))}",
        ):
            with rolled_back():
                answer = sent(client, "GET", asked)
                text = answer.content
            if answer.status_code == 500 or b"root:" in text:
                yield f"GET {door.entry.path}: {answer.status_code} for {path}"


def takes_more(door: Door, client: Client, forms: Iterable[Form]) -> Iterator[str]:
    """Whether fields that no form has are written; every form of the page is sent with them."""
    for form in forms:
        with rolled_back():
            sent(client, "POST", form.action or door.real, {**EXTRA, **form.filled("x")})
            if holds(MASS):
                yield f"POST {form.action or door.entry.path}: kept a field that the form has not"


def is_kept_by_caches(door: Door, client: Client) -> Iterator[str]:
    """Whether a page for somebody signed in may be kept by what lies between."""
    if door.is_open or "GET" not in door.methods:
        return
    with rolled_back():
        answer = sent(client, "GET", door.real)
    told = answer.get("Cache-Control", "")
    if answer.status_code == 200 and not re.search("no-store|private|no-cache", told):
        yield f"GET {door.entry.path}: Cache-Control is {told!r}"


def shows_payload(door: Door, client: Client) -> Iterator[str]:
    """Whether hostile words that were stored become elements, attributes, links or formulas."""
    if "GET" not in door.methods:
        return
    with rolled_back():
        answer = sent(client, "GET", door.real)
        text = answer.content.decode("utf-8", "replace")
    if answer.status_code == 500:
        yield f"GET {door.entry.path}: 500"
    kind = answer.get("Content-Type", "")
    found = holes_of_page(text) if "html" in kind else holes_of_table(text) if "csv" in kind else []
    yield from (f"GET {door.entry.path}: {one}" for one in found)


def forms_there(door: Door, client: Client) -> list[Form]:
    """The forms that somebody finds behind a door."""
    with rolled_back():
        return forms_of(sent(client, "GET", door.real).content.decode("utf-8", "replace"))


def keeps_session(client: Client, *steps: tuple[str, Mapping[str, str]]) -> Iterator[str]:
    """Whether a session that somebody planted before sign-in is the one after it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store["planted"] = "x"
    with rolled_back():
        store.create()
        client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
        for address, said in steps:
            carried(client, "POST", address, said)
        if client.cookies[settings.SESSION_COOKIE_NAME].value == store.session_key:
            yield f"POST {steps[-1][0]}: the session from before stands"
