"""Corrected readings kept as examples for the reader's own tests, and withdrawn."""

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.directives import queries
from vungxanh.directives.actions.letters import locked, must_be_read
from vungxanh.directives.actions.refusals import must_own
from vungxanh.directives.models import FixtureCandidate
from vungxanh.directives.rules import corrected


def keep_candidate(*, letter_id: UUID, by: Viewer, at: datetime) -> FixtureCandidate:
    """Keep the reading as it stands now as an example; twice is once. Audit: candidate_kept."""
    with transaction.atomic():
        letter = must_be_read(locked(letter_id, by=by))
        standing = queries.standing_candidate(letter)
        if standing is not None:
            return standing
        whole = corrected(queries.reading_of(letter), queries.items_of(letter))
        kept = FixtureCandidate.objects.create(
            letter=letter,
            letter_version=letter.version,
            expected=json.dumps(whole, ensure_ascii=False, indent=1),
            text=letter.text,
            reader=letter.reader,
            n_changes=letter.version,
            kept_at=at,
            kept_by=by.id,
        )
        record(event="directives.candidate_kept", by=by, at=at, subject=_subject(kept))
    return kept


def withdraw_candidate(*, candidate_id: UUID, by: Viewer, at: datetime) -> None:
    """Take an example back and forget its content. Audit: candidate_withdrawn."""
    with transaction.atomic():
        found = queries.candidate(by, candidate_id)
        must_own(found.letter, by=by)
        kept = FixtureCandidate.objects.select_for_update().get(id=found.id)
        if kept.withdrawn_at is not None:
            return
        FixtureCandidate.objects.filter(id=kept.id).update(
            expected="", text="", withdrawn_at=at, withdrawn_by=by.id
        )
        record(event="directives.candidate_withdrawn", by=by, at=at, subject=_subject(kept))


def hand_out_candidate(*, candidate: FixtureCandidate, by: Viewer, at: datetime) -> None:
    """Note that somebody took an example away. Audit: candidate_downloaded."""
    with transaction.atomic():
        record(event="directives.candidate_downloaded", by=by, at=at, subject=_subject(candidate))


def _subject(kept: FixtureCandidate) -> str:
    return f"candidate:{kept.id}"
