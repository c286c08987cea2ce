"""ZIP containers without the moment of packing, so that equal content gives equal bytes."""

import io
import zipfile
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def with_fixed_times(container: bytes) -> bytes:
    """The same entries in the same order, each dated 1 January 1980."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(container)) as given,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for entry in given.infolist():
            fixed = zipfile.ZipInfo(entry.filename, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(fixed, given.read(entry))
    return packed.getvalue()
