"""The inside of the benchmark of declarations: phones of citizens who agreed, and forms."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from bench.intake_load import write_lines
from vungxanh.core import clock
from vungxanh.core.envelope import new_envelope
from vungxanh.core.enveloped import sealed
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.form_versions import load_forms
from vungxanh.declarations.models import Declaration
from vungxanh.locations.actions import load_units
from vungxanh.people.models import TOKENS, Consent, Device, Person
from vungxanh.people.rules.devices import new_token
from vungxanh.people.values import Origin, Platform
from vungxanh.people.values.consents import Consenting, texts

COMMUNE: Final = "vn-2021:21586"
AT_ONCE: Final = 2_000


def prepared(n_devices: int) -> dict[str, int]:
    """Empty tables; tokens in a file of the installation, made once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE declarations_declaration, declarations_pending, declarations_declarationcount"
        )
    home = Path(settings.HOME)
    if not (home / "tokens.txt").exists():
        load_units(by=SYSTEM, at=clock.now())
        load_forms(by=SYSTEM, at=clock.now())
        write_lines(home / "tokens.txt", _tokens(n_devices))
        write_lines(home / "points.txt", ["AAAAAAAAA"])
    return {"declarations": Declaration.objects.count()}


def _tokens(n: int) -> list[str]:
    """Devices of persons with names and homes, each with its token and the holder's consent."""
    at = clock.now()
    people = [_person() for _ in range(n)]
    Person.objects.bulk_create(people, batch_size=AT_ONCE)
    ids = [new_id() for _ in range(n)]
    tokens = [new_token(one) for one in ids]
    devices = [
        Device(
            id=one,
            token_digest=TOKENS.digest(token),
            person=owner,
            platform=Platform.ANDROID,
            registered_at=at,
            last_seen_at=at,
        )
        for one, token, owner in zip(ids, tokens, people, strict=True)
    ]
    Device.objects.bulk_create(devices, batch_size=AT_ONCE)
    purpose = Consenting.DECLARATIONS
    said = {"purpose": purpose, "version": texts()[purpose].version, "language": "vi"}
    given = [Consent(person=one.person, device=one, given_at=at, **said) for one in devices]
    Consent.objects.bulk_create(given, batch_size=AT_ONCE)
    return tokens


def _person() -> Person:
    envelope, key = new_envelope()
    at = clock.now()
    return Person(
        origin=Origin.APP,
        key=key,
        residence_id=COMMUNE,
        created_at=at,
        created_by="bench",
        kept_until=clock.today() + timedelta(days=30),
        **sealed(envelope, Person, name="Người Mẫu", birth="1980", sex="", address="Mẫu"),
    )
