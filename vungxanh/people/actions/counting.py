"""Moving live counts, inside the transaction of what they count."""

import secrets
from collections.abc import Mapping

from django.db import connection

PARTS = 16
ADD = """
INSERT INTO people_livecount AS kept (unit, element, part, n)
SELECT unit, element, %s, n FROM unnest(%s::text[], %s::text[], %s::bigint[])
  AS added (unit, element, n) ORDER BY unit, element
ON CONFLICT (unit, element, part) DO UPDATE SET n = kept.n + excluded.n
"""


def move(changes: Mapping[tuple[str, str], int]) -> None:
    """Add to the counts of (unit, element), in one statement; nothing for those that stay."""
    moved = sorted((key, n) for key, n in changes.items() if n)
    if not moved:
        return
    units = [unit for (unit, _), _ in moved]
    elements = [element for (_, element), _ in moved]
    with connection.cursor() as cursor:
        part = secrets.randbelow(PARTS)
        cursor.execute(ADD, [part, units, elements, [n for _, n in moved]])
