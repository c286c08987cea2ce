"""The attacks: each takes a door and whoever knocks, tries, and tells what it found, in sentences.

One call of the site serves every try that can be judged by its answer.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from importlib import import_module
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tests.factories.people import PASSWORD
from tests.security.counting import Tries, counted
from tests.security.doors import Door
from tests.security.markup import (
    HOLE,
    Form,
    forms_of,
    holes_of_page,
    holes_of_table,
    holes_of_workbook,
)
from tests.security.scene import GROUND, holds, rolled_back
from vungxanh.core import limits
from vungxanh.core.access import CITIZEN_START, SIGN_IN_PATH

# A test's browser answers with what the server would send; an error inside becomes its 500.
UNSAID = "/vx-nowhere/"  # a harmless address: a parameter that changes nothing leads nowhere
FILES = ("name", "file", "tep")
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
    "purpose": "tracing",
    "form": "general",
}
PAYLOAD = (
    f'"\'><{HOLE}><svg onload={HOLE}()><a href="javascript:{HOLE}">Trạm</a>'
    f'" {HOLE}="1" {{{{ 6|add:"1" }}}}{{% now "Y" %}}'
)
SHORT_PAYLOAD = f"\"'><{HOLE} {HOLE}=1>"
FORMULA = f"=cmd|'{HOLE}'"
CHANGING = re.compile(r'(?:csrfmiddlewaretoken" value|nonce)="[^"]*"|\d{1,2}:\d{2}(?::\d{2})?')


def sent(
    client: Client,
    method: str,
    address: str,
    said: Any = None,
    **more: Any,
) -> HttpResponse:
    """What the server answers, an error inside as its 500; the browser keeps none of its cookies.

    Else what one attack was told, as a message for the next page, would stand in another's answer.
    """
    limits.start_anew()
    before = deepcopy(client.cookies)
    answer = carried(client, method, address, said, **more)
    client.cookies = before
    return answer


def carried(
    client: Client,
    method: str,
    address: str,
    said: Any = None,
    **more: Any,
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
    where, text = answer.get("Location", ""), text_of(answer)
    return answer.status_code, _plain(where, address), _plain(text, address)


def _plain(text: str, address: str) -> str:
    for form in (address, html.escape(address), quote(address, safe=""), quote(address)):
        text = text.replace(form, "ADDRESS")
    for part in (one for one in address.split("/") if len(one) > 16):
        text = text.replace(part, "PART")
    return CHANGING.sub("", text)


def text_of(answer: HttpResponse) -> str:
    """The body as words."""
    return answer.content.decode("utf-8", "replace")


# What a call writes that is its caller's own, whoever that is: their phone, their unit's papers.
OWN = {
    "/ho-so-du-lieu/xem-truoc/<slug:slug>/": frozenset({"processing_paper"}),
    "/toi/bat-dau/": frozenset({"people_device"}),
    "/ho-so-du-lieu/khai-bao/": frozenset({"processing_statement"}),
    "/khai/<slug:code>/trang/<slug:page>/": frozenset({"declarations_draft", "people_device"}),
    "/khai/giay/<slug:code>/": frozenset({"declarations_sheetcount"}),
}


def reaches_over(door: Door, client: Client) -> Tries:
    """Whether another area's officer tells what is there, or changes it."""
    there, absent, written = {}, {}, []
    for method in door.methods:
        with rolled_back():
            there[method] = normalised(sent(client, method, door.real, SAID), door.real)
            written += _written(method, door)
        if door.is_secret:
            with rolled_back():
                asked = sent(client, method, door.absent, SAID)
            absent[method] = normalised(asked, door.absent)
    told = [one for method in absent for one in _apart(door, method, there, absent)]
    broken = [f"{m} {door.entry.path}: 500" for m in there if there[m][0] == 500]
    changed = Tries() if door.is_shared else Tries(1, written)
    return Tries(door.is_secret, told) + changed + Tries(0, broken)


Answers = Mapping[str, tuple[int, str, str]]


