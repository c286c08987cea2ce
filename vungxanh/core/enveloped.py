"""A text that lies sealed under the own key of its row."""

from typing import TYPE_CHECKING, Any

from django.db import models

from vungxanh.core.envelope import Envelope

if TYPE_CHECKING:
    Base = models.BinaryField[bytes | None, bytes | memoryview | None]
else:
    Base = models.BinaryField


class EnvelopedField(Base):
    """Bytes that only the envelope of the row opens; null where nothing is known."""

    description = "Text sealed under the row's own key"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"null": True, **kwargs})

    @property
    def place(self) -> str:
        """The name that a value is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"


def sealed(envelope: Envelope, model: type[models.Model], **texts: str) -> dict[str, bytes | None]:
    """Columns of a model with these texts sealed; an empty text is kept as nothing."""
    return {
        name: envelope.seal(text, _place(model, name)) if text else None
        for name, text in texts.items()
    }


def opened(envelope: Envelope, row: models.Model, name: str) -> str:
    """One text of a row; empty where nothing is kept."""
    content = getattr(row, name)
    return "" if content is None else envelope.open(bytes(content), _place(type(row), name))


def _place(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    _must_be_enveloped(field)
    return f"{model._meta.db_table}.{name}"


def _must_be_enveloped(field: object) -> None:
    """A programmer's slip is told at once: this column is not sealed under its row's key."""
    if not isinstance(field, EnvelopedField):
        message = f"{field} is not sealed under its row's key"
        raise TypeError(message)
