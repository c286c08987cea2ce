"""Vietnamese written before Unicode: TCVN3 (ABC) and VNI, recognised by evidence and converted."""

from vungxanh.documents.letterfiles.legacy.evidence import modern, recognised_bytes
from vungxanh.documents.letterfiles.legacy.faces import set_of_face
from vungxanh.documents.letterfiles.legacy.sets import LegacySet, converted, from_legacy

__all__ = ["LegacySet", "converted", "from_legacy", "modern", "recognised_bytes", "set_of_face"]
