"""A site with one hole of each kind, for tests alone: the attacks must find every one of them."""

import socket
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import openpyxl
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.views.decorators.csrf import csrf_exempt

from vungxanh.accounts.models import Staff
from vungxanh.config.urls import urlpatterns as product
from vungxanh.core.access import OPEN, SIGNED_IN, page
from vungxanh.core.errors import MissingError

WORKBOOK = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ASKING = '<form method="post"><input type="text" name="name"><input type="file" name="file"></form>'
FORM = '<form method="post"><input type="text" name="name"></form>'


def without_a_check_of_the_unit(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Shows whatever is asked for."""
    if not Staff.objects.filter(pk=staff_id).exists():
        raise MissingError
    return HttpResponse("found")


def without_the_capability(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Writes for anybody who is signed in."""
    if request.method == "POST":
        Staff.objects.filter(pk=staff_id).update(name="changed")
    return HttpResponse(FORM)


def trusting_the_form(request: HttpRequest) -> HttpResponse:
    """Writes to the row that a hidden field names."""
    if request.POST.get("hidden_id"):
        Staff.objects.filter(pk=request.POST["hidden_id"]).update(name="changed")
    return HttpResponse(FORM)


def taking_every_field(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Writes whatever fields it is sent."""
    if request.method == "POST":
        Staff.objects.filter(pk=staff_id).update(roles=request.POST.getlist("roles"))
    return HttpResponse(FORM)


def without_escaping(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Shows a stored name as markup."""
    name = Staff.objects.get(pk=staff_id).name
    return HttpResponse(Template("<p>{{ name|safe }}</p>").render(Context({"name": name})))


def a_formula_in_a_table(request: HttpRequest) -> HttpResponse:
    """Writes a cell that a spreadsheet would run."""
    return HttpResponse("name;n\n=cmd|'x';1\n", content_type="text/csv")


def leading_anywhere(request: HttpRequest) -> HttpResponse:
    """Follows the address of a parameter."""
    return HttpResponseRedirect(request.GET.get("next", "/"))


def opening_any_file(request: HttpRequest, name: str) -> HttpResponse:
    """Opens a file by a part of the address."""
    asked = Path("/usr/share") / name
    return HttpResponse(asked.read_bytes() if asked.is_file() else b"")


def writing_on_get(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Writes when it is looked at."""
    Staff.objects.filter(pk=staff_id).update(name="looked at")
    return HttpResponse("done")


@csrf_exempt
def without_a_token(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Writes without the token of its page."""
    return without_the_capability(request, staff_id)


def keeping_the_session(request: HttpRequest) -> HttpResponse:
    """Signs in without a new session."""
    request.session["signed_in"] = "yes"
    return HttpResponse("welcome")


def of_somebody(request: HttpRequest) -> HttpResponse:
    """A page of whoever is signed in."""
    return HttpResponse("mine")


def keeping_words(request: HttpRequest) -> HttpResponse:
    """Shows a name and the name of a file as they were sent."""
    file = request.FILES.get("file")
    name = request.META.get("HTTP_X_NAME", "") or (str(file.name) if file else "")
    return HttpResponse(name + request.POST.get("name", "") + ASKING)


def asking_elsewhere(request: HttpRequest) -> HttpResponse:
    """Fetches the address that a field holds."""
    with suppress(OSError):
        where = urlsplit(request.POST.get("name", ""))
        socket.create_connection((where.hostname, where.port or 80), timeout=1)
    return HttpResponse(ASKING)


@csrf_exempt
def reading_thousands(request: HttpRequest) -> HttpResponse:
    """Reads every field that it is sent, however many."""
    return HttpResponse(f"read {len(request.body)}")


def a_formula_in_a_workbook(request: HttpRequest) -> HttpResponse:
    """Writes a formula into an XLSX file."""
    book, content = openpyxl.Workbook(), BytesIO()
    book.worksheets[0]["B2"] = "=cmd|'x'"
    book.save(content)
    return HttpResponse(content.getvalue(), content_type=f"application/{WORKBOOK}")


def letting_caches_keep(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware that lets anything in between keep every page."""

    def kept(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        answer["Cache-Control"] = "public, max-age=600"
        return answer

    return kept


urlpatterns = [
    page("ho/don-vi/<uuid:staff_id>/", without_a_check_of_the_unit, name="h1", needs=SIGNED_IN),
    page("ho/quyen/<uuid:staff_id>/", without_the_capability, name="h2", needs=SIGNED_IN),
    page("ho/truong-an/", trusting_the_form, name="h3", needs=SIGNED_IN),
    page("ho/moi-truong/<uuid:staff_id>/", taking_every_field, name="h4", needs=SIGNED_IN),
    page("ho/chu/<uuid:staff_id>/", without_escaping, name="h5", needs=SIGNED_IN),
    page("ho/bang/", a_formula_in_a_table, name="h6", needs=SIGNED_IN),
    page("ho/dan/", leading_anywhere, name="h7", needs=OPEN),
    page("ho/tep/<path:name>", opening_any_file, name="h8", needs=SIGNED_IN),
    page("ho/xem/<uuid:staff_id>/", writing_on_get, name="h9", needs=SIGNED_IN),
    page("ho/the/<uuid:staff_id>/", without_a_token, name="h10", needs=SIGNED_IN),
    page("ho/phien/", keeping_the_session, name="h11", needs=OPEN),
    page("ho/nho/", of_somebody, name="h12", needs=SIGNED_IN),
    page("ho/loi/", keeping_words, name="h13", needs=SIGNED_IN),
    page("ho/goi/", asking_elsewhere, name="h14", needs=SIGNED_IN),
    page("ho/nhieu/", reading_thousands, name="h15", needs=SIGNED_IN),
    page("ho/so-tinh/", a_formula_in_a_workbook, name="h16", needs=SIGNED_IN),
    *product,
]
