"""What people write in forms of the register becomes a unit or an organisation, or a refusal."""

import re
from datetime import date
from uuid import UUID

from vungxanh.locations import queries as places
from vungxanh.locations.queries import organisations as queries
from vungxanh.locations.values import Unit, find_address
from vungxanh.locations.values.refusals import (
    RELATIVE_AMBIGUOUS,
    UNKNOWN_RELATIVE,
    OrganisationError,
    PlaceUnclearError,
)
from vungxanh.locations.values.similar import exact_name
from vungxanh.refusals import Words

_UNIT_ID = re.compile(r"vn-\d{4}:")


def place_named(text: str, on: date) -> Unit:
    """The unit of an id, of a name or of an address, valid on a day.

    Refuses with the candidates where it is not one: "An Lão" lies in two provinces.
    """
    if _UNIT_ID.match(text.strip()):
        return places.unit(text)
    found = find_address(text, on=on)
    if found.unit is None:
        raise PlaceUnclearError(found)
    return places.unit(found.unit.id)


def organisation_named(text: str, field: str) -> UUID | None:
    """The organisation that a full name means, None for no name."""
    if not text.strip():
        return None
    like = queries.by_name(text)
    same = [one for one in like if one.exact_name == exact_name(text)] or list(like)
    if len(same) == 1:
        return same[0].id
    words = _several(text, len(same)) if same else _none(text)
    code = RELATIVE_AMBIGUOUS if same else UNKNOWN_RELATIVE
    raise OrganisationError(code, words, field=field)


def _none(text: str) -> Words:
    return Words(
        f"Không có tổ chức nào tên “{text[:60]}”. Kiểm lại tên, hoặc thêm tổ chức đó trước.",
        f"There is no organisation named “{text[:60]}”. Check the name, or add it first.",
    )


def _several(text: str, n_found: int) -> Words:
    return Words(
        f"Có {n_found} tổ chức tên “{text[:60]}”. Ghi đúng tên đầy đủ.",
        f"There are {n_found} organisations named “{text[:60]}”. Write the exact full name.",
    )
