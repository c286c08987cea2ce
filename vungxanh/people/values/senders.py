"""Who sends scans: a citizen's device and its person."""

from typing import NamedTuple
from uuid import UUID


class Sender(NamedTuple):
    """A living device, and the person whose doings it reports."""

    device_id: UUID
    person_id: int
