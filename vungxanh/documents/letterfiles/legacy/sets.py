"""The two legacy character sets, under one name each."""

from enum import StrEnum

from vungxanh.documents.letterfiles.legacy.tcvn3 import from_tcvn3
from vungxanh.documents.letterfiles.legacy.vni import from_vni
from vungxanh.refusals import Words


class LegacySet(StrEnum):
    """A character set of Vietnamese before Unicode."""

    TCVN3 = "tcvn3"
    VNI = "vni"

    @property
    def label(self) -> str:
        """The name that people know it by."""
        return "TCVN3 (ABC)" if self is LegacySet.TCVN3 else "VNI"


def from_legacy(text: str, legacy: LegacySet, *, capitals: bool = False) -> str:
    """Unicode text; `capitals` says that the face shows small letters as capitals."""
    if legacy is LegacySet.TCVN3:
        return from_tcvn3(text, capitals=capitals)
    return from_vni(text).upper() if capitals else from_vni(text)


def converted(legacy: LegacySet) -> Words:
    """The warning that goes with every conversion."""
    return Words(
        vi=f"Văn bản dùng bảng mã cũ {legacy.label}, đã đổi sang Unicode: đối chiếu lại với bản"
        " gốc, nhất là chữ hoa có dấu.",
        en=f"The letter is in the old character set {legacy.label} and was converted to Unicode:"
        " compare it with the original, capitals with tone marks above all.",
    )
