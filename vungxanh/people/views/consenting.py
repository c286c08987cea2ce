"""The text that a page asks agreement to, where no law in force stands in; a box never ticked."""

from django.http import HttpRequest

from vungxanh.core import clock
from vungxanh.core.access import citizen_of
from vungxanh.core.preferences import reader_language
from vungxanh.people import actions
from vungxanh.people.gateways.phones import device_of
from vungxanh.people.queries.consents import may_take
from vungxanh.people.values.consents import Consenting, texts


def asked_for(request: HttpRequest, purpose: Consenting) -> dict[str, object] | None:
    """The text to show with its box; None where it was agreed to or need not be asked for."""
    if may_take(device_of(request), purpose, clock.now()):
        return None
    text, language = texts()[purpose], reader_language()
    parts = ("name", "text", "data", "who", "ends")
    words = {part: getattr(text, part).in_language(language) for part in parts}
    return {**words, "purpose": str(purpose), "version": text.version}


def is_agreed(request: HttpRequest, purpose: Consenting) -> bool:
    """Whether the data may be taken now; a box that was ticked is recorded first."""
    device, at = device_of(request), clock.now()
    if may_take(device, purpose, at):
        return True
    version = texts()[purpose].version
    if request.POST.get(f"agree-{purpose}") != str(version):
        return False
    actions.give_consent(
        device=device,
        purpose=purpose,
        version=version,
        language=reader_language(),
        by=citizen_of(request),
        at=at,
    )
    return True
