"""Pictures of printed posters: a sheet as it lies there, and as a phone sees it from afar."""

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from tests.factories.qr_pictures import Grey, corner_squares
from vungxanh.documents.posters import Form

FROM_AFAR = 150  # pixels that a code takes in the picture of a phone a metre away


def sheets(pdf: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(pdf))


def one_code(pdf: bytes, form: Form, *, scale: float = 3.0) -> Grey:
    """The picture of a first sheet, of forms with two codes the part with the lower one."""
    drawn = np.squeeze(sheets(pdf)[0].render(scale=scale, grayscale=True).to_numpy())
    upper = {Form.TENT: 122 / 297, Form.DISC: 0.47, Form.SQUARE: 0.47}.get(form, 0.0)
    return np.asarray(drawn[int(upper * len(drawn)) + 4 :], dtype=float)


def from_afar(grey: Grey, *, noise: float = 8.0) -> Grey:
    """What a phone sees a metre away: few pixels, blurred, from aside, with noise; then enlarged.

    Enlarging adds nothing: readers do it to look between pixels.
    """
    found, unit = corner_squares(grey)
    side = float(np.ptp(found[:, 0])) + 7 * unit
    scale = FROM_AFAR / side
    picture = Image.fromarray(grey.astype(np.uint8))
    width, height = picture.width, picture.height
    aside = (1.0, 0.012, 0.0, 0.008, 1.0, 0.0, 0.012 / width, 0.015 / height)
    picture = picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, aside, Image.Resampling.BICUBIC, fillcolor=255
    )
    small = picture.resize((int(width * scale), int(height * scale)), Image.Resampling.BOX).filter(
        ImageFilter.GaussianBlur(0.7)
    )
    speckled = np.asarray(small) + np.random.default_rng(7).normal(0, noise, small.size[::-1])
    seen = Image.fromarray(np.clip(speckled, 0, 255).astype(np.uint8))
    larger = seen.resize((seen.width * 5, seen.height * 5), Image.Resampling.BICUBIC)
    return np.asarray(larger).astype(float)
