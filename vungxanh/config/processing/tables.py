"""The tables that point at persons, from what their models declare."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from django.apps import apps
from django.db import models

from vungxanh.accounts.rules import roles as listed_roles
from vungxanh.config.processing.values import Counted, Holding, RoleLine
from vungxanh.core.enveloped import EnvelopedField
from vungxanh.core.privacy import THIRD_PARTY, Privacy, PrivacyClass
from vungxanh.core.sealed import SealedField
from vungxanh.refusals import Words

PERSON = "people.Person"
STAFF = "accounts.Staff"
LIBRARIES = "libraries"
# A one-way hash (Argon2id) stands in place of sealing.
HASHED = frozenset({(STAFF, "password")})
PRIVATE = (PrivacyClass.PERSONAL, PrivacyClass.SENSITIVE)
POINTING = (*PRIVATE, PrivacyClass.PSEUDONYMOUS)
_UNTOLD: Mapping[str, Any] = {"vi": "", "what": "", "who": []}


@lru_cache(maxsize=1)
def told() -> Mapping[str, Any]:
    """What tables.toml says: `persons`, `rooms`, `tables`."""
    place = resources.files("vungxanh.config.processing").joinpath("tables.toml")
    return tomllib.loads(place.read_text("utf-8"))


def declared(model: type[models.Model]) -> dict[str, Privacy]:
    """What a model's fields declare; of a library's table, its one declaration."""
    own: dict[str, Privacy] | None = getattr(model, "privacy", None)
    if own is not None:
        return own
    whole = THIRD_PARTY.get(model._meta.label)
    return {"*": whole} if whole else {}


def pointing(model: type[models.Model]) -> dict[str, Privacy]:
    """The fields that name, reach or point at a person."""
    return {name: one for name, one in declared(model).items() if one.cls in POINTING}


def pointing_models() -> Iterator[type[models.Model]]:
    """Every table with such a field, room by room as they are installed."""
    for model in apps.get_models(include_auto_created=True):
        if pointing(model):
            yield model


def holdings() -> tuple[Holding, ...]:
    """Every table that points at persons; libraries' tables last."""
    found = [_holding(model, pointing(model)) for model in pointing_models()]
    order = list(told()["rooms"])
    return tuple(sorted(found, key=lambda one: _place(one.room, order)))


def room_words(room: str) -> Words:
    """A room's name; of a room that nobody described, its own."""
    said = told()["rooms"].get(room)
    return Words(said["vi"], said["en"]) if said else Words(room, room)


def person_words(who: str) -> Words:
    """A kind of persons."""
    said = told()["persons"][who]
    return Words(said["vi"], said["en"])


def role_lines() -> tuple[RoleLine, ...]:
    """Every role, with the capabilities by which it opens a table of the register."""
    opening = {one.sees for one in holdings()} - {""}
    return tuple(
        RoleLine(
            role=str(spec.role),
            words=spec.words,
            sees=tuple(sorted(spec.capabilities & opening)),
            needs_factor=listed_roles.needs_second_factor([spec.role]),
        )
        for spec in listed_roles.ROLES.values()
    )


def counted(labels: tuple[str, ...]) -> tuple[Counted, ...]:
    """Rows of tables now, and how many persons they are of; a few queries for each."""
    names = {one.label: one.name or one.label for one in holdings()}
    return tuple(
        _counted(model, names[model._meta.label])
        for model in pointing_models()
        if model._meta.label in labels
    )


def _place(room: str, order: list[str]) -> int:
    return order.index(room) if room in order else len(order)


def _holding(model: type[models.Model], fields: dict[str, Privacy]) -> Holding:
    label = model._meta.label
    is_ours = model.__module__.startswith("vungxanh.")
    room = model._meta.app_label if is_ours else LIBRARIES
    of_room = told()["rooms"].get(room, {"sees": "", "purposes": "staff"})
    said = told()["tables"].get(label, _UNTOLD)
    sees = said.get("sees", of_room["sees"])
    classes = Counter(one.cls for one in fields.values())
    return Holding(
        label=label,
        room=room,
        name=said["vi"],
        what=said["what"],
        who=tuple(said["who"]),
        n_personal=classes[PrivacyClass.PERSONAL],
        n_sensitive=classes[PrivacyClass.SENSITIVE],
        n_pseudonymous=classes[PrivacyClass.PSEUDONYMOUS],
        n_open=_n_open(model, fields),
        n_endless=sum(one.cls in PRIVATE and one.keep.days is None for one in fields.values()),
        keeps=_keeps(fields),
        sees=sees,
        roles=_roles_with(sees),
        purposes=said.get("purposes", of_room["purposes"]),
    )


def _n_open(model: type[models.Model], fields: dict[str, Privacy]) -> int:
    """Private fields that are neither sealed nor hashed; of a library's table, none is ours."""
    private = [name for name, one in fields.items() if one.cls in PRIVATE and name != "*"]
    return sum(not _is_closed(model, name) for name in private)


def _is_closed(model: type[models.Model], name: str) -> bool:
    field = model._meta.get_field(name)
    is_sealed = isinstance(field, (SealedField, EnvelopedField))
    return is_sealed or (model._meta.label, name) in HASHED


def _keeps(fields: dict[str, Privacy]) -> tuple[tuple[int | None, str], ...]:
    found = {(one.keep.days, one.keep.after) for one in fields.values()}
    return tuple(sorted(found, key=lambda keep: (keep[0] is None, keep[0] or 0, keep[1])))


def _roles_with(capability: str) -> tuple[str, ...]:
    found = listed_roles.ROLES.values()
    return tuple(spec.words.vi for spec in found if capability in spec.capabilities)


def _counted(model: type[models.Model], name: str) -> Counted:
    rows = model._default_manager.all()
    return Counted(model._meta.label, name, rows.count(), _n_persons(model, rows))


def _n_persons(model: type[models.Model], rows: "models.QuerySet[models.Model]") -> int | None:
    if model._meta.label in {PERSON, STAFF}:
        return rows.count()
    fields = {field.name for field in model._meta.local_concrete_fields}
    naming = next((name for name in ("person", "staff") if name in fields), "")
    if not naming:
        return None
    return rows.exclude(**{f"{naming}__isnull": True}).values(naming).distinct().count()
