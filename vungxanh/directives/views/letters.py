"""Pages of letters: the list, the door, one letter beside its text, its original, its history."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.paging import pages_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Choice, Link
from vungxanh.core.viewer import Viewer
from vungxanh.directives import imports, queries
from vungxanh.directives.actions import letters as actions
from vungxanh.directives.forms.door import DropForm
from vungxanh.directives.forms.items import DEADLINE, FORMS, AddForm
from vungxanh.directives.forms.tasks import DeadlineForm
from vungxanh.directives.models import ReceivedLetter
from vungxanh.directives.overview import cards
from vungxanh.directives.overview.letter import ORDERS, Look, item_of, letter_page
from vungxanh.directives.overview.listing import rows_of, state_mark
from vungxanh.directives.pages import LetterPage
from vungxanh.directives.rules import READ_STATES, Item, ItemKind, LetterState, doubts, is_endless
from vungxanh.directives.views.common import back, sentence, unit_choices
from vungxanh.refusals import RefusalError

POLL_SECONDS = 4


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Letters of the viewer's area: newest first, or the oldest deadline first."""
    viewer = viewer_of(request)
    asked = queries.Asked(
        words=request.GET.get("tim", "")[:100],
        state=request.GET.get("trang-thai", ""),
        order=request.GET.get("xep", queries.NEWEST),
        page=request.GET.get("trang", 1),
    )
    page = queries.listed(viewer, asked)
    context = {
        "rows": rows_of(page, viewer),
        "page": page,
        "asked": asked,
        "orders": _orders(asked),
        "states": _states(viewer, asked),
        "is_filtered": bool(asked.words or asked.state),
        "may_receive": viewer.may("directives.receive"),
        **pages_of(page, _said(asked)),
    }
    return render(request, "directives/list.html", context)


def _said(asked: queries.Asked) -> dict[str, str]:
    return {"tim": asked.words, "trang-thai": asked.state, "xep": asked.order}


def _query(asked: queries.Asked, **other: object) -> str:
    said = _said(asked) | other
    return "?" + urlencode({name: text for name, text in said.items() if text})


def _orders(asked: queries.Asked) -> list[Choice]:
    labels = ((queries.NEWEST, _("Mới nhận trước")), (queries.OLDEST_DUE, _("Hạn sớm nhất trước")))
    chosen = asked.order if asked.order == queries.OLDEST_DUE else queries.NEWEST
    return [Choice(label, _query(asked, xep=name), name == chosen) for name, label in labels]


