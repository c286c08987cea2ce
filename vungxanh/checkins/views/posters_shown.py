"""Jobs as pages show them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from vungxanh.checkins.models import PosterJob
from vungxanh.checkins.values import poster_refusals as refusals
from vungxanh.checkins.values.posters import (
    FORM_WORDS,
    KEPT_DAYS,
    LANGUAGE_WORDS,
    STATE_WORDS,
    JobState,
)
from vungxanh.documents.posters import Form, Language

TONES: Final = {
    JobState.WAITING: "info",
    JobState.RUNNING: "info",
    JobState.DONE: "ok",
    JobState.CANCELLED: "none",
    JobState.FAILED: "bad",
}
_FAULTS: Final = {
    fault.code: fault.words for fault in (refusals.press_stopped(), refusals.posters_not_kept())
}


@dataclass(frozen=True, slots=True)
class ShownJob:
    """A job in words; `fault` is empty unless it could not go on."""

    id: UUID
    tone: str
    state: str
    form: str
    language: str
    n_done: int
    n_all: int
    at: datetime
    until: datetime
    fault: str
    is_done: bool
    chosen: str = ""
    copies: int = 1
    percent: int = 0


def shown_job(row: PosterJob, lang: str) -> ShownJob:
    """A job as its line and its page show it."""
    state = JobState(row.state)
    words = _FAULTS.get(row.fault, refusals.press_stopped().words) if row.fault else None
    asked = {} if "asked" in row.get_deferred_fields() else row.asked
    return ShownJob(
        id=row.pk,
        tone=TONES[state],
        state=STATE_WORDS[state].in_language(lang),
        form=FORM_WORDS[Form(row.form)].in_language(lang),
        language=LANGUAGE_WORDS[Language(row.language)].in_language(lang),
        n_done=row.n_done,
        n_all=row.n_all,
        at=row.at,
        until=row.at + timedelta(days=KEPT_DAYS),
        fault=words.in_language(lang) if words else "",
        is_done=state is JobState.DONE,
        chosen=asked.get("filter", ""),
        copies=asked.get("copies", 1),
        percent=row.n_done * 100 // max(row.n_all, 1),
    )
