"""Photos that people send, made anew: smaller, and without where, when and by what they were taken.

What comes is checked by its head before a pixel is unpacked, so that a small file cannot become a
huge picture. Only what the eye sees is kept: no EXIF, no place, no thumbnail, no comment.
"""

import io
import warnings
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from vungxanh.refusals import RefusalError, Words

MEDIA_TYPE: Final = "image/jpeg"
MOST_BYTES: Final = 8 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000  # a telephone's largest; 150 MB unpacked
LONGEST_SIDE: Final = 1600
_QUALITY: Final = 80
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_MEGABYTE: Final = 1024 * 1024


class PhotoError(RefusalError):
    """A file that is no photo that can be kept."""


def made_anew(content: bytes) -> bytes:
    """The same photo as a JPEG of at most 1600 pixels a side, upright, on white, and bare.

    Raises `documents.photo_too_large`, `documents.not_a_photo`, `documents.photo_pixels`.
    """
    if len(content) > MOST_BYTES:
        raise too_large()
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            warnings.simplefilter("ignore")
            return _written(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise not_a_photo() from None
    except Image.DecompressionBombError:
        raise too_many_pixels() from None


def _written(image: Image.Image) -> bytes:
    """Raises `documents.photo_pixels` before anything is unpacked."""
    if image.width * image.height > MOST_PIXELS:
        raise too_many_pixels()
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = upright.convert("RGBA") if "A" in upright.mode or upright.mode == "P" else upright
    bare = Image.new("RGB", plain.size, "white")
    bare.paste(plain.convert("RGB"), mask=plain.getchannel("A") if plain.mode == "RGBA" else None)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def too_large() -> PhotoError:
    """A file larger than any telephone's photo."""
    code = "documents.photo_too_large"
    return PhotoError(
        code,
        Words(
            f"Ảnh lớn hơn {MOST_BYTES // _MEGABYTE} MB. Chụp lại ở cỡ nhỏ hơn, hoặc gửi không ảnh.",
            f"The photo is larger than {MOST_BYTES // _MEGABYTE} MB. Take a smaller one, or send "
            "none.",
        ),
        field="photos",
    )


def not_a_photo() -> PhotoError:
    """Another file, or a photo that is cut or damaged."""
    code = "documents.not_a_photo"
    return PhotoError(
        code,
        Words(
            "Tệp này không phải ảnh JPEG, PNG, WebP, hoặc ảnh bị hỏng. Chụp lại rồi chọn ảnh khác.",
            "This is no JPEG, PNG or WebP photo, or it is damaged. Take it again and choose "
            "another.",
        ),
        field="photos",
    )


def too_many_pixels() -> PhotoError:
    """A picture with more pixels than any telephone takes, however small its file."""
    code = "documents.photo_pixels"
    return PhotoError(
        code,
        Words(
            "Ảnh có quá nhiều điểm ảnh (trên 50 triệu). Chụp lại ở cỡ nhỏ hơn.",
            "The photo has too many pixels (over 50 million). Take a smaller one.",
        ),
        field="photos",
    )
