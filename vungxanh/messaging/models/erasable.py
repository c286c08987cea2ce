"""A sealed text that is erased while its row stays."""

from typing import TYPE_CHECKING, Any

from django.db import models

from vungxanh.core.sealed import SealedField

if TYPE_CHECKING:
    Base = models.Field[str | None, str | None]
else:
    Base = SealedField


class ErasableField(Base):
    """Sealed as any other; NULL once it is erased."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "null": True})

    def deconstruct(self) -> Any:
        """As the plain field: a migration knows nothing of this room."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "vungxanh.core.sealed.SealedField", args, kwargs
