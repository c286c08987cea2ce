"""What somebody has said so far of a declaration, on pages without scripts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DraftOf:
    """Whose draft of which form: the phone's, for its holder or for one of their family."""

    device_id: UUID
    form_id: int
    person_id: int | None = None


@dataclass(frozen=True, slots=True, repr=False)
class SaidSoFar:
    """The answers as typed, the language, the point where it is said.

    `asks_known`: what the register knows is asked all the same, for somebody corrects it.
    """

    answers: Mapping[str, object] = field(default_factory=dict)
    lang: str = ""
    point: str = ""
    asks_known: bool = False
