"""Whether two points may be one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two points are compared by: commune, key of the name, kind, digest of the contact."""

    unit: str
    same_key: str
    kind: str
    contact: bytes = b""


def may_be_one(one: Likeness, other: Likeness) -> bool:
    """Whether both lie in one commune and share their name's key and kind, or contact and kind.

    >>> cho = Likeness("vn-2025:21583", "cho dam", "market")
    >>> may_be_one(cho, Likeness("vn-2025:21583", "cho dam", "market", b"1"))
    True
    >>> may_be_one(cho, Likeness("vn-2025:21592", "cho dam", "market"))
    False
    """
    if one.unit != other.unit or one.kind != other.kind:
        return False
    has_one_contact = bool(one.contact) and one.contact == other.contact
    return one.same_key == other.same_key or has_one_contact
