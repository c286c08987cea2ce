"""The scope of an account that names an organisation."""

from collections.abc import Iterable
from uuid import UUID

ORGANISATION = "organisation:"


def organisations_of(scopes: Iterable[str]) -> frozenset[str]:
    """The ids of the organisations that somebody acts for; what is no id names none.

    >>> of = "01890000-0000-7000-8000-000000000005"
    >>> organisations_of({f"organisation:{of}", "organisation:5", "list:7"})
    frozenset({'01890000-0000-7000-8000-000000000005'})
    """
    named = (one.removeprefix(ORGANISATION) for one in scopes if one.startswith(ORGANISATION))
    return frozenset(one for one in named if _is_id(one))


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
