"""What somebody has said so far on the pages without scripts."""

import json

from vungxanh.declarations.models import Draft
from vungxanh.declarations.values.drafts import DraftOf, SaidSoFar


def draft_of(of: DraftOf) -> SaidSoFar | None:
    """What was said, None where nothing is kept. One query."""
    row = Draft.objects.filter(
        device_id=of.device_id, person_id=of.person_id, questionnaire_id=of.form_id
    ).first()
    if row is None:
        return None
    told = json.loads(row.answers)
    return SaidSoFar(
        answers=told.get("answers", {}),
        lang=str(told.get("lang", "")),
        point=str(told.get("point", "")),
        asks_known=bool(told.get("asks_known")),
    )
