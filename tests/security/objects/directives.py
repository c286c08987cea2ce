"""Letters, their items and changes, and readings kept as examples."""

from tests.directives.letters import SHORT, brought, task_with
from tests.factories.people import Colleague
from tests.security.attacks import PAYLOAD, SHORT_PAYLOAD
from tests.security.doors import Thing
from vungxanh.core import clock
from vungxanh.directives.actions.candidates import keep_candidate
from vungxanh.directives.actions.items import Seen, confirm_item


def things(owner: Colleague) -> list[Thing]:
    """A letter with hostile words, one of its orders confirmed, kept as an example."""
    text = SHORT.replace("tiêm chủng (mẫu)", f"tiêm chủng {PAYLOAD}")
    letter = brought(owner.viewer, text=text, name=f"{SHORT_PAYLOAD}.txt")
    task = task_with(letter, "Báo cáo")
    by, at = owner.viewer, clock.now()
    confirm_item(letter_id=letter.id, seen=Seen(task.key, task.version), by=by, at=at)
    kept = keep_candidate(letter_id=letter.id, by=by, at=at)
    return [
        Thing("/van-ban/", "letter_id", str(letter.id)),
        Thing("/van-ban/", "key", task.key, is_secret=False),
        Thing("/van-ban/", "verb", "bo", is_secret=False),
        Thing("/van-ban/", "number", "1", is_secret=False),
        Thing("/van-ban/mau/", "candidate_id", str(kept.id)),
        Thing("/van-ban/mau/", "name", "expected.json", is_secret=False),
    ]
