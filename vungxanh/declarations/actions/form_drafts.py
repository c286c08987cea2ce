"""What somebody has said so far on the pages without scripts, kept until it is sent."""

import json
from datetime import datetime

from vungxanh.declarations.models import Draft
from vungxanh.declarations.models.asking import DRAFT_KEPT
from vungxanh.declarations.values.drafts import DraftOf, SaidSoFar


def keep_draft(*, of: DraftOf, said: SaidSoFar, at: datetime) -> None:
    """Keep what was said in place of what was said before."""
    content = json.dumps(
        {
            "answers": dict(said.answers),
            "lang": said.lang,
            "point": said.point,
            "asks_known": said.asks_known,
        },
        ensure_ascii=False,
    )
    Draft.objects.update_or_create(
        device_id=of.device_id,
        person_id=of.person_id,
        questionnaire_id=of.form_id,
        defaults={"answers": content, "at": at},
    )


def drop_draft(*, of: DraftOf) -> None:
    """Forget what somebody said so far."""
    Draft.objects.filter(
        device_id=of.device_id, person_id=of.person_id, questionnaire_id=of.form_id
    ).delete()


def forget_drafts(*, at: datetime) -> int:
    """Forget drafts that nobody wrote on for a week; how many."""
    return Draft.objects.filter(at__lt=at - DRAFT_KEPT.period).delete()[0]
