"""What somebody ill is told of their own care, on their own phone."""

from django.utils.translation import gettext as _

from vungxanh.core.preferences import reader_language
from vungxanh.core.shown import Mark
from vungxanh.declarations.queries.cares import OwnCare, own_care
from vungxanh.declarations.queries.citizen_results import Result
from vungxanh.declarations.values.care import RESULT_WORDS
from vungxanh.declarations.values.states import CareResult, CareState
from vungxanh.documents import vietnamese


def care_words(result: Result) -> dict[str, object] | None:
    """The mark and the sentence of a declaration's care; none where there is no care yet."""
    found = own_care(result.id, result.person_id)
    return {"mark": _mark(found), "lines": _lines(found)} if found else None


def _mark(care: OwnCare) -> Mark:
    if care.state is CareState.CALLING:
        return Mark("info", _("cán bộ đang gọi cho bạn"), icon="phone")
    if care.state is CareState.OPEN:
        return Mark("warn", _("chờ trạm y tế gọi"), icon="clock")
    return Mark("ok", _("trạm y tế đã gọi"))


def _lines(care: OwnCare) -> list[str]:
    language = reader_language()
    if care.state in {CareState.OPEN, CareState.CALLING}:
        until = vietnamese.moment(care.due_at, language)
        told = [_("Bạn được gọi trước %(until)s. Để máy bên mình.") % {"until": until}]
        if care.raised_to:
            told.append(_("%(unit)s đang lo việc này.") % {"unit": care.raised_to})
        if care.result is CareResult.NOT_REACHED:
            told.append(
                _("Cán bộ đã gọi mà chưa gặp bạn; sẽ gọi lại. Bạn gọi trạm y tế cũng được.")
            )
        return told
    words = RESULT_WORDS[care.result].in_language(language) if care.result else ""
    at = vietnamese.moment(care.called_at, language)
    told = [_("%(result)s, lúc %(at)s.") % {"result": words, "at": at}]
    if care.follow_on:
        day = vietnamese.date(care.follow_on, language)
        told.append(_("Cán bộ gọi lại ngày %(day)s.") % {"day": day})
    return told
