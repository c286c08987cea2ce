"""A file made for the moment: handed out and kept nowhere."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MadeFile:
    """What is handed out; its name is plain ASCII."""

    content: bytes
    media_type: str
    name: str
