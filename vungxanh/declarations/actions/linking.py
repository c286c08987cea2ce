"""Links sent by SMS: each for one person, once, a week long; only its digest is kept."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from vungxanh.accounts.actions import look
from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.core.clock import TZ
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.actions.entering import kept
from vungxanh.declarations.models import DeclarationLink
from vungxanh.declarations.values.declared import Made, Told
from vungxanh.declarations.values.links import (
    HOLDS,
    LinkOverError,
    LinkUnknownError,
    LinkUsedError,
    NoNumberError,
    OpenLink,
    initials_of,
)
from vungxanh.declarations.values.paper import ENTER
from vungxanh.declarations.values.states import Way
from vungxanh.documents.vietnamese import date
from vungxanh.messaging.actions import post
from vungxanh.messaging.values import Channel, NewMessage
from vungxanh.people.queries.officers_person import person_for
from vungxanh.people.queries.reaching import Reached, reached
from vungxanh.people.values import person_ref

LINK: Final = "declarations.link"
_BYTES = 16


def send_link(
    *, person_id: int, form: str, office: str, site: str, by: Viewer, at: datetime
) -> None:
    """Send somebody of the own area a link to declare; `by` is looking for a purpose.

    Records declarations.links_sent. Only the digest of the address stays with this room.
    """
    by.require(ENTER)
    row = person_for(by, person_id, acting=True)
    who = person_ref(row.pk)
    with transaction.atomic():
        looking = look(
            viewer=by, purpose=by.purpose, resource="declaration_link", subject=who, at=at
        )
        found = reached([row.pk], viewer=looking).get(row.pk)
        if found is None or not found.numbers:
            raise NoNumberError
        token, until = secrets.token_urlsafe(_BYTES), at + HOLDS
        link = DeclarationLink.objects.create(
            digest=digest_of(token), person_id=row.pk, form=form, at=at, by=by.id, until=until
        )
        day = date(until.astimezone(TZ).date(), found.language)
        address = f"{site.rstrip('/')}/khai/l/{token}/"
        message = NewMessage(
            kind=LINK,
            channel=Channel.SMS,
            to=found.numbers[0],
            template=LINK,
            values={"office": office[:40], "link": address, "day": day},
            language=found.language,
            about=f"link:{link.pk}",
            key=f"{LINK}:{link.pk}",
            until=until,
        )
        post(message=message, by=looking, at=at)
        detail: Detail = {"form": form, "links": 1}
        record(event="declarations.links_sent", by=looking, at=at, subject=who, detail=detail)


def open_link(*, token: str, at: datetime) -> OpenLink:
    """Whom a link is for, as little as that takes; refused where it no longer opens."""
    row = _row(token, at)
    found = reached([row.person_id], viewer=SYSTEM).get(row.person_id)
    if found is None:
        raise LinkUnknownError
    return OpenLink(row.pk, row.person_id, initials_of(found.name), row.form, _known(found))


def declare_by_link(
    *, token: str, name: str, answers: Mapping[str, object], lang: str, at: datetime
) -> Told:
    """Keep what somebody declared by a link, and end the link in the same transaction.

    Records declarations.link_used. Two at once: one is kept, the other hears that it was used.
    """
    with transaction.atomic():
        row = _row(token, at, is_locked=True)
        made = Made(
            id=new_id(),
            questionnaire=name,
            answers=answers,
            person_id=row.person_id,
            way=Way.LINK,
            lang=lang,
            device_id=None,
            by=f"link:{row.pk}",
            point=None,
            at=at,
        )
        told = kept(declare(made=(made,), at=at)[0])
        row.used_at = at
        row.save(update_fields=["used_at"])
        subject, detail = person_ref(row.person_id), {"form": row.form}
        record(event="declarations.link_used", by=SYSTEM, at=at, subject=subject, detail=detail)
    return told


def digest_of(token: str) -> bytes:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).digest()


def _known(found: Reached) -> frozenset[str]:
    said = {
        "name": found.name,
        "birth_year": found.birth_year,
        "unit": found.unit,
        "address": found.address,
    }
    return frozenset(name for name, one in said.items() if one)


def _row(token: str, at: datetime, *, is_locked: bool = False) -> DeclarationLink:
    rows = DeclarationLink.objects.select_for_update() if is_locked else DeclarationLink.objects
    row = rows.filter(digest=digest_of(token)).first()
    if row is None:
        raise LinkUnknownError
    if row.used_at is not None:
        raise LinkUsedError
    if row.until <= at:
        raise LinkOverError
    return row
