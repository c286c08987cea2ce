"""Vietnamese place names and addresses as people write them."""

from vungxanh.engines.names.addresses.index import AddressIndex
from vungxanh.engines.names.core import NameIndex
from vungxanh.engines.names.readings import without_type
from vungxanh.engines.names.spelling import fold, words
from vungxanh.engines.names.types import Found, Kind, Place, Why

__all__ = [
    "AddressIndex",
    "Found",
    "Kind",
    "NameIndex",
    "Place",
    "Why",
    "fold",
    "without_type",
    "words",
]