def _apart(door: Door, method: str, there: Answers, absent: Answers) -> Iterator[str]:
    one, other = there[method], absent[method]
    if one != other:
        seen = [a or b for a, b in zip(one, other, strict=True) if a != b]
        what = _first_difference(one[2], other[2]) if len(seen) == 1 else str(seen[0])
        yield f"{method} {door.entry.path}: told apart by {what}"


def _written(method: str, door: Door, *, own: bool = True) -> list[str]:
    """What a call changed; with `own`, beside what is the caller's own to write there."""
    let = OWN.get(door.entry.path, frozenset()) if own else frozenset()
    tables = ", ".join(one for one in GROUND.changed() if one not in let)
    return [f"{method} {door.entry.path}: changed {tables}"] if tables else []


def _first_difference(one: str, other: str) -> str:
    pairs = enumerate(zip(one, other, strict=False))
    place = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    return repr((one[max(place - 60, 0) : place + 40], other[place : place + 40]))


@counted
def changes(door: Door, client: Client, said: Mapping[str, str] | None = None) -> Iterator[str]:
    """Whether somebody without the right changes anything."""
    for method in door.methods:
        with rolled_back():
            answer = sent(client, method, door.real, {**SAID, **(said or {})})
            yield from _written(method, door)
        if answer.status_code == 500:
            yield f"{method} {door.entry.path}: 500"


def gets_in(door: Door, client: Client) -> Tries:
    """Whether a stranger gets in, changes anything, or sees stored words that run."""
    entered, written, shown = [], [], []
    for method in door.methods:
        with rolled_back():
            answer = sent(client, method, door.real, SAID)
            written += _written(method, door)
        entered += _let_in(method, door, answer)
        shown += _shown(method, door, answer)
    return Tries(not door.is_open, entered) + Tries(1, written) + Tries(1, shown)


def lets_in(door: Door, client: Client) -> Tries:
    """Whether a closed door gives anything but a refusal or the way to sign-in."""
    if door.is_open:
        return Tries()
    found: list[str] = []
    for method in door.methods:
        with rolled_back():
            found += _let_in(method, door, sent(client, method, door.real))
    return Tries(1, found)


def _let_in(method: str, door: Door, answer: HttpResponse) -> list[str]:
    to_sign_in = answer.get("Location", "").startswith((SIGN_IN_PATH, CITIZEN_START))
    if door.is_open or answer.status_code in {401, 403, 404, 405} or to_sign_in:
        return []
    return [f"{method} {door.entry.path}: {answer.status_code}"]


def forgets_forgery(door: Door, client: Client) -> Tries:
    """Whether a call without the page's token changes something; `client` checks tokens."""
    if "POST" not in door.methods:
        return Tries()
    with rolled_back():
        sent(client, "POST", door.real, SAID)
        return Tries(1, _written("POST", door, own=False))


def shows(door: Door, client: Client) -> Tries:
    """Whether reading changes something, is kept by what lies between, or runs stored words.

    What it may change beside is the log and the session.
    """
    if "GET" not in door.methods:
        return Tries()
    with rolled_back():
        answer = sent(client, "GET", door.real)
        written = _written("GET", door)
    kept = Tries() if door.is_open else Tries(1, _kept_by_caches(door, answer))
    return Tries(1, written) + kept + Tries(1, _shown("GET", door, answer))


def _kept_by_caches(door: Door, answer: HttpResponse) -> list[str]:
    told = answer.get("Cache-Control", "")
    if answer.status_code != 200 or re.search("no-store|private|no-cache", told):
        return []
    return [f"GET {door.entry.path}: Cache-Control is {told!r}"]


def _shown(method: str, door: Door, answer: HttpResponse) -> list[str]:
    """Hostile words that were stored and became elements, attributes, links or formulas."""
    if answer.status_code == 500:
        return [f"{method} {door.entry.path}: 500"]
    return [f"{method} {door.entry.path}: {one}" for one in holes_in(answer)]


