"""Vietnamese written before Unicode: TCVN3 (ABC) and VNI, recognised by evidence and converted."""

from vungxanh.documents.letterfiles.legacy.evidence import modern, recognised_bytes
from vungxanh.documents.letterfiles.legacy.sets import LegacySet, converted, from_legacy
from vungxanh.documents.letterfiles.legacy.stretches import marked, unmarked

__all__ = [
    "LegacySet",
    "converted",
    "from_legacy",
    "marked",
    "modern",
    "recognised_bytes",
    "unmarked",
]
