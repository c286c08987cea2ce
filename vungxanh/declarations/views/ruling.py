"""Officers' pages of the rules: what is in force, a draft with its trial, approval by another."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from vungxanh.accounts.queries.glass import names
from vungxanh.accounts.values.purposes import SEE_PERSONS
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import REFUSED_INPUT, MissingError, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.actions import ruling as actions
from vungxanh.declarations.forms.ruling import FileForm, OverrideForm
from vungxanh.declarations.queries import ruling as queries
from vungxanh.declarations.values.ruling import RulesVersion
from vungxanh.declarations.views import ruling_shown as shown
from vungxanh.engines.decisions import in_force, to_data
from vungxanh.refusals import RefusalError


@never_cache
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What judges today in a place, in words; its examples; drafts and former versions."""
    viewer, today = viewer_of(request), clock.today()
    province = shown.place_of(viewer, request.GET.get("tinh"))
    rules = queries.rules_on(province, today)
    versions = queries.rules_versions(viewer)
    people = names(one.by for one in versions)
    context = {
        "province": province,
        "place": shown.unit_name(province) or _("Cả nước"),
        "places": shown.places(viewer),
        "rules": shown.shown_rules(rules, province=province, on=today),
        "source": rules.source,
        "examples": shown.shown_examples(rules, province),
        "today": today,
        "may_change": queries.may_change(viewer, province),
        "versions": [
            {
                "version": one,
                "place": shown.unit_name(one.province) or _("Cả nước"),
                "state": shown.state_mark(one, today),
                "by": people.get(one.by, one.by),
            }
            for one in versions
        ],
    }
    return render(request, "declarations/ruling/list.html", context)


@require_GET
def file(request: HttpRequest) -> HttpResponse:
    """The rules of a place as a file: its own, or those of the country."""
    viewer, today = viewer_of(request), clock.today()
    province = shown.place_of(viewer, request.GET.get("tinh"))
    own = queries.own_rules_on(province, today)
    found = own or queries.country_rules_on(today)
    response = JsonResponse(to_data(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = province.replace(":", "-") or "ca-nuoc"
    response["Content-Disposition"] = f'attachment; filename="quy-tac-{name}.json"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule otherwise from a day: saved as a draft that another approves."""
    viewer, today = viewer_of(request), clock.today()
    province = shown.place_of(viewer, request.GET.get("tinh"))
    rules = queries.rules_on(province, today)
    listed_rules = in_force(rules, on=today, province=province)
    found = next((one for one in listed_rules if one.id == rule), None)
    if found is None:
        raise MissingError
    form = OverrideForm(request.POST or None, rule=found, rules=rules, language=reader_language())
    page = partial(
        _form_page, request, form, rule=shown.shown_rule(found, rules), province=province
    )
    if request.method != "POST" or not form.is_valid():
        return page(status=REFUSED_INPUT if form.errors else 200)
    try:
        made = actions.draft_override(
            province=province,
            override=form.override(),
            starts_on=form.day(),
            by=viewer,
            at=clock.now(),
        )
    except RefusalError as refusal:
        return page(refusal=refusal, status=status_of(refusal))
    return _drafted(request, made)


@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Rules as a file, saved as a draft that another approves."""
    viewer = viewer_of(request)
    province = shown.place_of(viewer, request.GET.get("tinh"))
    form = FileForm(request.POST or None, request.FILES or None)
    page = partial(_form_page, request, form, rule=None, province=province)
    if request.method != "POST" or not form.is_valid():
        return page(status=REFUSED_INPUT if form.errors else 200)
    try:
        made = actions.draft_file(
            province=province, data=form.brought(), starts_on=form.day(), by=viewer, at=clock.now()
        )
    except RefusalError as refusal:
        return page(refusal=refusal, status=status_of(refusal))
    return _drafted(request, made)


@never_cache
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, rules_id: int) -> HttpResponse:
    """One version: what differs, whom it would change; tried, approved, discarded, taken back."""
    viewer, at = viewer_of(request), clock.now()
    version = queries.rules_version(rules_id, viewer=viewer)
    if request.method != "POST":
        return _version_page(request, version, viewer)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise MissingError
    try:
        act(rules_id=rules_id, by=viewer, at=at)
    except RefusalError as refusal:
        return _version_page(request, version, viewer, refusal=refusal)
    messages.success(request, _("Đã ghi."))
    if act is actions.discard_rules:
        return redirect("declarations-rules")
    return redirect("declarations-rules_version", rules_id)


def _version_page(
    request: HttpRequest,
    version: RulesVersion,
    viewer: Viewer,
    *,
    refusal: RefusalError | None = None,
) -> HttpResponse:
    today = clock.today()
    day = max(version.starts_on or today, today)
    people = names(one for one in (version.by, version.approved_by) if one)
    before, after = queries.before_and_after(version, version.province, day)
    context = {
        "version": version,
        "place": shown.unit_name(version.province) or _("Cả nước"),
        "state": shown.state_mark(version, today),
        "by": people.get(version.by, version.by),
        "approved_by": people.get(version.approved_by, version.approved_by),
        "differs": shown.differing(before, after, province=version.province, on=day),
        "examples": shown.changed_examples(before, after, province=version.province, on=day),
        "units": shown.shown_units(version.trial) if version.trial else [],
        "is_own": version.by == viewer.id,
        "may_change": queries.may_change(viewer, version.province),
        "may_see": viewer.may(SEE_PERSONS),
        "goes_on": bool(version.trial and not version.trial.is_done),
        "refusal": refusal.words.in_language(reader_language()) if refusal else "",
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "declarations/ruling/version.html", context, status=status)


def _form_page(
    request: HttpRequest,
    form: OverrideForm | FileForm,
    *,
    rule: shown.ShownRule | None,
    province: str,
    status: int = 200,
    refusal: RefusalError | None = None,
) -> HttpResponse:
    if refusal is not None:
        field = refusal.field if refusal.field in form.fields else None
        where = f" ({refusal.where})" if refusal.where else ""
        form.add_error(field, refusal.words.in_language(reader_language()) + where)
    place = shown.unit_name(province) or _("Cả nước")
    context = {"form": form, "rule": rule, "province": province, "place": place}
    return render(request, "declarations/ruling/form.html", context, status=status)


def _drafted(request: HttpRequest, rules_id: int) -> HttpResponse:
    messages.success(request, _("Đã lưu bản nháp. Chạy thử để biết sẽ đổi màu của ai."))
    return redirect("declarations-rules_version", rules_id)


_ACTS = {
    "try": actions.try_rules,
    "approve": actions.approve_rules,
    "discard": actions.discard_rules,
    "end": actions.end_rules,
}
