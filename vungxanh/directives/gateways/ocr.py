"""The program that reads pictures, where this machine has one."""

from vungxanh.core.tesseract import Tesseract
from vungxanh.documents.letterfiles import Ocr


def reader_of_pictures() -> Ocr | None:
    """Tesseract with Vietnamese, or None where it is not installed."""
    return Tesseract.installed()
