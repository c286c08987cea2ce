"""The units that holders of orders are named after, in the tree of the letter's day."""

import re
from typing import Final

from vungxanh.directives.values.places import known_places
from vungxanh.engines.letters.types import Unit
from vungxanh.locations.values import TREES, UnitId, unit_id

# "UBND thành phố Quy Nhơn": a type word and a name in capitals at the end; "các huyện" is none.
_NAMED: Final = re.compile(
    r"\b(?P<type>[Tt]ỉnh|[Tt]hành phố|TP\.?|[Tt]hị xã|TX\.?|[Hh]uyện|[Qq]uận|[Pp]hường|[Xx]ã"
    r"|[Tt]hị trấn|[Đđ]ặc khu)\s*(?P<name>[A-ZĐÀ-Ỹ0-9][^,;:()]{0,60})$"
)


def unit_named(words: str, *, tree: str, province: str | None) -> UnitId | None:
    """The unit that a body is named after, inside the letter's province; None if none or several.

    >>> unit_named("UBND huyện An Lão", tree="vn-2021", province="vn-2021:52")
    'vn-2021:542'
    """
    found = _NAMED.search(" ".join(words.split()))
    if found is None or tree not in TREES:
        return None
    code = province.partition(":")[2] if province else None
    unit = _unit(found.group(), tree=tree, code=code, is_province=found["type"].lower() == "tỉnh")
    return unit_id(tree, unit.code) if unit else None


def _unit(name: str, *, tree: str, code: str | None, is_province: bool) -> Unit | None:
    places = known_places(tree)
    if is_province:
        return places.province(name)
    district = places.district(name, code)
    if district is not None or code is None:
        return district
    communes = places.communes(name, code)
    return communes[0] if len(communes) == 1 else None
