"""Acts on the items of a letter: each answers with the letter's page at the item."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError, status_of
from vungxanh.core.paging import whole_or_none
from vungxanh.directives import queries
from vungxanh.directives.actions import items as actions
from vungxanh.directives.actions.items import Seen
from vungxanh.directives.forms.adding import added_value, located, with_deadline
from vungxanh.directives.forms.items import DEADLINE, FORMS, AddForm
from vungxanh.directives.forms.tasks import DeadlineForm
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.overview.cards import BY_LETTER
from vungxanh.directives.overview.letter import ORDERS, Look, item_of
from vungxanh.directives.rules import READ_STATES, Item, ItemKind, ItemState, Wire, tasks_of
from vungxanh.directives.views.common import back, sentence
from vungxanh.directives.views.letters import letter_answer
from vungxanh.refusals import RefusalError


@require_POST
def edit(request: HttpRequest, letter_id: UUID, key: str) -> HttpResponse:
    """Correct an item, perhaps confirming it at once; what is refused stays in the form."""
    found, item = _opened(request, letter_id, key)
    is_quick = "quick" in request.POST
    if item.kind not in FORMS:
        raise MissingError
    form = DeadlineForm(request.POST) if is_quick else FORMS[item.kind](request.POST)
    if not form.is_valid():
        return _again(request, found, item, form=form)
    try:
        _save(request, found, item, form=form)
    except MissingError:
        raise
    except RefusalError as refusal:
        form.add_error(None, sentence(refusal))
        form.data = request.POST.dict() | {"version": str(_now(request, letter_id, key).version)}
        return _again(request, found, item, form=form, status=status_of(refusal))
    return _to(request, letter_id, key)


def _save(request: HttpRequest, found: ReceivedLetter, item: Item, *, form: Any) -> None:
    seen = Seen(item.key, form.cleaned_data["version"])
    common: dict[str, Any] = {"letter_id": found.id, "seen": seen, "by": viewer_of(request)}
    value: Wire = form.value(item.value)
    if "confirm" in request.POST:
        actions.confirm_item(**common, value=value, at=clock.now())
    elif actions.edit_item(**common, value=value, at=clock.now()) is None:
        messages.info(request, _("Không có gì khác nên không ghi thêm lần sửa."))


def _again(
    request: HttpRequest, found: ReceivedLetter, item: Item, *, form: Any, status: int = 422
) -> HttpResponse:
    """The page once more with what was typed; a refused quick form opens the whole one."""
    if not isinstance(form, FORMS[item.kind]):
        whole = FORMS[item.kind]
        said = {**whole.initial_of(item.value), **{n: form.data.get(n) for n in form.fields}}
        names = said.get("assignee")
        said["assignee"] = "\n".join(names) if isinstance(names, list) else names
        errors, form = form.errors, whole(said)
        form.full_clean()
        for error in errors.get("__all__", ()):
            form.add_error(None, error)
    look = Look(_order(request), item.key, item.key)
    return letter_answer(request, found, look=look, form=form, status=status)


@require_POST
def act(request: HttpRequest, letter_id: UUID, *, key: str, verb: str) -> HttpResponse:
    """Confirm, drop, reopen, merge or split an item, as the officer saw it."""
    doing = VERBS.get(verb)
    if doing is None:
        raise MissingError
    found, item = _opened(request, letter_id, key)
    version = whole_or_none(request.POST.get("version", ""))
    seen = Seen(key, -1 if version is None else version)
    try:
        doing(request, found, seen)
    except MissingError:
        raise
    except RefusalError as refusal:
        # Without an anchor: the sentence stands at the top of the page.
        messages.error(request, sentence(refusal))
        return _to(
            request, letter_id, "", query=f"?{'sua' if verb in FORMED else 'chon'}={item.key}"
        )
    return _to(request, letter_id, key)


def _confirm(request: HttpRequest, found: ReceivedLetter, seen: Seen) -> None:
    actions.confirm_item(letter_id=found.id, seen=seen, by=viewer_of(request), at=clock.now())


def _drop(request: HttpRequest, found: ReceivedLetter, seen: Seen) -> None:
    actions.drop_item(letter_id=found.id, seen=seen, by=viewer_of(request), at=clock.now())


def _reopen(request: HttpRequest, found: ReceivedLetter, seen: Seen) -> None:
    actions.reopen_item(letter_id=found.id, seen=seen, by=viewer_of(request), at=clock.now())


def _merge(request: HttpRequest, found: ReceivedLetter, seen: Seen) -> None:
    other = request.POST.get("other", "")
    by, at = viewer_of(request), clock.now()
    actions.merge_tasks(letter_id=found.id, seen=seen, other=other, by=by, at=at)


def _split(request: HttpRequest, found: ReceivedLetter, seen: Seen) -> None:
    second = request.POST.get("second", "")[:400]
    by, at = viewer_of(request), clock.now()
    actions.split_task(letter_id=found.id, seen=seen, second=second, by=by, at=at)


FORMED = ("gop", "tach")
VERBS: dict[str, Callable[[HttpRequest, ReceivedLetter, Seen], None]] = {
    "xac-nhan": _confirm,
    "bo": _drop,
    "mo-lai": _reopen,
    "gop": _merge,
    "tach": _split,
}


@require_POST
def confirm_clear(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Confirm every open order about which nothing is doubtful."""
    change = actions.confirm_clear_tasks(letter_id=letter_id, by=viewer_of(request), at=clock.now())
    if change is None:
        messages.info(request, _("Không còn việc nào để xác nhận cùng lúc."))
    return back(letter_id, "viec", _kept_order(request))


