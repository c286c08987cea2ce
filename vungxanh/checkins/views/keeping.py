"""Naming keepers of a point and taking that back: the same for owners and for officers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from vungxanh.checkins.actions.keeping import end_keeper, name_keeper
from vungxanh.checkins.forms.keepers import KeeperForm
from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.keepers import keepers_of
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.core import clock
from vungxanh.core.errors import REFUSED_INPUT, status_of
from vungxanh.core.preferences import reader_language
from vungxanh.core.viewer import Viewer
from vungxanh.refusals import RefusalError


def named(request: HttpRequest, form: KeeperForm, point: Point, *, by: Viewer) -> int | None:
    """Name whom the form says; else the status of the page that says at the field why not."""
    if not form.is_valid():
        return REFUSED_INPUT
    try:
        name_keeper(point=point, who=form.cleaned_data["who"], by=by, at=clock.now())
    except RefusalError as refusal:
        form.add_error("who", refusal.words.in_language(reader_language()))
        return status_of(refusal)
    messages.success(request, _("Đã giao quyền trực. Thôi quyền lúc nào cũng được."))
    return None


def take_back(request: HttpRequest, point: Point, keeper_id: UUID, *, by: Viewer) -> None:
    """Take the right of a keeper back, and say so unless it was over."""
    if end_keeper(point=point, keeper_id=keeper_id, by=by, at=clock.now()):
        messages.success(request, _("Đã thôi quyền trực. Người đó không còn thấy điểm."))


def shown(point: Point, form: KeeperForm, *, whole: bool) -> dict[str, object]:
    """What the page of keepers shows; their numbers `whole` or masked."""
    return {
        "point": point,
        "is_living": point.state in LIVING,
        "keepers": keepers_of(point, whole=whole),
        "form": form,
    }
