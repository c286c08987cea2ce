"""Photos that nobody took."""

import io

from PIL import Image

PLANTED = "PLANTED-MAKER"
_GPS, _MAKER = 0x8825, 0x010F


def a_photo(form: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A small picture that says by what and where it was taken."""
    exif = Image.Exif()
    exif[_MAKER] = PLANTED
    exif.get_ifd(_GPS)[2] = (13.0, 46.0, 30.0)
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, exif=exif.tobytes())
    return out.getvalue()
