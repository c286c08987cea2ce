"""The log for auditors and administrators."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from vungxanh.audit.actions import record_seen
from vungxanh.audit.forms import FilterForm
from vungxanh.audit.pages import Speech, told
from vungxanh.audit.queries import (
    Filter,
    MonthCount,
    counted_by_purpose,
    detail_words,
    events,
    kept_seal,
    last_seal,
    purpose_words,
    reference_words,
    signed_days,
    waiting,
)
from vungxanh.audit.rules import fingerprint, public_pem
from vungxanh.audit.values import SOMEBODY, Entry
from vungxanh.core import clock
from vungxanh.core.access import viewer_of
from vungxanh.core.errors import MissingError
from vungxanh.core.paging import whole_or_none
from vungxanh.core.preferences import reader_language

# How a staff account is named in the log; its card is the page of that name.
STAFF = "staff:"
# Counts go back so far where no first day is asked for; signatures are shown for so many days.
COUNT_DAYS = 366
N_DAYS = 7
# How a printed seal is held against the log here, and its signature checked anywhere.
OWN_CHECK = "vungxanh audit verify --seal seal.txt"
OTHER_CHECK = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in day.txt -sigfile day.sig"


@never_cache
@require_GET
def audit_log(request: HttpRequest) -> HttpResponse:
    """A page of the log; that it was read is itself recorded."""
    viewer = viewer_of(request)
    form = FilterForm(request.GET)
    wanted = Filter(**form.cleaned_data) if form.is_valid() else None
    speech = Speech(reader_language(), purpose_words(), detail_words())
    context = {
        "form": form,
        "purposes": [(code, speech.purpose(code)) for code in speech.purposes],
        **_found(request, wanted, speech),
        "seal": last_seal(viewer=viewer),
        "days": signed_days(viewer=viewer, most=N_DAYS),
        "waiting": waiting(),
    }
    return render(request, "audit/log.html", context)


@never_cache
@require_GET
def audit_day(request: HttpRequest, day: str) -> HttpResponse:
    """One day's seal, to be printed and kept elsewhere."""
    viewer, wanted = viewer_of(request), _day(day)
    kept = kept_seal(wanted, viewer=viewer) if wanted else None
    if kept is None:
        raise MissingError
    said, at = kept.statement, clock.now()
    record_seen(event="audit.seen", by=viewer, at=at, subject=f"day:{said.day}", n_rows=0)
    context = {
        "day": said.day,
        "said": said,
        "n_rows": said.last_position - said.first_position + 1,
        "signed_at": datetime.fromisoformat(said.signed),
        "head": said.head.hex(),
        "signature": kept.signature.hex(),
        "key": kept.key.hex(),
        "fingerprint": fingerprint(kept.key),
        "lines": kept.text.splitlines(),
        "pem": public_pem(kept.key).splitlines(),
        "own_check": OWN_CHECK,
        "other_check": (f"echo {kept.signature.hex()} | xxd -r -p > day.sig", OTHER_CHECK),
    }
    return render(request, "audit/day.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _found(request: HttpRequest, wanted: Filter | None, speech: Speech) -> dict[str, object]:
    """Rows and counts; nothing where it is not clear what was asked for."""
    if wanted is None:
        return {"is_asked": False}
    viewer, asked = viewer_of(request), request.GET
    page = events(wanted, viewer=viewer, before=whole_or_none(asked.get("before", "")))
    about = wanted.subject or wanted.by or "audit"
    record_seen(event="audit.seen", by=viewer, at=clock.now(), subject=about, n_rows=len(page.rows))
    counts = counted_by_purpose(_within_a_year(wanted), viewer=viewer)
    return {
        "is_asked": True,
        "rows": [_row(entry, asked, speech) for entry in page],
        "counts": _counts(counts, asked, speech),
        "next_query": _next_query(request, page.next_before),
    }


def _within_a_year(wanted: Filter) -> Filter:
    until = wanted.until or clock.today()
    return replace(wanted, since=wanted.since or until - timedelta(days=COUNT_DAYS))


def _row(entry: Entry, asked: QueryDict, speech: Speech) -> dict[str, object]:
    return {
        "at": entry.at,
        "event": entry.event,
        "event_query": _narrowed(asked, event=entry.event),
        "words": entry.words.in_language(speech.language),
        "by": entry.by,
        "who": _somebody(entry.by, speech.language),
        "by_query": _narrowed(asked, by=entry.by),
        "staff_id": _staff_id(entry.by),
        "subject": entry.subject,
        "about": reference_words(entry.subject, language=speech.language),
        "subject_query": _narrowed(asked, subject=entry.subject),
        "purpose": speech.purpose(entry.purpose),
        "purpose_query": _narrowed(asked, purpose=entry.purpose),
        "detail": told(entry.detail, speech),
    }


def _staff_id(by: str) -> UUID | None:
    """Whose card a row leads to; a row that names no account leads nowhere."""
    try:
        return UUID(by.removeprefix(STAFF)) if by.startswith(STAFF) else None
    except ValueError:
        return None


def _counts(
    counts: tuple[MonthCount, ...], asked: QueryDict, speech: Speech
) -> list[dict[str, object]]:
    """Newest month first."""
    return [
        {
            "month": f"{count.month:%m/%Y}",
            "purpose": speech.purpose(count.purpose),
            "n": count.n,
            "query": _narrowed(
                asked,
                purpose=count.purpose,
                since=count.month.isoformat(),
                until=_last_of(count.month).isoformat(),
            ),
        }
        for count in sorted(counts, key=lambda one: (-one.month.toordinal(), one.purpose))
    ]


def _last_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _narrowed(asked: QueryDict, **parts: str) -> str:
    """The address of the same list with these parts too, from its newest row on."""
    query = QueryDict(mutable=True)
    known = {name: str(asked[name]) for name in FilterForm.base_fields if asked.get(name)}
    query.update({**known, **parts})
    return query.urlencode()


def _somebody(by: str, language: str) -> str:
    known = SOMEBODY.get(by)
    return known.in_language(language) if known else reference_words(by, language=language)


def _next_query(request: HttpRequest, before: int | None) -> str:
    if before is None:
        return ""
    query = request.GET.copy()
    query["before"] = str(before)
    return query.urlencode()
