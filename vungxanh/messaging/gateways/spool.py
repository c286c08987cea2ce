"""What a broker sent over a standing session, kept sealed until a room has taken it.

The broker forgets a message once it is acknowledged, so it is on the disk before that. Names begin
with an identifier that sorts by time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vungxanh.core.durable import write_whole
from vungxanh.core.ids import new_id
from vungxanh.core.sealed import seal, unseal

_PLACE: Final = "messaging_spool.pdu"


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that waits: its name, the same until it is dropped, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Spool:
    """A folder of sealed files; several processes may share it."""

    folder: Path

    def keep(self, kind: str, content: bytes) -> None:
        """Store it before returning; raises OSError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self.folder / f"{new_id()}.{kind}", seal(content, _PLACE))

    def waiting(self, kind: str) -> Iterator[Kept]:
        """What waits of one kind, the oldest first."""
        for path in sorted(self.folder.glob(f"*.{kind}")):
            try:
                sealed = path.read_bytes()
            except FileNotFoundError:
                continue  # another process has just taken it
            yield Kept(path.name, unseal(sealed, _PLACE))

    def drop(self, *names: str) -> None:
        """Forget what was taken."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)
