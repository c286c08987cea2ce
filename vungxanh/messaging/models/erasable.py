"""A sealed text that is erased while its row stays."""

from typing import TYPE_CHECKING, Any

from django.db import models

from vungxanh.core.sealed import SealedField, unseal_text

if TYPE_CHECKING:
    Base = models.Field[str | None, str]
else:
    Base = SealedField


class ErasableField(Base):
    """Sealed as any other; NULL once it is erased, or where it is empty, and read as empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "null": True})

    def get_prep_value(self, value: Any) -> Any:
        """What is empty needs no sealing."""
        return super().get_prep_value(value or None)

    def from_db_value(self, value: Any, expression: object, connection: object) -> str:
        """Open on the way out."""
        place = f"{self.model._meta.db_table}.{self.column}"
        return "" if value is None else unseal_text(bytes(value), place)

    def deconstruct(self) -> Any:
        """As the plain field: a migration knows nothing of this room."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "vungxanh.core.sealed.SealedField", args, kwargs
