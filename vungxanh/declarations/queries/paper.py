"""Versions that are printed, piles and what was entered of them."""

from datetime import datetime
from uuid import UUID

from vungxanh.accounts.queries.staff import account_behind
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.models import Declaration, EnteredSheet, Pile
from vungxanh.declarations.models import Questionnaire as Version
from vungxanh.declarations.queries.forms import form_of
from vungxanh.declarations.rules.paper import shown_number
from vungxanh.declarations.values.paper import ENTER, UNDONE_WITHIN, SheetLine
from vungxanh.declarations.values.states import ColourNumber, FormState
from vungxanh.engines.forms import Questionnaire


def version_of(code: str) -> Version:
    """The version of a form that is in use; refused as missing where there is none."""
    rows = Version.objects.filter(code=code, state=FormState.PUBLISHED)
    row = rows.order_by("-version").first()
    if row is None:
        raise MissingError
    return row


def version_numbered(version_id: int) -> Version | None:
    """The version that a sheet says it is of."""
    return Version.objects.filter(pk=version_id).exclude(state=FormState.DRAFT).first()


def versions_in_use() -> tuple[Version, ...]:
    """The newest published version of each form."""
    rows = Version.objects.filter(state=FormState.PUBLISHED).order_by("code", "-version")
    return tuple({row.code: row for row in reversed(rows)}.values())


def questionnaire_of(version: Version) -> Questionnaire:
    """What a version asks."""
    return form_of(version.pk)


def pile_of(pile_id: UUID, *, by: Viewer) -> Pile:
    """The viewer's own pile; anybody else's does not exist for them."""
    by.require(ENTER)
    row = Pile.objects.select_related("questionnaire").filter(pk=pile_id, by=by.id).first()
    if row is None:
        raise MissingError
    return row


def form_name(version: Version) -> str:
    """`general@2`, as a sheet says."""
    return f"{version.code}@{version.version}"


def staff_name(ref: str) -> str:
    """Who an officer is; empty where the account is gone."""
    try:
        return account_behind(ref).name
    except MissingError:
        return ""


def own_piles(by: Viewer, *, since: datetime) -> tuple[Pile, ...]:
    """The piles of an officer, newest first."""
    rows = Pile.objects.filter(by=by.id, at__gte=since).select_related("questionnaire")
    return tuple(rows.order_by("-at", "id")[:50])


def entered_since(by: Viewer, since: datetime) -> int:
    """How many sheets an officer entered."""
    rows = EnteredSheet.objects.filter(by=by.id, at__gte=since, undone_at__isnull=True)
    return rows.count()


def sheet_numbered(number: str) -> EnteredSheet | None:
    """The sheet that was entered under a number."""
    return EnteredSheet.objects.filter(number=number, undone_at__isnull=True).first()


def pile_lines(pile: Pile, *, at: datetime) -> tuple[SheetLine, ...]:
    """What was entered of a pile, newest first; two queries."""
    rows = list(pile.sheets.order_by("-at", "id"))
    ids = [row.declaration_id for row in rows]
    found = Declaration.objects.filter(pk__in=ids).values_list("id", "colour", "is_ill")
    said = {one: (colour, is_ill) for one, colour, is_ill in found}
    return tuple(_line(row, said.get(row.declaration_id), at) for row in rows)


def _line(row: EnteredSheet, said: tuple[int, bool] | None, at: datetime) -> SheetLine:
    colour = str(ColourNumber(said[0]).colour) if said else ""
    return SheetLine(
        id=row.pk,
        number=shown_number(row.number),
        at=row.at,
        colour=colour,
        is_ill=bool(said and said[1]),
        may_undo=row.undone_at is None and at - row.at <= UNDONE_WITHIN,
        is_undone=row.undone_at is not None,
    )