@require_POST
def add(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Add an item from words of the letter, or a deadline to an order."""
    found = _read(request, letter_id)
    tasks = tasks_of(queries.items_of(found))
    choices = [(t.key, str(t.value.get("id"))) for t in tasks if t.state is not ItemState.DROPPED]
    form = AddForm(request.POST, tasks=choices, auto_id="them_%s")
    if form.is_valid():
        try:
            return _added(request, found, form)
        except MissingError:
            raise
        except RefusalError as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, sentence(refusal))
    look = Look(_order(request))
    return letter_answer(request, found, look=look, add_form=form, status=422)


def _added(request: HttpRequest, found: ReceivedLetter, form: AddForm) -> HttpResponse:
    by, at, said = viewer_of(request), clock.now(), form.cleaned_data
    span = located(found.text, form)
    if said["kind"] == DEADLINE:
        item = item_of(queries.items_of(found), said["task"])
        if item is None:
            raise MissingError
        value = with_deadline(item.value, found.text, span)
        seen = Seen(item.key, item.version)
        actions.edit_item(letter_id=found.id, seen=seen, value=value, by=by, at=at)
        return _to(request, found.id, item.key, query=f"?sua={item.key}")
    kind = ItemKind(said["kind"])
    value = added_value(kind, found.text, span, number=found.version + 1)
    new, _change = actions.add_item(letter_id=found.id, kind=kind, value=value, by=by, at=at)
    return _to(request, found.id, new.key, query=f"?sua={new.key}")


@require_POST
def undo(request: HttpRequest, letter_id: UUID, number: int) -> HttpResponse:
    """Put back what a change found."""
    try:
        change = actions.undo_change(
            letter_id=letter_id, number=number, by=viewer_of(request), at=clock.now()
        )
    except RefusalError as refusal:
        if status_of(refusal) == MissingError.status:
            raise
        messages.error(request, sentence(refusal))
        return back(letter_id, "", _kept_order(request))
    key = next(iter(queries.opened(change, is_undone=False).after))
    return _to(request, letter_id, key)


def _read(request: HttpRequest, letter_id: UUID) -> ReceivedLetter:
    """A letter that has items: it was read, and not discarded."""
    found = queries.letter(viewer_of(request), letter_id)
    if found.state not in READ_STATES:
        raise MissingError
    return found


def _opened(request: HttpRequest, letter_id: UUID, key: str) -> tuple[ReceivedLetter, Item]:
    found = _read(request, letter_id)
    item = item_of(queries.items_of(found), key)
    if item is None:
        raise MissingError
    return found, item


def _now(request: HttpRequest, letter_id: UUID, key: str) -> Item:
    return _opened(request, letter_id, key)[1]


def _order(request: HttpRequest) -> str:
    order = request.POST.get("xep", "")
    return order if order in ORDERS else BY_LETTER


def _kept_order(request: HttpRequest) -> str:
    order = _order(request)
    return "" if order == BY_LETTER else f"?xep={order}"


def _to(request: HttpRequest, letter_id: UUID, key: str, *, query: str = "") -> HttpResponse:
    kept = _kept_order(request)
    joined = f"{kept}&{query[1:]}" if kept and query else kept or query
    return back(letter_id, key, joined)
