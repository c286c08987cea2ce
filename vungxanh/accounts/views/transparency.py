"""The public page: for which purposes persons may be looked at, and how often that was done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vungxanh.accounts.queries.purposes import processing_bases, purposes, uses_by_month
from vungxanh.accounts.values.purposes import (
    LEAST_TOLD,
    CampaignBasis,
    MonthOfPurpose,
    PurposeSpec,
)
from vungxanh.core import clock
from vungxanh.core.preferences import reader_language


@require_GET
def transparency(request: HttpRequest) -> HttpResponse:
    """Purposes in force and ended ones, each with its law; uses by month, small numbers untold."""
    language, today = reader_language(), clock.today()
    found = purposes()
    words = {spec.code: spec.words.in_language(language) for spec in found}
    groups = _groups(uses_by_month(today), words)
    context = {
        "in_force": [_purpose(spec, language) for spec in found if spec.holds_on(today)],
        "others": [_purpose(spec, language) for spec in found if not spec.holds_on(today)],
        "bases": [_basis(one, language) for one in processing_bases(today)],
        "groups": groups,
        "quiet": [name for name, rows in groups if not rows],
        "today": today,
        "least": LEAST_TOLD,
    }
    return render(request, "accounts/transparency.html", context)


def _purpose(spec: PurposeSpec, language: str) -> dict[str, object]:
    return {"spec": spec, "words": spec.words.in_language(language)}


def _basis(one: CampaignBasis, language: str) -> dict[str, object]:
    return {"said": one, "words": one.words.in_language(language)}


def _groups(
    uses: tuple[MonthOfPurpose, ...], words: dict[str, str]
) -> list[tuple[str, list[dict[str, object]]]]:
    """By purpose the months of which a count is told; None stands for one too small to tell."""
    groups: dict[str, list[dict[str, object]]] = {}
    for use in uses:
        row: dict[str, object] = {
            "month": use.month,
            "seen": _told(use.n_seen),
            "exported": _told(use.n_exported),
        }
        told = groups.setdefault(use.purpose, [])
        if max(use.n_seen, use.n_exported) >= LEAST_TOLD:
            told.append(row)
    return [(words[code], rows) for code, rows in groups.items()]


def _told(n: int) -> int | None:
    return n if n >= LEAST_TOLD else None
