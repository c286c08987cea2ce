"""Which published keys made the identifiers that a phone has seen."""

from vungxanh.engines.keymatch.core import match
from vungxanh.engines.keymatch.types import Hits, KeyColumns, KeymatchError, key_columns

__all__ = ["Hits", "KeyColumns", "KeymatchError", "key_columns", "match"]
