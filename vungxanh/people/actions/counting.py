"""Moving live counts, inside the transaction of what they count."""

import secrets
from collections.abc import Mapping

from vungxanh.core.prepared import Statement

PARTS = 16
ADD = Statement("""
INSERT INTO people_livecount AS kept (unit, element, part, n)
SELECT unit, element, %(part)s::smallint, n
FROM unnest(%(units)s::text[], %(elements)s::text[], %(numbers)s::bigint[])
  AS added (unit, element, n) ORDER BY unit, element
ON CONFLICT (unit, element, part) DO UPDATE SET n = kept.n + excluded.n
""")


def move(changes: Mapping[tuple[str, str], int]) -> None:
    """Add to the counts of (unit, element), in one statement; nothing for those that stay."""
    moved = sorted((key, n) for key, n in changes.items() if n)
    if not moved:
        return
    units = [unit for (unit, _), _ in moved]
    elements = [element for (_, element), _ in moved]
    numbers, part = [n for _, n in moved], secrets.randbelow(PARTS)
    ADD.rows(part=part, units=units, elements=elements, numbers=numbers)
