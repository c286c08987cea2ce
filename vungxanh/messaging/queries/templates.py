"""Templates: what rooms publish, and the versions that are or were in force."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path

from django.apps import apps
from django.conf import settings

from vungxanh.core.viewer import Viewer
from vungxanh.messaging.models import TemplateText
from vungxanh.messaging.queries.outbox import CAPABILITY
from vungxanh.messaging.rules import Channel, Grade
from vungxanh.messaging.rules.segments import Form, chosen_form
from vungxanh.messaging.values import Template, Version, Wording, read_templates

OWN = Path(__file__).resolve().parents[1] / "published" / "templates.toml"


@cache
def published() -> dict[str, Template]:
    """Every template that a room publishes (`message_templates` of its AppConfig); no query."""
    told = (getattr(config, "message_templates", None) for config in apps.get_app_configs())
    listed = [one for registered in told if registered is not None for one in registered()]
    return {one.code: one for one in (*read_templates(OWN.read_text("utf-8")), *listed)}


def versions(code: str) -> tuple[Version, ...]:
    """Every version of one template that was ever in force, the newest first; one query."""
    rows = TemplateText.objects.filter(code=code).order_by("-version", "channel", "-language")
    return _grouped(rows)


def templates(viewer: Viewer) -> tuple[tuple[Template, Version | None], ...]:
    """Every template with the version in force, None where none was used yet; one query."""
    viewer.require(CAPABILITY)
    rows = TemplateText.objects.order_by("code", "-version", "channel", "-language")
    newest: dict[str, Version] = {}
    for version in _grouped(rows):
        newest.setdefault(version.code, version)
    return tuple((one, newest.get(code)) for code, one in sorted(published().items()))


def sms_form(text: str) -> Form:
    """An SMS as this installation sends it, and its parts; no query."""
    return chosen_form(text, prefers_unaccented=not settings.OUTGOING.keeps_accents)


def _grouped(rows: Iterable[TemplateText]) -> tuple[Version, ...]:
    return tuple(
        _version(list(texts))
        for _key, texts in groupby(rows, key=lambda row: (row.code, row.version))
    )


def _version(texts: list[TemplateText]) -> Version:
    first = texts[0]
    return Version(
        code=first.code,
        number=first.version,
        grade=Grade(first.grade),
        starts_at=first.starts_at,
        made_by=first.made_by,
        published=first.published,
        wordings={
            (Channel(one.channel), one.language): Wording(one.text, one.subject) for one in texts
        },
    )
