"""Officers' pages of forms: versions and their states, what is missing, preview, comparison."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.accounts.queries.glass import names
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import REFUSED_INPUT, MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.declarations.actions import form_versions as actions
from vungxanh.declarations.forms.form_versions import FormFile
from vungxanh.declarations.queries import forms as queries
from vungxanh.declarations.values.forms import FormVersion
from vungxanh.declarations.values.states import FormState
from vungxanh.declarations.views import form_versions_shown as shown
from vungxanh.engines.forms import to_data
from vungxanh.engines.forms.fhir import to_fhir
from vungxanh.refusals import RefusalError

_STATUS = {
    FormState.DRAFT: "draft",
    FormState.PUBLISHED: "active",
    FormState.RETIRED: "retired",
}


@never_cache
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Every version of every form, with its state and how whole it is in each language."""
    versions = queries.versions()
    rows = [
        {
            "version": one,
            "title": shown.title_of(one),
            "state": shown.state_mark(one.state),
            "languages": shown.shown_languages(one.form),
        }
        for one in versions
    ]
    return render(request, "declarations/forms/list.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """A version as a file, kept as a draft."""
    form = FormFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.content()
            made = actions.add_form(data=data, by=viewer_of(request), at=clock.now())
        except RefusalError as refusal:
            form.add_error("file", refusal.words.in_language(reader_language()))
        else:
            messages.success(request, _("Đã lưu bản nháp. Xem trước rồi đưa vào dùng."))
            return redirect("declarations-form_version", made)
    status = REFUSED_INPUT if form.is_bound and form.errors else 200
    return render(request, "declarations/forms/bring.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, version_id: int) -> HttpResponse:
    """One version: languages, preview, what differs; put into use, taken out, thrown away."""
    version = _version(version_id)
    page = partial(_version_page, request)
    if request.method != "POST":
        return page(version)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise MissingError
    try:
        act(version_id=version_id, by=viewer_of(request), at=clock.now())
    except RefusalError as refusal:
        return page(_version(version_id), refusal=refusal)
    messages.success(request, _("Đã ghi."))
    if act is actions.discard_form:
        return redirect("declarations-form_versions")
    return redirect("declarations-form_version", version_id)


@require_GET
def file(request: HttpRequest, version_id: int) -> HttpResponse:
    """One version as a file: our JSON, or FHIR with `dang=fhir`."""
    version = _version(version_id)
    is_fhir = request.GET.get("dang") == "fhir"
    status = _STATUS[version.state]
    data = to_fhir(version.form, status=status) if is_fhir else to_data(version.form)
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"{version.form.id}-{version.form.version}{'.fhir' if is_fhir else ''}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _version_page(
    request: HttpRequest, version: FormVersion, *, refusal: RefusalError | None = None
) -> HttpResponse:
    others = shown.others(version, queries.versions())
    compared = _compared(request, others)
    language = request.GET.get("ngon-ngu", "")
    language = language if language in version.form.languages else version.form.languages[0]
    context = {
        "version": version,
        "title": shown.title_of(version),
        "state": shown.state_mark(version.state),
        "by": names([version.by]).get(version.by, _("phần mềm")),
        "languages": shown.shown_languages(version.form),
        "language": language,
        "pages": shown.preview(version.form, language),
        "others": others,
        "compared": compared,
        "differences": shown.shown_differences(compared, version) if compared else [],
        "in_use": next((one for one in others if one.state is FormState.PUBLISHED), None),
        "refusal": refusal.words.in_language(reader_language()) if refusal else "",
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "declarations/forms/version.html", context, status=status)


def _compared(request: HttpRequest, others: list[FormVersion]) -> FormVersion | None:
    """The version that was chosen, else the one in use, else the newest other one."""
    chosen = request.GET.get("so-voi", "")
    order = [
        *(one for one in others if str(one.id) == chosen),
        *(one for one in others if one.state is FormState.PUBLISHED),
        *others,
    ]
    return order[0] if order else None


def _version(version_id: int) -> FormVersion:
    """The version of an address; a number that no version has is missing."""
    if version_id > _MOST_ID:
        raise MissingError
    return queries.version_of(version_id)


_MOST_ID = 32_767
_ACTS = {
    "publish": actions.publish_form,
    "retire": actions.retire_form,
    "discard": actions.discard_form,
}