def _states(viewer: Viewer, asked: queries.Asked) -> list[Choice]:
    counts = queries.counts(viewer)
    all_of_them = Choice(
        f"{_('Tất cả')} ({sum(counts.values())})",
        _query(asked, **{"trang-thai": ""}),
        not asked.state,
    )
    found = [
        Choice(
            f"{state_mark(state).words} ({counts[state]})",
            _query(asked, **{"trang-thai": state.value}),
            asked.state == state,
        )
        for state in LetterState
        if counts.get(state)
    ]
    return [all_of_them, *found]


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest) -> HttpResponse:
    """A letter comes in; what cannot be read says why, at its field."""
    viewer = viewer_of(request)
    units = unit_choices(viewer)
    start = {"unit": next((unit for unit, _name in units), "")}
    form = DropForm(request.POST or None, request.FILES or None, initial=start, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            brought = imports.bring_in(asked=_asked(form), by=viewer, at=clock.now())
        except RefusalError as refusal:
            form.add_error(_field(form, refusal), sentence(refusal))
        else:
            _greet(request, brought)
            return back(brought.letter.id)
    status = 422 if form.errors else 200
    return render(request, "directives/drop.html", {"form": form}, status=status)


def _asked(form: DropForm) -> imports.Asked:
    unit, original = form.cleaned_data["unit"], form.original()
    return imports.Asked(unit, original.content, original.name, is_pasted=original.is_pasted)


def _field(form: DropForm, refusal: RefusalError) -> str:
    if refusal.field in form.fields:
        return str(refusal.field)
    return form.original_field


def _greet(request: HttpRequest, brought: imports.BroughtIn) -> None:
    if brought.is_known:
        messages.info(
            request, _("Văn bản này đã được nộp trước đó. Đây là bản đang có, kèm những gì đã sửa.")
        )


@never_cache
@require_GET
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter beside what was read from it; a picture that is being read says so."""
    found = queries.letter(viewer_of(request), letter_id)
    if "HX-Request" in request.headers:
        return _poll_answer(found)
    if found.state not in READ_STATES:
        return unread(request, found)
    return letter_answer(request, found, look=_look(request))


def _poll_answer(found: ReceivedLetter) -> HttpResponse:
    """What the waiting page is told: to load itself anew once the reading has ended."""
    response = HttpResponse(status=204)
    if found.state != LetterState.WAITING:
        response["HX-Refresh"] = "true"
    return response


def unread(request: HttpRequest, found: ReceivedLetter) -> HttpResponse:
    """A letter that is being read, could not be read, or was discarded."""
    refusal = queries.refusal_of(found)
    context = {
        "letter": found,
        "mark": state_mark(found.state),
        "crumbs": _crumbs(found.original_name or _("Văn bản")),
        "is_waiting": found.state == LetterState.WAITING,
        "is_failed": found.state == LetterState.FAILED,
        "why": refusal.get(reader_language(), ""),
        "code": refusal.get("code", ""),
        "seconds": POLL_SECONDS,
        "last_day": queries.last_day_of(found),
        "may_edit": queries.may_edit(viewer_of(request), found),
    }
    return render(request, "directives/unread.html", context)


def _look(request: HttpRequest) -> Look:
    order = request.GET.get("xep", "")
    return Look(
        order=order if order in ORDERS else cards.BY_LETTER,
        editing=request.GET.get("sua", ""),
        current=request.GET.get("chon", ""),
    )


def letter_answer(
    request: HttpRequest,
    found: ReceivedLetter,
    *,
    look: Look,
    form: object = None,
    add_form: AddForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The letter's page, perhaps with a form that was refused."""
    viewer, items = viewer_of(request), queries.items_of(found)
    may_edit = queries.may_edit(viewer, found)
    editing = item_of(items, look.editing) if may_edit else None
    if editing is None or editing.kind not in FORMS:
        look, editing = Look(look.order, "", look.current), None
    page = letter_page(found, look=look, viewer=viewer, at=clock.now())
    context = {
        "page": page,
        "crumbs": _crumbs(page.crumb or _("Văn bản")),
        "form": form or _form_of(editing),
        "editing": editing,
        "is_task": editing is not None and editing.kind is ItemKind.TASK,
        "quick": None if editing or not may_edit else _quick(page, items),
        "add_form": add_form or AddForm(tasks=page.others, auto_id="them_%s"),
        "is_adding": add_form is not None,
        "deadline_kind": DEADLINE,
    }
    return render(request, "directives/letter.html", context, status=status)


def _form_of(editing: Item | None) -> object:
    if editing is None:
        return None
    kind = FORMS[editing.kind]
    return kind(initial={**kind.initial_of(editing.value), "version": editing.version})


def _quick(page: LetterPage, items: tuple[Item, ...]) -> dict[str, object] | None:
    """The deadline's fields, open at once where the deadline is what is doubtful."""
    key = next((c.key for g in page.groups for c in g.cards if c.is_current and c.is_open), "")
    item = item_of(items, key)
    if item is None or not doubts(item) or not _is_about_time(item):
        return None
    initial = {**DeadlineForm.initial_of(item.value), "version": item.version}
    return {"key": key, "form": DeadlineForm(initial=initial, auto_id="han_%s")}


def _is_about_time(item: Item) -> bool:
    deadline = item.value.get("deadline") or {}
    return bool(deadline.get("evidence")) or is_endless(deadline)


def _crumbs(last: str) -> list[Link]:
    return [Link(_("Văn bản đến"), reverse("directives-list")), Link(last)]


@require_GET
def original(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The file that was brought, byte for byte."""
    viewer = viewer_of(request)
    found = queries.letter(viewer, letter_id)
    content = actions.hand_out_original(letter=found, by=viewer, at=clock.now())
    response = HttpResponse(content, content_type="application/octet-stream")
    ending = found.original_name.rpartition(".")[2].lower() if "." in found.original_name else "txt"
    name = f"van-ban-goc.{ending}" if ending.isascii() and ending.isalnum() else "van-ban-goc"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def read_again(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Try once more to read a picture."""
    actions.read_again(letter_id=letter_id, by=viewer_of(request), at=clock.now())
    messages.info(request, _("Đang đọc lại. Trang này tự cập nhật khi đọc xong."))
    return back(letter_id)


@require_POST
def discard(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Take a letter that was brought by mistake out of sight."""
    actions.discard_letter(letter_id=letter_id, by=viewer_of(request), at=clock.now())
    messages.info(
        request, _("Đã bỏ văn bản khỏi danh sách. Trong 30 ngày còn mở lại được ở trang này.")
    )
    return back(letter_id)


@require_POST
def restore(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Bring a discarded letter back."""
    actions.restore_letter(letter_id=letter_id, by=viewer_of(request), at=clock.now())
    messages.success(request, _("Đã mở lại văn bản."))
    return back(letter_id)