def holes_in(answer: HttpResponse) -> list[str]:
    """What of hostile words became markup of a page or formulas of a table."""
    kind = answer.get("Content-Type", "")
    if "spreadsheetml" in kind:
        return holes_of_workbook(answer.content)
    read = holes_of_page if "html" in kind else holes_of_table if "csv" in kind else None
    return read(text_of(answer)) if read else []


def leads_astray(door: Door, client: Client) -> Tries:
    """Whether a parameter leads the browser to another site, or opens a file of the machine.

    Where a harmless parameter changes nothing at all of the answer, a harmful one is not read.
    """
    heeded = [method for method in door.methods if _heeds(door, method, client)]
    away = [one for method in heeded for one in _leads_away(door, method, client)]
    return Tries(1, away) + Tries(1, list(_walks_out(door, client, is_named="GET" in heeded)))


def _heeds(door: Door, method: str, client: Client) -> bool:
    """Whether parameters with the names of ways and files change anything of what is answered."""
    said = dict.fromkeys((*REDIRECTS, *FILES), UNSAID)
    address = f"{door.real}?{urlencode(said)}" if method == "GET" else door.real
    given = {} if method == "GET" else said
    with rolled_back():
        one = sent(client, method, door.real, {"vx": "1"} if given else {})
    with rolled_back():
        other = sent(client, method, address, given, HTTP_REFERER=UNSAID)
    plain, asked = (
        [_plain(part, door.real) for part in map(str, normalised(found, address))]
        for found in (one, other)
    )
    return plain != asked


def _leads_away(door: Door, method: str, client: Client) -> Iterator[str]:
    for target in ELSEWHERE:
        said = dict.fromkeys(REDIRECTS, target)
        with rolled_back():
            answer = sent(client, method, door.real, said, HTTP_REFERER=target)
        where = answer.get("Location", "").replace("\\", "/")
        if urlsplit(where).netloc or where.startswith(("//", "javascript:", "https:")):
            yield f"{method} {door.entry.path}: leads to {where}"


def _walks_out(door: Door, client: Client, *, is_named: bool) -> Iterator[str]:
    for path in TRAVERSALS:
        query = f"{door.real}?{urlencode(dict.fromkeys(FILES, path))}"
        for address in (*_routed(door, path), *([query] if is_named else ())):
            with rolled_back():
                answer = sent(client, "GET", address)
            if answer.status_code == 500 or b"root:" in answer.content:
                yield f"GET {door.entry.path}: {answer.status_code} for {path}"


def _routed(door: Door, path: str) -> list[str]:
    """The door's address with a path for its last part, if it leads to any page at all."""
    parts = [part for part in door.real.split("/") if part]
    address = f"{door.real.rsplit(parts[-1], 1)[0]}{path}" if parts else f"/{path}"
    try:
        resolve(unquote(urlsplit(address).path))
    except Resolver404:
        return []
    return [address]


@counted
def takes_more(door: Door, client: Client, forms: Iterable[Form]) -> Iterator[str]:
    """Whether fields that no form has are written; every form of the page is sent with them."""
    for form in forms:
        with rolled_back():
            sent(client, "POST", form.action or door.real, {**EXTRA, **form.filled("x")})
            if GROUND.changed() and holds(MASS):
                yield f"POST {form.action or door.entry.path}: kept a field that the form has not"


def forms_of_all(doors: Iterable[Door], client: Client) -> Iterator[tuple[Door, list[Form]]]:
    """The forms that somebody finds behind each door, those of every page but once."""
    known: set[tuple[str, ...]] = set()
    for door in doors:
        found = []
        for form in forms_there(door, client):
            shape = (form.action or door.real, *sorted(form.values))
            found += [] if shape in known else [form]
            known.add(shape)
        if found:
            yield door, found


def forms_there(door: Door, client: Client) -> list[Form]:
    """The forms that somebody finds behind a door."""
    with rolled_back():
        return forms_of(text_of(sent(client, "GET", door.real)))


@counted
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
