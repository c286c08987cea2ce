"""Versions of forms. What was published never changes, so it is read from its data once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from django.db.models import Q, QuerySet

from vungxanh.core.errors import MissingError
from vungxanh.declarations.models import Questionnaire as Row
from vungxanh.declarations.values.forms import FormVersion, split_name
from vungxanh.declarations.values.states import FormState
from vungxanh.engines.forms import Questionnaire, read_questionnaire

_LAST_VERSION = 9999
_HEADS = ("id", "code", "version", "state", "valid_from", "retired_at", "at", "by")


def published(code: str) -> Questionnaire:
    """The version in use of a form; MissingError where there is none. One query."""
    return published_version(code).form


def published_version(code: str) -> FormVersion:
    """The version in use, with its number; MissingError where there is none. One query."""
    row = _heads(Q(code=code, state=FormState.PUBLISHED)).order_by("-version").first()
    if row is None:
        raise MissingError
    return _version(row)


def published_forms() -> tuple[Questionnaire, ...]:
    """The version in use of each form, by their names; one query."""
    rows = _heads(Q(state=FormState.PUBLISHED)).order_by("code", "version")
    newest = {row.code: row for row in rows}
    return tuple(_version(row).form for row in newest.values())


def form_of(version_id: int) -> Questionnaire:
    """The version with a number, whatever its state; MissingError for another. One query."""
    return version_of(version_id).form


def version_of(version_id: int) -> FormVersion:
    """The version with a number, whatever its state; MissingError for another. One query."""
    row = _heads(Q(pk=version_id)).first()
    if row is None:
        raise MissingError
    return _version(row)


def form_number(name: str) -> int:
    """The number of `general@2`; MissingError for another. One query."""
    row = _named([name]).first()
    if row is None:
        raise MissingError
    return row.pk


def versions_named(names: Iterable[str]) -> Mapping[str, FormVersion]:
    """Those of `general@2`, `general@1`, … that were ever published; one query."""
    wanted = set(names)
    found = [_version(row) for row in _named(wanted).exclude(state=FormState.DRAFT)]
    return {one.name: one for one in found}


def public_version(name: str) -> FormVersion:
    """`general@2`, or of `general` the version in use; drafts are nobody's. One query.

    MissingError where there is none.
    """
    code, version = split_name(name)
    if version is None:
        return published_version(code)
    found = versions_named([name]).get(f"{code}@{version}")
    if found is None:
        raise MissingError
    return found


def versions() -> tuple[FormVersion, ...]:
    """Every version, the newest of each form first; one query."""
    return tuple(_version(row) for row in _heads(Q()).order_by("code", "-version"))


def _named(names: Iterable[str]) -> "QuerySet[Row]":
    wanted = Q(pk__in=[])
    for name in names:
        code, version = split_name(name)
        if version is not None and 0 < version <= _LAST_VERSION:
            wanted |= Q(code=code, version=version)
    return _heads(wanted)


def _heads(wanted: Q) -> "QuerySet[Row]":
    return Row.objects.filter(wanted).only(*_HEADS)


def _version(row: Row) -> FormVersion:
    return FormVersion(
        id=row.pk,
        form=_form(row),
        state=FormState(row.state),
        valid_from=row.valid_from,
        retired_at=row.retired_at,
        at=row.at,
        by=row.by,
    )


def _form(row: Row) -> Questionnaire:
    if row.state == FormState.DRAFT:
        return read_questionnaire(row.content)
    return _content(row.pk, row.at)


@lru_cache(maxsize=100)
def _content(version_id: int, at: datetime) -> Questionnaire:
    """What a version asks; `at` tells a version of another database from this one."""
    return read_questionnaire(Row.objects.values_list("content", flat=True).get(pk=version_id))
