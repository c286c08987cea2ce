"""The document fonts hold every Vietnamese letter."""

import itertools
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.documents import samples
from vungxanh.documents import pdf
from vungxanh.documents.faces import signs_of

MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưy"
FACES = [
    "Tinos_400Regular",
    "Tinos_400Regular_Italic",
    "Tinos_700Bold",
    "Tinos_700Bold_Italic",
]


def vietnamese_letters() -> set[str]:
    pairs = itertools.product(VOWELS + VOWELS.upper(), MARKS)
    composed = {unicodedata.normalize("NFC", vowel + mark) for vowel, mark in pairs}
    return composed | {"đ", "Đ", "₫", "–", "−", "·", "%"}


def font_tools_signs(face: str) -> set[int]:
    with TTFont(pdf.FONTS / f"{face}.ttf") as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize("face", FACES)
def test_our_reading_of_a_font_agrees_with_fonttools(face: str) -> None:
    assert signs_of((pdf.FONTS / f"{face}.ttf").read_bytes()) == font_tools_signs(face)


@pytest.mark.parametrize("face", FACES)
def test_a_face_has_every_vietnamese_letter_composed(face: str) -> None:
    known = font_tools_signs(face)
    assert {letter for letter in vietnamese_letters() if ord(letter) not in known} == set()


def test_without_fonts_the_refusal_says_which_command_helps(tmp_path: Path) -> None:
    with pytest.raises(pdf.FontsMissingError) as refused:
        pdf.write(samples.binh_dinh(), fonts=tmp_path)
    assert refused.value.code == "documents.fonts_missing"
    assert "make setup" in refused.value.words.vi
